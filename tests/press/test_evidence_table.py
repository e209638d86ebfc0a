"""The table that weighs claims."""

from __future__ import annotations

import pytest

from carebook.press.evidence_table import Weighed, read_rows
from carebook.press.stacked_table import stacked_table

ROW = """
    - claim: Clinicians who report *burnout* report more errors.
      findings: menon2020:si_adj
      against: hewitt2020:min
      certainty: very low
      why: One survey.
      would_change: Somebody else counts, as in {source}`hewitt2020`.
"""
TABLE = f"""
    # Page

    ```{{evidence-table}} Burnout and error
    {ROW.strip()}
    ```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.evidence_table", "carebook.press.references")


def test_a_row_refuses_a_certainty_that_is_not_grade():
    with pytest.raises(ValueError, match=r"certainty is 'sure'; it is one of high, moderate, low"):
        Weighed("It rains.", ("a:b",), (), "sure", "Wet.", "Sun.")


def test_a_row_refuses_to_leave_out_what_would_change_our_mind():
    with pytest.raises(ValueError, match=r"nothing stands for would_change"):
        Weighed("It rains.", ("a:b",), (), "low", "Wet.", "")


@pytest.mark.parametrize(
    ("body", "claims", "words"),
    [
        ("", [], r"write rows as YAML in the body, or name claims"),
        ("- claim: [", [], r"the body is no YAML"),
        ("claim: It rains.", [], r"the body is a list of rows"),
        ("- claim: It rains.\n  finding: a:b", [], r"a row has finding; its keys are claim,"),
        ("", ["no-such-claim"], r"no claim no-such-claim in claims\.csv; it has "),
    ],
)
def test_read_rows_says_what_is_wrong(body, claims, words):
    with pytest.raises(ValueError, match=words):
        read_rows(body, claims)


def test_read_rows_takes_claims_from_the_ledger():
    (row,) = read_rows("", ["staff-are-burning-out"])
    assert row.claim == "Staff are burning out."
    assert "hewitt2020:max" in row.against


def test_the_doctree_holds_a_table_with_its_caption(build_page):
    page = build_page(TABLE)
    (table,) = page.doctree.findall(stacked_table)
    assert page.warnings == []
    assert table.next_node().astext() == "Burnout and error"


def test_the_table_has_a_caption_and_scoped_headers(build_page):
    table = build_page(TABLE).soup.find("table", class_="bc-evidence")
    assert table.caption.text.strip() == "Burnout and error"
    assert [th.text.strip() for th in table.thead.find_all("th", scope="col")] == [
        "Claim",
        "Best study",
        "Design",
        "Size and interval",
        "Certainty",
        "What would change our mind",
    ]
    claim = table.tbody.find("th", scope="rowgroup")
    assert claim["rowspan"] == "2"
    assert claim.em.text == "burnout"


def test_the_table_shows_size_certainty_and_what_speaks_against(build_page):
    page = build_page(TABLE)
    rows = page.soup.find("table", class_="bc-evidence").tbody.find_all("tr")
    assert "odds ratio 0.85 per standard deviation (95% interval 0.63 to 1.17)" in rows[0].text
    assert "Very low. One survey." in rows[0].text
    assert "Against: Hewitt et al. 2020" in rows[1].text
    assert rows[0].find("td", {"data-label": "Design"}).text.strip() == "cross-sectional study"


def test_the_table_cites_its_sources_on_the_page(build_page):
    page = build_page(f"{TABLE}\n    ```{{page-references}}\n    ```\n")
    entries = [item["id"] for item in page.soup.select("ul.bc-references > li")]
    assert entries == ["ref-hewitt2020", "ref-menon2020"]


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_table_is_silent_in_other_formats(build_page, builder):
    page = build_page(TABLE, builder=builder)
    assert page.warnings == []
    assert "Burnout and error" in page.output


@pytest.mark.parametrize(
    ("written", "instead", "words"),
    [
        ("very low", "quite sure", "certainty is 'quite sure'"),
        ("menon2020:si_adj", "menon2020:si_adjusted", "near it: menon2020:si_adj"),
        ("menon2020:si_adj", "panagioti2018:safety", "was retracted and is no evidence"),
    ],
)
def test_a_mistaken_row_warns_with_file_and_line(build_page, written, instead, words):
    (warning,) = build_page(TABLE.replace(written, instead)).warnings
    assert warning.startswith("index.md:3: WARNING: evidence-table: ")
    assert words in warning
