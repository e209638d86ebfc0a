"""The fixture that every directive test stands on."""

from __future__ import annotations

import pytest


@pytest.fixture
def press_extensions():
    return ()


def test_build_page_returns_html_and_doctree(build_page):
    page = build_page("""
        # A page

        Some *words*.
    """)
    assert page.warnings == []
    assert page.soup.h1.text.startswith("A page")
    assert "words" in page.doctree.astext()


def test_build_page_reports_a_warning_with_file_and_line(build_page):
    page = build_page("# A page\n\n```{no-such-directive}\n```\n")
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("index.md:3: WARNING")


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub", "xml"])
def test_build_page_serves_other_builders(build_page, builder):
    page = build_page("# A page\n\nSome words.\n", builder=builder)
    assert page.warnings == []
    assert "Some words." in page.output


def test_build_page_builds_further_pages(build_page):
    page = build_page("# A page\n", files={"book/other.md": "# Other\n\nMore.\n"})
    assert page.warnings == []
    assert page.page("book/other").h1.text.startswith("Other")
