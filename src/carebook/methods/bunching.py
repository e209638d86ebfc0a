"""Who left just before a limit because of it: a bunch held against a smooth counterfactual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]

DRAWS = 1000
TINY = 1e-9


@dataclass(frozen=True)
class Bunching:
    """A bunch at a limit.

    Parameters
    ----------
    bins
        One row a bin: ``start`` (excluded) and ``end`` (included) in the unit of the values,
        ``count`` observed, ``expected`` by the smooth curve, ``left_out`` of its fitting.
    limit
        The limit, in the unit of the values.
    n
        How many values there were, those outside the bins included.
    excess
        Observed minus expected in the bins that were left out up to the limit.
    excess_low, excess_high
        Its 95% bootstrap interval.
    missing
        Expected minus observed in the bins that were left out beyond the limit. Where a limit only
        moves people across it, this should be about as large as `excess`.
    """

    bins: pd.DataFrame
    limit: float
    n: int
    excess: float
    excess_low: float
    excess_high: float
    missing: float

    @property
    def share(self) -> float:
        """Return the excess as a share of all values."""
        return self.excess / self.n

    @property
    def share_interval(self) -> tuple[float, float]:
        """Return the 95% interval of `share`."""
        return self.excess_low / self.n, self.excess_high / self.n

    @property
    def share_moved(self) -> float:
        """Return the excess as a share of those expected in the bins left out after the limit."""
        middle = (self.bins["start"] + self.bins["end"]) / 2
        after = self.bins["left_out"] & (middle > self.limit)
        return self.excess / float(self.bins.loc[after, "expected"].sum())


def count_bins(
    values: pd.Series, limit: float, width: float, span: tuple[float, float]
) -> pd.DataFrame:
    """Count values in bins of equal width, one of which ends exactly at the limit.

    Parameters
    ----------
    values
        For example minutes in a department; blanks are left out.
    limit
        In the unit of the values. A value at the limit belongs to the bin before it.
    width
        Width of a bin, above 0.
    span
        Where the first bin starts and the last ends; both lie whole bins from the limit.

    Returns
    -------
    pandas.DataFrame
        One row a bin, with ``start`` (excluded), ``end`` (included) and ``count``.

    Raises
    ------
    ValueError
        If `width` is not above 0, or `span` is empty or does not begin and end whole bins from
        the limit.
    """
    if not width > 0 or not span[0] < span[1]:
        raise ValueError(f"got bins of {width:g} from {span[0]:g} to {span[1]:g}; there is none")
    first, last = _whole_bins("span", span, limit, width)
    edges = limit + width * np.arange(first, last + 1.0)
    # Counted from the limit in whole bins; the last digits of 0.1 + 0.2 must not move a value.
    away = np.ceil((values.dropna().to_numpy(dtype=float) - limit) / width - TINY)
    counts = np.histogram(away, np.arange(first, last + 1) + 0.5)[0]
    return pd.DataFrame({"start": edges[:-1], "end": edges[1:], "count": counts})


def bunching(
    values: pd.Series,
    limit: float,
    window: tuple[float, float],
    *,
    width: float = 5,
    span: tuple[float, float] = (60, 600),
    degree: int = 7,
    seed: int = 0,
) -> Bunching:
    """Estimate how many values lie just before a limit only because of it.

    A polynomial is fitted by least squares to the counts of bins outside `window` and carried
    across it. What stands above the curve between the window's start and the limit is the excess.

    Parameters
    ----------
    values
        For example minutes in a department, one value a patient; blanks are left out.
    limit
        The limit, in the unit of the values; a value at the limit keeps it.
    window
        Start and end of what the limit may have changed: from where the bunch begins to where the
        hole behind the limit has closed. Bins inside are left out of the fit.
    width
        Width of a bin.
    span
        Where the bins begin and end.
    degree
        Degree of the polynomial. No degree is the right one; try others.
    seed
        Seed of the bootstrap, which draws the values anew 1,000 times with the window and the
        degree as they are. Doubt about these two is not in the interval.

    Raises
    ------
    ValueError
        If there is no value, the limit is not inside the window or the window not inside the
        span, an end of window or span cuts a bin in two, or too few bins are left to fit the
        curve.

    Notes
    -----
    The idea: Chetty R, Friedman JN, Olsen T, Pistaferri L (2011), Quarterly Journal of Economics
    126:749–804; a review: Kleven HJ (2016), Annual Review of Economics 8:435–464. Here the
    bootstrap draws people anew and keeps their number.
    """
    if not window[0] < limit < window[1]:
        raise ValueError(f"window: {window} must begin before the limit {limit:g} and end after it")
    if not span[0] < window[0] or not window[1] < span[1]:
        raise ValueError(
            f"window: {window} must lie inside the span {span}, with bins on each side"
        )
    n = int(values.notna().sum())
    if not n:
        raise ValueError("values: there is none, or all are blank")
    bins = count_bins(values, limit, width, span)
    _whole_bins("window", window, limit, width)
    middle = bins["end"].to_numpy() - width / 2
    left_out = (middle > window[0]) & (middle < window[1])
    before = left_out & (middle < limit)
    smooth = _smoother(middle, ~left_out, degree)
    counts = bins["count"].to_numpy(dtype=float)
    expected = smooth @ counts
    weights = before.astype(float) - before @ smooth
    low, high = _bootstrap(counts, n, weights, seed)
    return Bunching(
        bins=bins.assign(expected=expected, left_out=left_out),
        limit=limit,
        n=n,
        excess=float(weights @ counts),
        excess_low=low,
        excess_high=high,
        missing=float((expected - counts)[left_out & ~before].sum()),
    )


def _whole_bins(
    name: str, ends: tuple[float, float], limit: float, width: float
) -> tuple[int, int]:
    """Return how many bins each end lies from the limit; refuse ends that cut a bin in two."""
    for end in ends:
        if abs((end - limit) / width - round((end - limit) / width)) > TINY:
            raise ValueError(
                f"{name}: {end:g} is not a whole number of bins of {width:g} from the limit "
                f"{limit:g}"
            )
    return round((ends[0] - limit) / width), round((ends[1] - limit) / width)


def _smoother(middles: Numbers, fitted: npt.NDArray[np.bool_], degree: int) -> Numbers:
    """Return the matrix that turns counts into the fitted curve.

    Least squares is linear in the counts, so one matrix serves every bootstrap draw.
    """
    if fitted.sum() <= degree + 1:
        raise ValueError(
            f"degree {degree}: {int(fitted.sum())} bins are left to fit it; "
            "take narrower bins, a wider span or a lower degree"
        )
    scaled = 2 * (middles - middles.min()) / (middles.max() - middles.min()) - 1
    design = np.polynomial.chebyshev.chebvander(scaled, degree)
    smoother = np.zeros((len(middles), len(middles)))
    smoother[:, fitted] = design @ np.linalg.pinv(design[fitted])
    return smoother


def _bootstrap(counts: Numbers, n: int, weights: Numbers, seed: int) -> tuple[float, float]:
    """Return the 95% percentile interval of the weighted sum of counts, values drawn anew."""
    shares = np.append(counts, n - counts.sum()) / n
    drawn = np.random.default_rng(seed).multinomial(n, shares, size=DRAWS)[:, :-1]
    low, high = np.quantile(drawn @ weights, [0.025, 0.975])
    return float(low), float(high)
