"""Tables that stay tables on a wide screen and become cards on a narrow one.

Not something an author writes: evidence tables, forest tables and the data dictionary are built
with `build_table`. Every header has a scope, every table a caption. On narrow screens the style
sheet shows each row as a card, where each cell repeats its column's name (``data-label``); ARIA
roles keep it a table for screen readers, because a browser forgets that once the layout changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from carebook.press.authoring import OTHER_FORMATS


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the nodes ``stacked_table``, ``stacked_row`` and ``stacked_cell``."""
    for node, html in (
        (stacked_table, (visit_table_html, depart_table_html)),
        (stacked_row, (visit_row_html, depart_row_html)),
        (stacked_cell, (visit_cell_html, depart_cell_html)),
    ):
        kind = node.__mro__[1].__name__
        others: dict[str, Any] = dict.fromkeys(OTHER_FORMATS, _as_plain(kind))
        if node is stacked_table:
            others["man"] = (visit_table_man, others["man"][1])
        app.add_node(node, html=html, **others)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class stacked_table(nodes.table):  # noqa: N801 - docutils names nodes so
    """A table: title, then a tgroup of colspecs, thead and tbody."""


class stacked_row(nodes.row):  # noqa: N801
    """A row of `stacked_cell` nodes."""

    column = 0  # Sphinx's HTML writer counts here


class stacked_cell(nodes.entry):  # noqa: N801
    """A cell; attributes ``label`` (its column) and ``scope`` (``col``, ``row`` … or empty)."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Parameters
    ----------
    content
        Nodes.
    rows
        Number of rows that the cell reaches over.
    head
        Whether it heads its row.
    classes
        Classes of the cell.
    label
        What a card prints above the cell; the column's heading where it is empty.
    """

    content: tuple[nodes.Node, ...] = ()
    rows: int = 1
    head: bool = False
    classes: tuple[str, ...] = ()
    label: str = ""


def words(text: str, *, head: bool = False, rows: int = 1, number: bool = False) -> Cell:
    """Return a cell that holds `text`; a number is set flush right."""
    content = (nodes.paragraph(text=text),) if text else ()
    return Cell(content, rows, head, ("bc-number",) if number else ())


def build_table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell | None]],
    classes: Sequence[str] = (),
) -> stacked_table:
    """Return a table node.

    Parameters
    ----------
    caption
        What the table shows, in words.
    columns
        Column headings.
    rows
        One sequence of cells a row, as long as `columns`; None where a cell above reaches down.
    classes
        Further classes of the table.
    """
    body = nodes.tbody()
    for row in rows:
        cells = [
            _cell(cell, label) for cell, label in zip(row, columns, strict=True) if cell is not None
        ]
        body += stacked_row("", *cells)
    heads = [_heading(label) for label in columns]
    group = nodes.tgroup("", cols=len(columns))
    group += [nodes.colspec(colwidth=100 // len(columns)) for _ in columns]
    group += [nodes.thead("", stacked_row("", *heads)), body]
    return stacked_table(
        "",
        nodes.title(text=caption),
        group,
        classes=["bc-table", "colwidths-auto", *classes],
    )


def _heading(label: str) -> stacked_cell:
    return stacked_cell("", nodes.paragraph(text=label), label=label, scope="col")


def _cell(cell: Cell, label: str) -> stacked_cell:
    node = stacked_cell("", *cell.content, label=cell.label or label, classes=list(cell.classes))
    node["scope"] = "" if not cell.head else "rowgroup" if cell.rows > 1 else "row"
    if cell.rows > 1:
        node["morerows"] = cell.rows - 1
    return node


def visit_table_html(self: Any, node: stacked_table) -> None:
    """Open the table, keeping Sphinx's own count of rows."""
    self._table_row_indices.append(0)
    self.body.append(self.starttag(node, "table", role="table"))


def depart_table_html(self: Any, node: stacked_table) -> None:
    """Close the table; not by the theme's own visitor, which closes a wrapper as well."""
    self._table_row_indices.pop()
    self.body.append("</table>\n")


def visit_row_html(self: Any, node: stacked_row) -> None:
    """Open the row."""
    node.column = 0
    self.body.append(self.starttag(node, "tr", "", role="row"))


def depart_row_html(self: Any, node: stacked_row) -> None:
    """Close the row."""
    self.body.append("</tr>\n")


def visit_cell_html(self: Any, node: stacked_cell) -> None:
    """Open a header or data cell."""
    scope = node["scope"]
    attributes = {"role": "columnheader" if scope == "col" else "rowheader" if scope else "cell"}
    if scope:
        attributes["scope"] = scope
    if scope != "col":
        attributes["data-label"] = node["label"]
    if "morerows" in node:
        attributes["rowspan"] = node["morerows"] + 1
    self.body.append(self.starttag(node, "th" if scope else "td", "", **attributes))


def depart_cell_html(self: Any, node: stacked_cell) -> None:
    """Close the cell."""
    self.body.append("</th>\n" if node["scope"] else "</td>\n")


def visit_table_man(self: Any, node: stacked_table) -> None:
    """Open the table for the man format, which cannot let a cell reach over several rows."""
    split_tall_cells(node)
    self.visit_table(node)


def split_tall_cells(table: stacked_table) -> None:
    """Put empty cells where a cell reaches down from the row above, and shorten that cell."""
    rows = list(table.findall(stacked_row))
    for number, row in enumerate(rows):
        for column, cell in enumerate(list(row.findall(stacked_cell))):
            for below in rows[number + 1 : number + 1 + cell.attributes.pop("morerows", 0)]:
                below.insert(column, stacked_cell("", label=cell["label"], scope=""))


def _as_plain(kind: str) -> tuple[Any, Any]:
    """Return visitors that treat a node as docutils' own `kind` of node."""

    def visit(self: Any, node: nodes.Node) -> None:
        getattr(self, f"visit_{kind}")(node)

    def depart(self: Any, node: nodes.Node) -> None:
        getattr(self, f"depart_{kind}")(node)

    return visit, depart
