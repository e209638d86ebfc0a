"""Pooling of study results."""

from __future__ import annotations

from math import isnan, log

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from carebook.data import load
from carebook.methods.pooling import (
    Pool,
    is_ratio,
    pool_fixed,
    pool_groups,
    pool_random,
    pool_rows,
    standard_error_from_interval,
)

# Thirteen trials of BCG vaccine (Colditz et al. 1994, JAMA 271:698–702): tuberculosis and
# people in the vaccinated and in the control arm.
BCG = np.array(
    [
        [4, 123, 11, 139],
        [6, 306, 29, 303],
        [3, 231, 11, 220],
        [62, 13598, 248, 12867],
        [33, 5069, 47, 5808],
        [180, 1541, 372, 1451],
        [8, 2545, 10, 629],
        [505, 88391, 499, 88391],
        [29, 7499, 45, 7277],
        [17, 1716, 65, 1665],
        [186, 50634, 141, 27338],
        [5, 2498, 3, 2341],
        [27, 16913, 29, 17854],
    ],
    dtype="float64",
)


def bcg() -> tuple[np.ndarray, np.ndarray]:
    """Return the trials' risk ratios and the standard errors of their logarithms."""
    cases, people, control_cases, controls = BCG.T
    ratios = (cases / people) / (control_cases / controls)
    variances = 1 / cases - 1 / people + 1 / control_cases - 1 / controls
    return ratios, np.sqrt(variances)


def published() -> pd.DataFrame:
    """Return the twenty studies of Panagioti et al. 2017."""
    table = load("study_level")
    return table[table["meta_id"] == "panagioti2017"]


def rounded(pool: Pool) -> tuple[float, float, float]:
    """Return the estimate and its interval to three decimals."""
    return round(pool.estimate, 3), round(pool.low, 3), round(pool.high, 3)


def test_all_interventions_pool_to_the_published_effect() -> None:
    """Published: Panagioti et al. 2017, JAMA Internal Medicine 177:195–205 (−0.29, I² 30%)."""
    pool = pool_rows(published())
    assert pool.k == 20
    assert rounded(pool) == (-0.289, -0.419, -0.159)
    assert round(pool.i2, 1) == 29.6


def test_groups_of_interventions_pool_to_the_published_effects() -> None:
    """Published: Panagioti et al. 2017 (organisation −0.45, physicians −0.18)."""
    pools = pool_groups(published(), "subgroup")
    assert list(pools) == ["organisation-directed", "physician-directed"]
    assert [pool.k for pool in pools.values()] == [8, 12]
    assert rounded(pools["organisation-directed"]) == (-0.446, -0.619, -0.274)
    assert rounded(pools["physician-directed"]) == (-0.178, -0.322, -0.035)


def test_bcg_trials_pool_to_the_published_ratio() -> None:
    """Published: metafor's dat.bcg, method DL: log ratio −0.7141, tau² 0.3088, I² 92.12%."""
    pool = pool_random(*bcg(), ratio=True)
    assert log(pool.estimate) == pytest.approx(-0.7141, abs=5e-5)
    assert log(pool.low) == pytest.approx(-1.0644, abs=5e-5)
    assert log(pool.high) == pytest.approx(-0.3638, abs=5e-5)
    assert pool.tau2 == pytest.approx(0.3088, abs=5e-5)
    assert pool.i2 == pytest.approx(92.12, abs=5e-3)
    assert pool.q == pytest.approx(152.23, abs=5e-3)


@pytest.mark.parametrize("model", ["fixed", "random"])
def test_pools_agree_with_statsmodels(model: str) -> None:
    rows = published()
    errors = standard_error_from_interval(rows["ci_low"], rows["ci_high"])
    oracle = combine_effects(rows["estimate"].to_numpy(), errors**2, method_re="dl")
    summary = oracle.summary_frame().loc[f"{model} effect"]
    pool = pool_rows(rows, model)
    assert (pool.estimate, pool.low, pool.high) == pytest.approx(
        (summary["eff"], summary["ci_low"], summary["ci_upp"]), abs=1e-12
    )
    assert pool.q == pytest.approx(oracle.q)
    expected = oracle.weights_fe if model == "fixed" else oracle.weights_re
    assert pool.weights == pytest.approx(expected / expected.sum())


def test_fixed_pool_matches_a_calculation_by_hand() -> None:
    """By hand: weights 1/1² and 1/0.5² are 1 and 4; (0 + 4 × 10) / 5 = 8; error 1/√5."""
    pool = pool_fixed([0, 10], [1, 0.5])
    assert pool.estimate == pytest.approx(8)
    assert pool.weights == pytest.approx((0.2, 0.8))
    assert pool.high - pool.estimate == pytest.approx(1.959964 / np.sqrt(5), abs=1e-6)


def test_random_pool_matches_a_calculation_by_hand() -> None:
    """By hand, two studies 0 and 4 with error 1: Q 8, I² 7/8, tau² (8 − 1)/(2 − 2/2) = 7."""
    pool = pool_random([0, 4], [1, 1])
    assert (pool.q, pool.i2, pool.tau2) == pytest.approx((8, 87.5, 7))
    assert pool.estimate == pytest.approx(2)
    assert pool.high - 2 == pytest.approx(1.959964 * 2, abs=1e-5)


def test_studies_that_agree_have_no_heterogeneity() -> None:
    pool = pool_random([1, 1.1, 0.9], [1, 1, 1])
    assert (pool.tau2, pool.i2) == (0, 0)


def test_prediction_interval_follows_higgins() -> None:
    """Formula: Higgins et al. 2009; t with k − 2 degrees of freedom on tau² plus squared error."""
    pool = pool_random(*bcg(), ratio=True)
    error = (log(pool.high) - log(pool.low)) / (2 * stats.norm.ppf(0.975))
    reach = stats.t.ppf(0.975, 11) * np.sqrt(pool.tau2 + error**2)
    assert log(pool.prediction_high) == pytest.approx(log(pool.estimate) + reach)
    assert log(pool.prediction_low) == pytest.approx(log(pool.estimate) - reach)


def test_prediction_interval_needs_three_studies_and_a_random_effect() -> None:
    assert isnan(pool_random([0, 4], [1, 1]).prediction_low)
    assert isnan(pool_fixed([0, 4, 2], [1, 1, 1]).prediction_high)


def test_ratio_and_its_inverse_pool_to_inverse_results() -> None:
    ratios, errors = bcg()
    pool, inverse = (
        pool_random(ratios, errors, ratio=True),
        pool_random(1 / ratios, errors, ratio=True),
    )
    assert inverse.estimate == pytest.approx(1 / pool.estimate)
    assert inverse.low == pytest.approx(1 / pool.high)


def test_standard_error_is_the_width_over_3_92() -> None:
    """By hand: an interval from −1.96 to 1.96 is 3.92 wide and has a standard error of 1."""
    assert standard_error_from_interval(-1.96, 1.96) == pytest.approx(1.0, abs=1e-4)


def test_standard_error_of_a_ratio_is_taken_on_the_log_scale() -> None:
    """By hand: from e^−1.96 to e^1.96, a standard error of 1."""
    limits = np.exp([-1.96, 1.96])
    assert standard_error_from_interval(*limits, ratio=True) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(
    ("low", "high", "ratio", "message"),
    [
        (np.nan, 1, False, "a limit is missing"),
        (2, 1, False, "every lower limit must be below"),
        (-0.1, 1, True, "lower limit must be above 0"),
    ],
)
def test_impossible_interval_is_refused(low: float, high: float, ratio: bool, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        standard_error_from_interval(low, high, ratio)


@pytest.mark.parametrize(
    ("estimates", "errors", "ratio", "message"),
    [
        ([], [], False, "estimates: got 0 with 0"),
        ([1, 2], [1], False, "estimates: got 2 with 1"),
        ([1, 2], [1, 0], False, "each must be a number above 0"),
        ([1, np.nan], [1, 1], False, "beside a known estimate"),
        ([1, -2], [1, 1], True, "a ratio must be above 0"),
    ],
)
def test_impossible_studies_are_refused(
    estimates: list[float], errors: list[float], ratio: bool, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        pool_random(estimates, errors, ratio=ratio)


def test_ratio_rows_are_pooled_as_ratios() -> None:
    rows = pd.DataFrame(
        {
            "measure": ["OR", "OR"],
            "estimate": [2.0, 2.0],
            "ci_low": [1.0, 1.0],
            "ci_high": [4.0, 4.0],
        }
    )
    assert is_ratio(rows)
    assert pool_rows(rows).estimate == pytest.approx(2.0)


def test_mixed_measures_are_refused() -> None:
    rows = pd.DataFrame({"measure": ["OR", "SMD"]})
    with pytest.raises(ValueError, match="got OR, SMD; ratios and differences cannot be pooled"):
        is_ratio(rows)


def test_rows_without_an_interval_are_named() -> None:
    rows = published().reset_index(drop=True)
    rows.loc[3, "ci_low"] = np.nan
    with pytest.raises(ValueError, match="row 3 has no estimate or no interval"):
        pool_rows(rows)


def test_unknown_model_is_refused() -> None:
    with pytest.raises(ValueError, match="model: got 'mixed'; allowed are random, fixed"):
        pool_rows(published(), model="mixed")
