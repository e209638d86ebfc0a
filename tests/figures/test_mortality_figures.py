"""League table, funnel, excess and CUSUM charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.cusum import cusum_charts
from carebook.figures.excess import excess_bars
from carebook.figures.funnel import funnel, league
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.methods.cusum import cusum
from carebook.methods.standardised_ratios import standardised_ratios

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEATHS = pd.DataFrame(
    {
        "hospital": ["A", "B", "C", "D"],
        "observed_deaths": [100, 190, 52, 20],
        "expected_deaths": [100.0, 120.0, 100.0, 21.0],
    }
)
RATIOS = standardised_ratios(DEATHS)
RATES = pd.Series({"A": 0.01, "B": 0.03, "C": 0.02, "D": 0.021})
HIGH = cusum(pd.Series([4, 6]), pd.Series([2.0, 2.0]), 2.0, 1.0)
LOW = cusum(pd.Series([0, 1]), pd.Series([2.0, 2.0]), 2.0, 1.0)

FIGURES = [
    league(RATES, ("C", "D"), simulated=True),
    funnel(RATIOS, ("D",), simulated=True),
    excess_bars(RATIOS, ("B",), simulated=True),
    cusum_charts({"A": HIGH, "B": LOW}, simulated=True),
]
IDS = ["league", "funnel", "excess", "cusum"]


def words(figure: Figure) -> list[str]:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_figure_says_that_its_data_are_simulated(figure: Figure) -> None:
    assert SIMULATED in words(figure)


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_no_text_is_smaller_than_nine_points(figure: Figure) -> None:
    figure.canvas.draw()
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= SMALLEST_TEXT
    assert figure.get_figwidth() == 7


def test_league_table_names_the_marked_one_above_the_other() -> None:
    figure = league(RATES, ("C", "D"), simulated=False)
    found = words(figure)
    assert SIMULATED not in found
    assert "C" in found
    assert "A" not in found
    boxes = {text.get_text(): text.get_window_extent() for text in figure.findobj(mpl.text.Text)}
    assert not boxes["C"].overlaps(boxes["D"])


def test_funnel_names_those_outside_and_those_asked_for() -> None:
    found = words(funnel(RATIOS, ("D",), simulated=False))
    assert {"B", "C", "D"} <= set(found)
    assert "A" not in found
    assert {"95%", "99.8%"} <= set(found)


def test_funnel_tells_outside_by_shape_as_well_as_colour() -> None:
    axes = funnel(RATIOS, simulated=False).axes[0]
    shapes = {
        line.get_marker(): line.get_color() for line in axes.lines if line.get_linestyle() == "None"
    }
    assert set(shapes) == {"o", "s", "D"}
    assert shapes["o"] != shapes["s"]


def test_excess_bars_stand_in_order_and_hatch_the_raised() -> None:
    axes = excess_bars(RATIOS, ("B",), simulated=False).axes[0]
    heights = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in axes.patches}
    assert [heights[place] for place in (1, 2, 3, 4)] == [70, 0, -1, -48]
    assert [bool(bar.get_hatch()) for bar in axes.patches].count(True) == 1


def test_cusum_titles_say_when_each_chart_signalled() -> None:
    titles = [axes.get_title(loc="left") for axes in FIGURES[3].axes]
    assert titles == ["A: signal in month 1", "B: no signal"]
    assert {"threshold", "first signal"} <= set(words(FIGURES[3]))


def test_excess_says_what_the_lines_are() -> None:
    assert {"interval", "Observed minus expected deaths"} <= set(words(FIGURES[2]))


def test_every_cusum_fits_its_panel_whatever_their_order() -> None:
    for axes in cusum_charts({"B": LOW, "A": HIGH}, simulated=True).axes:
        low, high = axes.get_ylim()
        assert low == 0
        assert high > HIGH.values.max()


def test_no_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="charts: there is none to draw"):
        cusum_charts({}, simulated=True)
