"""Move the cut-off, watch the headline: one set of scores, many prevalences.

Assumes that everyone with a score counts once, and that those without one are left out: the
interval speaks of chance alone, not of the staff who did not answer. The Copenhagen Burnout
Inventory defines no clinical cut-off, so no position of the slider is the right one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from carebook.methods.prevalence import wilson_interval

LOWEST, HIGHEST = 0.0, 100.0


@dataclass(frozen=True)
class Headline:
    """What a cut-off makes of a set of scores.

    Parameters
    ----------
    cutoff
        In points, 0 to 100.
    count, n
        People at or above it, and people with a score.
    share, low, high
        Their share with its 95% Wilson interval, from 0 to 1.
    sentence
        The same in words.
    """

    cutoff: float
    count: int
    n: int
    share: float
    low: float
    high: float
    sentence: str


def headline(scores: pd.Series, cutoff: float) -> Headline:
    """Return the headline that a cut-off makes.

    Parameters
    ----------
    scores
        Scale scores, 0 to 100 points; blanks are left out.
    cutoff
        People at or above it are counted as burnt out; 0 to 100 points.

    Raises
    ------
    ValueError
        If nobody has a score, or the cut-off is outside 0 to 100.
    """
    if not LOWEST <= cutoff <= HIGHEST:
        raise ValueError(f"cutoff: got {cutoff}; choose a number of points from 0 to 100")
    scored = scores.dropna()
    if scored.empty:
        raise ValueError("scores: nobody has a score, so there is no headline")
    count, n = int((scored >= cutoff).sum()), len(scored)
    low, high = wilson_interval(count, n)
    share = count / n
    sentence = (
        f"With the cut-off at {cutoff:g} points, {_percent(share)} of the {n:,} staff with a "
        f"score count as burnt out (95% interval {_percent(low)} to {_percent(high)})."
    )
    return Headline(float(cutoff), count, n, share, low, high, sentence)


def headlines(scores: pd.Series, cutoffs: Iterable[float] = range(0, 101, 5)) -> pd.DataFrame:
    """Return the headline of each cut-off, one a row, with the fields of `Headline` as columns.

    Raises
    ------
    ValueError
        As for `headline`.
    """
    return pd.DataFrame([asdict(headline(scores, cutoff)) for cutoff in cutoffs])


def _percent(share: float) -> str:
    """Return a share in per cent, with a decimal only where rounding would hide the value."""
    percent = 100 * share
    near_an_end = 0 < percent < 1 or 99 < percent < 100
    return f"{percent:.1f}%" if near_an_end else f"{percent:.0f}%"
