"""What a threshold asks of a ward: alerts for each nurse and shift, minutes, patients found."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import pandas as pd

from carebook.methods.prediction import AtThreshold, yes_and_no


@dataclass(frozen=True)
class Burden:
    """What alerts ask of one nurse in one shift, and what they give.

    Parameters
    ----------
    alerts
        Alerts for each nurse and shift.
    found, missed
        Patients with the outcome who had an alert, and who had none, for each nurse and shift.
    minutes
        Minutes that the alerts take, for each nurse and shift.
    per_found
        Alerts for each patient found: 1 over the positive predictive value, also called the
        number needed to evaluate.
    """

    alerts: float
    found: float
    missed: float
    minutes: float
    per_found: float


def burden(found: AtThreshold, patients: float, minutes: float, shifts: float = 2.0) -> Burden:
    """Return what alerts at a threshold ask of one nurse.

    Parameters
    ----------
    found
        From `carebook.methods.prediction.at_threshold`, on one row for each patient and day.
    patients
        Patients for each nurse.
    minutes
        Minutes that one alert takes from a nurse, answered or waved away.
    shifts
        Shifts a day, over which the alerts of a day are spread evenly.

    Raises
    ------
    ValueError
        If `patients` or `shifts` is not positive, `minutes` is negative, or no alert was true.
    """
    if not (patients > 0 and shifts > 0 and minutes >= 0):
        raise ValueError(
            f"got {patients} patients, {shifts} shifts and {minutes} minutes; patients and shifts "
            "must be above 0 and minutes not below"
        )
    if not found.true_alerts:
        raise ValueError(
            f"threshold {found.threshold:g}: no alert is true, so none finds a patient; lower it"
        )
    each = patients / shifts / found.people
    alerts = each * found.alerts
    return Burden(
        alerts=alerts,
        found=each * found.true_alerts,
        missed=each * found.missed,
        minutes=minutes * alerts,
        per_found=found.alerts / found.true_alerts,
    )


def found_within(score: pd.Series, outcome: pd.Series, answers: float, threshold: float) -> float:
    """Return the share of patients with the outcome who get an answer when answers are few.

    A team that cannot answer every alert answers some of them as they come, whatever the score;
    each alert has the same chance.

    Parameters
    ----------
    score, outcome
        As in `carebook.methods.prediction.at_threshold`.
    answers
        How many answers there are for each person, between 0 and 1: four for a ward of 40 is 0.1.
    threshold
        An alert is raised at this score and above.

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, `answers` is outside 0 to 1, or nobody had
        the outcome.

    Notes
    -----
    Answers over alerts (at most 1) times the sensitivity. All rows are pooled, as if alerts and
    answers were spread evenly over time; where alerts crowd on some days, fewer are found.
    """
    if isnan(threshold):
        raise ValueError("threshold: it is blank; give a number")
    if not 0 <= answers <= 1:
        raise ValueError(f"answers: got {answers}; write answers for each person, between 0 and 1")
    happened = yes_and_no(score, outcome)
    if not happened.any():
        raise ValueError("outcome: nobody had it, so nobody can be found")
    alert = score.to_numpy(dtype=float) >= threshold
    if not alert.any():
        return 0.0
    chance = min(1.0, answers / alert.mean())
    return float(chance * alert[happened].mean())
