"""An association told apart by level, and by which came first."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from carebook.data import load
from carebook.data.simulate.ward_months import SIMULATION
from carebook.methods.levels import from_unit_mean, lagged, three_levels, unit_means


@cache
def months() -> pd.DataFrame:
    return load("ward_months")


def three_wards() -> pd.DataFrame:
    """Return wards that fall as a group while each of them rises."""
    return pd.DataFrame(
        {
            "unit": ["ash", "ash", "birch", "birch", "cedar", "cedar"],
            "month": [1, 2, 1, 2, 1, 2],
            "x": [0.0, 2.0, 2.0, 4.0, 4.0, 6.0],
            "y": [9.0, 11.0, 5.0, 7.0, 1.0, 3.0],
        }
    )


def test_slopes_by_hand_fall_between_units_and_rise_within_them() -> None:
    """By hand: means (1, 10), (3, 6), (5, 2) give −2; each ward rises by 2 for 2, so 1 within.

    All rows: squares of x are 2·8 between and 6 within, so (16·(−2) + 6·1) / 22.
    """
    wards = three_wards()
    found = three_levels(wards["y"], wards["x"], wards["unit"])
    assert found["slope"].tolist() == pytest.approx([-26 / 22, -2.0, 1.0])
    assert found["correlation"].tolist()[1:] == pytest.approx([-1.0, 1.0])
    assert found["n"].tolist() == [6, 3, 6]


def test_within_slope_is_that_of_a_regression_with_an_effect_for_each_unit() -> None:
    table = months().query("month <= 8 and hospital in ['H01', 'H02', 'H03']")
    found = three_levels(table["experience"], table["burnout"], table["unit"])
    oracle = smf.ols("experience ~ burnout + C(unit)", table).fit()
    assert found.loc["within units", "slope"] == pytest.approx(oracle.params["burnout"])


def test_between_slope_is_that_of_a_regression_on_the_means() -> None:
    table = months()
    found = three_levels(table["mortality_ratio"], table["engagement"], table["unit"])
    means = table.groupby("unit")[["mortality_ratio", "engagement"]].mean()
    oracle = smf.ols("mortality_ratio ~ engagement", means).fit()
    row = found.loc["between units"]
    assert row["slope"] == pytest.approx(oracle.params["engagement"])
    assert [row["low"], row["high"]] == pytest.approx(oracle.conf_int().loc["engagement"].tolist())


def test_intervals_hold_the_truth_of_the_simulation() -> None:
    table = months()
    found = three_levels(table["mortality_ratio"], table["engagement"], table["unit"])
    for level in ("between", "within"):
        row = found.loc[f"{level} units"]
        assert row["low"] < SIMULATION.truth(f"{level}_slope") < row["high"]


def test_units_with_more_rows_count_once_between_units() -> None:
    wards = three_wards()
    longer = pd.concat([wards, wards[wards["unit"] == "ash"]], ignore_index=True)
    found = three_levels(longer["y"], longer["x"], longer["unit"])
    assert found.loc["between units", "slope"] == pytest.approx(-2.0)


def test_row_labels_may_be_of_any_kind() -> None:
    wards = three_wards().set_index(pd.Index(list("fedcba")))
    found = three_levels(wards["y"], wards["x"], wards["unit"])
    assert found.loc["within units", "slope"] == pytest.approx(1.0)


def test_distance_from_a_unit_mean_that_is_rounding_error_is_none() -> None:
    flat = pd.Series([0.1, 0.1, 0.1, 0.3])
    units = pd.Series(["a", "a", "a", "b"])
    assert from_unit_mean(flat, units).tolist() == [0, 0, 0, 0]
    assert unit_means(flat, units).tolist() == pytest.approx([0.1, 0.3])


def echo(strength: float = 1.0) -> pd.DataFrame:
    """Return 200 units in which y is what x was a month before, whatever the unit is like."""
    chance = np.random.default_rng(1)
    unit, month = np.repeat(np.arange(200), 24), np.tile(np.arange(1, 25), 200)
    table = pd.DataFrame({"unit": unit, "month": month, "x": chance.normal(size=4800)})
    before = table.groupby("unit")["x"].shift(1).fillna(0)
    table["y"] = strength * before + 5 * unit + chance.normal(size=4800)
    table["x"] += 5 * unit
    return table


def test_lag_finds_what_follows_and_not_what_goes_before() -> None:
    table = echo()
    forwards = lagged(table["x"], table["y"], table["unit"], table["month"])
    backwards = lagged(table["y"], table["x"], table["unit"], table["month"])
    assert forwards["low"] < 1.0 < forwards["high"]
    assert abs(backwards["slope"]) < 0.05
    assert forwards["n"] == 200 * 23


def test_what_differs_for_good_looks_like_a_lag_in_both_directions() -> None:
    table = echo(strength=0.0)
    for one, other in (("x", "y"), ("y", "x")):
        found = lagged(table[one], table[other], table["unit"], table["month"], within=False)
        assert found["correlation"] > 0.9


def test_pairs_are_found_by_month_whatever_the_order_and_the_gaps() -> None:
    table = echo().query("not (unit == 0 and month == 10)")
    shuffled = table.sample(frac=1, random_state=2)
    one, other = (
        lagged(each["x"], each["y"], each["unit"], each["month"], 2) for each in (table, shuffled)
    )
    assert one["n"] == other["n"] == 200 * 22 - 2
    assert one["correlation"] == pytest.approx(other["correlation"])


def test_lag_of_none_is_the_association_in_the_same_month() -> None:
    table = echo()
    found = lagged(table["x"], table["y"], table["unit"], table["month"], 0)
    same = three_levels(table["y"], table["x"], table["unit"]).loc["within units"]
    assert found["slope"] == pytest.approx(same["slope"])
    assert found["high"] == pytest.approx(same["high"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda w: (w["x"], w["y"], w["unit"], w["month"], -1), "lag: got -1"),
        (lambda w: (w["x"], w["y"], w["unit"], w["month"], 0.5), "lag: got 0.5"),
        (lambda w: (w["x"], w["y"], w["unit"], w["month"].astype(str)), "months: give whole"),
        (lambda w: (w["x"], w["y"], w["unit"], w["month"] / 2), "months: give whole"),
        (lambda w: (w["x"], w["y"], w["unit"], w["month"], 5), "fewer than 3 units with a pair"),
        (lambda w: (w["x"], w["y"], w["unit"], 0 * w["month"]), "unit ash has month 0 twice"),
        (lambda w: (w["x"][1:], w["y"], w["unit"], w["month"]), "units: its row labels differ"),
        (lambda w: (w["x"], w["y"].where(w["y"] > 1), w["unit"], w["month"]), "row 4 has a blank"),
    ],
)
def test_lags_that_cannot_be_found_are_refused(change, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lagged(*change(three_wards()))


def test_too_few_units_and_flat_levels_are_refused() -> None:
    wards = three_wards()
    two = wards[wards["unit"] != "ash"]
    with pytest.raises(ValueError, match="units: got 2; at least 3"):
        three_levels(two["y"], two["x"], two["unit"])
    with pytest.raises(ValueError, match="within units: the predictor never varies"):
        three_levels(wards["y"], unit_flat(wards), wards["unit"])
    with pytest.raises(ValueError, match="within units: the outcome never varies"):
        three_levels(unit_flat(wards), wards["y"], wards["unit"])


def unit_flat(wards: pd.DataFrame) -> pd.Series:
    return wards.groupby("unit")["x"].transform("mean")
