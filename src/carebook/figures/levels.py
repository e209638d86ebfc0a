"""A figure that holds units against each other, and beside it each unit against itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, mark_simulated, style
from carebook.figures.palette import INK, QUIET, RATIONAL, RELATIONAL
from carebook.methods.input_checks import refuse_strangers
from carebook.methods.levels import three_levels, unit_means

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LINES = 40
WIDTH = 6.4


def between_and_within(
    outcome: pd.Series,
    predictor: pd.Series,
    units: pd.Series,
    *,
    simulated: bool,
    names: tuple[str, str],
) -> Figure:
    """Draw the units' means with their line, and lines of single units on the same scales.

    Parameters
    ----------
    outcome, predictor
        A number in each row; no blanks.
    units
        The unit of each row.
    simulated
        Whether the data are simulated; if so, the figure says so.
    names
        What the horizontal axis (the predictor) and the vertical axis (the outcome) show.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels with common scales, 6.4 inches wide.

    Raises
    ------
    ValueError
        As for `carebook.methods.levels.three_levels`.

    Notes
    -----
    A unit's line joins two points: the mean of its months with a predictor below the unit's own
    median, and the mean of the others. At most 40 units get a line, spread evenly over the units
    in order of their mean predictor. A unit in which no month lies below the median gets none.
    """
    from matplotlib import pyplot

    found = three_levels(outcome, predictor, units)["slope"]
    means = pd.DataFrame(
        {"across": unit_means(predictor, units), "up": unit_means(outcome, units)}
    ).sort_values("across")
    lines = _some_of(unit_halves(outcome, predictor, units), means.index)
    with style():
        figure, (left, right) = pyplot.subplots(
            1, 2, figsize=(WIDTH, 4.0), sharex=True, sharey=True, layout="constrained"
        )
        pyplot.close(figure)
        left.plot(
            means["across"], means["up"], linestyle="none", marker="o", markersize=4,
            color=QUIET, alpha=0.6,
        )  # fmt: skip
        _line(left, means, found["between units"])
        _unit_lines(right, lines)
        _line(right, means, found["within units"])
        left.set_title("Between units", fontsize=10.5)
        right.set_title("Within units", fontsize=10.5)
        left.set_ylabel(names[1])
        for axes in (left, right):
            axes.set_xlabel(names[0])
            axes.grid(axis="y")
        # Below both panels: inside it would hide the lines that it counts.
        figure.legend(loc="outside lower right", ncols=2, fontsize=SMALLEST_TEXT)
        if simulated:
            mark_simulated(right)
    return figure


def unit_halves(outcome: pd.Series, predictor: pd.Series, units: pd.Series) -> pd.DataFrame:
    """Return the means of each unit's months with a low and with a high predictor.

    Parameters
    ----------
    outcome, predictor, units
        As in `between_and_within`.

    Returns
    -------
    pandas.DataFrame
        One row a unit: ``across_low``, ``up_low`` (months below the unit's own median of the
        predictor), ``across_high``, ``up_high`` (its other months). A unit in which no month
        lies below the median has no row.

    Raises
    ------
    ValueError
        If row labels differ or something is blank.
    """
    refuse_strangers(outcome, units)
    refuse_strangers(predictor, units)
    unit = units.to_numpy()
    table = pd.DataFrame({"across": predictor, "up": outcome}).astype("float64")
    middle = table["across"].groupby(unit).transform("median")
    low = (table["across"] < middle).to_numpy()
    sides = {
        name: table[rows].groupby(unit[rows]).mean()
        for name, rows in (("low", low), ("high", ~low))
    }
    joined = [side.add_suffix(f"_{name}") for name, side in sides.items()]
    return pd.concat(joined, axis=1).dropna()


def _some_of(halves: pd.DataFrame, order: pd.Index) -> pd.DataFrame:
    """Return at most `MOST_LINES` of the units that have halves, spread evenly over `order`."""
    known = halves.loc[order[order.isin(halves.index)]]
    count = min(MOST_LINES, len(known))
    return known.iloc[np.linspace(0, len(known) - 1, count).round().astype(int)]


def _line(axes: Axes, means: pd.DataFrame, slope: float) -> None:
    """Draw a line of the slope through the middle of all units."""
    ends = np.array([means["across"].iloc[0], means["across"].iloc[-1]])
    heights = means["up"].mean() + slope * (ends - means["across"].mean())
    axes.plot(ends, heights, color=INK, linewidth=3.0, zorder=4)


def _unit_lines(axes: Axes, lines: pd.DataFrame) -> None:
    """Draw each unit's line: solid where it rises, dashed where it falls."""
    rises = lines["up_high"] > lines["up_low"]
    looks = ((rises, "rises", RELATIONAL, "-"), (~rises, "falls", RATIONAL, "--"))
    for chosen, name, colour, dash in looks:
        for place, (_, row) in enumerate(lines[chosen].iterrows()):
            axes.plot(
                [row["across_low"], row["across_high"]], [row["up_low"], row["up_high"]],
                color=colour, linestyle=dash, linewidth=1.5,
                label=f"{name} in {chosen.sum()} of {len(lines)}" if place == 0 else None,
            )  # fmt: skip
