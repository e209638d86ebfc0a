"""Numbers in prose: {finding}, its sisters and {source}."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carebook.evidence import finding
from carebook.press.citations import evidence_link, is_bare
from carebook.press.finding_role import allowed_finding, finding_in_words, sample_in_words

LIBRARY = {"book/evidence-library.md": "# Library\n\n```{evidence-library}\n```\n"}
MENON = "menon2020:si_adj"


@pytest.fixture
def press_extensions():
    return (
        "carebook.press.finding_role",
        "carebook.press.evidence_library",
        "carebook.press.references",
    )


def test_a_retracted_finding_is_refused_outside_a_lesson():
    with pytest.raises(ValueError, match=r"was retracted and is no evidence; show it as a lesson"):
        allowed_finding("panagioti2018:safety")


def test_a_sound_finding_is_refused_as_a_lesson():
    with pytest.raises(ValueError, match=r"was not retracted; write \{finding\}`menon2020:si_adj`"):
        allowed_finding(MENON, lesson=True)


def test_sample_in_words_separates_thousands_and_names_the_unit():
    assert sample_in_words(finding("hewitt2020:min")) == "6,956 participants"


@pytest.mark.parametrize(
    ("n", "unit", "printed"),
    [
        (105000, "participants (more than)", "more than 105,000 participants"),
        (1, "trusts", "1 trust"),
        (1, "surgeries", "1 surgery"),
        (26174, "", "26,174"),
        (None, "hospitals", ""),
    ],
)
def test_sample_in_words_reads_well_for_odd_units(n, unit, printed):
    assert sample_in_words(replace(finding(MENON), n=n, n_unit=unit)) == printed


def test_finding_in_words_prints_the_sentence_where_there_is_no_number():
    statement = replace(finding(MENON), estimate=None, estimate_text="", finding="It rained.")
    assert finding_in_words(statement) == "It rained"


def test_finding_n_refuses_a_finding_without_a_sample():
    with pytest.raises(ValueError, match=r"has no sample size in findings\.csv"):
        finding_in_words(replace(finding(MENON), n=None), "finding-n")


def test_finding_role_puts_a_link_into_the_doctree(build_page):
    page = build_page(f"# Page\n\nIt was {{finding}}`{MENON}`.\n")
    (link,) = page.doctree.findall(evidence_link)
    assert page.warnings == []
    assert link.astext() == "odds ratio 0.85 per standard deviation (95% interval 0.63 to 1.17)"


def test_finding_role_links_to_the_card_of_the_library(build_page):
    page = build_page(f"# Page\n\nIt was {{finding-value}}`{MENON}`.\n", files=LIBRARY)
    link = page.soup.find("a", class_="bc-finding")
    assert page.warnings == []
    assert link["href"] == "book/evidence-library.html#finding-menon2020-si-adj"
    assert link.contents[0] == "0.85"
    assert page.page("book/evidence-library").find(id="finding-menon2020-si-adj")


def test_a_bare_number_as_a_link_tells_the_ear_what_it_counts(build_page):
    page = build_page(f"# Page\n\nIt was {{finding-value}}`{MENON}`.\n", files=LIBRARY)
    unseen = page.soup.select_one("a.bc-finding .bc-unseen")
    assert unseen.text == f", finding: {finding(MENON).outcome}"


def test_the_context_of_a_link_is_no_word_that_the_search_finds(build_page):
    page = build_page(f"# Page\n\nIt was {{finding-value}}`{MENON}`.\n", files=LIBRARY)
    (link,) = page.doctree.findall(evidence_link)
    assert link.astext() == "0.85"


@pytest.mark.parametrize(
    ("text", "bare"),
    [("22", True), ("10.3%", True), ("22 items", True), ("6,956 trial participants", False)],
)
def test_is_bare_tells_numbers_from_words(text, bare):
    assert is_bare(text) is bare


def test_finding_role_takes_the_authors_words(build_page):
    page = build_page(f"# Page\n\nIt was {{finding}}`hardly linked <{MENON}>`.\n", files=LIBRARY)
    assert page.soup.find("a", class_="bc-finding").text == "hardly linked"


def test_finding_sentence_and_n_print_what_the_register_says(build_page):
    page = build_page(
        "# Page\n\n{finding-sentence}`hewitt2020:min` ({finding-n}`hewitt2020:min`)\n"
    )
    assert f"{finding('hewitt2020:min').finding} (6,956 participants)" in page.soup.text


@pytest.mark.parametrize(
    ("identifier", "mark"),
    [
        ("aiken2012:burnout_england", "secondary"),
        ("badgett2022:engwithin", "own computation"),
    ],
)
def test_finding_role_marks_how_a_number_was_come_by(build_page, identifier, mark):
    page = build_page(f"# Page\n\nIt was {{finding}}`{identifier}`.\n")
    shown = page.soup.find("span", class_="bc-mark")
    assert page.warnings == []
    assert shown.contents[0] == mark
    assert shown["title"] in shown.find("span", class_="bc-unseen").text


def test_a_mark_is_explained_once_on_a_page_and_does_not_leave_its_number(build_page):
    role = "{finding}`aiken2012:burnout_england`"
    page = build_page(
        f"# Page\n\nIt was {role}: then {role}, and {{finding}}`badgett2022:engwithin`.\n"
    )
    marks = page.soup.find_all("span", class_="bc-mark")
    assert [bool(mark.find(class_="bc-unseen")) for mark in marks] == [True, False, True]
    assert marks[0]["title"] == marks[1]["title"]
    assert all(mark.previous_sibling.endswith("\N{NO-BREAK SPACE}") for mark in marks)
    assert str(marks[1].next_sibling).startswith(",")


def test_finding_retracted_shows_a_retracted_finding_with_its_mark(build_page):
    page = build_page("# Page\n\nIt was {finding-retracted}`panagioti2018:safety`.\n")
    assert page.warnings == []
    assert page.soup.find("span", class_="bc-mark-retracted").contents[0] == "retracted"


def test_source_role_links_to_the_reference_on_the_same_page(build_page):
    page = build_page("# Page\n\nBy {source}`hewitt2020`.\n\n```{page-references}\n```\n")
    link = page.soup.find("a", class_="bc-source")
    assert page.warnings == []
    assert (link.text, link["href"]) == ("Hewitt et al. 2020", "#ref-hewitt2020")
    assert page.soup.find(id="ref-hewitt2020")


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_roles_are_silent_in_other_formats(build_page, builder):
    text = f"# Page\n\nBy {{source}}`hewitt2020`: {{finding}}`{MENON}`.\n"
    page = build_page(text, builder=builder)
    assert page.warnings == []
    assert "0.63 to 1.17" in page.output


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("{finding}`hewit2020:min`", "no finding 'hewit2020:min'; near it: hewitt2020:"),
        ("{finding}`panagioti2018:safety`", "was retracted and is no evidence"),
        ("{finding-retracted}`menon2020:si_adj`", "was not retracted"),
        ("{source}`hewit2020`", "no source 'hewit2020'; near it: hewitt2020"),
    ],
)
def test_a_mistaken_role_warns_with_file_and_line(build_page, role, words):
    page = build_page(f"# Page\n\nFirst.\n\nThen {role}.\n")
    (warning,) = page.warnings
    assert warning.startswith("index.md:5: WARNING: ")
    assert words in warning


def test_a_page_with_a_number_is_read_again_when_the_register_changes(build_page):
    page = build_page(f"# Page\n\nIt was {{finding}}`{MENON}`.\n")
    needed = {name.rsplit("/", 1)[-1] for name in page.dependencies}
    assert {"findings.csv", "sources.csv", "datapackage.json", "wording.py"} <= needed
