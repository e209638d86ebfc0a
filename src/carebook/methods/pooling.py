"""Pool the results of several studies, with a fixed or a random effect.

Written on NumPy so that it runs in a browser; tested against statsmodels. Ratios (odds, risk,
rate and hazard ratios) are pooled on the log scale and returned as ratios.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from math import exp, nan, sqrt

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from carebook.methods.prevalence import normal_quantile

MODELS = ("random", "fixed")
RATIO_MEASURES = frozenset({"OR", "RR", "HR", "IRR"})
POOLED_COLUMNS = ("estimate", "ci_low", "ci_high")


@dataclass(frozen=True)
class Pool:
    """The pooled result of `k` studies.

    Parameters
    ----------
    model
        ``"random"`` or ``"fixed"``.
    estimate, low, high
        Pooled effect with its interval, in the unit of the studies.
    prediction_low, prediction_high
        Where the true effect of a new, similar study is expected; NaN for a fixed effect and for
        fewer than three studies.
    tau2
        Variance between the studies' true effects (for ratios: of their logarithms).
    i2
        Percentage of the variation between results beyond what chance gives, 0 to 100.
    q
        Cochran's Q, with ``k - 1`` degrees of freedom.
    k
        Number of studies.
    weights
        Share of each study in the pool, in the order given; they add up to 1.
    ratio
        True where the effect is a ratio, so that "no effect" is 1 and not 0.
    """

    model: str
    estimate: float
    low: float
    high: float
    prediction_low: float
    prediction_high: float
    tau2: float
    i2: float
    q: float
    k: int
    weights: tuple[float, ...]
    ratio: bool = False


def standard_error_from_interval(
    low: ArrayLike, high: ArrayLike, ratio: bool = False, level: float = 0.95
) -> NDArray[np.float64]:
    """Return the standard errors behind published intervals.

    An interval of 95% is about 3.92 standard errors wide.

    Parameters
    ----------
    low, high
        Limits of one or more intervals.
    ratio
        True for odds, risk, rate and hazard ratios: the width is taken on the log scale, and so
        is the standard error that comes back.
    level
        Confidence level of the intervals.

    Raises
    ------
    ValueError
        If a limit is missing, `low` is not below `high`, or a ratio is not above 0.
    """
    lows, highs = np.asarray(low, dtype="float64"), np.asarray(high, dtype="float64")
    if np.isnan(lows).any() or np.isnan(highs).any():
        raise ValueError("interval: a limit is missing; leave out studies without an interval")
    if ratio and (lows <= 0).any():
        raise ValueError("interval: a ratio's lower limit must be above 0; is this a difference?")
    if (lows >= highs).any():
        raise ValueError("interval: every lower limit must be below its upper limit")
    width = np.log(highs) - np.log(lows) if ratio else highs - lows
    return np.asarray(width / (2 * normal_quantile(level)))


def pool_fixed(
    estimates: ArrayLike, standard_errors: ArrayLike, level: float = 0.95, ratio: bool = False
) -> Pool:
    """Pool by inverse variance, as if all studies measured one true effect.

    Parameters
    ----------
    estimates
        One effect a study; ratios as ratios.
    standard_errors
        In the unit of `estimates`; for ratios, of their logarithms.
    level
        Confidence level of the interval.
    ratio
        True for odds, risk, rate and hazard ratios.

    Raises
    ------
    ValueError
        If the two lists differ in length, are empty, or hold impossible values.
    """
    effects, errors = _checked(estimates, standard_errors, ratio)
    return _pool(effects, errors, level, ratio, "fixed")


def pool_random(
    estimates: ArrayLike, standard_errors: ArrayLike, level: float = 0.95, ratio: bool = False
) -> Pool:
    """Pool with a random effect by the method of DerSimonian and Laird.

    The studies' true effects may differ; their variance ``tau2`` is estimated from Cochran's Q
    and added to each study's own. The prediction interval is that of Higgins, Thompson and
    Spiegelhalter, on Student's t with ``k - 2`` degrees of freedom.

    Parameters
    ----------
    estimates, standard_errors, level, ratio
        As for `pool_fixed`.

    Raises
    ------
    ValueError
        As for `pool_fixed`.

    Notes
    -----
    DerSimonian R, Laird N (1986), Controlled Clinical Trials 7:177–188. Higgins JPT, Thompson
    SG, Spiegelhalter DJ (2009), Journal of the Royal Statistical Society A 172:137–159.
    """
    effects, errors = _checked(estimates, standard_errors, ratio)
    return _pool(effects, errors, level, ratio, "random")


def pool_rows(rows: pd.DataFrame, model: str = "random", level: float = 0.95) -> Pool:
    """Pool rows of the table ``study_level``.

    Parameters
    ----------
    rows
        Columns ``estimate``, ``ci_low``, ``ci_high`` (95% intervals) and ``measure``, one study
        a row. A measure of OR, RR, HR or IRR is pooled as a ratio.
    model
        ``"random"`` or ``"fixed"``.
    level
        Confidence level of the pool's interval.

    Raises
    ------
    ValueError
        If the model is unknown, ratios and differences are mixed, or a number is missing.
    """
    if model not in MODELS:
        raise ValueError(f"model: got {model!r}; allowed are {', '.join(MODELS)}")
    ratio = is_ratio(rows)
    blank = rows[rows[list(POOLED_COLUMNS)].isna().any(axis="columns")]
    if len(blank):
        raise ValueError(
            f"rows: row {blank.index[0]} has no estimate or no interval and cannot be pooled; "
            "leave such rows out and say so"
        )
    errors = standard_error_from_interval(rows["ci_low"], rows["ci_high"], ratio)
    pool = pool_random if model == "random" else pool_fixed
    return pool(rows["estimate"], errors, level, ratio)


def pool_groups(
    rows: pd.DataFrame, by: str, model: str = "random", level: float = 0.95
) -> dict[Hashable, Pool]:
    """Pool each group of rows on its own.

    Parameters
    ----------
    rows, model, level
        As for `pool_rows`.
    by
        Column that names the group of each row, for example ``"subgroup"``.

    Returns
    -------
    dict
        Group name to `Pool`, in the order in which the groups first appear.
    """
    return {name: pool_rows(group, model, level) for name, group in rows.groupby(by, sort=False)}


def is_ratio(rows: pd.DataFrame) -> bool:
    """Return whether the rows' measure is a ratio.

    Raises
    ------
    ValueError
        If ratios stand beside differences.
    """
    kinds = {measure in RATIO_MEASURES for measure in rows["measure"]}
    if len(kinds) != 1:
        raise ValueError(
            f"measure: got {', '.join(sorted(set(rows['measure']))) or 'no rows'}; ratios and "
            "differences cannot be pooled or drawn together, so choose rows of one kind"
        )
    return kinds.pop()


def _checked(
    estimates: ArrayLike, standard_errors: ArrayLike, ratio: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return effects on the scale of pooling and their standard errors, or refuse them."""
    effects = np.atleast_1d(np.asarray(estimates, dtype="float64"))
    errors = np.atleast_1d(np.asarray(standard_errors, dtype="float64"))
    if effects.size == 0 or effects.shape != errors.shape:
        raise ValueError(
            f"estimates: got {effects.size} with {errors.size} standard errors; give at least "
            "one study and one standard error for each"
        )
    if not (np.isfinite(effects).all() and np.isfinite(errors).all() and (errors > 0).all()):
        raise ValueError("standard_errors: each must be a number above 0 beside a known estimate")
    if ratio and (effects <= 0).any():
        raise ValueError("estimates: a ratio must be above 0; is this a difference?")
    return (np.log(effects) if ratio else effects), errors


def _pool(
    effects: NDArray[np.float64],
    errors: NDArray[np.float64],
    level: float,
    ratio: bool,
    model: str,
) -> Pool:
    """Pool effects that stand on the scale of pooling."""
    k = effects.size
    q, i2, tau2 = _heterogeneity(effects, errors)
    tau2 = tau2 if model == "random" else 0.0
    weights = 1 / (errors**2 + tau2)
    centre = float(weights @ effects / weights.sum())
    error = float(1 / np.sqrt(weights.sum()))
    half = normal_quantile(level) * error
    reach = _prediction_reach(k, tau2 + error**2, level) if model == "random" else nan
    shares = tuple(float(share) for share in weights / weights.sum())
    pool = Pool(
        model, centre, centre - half, centre + half, centre - reach, centre + reach,
        tau2, i2, q, k, shares, ratio,
    )  # fmt: skip
    return _as_ratio(pool) if ratio else pool


def _heterogeneity(
    effects: NDArray[np.float64], errors: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Return Cochran's Q, I² in percent and the DerSimonian–Laird tau²."""
    weights = 1 / errors**2
    total = weights.sum()
    q = float(weights @ (effects - weights @ effects / total) ** 2)
    excess = max(0.0, q - (effects.size - 1))
    if excess == 0.0:
        return q, 0.0, 0.0
    return q, 100 * excess / q, excess / float(total - (weights**2).sum() / total)


def _prediction_reach(k: int, variance: float, level: float) -> float:
    """Return half the width of a prediction interval; NaN for fewer than three studies."""
    if k < 3:
        return nan
    from scipy.special import stdtrit

    return float(stdtrit(k - 2, (1 + level) / 2)) * sqrt(variance)


def _as_ratio(pool: Pool) -> Pool:
    """Return a pool of logarithms as a pool of ratios."""
    return replace(
        pool,
        estimate=exp(pool.estimate),
        low=exp(pool.low),
        high=exp(pool.high),
        prediction_low=exp(pool.prediction_low),
        prediction_high=exp(pool.prediction_high),
    )
