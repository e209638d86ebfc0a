"""The risk-adjusted CUSUM."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pandas as pd
import pytest

from carebook.data import load
from carebook.data.simulate.surgery_outcomes import IMPROVING, RAISED
from carebook.methods.cusum import cusum, cusum_weights, signalling

MONTHS = pd.Index([1, 2, 3, 4])
OBSERVED = pd.Series([0, 3, 1, 4], index=MONTHS)
EXPECTED = pd.Series([1.0, 1.0, 1.0, 1.0], index=MONTHS)


def test_chart_follows_a_path_worked_out_by_hand() -> None:
    """By hand with ratio 2: weights are deaths × 0.6931 − 1, and the chart stops at 0."""
    chart = cusum(OBSERVED, EXPECTED, 2.0, 1.0)
    assert list(chart.values) == pytest.approx([0.0, 1.0794, 0.7726, 2.5452], abs=1e-4)
    assert chart.signals == (2, 4)
    assert list(chart.values.index) == [1, 2, 3, 4]


def test_restarted_chart_begins_again_at_zero() -> None:
    """By hand: after the signal in month 2, month 3 weighs −0.3069, so it stays at 0."""
    chart = cusum(OBSERVED, EXPECTED, 2.0, 1.0, restart=True)
    assert list(chart.values) == pytest.approx([0.0, 1.0794, 0.0, 1.7726], abs=1e-4)
    assert chart.signals == (2, 4)


def test_restarted_chart_signals_every_time() -> None:
    high = pd.Series([9, 9, 9, 9], index=MONTHS)
    assert cusum(high, EXPECTED, 2.0, 1.0).signals == (1,)
    assert cusum(high, EXPECTED, 2.0, 1.0, restart=True).signals == (1, 2, 3, 4)


def test_chart_for_lowered_mortality_rises_when_fewer_die() -> None:
    """By hand with ratio 0.5: no death weighs +0.5, one death −0.6931 + 0.5."""
    chart = cusum(pd.Series([0, 0, 1]), pd.Series([1.0, 1.0, 1.0]), 0.5, 5.0)
    assert list(chart.values) == pytest.approx([0.5, 1.0, 0.8069], abs=1e-4)


def test_weights_have_the_reference_value_of_counted_data() -> None:
    """By hand: a weight is 0 at k = (μ₁ − μ₀) / (ln μ₁ − ln μ₀) deaths, as Lucas 1985 has it."""
    usual, raised = 4.0, 6.0
    k = (raised - usual) / (log(raised) - log(usual))
    weights = cusum_weights(np.arange(9.0), np.full(9, usual), raised / usual)
    assert weights / log(raised / usual) == pytest.approx(np.arange(9.0) - k)


def test_weights_are_log_likelihood_ratios() -> None:
    from scipy.stats import poisson

    deaths, model = np.arange(9.0), np.linspace(1, 5, 9)
    oracle = poisson.logpmf(deaths, 1.35 * model) - poisson.logpmf(deaths, model)
    assert cusum_weights(deaths, model, 1.35) == pytest.approx(oracle)


def test_chart_finds_the_raised_hospitals_alone() -> None:
    found = {
        name: cusum(rows["observed_deaths"], rows["expected_deaths"], 1.35, 8.0)
        for name, rows in load("surgery_outcomes").groupby("hospital")
    }
    assert {name for name, chart in found.items() if chart.signals} - {IMPROVING} == set(RAISED)


def test_higher_threshold_means_fewer_false_alarms_and_later_true_ones() -> None:
    months = [4.6] * 36
    false = [signalling(months, 1.35, threshold).share for threshold in (3, 4, 5)]
    delays = [signalling(months, 1.35, t, true_ratio=1.35).median_month for t in (3, 4, 5)]
    assert false == sorted(false, reverse=True)
    assert false[0] > 0.1 > 0.05 > false[2]
    assert delays == sorted(delays)


def test_signalling_agrees_with_the_chart() -> None:
    """A threshold that any death passes: 1 − exp(−0.1) of single months have one."""
    found = signalling([0.1], 2.0, 0.3, runs=20_000)
    assert found.share == pytest.approx(1 - np.exp(-0.1), abs=0.006)
    assert found.median_month == inf


def test_median_month_is_the_one_by_which_half_have_signalled() -> None:
    """A death passes the threshold; with 0.5 expected a month 39% have one in the first."""
    assert signalling([0.5, 0.5], 2.0, 0.1).median_month == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ratio": 1.0}, "ratio: got 1.0; allowed are numbers above 0 other than 1"),
        ({"ratio": -1.0}, "ratio: got -1.0"),
        ({"threshold": 0.0}, "threshold: got 0.0; it must be above 0"),
        ({"observed": pd.Series([1, 2])}, "row labels differ"),
        ({"expected": EXPECTED.mask(EXPECTED.index == 2)}, "a month is blank"),
        ({"observed": -OBSERVED}, "fewer than 0 deaths"),
        ({"ratio": float("nan")}, "ratio: got nan"),
        ({"observed": OBSERVED[::-1], "expected": EXPECTED[::-1]}, "row labels do not rise"),
        (
            {"observed": pd.concat([OBSERVED] * 2), "expected": pd.concat([EXPECTED] * 2)},
            "row label 1 stands twice",
        ),
    ],
)
def test_chart_refuses(options: dict[str, object], message: str) -> None:
    usual = {"observed": OBSERVED, "expected": EXPECTED, "ratio": 2.0, "threshold": 1.0}
    with pytest.raises(ValueError, match=message):
        cusum(**{**usual, **options})


def test_signalling_refuses_no_months() -> None:
    with pytest.raises(ValueError, match="got 2000 runs of 0 months"):
        signalling([], 2.0, 1.0)


def test_signalling_refuses_negative_mortality() -> None:
    with pytest.raises(ValueError, match="true_ratio: got -1"):
        signalling([1.0], 2.0, 1.0, true_ratio=-1)
