"""Tables that can be read by ear and on a narrow screen.

Every table has a caption; its column and row headers say which cells they head; it stands in a
region of its own, reached by the keyboard, which scrolls where the page does not. An author
writes, for the table that a code cell shows::

    ```{code-cell} ipython3
    :mystnb: {"table": {"caption": "Share above the cut-off, by role."}}
    ```

and for a table in Markdown the directive ``table`` around it, with the caption as its argument.
A table in Markdown whose first heading is empty has row headers in its first column.
A table without a caption fails the build, naming the page and the line.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from carebook.press.located_warnings import warn
from carebook.press.notebook_cells import cell_number, cell_of, cell_place

FOR_CELLS = 'Add to the cell \':mystnb: {"table": {"caption": "…"}}\'.'
FOR_MARKDOWN = "Put it in the directive 'table' with the caption as its argument."
# What pandas prints in a column of numbers; a blank there is no word.
NUMBER = re.compile(r"[-+−]?[\d.,]+(e[-+]?\d+)?\s?%?|nan|<NA>|", re.IGNORECASE)


def setup(app: Sphinx) -> dict[str, Any]:
    """Rewrite the tables of cells once a page is read, and draw those of Markdown our way."""
    app.connect("doctree-read", read_tables)
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def read_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Rewrite the HTML tables of code cells, and warn of every table without a caption."""
    for number, raw in enumerate(doctree.findall(nodes.raw), start=1):
        cell = cell_of(raw)
        if cell is None or raw.get("format") != "html" or "<table" not in raw.astext():
            continue
        html, uncaptioned = accessible_html(raw.astext(), cell_caption(cell), f"table-{number}")
        raw.children = [nodes.Text(html)]
        raw.rawsource = html
        if uncaptioned:
            warn(
                f"The table of code cell {cell_number(cell)} has no caption. {FOR_CELLS}",
                cell_place(app.env.docname, cell),
            )
    for table in doctree.findall(nodes.table):
        head_rows(table)
        if not isinstance(table.children[0], nodes.title):
            warn(f"This table has no caption. {FOR_MARKDOWN}", table)


def head_rows(table: nodes.table) -> None:
    """Let the first column head the rows of a table of Markdown whose corner is empty."""
    heads, columns = list(table.findall(nodes.thead)), list(table.findall(nodes.colspec))
    if type(table) is not nodes.table or not heads or not columns:
        return
    corner = heads[0].next_node(nodes.entry)
    if corner is not None and not corner.astext().strip():
        columns[0]["stub"] = 1


def cell_caption(cell: nodes.Element) -> str:
    """Return the caption that a cell's metadata gives its table; empty when there is none."""
    options = cell["cell_metadata"].get("mystnb", {}).get("table", {})
    return str(options.get("caption", "")).strip() if isinstance(options, dict) else ""


def accessible_html(html: str, caption: str, identifier: str) -> tuple[str, bool]:
    """Rewrite the tables in a piece of HTML.

    Parameters
    ----------
    html
        What pandas or another library printed.
    caption
        The table's caption; one that the HTML brings along goes first.
    identifier
        Start of the ids that tie a region to its caption.

    Returns
    -------
    tuple
        The new HTML, and whether any table is left without a caption.
    """
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.find_all("style", scoped=True):
        style.decompose()  # pandas styles every table of the page with it
    uncaptioned = False
    for number, table in enumerate(soup.find_all("table"), start=1):
        name = f"{identifier}-{number}-caption"
        uncaptioned |= not _set_caption(soup, table, caption, name)
        _scope_headers(table)
        _mark_columns_of_words(table)
        del table["border"]
        attributes = {"class": "bc-table-region", "role": "region", "tabindex": "0"}
        region = soup.new_tag("div", attrs={**attributes, "aria-labelledby": name})
        table.wrap(region)
    return str(soup), uncaptioned


def _set_caption(soup: BeautifulSoup, table: Tag, caption: str, name: str) -> bool:
    own = table.find("caption")
    if own is None and caption:
        own = soup.new_tag("caption")
        own.string = caption
        table.insert(0, own)
    if not isinstance(own, Tag):
        return False
    own["id"] = name
    return bool(own.get_text(strip=True))


def _scope_headers(table: Tag) -> None:
    for header in table.find_all("th"):
        in_head = header.find_parent("thead") is not None
        if in_head and not header.get_text(strip=True):
            header.name = "td"  # the empty corner heads nothing
            continue
        span = str(header.get("colspan" if in_head else "rowspan", "1"))
        group = "group" if span != "1" else ""
        header["scope"] = ("col" if in_head else "row") + group
    for row in table.find_all("tr"):
        del row["style"]


def _mark_columns_of_words(table: Tag) -> None:
    """Give cells of columns that hold words a class, so that only numbers are set to the right."""
    rows = [row.find_all(["td", "th"]) for row in table.select("tbody tr")]
    words = {
        column
        for row in rows
        for column, cell in enumerate(row)
        if cell.name == "td" and not NUMBER.fullmatch(cell.get_text(strip=True))
    }
    for row in [*(row.find_all(["td", "th"]) for row in table.select("thead tr")), *rows]:
        for column, cell in enumerate(row):
            if column in words:
                cell["class"] = " ".join([*cell.get_attribute_list("class"), "bc-words"])


def visit_table(self: Any, node: nodes.table) -> None:
    """Open the region, then the table as the theme draws it."""
    title = node.children[0]
    if isinstance(title, nodes.title):
        number = list(self.document.findall(nodes.table)).index(node) + 1
        title["ids"] = title["ids"] or [f"text-table-{number}-caption"]
        label = {"aria-labelledby": title["ids"][0]}
    else:
        label = {"aria-label": "Table"}
    attributes = {"role": "region", "tabindex": "0", **label}
    self.body.append(self.starttag({}, "div", CLASS="bc-table-region", **attributes))
    type(self).visit_table(self, node)


def depart_table(self: Any, node: nodes.table) -> None:
    """Close the table and its region."""
    if type(node) is not nodes.table:
        # A table that opened itself, outside the region and the theme's own box, ends here too.
        HTML5Translator.depart_table(self, node)
        return
    type(self).depart_table(self, node)
    self.body.append("</div>\n")


def visit_entry(self: Any, node: nodes.entry) -> None:
    """Open a cell; a header says what it heads, an empty one becomes a plain cell."""
    type(self).visit_entry(self, node)
    if not self.body[-1].startswith("<th"):
        return
    if not node.astext().strip():
        self.body[-1] = self.body[-1].replace("<th", "<td", 1)
        self.context[-1] = "</td>\n"
        return
    in_head = isinstance(node.parent.parent, nodes.thead)
    scope = "col" if in_head else "row"
    if node.get("morecols" if in_head else "morerows"):
        scope += "group"
    self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)


def depart_entry(self: Any, node: nodes.entry) -> None:
    """Close a cell."""
    type(self).depart_entry(self, node)
