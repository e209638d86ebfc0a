"""Figures of time diaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.figures.time_use import (
    entries_and_minutes,
    evenings,
    people_side_by_side,
    repeated_intervals,
)
from carebook.methods.time_use import shares

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

DIARY = pd.DataFrame({"task": ["record", "record", "meeting"], "minutes": [10, 20, 70]})
OWN = pd.Series([0.5, 0.2, 0.3])
EVENINGS = pd.Series([0, 0, 30, 90])
REPEATS = {
    "Rows": pd.DataFrame({"low": [0.2, 0.4, 0.1], "high": [0.3, 0.5, 0.2]}),
    "People": pd.DataFrame({"low": [0.2, 0.2, 0.1], "high": [0.5, 0.4, 0.4]}),
}
DRAWN = {
    "entries_and_minutes": lambda mark: entries_and_minutes(shares(DIARY), simulated=mark),
    "people_side_by_side": lambda mark: people_side_by_side(OWN, 0.35, simulated=mark),
    "repeated_intervals": lambda mark: repeated_intervals(REPEATS, 0.25, simulated=mark),
    "evenings": lambda mark: evenings(EVENINGS, simulated=mark),
}


def words(figure: Figure) -> str:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(mpl.text.Text))


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize("simulated", [True, False])
def test_figures_of_time_say_whether_data_are_simulated(
    draw: Callable[[bool], Figure], simulated: bool
) -> None:
    assert (SIMULATED in words(draw(simulated))) is simulated


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_figures_of_time_keep_the_house_width_and_text_size(
    draw: Callable[[bool], Figure],
) -> None:
    figure = draw(True)
    figure.canvas.draw()
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) >= SMALLEST_TEXT
    assert figure.get_figwidth() == 7


def test_entries_and_minutes_differ_in_marker_and_place() -> None:
    """By hand: two of three entries and 30 of 100 minutes went to the record."""
    entries, minutes = DRAWN["entries_and_minutes"](True).axes[0].lines
    assert (entries.get_marker(), minutes.get_marker()) == ("o", "s")
    assert entries.get_xdata().tolist() == pytest.approx([100 / 3, 200 / 3])
    assert minutes.get_xdata().tolist() == pytest.approx([70, 30])


def test_people_stand_in_order() -> None:
    dots = DRAWN["people_side_by_side"](True).axes[0].lines[0]
    assert dots.get_ydata().tolist() == pytest.approx([20, 30, 50])


def test_repeats_that_miss_the_truth_are_counted_and_marked() -> None:
    """By hand: 0.25 lies in one of three intervals of rows, and in all those of people."""
    figure = DRAWN["repeated_intervals"](True)
    found = words(figure)
    assert "Rows: 2 of 3 miss" in found
    assert "People: 0 of 3 miss" in found
    crosses = [[line.get_marker() for line in axes.lines].count("x") for axes in figure.axes]
    assert crosses == [2, 0]


def test_evenings_show_both_means() -> None:
    """By hand: 120 minutes over four evenings, or over two."""
    found = words(DRAWN["evenings"](True))
    assert "mean of all: 30" in found
    assert "mean of those with work: 60" in found


@pytest.mark.parametrize("minutes", [[0, 0], [], [30, None]])
def test_evenings_without_any_work_or_with_blanks_are_refused(minutes: list) -> None:
    with pytest.raises(ValueError, match="each evening needs 0 or more"):
        evenings(pd.Series(minutes, dtype=float), simulated=True)


def test_empty_evenings_have_a_bar_of_their_own() -> None:
    bar = DRAWN["evenings"](True).axes[0].patches[0]
    assert bar.get_height() == 2
    assert bar.get_x() + bar.get_width() < 0
    assert bar.get_hatch()
