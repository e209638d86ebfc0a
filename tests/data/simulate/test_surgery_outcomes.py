"""Funnel and CUSUM find the hospitals whose mortality is truly raised; crude rates do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from carebook.data.simulate.surgery_outcomes import IMPROVING, RAISED, SICKEST, SIMULATION

THRESHOLD = 8.0


def totals(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["operations", "expected_deaths", "observed_deaths"]
    return table.groupby("hospital")[columns].sum()


def ratio_interval(observed: pd.Series, expected: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return exact Poisson 95% limits of observed over expected deaths."""
    low = stats.chi2.ppf(0.025, 2 * observed) / 2 / expected
    high = stats.chi2.ppf(0.975, 2 * observed + 2) / 2 / expected
    return low, high


def first_signal(deaths: pd.DataFrame, ratio: float) -> int | None:
    """Return the first month in which a Poisson CUSUM for `ratio` passes the threshold."""
    total = 0.0
    for row in deaths.itertuples():
        weight = row.observed_deaths * np.log(ratio) - (ratio - 1) * row.expected_deaths
        total = max(0.0, total + weight)
        if total > THRESHOLD:
            return int(row.month)
    return None


def test_funnel_on_standardised_ratios_flags_exactly_the_raised_hospitals() -> None:
    hospitals = totals(SIMULATION.table())
    observed, expected = hospitals["observed_deaths"], hospitals["expected_deaths"]
    high = stats.poisson.sf(observed - 1, expected) < 0.001
    low = stats.poisson.cdf(observed, expected) < 0.001
    assert tuple(hospitals.index[high]) == RAISED
    assert not low.any()


def test_standardised_ratios_recover_the_raised_ratio() -> None:
    hospitals = totals(SIMULATION.table()).loc[list(RAISED)]
    low, high = ratio_interval(hospitals["observed_deaths"], hospitals["expected_deaths"])
    truth = SIMULATION.truth("raised_ratio")
    assert (low <= truth).all()
    assert (high >= truth).all()


def test_league_table_of_crude_rates_names_none_of_the_raised_hospitals() -> None:
    hospitals = totals(SIMULATION.table())
    crude = (hospitals["observed_deaths"] / hospitals["operations"]).sort_values(ascending=False)
    assert crude.index[0] == SICKEST
    assert not set(crude.index[:4]) & set(RAISED)


def test_hospital_with_the_sickest_patients_is_as_good_as_expected() -> None:
    sickest = totals(SIMULATION.table()).loc[[SICKEST]]
    low, high = ratio_interval(sickest["observed_deaths"], sickest["expected_deaths"])
    truth = SIMULATION.truth("usual_ratio")
    assert low.item() <= truth <= high.item()


def test_cusum_signals_at_the_raised_hospitals_and_at_none_of_usual_mortality() -> None:
    table = SIMULATION.table()
    ratio = SIMULATION.truth("raised_ratio")
    signals = {name: first_signal(part, ratio) for name, part in table.groupby("hospital")}
    found = {name for name, month in signals.items() if month is not None}
    assert found - {IMPROVING} == set(RAISED)


def test_trend_of_the_improving_hospital_is_found_where_its_average_hides_it() -> None:
    table = SIMULATION.table()
    rows = table[table["hospital"] == IMPROVING]
    ratio = rows["observed_deaths"].sum() / rows["expected_deaths"].sum()
    # Deaths over expected deaths in a straight line, each month weighted by its expected deaths.
    line = sm.WLS(
        rows["observed_deaths"] / rows["expected_deaths"],
        sm.add_constant((rows["month"] - 1) / 59),
        weights=rows["expected_deaths"],
    )
    low, high = line.fit().conf_int().loc["month"]
    truth = SIMULATION.truth("improving_last") - SIMULATION.truth("improving_first")
    assert 0.8 < ratio < 1.2
    assert low <= truth <= high < 0


def test_expected_deaths_are_operations_times_mean_risk() -> None:
    table = SIMULATION.table()
    product = table["operations"] * table["mean_risk"]
    assert np.allclose(table["expected_deaths"], product, atol=0.0005)
