"""Clustered errors against statsmodels, and against what copying a table does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.methods.clustered import clustered_logistic
from carebook.methods.logistic import logistic_regression


def wards(count: int = 60, size: int = 25) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    """Return outcomes of people in wards with luck of their own, two predictors and the wards."""
    rng = np.random.default_rng(8)
    ward = np.repeat(np.arange(count), size)
    workload = rng.normal(8, 1.5, count)[ward]
    age = rng.normal(70, 12, count * size)
    log_odds = -1.5 + 0.1 * (workload - 8) + 0.03 * (age - 70) + rng.normal(0, 0.6, count)[ward]
    died = pd.Series(rng.random(count * size) < 1 / (1 + np.exp(-log_odds)))
    return died, pd.DataFrame({"workload": workload, "age": age}), pd.Series(ward).add(100)


def test_clustered_errors_agree_with_statsmodels() -> None:
    died, predictors, ward = wards()
    oracle = sm.Logit(died.astype(float), sm.add_constant(predictors)).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": ward}
    )
    found = clustered_logistic(died, predictors, ward)
    assert found["estimate"].to_numpy() == pytest.approx(oracle.params.to_numpy(), abs=1e-6)
    assert found["error"].to_numpy() == pytest.approx(oracle.bse.to_numpy(), rel=1e-6)
    assert found[["low", "high"]].to_numpy() == pytest.approx(
        oracle.conf_int().to_numpy(), abs=1e-5
    )


def test_clustered_errors_are_those_of_generalised_estimating_equations() -> None:
    """Statsmodels' GEE with working independence leaves the small-sample correction out."""
    died, predictors, ward = wards()
    oracle = sm.GEE(
        died.astype(float), sm.add_constant(predictors), ward, family=sm.families.Binomial()
    ).fit()
    people, count, estimates = len(died), ward.nunique(), 3
    correction = count / (count - 1) * (people - 1) / (people - estimates)
    found = clustered_logistic(died, predictors, ward)
    assert found["error"].to_numpy() == pytest.approx(
        oracle.bse.to_numpy() * correction**0.5, rel=1e-6
    )


def test_everybody_copied_four_times_tells_no_more_than_before() -> None:
    """By hand: copies within their cluster double the naive precision and nothing else."""
    died, predictors, _ = wards()
    person = pd.Series(died.index, index=died.index)
    again = np.tile(died.index, 4)
    copies = [each.loc[again].reset_index(drop=True) for each in (died, predictors, person)]
    once, often = logistic_regression(died, predictors), logistic_regression(*copies[:2])
    assert often["error"].to_numpy() == pytest.approx(once["error"].to_numpy() / 2, rel=1e-6)
    honest = clustered_logistic(died, predictors, person)["error"]
    kept = clustered_logistic(*copies)["error"]
    assert kept.to_numpy() == pytest.approx(honest.to_numpy(), rel=2e-3)


def test_ward_level_predictor_gets_a_wider_interval_than_a_personal_one() -> None:
    died, predictors, ward = wards()
    naive = logistic_regression(died, predictors)["error"]
    wider = clustered_logistic(died, predictors, ward)["error"] / naive
    assert wider["workload"] > 1.25
    assert wider["age"] < 1.1


def test_predictor_far_from_zero_is_fitted_as_well_as_any() -> None:
    died, predictors, ward = wards()
    plain = clustered_logistic(died, predictors, ward).loc["age"]
    moved = clustered_logistic(died, predictors.assign(age=predictors["age"] + 1e6), ward)
    assert moved.loc["age"].to_numpy() == pytest.approx(plain.to_numpy(), rel=1e-4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda ward: ward.iloc[1:], "row labels differ"),
        (lambda ward: ward.astype("float64").where(ward != 101), "there are blanks"),
        (lambda ward: ward % 3, "got 3 for 3 estimates"),
    ],
)
def test_clusters_that_cannot_be_used_are_refused(change, message: str) -> None:
    died, predictors, ward = wards()
    with pytest.raises(ValueError, match=message):
        clustered_logistic(died, predictors, change(ward))
