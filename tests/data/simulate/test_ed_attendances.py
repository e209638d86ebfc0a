"""Bunching gives back the share that the target moved; deaths need severity beside the wait."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data.simulate.ed_attendances import SIMULATION, TARGET_HOSPITALS

Numbers = npt.NDArray[np.float64]
WIDTH = 15
EDGES = np.arange(60, 601, WIDTH)
JUST_BEFORE = EDGES[1:] == 240
JUST_AFTER = (EDGES[:-1] >= 240) & (EDGES[1:] <= 300)


@pytest.fixture(scope="module")
def attendances() -> pd.DataFrame:
    return SIMULATION.table()


def under_target(table: pd.DataFrame) -> pd.Series:
    late = table["arrival"] >= SIMULATION.truth("target_start")
    return table["hospital"].isin(TARGET_HOSPITALS) & late


def counterfactual(table: pd.DataFrame, left_out: npt.NDArray[np.bool_]) -> tuple[Numbers, ...]:
    """Return counts by bin, the smooth counterfactual, and its gradient's design and covariance.

    A polynomial of degree four in log minutes, fitted to the bins that are not left out.
    """
    counts, _ = np.histogram(table["minutes_in_department"], bins=EDGES + 0.5)
    log_minutes = np.log(EDGES[1:] - WIDTH / 2)
    standard = (log_minutes - log_minutes.mean()) / log_minutes.std()
    design = np.column_stack([standard**power for power in range(5)])
    model = sm.GLM(counts[~left_out], design[~left_out], sm.families.Poisson())
    fitted = model.fit()
    smooth = np.exp((design * fitted.params).sum(axis=1))
    return counts.astype(float), smooth, smooth[:, None] * design, fitted.cov_params()


def excess_interval(
    table: pd.DataFrame, left_out: npt.NDArray[np.bool_], per: float | None = None
) -> tuple[float, float]:
    """Return the 95% interval of the excess before 240, per `per` or per expected just after."""
    counts, smooth, gradient, covariance = counterfactual(table, left_out)
    excess = counts[JUST_BEFORE].sum() - smooth[JUST_BEFORE].sum()
    slope = -gradient[JUST_BEFORE].sum(axis=0)
    whole = per or smooth[JUST_AFTER].sum()
    if per is None:
        slope = slope - excess / whole * gradient[JUST_AFTER].sum(axis=0)
    error = np.sqrt(counts[JUST_BEFORE].sum() + slope @ covariance @ slope) / whole
    return excess / whole - 1.96 * error, excess / whole + 1.96 * error


def death_slope_interval(table: pd.DataFrame, with_severity: bool) -> tuple[float, float]:
    """Return the 95% interval of the log odds of death for each hour in the department."""
    design = pd.get_dummies(table["hospital"], drop_first=True, dtype=float)
    design = design.assign(constant=1.0, hours=table["minutes_in_department"] / 60)
    if with_severity:
        design["severity"] = table["severity"]
    died = table["later_outcome"].eq("died").astype(float)
    low, high = sm.GLM(died, design, sm.families.Binomial()).fit().conf_int().loc["hours"]
    return float(low), float(high)


def test_bunching_recovers_the_share_moved(attendances: pd.DataFrame) -> None:
    table = attendances[under_target(attendances)]
    low, high = excess_interval(table, JUST_BEFORE | JUST_AFTER)
    assert low <= SIMULATION.truth("share_moved") <= high


def test_bunching_recovers_the_excess_as_a_share_of_attendances(attendances: pd.DataFrame) -> None:
    table = attendances[under_target(attendances)]
    low, high = excess_interval(table, JUST_BEFORE | JUST_AFTER, per=float(len(table)))
    assert low <= SIMULATION.truth("excess_share") <= high


def test_curve_fitted_through_the_emptied_hour_overstates_the_share_moved(
    attendances: pd.DataFrame,
) -> None:
    table = attendances[under_target(attendances)]
    low, _ = excess_interval(table, JUST_BEFORE)
    assert low > SIMULATION.truth("share_moved")


def test_hospitals_without_the_target_show_no_bunch(attendances: pd.DataFrame) -> None:
    table = attendances[~under_target(attendances)]
    low, high = excess_interval(table, JUST_BEFORE | JUST_AFTER)
    assert low <= 0 <= high


def test_deaths_adjusted_for_severity_recover_the_effect_of_an_hour(
    attendances: pd.DataFrame,
) -> None:
    low, high = death_slope_interval(attendances, with_severity=True)
    assert low <= SIMULATION.truth("death_per_hour") <= high


def test_deaths_without_severity_blame_the_wait(attendances: pd.DataFrame) -> None:
    low, _ = death_slope_interval(attendances, with_severity=False)
    assert low > SIMULATION.truth("death_per_hour")


def test_crude_comparison_of_breaches_finds_far_more_than_the_wait_can_do(
    attendances: pd.DataFrame,
) -> None:
    died = pd.crosstab(attendances["breach"], attendances["later_outcome"] == "died")
    log_ratio = np.log(died.loc[True, True] / died.loc[True, False])
    log_ratio -= np.log(died.loc[False, True] / died.loc[False, False])
    error = np.sqrt((1 / died.to_numpy()).sum())
    hours = attendances.groupby("breach")["minutes_in_department"].mean().diff().iloc[-1] / 60
    assert log_ratio - 1.96 * error > SIMULATION.truth("death_per_hour") * hours


def test_short_stay_wards_fill_just_before_the_limit(attendances: pd.DataFrame) -> None:
    target = under_target(attendances)
    last_minutes = attendances["minutes_in_department"].between(226, 240)
    short = attendances["discharge_path"].eq("short stay")
    usual, bunched = short[last_minutes & ~target], short[last_minutes & target]
    error = np.sqrt(bunched.mean() * (1 - bunched.mean()) / len(bunched))
    assert bunched.mean() - 1.96 * error > 3 * usual.mean()


def test_usual_share_within_target_agrees_with_the_model(attendances: pd.DataFrame) -> None:
    before = attendances[attendances["arrival"] < SIMULATION.truth("target_start")]
    share = 1 - before["breach"].mean()
    reach = 1.96 * np.sqrt(share * (1 - share) / len(before))
    assert abs(share - SIMULATION.truth("within_target_usual")) <= reach
