"""Whether a predicted risk means what it says: calibration, and putting it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from carebook.methods.logistic import logistic_regression
from carebook.methods.prediction import refuse_no_risk, yes_and_no
from carebook.methods.prevalence import wilson_interval
from carebook.methods.rates import Estimate
from carebook.methods.standardised_ratios import standardised_ratio


@dataclass(frozen=True)
class CalibrationLine:
    """Log odds of the outcome as a straight line in the log odds of the predicted risk.

    Parameters
    ----------
    intercept
        Log odds of the outcome where the predicted risk is 0.5; 0 for a calibrated risk. It goes
        with the slope, and is not the "calibration in the large" that is found with a slope of 1.
    slope
        Log odds of the outcome for one log odds of the predicted risk; 1 for a calibrated risk.
        Below 1 the predictions are too extreme, above 1 they are too timid.
    observed_to_expected
        Outcomes that happened over the sum of the predicted risks, with the Poisson interval,
        which takes the predictions as known and is a little too wide for outcomes that are not
        rare.
    """

    intercept: Estimate
    slope: Estimate
    observed_to_expected: Estimate


def log_odds(risk: Any) -> Any:
    """Return the natural logarithm of risk over (1 − risk), of a number or a column.

    Raises
    ------
    ValueError
        If a risk is blank, or not between 0 and 1 (0 and 1 themselves have no log odds).
    """
    values = np.asarray(risk, dtype=float)
    if not ((values > 0) & (values < 1)).all():
        raise ValueError(
            "risk: one is blank, or not between 0 and 1, and has no log odds; write 40% as 0.4"
        )
    return np.log(risk / (1 - risk))


def calibration_line(risk: pd.Series, outcome: pd.Series, level: float = 0.95) -> CalibrationLine:
    """Fit the calibration line by logistic regression.

    Parameters
    ----------
    risk
        Predicted risks, one a person, between 0 and 1.
    outcome
        True or 1 for those who had the outcome, with the row labels of `risk`.
    level
        Confidence level of the intervals, between 0 and 1.

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, the outcome is the same for everybody, or a
        risk is not between 0 and 1.

    Notes
    -----
    Cox DR (1958), Biometrika 45:562–565.
    """
    happened = yes_and_no(risk, outcome)
    predictor = pd.DataFrame({"log odds": log_odds(risk)})
    fitted = logistic_regression(outcome, predictor, level)
    ratio = standardised_ratio(float(happened.sum()), float(risk.sum()), level)
    parts = ["estimate", "low", "high"]
    return CalibrationLine(
        Estimate(*fitted.loc["constant", parts]),
        Estimate(*fitted.loc["log odds", parts]),
        Estimate(ratio.ratio, ratio.low, ratio.high),
    )


def recalibrated(risk: pd.Series, line: CalibrationLine) -> pd.Series:
    """Return the risks that a calibration line puts in place of the predicted ones.

    Parameters
    ----------
    risk
        Predicted risks between 0 and 1.
    line
        From `calibration_line`. On the people that it was fitted to, the new risks add up to the
        outcomes that happened; elsewhere nobody knows until it is tried.

    Raises
    ------
    ValueError
        If a risk is blank or not between 0 and 1.
    """
    new = line.intercept.value + line.slope.value * log_odds(risk)
    return 1 / (1 + np.exp(-new))


def calibration_groups(
    risk: pd.Series, outcome: pd.Series, groups: int = 10, level: float = 0.95
) -> pd.DataFrame:
    """Hold predicted risk against what happened, in groups of about equal size.

    Parameters
    ----------
    risk, outcome, level
        As in `calibration_line`; risks of 0 and 1 are allowed.
    groups
        How many groups, 2 or more. People of equal risk stay together, so there may be fewer.

    Returns
    -------
    pandas.DataFrame
        One row a group, from low to high risk: ``people``, ``predicted`` (mean risk),
        ``observed`` (share with the outcome), ``low`` and ``high`` (Wilson interval).

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, a risk is not between 0 and 1, or `groups`
        is below 2.
    """
    happened = yes_and_no(risk, outcome)
    refuse_no_risk(risk)
    if groups < 2:
        raise ValueError(f"groups: got {groups}; there must be 2 or more")
    one_group = pd.Series(0, index=risk.index)
    # Quantiles of equal risks have no room between them, and would leave everybody out.
    alike = risk.nunique() == 1
    place = one_group if alike else pd.qcut(risk, groups, labels=False, duplicates="drop")
    frame = pd.DataFrame({"risk": risk, "happened": happened})
    each = frame.groupby(place)
    found = pd.DataFrame(
        {
            "people": each.size(),
            "predicted": each["risk"].mean(),
            "observed": each["happened"].mean(),
        }
    ).reset_index(drop=True)
    counts = each["happened"].sum().tolist()
    found[["low", "high"]] = [
        wilson_interval(int(count), int(n), level)
        for count, n in zip(counts, found["people"], strict=True)
    ]
    return found


def brier_score(risk: pd.Series, outcome: pd.Series) -> float:
    """Return the mean squared distance of predicted risk and outcome: 0 is perfect.

    Giving everybody the share that had the outcome earns share × (1 − share).

    Parameters
    ----------
    risk, outcome
        As in `calibration_line`; risks of 0 and 1 are allowed.

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, or a risk is not between 0 and 1.

    Notes
    -----
    Brier GW (1950), Monthly Weather Review 78:1–3.
    """
    happened = yes_and_no(risk, outcome)
    refuse_no_risk(risk)
    return float(((risk.to_numpy(dtype=float) - happened) ** 2).mean())
