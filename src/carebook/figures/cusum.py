"""CUSUM charts, one above the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, style
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
            len(charts), figsize=(WIDTH, 1.55 * len(charts) + 0.4), sharex=True, sharey=True,
            layout="constrained", squeeze=False,
        )  # fmt: skip
        pyplot.close(figure)
        for axes, (title, chart) in zip(rows[:, 0], charts.items(), strict=True):
            _draw(axes, chart)
            axes.set_title(f"{title}: {_told(chart)}", fontsize=10.5)
        rows[-1, 0].set_xlabel("Month")
        _name_threshold(rows[0, 0], next(iter(charts.values())))
        figure.supylabel("CUSUM", fontsize=10.5)
        if simulated:
            mark_simulated(rows[0, 0])
    return figure


def _draw(axes: Axes, chart: Cusum) -> None:
    """Draw one chart and mark the month of its first signal."""
    months = list(chart.values.index)
    axes.step(months, chart.values, where="mid", color=RATIONAL)
    axes.axhline(chart.threshold, color=INK, linestyle="--", linewidth=1.4)
    axes.grid(axis="y")
    axes.set_ylim(bottom=0)
    if not chart.signals:
        return
    first = chart.signals[0]
    axes.plot(
        [first], [chart.values.loc[first]], linestyle="", marker="s", markersize=8,
        color=RELATIONAL, markeredgecolor="white",
    )  # fmt: skip


def _name_threshold(axes: Axes, chart: Cusum) -> None:
    """Say on the first chart what the dashed line is."""
    axes.annotate(
        f"threshold {chart.threshold:g}", xy=(chart.values.index[0], chart.threshold),
        xytext=(2, 3), textcoords="offset points", fontsize=SMALLEST_TEXT, color=INK,
    )  # fmt: skip


def _told(chart: Cusum) -> str:
    """Say when a chart first signalled."""
    return f"signal in month {chart.signals[0]}" if chart.signals else "no signal"
