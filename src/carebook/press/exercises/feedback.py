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

from carebook.checks.learner import NoPoints

MARKING = re.compile(r"\n*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n*", re.DOTALL)
SEALED = re.compile(r'"""\n[A-Za-z0-9+/=\n]+\n"""')
NAMELESS = (
    "This check could not run, because a name it needs was never made:\n  {}.\n"
    "Run the cell above it and see where it stops.\n"
)
STOPPED = "This check stopped ({}: {}). Restart the kernel and run all cells.\n"


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
            cell.outputs = [_plain(output) for output in cell.outputs if not _of_marking(output)]
        return cell, resources


def _of_marking(output: NotebookNode) -> bool:
    """Say whether an output is a mark, or talk of libraries, rather than what the check says."""
    if output.output_type == "stream":
        return bool(output.name == "stderr")
    if output.output_type == "error":
        return bool(output.ename == NoPoints.__name__)
    return bool(output.output_type == "execute_result")


def _plain(output: NotebookNode) -> NotebookNode:
    """Return an error as one sentence; other outputs as they are."""
    if output.output_type != "error":
        return output
    if output.ename == "NameError":
        told = NAMELESS.format(output.evalue)
    else:
        told = STOPPED.format(output.ename, output.evalue)
    return new_output("stream", name="stdout", text=told)
