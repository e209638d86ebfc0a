"""Admissions give the staffing effect back only when case mix and units are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data.simulate.admissions import SIMULATION, expected


def intervals(table: pd.DataFrame, adjust: bool) -> pd.DataFrame:
    """Return estimates and 95% intervals of log odds, cluster-robust by unit if adjusted."""
    causes = pd.DataFrame({"patients": table["patients_per_nurse"]})
    if adjust:
        causes["graduates"] = table["graduate_nurses"] / 10.0
        risk = table["predicted_risk"] / 100.0
        causes["risk"] = np.log(risk / (1.0 - risk))
    options = (
        {"cov_type": "cluster", "cov_kwds": {"groups": pd.factorize(table["unit"])[0]}}
        if adjust
        else {}
    )
    fit = sm.Logit(table["died_30_days"].astype(float), sm.add_constant(causes)).fit(
        disp=0, **options
    )
    return fit.conf_int().set_axis(["low", "high"], axis=1)


@pytest.fixture(scope="module")
def admitted() -> pd.DataFrame:
    return SIMULATION.table()


def test_adjusted_model_recovers_every_stated_effect(admitted: pd.DataFrame) -> None:
    found = intervals(admitted, adjust=True)
    names = {
        "patients": "per_extra_patient",
        "graduates": "per_ten_points_graduates",
        "risk": "predicted_risk_slope",
    }
    for column, name in names.items():
        assert found.loc[column, "low"] < SIMULATION.truth(name) < found.loc[column, "high"]


def test_crude_odds_ratio_hides_the_harm_of_thin_staffing(admitted: pd.DataFrame) -> None:
    found = intervals(admitted, adjust=False)
    assert found.loc["patients", "high"] < SIMULATION.truth("per_extra_patient")


def test_better_staffed_units_have_sicker_patients(admitted: pd.DataFrame) -> None:
    means = admitted.groupby("unit")[["patients_per_nurse", "predicted_risk"]].mean()
    assert means.corr().iloc[0, 1] < -0.3


def test_deaths_avoided_by_one_patient_fewer_are_as_stated() -> None:
    avoided = []
    for seed in range(4):
        _, log_odds = expected(np.random.Generator(np.random.PCG64(seed)))
        fewer = log_odds - SIMULATION.truth("per_extra_patient")
        avoided.append(1000 * np.mean(1 / (1 + np.exp(-log_odds)) - 1 / (1 + np.exp(-fewer))))
    assert np.mean(avoided) == pytest.approx(
        SIMULATION.truth("deaths_avoided_per_thousand"), abs=0.06
    )
