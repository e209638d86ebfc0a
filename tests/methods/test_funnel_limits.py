"""Funnel limits, and the hospitals beyond them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from carebook.data import load
from carebook.data.simulate.surgery_outcomes import RAISED
from carebook.methods.funnel_limits import (
    funnel_limits,
    overdispersion_factor,
    place_in_funnel,
)
from carebook.methods.standardised_ratios import standardised_ratios


def test_exact_limits_match_a_calculation_by_hand() -> None:
    """By hand, with the printed Poisson table for a mean of 1.

    P(≤ 2) = 0.9197 and P(≤ 3) = 0.9810, so the limit at 97.5% lies 0.0060 / 0.0613 before 3.
    For a mean of 5, P(≤ 0) = 0.0067 and P(≤ 1) = 0.0404: 0.0154 / 0.0337 before 1, over 5.
    """
    limits = funnel_limits([1.0, 5.0], [0.95])
    assert limits[0.95, "high"][0] == pytest.approx(3 - 0.0060 / 0.0613, abs=1e-3)
    assert limits[0.95, "low"][1] == pytest.approx((1 - 0.0154 / 0.0337) / 5, abs=1e-3)


def test_exact_lower_limit_of_a_small_hospital_is_zero() -> None:
    assert funnel_limits([1.0])[0.998, "low"][0] == 0


def test_normal_limits_match_a_calculation_by_hand() -> None:
    """By hand: with 100 expected deaths one standard error is 0.1."""
    limits = funnel_limits([100.0], method="normal").iloc[0]
    assert limits[0.95, "high"] == pytest.approx(1.196, abs=5e-4)
    assert limits[0.998, "low"] == pytest.approx(1 - 0.309, abs=5e-4)


def test_both_kinds_agree_for_large_hospitals() -> None:
    exact, normal = funnel_limits([20_000.0]), funnel_limits([20_000.0], method="normal")
    assert np.allclose(exact, normal, atol=1e-3)


def test_overdispersion_widens_normal_limits_by_its_root() -> None:
    wide = funnel_limits([100.0], [0.95], "normal", overdispersion=4.0)
    assert wide[0.95, "high"][0] == pytest.approx(1 + 2 * 0.196, abs=1e-3)


def test_overdispersion_factor_matches_a_calculation_by_hand() -> None:
    """By hand: z scores 1, −1, 0 and 3; a quarter pulled in at each end leaves 0, 0, 1, 1."""
    observed, expected = pd.Series([110, 90, 100, 130]), pd.Series([100.0] * 4)
    assert overdispersion_factor(observed, expected, trimmed=0) == pytest.approx(11 / 4)
    assert overdispersion_factor(observed, expected, trimmed=0.25) == pytest.approx(0.5)


def test_funnel_finds_exactly_the_raised_hospitals() -> None:
    found = standardised_ratios(load("surgery_outcomes"))
    place = place_in_funnel(found["observed"], found["expected"])
    assert tuple(place.index[place == "above"]) == RAISED
    assert not place.eq("below").any()


def test_three_years_accuse_and_praise_the_hospitals_that_the_lab_speaks_of() -> None:
    found = standardised_ratios(load("surgery_outcomes").query("month > 24"))
    place = place_in_funnel(found["observed"], found["expected"], 0.95)
    outer = place_in_funnel(found["observed"], found["expected"], 0.998)
    assert set(place.index[place == "above"]) == {*RAISED, "H10", "H11", "H25"}
    assert list(place.index[place == "below"]) == ["H34"]
    assert tuple(outer.index[outer != "inside"]) == RAISED


def test_few_deaths_put_a_hospital_below() -> None:
    deaths = pd.Series({"A": 50, "B": 100}), pd.Series({"A": 100.0, "B": 100.0})
    assert list(place_in_funnel(*deaths)) == ["below", "inside"]


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_share_outside_by_chance_is_what_is_announced(level: float) -> None:
    """By SciPy's Poisson distribution, on average over sizes; more lie above than below."""
    expected = pd.Series(np.linspace(20, 300, 2801))
    limits = funnel_limits(expected, (level,))[level].mul(expected, axis=0)
    above = poisson.sf(np.floor(limits["high"]), expected).mean()
    below = poisson.cdf(np.ceil(limits["low"]) - 1, expected).mean()
    assert above + below == pytest.approx(1 - level, rel=0.01)
    assert above > (1 - level) / 2 > below


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"expected": [0.0]}, "expected: got 0.0; every value must be a number above 0"),
        ({"expected": [np.inf]}, "expected: got inf; every value must be a number"),
        ({"levels": [95]}, "level: got 95; write 95% as 0.95"),
        ({"method": "wald"}, "method: got 'wald'; allowed are exact, normal"),
        ({"overdispersion": 2.0}, "overdispersion: got 2.0 with exact limits"),
        ({"overdispersion": 0.0}, "overdispersion: got 0.0; a factor above 0"),
    ],
)
def test_limits_refuse(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        funnel_limits(**{"expected": [10.0], **options})


def test_place_refuses_other_rows() -> None:
    with pytest.raises(ValueError, match="row labels differ"):
        place_in_funnel(pd.Series({"A": 1}), pd.Series({"B": 1.0}))


@pytest.mark.parametrize("kind", ["float64", "Int64"])
def test_hospital_with_blank_deaths_is_not_inside(kind: str) -> None:
    deaths = pd.Series([1, None], dtype=kind)
    with pytest.raises(ValueError, match="deaths row 1: observed is blank"):
        place_in_funnel(deaths, pd.Series([1.0, 1.0]))


def test_factor_refuses_rows_of_another_order() -> None:
    with pytest.raises(ValueError, match="row labels differ"):
        overdispersion_factor(pd.Series([1, 2], index=[1, 0]), pd.Series([1.0, 2.0]))


def test_factor_refuses_no_expected_deaths() -> None:
    with pytest.raises(ValueError, match=r"expected: got 0\.0"):
        overdispersion_factor(pd.Series([1, 2]), pd.Series([0.0, 2.0]))


def test_factor_refuses_one_hospital_and_trimming_of_half() -> None:
    with pytest.raises(ValueError, match="at least two are needed"):
        overdispersion_factor(pd.Series([1]), pd.Series([1.0]))
    with pytest.raises(ValueError, match=r"trimmed: got 0\.5"):
        overdispersion_factor(pd.Series([1, 2]), pd.Series([1.0, 1.0]), trimmed=0.5)
