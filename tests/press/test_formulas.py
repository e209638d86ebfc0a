"""Formulas are set while the book is built: SVG for the eyes, MathML for the ears, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carebook.press import formulas
from carebook.press.toolchain.node import NodeFailed


def test_a_formula_becomes_a_drawing_and_mathml(project: Path, tmp_path: Path) -> None:
    made = formulas._draw([(r"\frac{a}{b}", True)], tmp_path, project)
    svg, mathml = made[formulas._key(r"\frac{a}{b}", True)]
    assert svg.startswith("<svg")
    assert "<mfrac>" in mathml


def test_a_formula_drawn_before_is_read_again_without_node(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = formulas._draw([("x", False)], tmp_path, project)

    def no_node(*arguments: object) -> str:
        raise NodeFailed("must not run")

    monkeypatch.setattr(formulas, "run_node", no_node)
    assert formulas._draw([("x", False)], tmp_path, project) == first


def test_in_line_and_on_its_own_are_different_drawings() -> None:
    assert formulas._key("x", True) != formulas._key("x", False)


def test_faulty_tex_reports_what_mathjax_says(project: Path, tmp_path: Path) -> None:
    made = formulas._draw([(r"\frac{a}{", False)], tmp_path, project)
    assert "brace" in made[formulas._key(r"\frac{a}{", False)]["error"]


@pytest.fixture
def press_extensions() -> tuple[str, ...]:
    return ("carebook.press.formulas",)


@pytest.fixture
def build_maths(build_page: Callable[..., Any], project: Path) -> Callable[[str], Any]:
    """Build a page whose formulas are set by the project's MathJax."""

    def build(text: str) -> Any:
        settings = {"myst_enable_extensions": ["dollarmath"], "carebook_front_end": str(project)}
        return build_page(text, **settings)

    return build


def test_a_page_with_formulas_loads_no_script_for_them(build_maths: Callable[[str], Any]) -> None:
    page = build_maths("# A page\n\nThe coefficient $\\alpha$.\n\n$$ a = b $$\n")
    assert page.warnings == []
    assert len(page.soup.select(".math svg[aria-hidden=true]")) == 2
    assert len(page.soup.select(".math math")) == 2
    assert "mathjax" not in str(page.soup.head).lower()


def test_a_labelled_formula_is_numbered_and_can_be_linked_to(
    build_maths: Callable[[str], Any],
) -> None:
    page = build_maths("# A page\n\n$$ a = b $$ (same)\n\nSee {eq}`same`.\n")
    assert page.warnings == []
    assert page.soup.find(id="equation-same").select_one(".eqno").text == "(1)"


def test_faulty_tex_is_a_warning_that_names_file_and_line(
    build_maths: Callable[[str], Any],
) -> None:
    page = build_maths("# A page\n\n$$ \\frac{a}{ $$\n")
    (warning,) = page.warnings
    assert warning.startswith("index.md:3: WARNING: formula")
    assert "correct the TeX" in warning


def test_a_page_without_the_front_end_parts_says_so(build_page: Callable[..., Any]) -> None:
    page = build_page("# A page\n\n$x$\n", myst_enable_extensions=["dollarmath"])
    assert "formulas of index" in page.warnings[0]
    assert page.soup.select_one(".math code").text == "x"
