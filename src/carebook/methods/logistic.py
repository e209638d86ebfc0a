"""Logistic regression: what goes with a yes or no, other things held equal."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.methods.prevalence import normal_quantile

STEPS = 50
CLOSE = 1e-10


def logistic_regression(
    outcome: pd.Series, predictors: pd.DataFrame, level: float = 0.95
) -> pd.DataFrame:
    """Fit a logistic regression by maximum likelihood.

    Parameters
    ----------
    outcome
        True or 1 for yes, False or 0 for no; no blanks. Both must occur.
    predictors
        One column a predictor, as numbers or True and False, in any unit; no blanks. A constant
        is added.
    level
        Confidence level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for ``constant`` and each predictor: ``estimate`` in log odds for one unit more,
        ``error`` (its standard error), ``low`` and ``high`` (Wald interval).

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, the outcome holds something else or one
        answer only, a predictor never varies or is called ``constant``, or the fit does not
        settle: a predictor then divides yes from no without exception, or repeats another.

    Notes
    -----
    Newton's method, also called iteratively reweighted least squares: McCullagh P, Nelder JA
    (1989), Generalized Linear Models, chapter 4. Predictors are standardised for the fit and
    brought back to their units afterwards, so that a predictor such as a year, far from 0, fits
    as well as any other.
    """
    _refuse(outcome, predictors)
    numbers = predictors.astype("float64").to_numpy()
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0)
    for name, low, high in zip(predictors, numbers.min(axis=0), numbers.max(axis=0), strict=True):
        if low == high:
            raise ValueError(f"predictors: {name} never varies; leave it out")
    design = np.column_stack([np.ones(len(numbers)), (numbers - mean) / spread])
    estimate, covariance = _newton(outcome.to_numpy(dtype=float), design)
    back = np.diag([1.0, *(1 / spread)])
    back[0, 1:] = -mean / spread
    estimate, covariance = back @ estimate, back @ covariance @ back.T
    error = np.sqrt(np.diag(covariance))
    reach = normal_quantile(level) * error
    found = {
        "estimate": estimate,
        "error": error,
        "low": estimate - reach,
        "high": estimate + reach,
    }
    return pd.DataFrame(found, index=["constant", *predictors.columns])


def _refuse(outcome: pd.Series, predictors: pd.DataFrame) -> None:
    """Refuse blanks, rows that do not belong together, and outcomes that are no yes and no."""
    if not outcome.index.equals(predictors.index):
        raise ValueError("predictors: its row labels differ from those of outcome")
    if outcome.isna().any() or predictors.isna().any(axis=None):
        raise ValueError("outcome, predictors: there are blanks; drop those rows and say so")
    if not outcome.isin([0, 1]).all():
        raise ValueError("outcome: it holds something other than True, False, 1 and 0")
    if outcome.nunique() != 2:
        raise ValueError("outcome: yes and no must both occur; there is nothing to tell apart")
    if "constant" in predictors.columns:
        raise ValueError("predictors: one is called constant, which is added; give it a new name")


def _newton(yes: np.ndarray, design: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return estimates and their covariance."""
    estimate = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ estimate, -30, 30)))
        information = design.T @ (design * (chance * (1 - chance))[:, None])
        if np.linalg.cond(information) > 1 / CLOSE:
            break
        step = np.linalg.solve(information, design.T @ (yes - chance))
        estimate = estimate + step
        if np.abs(step).max() < CLOSE:
            return estimate, np.linalg.inv(information)
    raise ValueError(
        "the fit does not settle: a predictor divides yes from no without exception, or repeats "
        "another; leave it out"
    )
