"""What holds for every page of the book: rules of accessibility, quiet loading, narrow screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN_AXE = """async ({ tags, only }) => {
  const options = only ? { runOnly: only } : { runOnly: tags };
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
}"""
SHOW_DARK = "document.documentElement.dataset.theme = 'dark'"
SMALL_TARGETS = """() => {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(controls)]
    .filter((part) => part.checkVisibility() && getComputedStyle(part).display !== "inline")
    .filter((part) => !part.classList.contains("skip-link"))
    // A card's link reaches as far as the card.
    .map((part) => [part, (part.matches(".door .sd-card-title a") ? part.closest(".door") : part)
      .getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && Math.min(box.width, box.height) < 24)
    .map(([part, box]) =>
      `${part.outerHTML.slice(0, 90)} is ${box.width.toFixed(0)} by ${box.height.toFixed(0)}`);
}"""
SURVEY = """() => {
  const moves = (part) => {
    const style = getComputedStyle(part);
    return style.animationName !== "none"
      || style.transitionDuration.split(", ").some((seconds) => parseFloat(seconds) > 0);
  };
  return {
    pictures: [...document.querySelectorAll("main img")].map((picture) => ({
      alt: picture.getAttribute("alt"),
      source: picture.getAttribute("src"),
      decorative: picture.classList.contains("decorative"),
      caption: picture.closest("figure")?.querySelector("figcaption")?.textContent.trim() ?? "",
    })),
    tables: [...document.querySelectorAll("main table")].map((table) => ({
      start: table.textContent.replace(/\\s+/g, " ").trim().slice(0, 40),
      caption: table.caption?.textContent.trim() ?? "",
      unscoped: [...table.querySelectorAll("th:not([scope])")].map((cell) => cell.textContent),
    })),
    frame: {
      language: document.documentElement.lang,
      headings: document.querySelectorAll("h1").length,
      mains: document.querySelectorAll("main").length,
      repeated: [...document.querySelectorAll("[id]")].map((part) => part.id)
        .filter((id, index, all) => all.indexOf(id) !== index),
    },
    moving: [...document.querySelectorAll("*")].filter(moves).slice(0, 5)
      .map((part) => part.outerHTML.slice(0, 80)),
    kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
      .concat(document.cookie || []),
  };
}"""


def faults_of(found: dict[str, list[str]]) -> str:
    """Return one line for each page with faults."""
    return "\n".join(f"{path}: {fault}" for path, faults in found.items() for fault in faults)


@pytest.fixture(scope="module")
def axe(project: Path) -> Path:
    return project / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def survey(pages: list[str], visit: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    """Open each page once and note what several tests judge."""
    noted = {}
    for path in pages:
        with visit(path, reduced_motion="reduce") as visited:
            visited.page.wait_for_load_state("networkidle")
            noted[path] = visited.page.evaluate(SURVEY)
            noted[path]["loading"] = [f"asks {url}" for url in visited.foreign] + visited.errors
    return noted


def test_no_page_breaks_a_wcag_rule_in_light_or_dark(
    pages: list[str], visit: Callable[..., Any], axe: Path
) -> None:
    found = {}
    for path in pages:
        # Without movement, or colours are caught on their way from one to the other.
        with visit(path, color_scheme="light", reduced_motion="reduce") as visited:
            visited.page.add_script_tag(path=axe)
            light = visited.page.evaluate(RUN_AXE, {"tags": TAGS, "only": None})
            visited.page.evaluate(SHOW_DARK)
            # Only the contrast depends on the colours.
            dark = visited.page.evaluate(RUN_AXE, {"tags": TAGS, "only": ["color-contrast"]})
        found[path] = [f"light, {fault}" for fault in light] + [f"dark, {fault}" for fault in dark]
    assert not any(found.values()), faults_of(found)


def test_no_page_asks_another_host_or_reports_an_error(survey: dict[str, dict[str, Any]]) -> None:
    found = {path: noted["loading"] for path, noted in survey.items()}
    assert not any(found.values()), faults_of(found)


def test_no_page_scrolls_sideways_on_a_screen_of_320_pixels(
    pages: list[str], visit: Callable[..., Any]
) -> None:
    found = {}
    for path in pages:
        with visit(path, width=320, height=640) as visited:
            wide = visited.page.evaluate("document.documentElement.scrollWidth")
            found[path] = [f"is {wide} pixels wide"] if wide > 320 else []
    assert not any(found.values()), faults_of(found)


@pytest.mark.parametrize("width", [1280, 320])
def test_every_target_measures_at_least_24_pixels(
    pages: list[str], visit: Callable[..., Any], width: int
) -> None:
    found = {}
    for path in pages:
        with visit(path, width=width) as visited:
            found[path] = visited.page.evaluate(SMALL_TARGETS)
    assert not any(found.values()), faults_of(found)


def test_every_picture_has_a_sentence_for_alt_text_and_a_caption(
    survey: dict[str, dict[str, Any]],
) -> None:
    found = {
        path: [fault for picture in noted["pictures"] for fault in picture_faults(picture)]
        for path, noted in survey.items()
    }
    assert not any(found.values()), faults_of(found)


def picture_faults(picture: dict[str, Any]) -> list[str]:
    alt, source = picture["alt"], picture["source"]
    if picture["decorative"]:
        return [] if alt == "" else [f"{source} is decorative, its alt text must be empty"]
    faults = []
    if not alt or len(alt) < 20 or not alt.rstrip().endswith("."):
        faults.append(f"{source}: alt text is not a sentence: {alt!r}")
    if not picture["caption"]:
        faults.append(f"{source}: no figure with a caption around it")
    return faults


def test_every_table_has_a_caption_and_scoped_headers(survey: dict[str, dict[str, Any]]) -> None:
    found = {
        path: [fault for table in noted["tables"] for fault in table_faults(table)]
        for path, noted in survey.items()
    }
    assert not any(found.values()), faults_of(found)


def table_faults(table: dict[str, Any]) -> list[str]:
    faults = [] if table["caption"] else [f"no caption: {table['start']}"]
    return faults + [f"no scope: {cell!r} in {table['start']}" for cell in table["unscoped"]]


def test_every_page_has_british_english_one_heading_one_main_and_unique_ids(
    survey: dict[str, dict[str, Any]],
) -> None:
    expected = {"language": "en-GB", "headings": 1, "mains": 1, "repeated": []}
    wrong = {path: noted["frame"] for path, noted in survey.items() if noted["frame"] != expected}
    assert wrong == {}


def test_nothing_moves_for_readers_who_ask_for_stillness(
    survey: dict[str, dict[str, Any]],
) -> None:
    found = {path: noted["moving"] for path, noted in survey.items()}
    assert not any(found.values()), faults_of(found)


def test_no_page_stores_anything_unasked(survey: dict[str, dict[str, Any]]) -> None:
    found = {path: noted["kept"] for path, noted in survey.items()}
    assert not any(found.values()), faults_of(found)
