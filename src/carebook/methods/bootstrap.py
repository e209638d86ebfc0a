"""How far a ratio of sums would wander if the people had been drawn anew: the bootstrap."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]

RESAMPLES = 2000
SEED = 1
# Six units have 46,656 resamples; a seventh would make 823,543.
MOST_UNITS = 6


@dataclass(frozen=True)
class RatioInterval:
    """A ratio of two sums with a percentile bootstrap interval.

    Parameters
    ----------
    estimate
        Sum of the numerator over sum of the denominator, in the unit of the two.
    low, high
        Limits of the interval, in the same unit.
    level
        Confidence level, between 0 and 1.
    units
        How many things each resample draws: clusters, or rows where there are no clusters.
    resampled
        The ratio in each resample.
    """

    estimate: float
    low: float
    high: float
    level: float
    units: int
    resampled: Numbers = field(repr=False, compare=False)

    @property
    def width(self) -> float:
        """Return how wide the interval is, in the unit of the estimate."""
        return self.high - self.low


def bootstrap_ratio(
    numerator: pd.Series,
    denominator: pd.Series,
    clusters: pd.Series | None = None,
    *,
    resamples: int = RESAMPLES,
    level: float = 0.95,
    seed: int = SEED,
) -> RatioInterval:
    """Return a ratio of sums and its interval, drawing whole clusters or single rows.

    Parameters
    ----------
    numerator
        One value a row, for example the minutes of one task (0 on rows of other tasks).
    denominator
        One value a row, not negative, for example all minutes.
    clusters
        To whom each row belongs, for example the clinician. A cluster is drawn with all its
        rows. Without it every row is drawn on its own, as if rows knew nothing of each other.
    resamples
        How many resamples are drawn; each draws as many units as there are, with replacement.
    level
        Confidence level, between 0 and 1.
    seed
        Of the random numbers; the same seed gives the same interval. With clusters the order of
        the rows does not matter; single rows are drawn by their place.

    Returns
    -------
    RatioInterval
        The percentile interval: it cuts off the same share of resamples on either side.

    Raises
    ------
    ValueError
        If row labels differ, a value is blank, a denominator is negative, there are fewer than
        two units, a resample has nothing in its denominator, `resamples` is below 1, or `level`
        is not between 0 and 1.

    Notes
    -----
    Efron B (1979), Annals of Statistics 7:1–26. Drawing whole clusters: Davison AC, Hinkley DV
    (1997), Bootstrap Methods and their Application, section 3.8. With few clusters (fewer than
    some twenty) the interval is a little too short.
    """
    part, whole = _sums(numerator, denominator, clusters)
    if resamples < 1:
        raise ValueError(f"resamples: got {resamples}; at least 1 is needed")
    units = len(part)
    if units < 2:
        raise ValueError(f"{units} unit to draw from; a bootstrap needs at least two")
    drawn = np.random.default_rng(seed).integers(0, units, (resamples, units))
    ratios = _ratios(part, whole, drawn)
    low, high = percentile_interval(ratios, level)
    return RatioInterval(float(part.sum() / whole.sum()), low, high, level, units, ratios)


def every_ratio(numerator: pd.Series, denominator: pd.Series) -> Numbers:
    """Return the ratio of sums in every resample that there is, in place of some drawn by chance.

    Parameters
    ----------
    numerator, denominator
        One value for each of at most six units, as in `bootstrap_ratio`.

    Returns
    -------
    numpy.ndarray
        One ratio for each of ``n ** n`` equally likely resamples of `n` units, sorted.

    Raises
    ------
    ValueError
        If there are more than six units, or as in `bootstrap_ratio`.
    """
    part, whole = _sums(numerator, denominator, None)
    units = len(part)
    if units > MOST_UNITS:
        raise ValueError(
            f"{units} units have {units**units:,} resamples; "
            f"at most {MOST_UNITS} units are enumerated, so use bootstrap_ratio"
        )
    every = np.indices((units,) * units).reshape(units, -1).T
    return np.sort(_ratios(part, whole, every))


def percentile_interval(resampled: Numbers | pd.Series, level: float = 0.95) -> tuple[float, float]:
    """Return the limits between which the middle `level` of the resampled values lies.

    Raises
    ------
    ValueError
        If `level` is not between 0 and 1, there is no value, or one is blank.
    """
    if not 0 < level < 1:
        raise ValueError(f"level: got {level}; write 95% as 0.95")
    values = np.asarray(resampled, dtype="float64")
    if not values.size or np.isnan(values).any():
        raise ValueError(f"resampled: {values.size} values, or one is blank; each needs a number")
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _sums(
    numerator: pd.Series, denominator: pd.Series, clusters: pd.Series | None
) -> tuple[Numbers, Numbers]:
    """Return both sums for each unit that is drawn, having checked them."""
    for name, other in {"denominator": denominator, "clusters": clusters}.items():
        if other is not None and not numerator.index.equals(other.index):
            raise ValueError(f"{name}: its row labels differ; take all columns from one table")
    table = pd.DataFrame({"part": numerator, "whole": denominator}).astype("float64")
    blank = table.isna().any(axis=1)
    if clusters is not None:
        blank |= clusters.isna()
    if blank.any():
        raise ValueError(f"row {blank.idxmax()} has a blank; decide what it is worth first")
    negative = table.loc[table["whole"] < 0, "whole"]
    if len(negative):
        row, value = negative.index[0], negative.iloc[0]
        raise ValueError(f"denominator row {row}: got {value:g}; at least 0 is needed")
    if clusters is not None:
        # Sorted, so that the same seed draws the same clusters whatever the order of the rows.
        table = table.groupby(clusters.to_numpy(), sort=True).sum()
    return table["part"].to_numpy(), table["whole"].to_numpy()


def _ratios(part: Numbers, whole: Numbers, drawn: npt.NDArray[np.int64]) -> Numbers:
    """Return the ratio of sums in each row of `drawn`, which names units by their place."""
    below = whole[drawn].sum(axis=1)
    if not (below > 0).all():
        raise ValueError("denominator: a resample adds up to 0; leave out units without any")
    ratios: Numbers = part[drawn].sum(axis=1) / below
    return ratios
