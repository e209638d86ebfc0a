"""The data dictionary."""

from __future__ import annotations

import pytest
from docutils import nodes

from carebook.data import Column, describe, load, table_names
from carebook.data.simulate import simulation
from carebook.press.data_dictionary import allowed_in_words, build_columns, pattern_in_words
from carebook.press.stacked_table import stacked_table

PAGE = """
    # Data dictionary

    ```{data-dictionary}
    :tables: sources clinic_days
    ```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.data_dictionary", "carebook.press.evidence_library")


@pytest.mark.parametrize(
    ("column", "printed"),
    [
        (Column("a", "string", allowed=("low", "high"), required=True), "low, high; never empty"),
        (Column("a", "number", minimum=0, maximum=100), "0 to 100"),
        (Column("a", "integer", minimum=1, unique=True), "1 or more; each once"),
        (Column("a", "number", maximum=1), "1 or less"),
        (Column("a", "string"), ""),
    ],
)
def test_allowed_in_words_tells_what_may_stand_in_a_column(column, printed):
    assert allowed_in_words(column) == printed


@pytest.mark.parametrize(
    ("pattern", "printed"),
    [
        ("^U[0-9]{3}$", "U and three digits, as U001"),
        (r"^T\d{4}$", "T and four digits, as T0001"),
        (r"^\d+$", "digits only"),
        ("^x|y$", "pattern ^x|y$"),
        ("", ""),
    ],
)
def test_pattern_in_words_says_a_simple_pattern_in_words(pattern, printed):
    assert pattern_in_words(pattern) == printed


def test_every_pattern_of_the_book_has_words():
    columns = [column for name in table_names() for column in describe(name).columns]
    patterns = {column.pattern for column in columns if column.pattern}
    assert patterns
    assert [p for p in patterns if pattern_in_words(p).startswith("pattern")] == []


def test_a_table_without_units_has_no_column_of_units():
    heads = {
        name: "Unit" in build_columns(describe(name)).next_node(nodes.thead).astext().split()
        for name in ("cases", "clinic_days")
    }
    assert heads == {"cases": False, "clinic_days": True}


def test_the_columns_of_a_table_fold_under_their_number(build_page):
    folded = build_page(PAGE).soup.select_one("#table-sources details.bc-fold")
    assert folded.summary.text == f"{len(describe('sources').columns)} columns"
    assert folded.find("table", class_="bc-columns")


def test_the_doctree_holds_a_table_of_columns_for_each_table(build_page):
    page = build_page(PAGE)
    captions = [table.next_node().astext() for table in page.doctree.findall(stacked_table)]
    assert page.warnings == []
    assert captions == [
        "Columns of sources",
        "Columns of clinic_days",
        "What was put into the simulated clinic_days",
    ]


def test_each_table_has_a_section_with_title_rows_and_file(build_page):
    section = build_page(PAGE).soup.find("section", id="table-sources")
    assert section.find("h3").text.startswith(describe("sources").title)
    assert f"{len(load('sources')):,} rows" in section.text
    assert section.find("a", string="sources.csv")["href"] == "datasets/published/sources.csv"


def test_the_link_to_a_file_climbs_out_of_the_folder_of_the_page(build_page):
    page = build_page("# Page\n", files={"book/dictionary.md": PAGE})
    link = page.page("book/dictionary").find("a", string="sources.csv")
    assert link["href"] == "../datasets/published/sources.csv"


def test_each_column_stands_with_type_unit_and_meaning(build_page):
    table = build_page(PAGE).soup.select_one("#table-clinic-days table.bc-columns")
    column = describe("clinic_days").columns[0]
    row = table.tbody.find("tr")
    assert row.find("th", scope="row").text.strip() == column.name
    assert column.meaning in row.text


def test_a_simulated_table_tells_its_story_and_its_truth(build_page):
    page = build_page(PAGE, files={"library.md": "# Library\n\n```{evidence-library}\n```\n"})
    section = page.soup.find("section", id="table-clinic-days")
    told = simulation("clinic_days")
    assert section.find("svg", role="img")
    assert "Simulated data" in section.text
    for words in (told.story, told.naive, told.sound, told.parameters[0].meaning):
        assert words in section.text
    calibrated = next(p for p in told.parameters if p.calibrated_to)
    row = next(tr for tr in section.find_all("tr") if calibrated.meaning in tr.text)
    assert row.find("a")["href"].startswith("library.html#finding-")


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_dictionary_is_silent_in_other_formats(build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "Columns of sources" in page.output


def test_an_unknown_table_warns_with_file_and_line(build_page):
    (warning,) = build_page(PAGE.replace("sources", "source")).warnings
    assert warning.startswith("index.md:3: WARNING: data-dictionary: no table named 'source'")


def test_a_page_is_read_again_when_a_table_changes(build_page):
    page = build_page(PAGE)
    assert page.warnings == []
    needed = {name.rsplit("/", 1)[-1] for name in page.dependencies}
    assert {"datapackage.json", "sources.csv", "clinic_days.csv", "clinic_days.py"} <= needed
