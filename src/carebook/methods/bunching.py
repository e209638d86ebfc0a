"""Who left just before a limit because of it: a bunch held against a smooth counterfactual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]

DRAWS = 1000


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
        after = self.bins["left_out"] & (self.bins["start"] >= self.limit)
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
        Width of a bin.
    span
        Where the first bin starts and the last ends, at least; both lie whole bins from the limit.

    Returns
    -------
    pandas.DataFrame
        One row a bin, with ``start`` (excluded), ``end`` (included) and ``count``.

    Raises
    ------
    ValueError
        If a side of `span` is not whole bins from the limit.
    """
    _refuse_part_bins("span", span, limit, width)
    edges = np.arange(span[0], span[1] + width / 2, width)
    place = np.searchsorted(edges, values.dropna().to_numpy(dtype=float), side="left")
    counts = np.bincount(place, minlength=len(edges) + 1)[1 : len(edges)]
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
        Degree of the polynomial. Seven is the one that Chetty and colleagues used; try others.
    seed
        Seed of the bootstrap, which draws the values anew 1,000 times with the window and the
        degree as they are. Doubt about these two is not in the interval.

    Raises
    ------
    ValueError
        If the limit is not inside the window, an end of window or span cuts a bin in two, or too
        few bins are left to fit the curve.

    Notes
    -----
    Chetty R, Friedman JN, Olsen T, Pistaferri L (2011), Quarterly Journal of Economics
    126:749–804; Kleven HJ (2016), Annual Review of Economics 8:435–464.
    """
    if not window[0] < limit < window[1]:
        raise ValueError(f"window: {window} must begin before the limit {limit:g} and end after it")
    _refuse_part_bins("window", window, limit, width)
    bins = count_bins(values, limit, width, span)
    left_out = ((bins["start"] >= window[0]) & (bins["end"] <= window[1])).to_numpy()
    before = left_out & (bins["end"] <= limit).to_numpy()
    smooth = _smoother(bins["end"].to_numpy() - width / 2, ~left_out, degree)
    counts = bins["count"].to_numpy(dtype=float)
    expected = smooth @ counts
    n = int(values.notna().sum())
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


def _refuse_part_bins(name: str, ends: tuple[float, float], limit: float, width: float) -> None:
    """Refuse ends that cut a bin in two."""
    for end in ends:
        if (end - limit) % width:
            raise ValueError(
                f"{name}: {end:g} is not a whole number of bins of {width:g} from the limit "
                f"{limit:g}"
            )


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
