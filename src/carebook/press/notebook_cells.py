"""Where a node of an executed page comes from: its code cell, the cell's number and line."""

from __future__ import annotations

from docutils import nodes


def cell_of(node: nodes.Element) -> nodes.Element | None:
    """Return the code cell that a node is an output of, or None."""
    return part_of(node, "cell_code")


def part_of(node: nodes.Element, element: str) -> nodes.Element | None:
    """Return the nearest part of a notebook around a node: "cell_code", "mime_bundle"."""
    parent = node.parent
    while parent is not None and parent.get("nb_element") != element:
        parent = parent.parent
    return parent


def cell_number(cell: nodes.Element) -> int:
    """Return a cell's place among the page's code cells, counted from 1."""
    # MyST-NB's own index counts the Markdown between cells too.
    return cell.get("exec_count") or cell["cell_index"] + 1


def cell_place(docname: str, cell: nodes.Element) -> tuple[str, int]:
    """Return page and line of the first line inside a cell's fence."""
    # MyST-NB 1.4 notes the line after that one.
    return docname, max(1, (cell.line or 2) - 1)
