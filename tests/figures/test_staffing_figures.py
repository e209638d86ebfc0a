"""Units crude and fair, and the price of a death averted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.figures.staffing import crude_and_fair, price_of_averting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UNITS = pd.DataFrame(
    {
        "patients_per_nurse": [4.0, 6.0, 9.0, 11.0],
        "admissions": [100, 300, 200, 400],
        "observed": [9, 24, 12, 16],
        "expected": [12.0, 26.0, 10.0, 12.0],
        "cost": [480.0, 192.0, 80.0, 52.0],
        "averted": [6.0, 5.0, 4.0, 3.0],
    }
)
FIGURES = [
    crude_and_fair(UNITS, simulated=True),
    price_of_averting(UNITS, (20_000, 80_000), simulated=True),
]
IDS = ["crude and fair", "price"]


def words(figure: Figure) -> list[str]:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_figure_says_once_that_its_data_are_simulated(figure: Figure) -> None:
    assert words(figure).count(SIMULATED) == 1


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_text_is_at_least_nine_points_in_a_narrow_figure(figure: Figure) -> None:
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= SMALLEST_TEXT
    assert figure.get_figwidth() < 6


@pytest.mark.parametrize("draw", [crude_and_fair, lambda u, **k: price_of_averting(u, (1,), **k)])
def test_real_data_carry_no_mark(draw) -> None:
    assert SIMULATED not in words(draw(UNITS, simulated=False))


def test_crude_line_falls_where_the_fair_one_rises() -> None:
    slopes = []
    for axes in FIGURES[0].axes:
        line = next(line for line in axes.lines if line.get_marker() == "None")
        slopes.append(line.get_ydata()[1] - line.get_ydata()[0])
    assert slopes[0] < 0 < slopes[1]


def test_panels_tell_counted_from_fair_by_shape_as_well_as_colour() -> None:
    points = [axes.lines[0] for axes in FIGURES[0].axes]
    assert points[0].get_marker() != points[1].get_marker()
    assert points[0].get_color() != points[1].get_color()
    assert points[1].get_ydata() == pytest.approx([9 / 12, 24 / 26, 1.2, 16 / 12])


def test_price_line_has_one_price_all_along() -> None:
    axes = FIGURES[1].axes[0]
    dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
    prices = [1000 * line.get_xdata()[1] / line.get_ydata()[1] for line in dashed]
    assert prices == pytest.approx([20_000, 80_000])
    assert {"£20,000", "£80,000"} <= set(words(FIGURES[1]))


def test_units_above_the_typical_workload_are_circles() -> None:
    axes = FIGURES[1].axes[0]
    circles = next(line for line in axes.lines if line.get_marker() == "o")
    squares = next(line for line in axes.lines if line.get_marker() == "s")
    assert circles.get_xdata().tolist() == [80, 52]
    assert squares.get_xdata().tolist() == [480, 192]
