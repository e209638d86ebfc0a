"""Control charts: points in order, their centre and limits, and the points that are signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL
from carebook.methods.run_rules import NHS, RuleSet, signals

RIGHT_END = 0.65  # share of the width from which an event's name would meet the mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from carebook.methods.control_charts import ControlChart


def control_chart(
    chart: ControlChart,
    *,
    simulated: bool,
    label: str = "Share, %",
    percent: bool = True,
    periods: str = "Week",
    event: tuple[str, float] | None = None,
    rules: RuleSet = NHS,
) -> Figure:
    """Draw a control chart with its signals marked.

    Parameters
    ----------
    chart
        Any chart of `carebook.methods.control_charts`, its points labelled with numbers.
    simulated
        Whether the data are simulated; if so, the figure says so.
    label
        What the vertical axis shows, with its unit.
    percent
        True where values are shares from 0 to 1, to be drawn in per cent.
    periods
        What a point stands for; names the horizontal axis.
    event
        Name and place of something that happened, drawn as an upright line.
    rules
        Points that belong to a pattern by these rules are drawn as filled squares, others as
        open circles. The legend says so.
    """
    points = chart.points.copy()
    values = ["value", "centre", "low", "high"]
    points[values] = points[values] * (100 if percent else 1)
    signal = signals(chart, rules).any(axis=1)
    with style():
        figure, axes = new_figure(WIDTH, 4.0)
        _limits(axes, points)
        axes.plot(points.index, points["value"], color=RATIONAL, linewidth=1.2, zorder=2)
        _dots(axes, points["value"], signal)
        axes.set(xlabel=periods, ylabel=label)
        if event is not None:
            _event(axes, *event)
        figure.legend(loc="outside lower center", ncols=4, handletextpad=0.5, columnspacing=1.2)
        if simulated:
            mark_simulated(axes)
    return figure


def _limits(axes: Axes, points: pd.DataFrame) -> None:
    """Draw the centre and, where there are any, the limits as steps."""
    axes.plot(points.index, points["centre"], color=INK, linewidth=1.2, label="centre")
    if points["low"].notna().any():
        for name, words in (("low", "limits"), ("high", "_nolegend_")):
            axes.plot(
                points.index, points[name], color=QUIET, linewidth=1.2, linestyle="--",
                drawstyle="steps-mid", label=words,
            )  # fmt: skip


def _dots(axes: Axes, values: pd.Series, signal: pd.Series) -> None:
    """Draw points that chance explains as open circles and signals as filled squares."""
    usual, unusual = values[~signal], values[signal]
    axes.plot(
        usual.index, usual, "o", markersize=6, markerfacecolor=PANEL, markeredgecolor=RATIONAL,
        label="no signal",
    )  # fmt: skip
    axes.plot(
        unusual.index, unusual, "s", markersize=6.5, color=RELATIONAL, label="part of a signal"
    )


def _event(axes: Axes, name: str, place: float) -> None:
    """Draw an upright line with its name at the top."""
    axes.axvline(place, color=QUIET, linewidth=1.2, linestyle=":")
    first, last = axes.get_xlim()
    # Near the right end the name stands a line higher, above the mark of simulated data.
    lift = 28 if (place - first) / (last - first) > RIGHT_END else 8
    axes.annotate(
        name, xy=(place, 1.0), xycoords=axes.get_xaxis_transform(), xytext=(0, lift),
        textcoords="offset points", ha="center", fontsize=SMALLEST_TEXT + 1, color=INK,
        annotation_clip=False,
    )  # fmt: skip
