"""Twelve teams test one change each for sixty weeks, while a season moves them all.

A change acts as far as it is made. So a team that hardly makes it shows nothing, whatever the idea
is worth, and a team that tests nothing improves all the same when winter ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.data.simulate.draws import chance, standard
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

WEEKS = 60
START = 25
CALM = (29, 52)  # first and last week of the calm season
SHIFTS = 21
REPORTED = 0.92  # share of shifts with a report
LEVEL = 0.10  # log odds of unfinished care in winter
TEAM_SPREAD = 0.15
WEEK_SPREAD = 0.10
SEASON = -0.75
EFFECT = -0.90
DRIFT = -0.045
DRIFT_WEEKS = (7, 40)
NO_BREAK = -0.55  # log odds in winter
SEASON_NO_BREAK = -0.55
BREAKS_LOST = 0.80
HELD, LOST = 0.85, 0.08
ASKED = 12.0

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Team:
    """What a team tests, and what is true of it.

    Parameters
    ----------
    change
        What is tested; ``"none"`` for a team that waits.
    effect
        Log odds of unfinished care in a week in which every shift makes the change.
    breaks
        Log odds of no break in such a week.
    held
        Share of shifts on which the change is made once it has settled.
    drift
        Log odds of unfinished care a week, from week 7 to 40, whatever is tested.
    """

    change: str
    effect: float = 0.0
    breaks: float = 0.0
    held: float = HELD
    drift: float = 0.0


TEAMS = (
    Team("protected huddle", EFFECT),
    Team("handover form"),
    Team("weekly poster", drift=DRIFT),
    Team("protected huddle", EFFECT, held=LOST),
    Team("bedside round", EFFECT, BREAKS_LOST),
    Team("none", held=0.0),
    Team("bedside round", EFFECT, held=LOST),
    Team("one form fewer", EFFECT),
    Team("none", held=0.0),
    Team("protected huddle", EFFECT, BREAKS_LOST),
    Team("handover form", drift=DRIFT),
    Team("weekly poster"),
)


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row for each team and week.

    Returns
    -------
    pandas.DataFrame
        Columns ``team`` (``"T01"`` …), ``week`` (1 to 60), ``change``, ``start_week`` (missing
        for teams that test nothing), ``shifts`` with a report, ``unfinished`` and ``done`` of
        these, ``staff_asked`` and ``no_break`` of these.
    """
    team = np.repeat(np.arange(len(TEAMS)), WEEKS)
    week = np.tile(np.arange(1, WEEKS + 1), len(TEAMS))
    tested = np.array([each.change != "none" for each in TEAMS])[team]
    shifts = rng.binomial(SHIFTS, REPORTED, len(week))
    done = rng.binomial(shifts, _uptake(week, _of_team("held")[team]))
    share = done / np.maximum(shifts, 1)
    asked = 4 + rng.poisson(ASKED - 4, len(week))
    start = pd.Series(np.where(tested, START, 0), dtype="Int64")
    return pd.DataFrame(
        {
            "team": [f"T{number + 1:02d}" for number in team],
            "week": week,
            "change": [TEAMS[number].change for number in team],
            "start_week": start.where(start > 0),
            "shifts": shifts,
            "unfinished": rng.binomial(shifts, _unfinished(rng, team, week, share)),
            "done": done,
            "staff_asked": asked,
            "no_break": rng.binomial(asked, _no_break(rng, team, week, share)),
        }
    )


def _of_team(name: str) -> Numbers:
    """Return one property of all teams."""
    return np.array([getattr(each, name) for each in TEAMS], dtype="float64")


def _uptake(week: Counts, held: Numbers) -> Numbers:
    """Return the chance that a shift makes the change: five weeks from half to what is held."""
    settled = np.clip((week - START) / 5.0, 0.0, 1.0)
    uptake: Numbers = np.where(week < START, 0.0, 0.5 + (held - 0.5) * settled)
    return np.where(held > 0, uptake, 0.0)


def _calm(week: Counts) -> Numbers:
    return ((week >= CALM[0]) & (week <= CALM[1])).astype("float64")


def _unfinished(rng: np.random.Generator, team: Counts, week: Counts, share: Numbers) -> Numbers:
    """Return the chance that a shift ends with care left undone."""
    first, last = DRIFT_WEEKS
    drifted = np.clip(week - first + 1, 0, last - first + 1)
    shared = WEEK_SPREAD * rng.standard_normal(WEEKS)
    return chance(
        LEVEL
        + TEAM_SPREAD * standard(rng.standard_normal(len(TEAMS)))[team]
        + SEASON * _calm(week)
        + shared[week - 1]
        + _of_team("effect")[team] * share
        + _of_team("drift")[team] * drifted
    )


def _no_break(rng: np.random.Generator, team: Counts, week: Counts, share: Numbers) -> Numbers:
    """Return the chance that a member of staff had no break."""
    return chance(
        NO_BREAK
        + TEAM_SPREAD * standard(rng.standard_normal(len(TEAMS)))[team]
        + SEASON_NO_BREAK * _calm(week)
        + _of_team("breaks")[team] * share
    )


SIMULATION = Simulation(
    name="improvement_weeks",
    # A run in which each lesson can be seen.
    seed=20266638,
    story=(
        "Twelve teams count for sixty weeks how many shifts end with care left undone. Ten of "
        "them test a change from week 25, two wait. In week 29 a calm season begins for all, and "
        "in week 53 winter comes back. The table teaches run charts, measuring the process "
        "before the outcome, balancing measures, and what waiting teams are for."
    ),
    naive=(
        "Compare the weeks before week 25 with those from it on: every team improves, the "
        "waiting ones too, and the team whose fall began long before its change stands near the "
        "top."
    ),
    sound=(
        "Logistic regression of unfinished care on the share of shifts with the change, with "
        "team, season and drift in the model; or, with a pencil: look whether the change was "
        "made, whether the baseline was steady, and take the fall of a waiting team off. The "
        "same for breaks."
    ),
    parameters=(
        Parameter(
            "season",
            SEASON,
            "log odds",
            "Unfinished care in the calm season, weeks 29 to 52, against winter, in every team.",
        ),
        Parameter(
            "effect",
            EFFECT,
            "log odds",
            "Unfinished care in a week in which every shift makes the change against one in which "
            "none does, in T01, T04 and T05 and in three of the teams T07 to T12; in the others "
            "the change does nothing.",
        ),
        Parameter(
            "held",
            HELD,
            "share of shifts",
            "Shifts on which the change is made from week 30 on, where it takes hold.",
        ),
        Parameter(
            "lost",
            LOST,
            "share of shifts",
            "The same in T04 and in one of the teams T07 to T12, where it does not take hold.",
        ),
        Parameter(
            "drift",
            DRIFT,
            "log odds per week",
            "Unfinished care in T03 and in one of the teams T07 to T12, from week 7 to week 40, "
            "whatever is tested there.",
        ),
        Parameter(
            "breaks_lost",
            BREAKS_LOST,
            "log odds",
            "Having had no break in a week in which every shift makes the change against one in "
            "which none does, in T05 and in one of the teams T07 to T12.",
        ),
        Parameter(
            "season_no_break",
            SEASON_NO_BREAK,
            "log odds",
            "Having had no break in the calm season against winter, in every team.",
        ),
    ),
    arrows=(
        Arrow("week", "season", hidden=False),
        Arrow("season", "unfinished", hidden=True),
        Arrow("season", "no_break", hidden=True),
        Arrow("drift", "unfinished", hidden=True),
        Arrow("team", "unfinished"),
        Arrow("team", "no_break"),
        Arrow("change", "done"),
        Arrow("start_week", "done"),
        Arrow("done", "unfinished"),
        Arrow("done", "no_break"),
        Arrow("shifts", "unfinished"),
        Arrow("staff_asked", "no_break"),
    ),
    make=make,
)
