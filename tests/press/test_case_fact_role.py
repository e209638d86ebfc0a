"""Facts of a case: the words on the page, the note, and the list at its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carebook.evidence import UnknownFinding
from carebook.evidence.register import case_fact, case_facts_by_id
from carebook.press.case_fact_role import build_fact_list, fact_note, facts_of, refuse_words

FACT = "advance_alert_monitor:01"
PAGE = """
    # Page

    In {case-fact}`nineteen hospitals from 2016 on <advance_alert_monitor:01>` a nurse
    {case-fact}`reads first <advance_alert_monitor:02>`, and
    {case-fact}`again there <advance_alert_monitor:01>`.

    ```{page-references}
    ```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.case_fact_role", "carebook.press.references")


def test_a_fact_needs_words_of_the_author():
    with pytest.raises(ValueError, match="needs words of yours"):
        refuse_words("", case_fact(FACT))


@pytest.mark.parametrize("words", ["20 hospitals", "in 2017", "1 August 2,016.5"])
def test_a_number_that_the_fact_does_not_hold_is_refused(words):
    with pytest.raises(ValueError, match="does not hold the number"):
        refuse_words(words, case_fact(FACT))


def test_a_number_may_be_written_with_or_without_its_comma():
    fact = replace(case_fact(FACT), text="There were 649,418 stays.")
    refuse_words("649418 stays", fact)
    refuse_words("649,418 stays", fact)


def test_tensions_and_questions_are_no_facts():
    with pytest.raises(UnknownFinding, match="no case fact"):
        case_fact("advance_alert_monitor:99")


def test_a_fact_is_numbered_once_however_often_it_is_used(build_page):
    page = build_page(PAGE)
    assert page.warnings == []
    assert [note.astext() for note in page.doctree.findall(fact_note)] == ["1", "2", "1"]


def test_a_note_leads_to_its_fact_and_the_fact_to_its_page(build_page):
    soup = build_page(PAGE).soup
    note = soup.select_one(".bc-fact-note a")
    assert note.text == "case fact 1"
    entry = soup.select_one(note["href"])
    assert case_fact(FACT).text in entry.text
    assert entry.a["href"] == case_fact(FACT).addresses[0]


def test_an_own_account_is_named():
    own = next(fact for fact in case_facts_by_id().values() if fact.own_account)
    _, listed = build_fact_list([own.id])
    assert "own account" in listed.astext()


def test_a_fact_may_have_been_read_at_two_pages():
    fact = replace(case_fact(FACT), source_url="https://a.org/x; https://b.org/")
    assert fact.addresses == ("https://a.org/x", "https://b.org/")


def test_a_page_without_facts_has_no_list():
    assert build_fact_list([]) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("See {case-fact}`this <advance_alert:01>`.", "no case fact 'advance_alert:01'"),
        ("See {case-fact}`advance_alert_monitor:01`.", "needs words of yours"),
        ("See {case-fact}`21 units <advance_alert_monitor:01>`.", "does not hold the number 21"),
    ],
)
def test_a_mistake_is_a_warning_with_its_line(build_page, text, says):
    page = build_page(f"# Page\n\n{text}\n\n```{{page-references}}\n```\n")
    (warning,) = page.warnings
    assert says in warning
    assert "index.md:3" in warning


def test_a_page_without_a_list_is_a_warning(build_page):
    page = build_page("# Page\n\nSee {case-fact}`this <advance_alert_monitor:01>`.\n")
    (warning,) = page.warnings
    assert "Add {page-references}" in warning
    assert "index.md:3" in warning


def test_a_page_that_is_read_again_starts_at_one(build_page):
    build_page(PAGE)
    page = build_page(PAGE.replace("advance_alert_monitor:02", "bristol:01"))
    assert page.warnings == []
    assert len(page.soup.select("ol.bc-case-facts > li")) == 2


def test_facts_are_the_same_when_pages_are_read_in_parallel(build_page):
    others = {
        f"p{number}.md": "\n".join(PAGE.replace("    ", "").splitlines()) for number in range(8)
    }
    page = build_page(PAGE, files=others, parallel=2)
    assert page.warnings == []
    assert len(page.page("p5").select("ol.bc-case-facts > li")) == 2


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_facts_are_silent_in_other_formats(build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "nineteen hospitals" in page.output


def test_facts_are_kept_by_page():
    class Memory:
        """Stands for Sphinx's memory of the book."""

    memory = Memory()
    facts_of(memory)["a"] = [FACT]
    assert facts_of(memory) == {"a": [FACT]}
