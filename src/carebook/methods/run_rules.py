"""Rules for reading a chart: which patterns chance seldom makes.

Every rule cries wolf now and then, and more rules do so more often. Choose one set before you
look. Sources of the three sets:

- `NHS`: after NHS England, Making Data Count: seven on one side, seven rising or falling, two of
  three close to a limit. The R package NHSRplotthedots 0.2.2 of that programme is a little
  stricter: there a point on the centre ends a run, and two of three count only if all three lie
  on one side of the centre and the two within the limits.
- `WESTERN_ELECTRIC`: after Western Electric (1956), Statistical Quality Control Handbook; its run
  is eight. The handbook's four-of-five rule is left out.
- `NELSON`: after Nelson LS (1984), Journal of Quality Technology 16:237–239, tests 1, 2, 3 and 5.

In all three a point exactly on the centre is passed over: it neither lengthens nor ends a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from carebook.methods.control_charts import ControlChart
from carebook.methods.input_checks import refuse_blanks


@dataclass(frozen=True)
class RuleSet:
    """How long a pattern must be to count.

    Parameters
    ----------
    shift
        So many points in a row on one side of the centre.
    trend
        So many points in a row, each higher (or each lower) than the one before; None for no
        such rule.
    near
        Two of three points in a row beyond so many sigma on the same side; points beyond a limit
        count as well.
    """

    shift: int
    trend: int | None
    near: float = 2.0


NHS = RuleSet(shift=7, trend=7)
WESTERN_ELECTRIC = RuleSet(shift=8, trend=None)
NELSON = RuleSet(shift=9, trend=6)


def signals(chart: ControlChart, rules: RuleSet = NHS) -> pd.DataFrame:
    """Mark the points that belong to a pattern which chance seldom makes.

    Parameters
    ----------
    chart
        Any chart of `carebook.methods.control_charts`.
    rules
        The set of rules.

    Returns
    -------
    pandas.DataFrame
        One row a point, with ``outside`` (beyond a limit), ``shift``, ``trend`` and ``near`` (two
        of three close to a limit). All points of a pattern are marked. On a run chart, ``outside``
        and ``near`` are never true, for there are no limits.
    """
    points = chart.points
    away = (points["value"] - points["centre"]) / points["sigma"]
    side = np.sign((points["value"] - points["centre"]).to_numpy())
    step = np.sign(points["value"].diff().to_numpy())
    found = {
        "outside": (points["value"] < points["low"]) | (points["value"] > points["high"]),
        "shift": _in_runs(side, rules.shift),
        "trend": _trends(step, rules.trend),
        "near": _near(away.to_numpy(), rules.near),
    }
    return pd.DataFrame(found, index=points.index)


def longest_run(values: pd.Series, centre: float) -> int:
    """Return the greatest number of points in a row on one side of a centre.

    Parameters
    ----------
    values
        One number a period, in order of time.
    centre
        In the same unit. A value exactly on it is passed over: it neither lengthens nor ends a
        run.

    Raises
    ------
    ValueError
        If a value is blank.
    """
    refuse_blanks(pd.DataFrame({"value": values}), ["value"], "values")
    side = np.sign(values.to_numpy(dtype=float) - centre)
    return max((len(run) for run in _runs(side)), default=0)


def longest_run_expected(points: int) -> int:
    """Return the longest run on one side of the median that chance explains.

    A longer one is a signal: ``log2(points) + 3``, rounded (Anhøj J, Olesen AV (2014), PLoS ONE
    9:e113825; so, too, the R package qicharts2). It allows for long charts, in which long runs
    turn up by themselves.

    Parameters
    ----------
    points
        How many points lie off the median.

    Raises
    ------
    ValueError
        If there are fewer than ten points, for which the rule was not made.
    """
    if points < 10:
        raise ValueError(f"points: got {points}; the rule needs ten points off the median or more")
    return round(float(np.log2(points)) + 3)


def _runs(side: np.ndarray) -> list[list[int]]:
    """Return the places of each run on one side; points on the centre are passed over."""
    runs: list[list[int]] = []
    before = 0.0
    for place, here in enumerate(side):
        if here == 0:
            continue
        if here != before:
            runs.append([])
        runs[-1].append(place)
        before = here
    return runs


def _in_runs(side: np.ndarray, least: int) -> np.ndarray:
    """Mark points that belong to a run of at least `least` points."""
    marked = np.zeros(len(side), dtype=bool)
    for run in _runs(side):
        if len(run) >= least:
            marked[run] = True
    return marked


def _trends(step: np.ndarray, least: int | None) -> np.ndarray:
    """Mark points of a trend: `least` points make one step fewer. Equal neighbours end it."""
    marked = np.zeros(len(step), dtype=bool)
    if least is None:
        return marked
    for last in range(least - 1, len(step)):
        steps = step[last - least + 2 : last + 1]
        if abs(steps.sum()) == least - 1:
            marked[last - least + 1 : last + 1] = True
    return marked


def _near(away: np.ndarray, sigmas: float) -> np.ndarray:
    """Mark points beyond `sigmas` that have another such point, same side, within two places."""
    marked = np.zeros(len(away), dtype=bool)
    for side in (-1, 1):
        beyond = np.flatnonzero(side * away > sigmas)
        for first, second in pairwise(beyond):
            if second - first <= 2:
                marked[[first, second]] = True
    return marked
