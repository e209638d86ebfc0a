from __future__ import annotations

from collections import Counter

import pytest
from frictionless import Package, Report

from carebook.data import load
from carebook.data.folder import datasets_folder

# What the register began with; rows join it and none leaves.
FIRST_FINDINGS = {"abstract": 473, "secondary": 170, "full-text": 47, "own-computation": 5}


@pytest.fixture(scope="module")
def report() -> Report:
    return Package(str(datasets_folder() / "datapackage.json")).validate()


def test_every_table_agrees_with_the_data_package(report: Report) -> None:
    faults = [error.message for task in report.tasks for error in task.errors]
    assert faults == []
    assert report.errors == []
    assert report.valid


def test_no_finding_was_lost_on_the_way(report: Report) -> None:
    rows = {task.name: task.stats.get("rows") for task in report.tasks}
    assert rows["findings"] == len(load("findings")) >= sum(FIRST_FINDINGS.values())


def test_findings_of_every_kind_of_verification_are_there() -> None:
    counted = Counter(load("findings")["verified"])
    assert counted.keys() == FIRST_FINDINGS.keys()
    assert all(counted[kind] >= first for kind, first in FIRST_FINDINGS.items())


@pytest.mark.parametrize(
    "name", ["sources", "findings", "study_level", "series", "cases", "claims"]
)
def test_published_files_are_utf_8_with_plain_line_ends_and_sorted(name: str) -> None:
    raw = (datasets_folder() / "published" / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.decode("utf-8").startswith("\ufeff")
    ids = load(name).iloc[:, 0].tolist()
    assert ids == sorted(ids)


def test_one_paper_is_one_source() -> None:
    dois = load("sources")["doi"].dropna().str.lower()
    assert dois[dois.duplicated()].tolist() == []


def test_a_source_with_a_doi_is_linked_through_it() -> None:
    sources = load("sources")
    linked = sources[sources["doi"].notna()]
    assert (linked["url"] == "https://doi.org/" + linked["doi"]).all()


def test_no_source_is_linked_to_a_bare_machine_address() -> None:
    addresses = load("sources")["url"].dropna()
    assert not addresses.str.contains(r"^https?://(?:\d+\.){3}\d+|^https?://[^/]*:\d+").any()
