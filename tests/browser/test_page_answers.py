"""What a page answers: quizzes, predictions, the library's filter in the address, the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from carebook.evidence import findings

CHAPTER = "chapters/measuring-burnout/index.html"
LIBRARY = "book/evidence-library.html"
ALL = len(findings())


def several(page: Any) -> tuple[Any, Any, Any]:
    """Return a quiz with several right answers: form, right and wrong controls."""
    quiz = page.locator("form.bc-quiz:has(input[type=checkbox])").first
    return quiz, quiz.locator("input[data-right]"), quiz.locator("input:not([data-right])")


def check(quiz: Any) -> str:
    """Press Check and return the verdict that is seen."""
    quiz.get_by_role("button", name="Check").click()
    return str(quiz.locator(".bc-quiz-verdict").evaluate("part => part.firstChild.data.trim()"))


def test_a_quiz_with_several_answers_says_how_many_right_ones_are_missing(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER) as visited:
        quiz, right, wrong = several(visited.page)
        missing = right.count() - 1
        verb = "belongs" if missing == 1 else "belong"
        right.first.check()
        assert check(quiz) == f"What you chose is right. {missing} more {verb} to the answer."
        wrong.first.check()
        assert check(quiz).startswith("1 of your 2 choices is right")


def test_a_quiz_shows_its_verdict_and_a_new_tick_keeps_the_answers_open(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER, height=320) as visited:
        quiz, right, _ = several(visited.page)
        right.first.check()
        check(quiz)
        verdict = quiz.locator(".bc-quiz-verdict")
        box = verdict.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 320
        quiz.locator("details summary").click()
        right.nth(1).check()
        assert verdict.inner_text() == ""
        assert quiz.locator("fieldset .bc-quiz-feedback").count() == 0
        assert quiz.locator("details").evaluate("part => part.open")


def test_feedback_that_says_yes_or_no_shows_no_second_right(visit: Callable[..., Any]) -> None:
    with visit(CHAPTER) as visited:
        page = visited.page
        quiz = page.locator("form.bc-quiz").first
        quiz.locator(".bc-quiz-answers .bc-quiz-feedback p").first.evaluate(
            "part => { part.textContent = 'Yes, that one.'; }"
        )
        quiz.locator("input").first.check()
        check(quiz)
        mark = quiz.locator("fieldset .bc-quiz-mark")
        assert mark.locator("svg").is_visible()
        assert mark.locator("strong").bounding_box()["width"] <= 1
        assert mark.text_content().strip() in {"Right.", "Not right."}


def test_a_prediction_is_noted_beside_the_choice_and_comes_back_with_back(
    visit: Callable[..., Any],
) -> None:
    with visit(CHAPTER) as visited:
        page = visited.page
        place = page.locator("[data-prediction]")
        assert place.inner_text() == ("You have not predicted yet: choose now, before you read on.")
        assert place.get_attribute("aria-live") is None
        page.locator("fieldset.bc-prediction input").nth(1).check()
        noted = page.locator("fieldset.bc-prediction output")
        assert noted.inner_text() == "Noted. The chapter comes back to it."
        page.get_by_role("link", name="Return to your prediction").click()
        page.locator(".site-name").click()
        page.wait_for_url("**/welcome.html")
        page.go_back()
        page.locator(".bc-prediction.bc-live").wait_for()
        assert place.inner_text() == "Your prediction was: 5 to 15 percentage points"
        assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_the_library_s_filter_is_read_from_the_address_and_written_to_it(
    visit: Callable[..., Any],
) -> None:
    with visit(f"{LIBRARY}?words=copenhagen") as visited:
        page = visited.page
        count = page.locator("#evidence-count")
        assert not count.inner_text().startswith(f"{ALL} of")
        page.locator("[name=words]").fill("alpha")
        page.wait_for_url("**?words=alpha")
        page.evaluate("location.hash = 'finding-hewitt2020-min'")
        page.wait_for_function("!location.search")
        assert count.inner_text() == (
            "The filter was taken away, because the link leads to what it hid. "
            f"{ALL} of {ALL} findings shown."
        )
        assert page.locator("#finding-hewitt2020-min").is_visible()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("zzzz", "Nothing found for “zzzz”. Try one word, or look into the contents and the"),
        ("burnout", " pages mention “burnout”."),
    ],
)
def test_a_search_says_in_words_what_it_found(
    visit: Callable[..., Any], words: str, said: str
) -> None:
    with visit(f"search.html?q={words}") as visited:
        status = visited.page.get_by_role("status")
        status.get_by_text(words).wait_for()
        assert said in status.inner_text()
        assert visited.page.get_by_label("Words to look for").evaluate("part => part.required")
        assert visited.errors == []
