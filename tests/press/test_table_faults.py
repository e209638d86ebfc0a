"""Tests of holding all tables against their description before a build."""

from __future__ import annotations

import json
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


def test_a_row_that_stands_twice_is_one_fault_with_its_line(copied: Path) -> None:
    text = copied.read_text(encoding="utf-8")
    first = text.splitlines()[1]
    copied.write_text(text + first + "\n", encoding="utf-8")
    (fault,) = table_faults()
    assert f"findings.csv:{len(text.splitlines()) + 1}:" in fault
    assert first.split(",")[0] in fault


@pytest.mark.parametrize("name", ["datapackage.json", "published/series.csv"])
def test_a_file_that_is_missing_is_one_fault(copied: Path, name: str) -> None:
    (copied.parents[1] / name).unlink()
    faults = table_faults()
    assert len(faults) == 1
    assert name in faults[0]


def test_a_byte_that_is_not_utf_8_is_reported_with_its_line(copied: Path) -> None:
    copied.write_bytes(copied.read_bytes().replace(b",6877,", b",\xe9,", 1))
    assert ["is not UTF-8" in fault and "findings.csv:" in fault for fault in table_faults()] == [
        True
    ]


def test_a_table_or_column_that_the_rules_need_is_missed(copied: Path) -> None:
    package = copied.parents[1] / "datapackage.json"
    content = json.loads(package.read_text(encoding="utf-8"))
    content["resources"] = [each for each in content["resources"] if each["name"] != "series"]
    package.write_text(json.dumps(content), encoding="utf-8")
    assert table_faults() == [
        "published/series.csv:1: column 'source': the rules of the book need it, and it is not "
        "there. Put it back, and its description into datapackage.json."
    ]
