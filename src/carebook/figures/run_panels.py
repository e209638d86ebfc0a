"""Run charts of several teams side by side, so that a wave that moves them all can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL, RULE
from carebook.methods.run_chart import RUN_CHART
from carebook.methods.run_rules import RuleSet, signals

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from carebook.methods.control_charts import ControlChart

ROW = 1.75  # inches


def run_panels(
    charts: Mapping[str, ControlChart],
    *,
    simulated: bool,
    label: str = "Share, %",
    periods: str = "Week",
    start: float | None = None,
    band: tuple[str, float, float] | None = None,
    rules: RuleSet = RUN_CHART,
) -> Figure:
    """Draw run charts of shares in panels with the same axes.

    Parameters
    ----------
    charts
        Run charts by name, their points labelled with numbers and their values shares from 0 to 1.
    simulated
        Whether the data are simulated; if so, the figure says so.
    label
        What the vertical axis shows, with its unit.
    periods
        What a point stands for; names the horizontal axis.
    start
        Where a change begins, drawn as an upright dotted line.
    band
        Name, first and last period of a time that all teams share, drawn as a grey ground.
    rules
        Points of a shift or trend by these rules are filled squares, others open circles.
    """
    from matplotlib import pyplot

    rows = (len(charts) + 1) // 2
    with style():
        figure, panels = pyplot.subplots(
            rows, 2, figsize=(WIDTH, ROW * rows + 0.7), sharex=True, sharey=True,
            layout="constrained", squeeze=False,
        )  # fmt: skip
        pyplot.close(figure)
        spare = panels.ravel()[len(charts) :]
        for axes, (name, chart) in zip(panels.ravel(), charts.items(), strict=False):
            _panel(axes, chart, rules)
            axes.set_title(name, fontsize=SMALLEST_TEXT + 1, pad=4)
            _times(axes, start, band)
        for axes in spare:
            axes.axis("off")
        panels[0, 0].set_ylim(0, 100)
        for axes in panels[-1]:
            axes.set_xlabel(periods)
        figure.supylabel(label, fontsize=10.5)
        handles, labels = panels[0, 0].get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="outside lower center", ncols=3, handletextpad=0.5,
            columnspacing=1.2,
        )  # fmt: skip
        if simulated:
            mark_simulated(panels[0, 1])
    return figure


def _times(axes: Axes, start: float | None, band: tuple[str, float, float] | None) -> None:
    """Draw where a change begins, and the time that all share."""
    if start is not None:
        axes.axvline(start, color=INK, linestyle=":", linewidth=1.4, label="start")
    if band is not None:
        axes.axvspan(band[1], band[2], color=RULE, zorder=0, label=band[0])


def _panel(axes: Axes, chart: ControlChart, rules: RuleSet) -> None:
    """Draw one chart."""
    points = chart.points
    signal = signals(chart, rules).any(axis=1)
    axes.plot(points.index, 100 * points["value"], color=RATIONAL, linewidth=0.8, zorder=2)
    axes.plot(
        points.index, 100 * points["centre"], color=INK, linewidth=1.2, drawstyle="steps-post",
        label="median",
    )  # fmt: skip
    axes.plot(
        points.index[~signal], 100 * points["value"][~signal], "o", markersize=3.5,
        markerfacecolor=PANEL, markeredgecolor=QUIET, label="no signal",
    )  # fmt: skip
    axes.plot(
        points.index[signal], 100 * points["value"][signal], "s", markersize=4,
        color=RELATIONAL, label="part of a signal",
    )  # fmt: skip
