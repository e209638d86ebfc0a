"""Figures of time diaries: entries against minutes, people side by side, empty evenings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import HATCH, INK, PANEL, QUIET, RATIONAL, RELATIONAL, RULE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE_HEIGHT = 0.42
BAR = 15.0


def entries_and_minutes(shares: pd.DataFrame, *, simulated: bool) -> Figure:
    """Draw the share of entries and the share of minutes of each kind, joined by a line.

    Parameters
    ----------
    shares
        As `carebook.methods.time_use.shares` returns it; drawn from top to bottom.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    lines = np.arange(len(shares))
    entries = 100 * shares["share_of_entries"].to_numpy(dtype="float64")
    minutes = 100 * shares["share_of_minutes"].to_numpy(dtype="float64")
    with style():
        figure, axes = new_figure(WIDTH, 1.6 + LINE_HEIGHT * len(shares))
        axes.hlines(lines, entries, minutes, color=RULE, linewidth=4, zorder=1)
        axes.plot(entries, lines, "o", markersize=9, color=RATIONAL, label="share of entries")
        axes.plot(minutes, lines, "s", markersize=9, color=RELATIONAL, label="share of minutes")
        axes.set_yticks(lines, [str(name) for name in shares.index])
        axes.set(xlabel="Share, per cent", ylim=(len(shares) - 0.5, -0.6))
        axes.set_xlim(0, 1.12 * max(entries.max(), minutes.max()))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        figure.legend(loc="outside lower center", ncols=2)
        if simulated:
            mark_simulated(axes)
    return figure


def people_side_by_side(shares: pd.Series, together: float, *, simulated: bool) -> Figure:
    """Draw one dot for each person's own share, in order, with the share of all together.

    Parameters
    ----------
    shares
        One value a person, 0 to 1.
    together
        The share of all minutes of all people, 0 to 1, drawn as a dashed line.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    values = 100 * np.sort(shares.to_numpy(dtype="float64"))
    with style():
        figure, axes = new_figure(WIDTH, 3.4)
        axes.vlines(np.arange(len(values)), 100 * together, values, color=RULE, linewidth=3)
        axes.plot(values, "o", markersize=8, color=RATIONAL)
        axes.axhline(100 * together, color=RELATIONAL, linestyle="--", linewidth=1.8)
        axes.annotate(
            f"all together: {100 * together:.0f}%", xy=(0, 100 * together), xytext=(0, 5),
            textcoords="offset points", fontsize=SMALLEST_TEXT + 1, color=RELATIONAL,
        )  # fmt: skip
        axes.set(xlabel=f"{len(values)} people, from the smallest share to the largest")
        axes.set(ylabel="Own share, per cent", ylim=(0, 1.15 * values.max()), xticks=[])
        axes.grid(axis="y")
        if simulated:
            mark_simulated(axes)
    return figure


def repeated_intervals(tables: dict[str, pd.DataFrame], truth: float, *, simulated: bool) -> Figure:
    """Draw the intervals of many repeats of one study, one panel a recipe, misses marked.

    Parameters
    ----------
    tables
        For each recipe's name one row a repeat, with ``low`` and ``high`` (0 to 1). Repeats are
        drawn in the order of the middle of their interval.
    truth
        The true share, 0 to 1.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    from matplotlib import pyplot

    with style():
        figure, rows = pyplot.subplots(
            len(tables), figsize=(WIDTH, 2.5 * len(tables)), sharex=True, sharey=True,
            layout="constrained", squeeze=False,
        )  # fmt: skip
        pyplot.close(figure)
        for axes, (name, table) in zip(rows[:, 0], tables.items(), strict=True):
            missed = _repeats(axes, table, truth)
            axes.set_title(f"{name}: {missed} of {len(table)} miss", fontsize=10.5)
            axes.set(ylabel="Share, per cent", xticks=[])
        rows[-1, 0].set_xlabel(f"Dashed: the true share, {100 * truth:.1f}%")
        if simulated:
            mark_simulated(rows[0, 0])
    return figure


def _repeats(axes: Axes, table: pd.DataFrame, truth: float) -> int:
    """Draw one recipe's intervals and return how many miss the truth."""
    limits = 100 * table[["low", "high"]].to_numpy(dtype="float64")
    limits = limits[np.argsort(limits.mean(axis=1))]
    missed = (limits[:, 0] > 100 * truth) | (limits[:, 1] < 100 * truth)
    for place, ((low, high), miss) in enumerate(zip(limits, missed, strict=True)):
        colour, width = (RELATIONAL, 2.6) if miss else (RATIONAL, 1.2)
        axes.plot([place, place], [low, high], color=colour, linewidth=width)
        if miss:
            axes.plot(place, low if low > 100 * truth else high, "x", color=RELATIONAL)
    axes.axhline(100 * truth, color=INK, linestyle="--", linewidth=1.4)
    return int(missed.sum())


def evenings(minutes: pd.Series, *, simulated: bool) -> Figure:
    """Draw how long the evenings were, the empty ones apart, with both means.

    Parameters
    ----------
    minutes
        One value an evening, 0 where nothing was done.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Raises
    ------
    ValueError
        If a value is blank or negative, or there is no evening with work.
    """
    values = minutes.to_numpy(dtype="float64")
    worked = values[values > 0]
    if not (values >= 0).all() or not worked.size:
        raise ValueError("minutes: each evening needs 0 or more, and one at least more than 0")
    edges = np.arange(0, worked.max() + BAR, BAR)
    with style():
        figure, axes = new_figure(WIDTH, 3.8)
        axes.bar(-BAR, (values == 0).sum(), width=0.9 * BAR, color=RELATIONAL, hatch=HATCH,
                 label="evenings without work")  # fmt: skip
        axes.hist(worked, bins=list(edges), color=RATIONAL, edgecolor="white",
                  label="evenings with work")  # fmt: skip
        lines = {"mean of all": (values, "-", 0.94), "mean of those with work": (worked, "--", 0.8)}
        for name, (some, line, height) in lines.items():
            axes.axvline(some.mean(), color=INK, linestyle=line, linewidth=1.8)
            axes.annotate(
                f"{name}: {some.mean():.0f}", xy=(some.mean(), height), xytext=(5, 0),
                xycoords=axes.get_xaxis_transform(), textcoords="offset points",
                fontsize=SMALLEST_TEXT, color=INK,
                bbox={"boxstyle": "square,pad=0.15", "facecolor": PANEL, "edgecolor": QUIET},
            )  # fmt: skip
        ticks = np.arange(0, edges[-1] + 1, 60)
        axes.set_xticks([-BAR, *ticks[1:]], ["none", *(f"{tick:.0f}" for tick in ticks[1:])])
        axes.set(xlabel="Minutes after hours", ylabel="Evenings")
        axes.set_xlim(-2 * BAR, edges[-1] + BAR)
        figure.legend(loc="outside lower center", ncols=2)
        if simulated:
            mark_simulated(axes)
    return figure
