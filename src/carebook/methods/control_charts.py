"""Control charts: is this week's number news, or the noise the process always makes?

Limits stand three sigma from the centre, as Shewhart (1931) proposed. Formulas and constants:
NIST/SEMATECH e-Handbook of Statistical Methods, sections 6.3.2 and 6.3.3; Montgomery DC,
Introduction to Statistical Quality Control. Rules for reading a chart are in `run_rules`.

Periods must come in order of time: row labels that are numbers or dates must rise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from carebook.methods.input_checks import refuse_disorder

# Three divided by d2 = 2 / √π = 1.128, the mean range of two standard normal values, rounded.
INDIVIDUALS = 2.66
# Largest moving range to expect, as a multiple of the mean one: 1 + 3·√(2 − 4/π) / d2.
MOVING_RANGE = 3.267


@dataclass(frozen=True)
class ControlChart:
    """Points with the limits to read them by.

    Parameters
    ----------
    kind
        ``"p"``, ``"u"``, ``"individuals"`` or ``"run"``.
    points
        One row a point, in order, labelled as the values were: ``value``, ``centre``, ``sigma``
        (distance of one step to the limits), ``low`` and ``high``, in the unit of the values. A
        run chart has a centre only; the other columns are blank.
    baseline
        How many of the first points centre and limits were worked out from.
    """

    kind: str
    points: pd.DataFrame
    baseline: int


def p_chart(counts: pd.Series, sizes: pd.Series, baseline: int | None = None) -> ControlChart:
    """Chart a share of people, for example those seen within four hours, week by week.

    Parameters
    ----------
    counts
        How many had the property in each period.
    sizes
        How many were looked at in each period.
    baseline
        Work out centre and limits from so many first points; from all of them by default.

    Returns
    -------
    ControlChart
        Values are shares. Each point has its own limits, because small groups vary more; limits
        stay between 0 and 1.

    Raises
    ------
    ValueError
        If a size is not positive, a count is outside 0 to its size, a value is blank, the row
        labels differ or do not rise, or the baseline is too short.
    """
    counts, sizes = _paired(counts, sizes)
    if ((counts < 0) | (counts > sizes)).any():
        place = counts.index[(counts < 0) | (counts > sizes)][0]
        raise ValueError(
            f"counts row {place}: got {counts.loc[place]:g} of {sizes.loc[place]:g}; "
            "a count lies between 0 and its size"
        )
    used = _baseline(len(counts), baseline)
    centre = counts.iloc[:used].sum() / sizes.iloc[:used].sum()
    sigma = np.sqrt(centre * (1 - centre) / sizes)
    return _chart("p", counts / sizes, centre, sigma, used, lowest=0.0, highest=1.0)


def u_chart(counts: pd.Series, sizes: pd.Series, baseline: int | None = None) -> ControlChart:
    """Chart a rate of events, of which a person can have several, for example falls a bed day.

    Parameters
    ----------
    counts
        Events in each period.
    sizes
        Opportunities in each period, for example bed days.
    baseline
        Work out centre and limits from so many first points; from all of them by default.

    Returns
    -------
    ControlChart
        Values are events for each opportunity; the lower limit is at least 0.

    Raises
    ------
    ValueError
        If a size is not positive, a count negative, a value blank, the row labels differ or do
        not rise, or the baseline is too short.
    """
    counts, sizes = _paired(counts, sizes)
    if (counts < 0).any():
        place = counts.index[counts < 0][0]
        raise ValueError(f"counts row {place}: got {counts.loc[place]:g}; events are 0 or more")
    used = _baseline(len(counts), baseline)
    centre = counts.iloc[:used].sum() / sizes.iloc[:used].sum()
    return _chart("u", counts / sizes, centre, np.sqrt(centre / sizes), used, lowest=0.0)


def individuals_chart(values: pd.Series, baseline: int | None = None) -> ControlChart:
    """Chart single values, such as a weekly median: the X of an XmR chart.

    Parameters
    ----------
    values
        One number a period, in order.
    baseline
        Work out centre and limits from so many first points; from all of them by default.

    Returns
    -------
    ControlChart
        The limits are the mean plus and minus 2.66 mean moving ranges: the noise is measured
        between neighbours, so that a slow drift does not widen the limits.

    Raises
    ------
    ValueError
        If a value is blank, the row labels do not rise, or the baseline is too short.
    """
    values = _complete(values, "values")
    used = _baseline(len(values), baseline)
    mean_range = float(values.iloc[:used].diff().abs().mean())
    sigma = pd.Series(INDIVIDUALS * mean_range / 3, index=values.index)
    return _chart("individuals", values, values.iloc[:used].mean(), sigma, used)


def moving_range_limit(values: pd.Series, baseline: int | None = None) -> float:
    """Return the largest step between neighbours to expect: 3.267 mean moving ranges.

    Parameters
    ----------
    values, baseline
        As for `individuals_chart`.

    Returns
    -------
    float
        In the unit of the values; steps are taken without their sign.

    Raises
    ------
    ValueError
        As for `individuals_chart`.
    """
    values = _complete(values, "values")
    used = _baseline(len(values), baseline)
    return MOVING_RANGE * float(values.iloc[:used].diff().abs().mean())


def run_chart(values: pd.Series, baseline: int | None = None) -> ControlChart:
    """Chart single values around their median, without limits.

    Parameters
    ----------
    values
        One number a period, in order.
    baseline
        Work out the median from so many first points; from all of them by default.

    Returns
    -------
    ControlChart
        The centre is the median, in the unit of the values; sigma and limits are blank.

    Raises
    ------
    ValueError
        As for `individuals_chart`.
    """
    values = _complete(values, "values")
    used = _baseline(len(values), baseline)
    sigma = pd.Series(np.nan, index=values.index)
    return _chart("run", values, values.iloc[:used].median(), sigma, used)


def _chart(
    kind: str,
    values: pd.Series,
    centre: float,
    sigma: pd.Series,
    used: int,
    lowest: float = -np.inf,
    highest: float = np.inf,
) -> ControlChart:
    """Put a chart together, with limits three sigma from the centre."""
    points = pd.DataFrame({"value": values, "centre": float(centre), "sigma": sigma})
    points["low"] = (points["centre"] - 3 * sigma).clip(lower=lowest)
    points["high"] = (points["centre"] + 3 * sigma).clip(upper=highest)
    return ControlChart(kind, points, used)


def _paired(counts: pd.Series, sizes: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return both columns as complete numbers, having checked that they belong together."""
    if not counts.index.equals(sizes.index):
        raise ValueError("sizes: its row labels differ from those of counts; take both together")
    counts, sizes = _complete(counts, "counts"), _complete(sizes, "sizes")
    if (sizes <= 0).any():
        place = sizes.index[sizes <= 0][0]
        raise ValueError(f"sizes row {place}: got {sizes.loc[place]:g}; a size is more than 0")
    return counts, sizes


def _complete(values: pd.Series, name: str) -> pd.Series:
    """Return a column as floats, having refused blanks and periods out of order."""
    refuse_disorder(values.index, name)
    numbers = values.astype("float64")
    if numbers.isna().any():
        place = numbers.index[numbers.isna()][0]
        raise ValueError(f"{name} row {place}: it is blank; fill it or leave the period out")
    return numbers


def _baseline(length: int, baseline: int | None) -> int:
    """Return how many first points to use, having checked that there are enough."""
    used = length if baseline is None else baseline
    if not 2 <= used <= length:
        raise ValueError(
            f"baseline: got {used} of {length} points; give at least 2 and at most all of them"
        )
    return used
