"""Figures of how values are spread: histograms with a cut-off, dots with intervals."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import HATCH, INK, PANEL, QUIET, RATIONAL, RELATIONAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE_HEIGHT = 0.36


def histogram(
    scores: pd.Series,
    cutoff: float | None = None,
    *,
    simulated: bool,
    label: str = "Score, 0 to 100 points",
    step: float = 12.5,
    title: str = "",
) -> Figure:
    """Draw how scores are spread, and which share a cut-off would name.

    Parameters
    ----------
    scores
        Scores from 0 to 100; blanks are left out.
    cutoff
        People at or above it are hatched, and the legend gives their share; none without it.
    simulated
        Whether the data are simulated; if so, the figure says so.
    label
        What the horizontal axis shows, with its unit.
    step
        Width of a bar in points, stretched a little where needed so that the cut-off falls
        between two bars. Scores that are means of five-point items fall on few values,
        so narrow bars show gaps that mean nothing.
    title
        One line above the figure.

    Raises
    ------
    ValueError
        If nobody has a score.
    """
    scored = scores.dropna().astype("float64")
    if scored.empty:
        raise ValueError("scores: nobody has a score, so there is nothing to draw")
    with style():
        figure, axes = new_figure(WIDTH, 3.8)
        edges = _edges(step, cutoff)
        if cutoff is None:
            axes.hist(scored, bins=edges, color=RATIONAL, edgecolor="white")
        else:
            _split_bars(axes, scored, cutoff, edges)
            figure.legend(loc="outside lower center", ncols=3)
        axes.set(xlabel=label, ylabel="People", xlim=(0, 100), xticks=range(0, 101, 25))
        axes.set_title(title)
        axes.grid(axis="y")
        if simulated:
            mark_simulated(axes)
    return figure


def intervals(
    table: pd.DataFrame,
    *,
    simulated: bool,
    label: str = "Share, per cent",
    percent: bool = True,
    reference: tuple[str, float] | None = None,
    title: str = "",
) -> Figure:
    """Draw one dot with its interval for each row.

    Parameters
    ----------
    table
        Row labels are the groups' names, drawn from top to bottom; columns ``share`` (or
        ``estimate``), ``low`` and ``high``, as `carebook.methods.prevalence` returns them. A
        column ``n`` is printed beside the names.
    simulated
        Whether the data are simulated; if so, the figure says so.
    label
        What the horizontal axis shows, with its unit.
    percent
        True where values are shares from 0 to 1, to be printed in per cent.
    reference
        Name and value of a dashed line to compare with, in the unit of the table.
    title
        One line above the figure.

    Raises
    ------
    KeyError
        If a column is missing.
    """
    middle = "share" if "share" in table.columns else "estimate"
    missing = [column for column in (middle, "low", "high") if column not in table.columns]
    if missing:
        raise KeyError(f"table: missing {', '.join(missing)}; prevalence() returns what is needed")
    values = table[[middle, "low", "high"]].to_numpy(dtype="float64") * (100 if percent else 1)
    with style():
        figure, axes = new_figure(WIDTH, 1.5 + LINE_HEIGHT * len(table))
        _dots(axes, values, 0 if percent else 2)
        axes.set_yticks(range(len(table)), _names(table))
        axes.set(xlabel=label, ylim=(len(table) - (0.1 if reference else 0.4), -0.7))
        if reference is not None:
            _reference_line(axes, reference[0], reference[1] * (100 if percent else 1))
        axes.set_title(title)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        if simulated:
            mark_simulated(axes)
    return figure


def _edges(step: float, cutoff: float | None) -> list[float]:
    """Return the edges of bars about `step` wide, with an edge at the cut-off."""
    ends = sorted({0.0, 100.0} | ({float(cutoff)} if cutoff is not None else set()))
    edges = {0.0}
    for low, high in pairwise(ends):
        edges.update(np.linspace(low, high, max(1, round((high - low) / step)) + 1).tolist())
    return sorted(edges)


def _split_bars(axes: Axes, scored: pd.Series, cutoff: float, edges: list[float]) -> None:
    """Draw bars split at the cut-off, with the share on each side in the legend."""
    above = scored >= cutoff
    share = 100 * float(above.mean())
    axes.hist(
        [scored[~above], scored[above]],
        bins=edges,
        stacked=True,
        color=[RATIONAL, RELATIONAL],
        edgecolor="white",
        hatch=["", HATCH],
        label=[f"below the cut-off: {100 - share:.0f}%", f"at or above it: {share:.0f}%"],
    )
    axes.axvline(cutoff, color=INK, linestyle="--", linewidth=1.8, label=f"cut-off {cutoff:g}")


def _dots(axes: Axes, values: np.ndarray, decimals: int) -> None:
    """Draw a dot, its interval and its value on each line."""
    for line, (middle, low, high) in enumerate(values):
        axes.plot([low, high], [line, line], color=RATIONAL, linewidth=2.4, solid_capstyle="butt")
        axes.plot(middle, line, marker="o", markersize=8, color=RATIONAL)
        axes.annotate(
            f"{middle:.{decimals}f}".replace("-", "−"),
            xy=(middle, line),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=SMALLEST_TEXT,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": PANEL, "edgecolor": "none"},
        )


def _reference_line(axes: Axes, name: str, value: float) -> None:
    """Draw a dashed line with its name at the foot."""
    axes.axvline(value, color=QUIET, linestyle="--", linewidth=1.2, zorder=1)
    axes.annotate(
        name,
        xy=(value, 0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(4, 3),
        textcoords="offset points",
        fontsize=SMALLEST_TEXT,
        color=QUIET,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": PANEL, "edgecolor": "none"},
    )


def _names(table: pd.DataFrame) -> list[str]:
    """Return the groups' names, with their numbers where the table holds them."""
    if "n" not in table.columns:
        return [str(name) for name in table.index]
    return [f"{name} (n = {n:,.0f})" for name, n in zip(table.index, table["n"], strict=True)]
