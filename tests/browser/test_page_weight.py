"""A page is light before the reader acts, and readable without any script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from carebook.press.transfer import BUDGET, weigh, weight

CHAPTER = "chapters/measuring-burnout/index.html"


def test_the_chapter_page_stays_within_its_budget(browser: Any, address: str) -> None:
    transfers = weigh(browser, address + CHAPTER)
    listed = "\n".join(f"{transfer.size:>8} {transfer.path}" for transfer in transfers)
    assert weight(transfers) <= BUDGET, listed


def test_the_chapter_page_takes_its_text_face_from_the_site(browser: Any, address: str) -> None:
    fonts = [transfer for transfer in weigh(browser, address + CHAPTER) if transfer.kind == "font"]
    assert fonts
    assert all(font.path.startswith("vendor/fonts/") for font in fonts)


def test_no_page_carries_the_theme_s_heavy_files(site: Path) -> None:
    heavy = ("fontawesome", "bootstrap", "thebe", "clipboard", "MathJax")
    found = [path for path in site.rglob("*") if any(word in path.name for word in heavy)]
    assert found == []


def test_the_chapter_can_be_read_without_scripts(visit: Callable[..., Any]) -> None:
    with visit(CHAPTER, java_script_enabled=False) as visited:
        page = visited.page
        assert page.locator("main h1").is_visible()
        assert page.locator("nav#contents a").first.is_visible()
        dead = page.locator("button:visible, input:visible").count()
        assert dead == 0, "a control that needs a script is shown without one"
