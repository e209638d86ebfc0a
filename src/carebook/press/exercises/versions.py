"""Make the source, release and solution notebooks of an exercise from its master.

The source is what nbgrader grades with: it holds answers and hidden marking lines. The release is
made from it by nbgrader's own preprocessors, so that it equals what ``nbgrader
generate_assignment`` would make. The sealed answers stand in a cell of their own: it is locked, so
nbgrader puts it back when it grades, and it stays with the notebook when a learning platform hands
out a single file. Metadata could not be read by the learner's kernel, and a file beside the
notebook would be lost on the way.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.nbgraderformat import MetadataValidator

from carebook.checks.compare import OpenAnswers
from carebook.checks.sealed import pack, seal
from carebook.press.exercises.master import Cell, Master, solution_code
from carebook.press.exercises.questions import Key, Stated

CODE_STUB = "# Your code goes here."
TEXT_STUB = "*Write your answer here, in place of this line.*"
SEALED = "sealed-answers"
SEALED_NOTE = (
    "# The lines below hold sealed answers (hashes, no clear text), so that check() can tell you\n"
    "# how you are doing. Somebody who tries all numbers finds them; nobody can read them here.\n"
    "# Leave them as they are."
)


@dataclass(frozen=True)
class Versions:
    """The three notebooks of one exercise."""

    source: NotebookNode
    release: NotebookNode
    solution: NotebookNode


def make_versions(master: Master, stated: Stated, key: Key) -> Versions:
    """Return the source, release and solution notebooks, without outputs.

    Parameters
    ----------
    master, stated
        The exercise, already held against each other.
    key
        Its answers.
    """
    sealed = _seal_all(stated, key.shown, f"{master.slug}/check")
    marking = _seal_all(stated, key.hidden, f"{master.slug}/marking")
    cells = [_source_cell(cell, stated, marking) for cell in master.cells]
    after_set_up = 1 + next(n for n, cell in enumerate(master.cells) if cell.role == "set-up")
    cells.insert(after_set_up, _sealed_cell(pack(list(sealed.values()))))
    source = _notebook(master, cells)
    MetadataValidator().validate_nb(source)
    release = release_of(source)
    MetadataValidator().validate_nb(release)
    return Versions(source, release, _solution_of(source))


def _seal_all(stated: Stated, key: Mapping[str, OpenAnswers], salt: str) -> dict[str, Any]:
    """Return all questions sealed, by name."""
    return {q.name: seal(q, key.get(q.name), salt) for q in stated.questions}


def release_of(source: NotebookNode) -> NotebookNode:
    """Return the learner's version, made by the steps of ``nbgrader generate_assignment``."""
    resources: dict[str, Any] = {}
    notebook = deepcopy(source)
    for step in (
        preprocessors.LockCells(),
        preprocessors.ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB),
        preprocessors.ClearOutput(),
        preprocessors.ClearHiddenTests(),
        preprocessors.ComputeChecksums(),
    ):
        notebook, resources = step.preprocess(notebook, resources)
    return notebook


def _notebook(master: Master, cells: Sequence[NotebookNode]) -> NotebookNode:
    """Return a notebook with fixed cell ids and nothing that depends on the machine."""
    notebook = nbformat.v4.new_notebook(
        cells=list(cells),
        metadata={
            "title": master.title,
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"file_extension": ".py", "name": "python"},
        },
    )
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"{cell.cell_type}-{number}")
    return notebook


def _source_cell(cell: Cell, stated: Stated, marking: Mapping[str, Any]) -> NotebookNode:
    """Return one cell of the source with nbgrader's metadata."""
    make = nbformat.v4.new_code_cell if cell.type == "code" else nbformat.v4.new_markdown_cell
    made = make(source=cell.source)
    if cell.role == "set-up":
        made.metadata["nbgrader"] = _nbgrader("set-up", locked=True)
    elif cell.role == "solution":
        made.metadata["nbgrader"] = _nbgrader(f"{cell.question}-answer", solution=True)
    elif cell.role == "written":
        points = stated.named(cell.question).points
        made.metadata["nbgrader"] = _nbgrader(
            cell.question, grade=True, solution=True, points=points
        )
    elif cell.role == "check":
        points = stated.named(cell.question).points
        made.source = _with_marking(cell, pack([marking[cell.question]]))
        made.metadata["nbgrader"] = _nbgrader(cell.question, grade=True, locked=True, points=points)
    return made


def _nbgrader(grade_id: str, **flags: Any) -> dict[str, Any]:
    """Return nbgrader's cell metadata, schema version 3."""
    basis = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    return {**basis, "grade_id": grade_id, **flags}


def _with_marking(cell: Cell, marking: str) -> str:
    """Return the check with hidden marking lines before and after it.

    The lines before make ``check`` anew, so that neither a learner who has changed it, nor one
    who has lost the cell with sealed answers, wins or loses marks by that. The line after gives
    the mark, or stops where there is none. They hold hashes, no answers. A learner's code runs in
    the same kernel and could still rewrite the class behind ``check``: stock nbgrader cannot
    prevent that.
    """
    call = ast.parse(cell.source).body[0].value  # type: ignore[attr-defined]
    value = ast.unparse(call.args[1])
    return "\n".join(
        (
            "### BEGIN HIDDEN TESTS",
            "from carebook.checks import checker as marker",
            f'check = marker("""\n{marking}\n""")',
            "### END HIDDEN TESTS",
            cell.source,
            "### BEGIN HIDDEN TESTS",
            f'check.award("{cell.question}", {value})',
            "### END HIDDEN TESTS",
        )
    )


def _sealed_cell(sealed: str) -> NotebookNode:
    """Return the cell that gives the notebook its check function, folded away."""
    made = nbformat.v4.new_code_cell(
        "\n".join(
            (
                SEALED_NOTE,
                "from carebook.checks import checker",
                "",
                f'check = checker("""\n{sealed}\n""")',
            )
        )
    )
    made.metadata["jupyter"] = {"source_hidden": True}
    made.metadata["nbgrader"] = _nbgrader(SEALED, locked=True)
    return made


def _solution_of(source: NotebookNode) -> NotebookNode:
    """Return the version with answers that tutors read: no marking lines, no markers.

    It keeps nbgrader's metadata, so that a tutor may hand it in as a first trial of a course.
    """
    notebook, _ = preprocessors.ClearHiddenTests().preprocess(deepcopy(source), {})
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solution_code(cell.source)
    return notebook
