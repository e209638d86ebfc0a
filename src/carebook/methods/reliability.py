"""How well the items of a scale hang together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from carebook.methods.one_factor import Matrix, one_factor_loadings

MISSING = ("complete", "pairwise")
INTERVALS = ("feldt", "bootstrap")


@dataclass(frozen=True)
class Reliability:
    """A reliability coefficient of one scale.

    Parameters
    ----------
    value
        The coefficient; 1 is perfect. Alpha can be negative when an item points the wrong way.
    low, high
        Its interval; NaN when none was asked for.
    items
        Number of items.
    rows
        People it rests on: those who answered all items, or, when pairs were used, the number
        behind the pair of items that fewest answered.
    """

    value: float
    low: float
    high: float
    items: int
    rows: int


def cronbach_alpha(
    items: pd.DataFrame,
    missing: str = "complete",
    interval: str = "feldt",
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 1951,
) -> Reliability:
    """Return Cronbach's alpha of a set of items, with an interval.

    Parameters
    ----------
    items
        One row a person, one column an item, scored so that more always means more.
    missing
        ``"complete"`` uses people who answered every item; ``"pairwise"`` takes each covariance
        from those who answered that pair.
    interval
        ``"feldt"`` (an F distribution, exact for items that are parallel and normal) or
        ``"bootstrap"`` (percentiles over people drawn again, with a fixed `seed`).
    level
        Confidence level.
    resamples, seed
        Draws of the bootstrap and where they start.

    Raises
    ------
    ValueError
        If there are fewer than two items or three people, an item does not vary, or an option is
        unknown.

    Notes
    -----
    Cronbach LJ (1951), Psychometrika 16:297–334. Feldt LS, Woodruff DJ, Salih FA (1987), Applied
    Psychological Measurement 11:93–103.
    """
    if interval not in INTERVALS:
        raise ValueError(f"interval: got {interval!r}; allowed are {', '.join(INTERVALS)}")
    used = _usable(items, missing)
    value, count = _alpha(_covariance(used)), _rows(used)
    if interval == "feldt":
        low, high = _feldt_interval(value, count, used.shape[1], level)
    else:
        low, high = _bootstrap_interval(used, _alpha, level, resamples, seed)
    return Reliability(value, low, high, used.shape[1], count)


def mcdonald_omega(
    items: pd.DataFrame,
    missing: str = "complete",
    level: float = 0.95,
    resamples: int = 0,
    seed: int = 1999,
) -> Reliability:
    """Return McDonald's omega total under one common factor.

    Alpha assumes that every item says equally much about the common factor; omega lets each item
    have its own loading. The factor is fitted to the correlations by minimum residuals.

    Parameters
    ----------
    items, missing, level, seed
        As for `cronbach_alpha`; at least three items.
    resamples
        Draws of a bootstrap for the interval; 0, the default, gives none (low and high are NaN).

    Raises
    ------
    ValueError
        As for `cronbach_alpha`, and with fewer than three items, where one factor has no single
        solution.

    Notes
    -----
    McDonald RP (1999), Test Theory: A Unified Treatment. Harman HH, Jones WH (1966),
    Psychometrika 31:351–368 (minimum residuals).
    """
    if items.shape[1] < 3:
        raise ValueError(f"items: got {items.shape[1]}; one common factor needs at least three")
    used = _usable(items, missing)
    low, high = nan, nan
    if resamples:
        low, high = _bootstrap_interval(used, _omega, level, resamples, seed)
    return Reliability(_omega(_covariance(used)), low, high, used.shape[1], _rows(used))


def alpha_if_dropped(items: pd.DataFrame, missing: str = "complete") -> pd.Series:
    """Return what alpha would be without each item.

    Parameters
    ----------
    items, missing
        As for `cronbach_alpha`; at least three items.

    Returns
    -------
    pandas.Series
        Alpha of the other items, under the name of the item dropped. With ``"complete"`` all
        values rest on the same people. A value well above the alpha of all items marks an item
        that does not fit, or was not reversed.

    Raises
    ------
    ValueError
        As for `cronbach_alpha`, and with fewer than three items.
    """
    if items.shape[1] < 3:
        raise ValueError(f"items: got {items.shape[1]}; dropping one must leave at least two")
    covariance = _covariance(_usable(items, missing))
    values = [
        _alpha(np.delete(np.delete(covariance, place, axis=0), place, axis=1))
        for place in range(items.shape[1])
    ]
    return pd.Series(values, index=items.columns, name="alpha_if_dropped")


def item_rest_correlation(items: pd.DataFrame, missing: str = "complete") -> pd.Series:
    """Return the correlation of each item with the sum of the others.

    Parameters
    ----------
    items, missing
        As for `cronbach_alpha`.

    Returns
    -------
    pandas.Series
        Correlations from -1 to 1 under the items' names; negative marks an item that points the
        other way.

    Raises
    ------
    ValueError
        As for `cronbach_alpha`.
    """
    covariance = _covariance(_usable(items, missing))
    variances = np.diag(covariance)
    with_rest = covariance.sum(axis=0) - variances
    rest_variance = covariance.sum() - 2 * covariance.sum(axis=0) + variances
    values = with_rest / np.sqrt(variances * rest_variance)
    return pd.Series(values, index=items.columns, name="item_rest_correlation")


def _usable(items: pd.DataFrame, missing: str) -> pd.DataFrame:
    """Return the answers to compute with as numbers, or refuse them."""
    if missing not in MISSING:
        raise ValueError(f"missing: got {missing!r}; allowed are {', '.join(MISSING)}")
    if items.shape[1] < 2:
        raise ValueError(f"items: got {items.shape[1]}; reliability needs at least two items")
    numbers = items.astype("float64")
    used = numbers.dropna() if missing == "complete" else numbers
    if _rows(used) < 3:
        raise ValueError(f"items: only {_rows(used)} people to compute with; at least 3 are needed")
    flat = used.columns[used.std() == 0]
    if len(flat):
        raise ValueError(f"items: {flat[0]!r} has the same answer everywhere; leave it out")
    return used


def _rows(items: pd.DataFrame) -> int:
    """Return the number of people behind the pair of items that fewest answered."""
    known = items.notna().to_numpy(dtype="float64")
    return int((known.T @ known).min())


def _covariance(items: pd.DataFrame) -> Matrix:
    """Return the covariances of the items, shape (items, items)."""
    return items.cov().to_numpy(dtype="float64")


def _alpha(covariance: Matrix) -> float:
    """Return alpha from the covariances."""
    count = len(covariance)
    return float(count / (count - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _omega(covariance: Matrix) -> float:
    """Return omega total from the covariances: common variance over modelled variance."""
    spread = np.sqrt(np.diag(covariance))
    loadings = one_factor_loadings(covariance / np.outer(spread, spread))
    common = float((loadings * spread).sum() ** 2)
    own = float(((1 - loadings**2) * spread**2).sum())
    return common / (common + own)


def _feldt_interval(value: float, rows: int, items: int, level: float) -> tuple[float, float]:
    """Return Feldt's interval of alpha."""
    from scipy.special import fdtri

    degrees = (rows - 1, (rows - 1) * (items - 1))
    tail = (1 - level) / 2
    return (
        float(1 - (1 - value) * fdtri(*degrees, 1 - tail)),
        float(1 - (1 - value) * fdtri(*degrees, tail)),
    )


def _bootstrap_interval(
    items: pd.DataFrame,
    coefficient: Callable[[Matrix], float],
    level: float,
    resamples: int,
    seed: int,
) -> tuple[float, float]:
    """Return percentiles of a coefficient over people drawn again with replacement."""
    random = np.random.default_rng(seed)
    draws = [
        coefficient(_covariance(items.iloc[random.integers(len(items), size=len(items))]))
        for _ in range(resamples)
    ]
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return float(low), float(high)
