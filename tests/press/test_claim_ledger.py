"""The ledger of claims, and what is due to be reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from carebook.cli import main
from carebook.data import load
from carebook.press.claim_ledger import NONE_FOUND, claims, in_book_order
from carebook.press.review_dates import due, next_due

PAGE = "# Ledger\n\n```{claim-ledger}\n```\n\n```{page-references}\n```\n"
CHAPTERS = {
    f"chapters/{slug}/index.md": f"# Chapter {slug}\n\nWords.\n"
    for slug in sorted({claim.chapter for claim in claims()})
}


@pytest.fixture
def press_extensions():
    return ("carebook.press.claim_ledger", "carebook.press.references")


def test_every_row_is_a_claim_with_evidence_and_a_chapter():
    listed = claims()
    assert [claim.id for claim in listed] == list(load("claims")["id"])
    assert all(claim.chapter and claim.reason and claim.would_change for claim in listed)


def test_a_claim_without_any_finding_is_refused():
    with pytest.raises(ValueError, match="name findings for or against it"):
        replace(claims()[0], evidence_for=(), evidence_against=())


def test_a_claim_of_unknown_certainty_is_refused():
    with pytest.raises(ValueError, match="certainty is 'sure'; it is one of high, moderate"):
        replace(claims()[0], certainty="sure")


def test_claims_stand_in_the_order_of_the_book():
    first = claims()[0]
    listed = [replace(first, id="z", chapter="b"), replace(first, id="a", chapter="nowhere")]
    listed += [replace(first, id="m", chapter="a"), replace(first, id="c", chapter="b")]
    assert [claim.id for claim in in_book_order(listed, ["a", "b"])] == ["m", "c", "z", "a"]


def test_the_page_weighs_every_claim(build_page):
    page = build_page(PAGE, files=CHAPTERS)
    assert page.warnings == []
    for claim in claims():
        section = page.soup.find(id=f"claim-{claim.id}")
        assert section.h2.get_text().startswith(claim.claim.replace("'", "’"))
        assert f"Certainty: {claim.certainty}." in section.text
        cited = (*claim.evidence_for, *claim.evidence_against)
        assert len(section.select("li")) == len(cited)
        assert section.find("a", href=f"chapters/{claim.chapter}/index.html")


def test_a_side_without_findings_says_so(build_page):
    one_sided = [claim for claim in claims() if not claim.evidence_against]
    shown = build_page(PAGE, files=CHAPTERS).soup.text.count(NONE_FOUND)
    assert shown == len(one_sided)


def test_a_claim_of_a_chapter_that_does_not_exist_is_a_warning(build_page):
    gone = dict(list(CHAPTERS.items())[1:])
    page = build_page(PAGE, files=gone)
    assert any("unknown document" in warning for warning in page.warnings)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_ledger_is_silent_in_other_formats(build_page, builder):
    page = build_page(PAGE, builder=builder, files=CHAPTERS)
    assert page.warnings == []
    assert claims()[0].reason[:30] in " ".join(page.output.split())


def test_nothing_is_due_before_its_day_and_everything_after_the_last():
    assert due(next_due() - timedelta(days=1)) == []
    assert {each.review_by for each in due(next_due())} == {next_due()}
    assert len(due(date(2100, 1, 1))) == len(load("claims")) + len(load("findings"))


def test_what_is_longest_overdue_comes_first():
    days = [each.review_by for each in due(date(2100, 1, 1))]
    assert days == sorted(days)


def test_the_command_lists_what_is_due_and_says_when_nothing_is():
    told = CliRunner().invoke(main, ["evidence", "due", "--on", next_due().isoformat()])
    assert told.exit_code == 0
    assert "Review each, then set reviewed and review_by." in told.output
    none = CliRunner().invoke(main, ["evidence", "due", "--on", "2020-01-01"])
    assert f"The next review is due on {next_due()}" in none.output


def test_the_command_refuses_what_is_no_day():
    told = CliRunner().invoke(main, ["evidence", "due", "--on", "tomorrow"])
    assert told.exit_code == 2
    assert "does not match the format" in told.output
