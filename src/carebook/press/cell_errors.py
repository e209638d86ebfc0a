"""A code cell that raises, or writes to stderr, is reported with the page, the line and the words.

MyST-NB says that executing a page failed and where it kept the traceback; this names the cell's
line and quotes the error, so that an author need not open another file. A cell tagged
``raises-exception`` may raise; one tagged ``remove-stderr`` may write to stderr.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from carebook.press.located_warnings import warn
from carebook.press.notebook_cells import cell_number, cell_of, cell_place

LONGEST_QUOTE = 200  # characters of an error or of stderr that a warning repeats


def setup(app: Sphinx) -> dict[str, Any]:
    """Check each page once it is read."""
    app.connect("doctree-read", check_cells)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def check_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of every cell that raised or wrote to stderr."""
    # With any other setting MyST-NB reports stderr itself, with the line.
    silent = app.config["nb_output_stderr"] == "show" if "nb_output_stderr" in app.config else True
    for output in doctree.findall(nodes.literal_block):
        cell = cell_of(output)
        if cell is None:
            continue
        number, place = cell_number(cell), cell_place(app.env.docname, cell)
        if "traceback" in output["classes"] and not _may_raise(cell):
            error = output.astext().strip().splitlines()[-1]
            warn(
                f"Code cell {number} raised {quote(error)}. Correct the cell; when the error is "
                "what the page is about, give the cell the tag 'raises-exception'.",
                place,
            )
        if "stderr" in output["classes"] and silent:
            warn(
                f"Code cell {number} wrote to stderr: {quote(output.astext())}. Remove its cause; "
                "a reader should not meet a stray message.",
                place,
            )


def quote(text: str) -> str:
    """Return a text on one line, cut to a readable length."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def _may_raise(cell: nodes.Element) -> bool:
    return "raises-exception" in cell["cell_metadata"].get("tags", [])
