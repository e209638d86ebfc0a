"""Reading run charts: every limit against a count of all orders, every rule at its edge."""

from __future__ import annotations

from itertools import combinations, groupby

import numpy as np
import pandas as pd
import pytest

from carebook.methods.control_charts import run_chart
from carebook.methods.run_chart import (
    RUN_CHART,
    Runs,
    first_shift,
    phased_run_chart,
    runs_about,
)
from carebook.methods.run_rules import signals


def series(text: str) -> pd.Series:
    """Return 1 for each ``a``, −1 for each ``b`` and 0 for each ``o``, in periods 1 onwards."""
    values = [{"a": 1.0, "b": -1.0, "o": 0.0}[each] for each in text]
    return pd.Series(values, index=range(1, len(text) + 1))


def counted(above: int, below: int) -> list[int]:
    """Return the number of runs of every order of the points, one by one."""
    found = []
    for places in combinations(range(above + below), above):
        order = [place in places for place in range(above + below)]
        found.append(len(list(groupby(order))))
    return found


@pytest.mark.parametrize(("above", "below"), [(5, 5), (6, 6), (7, 7), (8, 6), (9, 3), (7, 8)])
@pytest.mark.parametrize("tail", [0.025, 0.05])
def test_limits_are_those_of_all_orders_counted_one_by_one(
    above: int, below: int, tail: float
) -> None:
    found = runs_about(series("a" * above + "b" * below), 0.0, tail)
    orders = np.array(counted(above, below))
    assert (orders < found.fewest).mean() <= tail < (orders <= found.fewest).mean()
    assert (orders > found.most).mean() <= tail < (orders >= found.most).mean()


def test_limits_of_a_long_series_are_near_those_of_shuffled_ones() -> None:
    """Independent: shuffle 15 points above and 15 below, and count."""
    rng = np.random.default_rng(5)
    sides = np.repeat([1, -1], 15)
    shuffled = rng.permuted(np.tile(sides, (20_000, 1)), axis=1)
    runs = 1 + (np.diff(shuffled, axis=1) != 0).sum(axis=1)
    found = runs_about(series("a" * 15 + "b" * 15), 0.0)
    assert (runs < found.fewest).mean() < 0.03
    assert (runs > found.most).mean() < 0.03
    assert (runs <= found.fewest).mean() > 0.022
    assert (runs >= found.most).mean() > 0.022


@pytest.mark.parametrize(
    ("points", "fewest", "most"),
    [(10, 3, 9), (12, 3, 11), (15, 5, 12), (16, 5, 13), (20, 6, 16), (24, 8, 18), (30, 11, 22),
     (36, 13, 25), (40, 15, 27)],
)  # fmt: skip
def test_limits_differ_by_a_run_at_most_from_those_printed_for_run_charts(
    points: int, fewest: int, most: int
) -> None:
    """Limits as they are reprinted for run charts, after Swed and Eisenhart's tables."""
    found = runs_about(series("ab" * (points // 2) + "a" * (points % 2)), 0.0)
    assert abs(found.fewest - fewest) <= 1
    assert abs(found.most - most) <= 1


def test_runs_are_counted_without_points_on_the_median() -> None:
    assert runs_about(series("aaobbaoab"), 0.0) == Runs(4, 3, 4, 2, 7)


def test_too_few_and_too_many_runs_are_signals() -> None:
    assert runs_about(series("a" * 8 + "b" * 8), 0.0).signal
    assert runs_about(series("ab" * 8), 0.0).signal
    assert not runs_about(series("aabb" * 4), 0.0).signal


def test_runs_with_all_points_on_one_side_are_refused() -> None:
    with pytest.raises(ValueError, match="3 points lie above 0 and 0 below"):
        runs_about(series("aaoa"), 0.0)


@pytest.mark.parametrize("tail", [0.0, 0.5, -1.0])
def test_impossible_tails_are_refused(tail: float) -> None:
    with pytest.raises(ValueError, match="tail: got"):
        runs_about(series("ab"), 0.0, tail)


def test_shift_is_called_at_its_sixth_point_and_not_before() -> None:
    assert first_shift(series("abbbbbb"), 0.0) == 7
    assert first_shift(series("abbbbb"), 0.0) is None


def test_point_on_the_median_neither_lengthens_nor_ends_a_shift() -> None:
    assert first_shift(series("abbbobbb"), 0.0) == 8
    assert first_shift(series("abbbobb"), 0.0) is None


def test_shift_above_counts_as_one_below() -> None:
    assert first_shift(series("baaaaaab"), 0.0) == 7


def test_runs_that_began_earlier_can_be_left_out() -> None:
    assert first_shift(series("bbbbbbbab"), 0.0, after=3) is None
    assert first_shift(series("bbbbbbbbb"), 0.0, after=3) == 9


def test_shift_agrees_with_the_points_that_the_rules_mark() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        values = pd.Series(rng.integers(0, 9, 30).astype(float))
        chart = run_chart(values)
        marked = signals(chart, RUN_CHART)["shift"]
        found = first_shift(values, float(values.median()))
        assert (found is not None) == marked.any()
        if found is not None:
            assert marked[found]


def test_shift_of_a_single_point_is_refused() -> None:
    with pytest.raises(ValueError, match="least: got 1"):
        first_shift(series("ab"), 0.0, least=1)


def test_periods_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="row labels do not rise"):
        first_shift(series("abab").sort_index(ascending=False), 0.0)


def test_blank_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="is blank"):
        runs_about(series("abab").replace(1.0, None), 0.0)


def test_each_phase_has_its_own_median() -> None:
    """By hand: medians of 4, 6, 5; of nothing else until the new phase 1, 2, 3."""
    values = pd.Series([4.0, 6.0, 5.0, 9.0, 1.0, 2.0, 3.0])
    chart = phased_run_chart(values, baseline=3, starts=[4])
    assert chart.points["centre"].tolist() == [5, 5, 5, 5, 2, 2, 2]
    assert chart.kind == "run"


def test_one_phase_is_a_plain_run_chart() -> None:
    values = pd.Series([4.0, 6.0, 5.0, 9.0])
    pd.testing.assert_frame_equal(phased_run_chart(values, 3).points, run_chart(values, 3).points)


@pytest.mark.parametrize("starts", [[2], [7], [5, 4], [4, 4]])
def test_phases_out_of_place_are_refused(starts: list[int]) -> None:
    with pytest.raises(ValueError, match="phases start in order"):
        phased_run_chart(pd.Series(range(7), dtype=float), 3, starts)
