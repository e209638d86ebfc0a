"""Unit months show a slope between units that is absent within them, and errors with two faces."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data.simulate.ward_months import SIMULATION


def interval(outcome: pd.Series, cause: pd.Series, groups: pd.Series | None) -> tuple[float, float]:
    """Return the slope's 95% interval, cluster-robust if `groups` are given."""
    model = sm.OLS(outcome, sm.add_constant(cause.rename("cause")))
    if groups is None:
        fit = model.fit(cov_type="HC3")
    else:
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(groups)[0]})
    low, high = fit.conf_int().loc["cause"]
    return float(low), float(high)


def error_intervals(table: pd.DataFrame, outcome: str, causes: list[str]) -> pd.DataFrame:
    """Return 95% intervals of log rates per patient-day, cluster-robust by unit."""
    fit = sm.GLM(
        table[outcome],
        sm.add_constant(table[causes]),
        family=sm.families.Poisson(),
        offset=np.log(table["patient_days"]),
    ).fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(table["unit"])[0]})
    return fit.conf_int().set_axis(["low", "high"], axis=1)


@pytest.fixture(scope="module")
def months() -> pd.DataFrame:
    return SIMULATION.table()


def test_slope_between_units_is_present_and_as_stated(months: pd.DataFrame) -> None:
    means = months.groupby("unit")[["engagement", "mortality_ratio"]].mean()
    low, high = interval(means["mortality_ratio"], means["engagement"], None)
    assert low < SIMULATION.truth("between_slope") < high < 0.0


def test_slope_within_units_is_zero_and_the_pooled_slope_says_otherwise(
    months: pd.DataFrame,
) -> None:
    columns = months[["engagement", "mortality_ratio"]]
    within = columns - columns.groupby(months["unit"]).transform("mean")
    low, high = interval(within["mortality_ratio"], within["engagement"], months["unit"])
    _, naive_high = interval(months["mortality_ratio"], months["engagement"], months["unit"])
    assert low < SIMULATION.truth("within_slope") < high
    assert naive_high < SIMULATION.truth("within_slope")


def test_burnout_leaves_observed_errors_alone_once_depression_is_known(
    months: pd.DataFrame,
) -> None:
    naive = error_intervals(months, "observed_errors", ["burnout"]).loc["burnout"]
    sound = error_intervals(months, "observed_errors", ["burnout", "depression"])
    burnout, depression = sound.loc["burnout"], sound.loc["depression"]
    assert naive["low"] > SIMULATION.truth("burnout_on_observed_errors")
    assert burnout["low"] < SIMULATION.truth("burnout_on_observed_errors") < burnout["high"]
    truth = SIMULATION.truth("depression_on_observed_errors")
    assert depression["low"] < truth < depression["high"]


def test_burnout_raises_reported_errors_as_stated(months: pd.DataFrame) -> None:
    found = error_intervals(months, "reported_errors", ["burnout", "depression"]).loc["burnout"]
    assert found["low"] < SIMULATION.truth("burnout_on_reported_errors") < found["high"]


def test_every_unit_has_every_month_once(months: pd.DataFrame) -> None:
    assert len(months) == 150 * 36
    assert not months.duplicated(["unit", "month"]).any()
    assert not months.isna().any(axis=None)
