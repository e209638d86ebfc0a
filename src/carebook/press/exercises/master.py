"""Read an exercise's master, ``exercises/<slug>/exercise.md``.

The master is a MyST notebook with answers. Its front matter states ``title``, ``minutes``,
``points``, ``tables`` and ``kernelspec``. Cells carry one tag each:

- ``set-up``: the first code cell; the check function is made in a cell added below it;
- ``solution``: code with ``### BEGIN SOLUTION`` and ``### END SOLUTION`` around what the learner
  is to write; it belongs to the check that follows;
- ``check``: ``check("name", value)``, one line;
- ``written``: a text cell, ``+++ {"tags": ["written"], "question": "name"}``, that holds a model
  answer in place of the learner's.

Other cells are given to the learner as they stand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext.myst

from carebook.press.exercises.faults import ExerciseFault

FOLDER = "exercises"
ROLES = ("set-up", "solution", "check", "written")
OPEN_LINE = re.compile(r"^(?P<name>\w+) = \.\.\.$")
NAME = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(frozen=True)
class Cell:
    """One cell of a master.

    Parameters
    ----------
    type
        ``"code"`` or ``"markdown"``.
    role
        One of `ROLES`, or empty for a cell that is given as it stands.
    source
        Its text.
    line
        Line of the master where it starts, counted from 1.
    question
        Name of the question it belongs to; empty for other cells.
    """

    type: str
    role: str
    source: str
    line: int
    question: str = ""


@dataclass(frozen=True)
class Master:
    """An exercise's master, read and checked in itself."""

    slug: str
    path: Path
    title: str
    minutes: int
    points: float
    tables: tuple[str, ...]
    cells: tuple[Cell, ...]

    def with_role(self, role: str) -> tuple[Cell, ...]:
        """Return the cells that play `role`."""
        return tuple(cell for cell in self.cells if cell.role == role)

    def line_of(self, text: str) -> int:
        """Return the first line that starts with `text`, or 1."""
        return line_starting(self.path, text)


def line_starting(path: Path, text: str) -> int:
    """Return the first line of a file that starts with `text`, or 1."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith(text):
            return number
    return 1


def slugs(project: Path) -> list[str]:
    """Return the exercises of `project`, by name."""
    return sorted(path.parent.name for path in (project / FOLDER).glob("*/exercise.md"))


def read_master(path: Path) -> Master:
    """Read and check the master at `path`.

    Raises
    ------
    ExerciseFault
        If the front matter, a tag or a question's cells are not as they must be.
    """
    try:
        notebook = jupytext.myst.myst_to_notebook(path.read_text("utf-8"), add_source_map=True)
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ExerciseFault(
            path, 1, f"this is not a MyST notebook: {reason}.", "Mend the front matter or cell."
        ) from error
    front = dict(notebook.metadata)
    starts = front.pop("source_map")
    cells = [
        _cell(path, cell, start, markdown=cell.cell_type == "markdown")
        for cell, start in zip(notebook.cells, starts, strict=True)
    ]
    master = Master(
        slug=path.parent.name,
        path=path,
        title=str(_front(path, front, "title", str)),
        minutes=_front(path, front, "minutes", int),
        points=_front(path, front, "points", (int, float)),
        tables=_tables(path, front),
        cells=tuple(_with_questions(path, cells)),
    )
    _check_kernel(path, front)
    _check_roles(master)
    return master


def _front(path: Path, front: dict[str, Any], key: str, wanted: Any) -> Any:
    """Return one entry of the front matter, checked."""
    value = front.get(key)
    if isinstance(value, wanted) and not isinstance(value, bool) and value:
        return value
    line = line_starting(path, key)
    kind = "a text" if wanted is str else "a number above 0"
    raise ExerciseFault(
        path, line, f"front matter: {key} is {value!r}.", f"Write '{key}:' with {kind}."
    )


def _tables(path: Path, front: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of the tables used."""
    named = front.get("tables", "")
    if not isinstance(named, str):
        raise ExerciseFault(
            path, 1, f"front matter: tables is {named!r}.", "Write names with commas between them."
        )
    return tuple(name.strip() for name in named.split(",") if name.strip() not in ("", "none"))


def _check_kernel(path: Path, front: dict[str, Any]) -> None:
    """Refuse any kernel but python3, which every learner has."""
    name = dict(front.get("kernelspec") or {}).get("name")
    if name != "python3":
        raise ExerciseFault(
            path, 1, f"front matter: kernelspec name is {name!r}.", "Write 'name: python3'."
        )


def _cell(path: Path, cell: Any, start: int, markdown: bool) -> Cell:
    """Return one cell with its role."""
    line = start + 1 if markdown else start
    tags = list(cell.metadata.get("tags", []))
    roles = [tag for tag in tags if tag in ROLES]
    if len(tags) != len(roles) or len(roles) > 1:
        raise ExerciseFault(
            path, line, f"cell tags are {tags}.", f"Use at most one of: {', '.join(ROLES)}."
        )
    role = roles[0] if roles else ""
    if role and (role == "written") != markdown:
        kind = "text" if markdown else "code"
        raise ExerciseFault(
            path, line, f"a {kind} cell is tagged {role}.", "Only text cells are 'written'."
        )
    return Cell(cell.cell_type, role, cell.source, line, str(cell.metadata.get("question", "")))


def _with_questions(path: Path, cells: Iterable[Cell]) -> list[Cell]:
    """Give check and solution cells the name of their question."""
    named: list[Cell] = []
    following = ""
    for cell in reversed(list(cells)):
        question = cell.question
        if cell.role == "check":
            question = following = _checked_name(path, cell)
        elif cell.role == "solution":
            question, following = _answer_to(path, cell, following), ""
        named.append(Cell(cell.type, cell.role, cell.source, cell.line, question))
    return named[::-1]


def _checked_name(path: Path, cell: Cell) -> str:
    """Return the name in ``check("name", …)``."""
    name = _name_in_call(cell.source)
    if not name or len(cell.source.strip().splitlines()) != 1:
        raise ExerciseFault(
            path,
            cell.line,
            f"a check cell holds {cell.source.strip()!r}.",
            'Write one line: check("name", value).',
        )
    return name


def _name_in_call(source: str) -> str:
    """Return the name in ``check("name", value)``; empty where anything else stands."""
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except SyntaxError:
        return ""
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != "check" or call.keywords:
        return ""
    match call.args:
        case [ast.Constant(value=str(name)), value] if not isinstance(value, ast.Starred):
            return name
    return ""


def _answer_to(path: Path, cell: Cell, following: str) -> str:
    """Return the question that a solution cell answers: the first check after it."""
    if not following:
        raise ExerciseFault(
            path,
            cell.line,
            "no check cell follows this solution.",
            "Add a check cell below it, before the next solution.",
        )
    for marker in ("### BEGIN SOLUTION", "### END SOLUTION"):
        if cell.source.count(marker) != 1:
            raise ExerciseFault(
                path,
                cell.line,
                f"the solution holds {cell.source.count(marker)} times {marker!r}.",
                "Put both markers once around what the learner is to write.",
            )
    return following


def _check_roles(master: Master) -> None:
    """Refuse a missing set-up cell, bad names and two cells for one question."""
    if [cell.role for cell in master.cells if cell.type == "code"][:1] != ["set-up"] or len(
        master.with_role("set-up")
    ) != 1:
        first = next((cell.line for cell in master.cells if cell.type == "code"), 1)
        raise ExerciseFault(
            master.path,
            first,
            "the first code cell, and no other, must be the set-up.",
            "Tag it with ':tags: [set-up]'.",
        )
    seen: dict[str, int] = {}
    for cell in (*master.with_role("check"), *master.with_role("written")):
        if not NAME.match(cell.question):
            raise ExerciseFault(
                master.path,
                cell.line,
                f"question name {cell.question!r} is not usable as a grade_id.",
                "Use small letters, digits and underscores.",
            )
        if cell.question in seen:
            raise ExerciseFault(
                master.path,
                cell.line,
                f"duplicate grade_id {cell.question!r}; it stands at line {seen[cell.question]}.",
                "Give each question its own name.",
            )
        seen[cell.question] = cell.line


def solution_code(source: str) -> str:
    """Return a solution cell as a learner would have written it: no markers, no open lines."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("### ")]
    kept = []
    for line in lines:
        found = OPEN_LINE.match(line)
        name = found["name"] if found else ""
        if not name or not re.search(rf"^{name}\b(?! = \.\.\.$)", "\n".join(lines), re.MULTILINE):
            kept.append(line)
    return "\n".join(kept)
