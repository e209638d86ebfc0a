"""Audit a pool of studies: what each row rests on, and what changes when a row is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, log, pi, sqrt

import numpy as np
import pandas as pd

from carebook.methods.pooling import Pool, pool_rows, standard_error_from_interval
from carebook.methods.prevalence import normal_quantile
from carebook.methods.rates import Estimate


@dataclass(frozen=True)
class QBetween:
    """A test of whether groups of studies differ by more than chance.

    Parameters
    ----------
    q
        Cochran's Q between the groups' pooled effects.
    freedom
        Degrees of freedom: groups less one.
    p
        How often chance alone gives such a Q or a larger one, between 0 and 1.
    """

    q: float
    freedom: int
    p: float


def pool_difference(first: Pool, second: Pool, level: float = 0.95) -> Estimate:
    """Return the first pool minus the second, with its interval.

    Two pools of different studies know nothing of each other, so their variances add.

    Parameters
    ----------
    first, second
        Pools of differences (such as SMD) with intervals of 95%, made of different studies.
    level
        Confidence level of the interval that comes back, between 0 and 1.

    Raises
    ------
    ValueError
        If a pool is of ratios, or `level` is not between 0 and 1.

    Notes
    -----
    The studies of the groups were not drawn by lot: the difference is an association between
    kinds of studies. Borenstein M, Hedges LV, Higgins JPT, Rothstein HR (2009), Introduction to
    Meta-Analysis, chapter 19.
    """
    reach = normal_quantile(level) * hypot(_error(first), _error(second))
    value = first.estimate - second.estimate
    return Estimate(value, value - reach, value + reach)


def q_between(pools: Sequence[Pool]) -> QBetween:
    """Test whether pools of different studies differ by more than chance.

    Parameters
    ----------
    pools
        Two or more pools of differences with intervals of 95%, each of studies of its own. Each
        keeps its own variance between studies.

    Raises
    ------
    ValueError
        If there are fewer than two pools, or one is of ratios.

    Notes
    -----
    The fixed-effect Q of the pooled effects, weighted by their inverse variances, held against
    chi-squared. With two pools it is the square of their difference over its standard error.
    """
    if len(pools) < 2:
        raise ValueError(f"pools: got {len(pools)}; at least 2 are needed for a comparison")
    from scipy.stats import chi2

    weights = [1 / _error(pool) ** 2 for pool in pools]
    effects = [pool.estimate for pool in pools]
    centre = sum(w * e for w, e in zip(weights, effects, strict=True)) / sum(weights)
    q = sum(w * (e - centre) ** 2 for w, e in zip(weights, effects, strict=True))
    return QBetween(q, len(pools) - 1, float(chi2.sf(q, len(pools) - 1)))


def leave_one_out(rows: pd.DataFrame, model: str = "random") -> pd.DataFrame:
    """Pool again without each study in turn.

    Parameters
    ----------
    rows
        Rows of the table ``study_level``, as for `carebook.methods.pooling.pool_rows`.
    model
        ``"random"`` or ``"fixed"``.

    Returns
    -------
    pandas.DataFrame
        One row for each study, with the row labels of `rows`: ``study`` (who is left out), its
        ``weight`` in the whole pool (0 to 1), and ``estimate``, ``low``, ``high`` and ``i2`` of
        the pool without it.

    Raises
    ------
    ValueError
        If there are fewer than three studies, or `pool_rows` refuses.
    """
    if len(rows) < 3:
        raise ValueError(f"rows: got {len(rows)} studies; at least 3 are needed to leave one out")
    weights = pool_rows(rows, model).weights
    found = []
    for place, weight in enumerate(weights):
        # By place: row labels may stand twice, as after pd.concat.
        pool = pool_rows(rows[np.arange(len(rows)) != place], model)
        found.append((weight, pool.estimate, pool.low, pool.high, pool.i2))
    columns = ["weight", "estimate", "low", "high", "i2"]
    table = pd.DataFrame(found, index=rows.index, columns=columns)
    table.insert(0, "study", rows["study"])
    return table


def smd_from_odds_ratio(odds_ratio: float) -> float:
    """Return the standardised mean difference that an odds ratio amounts to.

    Parameters
    ----------
    odds_ratio
        Above 0. One below 1 gives a difference below 0.

    Raises
    ------
    ValueError
        If `odds_ratio` is not above 0.

    Notes
    -----
    The natural logarithm times √3 / π: a logistic distribution has a standard deviation of
    π / √3, so this holds if scores in both groups are logistic and equally spread. Hasselblad V,
    Hedges LV (1995), Psychological Bulletin 117:167–178.
    """
    if not odds_ratio > 0:
        raise ValueError(f"odds_ratio: got {odds_ratio}; it must be above 0")
    return log(odds_ratio) * sqrt(3) / pi


def fewest_people(low: float, high: float) -> float:
    """Return how many independent people an SMD's 95% interval implies at the least.

    Parameters
    ----------
    low, high
        Limits of the interval of a standardised mean difference between two groups.

    Raises
    ------
    ValueError
        If a limit is missing or `low` is not below `high`.

    Notes
    -----
    With n people in two equal groups the variance of an SMD of d is about 4/n + d²/(2n). Groups
    of unequal size, or a large d, need more people for the same interval, so 4/SE² is the least.
    An analysis that adjusts for a baseline score needs fewer: a number larger than the people
    who took part is a question to the authors and no proof of an error.
    """
    error = float(standard_error_from_interval(low, high))
    return 4 / error**2


def interval_for_people(estimate: float, people: float, level: float = 0.95) -> Estimate:
    """Return an SMD with the interval that so many independent people would give it.

    Parameters
    ----------
    estimate
        The standardised mean difference.
    people
        Independent people in both groups together, taken as equal in size; above 0.
    level
        Confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        If `people` is not above 0, or `level` is not between 0 and 1.

    Notes
    -----
    The standard error is 2/√n, the inverse of `fewest_people`.
    """
    if not people > 0:
        raise ValueError(f"people: got {people}; it must be above 0")
    reach = normal_quantile(level) * 2 / sqrt(people)
    return Estimate(estimate, estimate - reach, estimate + reach)


def _error(pool: Pool) -> float:
    """Return the standard error behind a pool's 95% interval."""
    if pool.ratio:
        raise ValueError("pool: ratios are not compared here; pool their logarithms as differences")
    return float(standard_error_from_interval(pool.low, pool.high))
