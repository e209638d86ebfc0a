"""Figures that compare hospitals: the league table of crude rates, and the funnel."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import INK, QUIET, RATIONAL, RELATIONAL
from carebook.methods.funnel_limits import LEVELS, funnel_limits, place_in_funnel

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Numbers = npt.NDArray[np.float64]

LINES = ("--", "-")
NAME_WIDTH = 3  # places of the league table that a name covers
# Outside the widest limits a hospital gets another shape as well as another colour.
LOOKS = {"inside": ("o", RATIONAL), "above": ("s", RELATIONAL), "below": ("D", RELATIONAL)}


def league(rates: pd.Series, marked: Collection[str] = (), *, simulated: bool) -> Figure:
    """Draw crude rates in order, the highest first, as a newspaper would.

    Parameters
    ----------
    rates
        Deaths per operation, as a share, one value a hospital.
    marked
        Hospitals drawn as squares in the second colour and named.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    ranked = 100 * rates.sort_values(ascending=False)
    chosen = ranked.index.isin(list(marked))
    places = np.arange(1.0, len(ranked) + 1)
    with style():
        figure, axes = new_figure(WIDTH, 3.8)
        axes.vlines(places, 0, ranked, color=QUIET, linewidth=1.0)
        _points(axes, places[~chosen], ranked.to_numpy()[~chosen], "inside")
        _points(axes, places[chosen], ranked.to_numpy()[chosen], "above")
        near, lift = -9, 0
        for place, rate in zip(places[chosen], ranked[chosen], strict=True):
            # Neighbours in the table get their names one above the other.
            lift = lift + 1 if place - near <= NAME_WIDTH else 0
            near = place
            _name(axes, str(ranked.index[int(place) - 1]), place, float(rate), lift)
        axes.set(
            xlabel="Place in the league table", ylabel="Deaths per 100 operations",
            ylim=(0, 1.15 * float(ranked.max())),
        )  # fmt: skip
        axes.grid(axis="y")
        if simulated:
            mark_simulated(axes)
    return figure


def funnel(ratios: pd.DataFrame, names: Collection[str] = (), *, simulated: bool) -> Figure:
    """Draw each hospital's ratio against its size, with limits for what chance allows.

    Parameters
    ----------
    ratios
        One row a hospital with ``observed``, ``expected`` and ``ratio``, as
        `carebook.methods.standardised_ratios.standardised_ratios` returns them.
    names
        Hospitals to name, besides those outside the limits at 99.8%.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    place = place_in_funnel(ratios["observed"], ratios["expected"], max(LEVELS))
    with style():
        figure, axes = new_figure(WIDTH, 4.8)
        _draw_limits(axes, 0.75 * ratios["expected"].min(), 1.08 * ratios["expected"].max())
        for kind, group in ratios.groupby(place):
            _points(axes, group["expected"].to_numpy(), group["ratio"].to_numpy(), str(kind))
        for name, row in ratios[place.ne("inside") | ratios.index.isin(list(names))].iterrows():
            _name(axes, str(name), row["expected"], row["ratio"])
        axes.set(xlabel="Expected deaths", ylabel="Observed over expected deaths")
        axes.grid(axis="y")
        axes.legend(loc="lower right", title="Limits of chance")
        if simulated:
            mark_simulated(axes)
    return figure


def _draw_limits(axes: Axes, smallest: float, largest: float) -> None:
    """Draw the limits over a range of expected deaths, and the line at one."""
    size = np.linspace(smallest, largest, 300)
    limits = funnel_limits(list(size), LEVELS)
    axes.axhline(1.0, color=INK, linewidth=1.2)
    for level, line in zip(LEVELS, LINES, strict=True):
        for side in ("low", "high"):
            label = f"{100 * level:g}%" if side == "high" else None
            axes.plot(
                size, limits[level, side], color=QUIET, linestyle=line, linewidth=1.6, label=label
            )
    axes.set_xlim(smallest, largest)


def _points(axes: Axes, x: Numbers, y: Numbers, kind: str) -> None:
    """Draw hospitals as points, in the look of their place."""
    marker, colour = LOOKS[kind]
    axes.plot(
        x, y, linestyle="", marker=marker, markersize=7, color=colour, markeredgecolor="white",
    )  # fmt: skip


def _name(axes: Axes, name: str, x: float, y: float, lift: int = 0) -> None:
    """Write a hospital's name above its point, `lift` lines higher."""
    axes.annotate(
        name, xy=(x, y), xytext=(0, 7 + 12 * lift), textcoords="offset points", ha="center",
        fontsize=SMALLEST_TEXT + 0.5, fontweight="bold", color=INK,
    )  # fmt: skip
