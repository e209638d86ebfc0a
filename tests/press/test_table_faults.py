"""Tests of holding all tables against their description before a build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from carebook.press.table_faults import table_faults


@pytest.fixture
def copied(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the findings of a copy of the tables, which the library reads instead."""
    shutil.copytree(project / "datasets", tmp_path / "datasets")
    monkeypatch.setenv("CAREBOOK_DATASETS", str(tmp_path / "datasets"))
    return tmp_path / "datasets" / "published" / "findings.csv"


def test_the_tables_of_the_book_have_no_fault() -> None:
    assert table_faults() == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (",6877,", ",many,", "many"),
        (",6877,", ",6877,6877,", "cells"),
        ("adams2022:abs,", "adams2022:rel,", "adams2022:rel"),
    ],
)
def test_a_planted_fault_is_reported_with_file_and_line(
    copied: Path, before: str, after: str, expected: str
) -> None:
    text = copied.read_text(encoding="utf-8")
    assert before in text
    copied.write_text(text.replace(before, after, 1), encoding="utf-8")
    faults = table_faults()
    assert len(faults) == 1
    assert "findings.csv:" in faults[0]
    assert expected in faults[0]
