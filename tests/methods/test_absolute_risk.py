"""Absolute risks against a published example, arithmetic by hand and simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.data import load
from carebook.methods.absolute_risk import (
    absolute_risk,
    averted,
    inverse,
    number_needed,
    risk_at,
)
from carebook.methods.rates import Estimate, around_log


def test_risk_and_number_needed_are_those_of_the_cochrane_handbook() -> None:
    """Version 5.1, section 12.5.4.3: odds ratio 0.73 at 0.3 is 62 fewer per 1,000, NNT 17."""
    found = absolute_risk(0.3, Estimate(0.73, 0.60, 0.89))
    assert round(1000 * found.difference.value) == -62
    assert np.ceil(number_needed(found.difference).value) == 17


def test_compounded_ratios_give_the_published_almost_thirty_percent() -> None:
    """Aiken and others (2014), abstract: 30 points more graduates and two patients fewer."""
    register = load("findings").set_index("id")["estimate"]
    ratio = register["aiken2014:education"] ** 3 / register["aiken2014:workload"] ** 2
    # At a small risk odds and risks nearly agree.
    assert risk_at(0.01, ratio) / 0.01 == pytest.approx(0.70, abs=0.01)


def test_even_odds_turned_by_three_give_three_quarters() -> None:
    assert risk_at(0.5, 3) == 0.75
    assert risk_at(0.0, 3) == 0
    assert risk_at(1.0, 3) == 1


def test_risk_keeps_the_labels_of_a_column() -> None:
    found = risk_at(pd.Series({"a": 0.5, "b": 0.2}), 4)
    assert found.to_dict() == pytest.approx({"a": 0.8, "b": 0.5})


def test_absolute_risk_carries_each_limit_through() -> None:
    found = absolute_risk(0.5, Estimate(1 / 3, 0.25, 1.0))
    assert found.risk == Estimate(0.25, pytest.approx(0.2), 0.5)
    assert found.difference == Estimate(-0.25, pytest.approx(-0.3), 0.0)
    assert found.ratio == Estimate(0.5, pytest.approx(0.4), 1.0)


def test_number_needed_turns_its_limits_upside_down() -> None:
    assert number_needed(Estimate(-0.02, -0.05, -0.01)) == Estimate(50, 20, 100)
    assert number_needed(Estimate(0.02, 0.01, 0.05)) == Estimate(50, 20, 100)


def test_number_needed_is_refused_where_it_runs_through_infinity() -> None:
    with pytest.raises(ValueError, match="holds 0"):
        number_needed(Estimate(-0.02, -0.05, 0.01))
    with pytest.raises(ValueError, match="holds 0"):
        number_needed(Estimate(0.02, 0.0, 0.04))


def test_number_needed_is_refused_where_an_interval_is_blank_or_exchanged() -> None:
    for low, high in ((float("nan"), 0.05), (0.05, 0.01)):
        with pytest.raises(ValueError, match="blank, or the limits are exchanged"):
            number_needed(Estimate(0.02, low, high))


def test_deaths_averted_add_up_over_people() -> None:
    """By hand: 0.5 becomes 0.25 and 0.2 becomes 1/13 under odds ratio 1/3."""
    found = averted([0.5, 0.2], Estimate(1 / 3, 0.25, 1.0))
    assert found.value == pytest.approx(0.25 + 0.2 - 1 / 13)
    assert found.low == 0
    assert found.high == pytest.approx(0.5 - 0.2 + 0.2 - 0.05 / 0.85)


def test_limits_of_deaths_averted_are_those_of_simulation_and_near_the_delta_method() -> None:
    rng = np.random.default_rng(4)
    risks = rng.beta(1, 19, 3000)
    ratio = around_log(-0.07, 0.02, 1.959964)
    found = averted(risks, ratio)
    drawn = np.exp(rng.normal(-0.07, 0.02, 4000))
    deaths = [(risks - risk_at(risks, each)).sum() for each in drawn]
    assert np.quantile(deaths, [0.025, 0.975]) == pytest.approx([found.low, found.high], rel=0.05)
    changed = risk_at(risks, ratio.value)
    error = 0.02 * (changed * (1 - changed)).sum()
    assert found.high - found.low == pytest.approx(2 * 1.959964 * error, rel=0.01)


def test_mean_risk_overstates_deaths_averted_where_risks_differ() -> None:
    risks = np.array([0.01, 0.6])
    ratio = Estimate(0.8, 0.7, 0.9)
    at_the_mean = 2 * averted([risks.mean()], ratio).value
    assert at_the_mean > 1.2 * averted(risks, ratio).value


def test_inverse_turns_one_more_into_steps_fewer() -> None:
    found = inverse(Estimate(1.25, 1.0, 2.0), steps=2)
    assert found == Estimate(pytest.approx(0.64), 0.25, 1.0)
    assert inverse(found) == Estimate(pytest.approx(1.5625), 1.0, 4.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: risk_at(4.5, 1.1), "divide percentages by 100"),
        (lambda: risk_at(pd.Series([0.1, None]), 1.1), "blank or outside 0 to 1"),
        (lambda: risk_at(0.1, 0), "odds ratio: got 0"),
        (lambda: absolute_risk(1.0, Estimate(1, 1, 1)), "baseline: got 1.0"),
        (lambda: averted([], Estimate(1, 1, 1)), "nobody is given"),
        (lambda: inverse(Estimate(1, -1, 1)), "odds ratio: got -1"),
        (lambda: inverse(Estimate(1, 1, 1), 0), "steps: got 0"),
    ],
)
def test_what_is_no_risk_or_ratio_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
