"""The trial is read rightly when units are compared, and too boldly when people are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from carebook.data.simulate.listening_trial import SIMULATION


def adjusted_difference(
    outcome: np.ndarray, baseline: np.ndarray, listening: np.ndarray
) -> tuple[float, float, int]:
    """Return the arms' difference at equal baseline, its standard error, degrees of freedom."""
    causes = np.column_stack([np.ones(len(outcome)), listening, baseline])
    inverse = np.linalg.inv(causes.T @ causes)
    slopes = inverse @ causes.T @ outcome
    freedom = len(outcome) - 3
    residual = outcome - causes @ slopes
    return slopes[1], float(residual @ residual / freedom * inverse[1, 1]) ** 0.5, freedom


def by_people(table: pd.DataFrame) -> tuple[float, float, int]:
    known = table[~table["lost"]]
    return adjusted_difference(
        known["burnout_12_months"].to_numpy(),
        known["baseline_burnout"].to_numpy(),
        (known["arm"] == "listening").to_numpy(dtype=float),
    )


def by_units(table: pd.DataFrame) -> tuple[float, float, int]:
    known = table[~table["lost"]]
    means = known.groupby(["unit", "arm"])[["burnout_12_months", "baseline_burnout"]].mean()
    return adjusted_difference(
        means["burnout_12_months"].to_numpy(),
        means["baseline_burnout"].to_numpy(),
        (means.index.get_level_values("arm") == "listening").astype(float),
    )


def holds_truth(found: tuple[float, float, int]) -> bool:
    estimate, error, freedom = found
    margin = stats.t(freedom).ppf(0.975) * error
    return abs(estimate - SIMULATION.truth("effect")) < margin


@pytest.fixture(scope="module")
def trial() -> pd.DataFrame:
    return SIMULATION.table()


def test_comparison_of_units_recovers_the_effect(trial: pd.DataFrame) -> None:
    assert holds_truth(by_units(trial))


def test_comparison_of_people_claims_a_narrower_interval(trial: pd.DataFrame) -> None:
    assert by_people(trial)[1] < 0.8 * by_units(trial)[1]


def test_naive_interval_misses_too_often_and_the_sound_one_does_not() -> None:
    tables = [SIMULATION.table(seed) for seed in range(200)]
    naive = np.mean([holds_truth(by_people(table)) for table in tables])
    sound = np.mean([holds_truth(by_units(table)) for table in tables])
    assert naive < 0.90
    assert 0.91 < sound < 0.99


def test_people_of_one_unit_resemble_each_other_as_stated() -> None:
    found = []
    for seed in range(40):
        table = SIMULATION.table(seed)
        grouped = table.groupby("unit")["baseline_burnout"]
        size = grouped.size()
        between = float((size * (grouped.mean() - table["baseline_burnout"].mean()) ** 2).sum())
        within = float((grouped.var() * (size - 1)).sum()) / (len(table) - 48)
        extra = (between / 47 - within) / size.mean()
        found.append(extra / (extra + within))
    margin = 3 * np.std(found) / len(found) ** 0.5
    assert np.mean(found) == pytest.approx(SIMULATION.truth("icc"), abs=margin)


def test_units_not_people_were_drawn_by_lot(trial: pd.DataFrame) -> None:
    arms = trial.groupby("unit")["arm"].unique()
    assert arms.str.len().eq(1).all()
    assert arms.str[0].value_counts().to_dict() == {"listening": 24, "usual": 24}
    assert trial.groupby("unit").size().between(20, 30).all()
    assert (trial["burnout_12_months"].isna() == trial["lost"]).all()
