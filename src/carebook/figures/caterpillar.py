"""A caterpillar: every unit's score with its interval, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, mark_simulated, new_figure, style
from carebook.figures.palette import PANEL, QUIET, RATIONAL, RELATIONAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NARROW = 5.8


def caterpillar(
    table: pd.DataFrame,
    reference: float,
    *,
    simulated: bool,
    column: str = "mean",
    named: Sequence[str] = (),
    label: str = "Mean score, 0 to 10",
    limits: tuple[float, float] | None = None,
    title: str = "",
) -> Figure:
    """Draw units from the lowest to the highest, each with its interval.

    Units whose interval leaves the reference out are filled squares, the others open circles.

    Parameters
    ----------
    table
        One row a unit, named by its label, with `column`, ``low`` and ``high``, in the unit of
        `label`. Rows with a blank are left out.
    reference
        The mean of all people, against which units are held; a dashed line with this name.
    simulated
        Whether the data are simulated; if so, the figure says so.
    column
        The column that holds the score.
    named
        Units whose names are written at the foot; leave room there by `limits`.
    label
        What the vertical axis shows, with its unit.
    limits
        Ends of the vertical axis, so that two figures can be compared.
    title
        One line above the figure.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no unit is left to draw.
    """
    missing = [name for name in (column, "low", "high") if name not in table.columns]
    if missing:
        raise KeyError(f"table: missing {', '.join(missing)}; unit scores hold what is needed")
    drawn = table[[column, "low", "high"]].astype("float64").dropna().sort_values(column)
    if drawn.empty:
        raise ValueError("table: no unit has a score, so there is nothing to draw")
    apart = ((drawn["low"] > reference) | (drawn["high"] < reference)).to_numpy()
    with style():
        figure, axes = new_figure(NARROW, 4.2)
        axes.axhline(reference, color=QUIET, linestyle="--", linewidth=1.2, label="mean of all")
        _units(axes, drawn, column, ~apart, (RATIONAL, "o", PANEL), "holds the mean of all")
        _units(axes, drawn, column, apart, (RELATIONAL, "s", RELATIONAL), "leaves it out")
        _names(axes, drawn, named)
        axes.set(xlabel="Units, from lowest to highest", ylabel=label, xticks=[], ylim=limits)
        axes.set_title(title)
        axes.grid(axis="y")
        figure.legend(loc="outside lower center", ncols=3, fontsize=SMALLEST_TEXT)
        if simulated:
            mark_simulated(axes)
    return figure


def _units(
    axes: Axes,
    drawn: pd.DataFrame,
    column: str,
    chosen: np.ndarray,
    look: tuple[str, str, str],
    label: str,
) -> None:
    """Draw the chosen units at their places in the order."""
    colour, marker, fill = look
    places, rows = np.arange(len(drawn))[chosen], drawn[chosen]
    axes.vlines(places, rows["low"], rows["high"], color=colour, linewidth=1.4)
    axes.plot(
        places, rows[column], marker, color=colour, markerfacecolor=fill, markersize=5, label=label
    )


def _names(axes: Axes, drawn: pd.DataFrame, named: Sequence[str]) -> None:
    """Write the names of some units at the foot, on two lines by turns so that none overlap."""
    places = [place for place, unit in enumerate(drawn.index) if unit in named]
    for turn, place in enumerate(places):
        axes.annotate(
            drawn.index[place],
            xy=(place, drawn["low"].iloc[place]),
            xycoords="data",
            xytext=(place, 0.02 + 0.07 * (turn % 2)),
            textcoords=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize=SMALLEST_TEXT,
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.8, "linestyle": ":"},
            bbox={"boxstyle": "square,pad=0.1", "facecolor": PANEL, "edgecolor": "none"},
        )
