"""Rules for reading charts, each on a series made by hand, at its edge and one short of it."""

from __future__ import annotations

import pandas as pd
import pytest

from carebook.methods.control_charts import ControlChart, p_chart, run_chart
from carebook.methods.run_rules import (
    NELSON,
    NHS,
    WESTERN_ELECTRIC,
    RuleSet,
    longest_run,
    longest_run_expected,
    signals,
)


def chart(values: list[float]) -> ControlChart:
    """Return a chart around 0 with sigma 1."""
    points = pd.DataFrame({"value": values, "centre": 0.0, "sigma": 1.0, "low": -3.0, "high": 3.0})
    return ControlChart("individuals", points, len(values))


def marked(values: list[float], rule: str, rules: RuleSet = NHS) -> list[int]:
    """Return the places that a rule marks."""
    found = signals(chart(values), rules)[rule]
    return [place for place, true in enumerate(found) if true]


def test_point_beyond_a_limit_is_outside_and_one_on_it_is_not() -> None:
    assert marked([0.1, 3.1, -0.1, 3.0, -3.2], "outside") == [1, 4]


@pytest.mark.parametrize(("rules", "least"), [(NHS, 7), (WESTERN_ELECTRIC, 8), (NELSON, 9)])
def test_shift_needs_the_points_of_its_set(rules: RuleSet, least: int) -> None:
    assert marked([-0.5] + [0.5] * least, "shift", rules) == list(range(1, least + 1))
    assert marked([-0.5] + [0.5] * (least - 1), "shift", rules) == []


def test_point_on_the_centre_is_passed_over() -> None:
    values = [-1.0, 0.5, 0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.5]
    assert marked(values, "shift") == [1, 2, 3, 5, 6, 7, 8]


def test_trend_of_the_national_set_is_seven_points() -> None:
    rising = [-0.9, -0.6, -0.3, 0.0, 0.3, 0.6, 0.9]
    assert marked([0.5, *rising], "trend") == [1, 2, 3, 4, 5, 6, 7]
    assert marked([0.5, *rising[1:]], "trend") == []
    assert marked(rising[::-1], "trend") == [0, 1, 2, 3, 4, 5, 6]


def test_trend_of_nelson_is_six_points() -> None:
    """Nelson's test 3 asks for six points in a row, all rising or all falling."""
    rising = [-0.6, -0.3, 0.0, 0.3, 0.6, 0.9]
    assert marked([0.5, *rising], "trend", NELSON) == [1, 2, 3, 4, 5, 6]


def test_equal_neighbours_end_a_trend() -> None:
    assert marked([-0.9, -0.6, -0.3, 0.0, 0.0, 0.3, 0.6, 0.9], "trend") == []


def test_western_electric_has_no_trend_rule() -> None:
    assert marked([float(place) / 10 for place in range(-9, 10)], "trend", WESTERN_ELECTRIC) == []


def test_two_of_three_near_a_limit_are_marked() -> None:
    assert marked([0.1, 2.1, 0.2, 2.2, 0.1], "near") == [1, 3]
    assert marked([0.1, 2.1, 2.2, 0.1], "near") == [1, 2]


def test_two_near_opposite_limits_or_too_far_apart_are_not_marked() -> None:
    assert marked([2.1, -2.1, 0.1], "near") == []
    assert marked([2.1, 0.1, 0.1, 2.1], "near") == []
    assert marked([2.0, 2.0, 0.1], "near") == []


def test_p_chart_signals_keep_the_labels_of_the_weeks() -> None:
    """By hand: 320 of 2,000 are 0.16, with limits at 0.0822 and 0.2378; 50 of 200 are 0.25."""
    weeks = pd.Index(range(-5, 5), name="week")
    counts = pd.Series([50, 44, 22, 34, 24, 32, 28, 32, 34, 20], index=weeks)
    found = signals(p_chart(counts, pd.Series(200, index=weeks)))
    assert found.index[found["outside"]].tolist() == [-5]


def test_run_chart_has_shifts_but_nothing_outside() -> None:
    found = signals(run_chart(pd.Series([1.0] * 8 + [2.0, 3.0] * 4 + [9.0])))
    assert found["shift"].any()
    assert not found["outside"].any()


@pytest.mark.parametrize(
    ("values", "longest"),
    [([1, 1, -1, 1], 2), ([1, 0, 1, -1], 2), ([-1, -1, -1, 1], 3), ([0, 0], 0), ([], 0)],
)
def test_longest_run_by_hand(values: list[float], longest: int) -> None:
    assert longest_run(pd.Series(values, dtype=float), 0) == longest


@pytest.mark.parametrize(("points", "longest"), [(10, 6), (11, 6), (12, 7), (20, 7), (24, 8)])
def test_longest_run_expected_matches_a_calculation_by_hand(points: int, longest: int) -> None:
    """By hand: log₂ of 10, 11, 12, 20 and 24 is 3.32, 3.46, 3.58, 4.32 and 4.58; add 3."""
    assert longest_run_expected(points) == longest


def test_longest_run_with_a_blank_is_refused() -> None:
    with pytest.raises(ValueError, match="values row 1: value is blank"):
        longest_run(pd.Series([1.0, None, 1.0]), 0)


def test_longest_run_expected_refuses_short_charts() -> None:
    with pytest.raises(ValueError, match="points: got 9"):
        longest_run_expected(9)
