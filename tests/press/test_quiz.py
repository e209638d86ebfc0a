"""The quiz directive."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from carebook.press.markup import Block
from carebook.press.page_scripts import SCRIPTS
from carebook.press.quiz_record import Option, Quiz, read_mark

ONE = """
# A page

```{quiz} cut-off
What happens to the *share* when the cut-off falls?

- (x) It rises.
  > More people stand above a lower bar.
- ( ) It falls.
  > That would be so for a **higher** bar.
```
"""
SEVERAL = ONE.replace("(x)", "[x]").replace("( )", "[ ]")
RIGHT = Option("It rises.", True, "More people.")
WRONG = Option("It falls.", False, "That is a higher bar.")


@pytest.fixture
def press_extensions():
    return ("carebook.press.quiz",)


def test_read_mark_takes_the_mark_off():
    assert read_mark("(x) It rises.") == (True, False, "It rises.")
    assert read_mark("[ ] It falls.") == (False, True, "It falls.")


@pytest.mark.parametrize("text", ["It rises.", "(y) It rises.", "(x)It rises."])
def test_read_mark_refuses_text_without_a_mark(text):
    with pytest.raises(ValueError, match=r"does not start with \( \), \(x\)"):
        read_mark(text)


def test_option_refuses_to_be_without_feedback():
    with pytest.raises(ValueError, match=r"'It rises\.' has no feedback"):
        Option("It rises.", True, " ")


@pytest.mark.parametrize(
    ("identifier", "question", "options", "message"),
    [
        ("Cut Off", "Why?", (RIGHT, WRONG), "must be small letters"),
        ("cut-off", " ", (RIGHT, WRONG), "has no question"),
        ("cut-off", "Why?", (RIGHT,), "has 1 option"),
        ("cut-off", "Why?", (WRONG, WRONG), "marks 0 options as right; it needs exactly one"),
        ("cut-off", "Why?", (RIGHT, RIGHT), "marks 2 options as right; it needs exactly one"),
        (
            "cut-off",
            "Why?",
            (RIGHT, Option("Both.", False, "No.", several=True)),
            r"mixes \( \) and \[ \]",
        ),
    ],
)
def test_quiz_refuses_what_cannot_be_answered(identifier, question, options, message):
    with pytest.raises(ValueError, match=message):
        Quiz(identifier, question, options)


def test_quiz_page_reads_without_warnings_and_holds_the_form(build_page):
    page = build_page(ONE)
    assert page.warnings == []
    (form,) = [node for node in page.doctree.findall(Block) if "bc-quiz" in node["classes"]]
    assert form["tag"] == "form"
    assert form["ids"] == ["quiz-cut-off"]


def test_quiz_asks_in_a_legend_and_labels_each_control(build_page):
    form = build_page(ONE).soup.find("form", id="quiz-cut-off")
    assert form.legend.text == "What happens to the share when the cut-off falls?"
    assert form.legend.em.text == "share"
    for control in form.find_all("input"):
        assert form.find("label", attrs={"for": control["id"]}).text in {"It rises.", "It falls."}
    assert [control["type"] for control in form.find_all("input")] == ["radio", "radio"]
    assert ["data-right" in control.attrs for control in form.find_all("input")] == [True, False]


def test_quiz_with_square_brackets_has_checkboxes(build_page):
    form = build_page(SEVERAL).soup.find("form", id="quiz-cut-off")
    assert [control["type"] for control in form.find_all("input")] == ["checkbox", "checkbox"]
    assert form.legend.text.endswith(" falls? Choose all that apply.")


def test_quiz_says_only_once_that_several_may_be_chosen(build_page):
    page = build_page(SEVERAL.replace("falls?", "falls? Choose all that apply."))
    assert page.soup.legend.text.count("Choose all that apply.") == 1


def test_quiz_without_its_script_shows_no_control_and_folds_the_answers(build_page):
    form = build_page(ONE).soup.find("form", id="quiz-cut-off")
    assert all(control.has_attr("hidden") for control in form.find_all("input"))
    assert form.find(class_="bc-quiz-actions").has_attr("hidden")
    assert not form.details.has_attr("open")
    assert not form.details.has_attr("hidden")
    answers = [" ".join(item.text.split()) for item in form.details.find_all("li")]
    assert answers[0] == "Right: It rises. More people stand above a lower bar."
    assert answers[1].startswith("Not right: It falls.")


def test_quiz_has_one_live_region(build_page):
    form = build_page(ONE).soup.find("form", id="quiz-cut-off")
    assert [region.name for region in form.find_all(attrs={"aria-live": "polite"})] == ["p"]


def test_quiz_script_is_loaded_only_on_pages_with_a_quiz(build_page):
    page = build_page(ONE, files={"other.md": "# Other\n"})
    sources = [script.get("src", "") for script in page.soup.find_all("script")]
    assert sum("quiz.js" in source for source in sources) == 1
    assert "quiz.js" not in str(page.page("other"))
    assert (page.out / "_static" / "quiz.js").exists()
    assert not any(
        attribute.startswith("on") for tag in page.soup.form.find_all() for attribute in tag.attrs
    )


def test_quiz_script_is_small_and_stores_nothing():
    script = Path(SCRIPTS, "quiz.js").read_bytes()
    assert len(gzip.compress(script)) < 2000
    assert b"localStorage" not in script
    assert b"sessionStorage" not in script


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_quiz_reads_as_plain_text_elsewhere(build_page, builder):
    page = build_page(ONE, builder=builder)
    assert page.warnings == []
    assert "It rises." in page.output
    assert "More people stand above a lower bar." in page.output


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("  > More people stand above a lower bar.\n", "", 6, "Option 'It rises.' has no feedback"),
        ("( ) It falls", "It falls", 8, "does not start with"),
        ("(x)", "( )", 3, "marks 0 options as right"),
        ("- ( ) It falls.", "- [ ] It falls.", 3, "mixes"),
        ("cut-off\nWhat", "Cut-off\nWhat", 3, "must be small letters"),
    ],
)
def test_quiz_mistake_is_reported_with_file_and_line(build_page, before, after, line, message):
    assert before in ONE
    page = build_page(ONE.replace(before, after, 1))
    assert len(page.warnings) == 1
    assert message in page.warnings[0]
    assert page.warnings[0].startswith(f"index.md:{line}: WARNING")


def test_quiz_id_is_used_once_in_the_book(build_page):
    page = build_page(ONE, files={"other.md": ONE})
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("other.md:3: WARNING: quiz id 'cut-off' is already used")
    assert "'index', line 3" in page.warnings[0]
