"""Rates and risks, their ratios and differences."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

from carebook.methods.rates import (
    Estimate,
    rate,
    rate_difference,
    rate_ratio,
    risk_difference,
    risk_ratio,
)

# Breast cancers and woman-years with and without X-ray fluoroscopy (Boice and Monson 1977); the
# example of Rothman's workbook episheet, as the R package episheet tests it.
FLUOROSCOPY = (41, 28010, 15, 19017)
# Physicians' Health Study 1989: myocardial infarction on placebo and on aspirin, an example of
# Agresti's textbooks.
ASPIRIN = (189, 11034, 104, 11037)


def parts(found: Estimate) -> tuple[float, float, float]:
    return found.value, found.low, found.high


def test_rate_has_the_exact_interval() -> None:
    """By hand: half of the printed quantiles of chi-square, 9.591 (20) and 36.781 (22)."""
    assert parts(rate(10, 1, per=1)) == pytest.approx((10, 4.7955, 18.3905), abs=5e-4)


def test_rate_is_given_per_thousand() -> None:
    """By hand: 3 infections in 1,500 line days are 2 per 1,000."""
    assert rate(3, 1500).value == pytest.approx(2)


def test_rate_without_events_has_the_upper_limit_of_the_rule_of_three() -> None:
    """By hand: −ln 0.025 = 3.689."""
    assert parts(rate(0, 1, per=1)) == pytest.approx((0, 0, -np.log(0.025)))


@pytest.mark.parametrize("events", [1, 7, 325])
def test_rate_interval_agrees_with_statsmodels(events: int) -> None:
    oracle = confint_poisson(events, 830, method="exact-c")
    found = rate(events, 830, per=1)
    assert (found.low, found.high) == pytest.approx(oracle, rel=1e-9)


def test_rate_ratio_matches_the_workbook() -> None:
    """Published: R package episheet: 1.86, 1.03 to 3.35. By hand to three places:

    ln 1.8558 = 0.6183, standard error √(1/41 + 1/15) = 0.3018, so exp(0.6183 ± 0.5914).
    """
    assert parts(rate_ratio(*FLUOROSCOPY)) == pytest.approx((1.856, 1.027, 3.353), abs=0.001)


def test_rate_difference_matches_the_workbook() -> None:
    """Published: R package episheet: 67.5 in 100,000, 7.5 to 128. By hand:

    Standard error √(41/28010² + 15/19017²) = 0.000306, so 6.75 ± 6.00 in 10,000.
    """
    found = rate_difference(*FLUOROSCOPY, per=10_000)
    assert parts(found) == pytest.approx((6.75, 0.75, 12.75), abs=0.005)


@pytest.mark.parametrize("counts", [FLUOROSCOPY, (325, 83062, 170, 102202), (1, 400, 3, 900)])
def test_rates_compared_agree_with_statsmodels(counts: tuple[int, int, int, int]) -> None:
    ratio, difference = rate_ratio(*counts), rate_difference(*counts, per=1)
    log_oracle = confint_poisson_2indep(*counts, compare="ratio", method="wald-log")
    oracle = confint_poisson_2indep(*counts, compare="diff", method="wald")
    assert (ratio.low, ratio.high) == pytest.approx(log_oracle, rel=1e-9)
    assert (difference.low, difference.high) == pytest.approx(oracle, rel=1e-9)


def test_risk_ratio_matches_a_calculation_by_hand() -> None:
    """By hand:

    ln 1.8178 = 0.5976, standard error √(1/189 − 1/11034 + 1/104 − 1/11037) = 0.12135, so
    exp(0.5976 ± 0.2378).
    """
    assert parts(risk_ratio(*ASPIRIN)) == pytest.approx((1.818, 1.433, 2.306), abs=0.001)


def test_risk_difference_matches_newcombe() -> None:
    """Published: Newcombe 1998, Statistics in Medicine 17:873–890, table II, method 10."""
    assert parts(risk_difference(56, 70, 48, 80)) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert parts(risk_difference(9, 10, 3, 10)) == pytest.approx((0.6, 0.1705, 0.8090), abs=5e-5)


@pytest.mark.parametrize("counts", [ASPIRIN, (7, 40, 11, 38), (1, 9, 5, 12)])
def test_risks_compared_agree_with_statsmodels(counts: tuple[int, int, int, int]) -> None:
    events, n, reference_events, reference_n = counts
    ratio, difference = risk_ratio(*counts), risk_difference(*counts)
    table = Table2x2([[events, n - events], [reference_events, reference_n - reference_events]])
    oracle = confint_proportions_2indep(*counts, compare="diff", method="newcomb")
    assert ratio.value == pytest.approx(table.riskratio)
    assert (ratio.low, ratio.high) == pytest.approx(table.riskratio_confint(), rel=1e-9)
    assert (difference.low, difference.high) == pytest.approx(oracle, rel=1e-9)


def test_difference_of_risks_needs_no_event() -> None:
    assert risk_difference(0, 20, 0, 20).value == 0.0


def test_higher_level_gives_a_wider_interval() -> None:
    assert rate_ratio(*FLUOROSCOPY, level=0.99).low < rate_ratio(*FLUOROSCOPY).low


@pytest.mark.parametrize("compare", [rate_ratio, risk_ratio])
def test_ratio_without_events_is_refused(compare) -> None:
    with pytest.raises(ValueError, match="got 0 and 4 events; a ratio needs at least one"):
        compare(0, 20, 4, 20)


def test_intervals_that_would_have_no_width_are_refused() -> None:
    with pytest.raises(ValueError, match="got no event on either side"):
        rate_difference(0, 30, 0, 30)
    with pytest.raises(ValueError, match="got everybody with the event on both sides"):
        risk_ratio(20, 20, 10, 10)
    assert rate_difference(0, 30, 1, 30).high > rate_difference(0, 30, 1, 30).low


def test_rate_of_parts_of_events_is_refused() -> None:
    with pytest.raises(ValueError, match=r"count: got 2\.5; it must be a whole number"):
        rate(2.5, 30)


def test_blank_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="got nan events of 3; both must be numbers"):
        rate_ratio(float("nan"), 3, 2, 3)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="got 0 as time or people at risk"):
        rate(3, 0)
    with pytest.raises(ValueError, match="got -1 events; there must be at least 0"):
        rate_difference(-1, 20, 3, 20)
    with pytest.raises(ValueError, match="got 21 events; there must be at least 0 and at most 20"):
        risk_ratio(21, 20, 3, 20)
    with pytest.raises(ValueError, match=r"level: got 95; write 95% as 0\.95"):
        rate(3, 10, level=95)
