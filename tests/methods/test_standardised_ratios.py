"""Standardised ratios and their Poisson intervals."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from carebook.data import load
from carebook.data.simulate.surgery_outcomes import RAISED, SICKEST, SIMULATION
from carebook.methods.standardised_ratios import (
    poisson_interval,
    standardised_ratio,
    standardised_ratios,
)

DEATHS = pd.DataFrame(
    {
        "hospital": ["B", "A", "B"],
        "observed_deaths": [1, 10, 9],
        "expected_deaths": [9.0, 10.0, 1.0],
    }
)


@pytest.mark.parametrize(
    ("count", "chi_square_low", "chi_square_high"),
    [(1, 0.0506, 11.143), (2, 0.484, 14.449), (5, 3.247, 23.337), (10, 9.591, 36.781)],
)
def test_exact_interval_is_half_of_the_printed_quantiles_of_chi_square(
    count: int, chi_square_low: float, chi_square_high: float
) -> None:
    """By hand after Ulm 1990, with a printed table of chi-square.

    Its degrees of freedom are 2·count at 2.5% and 2·count + 2 at 97.5%.
    """
    by_hand = (chi_square_low / 2, chi_square_high / 2)
    assert poisson_interval(count) == pytest.approx(by_hand, abs=6e-4)


def test_upper_limit_of_no_event_is_as_published() -> None:
    """Published: 3.689 in the documentation of `pois.exact`, R package epitools 0.5-10."""
    low, high = poisson_interval(0)
    assert low == 0
    assert high == pytest.approx(3.689, abs=5e-4)


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("count", [1, 7, 230])
def test_exact_limits_leave_half_of_the_rest_in_each_tail(count: int, level: float) -> None:
    """What Garwood 1936 asks of them, with SciPy's Poisson distribution."""
    low, high = poisson_interval(count, level)
    assert stats.poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2)
    assert stats.poisson.cdf(count, high) == pytest.approx((1 - level) / 2)


def test_byar_limits_match_a_calculation_by_hand() -> None:
    """By hand for 16 events: 16·(1 − 1/144 − 1.96/12)³ and 17·(1 − 1/153 + 1.96/(3√17))³."""
    assert poisson_interval(16, method="byar") == pytest.approx((9.139, 25.983), abs=2e-3)


@pytest.mark.parametrize("count", [10, 25, 100, 1000])
def test_byar_is_within_a_five_hundredth_of_exact_from_ten_events_on(count: int) -> None:
    """Published: Public Health England, Technical Guide: Confidence Intervals (2018), 0.2%."""
    assert poisson_interval(count, method="byar") == pytest.approx(
        poisson_interval(count), rel=0.002
    )


def test_byar_of_no_event_starts_at_zero() -> None:
    low, high = poisson_interval(0, method="byar")
    assert low == 0
    assert high > 3


def test_ratio_and_excess_share_their_interval() -> None:
    found = standardised_ratio(30, 20.0)
    assert found.ratio == 1.5
    assert found.excess == 10
    assert found.excess_low == pytest.approx(found.low * 20 - 20)
    assert found.excess_high == pytest.approx(found.high * 20 - 20)


def test_deaths_are_added_up_before_they_are_divided() -> None:
    found = standardised_ratios(DEATHS)
    assert list(found.index) == ["A", "B"]
    assert found.loc["B", "ratio"] == 1.0
    assert found.loc["B", "observed"] == 10
    assert found.loc["A", "low"] == found.loc["B", "low"]


def test_month_with_a_blank_count_is_refused() -> None:
    """A sum would leave the deaths out and keep those expected: 1 of 10 in place of 1 of 9."""
    with pytest.raises(ValueError, match="table row 2: observed_deaths is blank"):
        standardised_ratios(DEATHS.assign(observed_deaths=[1, 10, None]))


def test_hospital_without_a_row_is_no_group() -> None:
    names = pd.Categorical(DEATHS["hospital"], ["A", "B", "C"])
    assert list(standardised_ratios(DEATHS.assign(hospital=names)).index) == ["A", "B"]


def test_simulated_hospitals_recover_the_truth() -> None:
    found = standardised_ratios(load("surgery_outcomes"))
    raised, sickest = found.loc[list(RAISED)], found.loc[SICKEST]
    truth = SIMULATION.truth("raised_ratio")
    assert ((raised["low"] <= truth) & (raised["high"] >= truth)).all()
    assert sickest["low"] <= 1 <= sickest["high"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"count": -1}, "count: got -1; it must be a whole number"),
        ({"count": 2.5}, "count: got 2.5; it must be a whole number"),
        ({"count": 2, "level": 95}, "level: got 95; write 95% as 0.95"),
        ({"count": 2, "method": "wald"}, "method: got 'wald'; allowed are exact, byar"),
    ],
)
def test_interval_refuses(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        poisson_interval(**arguments)


@pytest.mark.parametrize("expected", [0.0, -1.0, float("nan")])
def test_ratio_refuses_no_expected_deaths(expected: float) -> None:
    with pytest.raises(ValueError, match="a ratio needs expected deaths above 0"):
        standardised_ratio(3, expected)
