"""Tables that become cards on a narrow screen."""

from __future__ import annotations

import pytest

from carebook.press.stacked_table import build_table, split_tall_cells, stacked_row, words


@pytest.fixture
def press_extensions():
    return ("carebook.press.stacked_table",)


HEADS = ("Ward", "Month", "Count")


def tall():
    rows = [
        [words("A", head=True, rows=2), words("May"), words("3", number=True)],
        [None, words("June"), words("4", number=True)],
    ]
    return build_table("Falls", HEADS, rows)


def test_build_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        build_table("Falls", HEADS, [[words("A")] * 4])


def test_build_table_leaves_out_a_cell_that_is_covered_from_above():
    lengths = [len(row) for row in tall().findall(stacked_row)]
    assert lengths == [3, 3, 2]


def test_a_header_over_several_rows_heads_a_group():
    heads = [cell["scope"] for row in tall().findall(stacked_row) for cell in row]
    assert heads == ["col", "col", "col", "rowgroup", "", "", "", ""]


def test_split_tall_cells_fills_the_gap_with_an_empty_cell():
    table = tall()
    split_tall_cells(table)
    last = list(table.findall(stacked_row))[-1]
    assert [cell.astext() for cell in last] == ["", "June", "4"]


def test_the_table_closes_what_it_opens_in_the_theme_of_the_book(build_page):
    page = build_page(
        """
        # Page

        ```{data-dictionary}
        :tables: sources
        ```

        ## After
        """,
        extensions=["carebook.press.data_dictionary"],
        html_theme="sphinx_book_theme",
    )
    article = page.soup.find("article", class_="bd-article")
    assert [heading.contents[0] for heading in article.find_all("h2")][-1] == "After"
    assert page.html.count("<div") == page.html.count("</div>")
