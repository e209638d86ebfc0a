"""Cronbach's alpha, McDonald's omega and item statistics."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.multivariate.factor import Factor

from carebook.methods.one_factor import one_factor_loadings
from carebook.methods.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    item_rest_correlation,
    mcdonald_omega,
)

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])

# Variances 2.5 each; covariances a-b 2, a-c 1.25, b-c 0.25 (sums of products 8, 5, 1 over 4).
BY_HAND = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [2, 1, 3, 5, 4], "c": [1, 3, 5, 2, 4]})


def answers(loadings: np.ndarray = LOADINGS, people: int = 400, seed: int = 4) -> pd.DataFrame:
    """Return simulated answers with one common factor."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(people, 1)) * loadings
    own = random.normal(size=(people, len(loadings))) * np.sqrt(1 - loadings**2)
    names = [f"item_{number}" for number in range(1, len(loadings) + 1)]
    return pd.DataFrame(common + own, columns=names)


def exact_answers(correlation: np.ndarray, people: int = 50) -> pd.DataFrame:
    """Return answers whose correlations are exactly those given."""
    noise = np.random.default_rng(1).normal(size=(people, len(correlation)))
    white, _ = np.linalg.qr(noise - noise.mean(axis=0))
    return pd.DataFrame(white @ np.linalg.cholesky(correlation).T).add_prefix("item_")


def one_factor_correlation() -> np.ndarray:
    """Return the correlations that `LOADINGS` imply."""
    correlation = np.outer(LOADINGS, LOADINGS)
    np.fill_diagonal(correlation, 1.0)
    return correlation


def test_hand_table_has_the_covariances_it_states() -> None:
    covariance = BY_HAND.cov().to_numpy()
    assert covariance.tolist() == [[2.5, 2.0, 1.25], [2.0, 2.5, 0.25], [1.25, 0.25, 2.5]]


def test_alpha_matches_a_calculation_by_hand() -> None:
    """By hand: variances 7.5, all nine cells 14.5; alpha = 3/2 × (1 − 7.5/14.5) = 21/29."""
    assert cronbach_alpha(BY_HAND).value == pytest.approx(21 / 29)


def test_alpha_of_identical_items_is_one() -> None:
    twins = pd.DataFrame({"a": [1, 2, 3, 5], "b": [1, 2, 3, 5]})
    assert cronbach_alpha(twins).value == pytest.approx(1.0)


def test_alpha_falls_when_an_item_points_the_wrong_way() -> None:
    right = answers()
    wrong = right.assign(item_1=-right["item_1"])
    assert cronbach_alpha(wrong).value < cronbach_alpha(right).value - 0.2


def test_feldt_interval_matches_the_f_distribution() -> None:
    """Formula: Feldt, Woodruff and Salih 1987; (1 − alpha) times quantiles of F(4, 8)."""
    alpha = cronbach_alpha(BY_HAND)
    upper, lower = stats.f.ppf([0.025, 0.975], 4, 8)
    assert (alpha.low, alpha.high) == pytest.approx((1 - lower * 8 / 29, 1 - upper * 8 / 29))


def test_feldt_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Four parallel items with correlation 0.5 have alpha 4 × 0.5 / (1 + 3 × 0.5) = 0.8."""
    parallel = np.full(4, np.sqrt(0.5))
    covered = [
        alpha.low < 0.8 < alpha.high
        for alpha in (cronbach_alpha(answers(parallel, 60, seed)) for seed in range(300))
    ]
    assert 0.91 < np.mean(covered) < 0.99


def test_bootstrap_interval_lies_near_feldts() -> None:
    items = answers()
    feldt, bootstrap = cronbach_alpha(items), cronbach_alpha(items, interval="bootstrap")
    assert bootstrap.low == pytest.approx(feldt.low, abs=0.03)
    assert bootstrap.high == pytest.approx(feldt.high, abs=0.03)


def test_bootstrap_interval_is_the_same_every_time() -> None:
    items = answers(people=50)
    first = cronbach_alpha(items, interval="bootstrap", resamples=50)
    assert first == cronbach_alpha(items, interval="bootstrap", resamples=50)


def test_complete_rows_leave_out_anybody_with_a_blank() -> None:
    items = pd.concat([BY_HAND, pd.DataFrame({"a": [9.0], "b": [np.nan], "c": [1.0]})])
    alpha = cronbach_alpha(items)
    assert (alpha.rows, alpha.items) == (5, 3)
    assert alpha.value == pytest.approx(21 / 29)


def test_pairwise_rows_count_the_pair_that_fewest_answered() -> None:
    """By hand: six people answered a and c, five answered b with either."""
    items = pd.concat([BY_HAND, pd.DataFrame({"a": [3.0], "b": [np.nan], "c": [3.0]})])
    alpha = cronbach_alpha(items, missing="pairwise")
    assert alpha.rows == 5
    # Variances 2, 2.5 and 2; covariances a-b 2, a-c 1, b-c 0.25; 6.5 of 13 in all.
    assert alpha.value == pytest.approx(0.75)


def test_alpha_if_dropped_is_the_alpha_of_the_others() -> None:
    dropped = alpha_if_dropped(BY_HAND)
    for item in BY_HAND:
        assert dropped[item] == pytest.approx(cronbach_alpha(BY_HAND.drop(columns=item)).value)


def test_item_rest_correlation_matches_pandas() -> None:
    items = answers()
    found = item_rest_correlation(items)
    for item in items:
        rest = items.drop(columns=item).sum(axis="columns")
        assert found[item] == pytest.approx(items[item].corr(rest))


def test_loadings_are_recovered_from_an_exact_matrix() -> None:
    assert one_factor_loadings(one_factor_correlation()) == pytest.approx(LOADINGS, abs=1e-6)


def test_omega_matches_a_calculation_by_hand() -> None:
    """By hand: (0.8+0.7+0.6+0.5)² = 6.76; own variances 0.36+0.51+0.64+0.75 = 2.26; 6.76/9.02."""
    omega = mcdonald_omega(exact_answers(one_factor_correlation()))
    assert omega.value == pytest.approx(6.76 / 9.02, abs=1e-6)
    assert np.isnan(omega.low)


def test_omega_weighs_items_by_their_spread() -> None:
    """By hand, first item ten times as wide: (8+0.7+0.6+0.5)² = 96.04; own 36+0.51+0.64+0.75."""
    items = exact_answers(one_factor_correlation())
    wide = items.assign(item_0=10 * items["item_0"])
    assert mcdonald_omega(wide).value == pytest.approx(96.04 / (96.04 + 37.9), abs=1e-6)


def test_loadings_agree_with_principal_axes_of_statsmodels() -> None:
    """Iterated principal axes settle on the minimum-residual solution."""
    items = answers()
    oracle = Factor(items.to_numpy(), n_factor=1, method="pa").fit(maxiter=5000, tol=1e-12)
    found = one_factor_loadings(items.corr().to_numpy())
    assert found == pytest.approx(np.abs(oracle.loadings[:, 0]), abs=1e-6)


def test_omega_agrees_with_maximum_likelihood_of_statsmodels() -> None:
    items = answers()
    loadings = Factor(items.to_numpy(), n_factor=1, method="ml").fit().loadings[:, 0]
    spread = items.std().to_numpy()
    common = (loadings * spread).sum() ** 2
    oracle = common / (common + ((1 - loadings**2) * spread**2).sum())
    assert mcdonald_omega(items).value == pytest.approx(oracle, abs=0.005)


def test_omega_equals_alpha_when_all_items_say_equally_much() -> None:
    """Known result: under equal loadings and variances alpha is omega."""
    correlation = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    items = exact_answers(correlation)
    assert mcdonald_omega(items).value == pytest.approx(0.8, abs=1e-6)
    assert cronbach_alpha(items).value == pytest.approx(0.8, abs=1e-6)


def test_omega_interval_holds_its_value() -> None:
    omega = mcdonald_omega(answers(), resamples=100)
    assert omega.low < omega.value < omega.high


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (BY_HAND[["a"]], "items: got 1; reliability needs at least two"),
        (BY_HAND.head(2), "only 2 people"),
        (BY_HAND.assign(b=3), "'b' has the same answer everywhere"),
    ],
)
def test_alpha_refuses_what_it_cannot_use(items: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cronbach_alpha(items)


def test_unknown_options_are_refused_with_the_allowed_ones() -> None:
    with pytest.raises(ValueError, match="missing: got 'mean'; allowed are complete, pairwise"):
        cronbach_alpha(BY_HAND, missing="mean")
    with pytest.raises(ValueError, match="interval: got 'exact'; allowed are feldt, bootstrap"):
        cronbach_alpha(BY_HAND, interval="exact")


def test_too_few_items_are_refused() -> None:
    with pytest.raises(ValueError, match="one common factor needs at least three"):
        mcdonald_omega(BY_HAND[["a", "b"]])
    with pytest.raises(ValueError, match="dropping one must leave at least two"):
        alpha_if_dropped(BY_HAND[["a", "b"]])
