"""Tables have captions, scoped headers and a region that scrolls."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.parsers.rst import Directive

from carebook.press.accessible_tables import accessible_html

CAPTION = "Share above the cut-off, by role."
MARKDOWN = f"""
# A page

```{{table}} {CAPTION}

|  | nurses | doctors |
| --- | --- | --- |
| 2024 | 31 | 29 |
| 2025 | 33 | 30 |
```
"""
CELL = f"""
---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

```{{code-cell}} ipython3
:mystnb: {{"table": {{"caption": "{CAPTION}"}}}}
import pandas as pd
pd.DataFrame({{"nurses": [31, 33]}}, index=["2024", "2025"])
```
"""
SHARES = pd.DataFrame({"nurses": [31, 33]}, index=["2024", "2025"])


@pytest.fixture
def press_extensions():
    return ("carebook.press.accessible_tables",)


def rewritten(html, caption=CAPTION):
    """Return the rewritten HTML, parsed, and whether a caption is missing."""
    new, uncaptioned = accessible_html(html, caption, "table-1")
    return BeautifulSoup(new, "html.parser"), uncaptioned


def test_accessible_html_names_the_region_by_its_caption():
    soup, uncaptioned = rewritten(SHARES.to_html())
    assert not uncaptioned
    region = soup.find(role="region")
    assert region["tabindex"] == "0"
    assert soup.find(id=region["aria-labelledby"]).text == CAPTION
    assert region.table.caption is not None


def test_accessible_html_scopes_headers_and_frees_the_empty_corner():
    soup, _ = rewritten(SHARES.to_html())
    assert [cell["scope"] for cell in soup.thead.find_all("th")] == ["col"]
    assert soup.thead.find("td").text == ""
    assert [cell["scope"] for cell in soup.tbody.find_all("th")] == ["row", "row"]


def test_accessible_html_scopes_headers_that_span_several_cells():
    index = pd.MultiIndex.from_product([["ward"], ["day", "night"]])
    soup, _ = rewritten(pd.DataFrame([[1, 2], [3, 4]], index=index, columns=index).to_html())
    assert soup.thead.find("th", string="ward")["scope"] == "colgroup"
    assert soup.tbody.find("th", string="ward")["scope"] == "rowgroup"


def test_accessible_html_keeps_a_caption_that_the_table_brings():
    soup, uncaptioned = rewritten("<table><caption>Own.</caption><tr><td>1</td></tr></table>", "")
    assert not uncaptioned
    assert soup.caption.text == "Own."


def test_accessible_html_marks_columns_of_words_and_leaves_numbers():
    table = pd.DataFrame({"role": ["nurse", "doctor"], "share": ["31%", "29.5%"], "n": [4, None]})
    made, _ = accessible_html(table.to_html(), CAPTION, "table-1")
    marked = [cell.get_text() for cell in BeautifulSoup(made, "html.parser").select(".bc-words")]
    assert marked == ["role", "nurse", "doctor"]


def test_accessible_html_reports_a_missing_caption():
    _, uncaptioned = rewritten(SHARES.to_html(), "")
    assert uncaptioned


def test_table_of_a_cell_is_rewritten(build_notebook):
    page = build_notebook(CELL)
    assert page.warnings == []
    region = page.soup.find(class_="bc-table-region")
    assert region.caption.text == CAPTION
    assert region.caption["id"] == region["aria-labelledby"]
    assert page.soup.find("style", scoped=True) is None


def test_table_of_markdown_has_caption_region_and_scopes(build_page):
    page = build_page(MARKDOWN)
    assert page.warnings == []
    region = page.soup.find(class_="bc-table-region")
    assert region["tabindex"] == "0"
    assert CAPTION in page.soup.find(id=region["aria-labelledby"]).text
    assert [cell["scope"] for cell in region.thead.find_all("th")] == ["col", "col"]
    assert region.thead.td.text.strip() == ""


def test_first_column_heads_the_rows_of_a_table_of_markdown_with_an_empty_corner(build_page):
    body = build_page(MARKDOWN).soup.find(class_="bc-table-region").tbody
    assert [cell.text.strip() for cell in body.find_all("th", scope="row")] == ["2024", "2025"]
    assert [len(row.find_all("td")) for row in body.find_all("tr")] == [2, 2]


def test_first_column_stays_plain_where_it_has_a_heading(build_page):
    page = build_page(MARKDOWN.replace("|  | nurses", "| year | nurses"))
    assert page.soup.find(class_="bc-table-region").tbody.find("th") is None


def test_table_stands_in_its_region_under_the_theme_of_the_book(build_page):
    page = build_page(MARKDOWN, html_theme="sphinx_book_theme")
    region = page.soup.find(class_="bc-table-region")
    assert region.find("table").caption.text.startswith(CAPTION)
    assert [cell["scope"] for cell in region.thead.find_all("th")] == ["col", "col"]


def test_table_that_draws_itself_is_closed_once(build_page):
    page = build_page(
        "# A page\n\n```{own-table}\n```\n\nAfter.\n",
        html_theme="sphinx_book_theme",
        extensions=[__name__],
    )
    drawn = page.html[page.html.index("<table>") : page.html.index("After.")]
    assert drawn.count("</table>") == 1
    assert "</div>" not in drawn


class own_table(nodes.table):  # noqa: N801 - docutils names nodes so
    """A table with a visitor of its own that opens it."""


class OwnTable(Directive):
    """Return a table of one cell."""

    def run(self):
        row = nodes.row("", nodes.entry("", nodes.paragraph("", "1")))
        group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.tbody("", row), cols=1)
        return [own_table("", nodes.title("", "One."), group)]


def setup(app):
    """Let this module serve as an extension with a table that draws itself."""

    def visit(self, node):
        self._table_row_indices.append(0)
        self.body.append("<table>")

    app.add_node(own_table, html=(visit, lambda self, node: self.depart_table(node)))
    app.add_directive("own-table", OwnTable)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_table_reads_in_every_builder(build_page, builder):
    page = build_page(MARKDOWN, builder=builder)
    assert page.warnings == []
    assert "nurses" in page.output


def test_table_of_a_cell_without_caption_is_reported_with_its_line(build_notebook):
    text = CELL.replace(f':mystnb: {{"table": {{"caption": "{CAPTION}"}}}}\n', "")
    page = build_notebook(text)
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith(
        "index.md:10: WARNING: The table of code cell 1 has no caption. Add to the cell"
    )


def test_table_of_markdown_without_caption_is_reported_with_its_line(build_page):
    page = build_page("# A page\n\n| one | two |\n| --- | --- |\n| 1 | 2 |\n")
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("index.md:3: WARNING: This table has no caption. Put it")
