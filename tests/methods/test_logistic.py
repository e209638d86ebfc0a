"""Logistic regression against arithmetic and against statsmodels."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data import load
from carebook.methods.logistic import logistic_regression

# Doll and Hill 1950, British Medical Journal 2:739–748: men with and without lung cancer, as the
# R package contingencytables has them.
SMOKERS_ILL, SMOKERS_WELL, OTHERS_ILL, OTHERS_WELL = 647, 622, 2, 27


def four_cells() -> tuple[pd.Series, pd.DataFrame]:
    """Return Doll and Hill's men, one row a man."""
    ill = np.repeat([1, 0, 1, 0], [SMOKERS_ILL, SMOKERS_WELL, OTHERS_ILL, OTHERS_WELL])
    smoker = np.repeat([1, 1, 0, 0], [SMOKERS_ILL, SMOKERS_WELL, OTHERS_ILL, OTHERS_WELL])
    return pd.Series(ill), pd.DataFrame({"smoker": smoker})


def test_one_yes_or_no_gives_the_odds_ratio_of_a_published_table() -> None:
    """By hand: the odds ratio is ad/bc, its standard error Woolf's (1955)."""
    found = logistic_regression(*four_cells()).loc["smoker"]
    ratio = SMOKERS_ILL * OTHERS_WELL / (SMOKERS_WELL * OTHERS_ILL)
    cells = (SMOKERS_ILL, SMOKERS_WELL, OTHERS_ILL, OTHERS_WELL)
    assert found["estimate"] == pytest.approx(log(ratio))
    assert found["error"] == pytest.approx(sqrt(sum(1 / each for each in cells)))


def test_logistic_regression_agrees_with_statsmodels() -> None:
    table = load("ed_attendances").head(8000)
    died = table["later_outcome"] == "died"
    predictors = pd.DataFrame(
        {"hours": table["minutes_in_department"] / 60, "severity": table["severity"]}
    )
    oracle = sm.Logit(died.astype(float), sm.add_constant(predictors)).fit(disp=0)
    found = logistic_regression(died, predictors)
    assert found["estimate"].to_numpy() == pytest.approx(oracle.params.to_numpy(), abs=1e-6)
    assert found[["low", "high"]].to_numpy() == pytest.approx(
        oracle.conf_int().to_numpy(), abs=1e-5
    )


def test_predictor_far_from_zero_fits_as_well_as_any() -> None:
    """Moving a predictor moves the constant alone; its unit scales its estimate alone."""
    outcome, predictors = four_cells()
    plain = logistic_regression(outcome, predictors)
    moved = logistic_regression(outcome, 1e6 * (predictors + 2000))
    slope = plain.loc["smoker", "estimate"]
    assert 1e6 * moved.loc["smoker", "estimate"] == pytest.approx(slope)
    assert 1e6 * moved.loc["smoker", "error"] == pytest.approx(plain.loc["smoker", "error"])
    constant = plain.loc["constant", "estimate"] - 2000 * slope
    assert moved.loc["constant", "estimate"] == pytest.approx(constant)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda yes, table: (yes + 1, table), "outcome: it holds something other than True"),
        (lambda yes, table: (0 * yes, table), "outcome: yes and no must both occur"),
        (lambda yes, table: (yes[:0], table[:0]), "outcome: yes and no must both occur"),
        (lambda yes, table: (yes, table.assign(site=1)), "predictors: site never varies"),
        (lambda yes, table: (yes, table.assign(constant=yes)), "one is called constant"),
    ],
)
def test_what_cannot_be_fitted_is_refused(change, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        logistic_regression(*change(*four_cells()))


def test_predictor_that_divides_without_exception_is_refused() -> None:
    outcome = pd.Series([0, 0, 1, 1])
    with pytest.raises(ValueError, match="the fit does not settle"):
        logistic_regression(outcome, pd.DataFrame({"same": outcome}))


def test_predictor_that_repeats_another_is_refused() -> None:
    outcome, predictors = four_cells()
    with pytest.raises(ValueError, match="repeats another"):
        logistic_regression(outcome, predictors.assign(again=predictors["smoker"]))


def test_blanks_are_refused() -> None:
    outcome, predictors = four_cells()
    blank = predictors["smoker"].astype("float64").where(predictors.index != 3)
    with pytest.raises(ValueError, match="there are blanks"):
        logistic_regression(outcome, predictors.assign(smoker=blank))


def test_rows_of_another_table_are_refused() -> None:
    outcome, predictors = four_cells()
    with pytest.raises(ValueError, match="row labels differ"):
        logistic_regression(outcome.iloc[1:], predictors)
