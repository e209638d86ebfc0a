"""The frame of a page: on paper, on small screens, and code that scrolls or does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CHAPTER = "chapters/measuring-burnout/index.html"
SCROLLING = """() => [...document.querySelectorAll(".page pre")].map((block) => ({
  scrolls: block.scrollWidth > block.clientWidth,
  reached: block.tabIndex === 0,
  name: block.getAttribute("aria-label"),
}))"""


def test_paper_is_white_and_shows_what_the_screen_folds(visit: Callable[..., Any]) -> None:
    with visit(CHAPTER, color_scheme="dark") as visited:
        page = visited.page
        page.emulate_media(media="print")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(255, 255, 255)"
        for hidden in ("details.hide:not([open])", ".bc-prediction-return a[href^='#pred']"):
            assert page.locator(f"{hidden} >> visible=true").count() == 0
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details.bc-fold:not([open])").count() == 0
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator("details.bc-fold[open]").count() == 0


def test_code_is_a_stop_only_while_it_scrolls(visit: Callable[..., Any]) -> None:
    with visit("chapters/measuring-burnout/lab.html", width=320) as visited:
        page = visited.page
        narrow = page.evaluate(SCROLLING)
        assert any(block["scrolls"] for block in narrow)
        assert {block["name"] for block in narrow} <= {"Python code", "Output", "Code", None}
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_timeout(200)
        for block in [*narrow, *page.evaluate(SCROLLING)]:
            assert block["reached"] == block["scrolls"]


def test_the_sections_fold_under_the_title_where_there_is_no_room_beside(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER, width=800) as visited:
        page = visited.page
        fold = page.locator("details.page-sections")
        fold.locator("summary").click()
        assert fold.get_by_role("link", name="What to keep").is_visible()
        page.set_viewport_size({"width": 1400, "height": 900})
        assert not fold.is_visible()
        assert page.locator(".page-contents").is_visible()


def test_the_contents_stay_in_sight_and_the_footer_leads_to_the_top(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER) as visited:
        page = visited.page
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        assert page.locator("#contents [aria-current]").bounding_box()["y"] > 0
        page.get_by_role("link", name="Back to top").click()
        page.wait_for_function("scrollY === 0")


def test_a_wide_drawing_scrolls_on_a_small_screen_and_is_reached(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER, width=390) as visited:
        figure = visited.page.locator("figure.is-wide").first
        assert figure.get_attribute("tabindex") == "0"
        assert figure.evaluate("part => part.scrollWidth > part.clientWidth")
        visited.page.set_viewport_size({"width": 1280, "height": 900})
        visited.page.wait_for_function("!document.querySelector('figure.is-wide[tabindex]')")
