"""The strip under a page's title."""

from __future__ import annotations

from datetime import date

import pytest

from carebook.press.page_strip import PageFacts, outcome_names, read_facts

FIELDS = {
    "readers": "student, leader",
    "minutes": "40",
    "prerequisites": "none",
    "reviewed": "2026-11-22",
    "outcomes": "V4, L3",
}
FRONT = """---
readers: student, leader
minutes: 40
prerequisites: none
reviewed: 2026-11-22
outcomes: V4, L3
---
"""
PAGE = FRONT + "\n# A page\n\nWords.\n"


@pytest.fixture
def press_extensions():
    return ("carebook.press.page_strip",)


def test_read_facts_reads_every_field():
    facts, faults = read_facts(FIELDS)
    assert faults == {}
    assert facts == PageFacts(("student", "leader"), 40, "none", date(2026, 11, 22), ("V4", "L3"))


def test_read_facts_lets_outcomes_be_left_out():
    facts, faults = read_facts({**FIELDS, "outcomes": ""})
    assert faults == {}
    assert facts is not None
    assert facts.outcomes == ()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("readers", "nurse"),
        ("readers", "student, student"),
        ("readers", ""),
        ("minutes", "0"),
        ("minutes", "about 40"),
        ("prerequisites", ""),
        ("reviewed", "22 November 2026"),
        ("reviewed", "2026-13-01"),
        ("outcomes", "V4, X9"),
    ],
)
def test_read_facts_refuses_a_value_that_cannot_be_right(key, text):
    facts, faults = read_facts({**FIELDS, key: text})
    assert facts is None
    assert list(faults) == [key]
    assert f"Write '{key}:" in faults[key]


def test_outcome_names_hold_both_frameworks():
    assert len(outcome_names()) == 25
    assert outcome_names()["V4"] == "dealing with complexity and uncertainty"


def test_page_strip_stands_right_under_the_title(build_page):
    page = build_page(PAGE)
    assert page.warnings == []
    strip = page.soup.find("dl", class_="bc-page-strip")
    assert strip.find_previous_sibling().name == "h1"
    terms = [term.text for term in strip.find_all("dt")]
    assert terms == ["For", "Time", "Before you start", "Evidence reviewed", "Outcomes"]
    assert [" ".join(part.text.split()) for part in strip.find_all("dd")] == [
        "Students, Leaders",
        "40 minutes",
        "nothing",
        "22 November 2026",
        "V4 dealing with complexity and uncertainty · L3 evaluating information",
    ]


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_page_strip_reads_in_every_builder(build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "40 minutes" in page.output


def test_page_strip_serves_notebooks_whose_front_matter_holds_a_date(build_page):
    notebook = PAGE.replace("---\nreaders", "---\nfile_format: mystnb\nreaders")
    page = build_page(
        notebook,
        parser="myst_nb",
        nb_execution_mode="off",
        source_suffix={".md": "myst-nb"},
    )
    assert page.warnings == []
    assert "22 November 2026" in page.soup.find("dl", class_="bc-page-strip").text


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("minutes: 40", "minutes: forty", 3, "has minutes: forty. Write 'minutes: 40'"),
        ("leader", "manager", 2, "has readers: student, manager. Write 'readers: student"),
        ("2026-11-22", "22/11/2026", 5, "has reviewed: 22/11/2026. Write"),
        ("V4, L3", "V4, X9", 6, "has outcomes: V4, X9 (unknown: X9)."),
        ("prerequisites: none\n", "", 1, "has no 'prerequisites'. Write"),
    ],
)
def test_page_strip_mistake_is_reported_with_file_and_line(
    build_page, before, after, line, message
):
    assert before in PAGE
    page = build_page(PAGE.replace(before, after, 1))
    assert len(page.warnings) == 1
    assert message in page.warnings[0]
    assert page.warnings[0].startswith(f"index.md:{line}: WARNING")


def test_page_without_front_matter_is_told_everything_that_is_missing(build_page):
    page = build_page("# A page\n")
    assert len(page.warnings) == 4
    assert all(line.startswith("index.md:1: WARNING") for line in page.warnings)
