"""Tests of two markers' sheets and how far they agree."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from carebook.grading.double_marking import (
    Criterion,
    SheetRefused,
    agreement,
    blank_sheet,
    read_sheet,
    to_talk_about,
)

RUBRIC = (Criterion("plan", "Names an aim", 1), Criterion("plan", "Says how it is measured", 1),
          Criterion("ledger", "Gives the other side", 2))  # fmt: skip


def sheet(*marks: float) -> pd.DataFrame:
    """Return a sheet of four scripts with one mark of 0 to 2 each."""
    blank = blank_sheet("ABCD", [Criterion("plan", "Is whole", 2)])
    return blank.assign(mark=list(marks))


def test_a_blank_sheet_asks_one_question_of_all_scripts_before_the_next() -> None:
    found = blank_sheet(["K", "L"], RUBRIC)
    assert found["question"].tolist() == ["plan"] * 4 + ["ledger"] * 2
    assert found["script"].tolist() == ["K", "K", "L", "L", "K", "L"]
    assert found["mark"].isna().all()


def test_weighted_kappa_by_hand() -> None:
    # Squared differences: 0, 1, 0, 1; mean 0.5. By chance: 2 × 2.25 − 2 × 1.25² = 1.375.
    plan, whole = agreement(sheet(0, 1, 2, 2), sheet(0, 2, 2, 1))
    assert plan.kappa == pytest.approx(1 - 0.5 / 1.375)
    assert (plan.same, plan.close, plan.gap) == (0.5, 1, 0)
    assert whole.kappa == plan.kappa
    assert plan.low < plan.kappa < plan.high


def test_rows_of_one_question_are_added_and_their_order_does_not_count() -> None:
    one = blank_sheet(["K", "L", "M"], RUBRIC).assign(mark=[1, 1, 0, 1, 0, 0, 2, 1, 0])
    other = one.assign(mark=[1, 1, 1, 0, 0, 0, 2, 1, 0]).iloc[::-1]
    plan, ledger, whole = agreement(one, other)
    assert (plan.question, plan.out_of, plan.scripts, plan.same) == ("plan", 2, 3, 1)
    assert plan.kappa == ledger.kappa == whole.kappa == pytest.approx(1)


def test_a_constant_difference_is_seen_in_the_gap_and_lowers_kappa() -> None:
    plan = agreement(sheet(0, 1, 1, 0), sheet(1, 2, 2, 1))[0]
    assert (plan.gap, plan.same) == (1, 0)
    assert plan.kappa < 0.5


def test_marks_that_are_all_alike_have_no_kappa() -> None:
    assert pd.isna(agreement(sheet(1, 1, 1, 1), sheet(1, 1, 1, 1))[0].kappa)


def test_half_points_count() -> None:
    plan = agreement(sheet(0, 0.5, 2, 1), sheet(0, 1, 2, 1))[0]
    assert (plan.same, plan.kappa < 1) == (0.75, True)


def test_rows_to_talk_about_name_script_question_and_both_marks() -> None:
    assert to_talk_about(sheet(0, 1, 2, 2), sheet(0, 2, 2, 2)) == [
        "B, plan: Is whole (1 and 2 of 2)"
    ]


def test_sheets_of_different_scripts_are_refused() -> None:
    with pytest.raises(SheetRefused, match="script 'D', question 'plan' has no such row in both"):
        agreement(sheet(0, 1, 2, 2), sheet(0, 1, 2, 2).iloc[:3])


def test_one_script_is_refused() -> None:
    with pytest.raises(SheetRefused, match="One script alone"):
        agreement(sheet(0, 1, 2, 2).iloc[:1], sheet(0, 1, 2, 2).iloc[:1])


@pytest.mark.parametrize(
    ("line", "wrong", "says"),
    [
        (3, "B,plan,Is whole,2,", "sheet.csv:3: the mark is missing or no number"),
        (3, "B,plan,Is whole,2,good", "sheet.csv:3: the mark is missing or no number"),
        (4, "C,plan,Is whole,2,3", "sheet.csv:4: the mark is out of range"),
        (4, "C,plan,Is whole,2,1.25", "sheet.csv:4: the mark is no whole or half point"),
        (4, "C,plan,Is whole,,1", "sheet.csv:4: out_of is no number"),
        (4, ",plan,Is whole,2,1", "sheet.csv:4: script, question or looks_for is empty"),
        (5, "A,plan,Is whole,2,1", "sheet.csv:5: this row stands above already"),
        (1, "script,question,looks_for,out_of,points", "sheet.csv:1: no column 'mark'"),
    ],
)
def test_a_sheet_with_a_fault_is_refused_with_its_line(
    tmp_path: Path, line: int, wrong: str, says: str
) -> None:
    path = tmp_path / "sheet.csv"
    sheet(0, 1, 2, 2).to_csv(path, index=False)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[: line - 1], wrong, *lines[line:]]) + "\n", "utf-8")
    with pytest.raises(SheetRefused, match=says):
        read_sheet(path)


def test_a_filled_sheet_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    sheet(0, 1, 2, 2).to_csv(path, index=False)
    assert read_sheet(path)["mark"].tolist() == [0, 1, 2, 2]


def test_scripts_called_na_or_with_leading_zeros_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    blank = blank_sheet(["NA", "007", "7"], [Criterion("1", "Is whole", 2)])
    blank.assign(mark=[0, 1, 2]).to_csv(path, index=False)
    found = read_sheet(path)
    assert found["script"].tolist() == ["NA", "007", "7"]
    assert [each.scripts for each in agreement(found, found)] == [3, 3]


def test_interval_ends_at_full_agreement_and_is_missing_where_a_marker_gives_one_mark() -> None:
    near = agreement(sheet(0, 1, 2, 2), sheet(0, 1, 2, 1))[0]
    assert (near.high, near.kappa < 1) == (1, True)
    flat = agreement(sheet(1, 1, 1, 1), sheet(0, 1, 2, 1))[0]
    assert (flat.kappa, pd.isna(flat.low), pd.isna(flat.high)) == (0, True, True)


def test_script_that_lacks_a_rubric_row_in_both_sheets_is_refused() -> None:
    one = blank_sheet(["K", "L"], RUBRIC).assign(mark=1).drop(index=0)
    with pytest.raises(SheetRefused, match="Script 'K', plan: a rubric row is missing"):
        agreement(one, one)
