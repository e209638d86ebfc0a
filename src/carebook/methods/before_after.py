"""Before and after: what a rate did in units that changed something, and in units that did not."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, log, sqrt

import pandas as pd

from carebook.methods.input_checks import refuse_blanks
from carebook.methods.prevalence import normal_quantile
from carebook.methods.rates import Estimate, around_log

COLUMNS = ("unit", "month", "infections", "line_days")
FEWEST_UNITS = 2

Window = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """How the rate of some units changed from one window of months to a later one.

    Parameters
    ----------
    units
        How many units were counted.
    before, after
        Infections per 1,000 line days in the two windows.
    ratio
        Rate after divided by rate before, with an interval that goes by units.
    error
        Standard error of the logarithm of `ratio`.
    """

    units: int
    before: float
    after: float
    ratio: Estimate
    error: float


@dataclass(frozen=True)
class ControlledChange:
    """The change of units that joined, held against the change of others.

    Parameters
    ----------
    joined, others
        The two changes.
    ratio
        Ratio of joiners divided by ratio of others: 1 when both changed alike.
    error
        Standard error of the logarithm of `ratio`.
    """

    joined: Change
    others: Change
    ratio: Estimate
    error: float


def before_after(table: pd.DataFrame, before: Window, after: Window, level: float = 0.95) -> Change:
    """Return how the rate of all units in a table changed, without any comparison.

    Parameters
    ----------
    table
        One row for each unit and month, with ``unit``, ``month``, ``infections`` and
        ``line_days``.
    before, after
        First and last month of each window, both counted in.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    Change
        Rates are all infections of a window divided by all its line days. The interval goes by
        units: a unit's months hang together, so it rests on how far units differ in their change.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a cell of these columns is blank, the windows overlap or are the wrong way round, a
        window has no infection or no line day, or there are fewer than two units.

    Notes
    -----
    The logarithm of the ratio is the coefficient of a Poisson regression of infections on the
    window with line days as exposure. Its standard error is the cluster-robust one of Liang and
    Zeger (1986), Biometrika 73:13–22, times the root of g / (g − 1) for g units; the reach is
    that of Student's t with g − 1 degrees of freedom, because units are few.
    """
    _refuse(table, before, after)
    table = table[table["month"].between(*before) | table["month"].between(*after)]
    units = int(table["unit"].nunique())
    if units < FEWEST_UNITS:
        raise ValueError(f"table: got {units} unit in these months; an interval needs two or more")
    rate_before, pull_before = _rate_and_pull(table, before)
    rate_after, pull_after = _rate_and_pull(table, after)
    pull = pull_after.sub(pull_before, fill_value=0.0)
    error = sqrt(float((pull**2).sum()) * units / (units - 1))
    log_ratio = log(rate_after / rate_before)
    ratio = around_log(log_ratio, error, _reach(level, units - 1))
    return Change(units, 1000 * rate_before, 1000 * rate_after, ratio, error)


def controlled_before_after(
    joined: pd.DataFrame, others: pd.DataFrame, before: Window, after: Window, level: float = 0.95
) -> ControlledChange:
    """Return how much more the rate of joiners changed than that of others.

    Parameters
    ----------
    joined, others
        Rows of the units that joined and of those that did not, as in `before_after`.
    before, after
        First and last month of each window, both counted in.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    ControlledChange
        The ratio of the two rate ratios. It equals the coefficient of the product "joined and
        after" in a Poisson regression. The reach is that of Student's t with two degrees of
        freedom fewer than there are units.

    Raises
    ------
    KeyError, ValueError
        As in `before_after`, and if a unit stands in both tables.
    """
    shared = set(joined["unit"]) & set(others["unit"])
    if shared:
        raise ValueError(f"others: unit {min(shared)!r} stands among the joiners too; take it out")
    ours = before_after(joined, before, after, level)
    theirs = before_after(others, before, after, level)
    error = hypot(ours.error, theirs.error)
    log_ratio = log(ours.ratio.value / theirs.ratio.value)
    reach = _reach(level, ours.units + theirs.units - 2)
    return ControlledChange(ours, theirs, around_log(log_ratio, error, reach), error)


def _rate_and_pull(table: pd.DataFrame, window: Window) -> tuple[float, pd.Series]:
    """Return infections a line day, and how far each unit pulls the logarithm of that rate."""
    rows = table[table["month"].between(*window)]
    sums = rows.groupby("unit", observed=True)[["infections", "line_days"]].sum().astype("float64")
    infections, days = float(sums["infections"].sum()), float(sums["line_days"].sum())
    if infections <= 0 or days <= 0:
        raise ValueError(
            f"months {window[0]} to {window[1]}: got {infections:g} infections in {days:g} line "
            "days; a ratio needs at least one of each; take a wider window"
        )
    rate = infections / days
    return rate, (sums["infections"] - rate * sums["line_days"]) / infections


def _refuse(table: pd.DataFrame, before: Window, after: Window) -> None:
    """Refuse missing columns, blanks, and windows that overlap or are the wrong way round."""
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise KeyError(f"table: missing {', '.join(missing)}; needed are {', '.join(COLUMNS)}")
    refuse_blanks(table, COLUMNS, "table")
    if not before[0] <= before[1] < after[0] <= after[1]:
        raise ValueError(
            f"before {before} and after {after}: each needs its first month first, and the time "
            "after must begin when the time before is over"
        )


def _reach(level: float, freedom: int) -> float:
    """Return how many standard errors an interval reaches, by Student's t."""
    from scipy.stats import t

    normal_quantile(level)  # refuses an impossible level
    return float(t.ppf((1 + level) / 2, freedom))
