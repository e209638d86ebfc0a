"""Figures of bunching show every bar, the curve and where it is a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from carebook.figures.bunching import before_after, counterfactual
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT, svg_text
from carebook.methods.bunching import bunching

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# A line of counts, with 60 people moved from after 240 into the bin that ends there.
ENDS = np.arange(65, 601, 5)
COUNTS = 120 - np.arange(len(ENDS)) - np.where((ENDS > 240) & (ENDS <= 300), 5, 0)
MINUTES = pd.Series(np.repeat(ENDS, COUNTS + np.where(ENDS == 240, 60, 0)))
FOUND = bunching(MINUTES, 240, (225, 300), degree=1)


def words(figure: Figure) -> str:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(mpl.text.Text))


def test_bars_hold_shares_of_all_people() -> None:
    """By hand: the bin that ends at 240 holds 120 less 35, and 60 moved there."""
    axes = before_after({"After": MINUTES}, 240, simulated=True).axes[0]
    heights = {round(bar.get_x()): bar.get_height() for bar in axes.patches}
    assert len(heights) == 36
    assert heights[235] == pytest.approx(100 * 145 / len(MINUTES))


def test_bar_at_the_limit_differs_in_more_than_colour() -> None:
    axes = before_after({"After": MINUTES}, 240, simulated=True).axes[0]
    assert [bar.get_x() for bar in axes.patches if bar.get_hatch()] == [235]


def test_panels_share_their_axes_and_say_how_many() -> None:
    figure = before_after({"Before": MINUTES, "After": MINUTES.head(900)}, 240, simulated=True)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert "After (n = 900)" in words(figure)


def test_curve_is_dashed_where_it_is_a_guess() -> None:
    axes = counterfactual(FOUND, simulated=True).axes[0]
    fitted, carried = axes.lines[:2]
    assert carried.get_linestyle() == "--"
    places = np.ma.filled(np.ma.masked_invalid(carried.get_xdata()), 0.0)
    assert places.max() == 302.5
    assert places[places > 0].min() == 222.5
    assert not np.isin([237.5, 297.5], fitted.get_xdata()).any()


@pytest.mark.parametrize("simulated", [True, False])
def test_mark_of_simulated_data_is_there_when_it_should_be(simulated: bool) -> None:
    for figure in (
        counterfactual(FOUND, simulated=simulated),
        before_after({"After": MINUTES}, 240, simulated=simulated),
    ):
        assert (SIMULATED in words(figure)) is simulated


def test_text_is_never_smaller_than_nine_points() -> None:
    for figure in (
        counterfactual(FOUND, simulated=True),
        before_after({"After": MINUTES}, 240, simulated=True),
    ):
        figure.canvas.draw()
        sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
        assert min(sizes) >= SMALLEST_TEXT


def test_svg_is_the_same_on_every_run() -> None:
    first, second = (svg_text(counterfactual(FOUND, simulated=True)) for _ in range(2))
    assert first == second
