"""Consultations give back a small effect of empathy, not the large one of raw ratings."""

from __future__ import annotations

import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data.simulate.consultations import SIMULATION

ADJUSTED = ["baseline_hba1c", "continuity", "age"]


def intervals(table: pd.DataFrame, causes: list[str]) -> pd.DataFrame:
    """Return 95% intervals of slopes on HbA1c, cluster-robust by clinician."""
    fit = sm.OLS(table["hba1c"], sm.add_constant(table[causes])).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(table["clinician"])[0]}
    )
    return fit.conf_int().set_axis(["low", "high"], axis=1)


@pytest.fixture(scope="module")
def seen() -> pd.DataFrame:
    return SIMULATION.table()


def test_observer_rating_adjusted_and_corrected_recovers_the_effect(seen: pd.DataFrame) -> None:
    found = intervals(seen, ["empathy_observer", *ADJUSTED]).loc["empathy_observer"]
    corrected = found / SIMULATION.truth("observer_reliability")
    assert corrected["low"] < SIMULATION.truth("empathy_on_hba1c") < corrected["high"]


def test_continuity_effect_is_recovered_after_adjustment(seen: pd.DataFrame) -> None:
    found = intervals(seen, ["continuity", "empathy_observer", "baseline_hba1c", "age"])
    low, high = found.loc["continuity"]
    assert low < SIMULATION.truth("continuity_on_hba1c") < high


def test_raw_patient_rating_makes_the_effect_too_large(seen: pd.DataFrame) -> None:
    found = intervals(seen, ["empathy_patient"]).loc["empathy_patient"]
    assert found["high"] < SIMULATION.truth("empathy_on_hba1c")


def test_adjusted_patient_rating_is_diluted_until_corrected(seen: pd.DataFrame) -> None:
    found = intervals(seen, ["empathy_patient", *ADJUSTED]).loc["empathy_patient"]
    corrected = found / SIMULATION.truth("patient_reliability")
    truth = SIMULATION.truth("empathy_on_hba1c")
    assert found["low"] > truth
    assert corrected["low"] < truth < corrected["high"]


def test_worse_diabetes_goes_with_lower_patient_ratings_as_stated(seen: pd.DataFrame) -> None:
    fit = sm.OLS(
        seen["empathy_patient"], sm.add_constant(seen[["baseline_hba1c", "empathy_observer"]])
    ).fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(seen["clinician"])[0]})
    low, high = fit.conf_int().loc["baseline_hba1c"]
    assert low < SIMULATION.truth("illness_on_rating") < high
