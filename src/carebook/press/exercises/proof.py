"""Prove that the solution earns full marks and that a blank release earns none."""

from __future__ import annotations

import asyncio
import math
import os
import tempfile
from copy import deepcopy

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from carebook.checks.kinds import Written
from carebook.checks.learner import NoPoints
from carebook.press.exercises.faults import ExerciseFault
from carebook.press.exercises.master import Cell, Master
from carebook.press.exercises.questions import Stated
from carebook.press.exercises.versions import SEALED, Versions

TIMEOUT = 120  # seconds a cell


def prove(master: Master, stated: Stated, versions: Versions) -> None:
    """Run the source and a blank hand-in through stock scoring.

    Raises
    ------
    ExerciseFault
        If the solution does not earn full marks, or the blank one crashes or earns anything.
    """
    solved, blank = run_all([versions.source, blank_hand_in(versions)])
    _prove_full(master, stated, solved)
    _prove_nothing(master, stated, blank)


def blank_hand_in(versions: Versions) -> NotebookNode:
    """Return the release as it is marked when nobody typed anything: with its hidden lines."""
    marked = {
        cell.id: cell.source for cell in versions.source.cells if _nbgrader(cell).get("locked")
    }
    notebook = deepcopy(versions.release)
    for cell in notebook.cells:
        cell.source = marked.get(cell.id, cell.source)
    return notebook


def run_all(notebooks: list[NotebookNode]) -> list[NotebookNode]:
    """Execute copies of the notebooks at the same time and return them with outputs."""
    copies = [deepcopy(notebook) for notebook in notebooks]

    async def together(folder: str) -> None:
        await asyncio.gather(*(_client(copy, folder).async_execute() for copy in copies))

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(together(folder))
    return copies


def _client(notebook: NotebookNode, folder: str) -> NotebookClient:
    """Return a client that goes on after an error, as grading does."""
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    return NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": folder}},
        extra_arguments=["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"],
    )


def score(cell: NotebookNode) -> float:
    """Return the points that stock nbgrader gives an executed check cell."""
    points, _ = determine_grade(cell)
    return float(points or 0)


def _prove_full(master: Master, stated: Stated, solved: NotebookNode) -> None:
    """Refuse a solution that fails one of its own checks."""
    for cell, place in zip(_of_master(solved), master.cells, strict=True):
        error = _error(cell)
        if error and place.role != "check":
            raise ExerciseFault(
                master.path, place.line, f"the solution stops here: {error}.", "Mend the cell."
            )
        if place.role != "check":
            continue
        full = stated.named(place.question).points
        if not math.isclose(score(cell), full):
            raise ExerciseFault(
                master.path,
                place.line,
                f"the solution earns {score(cell):g} of {full:g} points for {place.question!r}: "
                f"{error or _told(cell)}",
                f"Mend the solution, or the truth in {stated.path.name}"
                f":{stated.lines.get(place.question, 1)}.",
            )


def _prove_nothing(master: Master, stated: Stated, blank: NotebookNode) -> None:
    """Refuse a release that stops, or earns points, when nothing was typed."""
    for cell, place in zip(_of_master(blank), master.cells, strict=True):
        if _error(cell):
            raise ExerciseFault(
                master.path,
                place.line,
                f"the blank release stops here: {_error(cell)}.",
                "Give every name a first line 'name = ...' above BEGIN SOLUTION.",
            )
        if _is_marked(place, stated) and score(cell) != 0:
            raise ExerciseFault(
                master.path,
                place.line,
                f"the blank release earns {score(cell):g} points for {place.question!r}.",
                "Take the answer out of what is given.",
            )


def _of_master(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that stand in the master: all but the sealed answers."""
    return [cell for cell in notebook.cells if cell.id != SEALED]


def _is_marked(place: Cell, stated: Stated) -> bool:
    """Say whether a machine marks the cell."""
    return place.role == "check" and not isinstance(stated.named(place.question).kind, Written)


def _nbgrader(cell: NotebookNode) -> dict[str, object]:
    """Return nbgrader's metadata of a cell."""
    found: dict[str, object] = cell.metadata.get("nbgrader", {})
    return found


def _error(cell: NotebookNode) -> str:
    """Return the first error of an executed cell in one line, or nothing.

    That an answer earns nothing is no error.
    """
    for output in cell.get("outputs", []):
        if output.output_type == "error" and output.ename != NoPoints.__name__:
            return f"{output.ename}: {output.evalue}"
    return ""


def _told(cell: NotebookNode) -> str:
    """Return what the check printed."""
    said = [o.text for o in cell.get("outputs", []) if o.output_type == "stream"]
    return " ".join("".join(said).split())
