"""Linear regression agrees with certified values, with statsmodels and with a sum by hand."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data import load
from carebook.methods.linear import linear_regression

# NIST, Statistical Reference Datasets, Longley: certified estimates and standard deviations.
CERTIFIED = {
    "constant": (-3482258.63459582, 890420.383607373),
    "GNPDEFL": (15.0618722713733, 84.9149257747669),
    "GNP": (-0.0358191792925910, 0.0334910077722432),
    "UNEMP": (-2.02022980381683, 0.488399681651699),
    "ARMED": (-1.03322686717359, 0.214274163161675),
    "POP": (-0.0511041056535807, 0.226073200069370),
    "YEAR": (1829.15146461355, 455.478499142212),
}


@cache
def months() -> pd.DataFrame:
    return load("ward_months").query("month <= 6").reset_index(drop=True)


def line() -> tuple[pd.Series, pd.DataFrame]:
    return pd.Series([1.0, 2.0, 4.0, 5.0]), pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0]})


def test_longley_gives_the_values_certified_by_nist() -> None:
    table = sm.datasets.longley.load_pandas()
    found = linear_regression(table.endog, table.exog)
    for name, (estimate, error) in CERTIFIED.items():
        assert found.loc[name, "estimate"] == pytest.approx(estimate, rel=1e-7), name
        assert found.loc[name, "error"] == pytest.approx(error, rel=1e-7), name


def test_slope_and_error_by_hand() -> None:
    """Deviations in x −1.5 to 1.5, products 7, squares 5: slope 1.4; residuals squared add to 0.2.

    So the error is the root of (0.2 / 2) / 5, and t with two degrees of freedom is 4.302653.
    """
    row = linear_regression(*line()).loc["x"]
    assert row["estimate"] == pytest.approx(1.4)
    assert row["error"] == pytest.approx(np.sqrt(0.02))
    assert row["high"] - row["estimate"] == pytest.approx(4.302653 * np.sqrt(0.02), rel=1e-6)


def test_intervals_by_clusters_agree_with_statsmodels() -> None:
    table = months()
    names = ["burnout", "depression"]
    found = linear_regression(table["observed_errors"], table[names], table["unit"])
    oracle = sm.OLS(table["observed_errors"], sm.add_constant(table[names])).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(table["unit"])[0]}, use_t=True
    )
    limits = oracle.conf_int()
    for name in names:
        assert found.loc[name, "estimate"] == pytest.approx(oracle.params[name])
        assert found.loc[name, "error"] == pytest.approx(oracle.bse[name])
        assert found.loc[name, "low"] == pytest.approx(limits.loc[name, 0])
        assert found.loc[name, "high"] == pytest.approx(limits.loc[name, 1])


def test_without_clusters_intervals_agree_with_statsmodels() -> None:
    table = months()
    found = linear_regression(table["experience"], table[["staffing", "burnout"]], level=0.9)
    oracle = sm.OLS(table["experience"], sm.add_constant(table[["staffing", "burnout"]])).fit()
    assert found["error"].to_numpy() == pytest.approx(oracle.bse.to_numpy())
    assert found["low"].to_numpy() == pytest.approx(oracle.conf_int(0.1)[0].to_numpy())


def test_rows_that_repeat_themselves_leave_clustered_intervals_as_they_were() -> None:
    table = months().query("month == 1")
    once = linear_regression(table["experience"], table[["burnout"]], table["unit"])
    copies = pd.concat([table] * 5, ignore_index=True)
    again = linear_regression(copies["experience"], copies[["burnout"]], copies["unit"])
    plain = linear_regression(copies["experience"], copies[["burnout"]])
    assert again.loc["burnout", "error"] == pytest.approx(once.loc["burnout", "error"], rel=0.01)
    assert plain.loc["burnout", "error"] < 0.5 * once.loc["burnout", "error"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda y, x: (y, x.assign(same=3.3)), "same never varies"),
        (lambda y, x: (y, x.assign(twice=2 * x["x"])), "one repeats another"),
        (lambda y, x: (y, x.assign(constant=[1, 2, 3, 5])), "one is called constant"),
        (lambda y, x: (y.where(y > 1), x), "blank or infinite"),
        (lambda y, x: (y / 0, x), "blank or infinite"),
        (lambda y, x: (y.iloc[1:], x), "predictors: its row labels differ"),
        (lambda y, x: (y[:2], x[:2]), "2 rows for 1 predictors"),
        (lambda y, x: (y, pd.concat([x, x], axis=1)), "two have the same name"),
        (lambda y, x: (y, x, pd.Series(["a"] * 4)), "clusters: got 1 for 1 predictors"),
        (lambda y, x: (y, x, pd.Series(list("aabb"))), "clusters: got 2 for 1 predictors"),
        (lambda y, x: (y, x.astype("string") + "%"), "a value is no number"),
        (lambda y, x: (y, x, pd.Series(["a", "b", None, "a"])), "clusters: there are blanks"),
        (lambda y, x: (y, x, pd.Series(["a", "b"])), "clusters: its row labels differ"),
        (lambda y, x: (y, x, None, 95), "level"),
    ],
)
def test_what_cannot_be_fitted_is_refused(change, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        linear_regression(*change(*line()))


def test_predictors_that_nearly_repeat_each_other_agree_with_statsmodels() -> None:
    chance = np.random.default_rng(0)
    one = chance.normal(size=200)
    other = one + 3e-7 * chance.normal(size=200)
    table = pd.DataFrame({"one": one, "other": other})
    outcome = pd.Series(1 + one + chance.normal(size=200))
    found = linear_regression(outcome, table)
    oracle = sm.OLS(outcome, sm.add_constant(table)).fit()
    assert found["error"].to_numpy()[1:] == pytest.approx(oracle.bse.to_numpy()[1:], rel=1e-6)


def test_nullable_columns_and_repeated_row_labels_give_what_plain_ones_give() -> None:
    outcome, predictors = line()
    unit = pd.Series(["a", "b", "c", "d"])
    plain = linear_regression(outcome, predictors, unit)
    same = [0, 0, 1, 1]
    found = linear_regression(
        outcome.astype("Int64").set_axis(same),
        predictors.astype("Int64").set_axis(same),
        unit.astype("category").set_axis(same),
    )
    pd.testing.assert_frame_equal(found, plain)
