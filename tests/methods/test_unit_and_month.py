"""A rate ratio with an effect for each unit and each month."""

from __future__ import annotations

from functools import cache
from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from carebook.data import load
from carebook.data.simulate.infection_months import SIMULATION
from carebook.methods.unit_and_month import unit_and_month_ratio


@cache
def months() -> pd.DataFrame:
    table = load("infection_months")
    return table[~table["month"].between(13, 18)]


def running(table: pd.DataFrame) -> pd.Series:
    return table["month"] >= table["programme_start"].fillna(99)


def four(*infections: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": ["ash", "ash", "birch", "birch"],
            "month": [1, 2, 1, 2],
            "infections": infections,
            "line_days": [1000, 2000, 500, 500],
        }
    )


def test_two_units_and_two_months_give_the_ratio_of_ratios() -> None:
    """By hand: ash (8/2000)/(10/1000) = 0.4 and birch (4/500)/(5/500) = 0.8, so 0.5."""
    found = unit_and_month_ratio(four(10, 8, 5, 4), pd.Series([False, True, False, False]))
    assert found.value == pytest.approx(0.5)


def test_interval_is_blank_when_effects_use_up_every_row() -> None:
    found = unit_and_month_ratio(four(10, 8, 5, 4), pd.Series([False, True, False, False]))
    assert np.isnan([found.low, found.high]).all()


def test_ratio_and_interval_agree_with_statsmodels() -> None:
    table = months()
    effects = pd.get_dummies(table[["unit", "month"]].astype(str), drop_first=True, dtype=float)
    design = effects.assign(constant=1.0, programme=running(table).astype(float))
    fitted = sm.GLM(
        table["infections"],
        design,
        sm.families.Poisson(),
        offset=np.log(table["line_days"]),
    ).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(table["unit"])[0], "use_correction": False},
    )
    found = unit_and_month_ratio(table, running(table))
    error = fitted.bse["programme"] * sqrt(60 / 59)
    reach = stats.t.ppf(0.975, 59) * error
    assert log(found.value) == pytest.approx(fitted.params["programme"], abs=1e-6)
    assert log(found.high) == pytest.approx(fitted.params["programme"] + reach, abs=1e-6)
    assert log(found.low) == pytest.approx(fitted.params["programme"] - reach, abs=1e-6)


def test_truth_lies_in_the_interval_when_the_months_of_the_choice_are_left_out() -> None:
    found = unit_and_month_ratio(months(), running(months()))
    assert found.low < SIMULATION.truth("programme_ratio") < found.high


def test_units_without_any_infection_change_nothing() -> None:
    silent = pd.DataFrame({"unit": "cedar", "month": [1, 2], "infections": 0, "line_days": 700})
    table = pd.concat([four(10, 8, 5, 4), silent], ignore_index=True)
    runs = pd.Series([False, True, False, False, False, False])
    assert unit_and_month_ratio(table, runs).value == pytest.approx(0.5)


def test_categories_without_a_row_change_nothing() -> None:
    table, kinds = months(), pd.CategoricalDtype([*months()["unit"].unique(), "no such unit"])
    found = unit_and_month_ratio(table.astype({"unit": kinds}), running(table))
    assert found == unit_and_month_ratio(table, running(table))


def test_blanks_are_refused() -> None:
    table, runs = four(10, 8, 5, 4), pd.Series([False, True, None, False], dtype="boolean")
    with pytest.raises(ValueError, match="running row 2: running is blank"):
        unit_and_month_ratio(table, runs)
    with pytest.raises(ValueError, match="table row 3: line_days is blank"):
        unit_and_month_ratio(table.assign(line_days=[1, 2, 3, None]), runs.fillna(False))


def test_programme_without_any_infection_is_refused() -> None:
    with pytest.raises(ValueError, match="no infection where the programme runs"):
        unit_and_month_ratio(four(10, 0, 5, 4), pd.Series([False, True, False, False]))


@pytest.mark.parametrize("everywhere", [True, False])
def test_programme_that_runs_everywhere_or_nowhere_is_refused(everywhere: bool) -> None:
    with pytest.raises(ValueError, match="cannot be told from units and months"):
        unit_and_month_ratio(four(10, 8, 5, 4), pd.Series([everywhere] * 4))


def test_programme_that_starts_in_all_units_at_once_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be told from units and months"):
        unit_and_month_ratio(four(10, 8, 5, 4), pd.Series([False, True, False, True]))


def test_rows_of_another_table_are_refused() -> None:
    with pytest.raises(ValueError, match="running: its row labels differ"):
        unit_and_month_ratio(four(1, 2, 3, 4), pd.Series([True], index=[9]))


def test_table_without_months_is_refused() -> None:
    with pytest.raises(KeyError, match="table: missing month"):
        unit_and_month_ratio(four(1, 2, 3, 4).drop(columns="month"), pd.Series([True] * 4))
