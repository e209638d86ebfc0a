"""How far a ratio of observed to expected deaths may lie from one by chance alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.methods.input_checks import refuse_blanks
from carebook.methods.prevalence import normal_quantile

METHODS = ("exact", "normal")
LEVELS = (0.95, 0.998)

Numbers = npt.NDArray[np.float64]


def funnel_limits(
    expected: pd.Series | Sequence[float],
    levels: Sequence[float] = LEVELS,
    method: str = "exact",
    overdispersion: float = 1.0,
) -> pd.DataFrame:
    """Return funnel limits around a ratio of one, for hospitals of any size.

    Parameters
    ----------
    expected
        Expected deaths, one value a hospital.
    levels
        Shares of hospitals with nothing wrong that should lie inside, between 0 and 1.
    method
        ``"exact"`` takes them from the Poisson distribution, with a straight line between whole
        numbers of deaths; ``"normal"`` is one plus or minus so many times 1 / √expected.
    overdispersion
        Factor by which hospitals vary more than chance (a variance ratio, see
        `overdispersion_factor`); 1 is chance alone. Other values need ``method="normal"``.

    Returns
    -------
    pandas.DataFrame
        One row a value of `expected`, with its row labels if it has any; for each level the
        columns ``low`` and ``high`` under the level, as ratios: ``limits[0.998, "high"]``.

    Raises
    ------
    ValueError
        If a value of `expected` is blank or not positive, a level lies outside 0 to 1, an option
        is unknown, or exact limits are asked for with a factor other than 1.

    Notes
    -----
    Funnel plots, and overdispersion as a factor: Spiegelhalter DJ (2005), Statistics in Medicine
    24:1185–1202. The exact limit is the smallest whole number of deaths at which the Poisson
    distribution reaches the wanted probability, drawn back along a straight line to where it
    would reach it exactly, over `expected`.
    """
    _refuse(method, overdispersion)
    index = expected.index if isinstance(expected, pd.Series) else None
    deaths = np.asarray(expected, dtype="float64")
    if not (np.isfinite(deaths) & (deaths > 0)).all():
        raise ValueError(f"expected: got {deaths.min()}; every value must be a number above 0")
    columns = {}
    for level in levels:
        z = normal_quantile(level)
        if method == "normal":
            half = z * np.sqrt(overdispersion / deaths)
            low, high = np.maximum(0.0, 1 - half), 1 + half
        else:
            tail = (1 - level) / 2
            low, high = _exact(deaths, tail), _exact(deaths, 1 - tail)
        columns[level, "low"], columns[level, "high"] = low, high
    return pd.DataFrame(columns, index=index)


def place_in_funnel(
    observed: pd.Series,
    expected: pd.Series,
    level: float = 0.998,
    method: str = "exact",
    overdispersion: float = 1.0,
) -> pd.Series:
    """Return where each hospital lies: ``"above"``, ``"inside"`` or ``"below"`` the limits.

    Parameters
    ----------
    observed, expected
        Deaths, one value a hospital, with the same row labels.
    level, method, overdispersion
        As for `funnel_limits`.

    Raises
    ------
    ValueError
        If the row labels differ, a value is blank, and as for `funnel_limits`.

    Notes
    -----
    Deaths are whole numbers and the straight line of exact limits cuts between them. By chance
    alone somewhat more hospitals lie above than half of what `level` leaves, and somewhat fewer
    below; the smaller the hospital, the more so.
    """
    _refuse_pairs(observed, expected)
    limits = funnel_limits(expected, (level,), method, overdispersion)
    ratio = observed / expected
    place = pd.Series("inside", index=expected.index, name="place")
    place[ratio > limits[level, "high"]] = "above"
    place[ratio < limits[level, "low"]] = "below"
    return place


def overdispersion_factor(observed: pd.Series, expected: pd.Series, trimmed: float = 0.1) -> float:
    """Return how much more hospitals vary than chance: the mean square of their z scores.

    Parameters
    ----------
    observed, expected
        Deaths, one value a hospital.
    trimmed
        Share at each end whose z scores are pulled in to the last one kept, so that the few
        hospitals one looks for do not widen the limits that are to find them.

    Returns
    -------
    float
        About 1 when chance alone is at work; less is possible.

    Raises
    ------
    ValueError
        If the row labels differ, a value is blank, an expected number is not positive, there are
        fewer than two hospitals or `trimmed` is not from 0 to below 0.5.

    Notes
    -----
    Spiegelhalter DJ (2005), Statistics in Medicine 24:1185–1202; pulling extreme values in is
    called winsorising.
    """
    if not 0 <= trimmed < 0.5:
        raise ValueError(f"trimmed: got {trimmed}; allowed is a share from 0 to below 0.5")
    _refuse_pairs(observed, expected)
    if not (expected > 0).all():
        raise ValueError(f"expected: got {expected.min()}; every value must be a number above 0")
    if len(expected) < 2:
        raise ValueError(f"expected: got {len(expected)} hospitals; at least two are needed")
    deaths = np.asarray(expected, dtype="float64")
    z = np.sort((np.asarray(observed, dtype="float64") - deaths) / np.sqrt(deaths))
    away = int(trimmed * len(z))
    kept = np.clip(z, z[away], z[len(z) - 1 - away])
    return float(np.mean(kept**2))


def _refuse(method: str, overdispersion: float) -> None:
    """Refuse options that do not go together."""
    if method not in METHODS:
        raise ValueError(f"method: got {method!r}; allowed are {', '.join(METHODS)}")
    if overdispersion <= 0:
        raise ValueError(f"overdispersion: got {overdispersion}; a factor above 0 is needed")
    if method == "exact" and overdispersion != 1:
        raise ValueError(
            f"overdispersion: got {overdispersion} with exact limits, which hold chance alone; "
            "write method='normal'"
        )


def _refuse_pairs(observed: pd.Series, expected: pd.Series) -> None:
    """Refuse deaths that do not belong together, and blanks, which would pass as inside."""
    if not observed.index.equals(expected.index):
        raise ValueError("observed: its row labels differ from those of expected")
    both = pd.DataFrame({"observed": observed, "expected": expected})
    refuse_blanks(both, both.columns, "deaths")


def _exact(expected: Numbers, p: float) -> Numbers:
    """Return the Poisson quantile over `expected`, on a straight line between whole numbers."""
    from scipy.special import pdtr

    reached = np.arange(_enough(expected) + 1.0)
    below = pdtr(reached[None, :], expected[:, None])
    whole = (below < p).sum(axis=1)
    at = pdtr(whole, expected)
    before = np.where(whole > 0, pdtr(np.maximum(whole - 1.0, 0.0), expected), 0.0)
    found: Numbers = np.maximum(0.0, whole - (at - p) / (at - before)) / expected
    return found


def _enough(expected: Numbers) -> int:
    """Return a number of deaths that lies beyond every limit in use."""
    largest = float(expected.max(initial=1.0))
    return int(largest + 12 * np.sqrt(largest) + 30)
