"""Intraclass correlations of several raters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from carebook.methods.agreement import Agreement, intraclass_correlation

# Shrout and Fleiss (1979), Table 2: six targets, four judges.
JUDGES = pd.DataFrame(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    columns=list("ABCD"),
)


def rounded(found: Agreement, places: int) -> tuple[float, float, float]:
    """Return value and interval, rounded."""
    return round(found.value, places), round(found.low, places), round(found.high, places)


def test_judges_agree_as_published() -> None:
    """Published: Shrout and Fleiss 1979, ICC(2,1) 0.29 and ICC(3,1) 0.71.

    The intervals (0.019 to 0.76, 0.342 to 0.95) are printed by the R package psych for this
    table.
    """
    strict = intraclass_correlation(JUDGES)
    assert rounded(strict, 2) == (0.29, 0.02, 0.76)
    assert round(strict.low, 3) == 0.019
    lenient = intraclass_correlation(JUDGES, "consistency")
    assert rounded(lenient, 2) == (0.71, 0.34, 0.95)
    assert round(lenient.low, 3) == 0.342
    assert (strict.rows, strict.raters) == (6, 4)


def test_mean_squares_are_those_of_an_analysis_of_variance() -> None:
    """Oracle: statsmodels' analysis of variance, and the formulas of Shrout and Fleiss."""
    chance = np.random.default_rng(5)
    numbers = chance.normal(50, 9, (30, 1)) + chance.normal(0, 6, (30, 3)) + np.array([0, 4, 9])
    long = pd.DataFrame(numbers).rename_axis("row").reset_index().melt("row", var_name="rater")
    table = anova_lm(ols("value ~ C(row) + C(rater)", long).fit())
    between, raters, rest = table["sum_sq"] / table["df"]
    strict = (between - rest) / (between + 2 * rest + 3 * (raters - rest) / 30)
    lenient = (between - rest) / (between + 2 * rest)
    ratings = pd.DataFrame(numbers)
    assert intraclass_correlation(ratings).value == pytest.approx(strict)
    assert intraclass_correlation(ratings, "consistency").value == pytest.approx(lenient)


def test_stricter_rater_lowers_agreement_and_leaves_consistency() -> None:
    milder = JUDGES.assign(A=JUDGES["A"] + 20)
    before, after = (intraclass_correlation(each, "consistency") for each in (JUDGES, milder))
    assert after.value == pytest.approx(before.value)
    assert intraclass_correlation(milder).value < intraclass_correlation(JUDGES).value


def test_another_scale_changes_nothing() -> None:
    for kind in ("agreement", "consistency"):
        plain = intraclass_correlation(JUDGES, kind)
        scaled = intraclass_correlation(JUDGES * 10 + 1e4, kind)
        assert rounded(scaled, 6) == rounded(plain, 6)


def test_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """True agreement 100 / (100 + 25 + 75) = 0.5, strictness of raters drawn anew each time."""
    chance, held = np.random.default_rng(3), {"agreement": 0, "consistency": 0}
    truth = {"agreement": 100 / 200, "consistency": 100 / 175}
    for _ in range(400):
        strict = chance.normal(0, 5, (1, 6))
        numbers = chance.normal(0, 10, (40, 1)) + strict + chance.normal(0, 75**0.5, (40, 6))
        for kind, true in truth.items():
            found = intraclass_correlation(pd.DataFrame(numbers), kind)
            held[kind] += found.low <= true <= found.high
    assert 0.92 <= held["agreement"] / 400 <= 0.98
    assert 0.92 <= held["consistency"] / 400 <= 0.98


def test_refuses_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="allowed are agreement, consistency"):
        intraclass_correlation(JUDGES, "kappa")
    with pytest.raises(ValueError, match="A is blank"):
        intraclass_correlation(JUDGES.assign(A=JUDGES["A"].where(JUDGES["A"] > 6)))
    with pytest.raises(ValueError, match="give 2 or more"):
        intraclass_correlation(JUDGES[["A"]])
    with pytest.raises(ValueError, match="nothing is left over"):
        intraclass_correlation(pd.DataFrame({"A": [1, 2, 3], "B": [1.1, 2.1, 3.1]}))
    with pytest.raises(ValueError, match="all rows have the same mean"):
        intraclass_correlation(pd.DataFrame({"A": [1, 2, 1, 2], "B": [2, 1, 2, 1]}))
    with pytest.raises(ValueError, match="one is infinite"):
        intraclass_correlation(pd.DataFrame({"A": [1, 2, 3.0], "B": [1, 4, np.inf]}))
    with pytest.raises(ValueError, match="two raters have the same name"):
        intraclass_correlation(JUDGES.set_axis(list("ABAD"), axis="columns"))
    with pytest.raises(ValueError, match="level"):
        intraclass_correlation(JUDGES, level=95)
