"""Shares of clinic time come back from the diaries, if minutes and clinicians are counted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from carebook.data.simulate.clinic_days import SIMULATION

Numbers = npt.NDArray[np.float64]


def by_clinician(table: pd.DataFrame, chosen: pd.Series) -> tuple[Numbers, Numbers]:
    """Return the chosen minutes and all minutes in clinic hours, one value a clinician."""
    clinic = table[~table["after_hours"]]
    counted = clinic["minutes"].where(chosen[clinic.index], 0).groupby(clinic["clinician"]).sum()
    total = clinic.groupby("clinician")["minutes"].sum()
    return counted.to_numpy(float), total.to_numpy(float)


def bootstrap_interval(part: Numbers, whole: Numbers) -> tuple[float, float]:
    """Return the 95% interval of summed part over summed whole, drawing whole clinicians."""
    drawn = np.random.default_rng(1).integers(0, len(part), (1000, len(part)))
    low, high = np.quantile(part[drawn].sum(axis=1) / whole[drawn].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def naive_interval(table: pd.DataFrame, chosen: pd.Series) -> tuple[float, float]:
    """Return the 95% interval of a share of time that takes tasks as independent."""
    clinic = table[~table["after_hours"]]
    minutes, picked = clinic["minutes"].to_numpy(float), chosen[clinic.index].to_numpy()
    share = (minutes * picked).sum() / minutes.sum()
    error = np.sqrt(((minutes * picked - share * minutes) ** 2).sum()) / minutes.sum()
    return float(share - 1.96 * error), float(share + 1.96 * error)


def evening_minutes(table: pd.DataFrame) -> pd.Series:
    """Return evening minutes of the clinician-days that have any."""
    evening = table[table["after_hours"]]
    return evening.groupby(["clinician", "day"])["minutes"].sum()


@pytest.mark.parametrize(
    ("tasks", "truth"),
    [
        (["face to face"], "share_face_to_face"),
        (["record"], "share_record"),
        (["record", "inbox"], "share_record_and_inbox"),
    ],
)
def test_shares_of_minutes_by_clinician_recover_the_stated_shares(
    tasks: list[str], truth: str
) -> None:
    table = SIMULATION.table()
    low, high = bootstrap_interval(*by_clinician(table, table["task"].isin(tasks)))
    assert low <= SIMULATION.truth(truth) <= high


def test_broad_definition_of_care_recovers_the_stated_share() -> None:
    table = SIMULATION.table()
    low, high = bootstrap_interval(*by_clinician(table, table["about_patient"]))
    assert low <= SIMULATION.truth("share_about_patient") <= high


def test_counting_entries_misses_the_share_of_record_time() -> None:
    table = SIMULATION.table()
    clinic = table[~table["after_hours"]]
    share = float(clinic["task"].eq("record").mean())
    error = np.sqrt(share * (1 - share) / len(clinic))
    assert share + 1.96 * error < SIMULATION.truth("share_record")


def test_interval_that_takes_tasks_as_independent_is_too_narrow() -> None:
    truth, covered, runs = SIMULATION.truth("share_face_to_face"), {"naive": 0, "sound": 0}, 120
    for seed in range(1000, 1000 + runs):
        table = SIMULATION.table(seed)
        chosen = table["task"].eq("face to face")
        low, high = naive_interval(table, chosen)
        covered["naive"] += low <= truth <= high
        low, high = bootstrap_interval(*by_clinician(table, chosen))
        covered["sound"] += low <= truth <= high
    assert covered["naive"] / runs < 0.87
    assert covered["sound"] / runs >= 0.90


def test_evening_work_over_all_days_recovers_the_stated_minutes() -> None:
    table = SIMULATION.table()
    days = table.drop_duplicates(["clinician", "day"]).groupby("clinician").size()
    minutes = evening_minutes(table).groupby("clinician").sum().reindex(days.index, fill_value=0)
    low, high = bootstrap_interval(minutes.to_numpy(float), days.to_numpy(float))
    assert low <= SIMULATION.truth("after_hours_minutes") <= high


def test_evening_work_over_days_with_an_entry_is_overstated() -> None:
    minutes = evening_minutes(SIMULATION.table())
    low = minutes.mean() - 1.96 * minutes.std() / np.sqrt(len(minutes))
    assert low > SIMULATION.truth("after_hours_minutes")


def test_tasks_of_a_day_follow_one_another() -> None:
    table = SIMULATION.table()
    day = table.groupby(["clinician", "day"], sort=False)
    ends = (table["start"] + table["minutes"]).groupby([table["clinician"], table["day"]]).shift()
    assert day["start"].first().eq(510).all()
    assert (table["start"] >= ends.fillna(0)).all()
    assert table["start"].max() < 1440
