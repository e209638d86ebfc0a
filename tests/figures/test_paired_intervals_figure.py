"""The figure of two estimates a row."""

from __future__ import annotations

from math import nan

import pandas as pd
import pytest

from carebook.figures.house_style import SIMULATED
from carebook.figures.paired_intervals import paired_intervals

CRUDE = pd.DataFrame(
    {"estimate": [-0.5, 0.2], "low": [-0.9, nan], "high": [-0.1, nan]}, index=["a", "b"]
)
FAIR = pd.DataFrame(
    {"estimate": [0.1, 0.3], "low": [0.0, 0.2], "high": [0.2, 0.4]}, index=["a", "b"]
)


def words(figure) -> list[str]:
    """Return everything written in the plot."""
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_estimate_is_written_with_a_true_minus_sign():
    figure = paired_intervals({"crude": CRUDE, "fair": FAIR}, simulated=False, label="Effect")
    assert words(figure) == ["−0.50", "0.20", "0.10", "0.30"]


def test_groups_differ_in_mark_and_in_filling():
    figure = paired_intervals({"crude": CRUDE, "fair": FAIR}, simulated=False, label="Effect")
    marks = [line for line in figure.axes[0].lines if line.get_marker() not in ("None", "")]
    assert [mark.get_marker() for mark in marks] == ["s", "s", "o", "o"]
    assert marks[0].get_markerfacecolor() != marks[-1].get_markerfacecolor()


def test_mark_without_limits_has_no_bar():
    figure = paired_intervals({"crude": CRUDE, "fair": FAIR}, simulated=False, label="Effect")
    bars = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 2]
    assert len(bars) == 3


def test_rows_run_from_top_to_bottom_and_lines_are_named():
    figure = paired_intervals(
        {"crude": CRUDE, "fair": FAIR},
        simulated=True, label="Effect", none=0, reference=("the truth", 0.15),
    )  # fmt: skip
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["a", "b"]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "crude", "fair", "the truth",
    ]  # fmt: skip
    assert SIMULATED in words(figure)


def test_figure_refuses_one_group_other_rows_and_missing_columns():
    with pytest.raises(ValueError, match="two are drawn"):
        paired_intervals({"crude": CRUDE}, simulated=False, label="Effect")
    with pytest.raises(ValueError, match="row labels differ"):
        paired_intervals({"crude": CRUDE, "fair": FAIR[::-1]}, simulated=False, label="Effect")
    with pytest.raises(KeyError, match="missing high"):
        paired_intervals(
            {"crude": CRUDE, "fair": FAIR[["estimate", "low"]]}, simulated=False, label=""
        )


def test_blank_estimate_is_refused_and_a_small_negative_one_is_no_negative_zero():
    blank = FAIR.assign(estimate=[nan, 0.3])
    with pytest.raises(ValueError, match="fair row a: estimate is blank"):
        paired_intervals({"crude": CRUDE, "fair": blank}, simulated=False, label="Effect")
    small = FAIR.assign(estimate=[-0.001, 0.3])
    figure = paired_intervals({"crude": CRUDE, "fair": small}, simulated=False, label="Effect")
    assert words(figure)[2] == "0.00"
