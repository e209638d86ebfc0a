"""Where a node of an executed page comes from: its code cell, the cell's number and line.

As an extension it also warns of a folded cell (tag ``hide-input``) that shows nothing.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from carebook.press.located_warnings import warn

HIDDEN_INPUT = ("input", "input+output", "all")


def setup(app: Sphinx) -> dict[str, Any]:
    """Check each page once it is read."""
    app.connect("doctree-read", check_folds)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def check_folds(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of every cell that was run, is folded and has no output: a reader sees an empty fold."""
    for cell in doctree.findall(nodes.container):
        folded = cell.get("nb_element") == "cell_code" and cell.get("hide_mode") in HIDDEN_INPUT
        if folded and cell.get("exec_count") and not has_output(cell):
            warn(
                f"Code cell {cell_number(cell)}: this cell shows nothing: use the tag remove-cell.",
                cell_place(app.env.docname, cell),
            )


def has_output(cell: nodes.Element) -> bool:
    """Tell whether a code cell shows anything but its code."""
    return any(
        part.get("nb_element") == "cell_code_output" and part.children
        for part in cell.findall(nodes.container)
    )


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
