"""The figure of levels shows units against each other, and each against itself."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT, svg_text
from carebook.figures.levels import MOST_LINES, between_and_within, unit_halves

# Units fall as a group (slope −2); the even ones rise by themselves, and the odd ones fall.
UNITS = pd.Series(np.repeat(np.arange(50), 4))
OWN = pd.Series(np.tile([-3.0, -1.0, 1.0, 3.0], 50))
ACROSS = 10.0 * UNITS + OWN
UP = -20.0 * UNITS + OWN.where(UNITS % 2 == 0, -OWN)
NAMES = ("Engagement, points", "Ratio")


def drawn(simulated: bool = True):
    return between_and_within(UP, ACROSS, UNITS, simulated=simulated, names=NAMES)


def words(figure) -> str:
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(mpl.text.Text))


def test_halves_of_a_unit_by_hand() -> None:
    """Unit 1 has months at 7, 9, 11, 13 with 3, 1, −1, −3 above −20."""
    row = unit_halves(UP, ACROSS, UNITS).loc[1]
    assert row.tolist() == pytest.approx([8, -18, 12, -22])


def test_left_panel_holds_a_point_for_each_unit_and_the_slope_between() -> None:
    points, line = drawn().axes[0].lines
    assert len(points.get_xdata()) == 50
    (x, last), (y, end) = line.get_data()
    assert (end - y) / (last - x) == pytest.approx(-2.0)


def test_right_panel_holds_lines_that_differ_in_more_than_colour() -> None:
    *lines, middle = drawn().axes[1].lines
    assert len(lines) == MOST_LINES
    for line in lines:
        rises = line.get_ydata()[1] > line.get_ydata()[0]
        assert line.get_linestyle() == ("-" if rises else "--")
    assert middle.get_ydata()[0] == pytest.approx(middle.get_ydata()[1])


def test_both_panels_share_their_scales() -> None:
    left, right = drawn().axes
    assert left.get_xlim() == right.get_xlim()
    assert left.get_ylim() == right.get_ylim()


def test_legend_counts_the_lines_that_are_drawn() -> None:
    shown = words(drawn())
    assert f"rises in 20 of {MOST_LINES}" in shown
    assert f"falls in 20 of {MOST_LINES}" in shown


def test_mark_of_simulated_data_is_there_when_asked_for() -> None:
    assert SIMULATED in words(drawn())
    assert SIMULATED not in words(drawn(simulated=False))


def test_text_is_large_enough_and_the_drawing_the_same_each_time() -> None:
    figure = drawn()
    words(figure)
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) >= SMALLEST_TEXT
    assert svg_text(figure) == svg_text(drawn())


def test_few_units_get_one_line_each_and_units_without_a_low_month_none() -> None:
    few = UNITS < 5
    across = ACROSS.where(UNITS != 3, 30.0)
    figure = between_and_within(UP[few], across[few], UNITS[few], simulated=True, names=NAMES)
    assert len(figure.axes[1].lines) == 4 + 1
    assert "rises in 3 of 4" in words(figure)


def test_legend_hides_neither_lines_nor_the_name_of_the_axis() -> None:
    figure = drawn()
    figure.canvas.draw()
    box = figure.legends[0].get_window_extent()
    for axes in figure.axes:
        assert not box.overlaps(axes.get_window_extent())
        assert not box.overlaps(axes.xaxis.label.get_window_extent())


def test_halves_refuse_columns_of_other_rows() -> None:
    with pytest.raises(ValueError, match="row labels differ"):
        unit_halves(UP, ACROSS.iloc[::-1], UNITS)
