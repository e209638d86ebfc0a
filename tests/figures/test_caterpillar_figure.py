"""The caterpillar of unit scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.caterpillar import caterpillar
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UNITS = pd.DataFrame(
    {
        "mean": [7.0, 6.0, 8.0, None],
        "low": [6.5, 5.5, 6.9, None],
        "high": [7.5, 6.5, 9.1, None],
    },
    index=["U3", "U1", "U9", "U4"],
)


def draw(**settings) -> Figure:
    return caterpillar(UNITS, 7.1, **{"simulated": True, "named": ["U1", "U9", "U4"]} | settings)


def words(figure: Figure) -> list[str]:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


def test_figure_says_once_that_its_data_are_simulated() -> None:
    assert words(draw()).count(SIMULATED) == 1
    assert SIMULATED not in words(draw(simulated=False))


def test_text_is_at_least_nine_points_in_a_narrow_figure() -> None:
    figure = draw()
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= SMALLEST_TEXT
    assert figure.get_figwidth() < 6


def test_units_stand_in_order_and_units_apart_differ_in_shape() -> None:
    axes = draw().axes[0]
    circles = next(line for line in axes.lines if line.get_marker() == "o")
    squares = next(line for line in axes.lines if line.get_marker() == "s")
    assert squares.get_xdata().tolist() == [0]
    assert squares.get_ydata().tolist() == [6.0]
    assert circles.get_xdata().tolist() == [1, 2]
    assert circles.get_ydata().tolist() == [7.0, 8.0]
    assert circles.get_color() != squares.get_color()


def test_named_units_are_named_and_blank_ones_left_out() -> None:
    written = words(draw())
    assert {"U1", "U9"} <= set(written)
    assert not {"U3", "U4"} & set(written)


def test_ends_of_the_axis_can_be_set_for_comparison() -> None:
    assert draw(limits=(5, 10)).axes[0].get_ylim() == (5, 10)


def test_table_without_scores_or_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="no unit has a score"):
        caterpillar(UNITS.loc[["U4"]], 7, simulated=True)
    with pytest.raises(KeyError, match="missing adjusted, low"):
        caterpillar(UNITS.drop(columns="low"), 7, simulated=True, column="adjusted")
