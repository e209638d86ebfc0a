"""Control charts: limits as published or worked out by hand."""

from __future__ import annotations

from math import pi, sqrt

import pandas as pd
import pytest

from carebook.methods.control_charts import (
    individuals_chart,
    moving_range_limit,
    p_chart,
    run_chart,
    u_chart,
)

# Flow rate of ten batches: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2.
FLOW = pd.Series([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
DEFECTS = pd.Series([40, 44, 22, 34, 24, 32, 28, 32, 34, 30])
SIZES = pd.Series([200] * 10)


def test_p_chart_limits_match_a_calculation_by_hand() -> None:
    """By hand: 320 of 2,000 are 0.16, and three sigma are 3·√(0.16 · 0.84 / 200) = 0.0778."""
    points = p_chart(DEFECTS, SIZES).points
    assert points["centre"].iloc[0] == pytest.approx(0.16)
    assert points["high"].iloc[0] == pytest.approx(0.2378, abs=5e-5)
    assert points["low"].iloc[0] == pytest.approx(0.0822, abs=5e-5)


def test_p_chart_gives_small_groups_wider_limits() -> None:
    """By hand: 18 of 180 are a tenth; sigma of 100 people is 0.03, of 25 people 0.06."""
    points = p_chart(pd.Series([10, 5, 3]), pd.Series([100, 55, 25])).points
    assert points["centre"].tolist() == pytest.approx([0.1] * 3)
    assert points["sigma"].iloc[[0, 2]].tolist() == pytest.approx([0.03, 0.06])
    assert points["high"].iloc[[0, 2]].tolist() == pytest.approx([0.19, 0.28])


def test_p_chart_limits_stay_between_none_and_all() -> None:
    points = p_chart(pd.Series([1, 0, 1]), pd.Series([10, 10, 10])).points
    assert points["low"].tolist() == [0.0] * 3
    assert p_chart(pd.Series([9, 10]), pd.Series([10, 10])).points["high"].tolist() == [1.0] * 2


def test_baseline_alone_makes_centre_and_limits() -> None:
    """By hand: 84 of 400 in the first two samples are 0.21."""
    chart = p_chart(DEFECTS, SIZES, baseline=2)
    assert chart.baseline == 2
    assert chart.points["centre"].tolist() == pytest.approx([0.21] * 10)


def test_centre_is_the_share_of_all_people_not_the_mean_of_shares() -> None:
    points = p_chart(pd.Series([1, 90]), pd.Series([10, 100])).points
    assert points["centre"].iloc[0] == pytest.approx(91 / 110)


def test_u_chart_by_hand() -> None:
    """By hand: 12 falls in 400 bed days are 0.03; sigma of 100 bed days is the root of 0.0003."""
    points = u_chart(pd.Series([2, 4, 6]), pd.Series([100, 100, 200])).points
    assert points["centre"].iloc[0] == pytest.approx(0.03)
    assert points["high"].iloc[0] == pytest.approx(0.03 + 3 * sqrt(0.0003))
    assert points["low"].iloc[0] == 0.0


def test_individuals_chart_has_the_published_limits() -> None:
    """Published: NIST, as above: mean 50.81, mean moving range 1.8778, 45.8159 and 55.8041."""
    points = individuals_chart(FLOW).points
    assert points["centre"].iloc[0] == pytest.approx(50.81)
    assert points["high"].iloc[0] == pytest.approx(55.8041, abs=1e-3)
    assert points["low"].iloc[0] == pytest.approx(45.8159, abs=1e-3)


def test_moving_range_limit_is_three_sigma_above_the_mean_range() -> None:
    """By hand: steps of 1, 3, 2 have the mean 2.

    The range of two standard normal values has mean 2/√π and variance 2 − 4/π.
    """
    factor = 1 + 3 * sqrt(2 - 4 / pi) / (2 / sqrt(pi))
    values = pd.Series([5.0, 6.0, 3.0, 5.0])
    assert moving_range_limit(values) == pytest.approx(2 * factor, rel=5e-4)


def test_individuals_limits_are_three_sigma_of_the_mean_range() -> None:
    """By hand: mean range 2, so sigma is 2 / (2/√π) = √π."""
    points = individuals_chart(pd.Series([5.0, 6.0, 3.0, 5.0])).points
    assert points["high"].iloc[0] == pytest.approx(4.75 + 3 * sqrt(pi), rel=1e-3)


@pytest.mark.parametrize("chart", [individuals_chart, run_chart, moving_range_limit])
def test_weeks_out_of_order_are_refused(chart) -> None:
    with pytest.raises(ValueError, match="values: row labels do not rise"):
        chart(FLOW[::-1])


def test_weeks_that_stand_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="counts: row label 0 stands twice"):
        p_chart(pd.concat([DEFECTS, DEFECTS]), pd.concat([SIZES, SIZES]))


def test_nullable_numbers_give_the_same_chart() -> None:
    nullable = p_chart(DEFECTS.astype("Int64"), SIZES.astype("Int64")).points
    assert nullable.equals(p_chart(DEFECTS, SIZES).points)


def test_run_chart_stands_on_the_median_and_has_no_limits() -> None:
    points = run_chart(pd.Series([3.0, 1.0, 9.0, 2.0])).points
    assert points["centre"].tolist() == [2.5] * 4
    assert points[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("counts", "sizes", "message"),
    [
        ([1, 5], [4, 4], "counts row 1: got 5 of 4"),
        ([1, -1], [4, 4], "counts row 1: got -1 of 4"),
        ([1, 0], [4, 0], "sizes row 1: got 0"),
        ([1, None], [4, 4], "counts row 1: it is blank"),
    ],
)
def test_p_chart_refuses_impossible_counts(counts: list, sizes: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        p_chart(pd.Series(counts), pd.Series(sizes))


def test_u_chart_refuses_negative_events() -> None:
    with pytest.raises(ValueError, match="counts row 0: got -2; events are 0 or more"):
        u_chart(pd.Series([-2, 1]), pd.Series([5, 5]))


def test_sizes_of_another_table_are_refused() -> None:
    with pytest.raises(ValueError, match="sizes: its row labels differ"):
        p_chart(pd.Series([1, 2]), pd.Series([3, 4], index=[7, 8]))


@pytest.mark.parametrize("baseline", [1, 11])
def test_impossible_baseline_is_refused(baseline: int) -> None:
    with pytest.raises(ValueError, match=f"baseline: got {baseline} of 10 points"):
        individuals_chart(FLOW, baseline)
