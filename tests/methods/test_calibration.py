"""Calibration against hand values, statsmodels and the truth that was put in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.data import load
from carebook.methods.calibration import (
    brier_score,
    calibration_groups,
    calibration_line,
    log_odds,
    recalibrated,
)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return load("deterioration_alerts").head(15_000)


def test_log_odds_of_even_risk_are_0_and_keep_labels() -> None:
    assert log_odds(0.5) == 0
    found = log_odds(pd.Series({"a": 0.75, "b": 0.1}))
    assert found.to_dict() == pytest.approx({"a": np.log(3), "b": -np.log(9)})


def test_line_is_that_of_statsmodels(table: pd.DataFrame) -> None:
    import statsmodels.api as sm

    design = sm.add_constant(np.log(table["score"] / (1 - table["score"])))
    oracle = sm.Logit(table["deteriorated"].astype(float), design).fit(disp=False)
    found = calibration_line(table["score"], table["deteriorated"])
    limits = oracle.conf_int()
    for estimate, name in ((found.intercept, "const"), (found.slope, "score")):
        assert estimate.value == pytest.approx(oracle.params[name])
        assert [estimate.low, estimate.high] == pytest.approx(limits.loc[name].tolist())


def test_slope_holds_the_truth_put_in(table: pd.DataFrame) -> None:
    found = calibration_line(table["score"], table["deteriorated"]).slope
    assert found.low < 0.70 < found.high


def test_calibrated_risks_have_slope_1_and_intercept_0() -> None:
    rng = np.random.default_rng(2)
    risk = pd.Series(rng.beta(2, 8, 40_000).clip(0.001, 0.999))
    found = calibration_line(risk, pd.Series(rng.random(40_000) < risk))
    assert found.slope.value == pytest.approx(1, abs=0.05)
    assert found.intercept.value == pytest.approx(0, abs=0.08)
    assert found.observed_to_expected.value == pytest.approx(1, abs=0.03)


def test_observed_to_expected_is_outcomes_over_summed_risks() -> None:
    risk = pd.Series([0.1, 0.2, 0.3, 0.4])
    found = calibration_line(risk, pd.Series([0, 1, 0, 1])).observed_to_expected
    assert found.value == pytest.approx(2.0)
    # Exact Poisson limits of 2 events: 0.2422 and 7.2247.
    assert (found.low, found.high) == pytest.approx((0.2422, 7.2247), abs=0.0001)


def test_recalibrated_risks_lie_on_the_line(table: pd.DataFrame) -> None:
    line = calibration_line(table["score"], table["deteriorated"])
    new = recalibrated(table["score"], line)
    assert new.sum() == pytest.approx(table["deteriorated"].sum())
    again = calibration_line(new, table["deteriorated"])
    assert again.slope.value == pytest.approx(1)
    assert again.intercept.value == pytest.approx(0, abs=1e-6)


def test_groups_hold_mean_risk_against_what_happened() -> None:
    risk = pd.Series([0.4, 0.1, 0.3, 0.2], index=list("wxyz"))
    found = calibration_groups(risk, pd.Series([1, 0, 1, 0], index=list("wxyz")), groups=2)
    assert found["people"].tolist() == [2, 2]
    assert found["predicted"].tolist() == pytest.approx([0.15, 0.35])
    assert found["observed"].tolist() == [0, 1]
    assert (found["low"] <= found["observed"]).all()


def test_people_of_equal_risk_stay_together() -> None:
    risk = pd.Series([0.1] * 6 + [0.2, 0.3])
    found = calibration_groups(risk, pd.Series([0, 1] * 4), groups=4)
    assert found["people"].sum() == 8
    assert found["people"].max() >= 6


def test_people_who_all_have_one_risk_are_one_group() -> None:
    found = calibration_groups(pd.Series([0.1] * 4), pd.Series([0, 1, 0, 0]), groups=3)
    assert found[["people", "predicted", "observed"]].to_numpy().tolist() == [[4, 0.1, 0.25]]


def test_row_labels_may_stand_twice() -> None:
    labels = [1, 1, 2, 2]
    risk, ill = pd.Series([0.4, 0.1, 0.3, 0.2], labels), pd.Series([1, 0, 1, 0], labels)
    assert calibration_groups(risk, ill, groups=2)["observed"].tolist() == [0, 1]


def test_brier_score_is_the_mean_squared_distance() -> None:
    assert brier_score(pd.Series([0.2, 0.6]), pd.Series([0, 1])) == pytest.approx(0.1)
    assert brier_score(pd.Series([0.25] * 4), pd.Series([0, 0, 0, 1])) == pytest.approx(0.1875)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: log_odds(1.0), "has no log odds"),
        (lambda: brier_score(pd.Series([20, 60]), pd.Series([0, 1])), "risk row 0: got 20"),
        (
            lambda: calibration_groups(pd.Series([0.1, 40.0]), pd.Series([0, 1]), groups=2),
            r"risk row 1: got 40\.0",
        ),
        (lambda: log_odds(pd.Series([0.1, None])), "one is blank"),
        (
            lambda: calibration_groups(pd.Series([0.1]), pd.Series([1]), groups=1),
            "groups: got 1",
        ),
        (
            lambda: calibration_line(pd.Series([0.1, 0.0]), pd.Series([1, 0])),
            "has no log odds",
        ),
    ],
)
def test_what_is_no_risk_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
