"""House style and figures."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import colors, pyplot

from carebook.data import load
from carebook.figures import (
    PALETTE,
    RATIONAL,
    RELATIONAL,
    forest,
    histogram,
    intervals,
    mark_simulated,
    style,
)
from carebook.figures.forest_lines import Line, forest_lines
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT, svg_text
from carebook.figures.palette import INK, MARKERS, PANEL, QUIET
from carebook.methods.pooling import pool_groups, pool_rows
from carebook.methods.prevalence import prevalence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SCORES = pd.Series([10.0, 30.0, 49.0, 50.0, 90.0, np.nan])

# Linear RGB as people with severe protan and deutan vision see it: Machado, Oliveira and
# Fernandes 2009, IEEE Transactions on Visualization and Computer Graphics 15:1291–1298.
COLOUR_VISION = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


def linear(colour: str) -> np.ndarray:
    """Return a colour as linear RGB (WCAG 2.2, definition of relative luminance)."""
    channels = np.array(colors.to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(colour: str, ground: str = PANEL) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    light = sorted(float(linear(each) @ [0.2126, 0.7152, 0.0722]) for each in (colour, ground))
    return (light[1] + 0.05) / (light[0] + 0.05)


def words(figure: Figure) -> str:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(mpl.text.Text))


def published() -> pd.DataFrame:
    """Return the twenty studies of Panagioti et al. 2017."""
    table = load("study_level")
    return table[table["meta_id"] == "panagioti2017"].reset_index(drop=True)


def ratios() -> pd.DataFrame:
    """Return three made-up studies with ratios, the last without an interval."""
    return pd.DataFrame(
        {
            "study": ["Ash 2011", "Birch et al.", "Cedar"],
            "year": [2011, 2012, 2013],
            "measure": "OR",
            "estimate": [0.5, 2.0, 3.0],
            "ci_low": [0.25, 1.0, nan],
            "ci_high": [1.0, 4.0, nan],
        }
    )


def test_contrast_of_black_on_white_is_21() -> None:
    """Published: WCAG 2.2, the largest possible contrast ratio is 21:1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colour", PALETTE)
def test_mark_colours_stand_out_from_the_panel(colour: str) -> None:
    assert contrast(colour) >= 3


@pytest.mark.parametrize("colour", [INK, QUIET, RATIONAL, RELATIONAL])
def test_text_colours_can_be_read_on_the_panel(colour: str) -> None:
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("vision", COLOUR_VISION)
def test_leading_hues_stay_apart_for_colour_blind_readers(vision: str) -> None:
    matrix = np.array(COLOUR_VISION[vision])
    rational, relational = matrix @ linear(RATIONAL), matrix @ linear(RELATIONAL)
    assert np.abs(rational - relational).max() > 0.1


def test_every_colour_has_a_marker_of_its_own() -> None:
    assert len(set(MARKERS)) == len(set(PALETTE)) == len(PALETTE)


def test_style_ends_with_its_block() -> None:
    before = mpl.rcParams["axes.titlelocation"]
    with style():
        assert mpl.rcParams["axes.titlelocation"] == "left"
    assert mpl.rcParams["axes.titlelocation"] == before


def test_style_ends_when_drawing_fails() -> None:
    before = mpl.rcParams["font.size"]
    with pytest.raises(ZeroDivisionError, match="division"), style():
        _ = 1 / 0
    assert mpl.rcParams["font.size"] == before


def test_style_keeps_what_a_notebook_sets_while_drawing() -> None:
    before = mpl.is_interactive()
    with style():
        mpl.interactive(not before)
    assert mpl.is_interactive() is not before
    mpl.interactive(before)


def test_simulated_mark_is_written_once() -> None:
    figure, axes = pyplot.subplots()
    pyplot.close(figure)
    mark_simulated(axes)
    assert words(figure).count(SIMULATED) == 1


@pytest.mark.parametrize("simulated", [True, False])
def test_figures_say_whether_data_are_simulated(simulated: bool) -> None:
    table = prevalence(SCORES.dropna() >= 50)
    assert (SIMULATED in words(histogram(SCORES, 50, simulated=simulated))) is simulated
    assert (SIMULATED in words(intervals(table, simulated=simulated))) is simulated
    assert (SIMULATED in words(forest(ratios(), simulated=simulated))) is simulated


def test_histogram_counts_everybody_with_a_score() -> None:
    axes = histogram(SCORES, simulated=False).axes[0]
    assert sum(bar.get_height() for bar in axes.patches) == 5


def test_histogram_states_the_share_on_each_side_of_the_cutoff() -> None:
    """By hand: 50 and 90 of five scores."""
    found = words(histogram(SCORES, 50, simulated=False))
    assert "below the cut-off: 60%" in found
    assert "at or above it: 40%" in found
    assert "cut-off 50" in found


def test_histogram_tells_its_sides_apart_without_colour() -> None:
    axes = histogram(SCORES, 50, simulated=False).axes[0]
    assert {bar.get_hatch() for bar in axes.patches} == {"", "////"}


@pytest.mark.parametrize("cutoff", [1, 37, 50, 60, 99])
def test_histogram_has_an_edge_at_the_cutoff(cutoff: float) -> None:
    bars = histogram(SCORES, cutoff, simulated=False).axes[0].patches
    edges = {round(bar.get_x(), 6) for bar in bars}
    assert cutoff in edges


def test_histogram_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody has a score"):
        histogram(pd.Series([nan]), simulated=False)


def test_intervals_print_names_numbers_and_reference() -> None:
    flags = pd.Series([1, 0, 1, 1])
    table = prevalence(flags, by=pd.Series(["nurse", "nurse", "doctor", "doctor"]))
    found = words(intervals(table, simulated=False, reference=("all staff", 0.75)))
    assert "nurse (n = 2)" in found
    assert "all staff" in found
    assert "100" in found


def test_intervals_name_missing_columns() -> None:
    with pytest.raises(KeyError, match="table: missing low, high"):
        intervals(pd.DataFrame({"share": [0.5]}), simulated=False)


def test_forest_lines_follow_the_groups() -> None:
    rows = published()
    lines = forest_lines(rows, pool_rows(rows), pool_groups(rows, "subgroup"))
    kinds = [line.kind for line in lines]
    assert kinds.count("study") == 20
    assert [line.name for line in lines if line.kind == "heading"] == [
        "Organisation-directed",
        "Physician-directed",
    ]
    assert [line.name for line in lines if line.kind == "pool"] == [
        "Together, 8 studies (I² 8%)",
        "Together, 12 studies (I² 12%)",
        "All, 20 studies (I² 30%)",
    ]
    assert kinds[-2:] == ["pool", "prediction"]


def test_forest_prints_the_published_pool() -> None:
    """Published: Panagioti et al. 2017, JAMA Internal Medicine 177:195–205."""
    rows = published()
    found = words(forest(rows, pool_rows(rows), pool_groups(rows, "subgroup")))
    assert "−0.29 (−0.42 to −0.16)" in found
    assert "−0.45 (−0.62 to −0.27)" in found
    assert "−0.18 (−0.32 to −0.03)" in found


def test_forest_weights_add_up_to_one() -> None:
    rows = published()
    lines = forest_lines(rows, pool_rows(rows))
    assert sum(line.weight for line in lines if line.kind == "study") == pytest.approx(1)


def test_study_without_an_interval_has_no_weight() -> None:
    rows = ratios()
    lines = forest_lines(rows, pool_rows(rows.dropna()))
    assert lines[2].interval == "3.00 (no interval)"
    assert isnan(lines[2].weight)
    assert lines[2].share == ""


def test_study_names_carry_their_year_once() -> None:
    assert [line.name for line in forest_lines(ratios())] == [
        "Ash 2011",
        "Birch et al. 2012",
        "Cedar 2013",
    ]


def test_long_study_names_are_shortened() -> None:
    rows = ratios().assign(study="A committee with a very long name " * 3)
    assert all(len(line.name) <= 50 for line in forest_lines(rows))


def test_forest_draws_ratios_on_a_log_scale_around_one() -> None:
    axes = forest(ratios()).axes[0]
    assert axes.get_xscale() == "log"
    assert "1" in [tick.get_text() for tick in axes.get_xticklabels()]


def test_forest_of_several_ratios_does_not_name_one() -> None:
    rows = ratios().assign(measure=["OR", "HR", "OR"])
    assert forest(rows).axes[0].get_xlabel() == "Ratio, log scale"
    assert forest(ratios()).axes[0].get_xlabel() == "Odds ratio, log scale"


def test_forest_says_which_side_favours_what() -> None:
    found = words(forest(ratios(), favours=("the programme", "usual care")))
    assert "◀ favours the programme" in found
    assert "favours usual care ▶" in found


@pytest.mark.parametrize("shift", [0.1, 1.0, 10.0])
def test_forest_keeps_everything_written_inside_the_figure(shift: float) -> None:
    """The line of no effect may lie at either edge; words must not run out of the picture."""
    rows = ratios()
    rows[["estimate", "ci_low", "ci_high"]] *= shift
    figure = forest(rows, pool_rows(rows.dropna()), favours=("the programme", "usual care"))
    figure.canvas.draw()
    width = figure.bbox.width
    for text in figure.findobj(mpl.text.Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= 0, text.get_text()
            assert box.x1 <= width, text.get_text()


def test_forest_refuses_a_pool_of_other_rows() -> None:
    rows = published()
    with pytest.raises(ValueError, match="pool: made of 19 studies, but 20 rows"):
        forest(rows, pool_rows(rows.head(19)))


def test_forest_refuses_a_group_without_a_pool() -> None:
    rows = published()
    pools = pool_groups(rows[rows["subgroup"] == "physician-directed"], "subgroup")
    with pytest.raises(ValueError, match="groups: no pool for 'organisation-directed'"):
        forest(rows, groups=pools)


def test_prediction_line_shows_its_interval_alone() -> None:
    assert Line("prediction", "A new study", low=-0.5, high=0.25).interval == "(−0.50 to 0.25)"


@pytest.mark.parametrize(
    "figure",
    [
        histogram(SCORES, 50, simulated=True),
        intervals(prevalence(SCORES.dropna() >= 50), simulated=True),
        forest(ratios(), favours=("the programme", "usual care")),
    ],
    ids=["histogram", "intervals", "forest"],
)
def test_text_is_never_smaller_than_nine_points(figure: Figure) -> None:
    figure.canvas.draw()
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) >= SMALLEST_TEXT
    assert figure.get_figwidth() == 7


def test_svg_is_the_same_on_every_run() -> None:
    first, second = (svg_text(forest(ratios(), favours=("a", "b"))) for _ in range(2))
    assert first == second
    assert first.startswith("<?xml")
    assert "<dc:date>" not in first


def test_figures_do_not_pile_up_in_pyplot() -> None:
    before = pyplot.get_fignums()
    histogram(SCORES, simulated=False)
    assert pyplot.get_fignums() == before
