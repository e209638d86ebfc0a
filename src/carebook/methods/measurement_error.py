"""How far a score would wander, and who would change sides of a cut-off, on a second answering."""

from __future__ import annotations

import numpy as np
import pandas as pd


def standard_error_of_measurement(scores: pd.Series, reliability: float) -> float:
    """Return the standard error of measurement of a score.

    Parameters
    ----------
    scores
        Scores of a group of people, in any unit; blanks are left out.
    reliability
        Share of the variance of `scores` that is not noise, 0 to 1, for example alpha or omega.

    Returns
    -------
    float
        In the unit of `scores`: their standard deviation times the square root of one minus the
        reliability (classical test theory; Lord and Novick 1968).

    Raises
    ------
    ValueError
        If `reliability` is outside 0 to 1 or fewer than two people have a score.
    """
    spread = _spread(scores, reliability)
    return float(spread * np.sqrt(1 - reliability))


def share_changing_sides(scores: pd.Series, reliability: float, cutoff: float) -> float:
    """Return the share of people expected on the other side of a cut-off if asked again.

    A second, independent answering is pictured by classical test theory: given the first score,
    the second is expected at ``mean + reliability * (score - mean)``, with a standard deviation
    of ``spread * sqrt(1 - reliability ** 2)``, and taken as normal.

    Parameters
    ----------
    scores
        Scores of a group of people, in any unit; blanks are left out.
    reliability
        Correlation expected between two answerings, 0 to 1.
    cutoff
        In the unit of `scores`; a score at the cut-off counts as above.

    Returns
    -------
    float
        A share from 0 to 1. For normal scores cut at their mean it is ``arccos(reliability) / pi``.

    Raises
    ------
    ValueError
        If `reliability` is outside 0 to 1 or fewer than two people have a score.
    """
    from scipy.stats import norm

    spread = _spread(scores, reliability)
    first = scores.dropna().to_numpy(dtype=float)
    expected = first.mean() + reliability * (first - first.mean())
    wander = spread * np.sqrt(1 - reliability**2)
    above_again = norm.sf(cutoff, loc=expected, scale=max(wander, 1e-9 * spread))
    return float(np.where(first >= cutoff, 1 - above_again, above_again).mean())


def _spread(scores: pd.Series, reliability: float) -> float:
    """Return the standard deviation of `scores`, having checked both arguments."""
    if not 0 <= reliability <= 1:
        raise ValueError(f"reliability is {reliability!r}; it must lie between 0 and 1")
    scored = scores.dropna()
    if len(scored) < 2:
        raise ValueError(f"scores: {len(scored)} people have a score; at least two are needed")
    return float(scored.std())
