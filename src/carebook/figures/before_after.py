"""Figure of rates by month in units that joined a programme and in units that did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import INK, QUIET, RATIONAL, RELATIONAL, RULE
from carebook.methods.input_checks import refuse_blanks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLOCK = 6
# Name, colour, marker and line: four ways to tell the two groups apart.
LOOKS = (
    ("units that joined", RELATIONAL, "s", "-"),
    ("units that never joined", RATIONAL, "o", "--"),
)


def monthly_rates(
    joined: pd.DataFrame,
    others: pd.DataFrame,
    *,
    spell: tuple[int, int],
    starts: tuple[int, ...],
    simulated: bool,
) -> Figure:
    """Draw two groups' infections per 1,000 line days by month, with means of half-years.

    Parameters
    ----------
    joined, others
        One row for each unit and month, with ``month``, ``infections`` and ``line_days``.
    spell
        First and last of the months by which joiners were chosen; these are shaded.
    starts
        Months in which units joined, if any; each gets a tick under the curves.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Raises
    ------
    ValueError
        If a group has no rows, or a cell is blank.
    """
    with style():
        figure, axes = new_figure(WIDTH, 4.4)
        axes.axvspan(spell[0] - 0.5, spell[1] + 0.5, color=RULE, alpha=0.7, zorder=0)
        for rows, look in zip((joined, others), LOOKS, strict=True):
            _draw_group(axes, rows, *look)
        # Room above the marks for the name of the shaded months.
        axes.set(xlabel="Month", ylabel="Infections per 1,000 line days")
        axes.set_ylim(0, 1.18 * axes.get_ylim()[1])
        last = int(max(joined["month"].max(), others["month"].max()))
        axes.set(xlim=(0, last + 1), xticks=range(BLOCK, last + 1, BLOCK))
        _write_events(axes, spell, starts)
        axes.grid(axis="y")
        figure.legend(loc="outside lower center", ncols=2)
        if simulated:
            mark_simulated(axes)
    return figure


def rates_by(rows: pd.DataFrame, block: pd.Series) -> pd.Series:
    """Return infections per 1,000 line days in each block of months, indexed by block.

    Parameters
    ----------
    rows
        One row for each unit and month, with ``infections`` and ``line_days``.
    block
        The block that each row belongs to, with the row labels of `rows`.

    Raises
    ------
    ValueError
        If a cell is blank.
    """
    refuse_blanks(rows, ("infections", "line_days"), "rows")
    sums = rows.groupby(block)[["infections", "line_days"]].sum()
    return 1000 * sums["infections"] / sums["line_days"]


def _draw_group(
    axes: Axes, rows: pd.DataFrame, name: str, colour: str, marker: str, line: str
) -> None:
    """Draw a group's months as small marks and its half-years as bars."""
    if rows.empty:
        raise ValueError(f"{name}: there are no rows, so there is nothing to draw")
    monthly = rates_by(rows, rows["month"])
    axes.plot(
        monthly.index, monthly, linestyle="none", marker=marker, markersize=4.5, color=colour,
        alpha=0.75,
    )  # fmt: skip
    halves = rates_by(rows, (rows["month"] - 1) // BLOCK)
    for half, rate in halves.items():
        first = int(str(half)) * BLOCK + 0.6
        axes.plot([first, first + BLOCK - 0.2], [rate, rate], color=colour, linewidth=3.2,
                  linestyle=line)  # fmt: skip
    # The legend shows mark and bar together.
    axes.plot([], [], color=colour, linestyle=line, marker=marker, label=name)


def _write_events(axes: Axes, spell: tuple[int, int], starts: tuple[int, ...]) -> None:
    """Name the shaded months, and mark the months in which units joined."""
    at_foot = axes.get_xaxis_transform()
    axes.annotate(
        "months of\nthe choice", xy=(sum(spell) / 2, 0.98), xycoords=at_foot, ha="center",
        va="top", fontsize=SMALLEST_TEXT, color=INK,
    )  # fmt: skip
    if not starts:
        return
    axes.plot(
        starts, [0.035] * len(starts), transform=at_foot, linestyle="none", marker="^",
        markersize=8, color=QUIET,
    )  # fmt: skip
    axes.annotate(
        "units join", xy=(max(starts), 0.035), xycoords=at_foot, xytext=(9, 0),
        textcoords="offset points", va="center", fontsize=SMALLEST_TEXT, color=INK,
    )  # fmt: skip
