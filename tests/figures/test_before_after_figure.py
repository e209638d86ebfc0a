"""Figure of monthly rates."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.data import load
from carebook.figures.before_after import monthly_rates, rates_by
from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT


def groups() -> tuple[pd.DataFrame, pd.DataFrame]:
    table = load("infection_months")
    joins = table["programme_start"].notna()
    return table[joins], table[~joins]


def draw(simulated: bool = True):
    return monthly_rates(*groups(), spell=(13, 18), starts=(19, 21, 23), simulated=simulated)


def words(figure) -> str:
    figure.canvas.draw()
    return "\n".join(text.get_text() for text in figure.findobj(mpl.text.Text))


def test_rates_are_sums_by_sums() -> None:
    """By hand: 1 and 3 infections in 1,000 and 3,000 line days make 1 per 1,000."""
    rows = pd.DataFrame({"infections": [1, 3, 4], "line_days": [1000, 3000, 2000]})
    assert rates_by(rows, pd.Series([0, 0, 1])).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("simulated", [True, False])
def test_monthly_rates_say_whether_data_are_simulated(simulated: bool) -> None:
    assert (SIMULATED in words(draw(simulated))) is simulated


def test_monthly_rates_name_both_groups_and_the_months_of_the_choice() -> None:
    found = words(draw())
    assert "units that joined" in found
    assert "units that never joined" in found
    assert "months of\nthe choice" in found


def test_groups_are_told_apart_without_colour() -> None:
    lines = draw().axes[0].lines
    assert {line.get_marker() for line in lines} >= {"s", "o"}
    assert {line.get_linestyle() for line in lines} >= {"-", "--"}


def test_one_bar_stands_for_each_half_year_of_each_group() -> None:
    lines = draw().axes[0].lines
    bars = [line for line in lines if line.get_linestyle() != "None" and len(line.get_xdata())]
    assert len(bars) == 12


def test_text_of_monthly_rates_is_never_too_small() -> None:
    figure = draw()
    figure.canvas.draw()
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) >= SMALLEST_TEXT


def test_blank_counts_are_refused() -> None:
    rows = pd.DataFrame({"infections": [1, None], "line_days": [1000, 3000]})
    with pytest.raises(ValueError, match="rows row 1: infections is blank"):
        rates_by(rows, pd.Series([0, 0]))


def test_group_without_rows_is_refused() -> None:
    joined, others = groups()
    with pytest.raises(ValueError, match="units that joined: there are no rows"):
        monthly_rates(joined[:0], others, spell=(13, 18), starts=(19,), simulated=True)
