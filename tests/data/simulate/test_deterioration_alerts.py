"""Discrimination, calibration by group and the team's effect come back; accuracy misleads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from carebook.data.simulate.deterioration_alerts import SIMULATION


@pytest.fixture(scope="module")
def patient_days() -> pd.DataFrame:
    table = SIMULATION.table()
    return table.assign(log_odds=np.log(table["score"] / (1 - table["score"])))


def auc_interval(score: pd.Series, ill: pd.Series) -> tuple[float, float]:
    """Return DeLong's 95% interval of the area under the ROC curve."""
    rank = pd.Series(stats.rankdata(score), index=score.index)
    cases, controls = int(ill.sum()), int((~ill).sum())
    of_case = (rank[ill] - stats.rankdata(score[ill])) / controls
    of_control = 1 - (rank[~ill] - stats.rankdata(score[~ill])) / cases
    error = np.sqrt(of_case.var() / cases + of_control.var() / controls)
    return float(of_case.mean() - 1.96 * error), float(of_case.mean() + 1.96 * error)


def intervals(outcome: pd.Series, causes: dict[str, pd.Series]) -> pd.DataFrame:
    """Return 95% intervals of a logistic model's log odds ratios."""
    design = pd.DataFrame(causes).astype(float).assign(constant=1.0)
    return sm.GLM(outcome.astype(float), design, sm.families.Binomial()).fit().conf_int()


def covers(interval: pd.Series, truth: float) -> bool:
    return bool(interval[0] <= truth <= interval[1])


def test_area_under_the_curve_recovers_the_stated_discrimination(
    patient_days: pd.DataFrame,
) -> None:
    low, high = auc_interval(patient_days["score"], patient_days["deteriorated"])
    assert low <= SIMULATION.truth("auc") <= high


def test_calibration_slope_and_the_gap_between_groups_are_recovered(
    patient_days: pd.DataFrame,
) -> None:
    group_b = patient_days["group"] == "B"
    found = intervals(
        patient_days["deteriorated"], {"slope": patient_days["log_odds"], "gap": group_b}
    )
    assert covers(found.loc["slope"], SIMULATION.truth("calibration_slope"))
    assert covers(found.loc["gap"], SIMULATION.truth("under_prediction"))
    assert found.loc["slope", 1] < 1
    assert found.loc["gap", 0] > 0


@pytest.mark.parametrize("group", ["A", "B"])
def test_calibration_in_the_large_is_recovered_in_each_group(
    patient_days: pd.DataFrame, group: str
) -> None:
    rows = patient_days[patient_days["group"] == group]
    observed, expected = rows["deteriorated"].sum(), rows["score"].sum()
    low = stats.chi2.ppf(0.025, 2 * observed) / 2 / expected
    high = stats.chi2.ppf(0.975, 2 * observed + 2) / 2 / expected
    assert low <= SIMULATION.truth(f"observed_to_expected_{group.lower()}") <= high


def test_calibration_over_both_groups_together_hides_the_gap(patient_days: pd.DataFrame) -> None:
    overall = patient_days["deteriorated"].sum() / patient_days["score"].sum()
    assert overall < SIMULATION.truth("observed_to_expected_b") - 0.3


def test_accuracy_praises_a_score_that_never_alerts(patient_days: pd.DataFrame) -> None:
    with_alerts = (patient_days["alert"] == patient_days["deteriorated"]).mean()
    never = 1 - patient_days["deteriorated"].mean()
    assert never > with_alerts + 0.1


@pytest.mark.parametrize(
    ("truth", "among"),
    [("alert_share", "all"), ("deteriorated_share", "all"), ("sensitivity", "ill")],
)
def test_burden_base_rate_and_sensitivity_are_recovered(
    patient_days: pd.DataFrame, truth: str, among: str
) -> None:
    rows = patient_days if among == "all" else patient_days[patient_days["deteriorated"]]
    column = "deteriorated" if truth == "deteriorated_share" else "alert"
    found = stats.binomtest(int(rows[column].sum()), len(rows)).proportion_ci()
    assert found.low <= SIMULATION.truth(truth) <= found.high


def test_team_effect_adjusted_for_illness_is_recovered(patient_days: pd.DataFrame) -> None:
    rows = patient_days[patient_days["alert"]]
    causes = {
        "team": rows["minutes_to_team"].notna(),
        "score": rows["log_odds"],
        "ill": rows["deteriorated"],
    }
    assert covers(intervals(rows["died"], causes).loc["team"], SIMULATION.truth("team_effect"))


def test_crude_comparison_of_teams_makes_help_look_harmful(patient_days: pd.DataFrame) -> None:
    rows = patient_days[patient_days["alert"]]
    found = intervals(rows["died"], {"team": rows["minutes_to_team"].notna()}).loc["team"]
    assert found[0] > 0 > SIMULATION.truth("team_effect")


def test_alert_alone_looks_harmful_crudely_and_does_nothing_when_adjusted(
    patient_days: pd.DataFrame,
) -> None:
    causes = {"alert": patient_days["alert"]}
    crude = intervals(patient_days["died"], causes).loc["alert"]
    causes |= {
        "team": patient_days["minutes_to_team"].notna(),
        "score": patient_days["log_odds"],
        "ill": patient_days["deteriorated"],
    }
    adjusted = intervals(patient_days["died"], causes).loc["alert"]
    assert crude[0] > 0
    assert covers(adjusted, SIMULATION.truth("alert_effect"))


def test_team_comes_only_after_an_alert(patient_days: pd.DataFrame) -> None:
    assert patient_days.loc[~patient_days["alert"], "minutes_to_team"].isna().all()
    assert patient_days["alert"].equals(patient_days["score"] >= SIMULATION.truth("threshold"))
