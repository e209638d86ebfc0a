"""Reading a run chart: runs about a median, the first signal, and a median for each phase.

The chart itself is `carebook.methods.control_charts.run_chart`, and the patterns that it is read
by are those of `carebook.methods.run_rules.signals` with the set `RUN_CHART` of this module.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb

import numpy as np
import pandas as pd

from carebook.methods.control_charts import ControlChart, run_chart
from carebook.methods.input_checks import refuse_blanks, refuse_disorder
from carebook.methods.run_rules import RuleSet

# Six on one side of the median, five rising or falling: the set used for run charts in improvement
# work (Perla RJ, Provost LP, Murray SK (2011), BMJ Quality & Safety 20:46–51).
RUN_CHART = RuleSet(shift=6, trend=5)


@dataclass(frozen=True)
class Runs:
    """How often a series crossed its median, and how often chance would have it cross.

    Parameters
    ----------
    above, below
        Points above and below the median; those on it are passed over.
    runs
        Groups of neighbours on one side: crossings and one more.
    fewest, most
        Numbers of runs that chance explains; fewer or more are a signal.
    """

    above: int
    below: int
    runs: int
    fewest: int
    most: int

    @property
    def signal(self) -> bool:
        """Say whether there are too few or too many runs."""
        return not self.fewest <= self.runs <= self.most


def runs_about(values: pd.Series, centre: float, tail: float = 0.025) -> Runs:
    """Count the runs about a median and hold them against chance.

    Parameters
    ----------
    values
        One number a period, in order of time.
    centre
        The median, in the same unit.
    tail
        Chance of too few runs, and again of too many, that is put up with; between 0 and 0.5.

    Raises
    ------
    ValueError
        If a value is blank, periods are out of order, `tail` is impossible, or all points off the
        median lie on one side of it.

    Notes
    -----
    Every order of the points above and below is taken as equally likely (Wald and Wolfowitz's
    runs test). The limits come from the exact number of orders. Tables printed for run charts
    differ from them by a run at some lengths, because they are read in two ways.
    """
    if not 0 < tail < 0.5:
        raise ValueError(f"tail: got {tail:g}; give a chance between 0 and 0.5")
    sides = _sides(values, centre)
    above, below = int((sides > 0).sum()), int((sides < 0).sum())
    if not above or not below:
        raise ValueError(
            f"values: {above} points lie above {centre:g} and {below} below; "
            "count runs about a median that has points on both sides"
        )
    runs = 1 + int((np.diff(sides) != 0).sum())
    fewest, most = _limits(above, below, tail)
    return Runs(above, below, runs, fewest, most)


def first_shift(
    values: pd.Series, centre: float, least: int = RUN_CHART.shift, after: Hashable | None = None
) -> Hashable | None:
    """Return the period in which a shift can first be called.

    Parameters
    ----------
    values
        One number a period, in order of time, labelled with the periods.
    centre
        The median of the baseline, in the same unit. A value exactly on it is passed over: it
        neither lengthens nor ends a run.
    least
        So many points in a row on one side are a shift.
    after
        Look at runs that begin after this period; at all of them by default.

    Returns
    -------
    Hashable or None
        The label of the point that completes the first run of `least`; None if there is none.

    Raises
    ------
    ValueError
        If a value is blank, periods are out of order, or `least` is less than 2.
    """
    if least < 2:
        raise ValueError(f"least: got {least}; a run that says anything has 2 points or more")
    looked_at = values if after is None else values.loc[values.index > after]
    off = looked_at[looked_at != centre]
    sides = _sides(looked_at, centre)
    length = 0
    for place, side in enumerate(sides):
        length = length + 1 if place and side == sides[place - 1] else 1
        if length == least:
            label: Hashable = off.index[place]
            return label
    return None


def phased_run_chart(values: pd.Series, baseline: int, starts: Sequence[int] = ()) -> ControlChart:
    """Return a run chart whose median is drawn anew where a lasting shift has been seen.

    Parameters
    ----------
    values
        One number a period, in order of time.
    baseline
        The first median is worked out from so many first points, and then frozen.
    starts
        Places, counted from 0, at which a new phase begins. Its median is that of all its points.

    Raises
    ------
    ValueError
        If a value is blank, periods are out of order, the baseline is too short, or a phase starts
        inside the baseline, before an earlier one, or after the end.
    """
    chart = run_chart(values, baseline)
    places = [*starts, len(values)]
    if list(starts) != sorted(set(starts)) or any(
        not baseline <= start < len(values) for start in starts
    ):
        raise ValueError(
            f"starts: got {list(starts)}; phases start in order, after the {baseline} points of "
            f"the baseline and before the end at {len(values)}"
        )
    centre = chart.points["centre"].to_numpy(dtype="float64", copy=True)
    for start, end in pairwise(places):
        centre[start:end] = values.iloc[start:end].median()
    return ControlChart("run", chart.points.assign(centre=centre), baseline)


def _sides(values: pd.Series, centre: float) -> np.ndarray:
    """Return +1 and −1 for the points off the centre, in order."""
    refuse_disorder(values.index, "values")
    refuse_blanks(pd.DataFrame({"value": values}), ["value"], "values")
    sides: np.ndarray = np.sign(values.to_numpy(dtype="float64") - centre)
    return sides[sides != 0]


def _limits(above: int, below: int, tail: float) -> tuple[int, int]:
    """Return the fewest and the most runs that do not lie in a tail."""
    ways = [_orders(runs, above, below) for runs in range(above + below + 1)]
    most_ways = tail * comb(above + below, above)
    few, many = np.cumsum(ways), np.cumsum(ways[::-1])[::-1]
    fewest = int((few <= most_ways).sum())
    most = len(ways) - 1 - int((many <= most_ways).sum())
    return fewest, most


def _orders(runs: int, above: int, below: int) -> int:
    """Return in how many orders of the points there are exactly so many runs."""
    if runs < 2:
        return 0
    half, odd = divmod(runs, 2)
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(
        below - 1, half
    )
