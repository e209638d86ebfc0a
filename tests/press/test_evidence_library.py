"""The library of all findings."""

from __future__ import annotations

import gzip
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from carebook.evidence import effect_in_words, finding, findings, source
from carebook.press import evidence_library
from carebook.press.evidence_library import (
    DESIGNS,
    SEEN,
    TOPICS,
    build_card,
    card_html,
    finding_card,
)

PAGE = "# Library\n\n```{evidence-library}\n```\n"
RAW_LIMIT = 1_200_000
PACKED_LIMIT = 250_000


@pytest.fixture
def press_extensions():
    return ("carebook.press.evidence_library",)


@pytest.fixture
def library(build_page, monkeypatch):
    """A library of the first forty findings and hewitt2020's: quick to build."""
    some = [*findings()[:40], *(f for f in findings() if f.source == "hewitt2020")]
    monkeypatch.setattr(evidence_library, "findings", lambda: some)
    return build_page(PAGE, files={"other.md": "# Other\n"})


def test_every_topic_and_way_of_seeing_has_words_for_readers():
    assert {found.topic for found in findings()} <= TOPICS.keys()
    assert {found.verified for found in findings()} <= SEEN.keys()
    assert DESIGNS["rct"] == "randomised trial"


def test_a_card_escapes_what_stands_in_the_table():
    found = replace(finding("hewitt2020:min"), finding="Fewer than <5> & more.")
    card = card_html(found, source("hewitt2020"), [("Who", "a <b> ward")])
    assert "Fewer than &lt;5&gt; &amp; more." in card
    assert "a &lt;b&gt; ward" in card


def test_every_card_is_well_formed_for_epub():
    cards = [build_card(found)["card"] for found in findings()]
    assert all(ElementTree.fromstring(card).tag == "li" for card in cards)


def test_a_card_in_plain_words_tells_the_same_as_in_html():
    found = finding("hewitt2020:min")
    told = build_card(found).astext()
    for part in (found.finding, effect_in_words(found), found.limits, "6,956 participants"):
        assert part in told
        assert part in build_card(found)["card"]


def test_the_whole_library_is_complete_and_light(build_page):
    page = build_page(PAGE)
    raw = page.html.encode()
    assert page.warnings == []
    assert len(list(page.doctree.findall(finding_card))) == len(findings())
    assert len(raw) < RAW_LIMIT
    assert len(gzip.compress(raw)) < PACKED_LIMIT


def test_the_library_is_a_list_of_cards_with_unique_anchors(library):
    anchors = [card["id"] for card in library.soup.select("section ul.bc-cards > li.bc-card")]
    assert len(set(anchors)) == len(anchors) == len(list(library.doctree.findall(finding_card)))
    assert "finding-hewitt2020-min" in anchors


def test_the_library_links_each_doi_once(library):
    card = library.soup.find(id="finding-hewitt2020-min")
    (link,) = card.find_all("a")
    assert link["href"] == f"https://doi.org/{source('hewitt2020').doi}"


def test_the_filter_is_hidden_until_the_script_runs(library):
    form = library.soup.find("form", id="evidence-filter")
    assert form.has_attr("hidden")
    assert [control["name"] for control in form.find_all(["input", "select"])] == [
        "words",
        "topic",
        "design",
        "seen",
    ]
    assert all(control.find_parent("label") for control in form.find_all(["input", "select"]))
    assert library.soup.find(id="evidence-count")["aria-live"] == "polite"


def test_the_script_is_loaded_on_the_library_alone(library):
    def loads(soup):
        return [s["src"] for s in soup.find_all("script", src=True) if "evidence" in s["src"]]

    assert len(loads(library.soup)) == 1
    assert loads(library.page("other")) == []
    assert (library.out / "_static/evidence-library.js").is_file()


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_library_is_silent_in_other_formats(library, build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "6,956 participants" in page.output


def test_the_library_takes_no_argument_and_says_so_with_file_and_line(build_page):
    (warning,) = build_page("# Library\n\n```{evidence-library} all\n```\n").warnings
    assert warning.startswith("index.md:3: ")
