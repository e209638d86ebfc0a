"""Linear regression: what a number goes with, other things held equal."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.methods.prevalence import normal_quantile

# Beyond this condition number of the standardised design a slope is rounding error.
ILL_CONDITIONED = 1e8
# A constant of 0.1 has a standard deviation of some 1e-17, not of 0.
NEVER_VARIES = 1e-12

Numbers = npt.NDArray[np.float64]


def linear_regression(
    outcome: pd.Series,
    predictors: pd.DataFrame,
    clusters: pd.Series | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Fit a linear regression by least squares, with intervals that may go by clusters.

    Parameters
    ----------
    outcome
        A number in each row, in any unit; no blanks.
    predictors
        One column a predictor, as numbers or True and False, in any unit; no blanks. A constant
        is added.
    clusters
        To whom each row belongs, for example the unit. Rows of one cluster may then resemble each
        other. Without it every row counts as a witness of its own.
    level
        Confidence level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for ``constant`` and each predictor: ``estimate`` in the outcome's unit for one
        unit more, ``error`` (its standard error), ``low`` and ``high``.

    Raises
    ------
    ValueError
        If something is blank, infinite or no number, row labels differ, there are too few rows
        or not more clusters than coefficients, a predictor never varies, repeats others or is
        called ``constant``, or `level` is not between 0 and 1.

    Notes
    -----
    Without clusters: the usual standard errors, and Student's t on n − k degrees of freedom for n
    rows and k coefficients. With clusters: Liang KY, Zeger SL (1986), Biometrika 73:13–22, times
    the root of g / (g − 1) · (n − 1) / (n − k) for g clusters, and Student's t on g − 1. With few
    clusters (fewer than about forty) these intervals are too short all the same. Predictors are
    standardised for the fit and brought back to their units afterwards.
    """
    from scipy.stats import t

    normal_quantile(level)  # refuses an impossible level
    _refuse(outcome, predictors, clusters)
    numbers = predictors.to_numpy(dtype="float64")
    mean: Numbers = numbers.mean(axis=0)
    spread: Numbers = numbers.std(axis=0)
    for name, middle, width in zip(predictors, mean, spread, strict=True):
        if width <= NEVER_VARIES * max(1.0, abs(middle)):
            raise ValueError(f"predictors: {name} never varies; leave it out")
    design: Numbers = np.column_stack([np.ones(len(numbers)), (numbers - mean) / spread])
    if np.linalg.cond(design) > ILL_CONDITIONED:
        raise ValueError("predictors: one repeats another, or others together; leave it out")
    observed = outcome.to_numpy(dtype="float64")
    # By QR: the cross products of the design would square its condition number.
    turned, triangle = np.linalg.qr(design)
    half = np.asarray(np.linalg.inv(triangle), np.float64)
    inverse, estimate = half @ half.T, half @ (turned.T @ observed)
    covariance, freedom = _covariance(design, observed - design @ estimate, inverse, clusters)
    back = np.diag([1.0, *(1 / spread)])
    back[0, 1:] = -mean / spread
    estimate, covariance = back @ estimate, back @ covariance @ back.T
    error = np.sqrt(np.diag(covariance))
    reach = float(t.ppf((1 + level) / 2, freedom)) * error
    found = {
        "estimate": estimate,
        "error": error,
        "low": estimate - reach,
        "high": estimate + reach,
    }
    return pd.DataFrame(found, index=["constant", *predictors.columns])


def _covariance(
    design: Numbers, residual: Numbers, inverse: Numbers, clusters: pd.Series | None
) -> tuple[Numbers, int]:
    """Return the covariance of the coefficients and its degrees of freedom."""
    rows, coefficients = design.shape
    if clusters is None:
        freedom = rows - coefficients
        plain: Numbers = inverse * float(residual @ residual) / freedom
        return plain, freedom
    # How far each cluster as a whole pulls every coefficient.
    pulls = pd.DataFrame(design * residual[:, None]).groupby(clusters.to_numpy()).sum().to_numpy()
    groups = len(pulls)
    few = groups / (groups - 1) * (rows - 1) / (rows - coefficients)
    robust: Numbers = few * inverse @ (pulls.T @ pulls) @ inverse
    return robust, groups - 1


def _refuse(outcome: pd.Series, predictors: pd.DataFrame, clusters: pd.Series | None) -> None:
    """Refuse blanks, rows that do not belong together, and too few of them."""
    for name, other in {"predictors": predictors, "clusters": clusters}.items():
        if other is not None and not outcome.index.equals(other.index):
            raise ValueError(f"{name}: its row labels differ from those of outcome")
    try:
        table = pd.concat([outcome.rename("outcome"), predictors], axis=1).astype("float64")
    except (TypeError, ValueError) as error:
        raise ValueError(f"outcome, predictors: a value is no number ({error})") from error
    if not np.isfinite(table.to_numpy()).all():
        raise ValueError(
            "outcome, predictors: a value is blank or infinite; drop those rows and say so"
        )
    if clusters is not None and clusters.isna().any():
        raise ValueError("clusters: there are blanks; drop those rows and say so")
    if "constant" in predictors.columns:
        raise ValueError("predictors: one is called constant, which is added; give it a new name")
    if predictors.columns.has_duplicates:
        raise ValueError("predictors: two have the same name; rename one")
    if len(outcome) < predictors.shape[1] + 2:
        raise ValueError(
            f"{len(outcome)} rows for {predictors.shape[1]} predictors and a constant; "
            "at least one row more is needed"
        )
    # With as many coefficients as clusters a fit can match every cluster, and errors come out 0.
    if clusters is not None and clusters.nunique() <= predictors.shape[1] + 1:
        raise ValueError(
            f"clusters: got {clusters.nunique()} for {predictors.shape[1]} predictors and a "
            "constant; give more clusters, or fewer predictors"
        )
