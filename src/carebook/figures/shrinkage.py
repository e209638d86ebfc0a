"""Unit means against the number of answers: what chance allows, and what pulling them does."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, mark_simulated, new_figure, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL
from carebook.methods.funnel_limits import LEVELS
from carebook.methods.unit_scores import mean_funnel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from carebook.methods.unit_scores import UnitScores

WIDTH = 6.4
LINES = ("--", "-")
ANSWERS = "Answers behind the mean"


def shrinkage(
    scores: UnitScores, names: Collection[str] = (), *, label: str, simulated: bool
) -> Figure:
    """Draw each unit's mean, and the line along which it is pulled towards the middle.

    Parameters
    ----------
    scores
        As `carebook.methods.unit_scores.unit_scores` returns them.
    names
        Units to name at their raw mean.
    label
        What the vertical axis shows, with its unit.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    table = scores.table
    with style():
        figure, axes = new_figure(WIDTH, 4.6)
        axes.axhline(scores.centre, color=INK, linewidth=1.2, label="middle of all units")
        axes.vlines(table["n"], table["mean"], table["shrunken"], color=QUIET, linewidth=0.8)
        _dots(axes, table["n"], table["mean"], "o", RELATIONAL, "mean as it came", hollow=True)
        _dots(axes, table["n"], table["shrunken"], "s", RATIONAL, "pulled towards the middle")
        _names(axes, table, names)
        _finish(figure, axes, label, simulated)
    return figure


def unit_funnel(
    scores: UnitScores, names: Collection[str] = (), *, label: str, simulated: bool
) -> Figure:
    """Draw each unit's mean with limits for what chance alone allows.

    Parameters
    ----------
    scores, label, simulated
        As for `shrinkage`.
    names
        Units to name. Those outside the wider limits are drawn as filled squares, named or not.
    """
    table = scores.table
    limits = mean_funnel(table["n"], scores.centre, scores.within)
    wide = limits[max(LEVELS)]
    outside = (table["mean"] < wide["low"]) | (table["mean"] > wide["high"])
    with style():
        figure, axes = new_figure(WIDTH, 4.6)
        _limits(axes, scores)
        words = f"{(~outside).sum()} inside"
        _dots(
            axes, table["n"][~outside], table["mean"][~outside], "o", RATIONAL, words, hollow=True
        )
        words = f"{outside.sum()} outside 99.8%"
        _dots(axes, table["n"][outside], table["mean"][outside], "s", RELATIONAL, words)
        _names(axes, table, names)
        _finish(figure, axes, label, simulated)
    return figure


def _limits(axes: Axes, scores: UnitScores) -> None:
    """Draw the centre and the limits over the range of answers."""
    fewest, most = scores.table["n"].min(), scores.table["n"].max()
    people = np.linspace(max(1.0, fewest - 0.5), most + 0.5, 200)
    limits = mean_funnel(list(people), scores.centre, scores.within)
    axes.axhline(scores.centre, color=INK, linewidth=1.2)
    for level, line in zip(LEVELS, LINES, strict=True):
        for side in ("low", "high"):
            words = f"chance, {100 * level:g}%" if side == "high" else "_nolegend_"
            axes.plot(
                people, limits[level, side], color=QUIET, linestyle=line, linewidth=1.5, label=words
            )


def _dots(
    axes: Axes, x: pd.Series, y: pd.Series, marker: str, colour: str, words: str,
    *, hollow: bool = False,
) -> None:  # fmt: skip
    """Draw units as points of one look."""
    axes.plot(
        x, y, linestyle="", marker=marker, markersize=5.0 if hollow else 5.5,
        markerfacecolor=PANEL if hollow else colour, markeredgecolor=colour if hollow else PANEL,
        markeredgewidth=1.0 if hollow else 0.6, label=words, zorder=3,
    )  # fmt: skip


def _names(axes: Axes, table: pd.DataFrame, names: Collection[str]) -> None:
    """Write the names of chosen units beside their means."""
    for name in names:
        row = table.loc[name]
        axes.annotate(
            name, xy=(row["n"], row["mean"]), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=SMALLEST_TEXT + 0.5, fontweight="bold", color=INK, zorder=4,
        )  # fmt: skip


def _finish(figure: Figure, axes: Axes, label: str, simulated: bool) -> None:
    """Name the axes, put the legend below, and mark simulated data."""
    axes.set(xlabel=ANSWERS, ylabel=label)
    axes.grid(axis="y")
    figure.legend(loc="outside lower center", ncols=4, handletextpad=0.5, columnspacing=1.2)
    if simulated:
        mark_simulated(axes)
