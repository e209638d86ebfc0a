"""Alerts of a score that predicts deterioration, and what happened after the alert.

The score ranks patients only moderately, is too sure of itself, and says too little for one of
two groups of patients because it learned from care given rather than from care needed. An alert
helps nobody by itself: the odds of death fall only when a team comes.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

PATIENT_DAYS = 30_000
GROUP_B_SHARE = 0.30
SCORE_CENTRE = {"A": -2.80, "B": -2.95}
SCORE_SPREAD = 0.72
CALIBRATION_SLOPE = 0.70
UNDER_PREDICTION = 0.50
CENTRE = -2.80
BASE = -2.75
THRESHOLD = 0.10
TEAM_BASE, TEAM_PER_SCORE, TEAM_IF_ILL = -0.5, 0.8, 1.8
MEDIAN_MINUTES_TO_TEAM = 25.0
MINUTES_SPREAD = 0.6
DEATH_BASE, DEATH_PER_SCORE, DEATH_IF_ILL = -4.0, 0.4, 2.6
TEAM_EFFECT = -0.45

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row for each patient-day, each from a different stay.

    Returns
    -------
    pandas.DataFrame
        Columns ``group``, ``score``, ``alert``, ``minutes_to_team`` (missing where no team
        came), ``deteriorated`` and ``died``.
    """
    group: Words = np.where(rng.random(PATIENT_DAYS) < GROUP_B_SHARE, "B", "A").astype(object)
    score = _score(rng, group)
    log_odds_score = np.log(score / (1 - score))
    deteriorated = _deteriorated(rng, group, log_odds_score)
    alert = score >= THRESHOLD
    team = alert & _team_comes(rng, log_odds_score, deteriorated)
    minutes = pd.Series(_minutes_to_team(rng), dtype="Int64")
    return pd.DataFrame(
        {
            "group": group,
            "score": score,
            "alert": alert,
            "minutes_to_team": minutes.where(team),
            "deteriorated": deteriorated,
            "died": _died(rng, log_odds_score, deteriorated, team),
        }
    )


def _score(rng: np.random.Generator, group: Words) -> Numbers:
    centre = np.where(group == "B", SCORE_CENTRE["B"], SCORE_CENTRE["A"])
    score = _chance(centre + SCORE_SPREAD * rng.standard_normal(PATIENT_DAYS))
    return np.clip(np.round(score, 3), 0.001, 0.999)


def _deteriorated(rng: np.random.Generator, group: Words, log_odds_score: Numbers) -> Flags:
    log_odds = BASE + CALIBRATION_SLOPE * (log_odds_score - CENTRE)
    log_odds = log_odds + np.where(group == "B", UNDER_PREDICTION, 0.0)
    happened: Flags = rng.random(PATIENT_DAYS) < _chance(log_odds)
    return happened


def _team_comes(rng: np.random.Generator, log_odds_score: Numbers, ill: Flags) -> Flags:
    """A team comes more readily to those who score high and to those who look ill."""
    log_odds = TEAM_BASE + TEAM_PER_SCORE * (log_odds_score + 2) + TEAM_IF_ILL * ill
    comes: Flags = rng.random(PATIENT_DAYS) < _chance(log_odds)
    return comes


def _minutes_to_team(rng: np.random.Generator) -> npt.NDArray[np.int64]:
    scatter = MINUTES_SPREAD * rng.standard_normal(PATIENT_DAYS)
    minutes = np.ceil(MEDIAN_MINUTES_TO_TEAM * np.exp(scatter))
    whole: npt.NDArray[np.int64] = np.clip(minutes, 1, 360).astype(np.int64)
    return whole


def _died(rng: np.random.Generator, log_odds_score: Numbers, ill: Flags, team: Flags) -> Flags:
    log_odds = DEATH_BASE + DEATH_PER_SCORE * (log_odds_score - CENTRE)
    log_odds = log_odds + DEATH_IF_ILL * ill + TEAM_EFFECT * team
    died: Flags = rng.random(PATIENT_DAYS) < _chance(log_odds)
    return died


def _chance(log_odds: Numbers) -> Numbers:
    chance: Numbers = 1 / (1 + np.exp(-log_odds))
    return chance


SIMULATION = Simulation(
    name="deterioration_alerts",
    seed=20260111,
    story=(
        "Thirty thousand patient-days, one from each stay, with a deterioration score between 0 "
        "and 1, an alert from 0.10 upwards, and a team that sometimes comes. The table teaches "
        "discrimination, calibration, fairness between groups, the burden of alerts, and that "
        "what follows an alert decides its worth."
    ),
    naive=(
        "Accuracy praises a score that never alerts; comparing deaths with and without an alert, "
        "or with and without a team, makes help look harmful because it goes to the sickest."
    ),
    sound=(
        "Report the area under the ROC curve and calibration within each group; estimate the "
        "team's effect among alerted patients, adjusted for score and deterioration."
    ),
    parameters=(
        Parameter(
            "auc",
            0.632,
            "probability",
            "Area under the ROC curve for deterioration, over both groups; from a run of six "
            "million patient-days.",
            ("wong2021:auc",),
        ),
        Parameter(
            "deteriorated_share",
            0.075,
            "probability",
            "Share of patient-days with deterioration; from a run of six million patient-days.",
            ("wong2021:prevalence",),
        ),
        Parameter(
            "alert_share",
            0.187,
            "probability",
            "Share of patient-days with an alert; from a run of six million patient-days.",
            ("wong2021:alerts",),
        ),
        Parameter(
            "sensitivity",
            0.326,
            "probability",
            "Share of deteriorations that had an alert; from a run of six million patient-days.",
            ("wong2021:missed",),
        ),
        Parameter(
            "calibration_slope",
            CALIBRATION_SLOPE,
            "log odds per log odds",
            "Slope of deterioration on the score, both in log odds; below one is too sure.",
        ),
        Parameter(
            "under_prediction",
            UNDER_PREDICTION,
            "log odds",
            "How much likelier group B deteriorates than group A at the same score; the pattern, "
            "not the size, follows the published case.",
            ("obermeyer2019:before",),
        ),
        Parameter(
            "observed_to_expected_a",
            0.946,
            "ratio",
            "Deteriorations in group A divided by those the score predicts; from a run of six "
            "million patient-days.",
        ),
        Parameter(
            "observed_to_expected_b",
            1.55,
            "ratio",
            "The same in group B; from a run of six million patient-days.",
        ),
        Parameter("threshold", THRESHOLD, "score", "An alert is raised at this score and above."),
        Parameter(
            "team_effect",
            TEAM_EFFECT,
            "log odds",
            "Effect of a team's coming on death after an alert. Larger than published effects, "
            "so that 30,000 patient-days can show it.",
            ("escobar2020:death30", "adams2022:rel"),
        ),
        Parameter(
            "alert_effect",
            0.0,
            "log odds",
            "Effect on death of an alert to which nobody comes.",
        ),
    ),
    arrows=(
        Arrow("need for care", "deteriorated", hidden=True),
        Arrow("care given before", "score", hidden=True),
        Arrow("group", "care given before"),
        Arrow("group", "need for care"),
        Arrow("need for care", "care given before", hidden=True),
        Arrow("score", "alert"),
        Arrow("alert", "minutes_to_team"),
        Arrow("deteriorated", "minutes_to_team"),
        Arrow("score", "minutes_to_team"),
        Arrow("deteriorated", "died"),
        Arrow("score", "died"),
        Arrow("minutes_to_team", "died"),
    ),
    make=make,
)
