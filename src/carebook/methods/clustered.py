"""Logistic regression of people who share a ward: the same estimates, honest intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.methods.logistic import logistic_regression
from carebook.methods.prevalence import normal_quantile


def clustered_logistic(
    outcome: pd.Series, predictors: pd.DataFrame, clusters: pd.Series, level: float = 0.95
) -> pd.DataFrame:
    """Fit a logistic regression whose intervals know that people come in clusters.

    Patients of one ward share its staffing and its luck, so that they tell less than as many
    strangers would. The estimates are those of `carebook.methods.logistic.logistic_regression`;
    only the errors differ.

    Parameters
    ----------
    outcome
        True or 1 for yes, False or 0 for no; no blanks. Both must occur.
    predictors
        One column a predictor, with the row labels of `outcome`; no blanks.
    clusters
        The cluster of each row, for example its ward; no blanks. People of different clusters
        are taken as independent. With fewer than about forty clusters the intervals are too
        narrow all the same.
    level
        Confidence level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        As `logistic_regression`: one row for ``constant`` and each predictor with ``estimate`` in
        log odds, ``error``, ``low`` and ``high``.

    Raises
    ------
    ValueError
        If `logistic_regression` refuses, the row labels of `clusters` differ, a cluster is blank,
        or there are not more clusters than estimates.

    Notes
    -----
    The sandwich: Liang KY, Zeger SL (1986), Biometrika 73:13–22, with working independence. The
    covariance is multiplied by G/(G − 1) · (n − 1)/(n − k), with G clusters, n people and k
    estimates, as statsmodels has it by default. The interval is a normal one.
    """
    fitted = logistic_regression(outcome, predictors, level)
    if not clusters.index.equals(outcome.index):
        raise ValueError("clusters: its row labels differ from those of outcome")
    if clusters.isna().any():
        raise ValueError("clusters: there are blanks; drop those rows and say so")
    count = clusters.nunique()
    if count <= len(fitted):
        raise ValueError(
            f"clusters: got {count} for {len(fitted)} estimates; give more clusters, or fewer "
            "predictors"
        )
    covariance = _sandwich(outcome, predictors, clusters, fitted["estimate"].to_numpy())
    error = np.sqrt(np.diag(covariance))
    reach = normal_quantile(level) * error
    return fitted.assign(
        error=error, low=fitted["estimate"] - reach, high=fitted["estimate"] + reach
    )


def _sandwich(
    outcome: pd.Series, predictors: pd.DataFrame, clusters: pd.Series, estimate: np.ndarray
) -> np.ndarray:
    """Return the covariance of the estimates, summed by cluster."""
    numbers = predictors.astype("float64").to_numpy()
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0)
    # In standard units, so that a predictor far from 0 does not spoil the inverse.
    design = np.column_stack([np.ones(len(numbers)), (numbers - mean) / spread])
    log_odds = estimate[0] + numbers @ estimate[1:]
    chance = 1 / (1 + np.exp(-log_odds))
    bread = np.linalg.inv(design.T @ (design * (chance * (1 - chance))[:, None]))
    surprise = outcome.to_numpy(dtype=float) - chance
    summed = pd.DataFrame(design * surprise[:, None]).groupby(clusters.to_numpy()).sum().to_numpy()
    people, estimates = design.shape
    count = len(summed)
    correction = count / (count - 1) * (people - 1) / (people - estimates)
    covariance = correction * bread @ summed.T @ summed @ bread
    back = np.diag([1.0, *(1 / spread)])
    back[0, 1:] = -mean / spread
    return back @ covariance @ back.T
