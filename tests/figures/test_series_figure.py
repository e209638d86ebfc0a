"""The series figure draws every point, breaks where it should, and stays legible."""

from __future__ import annotations

from math import nan

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.figures.series import series_lines

TABLE = pd.DataFrame(
    {
        "year": [2012, 2010, 2014, 2010, 2014],
        "value": [30.0, 20.0, 50.0, 24.0, 48.0],
        "low": [28.0, 18.0, nan, nan, nan],
        "high": [32.0, 22.0, nan, nan, nan],
        "worst_low": [nan, 5.0, nan, nan, nan],
        "worst_high": [nan, 80.0, nan, nan, nan],
        "series": ["tired", "tired", "tired", "means to leave soon", "means to leave soon"],
        "part": ["a", "a", "b", "a", "a"],
    }
)


def words(figure: Figure) -> list[str]:
    """Return everything written in a figure, lines joined."""
    texts = figure.findobj(mpl.text.Text)
    return [text.get_text().replace("\n", " ") for text in texts if text.get_text()]


def lines(figure: Figure) -> list[list[float]]:
    """Return the years of each line that joins points of a series."""
    drawn = figure.axes[0].lines
    return [list(map(float, line.get_xdata())) for line in drawn if line.get_marker() in "os"]


def test_line_breaks_where_the_part_changes() -> None:
    assert lines(series_lines(TABLE, simulated=False)) == [[2010, 2012], [2014], [2010, 2014]]


def test_line_is_whole_without_parts() -> None:
    found = lines(series_lines(TABLE.drop(columns="part"), simulated=False))
    assert found == [[2010, 2012, 2014], [2010, 2014]]


def test_names_numbers_and_changes_are_written() -> None:
    found = words(
        series_lines(TABLE, simulated=False, changes={2013: "new wording"}, decimals=1, title="Two")
    )
    assert {"tired", "means to leave soon", "new wording", "50.0", "Two"} <= set(found)


def test_numbers_can_be_left_out() -> None:
    assert "50" not in words(series_lines(TABLE, simulated=False, decimals=None, top=97))


def test_axis_begins_at_0_and_holds_the_worst_case() -> None:
    low, high = series_lines(TABLE, simulated=False).axes[0].get_ylim()
    assert low == 0
    assert high > 80


def test_top_of_the_axis_can_be_set() -> None:
    assert series_lines(TABLE, simulated=False, top=100).axes[0].get_ylim() == (0, 100)


@pytest.mark.parametrize("simulated", [True, False])
def test_figure_says_whether_data_are_simulated(simulated: bool) -> None:
    assert (SIMULATED in words(series_lines(TABLE, simulated=simulated))) is simulated


def test_series_differ_in_marker_and_in_line() -> None:
    drawn = series_lines(TABLE, simulated=False).axes[0].lines
    kinds = {
        (line.get_marker(), line.get_linestyle()) for line in drawn if line.get_marker() in "os"
    }
    assert len(kinds) == 2


def test_names_at_the_right_edge_do_not_overlap() -> None:
    figure = series_lines(TABLE, simulated=False)
    figure.draw_without_rendering()
    texts = {text.get_text(): text for text in figure.findobj(mpl.text.Text)}
    # The words alone: an annotation's own extent holds its leader as well.
    upper = mpl.text.Text.get_window_extent(texts["tired"])
    lower = mpl.text.Text.get_window_extent(texts["means to leave\nsoon"])
    assert upper.y0 >= lower.y1


def test_everything_written_is_inside_and_legible() -> None:
    figure = series_lines(
        TABLE, simulated=True, changes={2010: "first wording of all", 2014: "another question"}
    )
    figure.draw_without_rendering()
    for text in figure.findobj(mpl.text.Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert text.get_fontsize() >= SMALLEST_TEXT
            assert box.x0 >= 0, text.get_text()
            assert box.x1 <= figure.bbox.width, text.get_text()
    assert figure.get_figwidth() == 7


def test_missing_column_is_named() -> None:
    with pytest.raises(KeyError, match="table: missing value; one row a point"):
        series_lines(TABLE[["year"]], simulated=False)


def test_table_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="every value is blank"):
        series_lines(TABLE.assign(value=nan), simulated=False)


def test_point_without_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match="table row 1: year is blank"):
        series_lines(TABLE.assign(year=TABLE["year"].mask(TABLE.index == 1)), simulated=False)


def test_more_series_than_colours_are_refused() -> None:
    many = pd.DataFrame({"year": [2010] * 7, "value": [1.0] * 7, "series": list("abcdefg")})
    with pytest.raises(ValueError, match="7 series; at most 6"):
        series_lines(many, simulated=False)
