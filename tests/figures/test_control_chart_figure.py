"""The control chart shows limits, and signals by more than colour."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.control_chart import control_chart
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT, svg_text
from carebook.methods.control_charts import p_chart, run_chart

WEEKS = pd.Index(range(-8, 9), name="week")
SIZES = pd.Series(100, index=WEEKS)
# Before the change about half; after it, nine weeks above.
COUNTS = pd.Series([50, 48, 52, 49, 51, 50, 53, 47, *[56] * 9], index=WEEKS)
CHART = p_chart(COUNTS, SIZES, baseline=8)


def line(axes: mpl.axes.Axes, label: str) -> mpl.lines.Line2D:
    """Return the line with a label."""
    return next(each for each in axes.lines if each.get_label() == label)


def test_values_and_limits_are_drawn_in_per_cent() -> None:
    """By hand: 400 of 800, sigma of 100 people 5 points, limits 35 and 65."""
    axes = control_chart(CHART, simulated=True).axes[0]
    assert line(axes, "centre").get_ydata()[0] == pytest.approx(50)
    assert line(axes, "limits").get_ydata()[0] == pytest.approx(35)


def test_signals_are_squares_and_the_rest_are_circles() -> None:
    axes = control_chart(CHART, simulated=True).axes[0]
    unusual, usual = line(axes, "part of a signal"), line(axes, "no signal")
    assert unusual.get_xdata().tolist() == list(range(0, 9))
    assert (unusual.get_marker(), usual.get_marker()) == ("s", "o")


def test_run_chart_has_no_limits() -> None:
    axes = control_chart(run_chart(COUNTS / SIZES), simulated=True).axes[0]
    assert "limits" not in [each.get_label() for each in axes.lines]


def test_event_is_named_at_its_place() -> None:
    figure = control_chart(CHART, simulated=True, event=("target begins", -0.5))
    figure.canvas.draw()
    texts = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    assert "target begins" in texts
    assert [-0.5, -0.5] in [list(each.get_xdata()) for each in figure.axes[0].lines]


@pytest.mark.parametrize("place", [-0.5, 4, 8])
def test_name_of_the_event_does_not_meet_the_mark(place: float) -> None:
    figure = control_chart(CHART, simulated=True, event=("target begins", place))
    figure.draw_without_rendering()
    texts = {text.get_text(): text for text in figure.findobj(mpl.text.Text)}
    mark = texts[SIMULATED].get_bbox_patch().get_window_extent()
    assert not texts["target begins"].get_window_extent().overlaps(mark)


@pytest.mark.parametrize("simulated", [True, False])
def test_mark_of_simulated_data_is_there_when_it_should_be(simulated: bool) -> None:
    figure = control_chart(CHART, simulated=simulated)
    figure.canvas.draw()
    texts = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    assert (SIMULATED in texts) is simulated


def test_text_is_never_smaller_than_nine_points() -> None:
    figure = control_chart(CHART, simulated=True, event=("target begins", -0.5))
    figure.canvas.draw()
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) >= SMALLEST_TEXT


def test_svg_is_the_same_on_every_run() -> None:
    first, second = (svg_text(control_chart(CHART, simulated=True)) for _ in range(2))
    assert first == second
