"""Hours and prices by hand."""

from __future__ import annotations

from math import inf

import pandas as pd
import pytest

from carebook.methods.rates import Estimate
from carebook.methods.staffing_cost import cost_per_averted, extra_nurse_hours


def test_one_patient_fewer_costs_more_where_there_are_few() -> None:
    """By hand: from 4 to 3 is 8 − 6 hours, from 8 to 6 is 4 − 3, from 12 to 8 is 3 − 2."""
    assert extra_nurse_hours(4) == 2
    assert extra_nurse_hours(8, fewer=2) == 1
    assert extra_nurse_hours(12, fewer=4) == 1
    assert extra_nurse_hours(pd.Series([4.0, 2.0])).tolist() == [2, 12]


def test_price_of_a_death_averted_turns_the_limits_upside_down() -> None:
    assert cost_per_averted(1000, Estimate(4, 2, 10)) == Estimate(250, 100, 500)


def test_price_has_no_upper_limit_where_nothing_may_be_bought() -> None:
    assert cost_per_averted(1000, Estimate(4, -1, 10)) == Estimate(250, 100, inf)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: extra_nurse_hours(4, fewer=0), "fewer: got 0"),
        (lambda: extra_nurse_hours(1), "not above 1"),
        (lambda: extra_nurse_hours(pd.Series([4.0, None])), "one is blank"),
        (lambda: cost_per_averted(-1, Estimate(4, 2, 10)), "cost: got -1"),
        (lambda: cost_per_averted(float("nan"), Estimate(4, 2, 10)), "cost: got nan"),
        (lambda: cost_per_averted(1, Estimate(0, -1, 1)), "nothing is bought"),
        (lambda: cost_per_averted(1, Estimate(2, float("nan"), 4)), "a limit is blank"),
        (lambda: cost_per_averted(1, Estimate(2, 4, 1)), "the limits are exchanged"),
    ],
)
def test_what_has_no_price_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
