"""Keep marking lines and tracebacks out of the feedback that a student reads.

A preprocessor that nbgrader's feedback uses through ``HTMLExporter.preprocessors``, nbconvert's
documented setting.
"""

from __future__ import annotations

import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets import Bool

MARKING = re.compile(r"\n*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", re.DOTALL)
SEALED = re.compile(r'"""\n[A-Za-z0-9+/=\n]+\n"""')
STOPPED = (
    "This check could not run, because a name it needs was never made:\n  {}.\n"
    "Run the cell above it and see where it stops.\n"
)


class PlainFeedback(Preprocessor):
    """Shows a student the check and what it said, and nothing of how it was marked."""

    enabled = Bool(True).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean one cell."""
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and about.get("locked"):
            cell.source = SEALED.sub('"…"', MARKING.sub("", cell.source))
            cell.outputs = [
                _plain(output) for output in cell.outputs if output.output_type != "execute_result"
            ]
        return cell, resources


def _plain(output: NotebookNode) -> NotebookNode:
    """Return an error as one sentence; other outputs as they are."""
    if output.output_type != "error":
        return output
    return new_output("stream", name="stdout", text=STOPPED.format(output.evalue))
