"""CUSUM charts, one above the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from carebook.figures.house_style import WIDTH, mark_simulated, style
from carebook.figures.palette import INK, RATIONAL, RELATIONAL
from carebook.methods.cusum import Cusum

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def cusum_charts(charts: Mapping[str, Cusum], *, simulated: bool) -> Figure:
    """Draw CUSUM charts with their thresholds and first signals.

    Parameters
    ----------
    charts
        What to write over each chart, and the chart. All share their axes.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Raises
    ------
    ValueError
        If there is no chart.
    """
    from matplotlib import pyplot

    if not charts:
        raise ValueError("charts: there is none to draw")
    with style():
        figure, rows = pyplot.subplots(
            len(charts), figsize=(WIDTH, 1.55 * len(charts) + 0.7), sharex=True, sharey=True,
            layout="constrained", squeeze=False,
        )  # fmt: skip
        pyplot.close(figure)
        for axes, (title, chart) in zip(rows[:, 0], charts.items(), strict=True):
            _draw(axes, chart)
            axes.set_title(f"{title}: {_told(chart)}", fontsize=10.5)
        # After the last chart: a limit set earlier would cut the charts below it off.
        rows[0, 0].set_ylim(bottom=0)
        rows[-1, 0].set_xlabel("Month")
        figure.supylabel("CUSUM", fontsize=10.5)
        _explain(figure)
        if simulated:
            mark_simulated(rows[0, 0])
    return figure


def _draw(axes: Axes, chart: Cusum) -> None:
    """Draw one chart and mark the month of its first signal."""
    months = list(chart.values.index)
    axes.step(months, chart.values, where="mid", color=RATIONAL)
    axes.axhline(chart.threshold, color=INK, linestyle="--", linewidth=1.4)
    axes.grid(axis="y")
    if not chart.signals:
        return
    first = chart.signals[0]
    axes.plot(
        [first], [chart.values.loc[first]], linestyle="", marker="s", markersize=8,
        color=RELATIONAL, markeredgecolor="white",
    )  # fmt: skip


def _explain(figure: Figure) -> None:
    """Say below the charts what the dashed line and the square are."""
    from matplotlib.lines import Line2D

    threshold = Line2D([], [], color=INK, linestyle="--", linewidth=1.4, label="threshold")
    first = Line2D(
        [], [], color=RELATIONAL, linestyle="", marker="s", markersize=8, label="first signal"
    )
    figure.legend(handles=[threshold, first], loc="outside lower center", ncols=2)


def _told(chart: Cusum) -> str:
    """Say when a chart first signalled."""
    return f"signal in month {chart.signals[0]}" if chart.signals else "no signal"
