"""Figures of unit means draw what they were given."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.figures.shrinkage import shrinkage, unit_funnel
from carebook.methods.unit_scores import UnitScores, unit_scores


def scores() -> UnitScores:
    rng = np.random.default_rng(2)
    units = np.repeat([f"U{place}" for place in range(8)], [4, 6, 8, 10, 12, 20, 30, 40])
    lift = np.where(units == "U7", 3.0, 0.0)
    return unit_scores(pd.Series(rng.standard_normal(len(units)) + lift), pd.Series(units))


def test_each_unit_stands_at_its_mean_and_at_its_pulled_mean() -> None:
    found = scores()
    axes = shrinkage(found, ["U0"], label="Score", simulated=True).axes[0]
    raw, pulled = (line for line in axes.lines if len(line.get_xdata()) == 8)
    assert raw.get_ydata().tolist() == found.table["mean"].tolist()
    assert pulled.get_ydata().tolist() == found.table["shrunken"].tolist()
    assert raw.get_marker() != pulled.get_marker()
    texts = [text.get_text() for text in axes.texts]
    assert "U0" in texts
    assert any("imulated" in text for text in texts)


def test_units_outside_the_wider_limits_get_another_look_and_are_counted() -> None:
    found = scores()
    figure = unit_funnel(found, label="Score", simulated=False)
    squares = [line for line in figure.axes[0].lines if line.get_marker() == "s"]
    assert [line.get_label() for line in squares] == ["1 outside 99.8%"]
    assert squares[0].get_ydata().tolist() == [pytest.approx(found.table.loc["U7", "mean"])]
    assert not figure.axes[0].texts
    circles = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [line.get_label() for line in circles] == ["7 inside"]


def test_limits_begin_where_a_unit_has_a_single_answer() -> None:
    values, units = pd.Series([0.0, 4, 1, 3, 9, 8, 7]), pd.Series(list("aabbccd"))
    axes = unit_funnel(unit_scores(values, units), label="Score", simulated=True).axes[0]
    limits = [line for line in axes.lines if len(line.get_xdata()) == 200]
    assert len(limits) == 4
    assert {float(line.get_xdata()[0]) for line in limits} == {1.0}


@pytest.mark.parametrize("draw", [shrinkage, unit_funnel])
@pytest.mark.parametrize("simulated", [True, False])
def test_text_is_readable_and_says_whether_data_are_simulated(draw, simulated: bool) -> None:
    figure = draw(scores(), ["U7"], label="Score", simulated=simulated)
    figure.canvas.draw()
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= SMALLEST_TEXT
    assert [text.get_text() for text in texts].count(SIMULATED) == int(simulated)
