"""The tools of a page, worked with a keyboard alone: the library's filters, the predictions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from carebook.evidence import findings

LIBRARY = 'id="evidence-filter"'
CHAPTER = "chapters/measuring-burnout/index.html"
ALL = len(findings())
COUNT_SAYS_ALL = f"document.querySelector('#evidence-count').innerText.match(/^{ALL} of/)"


def test_the_library_is_filtered_by_keyboard_and_says_how_much_is_left(
    page_with: Callable[[str], str], visit: Callable[..., Any]
) -> None:
    with visit(page_with(LIBRARY)) as visited:
        page = visited.page
        count = page.locator("#evidence-count")
        assert count.inner_text() == f"{ALL} of {ALL} findings shown."
        page.locator("#evidence-filter [name=words]").focus()
        page.keyboard.type("copenhagen")
        page.wait_for_function(f"!{COUNT_SAYS_ALL}")
        shown = int(re.match(r"\d+", count.inner_text())[0])  # type: ignore[index]
        assert 0 < shown < 100
        assert page.locator("li.bc-card:visible").count() == shown
        for card in page.locator("li.bc-card:visible").all():
            assert "copenhagen" in (card.text_content() or "").lower()
        page.keyboard.type(" zebra")
        page.wait_for_function("document.querySelector('#evidence-count').innerText.match(/^No/)")
        page.get_by_role("button", name="Show all").focus()
        page.keyboard.press("Enter")
        page.wait_for_function(COUNT_SAYS_ALL)


def test_a_number_in_the_text_leads_to_its_card(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER) as visited:
        page = visited.page
        page.locator("a[href*='#finding-hewitt2020-min']").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#finding-hewitt2020-min")
        card = page.locator("#finding-hewitt2020-min")
        card.wait_for(state="visible")
        assert "3.2%" in card.inner_text()
        assert visited.errors == []


def test_a_prediction_made_by_keyboard_comes_back_at_the_end(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER) as visited:
        page = visited.page
        choices = page.locator("fieldset.bc-prediction input[type=radio]")
        choices.first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        returned = page.locator("[data-prediction]")
        assert returned.inner_text() == "Your prediction was: 5 to 15 percentage points"


def test_questions_and_predictions_are_text_without_javascript(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER, java_script_enabled=False) as visited:
        page = visited.page
        assert page.locator("main input:visible, main button:visible").count() == 0
        answer = page.locator("form.bc-quiz details").first
        assert answer.is_visible()
        answer.locator("summary").focus()
        page.keyboard.press("Enter")
        assert "Until the rules agree" in answer.inner_text()
