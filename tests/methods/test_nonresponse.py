"""Bounds for missing answers: hand-computed values, and what must hold for any numbers."""

from __future__ import annotations

from math import isnan

import pytest

from carebook.methods.nonresponse import gap_bounds, share_bounds, tipping_share


def test_worst_case_fills_the_silent_with_no_and_with_yes() -> None:
    """By hand: 30 yes of 50 answers, 80 invited; 30/80 and (30 + 30)/80."""
    found = share_bounds(30, 50, 80)
    assert found.share == 0.6
    assert found.low == 0.375
    assert found.high == 0.75
    assert found.response == 0.625


@pytest.mark.parametrize(("yes", "answered"), [(0, 50), (17, 50), (50, 50)])
def test_width_is_the_share_of_the_silent_whatever_was_answered(yes: int, answered: int) -> None:
    assert share_bounds(yes, answered, 80).width == pytest.approx(30 / 80)


def test_ten_times_as_many_people_leave_the_bounds_as_they_were() -> None:
    small, large = share_bounds(30, 50, 80), share_bounds(300, 500, 800)
    assert (small.low, small.high) == (large.low, large.high)


def test_bounds_meet_where_everybody_answered() -> None:
    found = share_bounds(30, 50, 50)
    assert found.low == found.high == found.share == 0.6


def test_without_any_answer_the_bounds_are_0_and_1() -> None:
    found = share_bounds(0, 0, 20)
    assert (found.low, found.high) == (0.0, 1.0)
    assert isnan(found.share)


@pytest.mark.parametrize("counts", [(-1, 5, 9), (6, 5, 9), (3, 10, 9)])
def test_counts_out_of_order_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="0 ≤ yes ≤ answered ≤ invited"):
        share_bounds(*counts)


def test_bounds_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="invited: got 0; at least one person"):
        share_bounds(0, 0, 0)


def test_stated_gap_moves_the_silent_alone() -> None:
    """By hand: 30 of 50 and 30 silent at 0.5 to 0.7: (30 + 15)/80 and (30 + 21)/80."""
    found = gap_bounds(30, 50, 80, 0.10)
    assert found.low == pytest.approx(45 / 80)
    assert found.high == pytest.approx(51 / 80)


def test_gap_of_0_gives_the_share_of_those_who_answered() -> None:
    found = gap_bounds(30, 50, 80, 0.0)
    assert found.low == pytest.approx(0.6)
    assert found.high == pytest.approx(0.6)


def test_gap_of_1_gives_the_worst_case() -> None:
    wide, worst = gap_bounds(30, 50, 80, 1.0), share_bounds(30, 50, 80)
    assert (wide.low, wide.high) == pytest.approx((worst.low, worst.high))


def test_share_of_the_silent_stays_between_0_and_1() -> None:
    """By hand: 45 of 50 and 30 silent at 0.7 to 1, not 1.1: (45 + 21)/80 and (45 + 30)/80."""
    found = gap_bounds(45, 50, 80, 0.20)
    assert found.low == pytest.approx(66 / 80)
    assert found.high == pytest.approx(75 / 80)


def test_gap_in_percentage_points_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gap: got 10; write 10 percentage points as 0\.10"):
        gap_bounds(30, 50, 80, 10)


def test_gap_without_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="answered: got 0; a gap needs"):
        gap_bounds(0, 0, 80, 0.1)


def test_tipping_share_brings_the_whole_to_the_target() -> None:
    """By hand: half of 80 is 40; 30 said yes; 10 of the 30 silent are needed."""
    assert tipping_share(30, 50, 80, 0.5) == pytest.approx(1 / 3)


def test_target_out_of_reach_lies_outside_0_to_1() -> None:
    assert tipping_share(30, 50, 80, 0.9) > 1
    assert tipping_share(30, 50, 80, 0.2) < 0


def test_target_in_per_cent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"target: got 50; write 50% as 0\.50"):
        tipping_share(30, 50, 80, 50)


def test_tipping_share_without_silent_people_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody silent to ask about"):
        tipping_share(30, 50, 50, 0.5)
