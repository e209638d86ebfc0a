"""The frame of a page: contents that can be placed, assets that are used, words that are read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ExtensionError

from carebook.press import appearance


def asset(filename: str | None, body: str = "") -> SimpleNamespace:
    return SimpleNamespace(filename=filename, attributes={"body": body})


@pytest.mark.parametrize(
    ("filename", "body", "used"),
    [
        ("_static/scripts/bootstrap.js", "<p>text</p>", False),
        ("_static/mystnb." + "a1" * 32 + ".css", '<div class="cell">', False),
        ("_static/pygments.css", "<p>text</p>", False),
        ("_static/pygments.css", '<div class="highlight-python notranslate">', True),
        ("_static/sphinx-design.min.css", '<div class="sd-card">', True),
        ("_static/sphinx_highlight.js", "<p>text</p>", False),
        ("_static/bilingual.css", "<p>text</p>", True),
        ("_static/quiz.js", "<p>text</p>", True),
    ],
)
def test_a_page_loads_only_what_it_uses(filename: str, body: str, used: bool) -> None:
    assert appearance.is_used(asset(filename), body) is used


def test_a_script_in_the_page_that_names_another_host_is_dropped() -> None:
    assert not appearance.is_used(asset(None, 'const THEBE_JS_URL = "…"'), "")
    assert appearance.is_used(asset(None, "ourOwn()"), "")


def test_the_contents_mark_the_current_page_and_hold_no_heading() -> None:
    tree = (
        '<p class="caption" role="heading" aria-level="2">Start</p><ul>'
        '<li><a class="current reference internal" href="#">Here</a></li>'
        '<li><a class="reference internal" href="x.html">There</a></li></ul>'
    )
    made = appearance.book_contents(tree)
    assert "heading" not in made
    assert made.count('aria-current="page"') == 1


def test_a_page_with_one_section_has_no_list_of_sections() -> None:
    assert appearance.page_contents("<ul><li><a>T</a><ul><li><a>One</a></li></ul></li></ul>") == ""


def test_a_page_s_sections_are_listed_two_levels_deep() -> None:
    toc = (
        '<ul><li><a href="#">T</a><ul><li><a href="#one">One</a><ul><li><a href="#in">In</a>'
        '<ul><li><a href="#deep">Deep</a></li></ul></li></ul></li>'
        '<li><a href="#two">Two</a></li></ul></li></ul>'
    )
    made = appearance.page_contents(toc)
    assert "#one" in made
    assert "#two" in made
    assert "#in" not in made


def test_a_summary_is_the_first_paragraph_cut_at_a_word() -> None:
    document = new_document("page")
    section = nodes.section("", nodes.title(text="Title"), nodes.paragraph(text="words " * 60))
    document += section
    made = appearance.summary(document)
    assert made.startswith("words words")
    assert made.endswith("words…")
    assert len(made) <= appearance.SUMMARY_LENGTH + 1


def test_a_generated_page_has_no_summary() -> None:
    assert appearance.summary(None) == ""


def test_settings_for_a_kernel_elsewhere_leave_the_page() -> None:
    document = new_document("page")
    document += nodes.raw("", '<script type="text/x-thebe-config">{}</script>', format="html")
    document += nodes.raw("", "<p>ours</p>", format="html")
    appearance.remove_kernel_settings(None, document, "page")
    assert [node.astext() for node in document.findall(nodes.raw)] == ["<p>ours</p>"]


def test_an_icon_is_inline_and_silent(project: Path) -> None:
    drawing = appearance._icon_reader(project)("search")
    assert drawing.startswith("<svg")
    assert 'aria-hidden="true"' in drawing
    assert "http" not in drawing


def test_an_unknown_icon_is_named(project: Path) -> None:
    with pytest.raises(ExtensionError, match=r"unicorn\.svg is missing.*correct the name"):
        appearance._icon_reader(project)("unicorn")
