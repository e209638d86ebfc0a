"""Figures of improvement work: the driver diagram, and run charts side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.driver_diagram import driver_diagram
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.figures.run_panels import run_panels
from carebook.methods.run_chart import phased_run_chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRIVERS = {
    "Time at the end of the shift": {
        "Minutes nobody can take away": ["A huddle of ten minutes", "No meetings after three"],
        "Less to write down": ["One form fewer"],
    },
    "Knowing what is left": {"A list that all can see": ["A board by the door"]},
}
WEEKS = range(1, 13)
FALLING = pd.Series([0.5, 0.6, 0.4, 0.5, 0.4, 0.6, *[0.1] * 6], index=WEEKS)
STEADY = pd.Series([0.5, 0.6, 0.4] * 4, index=WEEKS)
CHARTS = {"T01": phased_run_chart(FALLING, 6), "T02": phased_run_chart(STEADY, 6)}


def words(figure: Figure) -> str:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(mpl.text.Text))


def test_driver_diagram_holds_every_text_under_its_head() -> None:
    found = " ".join(words(driver_diagram("Half as many by June", DRIVERS)).split())
    for text in ("Aim", "Primary drivers", "Secondary drivers", "Change ideas",
                 "Half as many by June", "Less to write down", "A board by the door"):  # fmt: skip
        assert text in found


def test_each_idea_hangs_on_one_driver() -> None:
    """By hand: two lines from the aim, three from primary and four from secondary drivers."""
    axes = driver_diagram("Aim", DRIVERS).axes[0]
    assert len(axes.lines) == 2 + 3 + 4
    assert len(axes.patches) == 1 + 2 + 3 + 4


def test_idea_that_is_tested_is_told_by_words_and_edge() -> None:
    figure = driver_diagram("Aim", DRIVERS, tested="One form fewer")
    edges = [patch.get_linewidth() for patch in figure.axes[0].patches]
    assert edges.count(max(edges)) == 1
    assert "(tested now)" in words(figure)


def test_boxes_of_one_column_do_not_overlap() -> None:
    boxes: dict[float, list[tuple[float, float]]] = {}
    for patch in driver_diagram("An aim " * 12, DRIVERS).axes[0].patches:
        boxes.setdefault(patch.get_x(), []).append((patch.get_y(), patch.get_height()))
    assert len(boxes) == 4
    for column in boxes.values():
        ordered = sorted(column)
        for (top, height), (below, _) in pairwise(ordered):
            assert top + height <= below


def test_texts_stay_inside_their_boxes() -> None:
    figure = driver_diagram("No more than one shift in three by the end of June", DRIVERS)
    figure.canvas.draw()
    axes = figure.axes[0]
    inside = [text for text in axes.texts if text.get_ha() == "center"]
    for text, patch in zip(inside, axes.patches, strict=True):
        ours, theirs = text.get_window_extent(), patch.get_window_extent()
        assert theirs.x0 <= ours.x0 <= ours.x1 <= theirs.x1, text.get_text()
        assert theirs.y0 <= ours.y0 <= ours.y1 <= theirs.y1, text.get_text()


@pytest.mark.parametrize(
    ("drivers", "words_of_error"),
    [({}, "there is none"), ({"a": {}}, "'a' has no secondary"), ({"a": {"b": []}}, "'b' has no")],
)
def test_drivers_that_lead_nowhere_are_refused(drivers: dict, words_of_error: str) -> None:
    with pytest.raises(ValueError, match=words_of_error):
        driver_diagram("Aim", drivers)


def test_unknown_tested_idea_is_refused() -> None:
    with pytest.raises(ValueError, match="'a poster' is not among the ideas"):
        driver_diagram("Aim", DRIVERS, tested="a poster")


@pytest.mark.parametrize("simulated", [True, False])
def test_panels_say_whether_data_are_simulated(simulated: bool) -> None:
    assert (SIMULATED in words(run_panels(CHARTS, simulated=simulated))) is simulated


def test_panels_mark_a_shift_in_the_team_that_has_one() -> None:
    figure = run_panels(CHARTS, simulated=True, start=6.5, band=("calm", 9, 12))
    marked = [
        line.get_xdata().tolist()
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() == "s"
    ]
    assert marked == [[7, 8, 9, 10, 11, 12], []]
    assert "calm" in words(figure)


def test_panels_share_their_axes_and_leave_no_empty_one() -> None:
    figure = run_panels({**CHARTS, "T03": CHARTS["T02"]}, simulated=True)
    limits = {axes.get_ylim() for axes in figure.axes}
    assert limits == {(0.0, 100.0)}
    assert [axes.axison for axes in figure.axes] == [True, True, True, False]


@pytest.mark.parametrize(
    "figure", [driver_diagram("Aim", DRIVERS), run_panels(CHARTS, simulated=True)]
)
def test_improvement_figures_keep_the_house_width_and_text_size(figure: Figure) -> None:
    figure.canvas.draw()
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) >= SMALLEST_TEXT
    assert figure.get_figwidth() == pytest.approx(7)
