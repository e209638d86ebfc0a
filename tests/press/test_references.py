"""Lists of sources: of a page and of the whole book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carebook.evidence import source
from carebook.press.citations import citations_of, forget_page, merge_pages
from carebook.press.references import build_references, reference_list, reference_nodes

PAGE = """
    # Page

    By {source}`menon2020` and {source}`hewitt2020`.

    ```{page-references}
    ```
"""
ALL = "# References\n\n```{all-references}\n```\n"
OTHER = "# Other\n\nBy {source}`aiken2002`.\n"


class Memory:
    """Stands for Sphinx's memory of the book."""


@pytest.fixture
def press_extensions():
    return ("carebook.press.references", "carebook.press.finding_role")


def entries(soup):
    return [item["id"] for item in soup.select("ul.bc-references > li")]


def test_a_list_without_sources_says_so():
    assert build_references([], "page-references").astext() == "This page cites no source."


def test_an_entry_that_nothing_confirms_says_that_details_are_not_shown():
    hidden = replace(source("menon2020"), doi="", details_shown=False, authors="Nobody A; Nobody B")
    printed = "".join(node.astext() for node in reference_nodes(hidden))
    assert "were not found, so they are not shown" in printed
    assert "Nobody" not in printed


def test_an_entry_without_doi_that_a_page_confirms_shows_its_authors():
    shown = replace(source("menon2020"), doi="", details_shown=True, authors="Nobody A; Nobody B")
    printed = "".join(node.astext() for node in reference_nodes(shown))
    assert "Nobody A, Nobody B (2020)" in printed
    assert "not shown" not in printed


def test_page_references_wait_in_the_doctree(build_page):
    page = build_page(PAGE)
    (place,) = page.doctree.findall(reference_list)
    assert page.warnings == []
    assert place["kind"] == "page-references"


def test_page_references_stand_in_order_of_author_with_doi_links(build_page):
    soup = build_page(PAGE).soup
    assert entries(soup) == ["ref-hewitt2020", "ref-menon2020"]
    link = soup.select_one("#ref-menon2020 a")
    assert link["href"] == source("menon2020").url
    assert link.text == f"doi:{source('menon2020').doi}"


def test_all_references_gather_the_whole_book(build_page):
    page = build_page(PAGE, files={"other.md": OTHER, "all.md": ALL})
    assert page.warnings == []
    assert entries(page.page("all")) == ["ref-aiken2002", "ref-hewitt2020", "ref-menon2020"]


def test_all_references_follow_when_another_page_stops_citing(build_page):
    build_page(PAGE, files={"other.md": OTHER, "all.md": ALL})
    page = build_page(PAGE, files={"other.md": "# Other\n\nNobody.\n", "all.md": ALL})
    assert entries(page.page("all")) == ["ref-hewitt2020", "ref-menon2020"]


def test_all_references_are_the_same_when_pages_are_read_in_parallel(build_page):
    others = {f"p{n}.md": OTHER for n in range(8)} | {"all.md": ALL}
    page = build_page(PAGE, files=others, parallel=2)
    assert page.warnings == []
    assert entries(page.page("all")) == ["ref-aiken2002", "ref-hewitt2020", "ref-menon2020"]


def test_a_source_cited_elsewhere_links_to_the_references_of_the_book(build_page):
    page = build_page(PAGE, files={"deep/other.md": OTHER, "book/all.md": ALL})
    link = page.page("deep/other").find("a", class_="bc-source")
    assert link["href"] == "../book/all.html#ref-aiken2002"


def test_merge_takes_over_only_the_pages_of_the_other_process():
    ours, theirs = Memory(), Memory()
    citations_of(ours)["a"] = {"menon2020"}
    citations_of(theirs).update(a={"stale"}, b={"hewitt2020"})
    merge_pages(None, ours, ["b"], theirs)
    assert citations_of(ours) == {"a": {"menon2020"}, "b": {"hewitt2020"}}


def test_a_page_that_is_read_again_is_forgotten_first():
    memory = Memory()
    citations_of(memory)["a"] = {"menon2020"}
    forget_page(None, memory, "a")
    assert citations_of(memory) == {}


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_references_are_silent_in_other_formats(build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "Hewitt" in page.output
