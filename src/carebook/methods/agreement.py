"""How far several raters agree about the same things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from carebook.methods.input_checks import refuse_blanks
from carebook.methods.prevalence import normal_quantile

KINDS = ("agreement", "consistency")
FEWEST = 2


@dataclass(frozen=True)
class Agreement:
    """An intraclass correlation of one rating by one rater.

    Parameters
    ----------
    value
        1 when raters agree fully, 0 when a rating says nothing of what another rater would give.
        It can fall below 0 by chance.
    low, high
        Its interval.
    rows
        Number of things rated.
    raters
        Number of raters.
    """

    value: float
    low: float
    high: float
    rows: int
    raters: int


def intraclass_correlation(
    ratings: pd.DataFrame, kind: str = "agreement", level: float = 0.95
) -> Agreement:
    """Return the intraclass correlation of ratings by the same raters.

    Parameters
    ----------
    ratings
        One row for each thing rated, one column a rater, on one scale; no blanks. The interval
        takes rows as independent of each other.
    kind
        ``"agreement"``: raters must give the same number, so that a strict rater counts against
        it (ICC(2,1), also called ICC(A,1)). ``"consistency"``: raters must put things in the same
        order at the same distances, and how strict each is does not count (ICC(3,1) or ICC(C,1)).
    level
        Confidence level of the interval, between 0 and 1.

    Raises
    ------
    ValueError
        If `kind` is unknown, a cell is blank or infinite, two raters have one name, there are
        fewer than two rows or raters, all rows have the same mean, or raters differ by a constant
        or not at all.

    Notes
    -----
    Shrout PE, Fleiss JL (1979), Psychological Bulletin 86:420–428. McGraw KO, Wong SP (1996),
    Psychological Methods 1:30–46. How alike people of one unit are is another question:
    `carebook.methods.clusters.intraclass_correlation`, ICC(1).
    """
    if kind not in KINDS:
        raise ValueError(f"kind: got {kind!r}; allowed are {', '.join(KINDS)}")
    normal_quantile(level)  # refuses an impossible level
    if ratings.columns.has_duplicates:
        raise ValueError("ratings: two raters have the same name; rename one")
    refuse_blanks(ratings, ratings.columns, "ratings")
    if min(ratings.shape) < FEWEST:
        raise ValueError(
            f"ratings: got {ratings.shape[0]} rows of {ratings.shape[1]}; give 2 or more"
        )
    rows, raters = ratings.shape
    numbers = ratings.to_numpy(dtype="float64")
    if not np.isfinite(numbers).all():
        raise ValueError("ratings: one is infinite; leave its row out, and say so")
    between, strictness, rest = _mean_squares(numbers)
    if rest == 0:
        raise ValueError("ratings: raters differ by a constant or not at all; nothing is left over")
    if between == 0:
        raise ValueError("ratings: all rows have the same mean; there is nothing to tell apart")
    found = _agreement if kind == "agreement" else _consistency
    value, low, high = found(between, strictness, rest, rows, raters, level)
    return Agreement(value, low, high, rows, raters)


def _mean_squares(numbers: np.ndarray) -> tuple[float, float, float]:
    """Return the mean squares between rows, between raters, and of what is left over."""
    rows, raters = numbers.shape
    middle = numbers.mean()
    row_means, rater_means = numbers.mean(axis=1), numbers.mean(axis=0)
    left = numbers - row_means[:, None] - rater_means[None, :] + middle
    between = raters * ((row_means - middle) ** 2).sum() / (rows - 1)
    strictness = rows * ((rater_means - middle) ** 2).sum() / (raters - 1)
    rest = (left**2).sum() / ((rows - 1) * (raters - 1))
    rounding = 1e-24 * (numbers**2).max()
    between, rest = (0.0 if each <= rounding else float(each) for each in (between, rest))
    return between, float(strictness), rest


def _consistency(
    between: float, strictness: float, rest: float, rows: int, raters: int, level: float
) -> tuple[float, float, float]:
    """Return ICC(3,1) with its exact interval."""
    from scipy.stats import f

    tail, freedom = (1 + level) / 2, (rows - 1) * (raters - 1)
    ratio = between / rest
    ends = (ratio / f.ppf(tail, rows - 1, freedom), ratio * f.ppf(tail, freedom, rows - 1))
    value, low, high = (float((each - 1) / (each + raters - 1)) for each in (ratio, *ends))
    return value, low, high


def _agreement(
    between: float, strictness: float, rest: float, rows: int, raters: int, level: float
) -> tuple[float, float, float]:
    """Return ICC(2,1) with the interval of McGraw and Wong."""
    from scipy.stats import f

    spread = raters * strictness + (raters * rows - raters - rows) * rest
    value = rows * (between - rest) / (rows * between + spread)
    share = raters * value / (rows * (1 - value))
    parts = share * strictness, (1 + share * (rows - 1)) * rest
    freedom = sum(parts) ** 2 / (
        parts[0] ** 2 / (raters - 1) + parts[1] ** 2 / ((rows - 1) * (raters - 1))
    )
    tail = (1 + level) / 2
    below, above = f.ppf(tail, rows - 1, freedom), f.ppf(tail, freedom, rows - 1)
    low = rows * (between - below * rest) / (below * spread + rows * between)
    high = rows * (above * between - rest) / (spread + rows * above * between)
    return float(value), float(low), float(high)
