"""Shares of time and evenings, against a diary small enough to count by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from carebook.data import load
from carebook.data.simulate import simulation
from carebook.methods.time_use import evening_minutes, shares

DIARY = pd.DataFrame(
    {
        "clinician": ["a", "a", "a", "a", "b"],
        "day": [1, 1, 1, 2, 1],
        "task": ["record", "record", "meeting", "inbox", "record"],
        "minutes": [10, 20, 60, 5, 5],
        "after_hours": [False, True, False, True, False],
    }
)


def test_shares_match_a_hand_count() -> None:
    """By hand: five entries, 100 minutes."""
    table = shares(DIARY)
    assert table.index.tolist() == ["meeting", "record", "inbox"]
    assert table["share_of_entries"].tolist() == pytest.approx([0.2, 0.6, 0.2])
    assert table["share_of_minutes"].tolist() == pytest.approx([0.60, 0.35, 0.05])
    assert table["mean_minutes"].tolist() == pytest.approx([60, 35 / 3, 5])


def test_shares_can_be_taken_by_another_column() -> None:
    assert shares(DIARY, by="clinician")["minutes"].to_dict() == {"a": 95, "b": 5}


def test_evenings_without_work_count_as_zero() -> None:
    """By hand: 20 minutes, 5 minutes, and an evening without an entry."""
    table = evening_minutes(DIARY)
    assert table.to_dict("records") == [
        {"clinician": "a", "day": 1, "minutes": 20},
        {"clinician": "a", "day": 2, "minutes": 5},
        {"clinician": "b", "day": 1, "minutes": 0},
    ]


def test_shares_and_evenings_recover_what_was_put_in() -> None:
    """The truth is stated in the simulation; the margins are about two standard errors."""
    diary, made = load("clinic_days"), simulation("clinic_days")
    clinic = shares(diary[~diary["after_hours"]])["share_of_minutes"]
    assert clinic["record"] == pytest.approx(made.truth("share_record"), abs=0.03)
    assert clinic["face to face"] == pytest.approx(made.truth("share_face_to_face"), abs=0.03)
    evenings = evening_minutes(diary)["minutes"]
    assert evenings.mean() == pytest.approx(made.truth("after_hours_minutes"), abs=12)
    assert evenings[evenings > 0].mean() > made.truth("after_hours_minutes") + 25


@pytest.mark.parametrize(
    ("diary", "message"),
    [
        (DIARY.drop(columns="minutes"), "missing minutes; take the table clinic_days"),
        (DIARY[:0], "no entry is left"),
        (DIARY.assign(minutes=[10, 0, 1, 1, 1]), "diary row 1: minutes must be more than 0"),
        (DIARY.assign(task=["record", None, "inbox", "inbox", "other"]), "row 1: task is blank"),
        (
            DIARY.assign(minutes=pd.Series([10, 20, None, 5, 5], dtype="Int64")),
            "diary row 2: minutes is blank",
        ),
    ],
)
def test_diaries_without_time_are_refused(diary: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        shares(diary)


def test_evenings_are_those_of_recorded_days_also_with_categories() -> None:
    """Clinician b kept no diary on day 2: that is no evening without work."""
    kinds = DIARY.astype({"clinician": "category", "day": "category"})
    assert len(evening_minutes(kinds)) == 3


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (pd.Series([True, None, False, True, False], dtype="boolean"), "after_hours is blank"),
        (["yes", "no", "no", "no", "no"], "something other than True and False"),
    ],
)
def test_evenings_need_to_know_what_is_after_hours(flags: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        evening_minutes(DIARY.assign(after_hours=flags))


def test_evenings_need_to_know_whose_they_are() -> None:
    with pytest.raises(ValueError, match="missing clinician"):
        evening_minutes(DIARY.drop(columns="clinician"))
