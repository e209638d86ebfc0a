"""Scoring of the Copenhagen Burnout Inventory."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.methods.copenhagen import (
    CLIENT,
    ITEMS,
    PERSONAL,
    WORK,
    score_items,
    score_scales,
    share_at_or_above,
)


def survey(code: float, rows: int = 1) -> pd.DataFrame:
    """Return a survey in which everyone gives the same code to every item."""
    return pd.DataFrame(float(code), index=range(rows), columns=list(ITEMS))


def test_inventory_has_six_seven_and_six_items() -> None:
    """Counts: Kristensen et al. 2005 (findings kristensen2005:*_items)."""
    assert (len(PERSONAL), len(WORK), len(CLIENT), len(ITEMS)) == (6, 7, 6, 19)


@pytest.mark.parametrize(("code", "points"), [(1, 100), (2, 75), (3, 50), (4, 25), (5, 0)])
def test_code_is_worth_the_published_points(code: int, points: int) -> None:
    """Points 100, 75, 50, 25, 0: Kristensen et al. 2005 (finding kristensen2005:items)."""
    assert score_items(survey(code)).loc[0, "personal_1"] == points


@pytest.mark.parametrize(("code", "points"), [(1, 0), (2, 25), (3, 50), (4, 75), (5, 100)])
def test_tenth_item_is_reversed(code: int, points: int) -> None:
    """Item 10 of 19 is reversed (finding kristensen2005:items); six plus four is ten."""
    assert ITEMS.index("work_4") == 9
    assert score_items(survey(code)).loc[0, "work_4"] == points


def test_only_the_tenth_item_is_reversed() -> None:
    """An answer of "always" is worth 100 everywhere else."""
    points = score_items(survey(1)).loc[0]
    assert points[points == 0].index.tolist() == ["work_4"]


def test_items_keep_row_labels_and_leave_other_columns_out() -> None:
    answers = survey(3, rows=2).set_index(pd.Index(["S0001", "S0002"])).assign(role="nurse")
    points = score_items(answers)
    assert points.index.tolist() == ["S0001", "S0002"]
    assert points.columns.tolist() == list(ITEMS)


def test_items_score_the_columns_that_are_there() -> None:
    assert score_items(survey(2)[list(WORK)]).columns.tolist() == list(WORK)


def test_items_accept_whole_numbers_with_blanks() -> None:
    """Tables are typed with pandas' nullable integers."""
    answers = pd.DataFrame({"work_1": pd.array([1, None, 5], dtype="Int64")})
    points = score_items(answers)["work_1"].tolist()
    assert points[0] == 100
    assert np.isnan(points[1])
    assert points[2] == 0


def test_scale_score_is_the_mean_of_its_items() -> None:
    """By hand: work codes 1,2,3,4,5,1,2 are worth 100,75,50,75,0,100,75; mean 475/7."""
    answers = survey(3)
    answers.loc[0, list(WORK)] = [1, 2, 3, 4, 5, 1, 2]
    scores = score_scales(answers).loc[0]
    assert scores["work"] == pytest.approx(475 / 7)
    assert scores["personal"] == 50
    assert scores["client"] == 50


def test_scale_score_averages_the_items_answered() -> None:
    """By hand: three answers worth 100, 100 and 25 have the mean 75; three blanks do not count."""
    answers = survey(3)
    answers.loc[0, list(PERSONAL)] = [1, 1, 4, np.nan, np.nan, np.nan]
    assert score_scales(answers).loc[0, "personal"] == 75


@pytest.mark.parametrize(
    ("scale", "items", "needed"), [("personal", PERSONAL, 3), ("work", WORK, 4)]
)
def test_scale_needs_the_answers_the_inventory_asks_for(
    scale: str, items: tuple[str, ...], needed: int
) -> None:
    """Fewer than three personal or four work answers: non-responder (CBI, PUMA version)."""
    answers = survey(3)
    answers.loc[0, list(items[needed:])] = np.nan
    assert score_scales(answers).loc[0, scale] == 50
    answers.loc[0, items[0]] = np.nan
    assert np.isnan(score_scales(answers).loc[0, scale])


def test_client_scale_needs_half_of_its_items() -> None:
    answers = survey(3)
    answers.loc[0, list(CLIENT[2:])] = np.nan
    assert np.isnan(score_scales(answers).loc[0, "client"])


def test_minimum_can_be_changed_for_one_scale() -> None:
    answers = survey(3)
    answers.loc[0, ["work_1", "personal_1"]] = np.nan
    scores = score_scales(answers, minimum_answered={"work": 7}).loc[0]
    assert np.isnan(scores["work"])
    assert scores["personal"] == 50


def test_minimum_can_be_changed_for_all_scales() -> None:
    answers = survey(3)
    answers.loc[0, "client_1"] = np.nan
    scores = score_scales(answers, minimum_answered=6).loc[0]
    assert np.isnan(scores["client"])
    assert scores["work"] == 50


@pytest.mark.parametrize(
    ("minimum", "message"),
    [
        (7, "7 for personal; choose 1 to 6"),
        (0, "0 for personal"),
        ({"job": 3}, "unknown scale 'job'"),
    ],
)
def test_impossible_minimum_is_refused(minimum: int | dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score_scales(survey(3), minimum_answered=minimum)


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(KeyError, match="missing work_2, client_6"):
        score_scales(survey(3).drop(columns=["work_2", "client_6"]))


def test_survey_without_items_is_refused() -> None:
    with pytest.raises(KeyError, match="no Copenhagen item"):
        score_items(pd.DataFrame({"role": ["nurse"]}))


@pytest.mark.parametrize("value", [0, 6, 2.5, "always"])
def test_wrong_code_is_named_with_row_and_column(value: object) -> None:
    answers = survey(3, rows=2).set_index(pd.Index(["S0001", "S0002"])).astype(object)
    answers.loc["S0002", "client_3"] = value
    with pytest.raises(ValueError, match=f"row S0002, column client_3.*{value}"):
        score_items(answers)


def test_share_counts_the_cutoff_itself_and_leaves_blanks_out() -> None:
    """By hand: 50 and 75 of four scored people."""
    scores = pd.Series([25.0, 49.9, 50.0, 75.0, np.nan])
    assert share_at_or_above(scores, 50) == 0.5


def test_share_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody has a score"):
        share_at_or_above(pd.Series([np.nan]), 50)
