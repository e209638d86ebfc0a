"""Which page serves which outcome, and which outcomes a page serves."""

from __future__ import annotations

import pytest

from carebook.press.outcome_map import NOT_SERVED, outcome_anchor, outcomes

FRONT = """---
readers: student
minutes: 5
prerequisites: none
reviewed: 2026-11-23
outcomes: {codes}
---
"""
MAP = FRONT.format(codes="L3") + "\n# Map\n\n```{outcome-map}\n```\n"
OTHER = FRONT.format(codes="V4, L3") + "\n# Other page\n\nWords.\n"


@pytest.fixture
def press_extensions():
    return ("carebook.press.page_strip", "carebook.press.outcome_map")


def test_outcomes_have_their_own_codes():
    codes = [each.code for each in outcomes()]
    assert len(codes) == len(set(codes)) == 25


def test_each_outcome_lists_its_pages_and_says_where_there_is_none(build_page):
    soup = build_page(MAP, files={"other.md": OTHER}).soup
    served = soup.find(id=outcome_anchor("L3")).find_parent("tr")
    assert {link["href"] for link in served.select("a")} == {"#", "other.html"}
    unserved = soup.find(id=outcome_anchor("V1")).find_parent("tr")
    assert NOT_SERVED in unserved.text


def test_each_page_lists_its_outcomes(build_page):
    tables = build_page(MAP, files={"other.md": OTHER}).soup.find_all("table")
    rows = {row.th.get_text(strip=True): row.td.text for row in tables[-1].select("tbody tr")}
    assert "V4 dealing with complexity" in rows["Other page"]
    assert "L3 evaluating information" in rows["Other page"]
    assert "V4" not in rows["Map"]


def test_the_strip_of_a_page_leads_to_the_map(build_page):
    page = build_page(MAP, files={"other.md": OTHER}).page("other")
    links = [link["href"] for link in page.select("dl.bc-page-strip a")]
    assert links == ["index.html#outcome-v4", "index.html#outcome-l3"]


def test_without_a_map_the_strip_holds_words(build_page):
    soup = build_page(OTHER).soup
    assert "V4 dealing with complexity" in soup.select_one("dl.bc-page-strip").text
    assert not soup.select("dl.bc-page-strip a")


def test_the_map_follows_when_a_page_takes_an_outcome_out(build_page):
    build_page(MAP, files={"other.md": OTHER})
    soup = build_page(MAP, files={"other.md": OTHER.replace("V4, ", "")}).soup
    assert NOT_SERVED in soup.find(id=outcome_anchor("V4")).find_parent("tr").text


def test_the_map_is_the_same_when_pages_are_read_in_parallel(build_page):
    others = {f"p{number}.md": OTHER for number in range(8)}
    page = build_page(MAP, files=others, parallel=2)
    row = page.soup.find(id=outcome_anchor("V4")).find_parent("tr")
    assert (page.warnings, len(row.select("a"))) == ([], 8)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_map_is_silent_in_other_formats(build_page, builder):
    page = build_page(MAP, builder=builder, files={"other.md": OTHER})
    assert page.warnings == []
    assert "evaluating information" in page.output
