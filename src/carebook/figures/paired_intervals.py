"""Two estimates with their intervals for each row, one above the other."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, mark_simulated, new_figure, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL
from carebook.methods.input_checks import refuse_blanks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.4
LINE_HEIGHT = 0.46
APART = 0.17  # of a line, up and down from its middle
PAIR = 2
LOOKS = ((RATIONAL, "s", RATIONAL), (RELATIONAL, "o", PANEL))
COLUMNS = ("estimate", "low", "high")


def paired_intervals(
    groups: Mapping[str, pd.DataFrame],
    *,
    simulated: bool,
    label: str,
    decimals: int = 2,
    none: float | None = None,
    reference: tuple[str, float] | None = None,
    title: str = "",
) -> Figure:
    """Draw two estimates with intervals for each row.

    Parameters
    ----------
    groups
        Two names, each with a table: the same row labels in the same order, drawn from top to
        bottom, and columns ``estimate``, ``low`` and ``high``. The first group is drawn as full
        squares, the second as open circles. Without limits (NaN) a mark stands alone.
    simulated
        Whether the data are simulated; if so, the figure says so.
    label
        What the horizontal axis shows, with its unit.
    decimals
        Decimal places of the numbers beside the marks.
    none
        Where a full vertical line for "no effect" is drawn; without it there is none.
    reference
        Name and value of a dashed line to compare with.
    title
        One line above the figure.

    Returns
    -------
    matplotlib.figure.Figure
        6.4 inches wide; its height follows from the number of rows.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there are not two groups, their row labels differ, or an estimate is blank.
    """
    tables = _checked(groups)
    rows = next(iter(tables.values())).index
    with style():
        figure, axes = new_figure(WIDTH, 1.6 + LINE_HEIGHT * len(rows))
        for place, (name, table) in enumerate(tables.items()):
            _draw(axes, name, table, place, decimals)
        if none is not None:
            axes.axvline(none, color=INK, linewidth=1.1, zorder=1)
        if reference is not None:
            words, value = reference
            axes.axvline(value, color=QUIET, linestyle="--", linewidth=1.4, zorder=1, label=words)
        axes.set_yticks(range(len(rows)), [str(each) for each in rows])
        axes.set(xlabel=label, ylim=(len(rows) - 0.4, -0.6))
        axes.margins(x=0.12)
        axes.set_title(title)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        figure.legend(loc="outside lower center", ncols=3)
        if simulated:
            mark_simulated(axes)
    return figure


def _checked(groups: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the two tables as numbers, or refuse them."""
    if len(groups) != PAIR:
        raise ValueError(f"groups: got {len(groups)}; two are drawn beside each other")
    for name, table in groups.items():
        missing = [column for column in COLUMNS if column not in table.columns]
        if missing:
            raise KeyError(f"{name}: missing {', '.join(missing)}")
    first, second = groups.values()
    if not first.index.equals(second.index):
        raise ValueError("groups: their row labels differ; give the same rows in the same order")
    for name, table in groups.items():
        refuse_blanks(table, ["estimate"], name)
    return {name: table[list(COLUMNS)].astype("float64") for name, table in groups.items()}


def _draw(axes: Axes, name: str, table: pd.DataFrame, place: int, decimals: int) -> None:
    """Draw one group: the first a little above each line, the second below."""
    colour, marker, inside = LOOKS[place]
    side = (2 * place - 1) * APART
    for line, (middle, low, high) in enumerate(table.to_numpy()):
        if not isnan(low):
            axes.plot([low, high], [line + side] * 2, color=colour, linewidth=2.0)
        axes.plot(
            middle, line + side, marker=marker, markersize=7.5, color=colour, linestyle="",
            markerfacecolor=inside, markeredgewidth=1.8, label=name if line == 0 else None,
        )  # fmt: skip
        axes.annotate(
            f"{round(middle, decimals) + 0.0:.{decimals}f}".replace("-", "−"),  # no "−0.00"
            xy=(middle if isnan(high) else high, line + side),
            xytext=(7 if isnan(high) else 4, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALLEST_TEXT,
            color=INK,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": PANEL, "edgecolor": "none"},
        )
