"""Graded samples: hand-ins of fictional students with the scores they must get.

A sample is a text, ``exercises/<slug>/submissions/<name>.md``::

    ---
    shows: Forgot to turn work_4 round, everywhere.
    student: Ana Example
    starts_from: solution        # or blank; what stands in cells that are not stated below
    scores: {headcount: 3, score_work: 2, …}
    total: 27
    comments: {advice: [silent]}  # from the marking guide, for written answers
    ---
    ## score_work
    ```python
    def score_work(answers):
        …
    ```
    ## advice
    You can say …

Each section holds what the student typed into the answer cell of that question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode

from carebook.press.exercises.faults import ExerciseFault
from carebook.press.exercises.marking_guide import Guide
from carebook.press.exercises.master import Master, line_starting, solution_code
from carebook.press.exercises.questions import Stated
from carebook.press.exercises.versions import Versions

FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
SECTION = re.compile(r"^## (?P<name>\S+)[ \t]*\n", re.MULTILINE)
FENCE = re.compile(r"\A```python\n(?P<code>.*?)\n?```\s*\Z", re.DOTALL)
STARTS = ("solution", "blank")


@dataclass(frozen=True)
class Sample:
    """One hand-in and what it must be given.

    Parameters
    ----------
    name
        File name without ending; also the student's id.
    shows
        What the sample is there to show.
    student
        A fictional first and last name.
    starts_from
        ``"solution"`` or ``"blank"``.
    scores
        Expected points by question, written answers included.
    comments
        Names of comments in the marking guide, by written question.
    answers
        What was typed, by question of the answer cell.
    """

    name: str
    shows: str
    student: tuple[str, str]
    starts_from: str
    scores: Mapping[str, float]
    comments: Mapping[str, list[str]]
    answers: Mapping[str, str]

    @property
    def total(self) -> float:
        """Return the expected points altogether."""
        return sum(self.scores.values())


def read_samples(folder: Path, master: Master, stated: Stated) -> list[Sample]:
    """Return the samples of the exercise in `folder`, by name.

    Raises
    ------
    ExerciseFault
        If there is none, or one states an unknown cell, leaves out a score or adds up wrongly.
    """
    paths = sorted((folder / "submissions").glob("*.md"))
    if not paths:
        raise ExerciseFault(
            folder / "submissions", 1, "there are no samples.", "Write right.md and empty.md first."
        )
    return [_read_sample(path, master, stated) for path in paths]


def _read_sample(path: Path, master: Master, stated: Stated) -> Sample:
    """Read and check one sample."""
    found = FRONT.match(path.read_text("utf-8"))
    try:
        front: dict[str, Any] = dict(yaml.safe_load(found["front"])) if found else {}
        first, last = str(front["student"]).split(" ", 1)
        start = str(front["starts_from"])
        shows, scores, total = str(front["shows"]), dict(front["scores"]), float(front["total"])
        comments = {name: list(each) for name, each in dict(front.get("comments") or {}).items()}
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        what = f"the front matter cannot be read: {type(error).__name__}: {error}."
        raise ExerciseFault(
            path, 1, what, "It needs shows, student, starts_from, scores and total."
        ) from error
    if start not in STARTS:
        line = line_starting(path, "starts_from:")
        raise ExerciseFault(
            path, line, f"starts_from is {start!r}.", f"Write one of: {', '.join(STARTS)}."
        )
    assert found is not None
    answers = _sections(found["body"])
    sample = Sample(path.stem, shows, (first, last), start, scores, comments, answers)
    _check_scores(path, sample, total, stated)
    _check_sections(path, sample, master)
    return sample


def _sections(body: str) -> dict[str, str]:
    """Return what was typed, by question."""
    parts = SECTION.split(body)[1:]
    typed = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        fenced = FENCE.match(text.strip())
        typed[name] = fenced["code"] if fenced else text.strip()
    return typed


def _check_scores(path: Path, sample: Sample, total: float, stated: Stated) -> None:
    """Refuse scores for other questions, missing scores and a wrong total."""
    names = {question.name: question.points for question in stated.questions}
    line = line_starting(path, "scores:")
    if set(sample.scores) != set(names):
        differ = sorted(set(sample.scores) ^ set(names))
        raise ExerciseFault(
            path, line, f"scores: {', '.join(differ)}.", "State one score for each question."
        )
    for name, points in sample.scores.items():
        if isinstance(points, bool) or not isinstance(points, int | float):
            raise ExerciseFault(
                path, line, f"scores: {points!r} for {name!r}.", "Write a number without quotes."
            )
        if not 0 <= points <= names[name]:
            raise ExerciseFault(
                path, line, f"scores: {points} for {name!r}.", f"It is worth {names[name]:g}."
            )
    if not math.isclose(sample.total, total, abs_tol=0.005):
        raise ExerciseFault(
            path,
            line_starting(path, "total:"),
            f"total: {total:g}, and the scores add up to {sample.total:g}.",
            "Make the two agree.",
        )


def _check_sections(path: Path, sample: Sample, master: Master) -> None:
    """Refuse a section for a cell that does not exist."""
    cells = [cell.question for role in ("solution", "written") for cell in master.with_role(role)]
    for name in sample.answers:
        if name not in cells:
            raise ExerciseFault(
                path,
                line_starting(path, f"## {name}"),
                f"there is no answer cell {name!r}.",
                f"Answer cells: {', '.join(cells)}.",
            )


def check_comments(folder: Path, samples: list[Sample], guides: Mapping[str, Guide]) -> None:
    """Refuse a comment that the marking guide does not hold.

    Raises
    ------
    ExerciseFault
        At the first such comment.
    """
    for sample in samples:
        path = folder / "submissions" / f"{sample.name}.md"
        for question, names in sample.comments.items():
            known = guides[question].comments if question in guides else {}
            for name in names:
                if name not in known:
                    raise ExerciseFault(
                        path,
                        line_starting(path, "comments:"),
                        f"comment {name!r} for {question!r} is not in the marking guide.",
                        f"It holds: {', '.join(known) or 'none'}.",
                    )


def hand_in(sample: Sample, release: NotebookNode, versions: Versions) -> NotebookNode:
    """Return the notebook that the sample's student hands in.

    Parameters
    ----------
    sample
        What was typed.
    release
        The notebook that the student was given.
    versions
        The exercise's versions, for answers taken from the solution.
    """
    model = {cell.metadata.nbgrader.grade_id: cell for cell in _answer_cells(versions.source)}
    notebook = deepcopy(release)
    for cell in _answer_cells(notebook):
        grade_id = cell.metadata.nbgrader.grade_id
        question = grade_id.removesuffix("-answer")
        if question in sample.answers:
            cell.source = sample.answers[question]
        elif sample.starts_from == "solution":
            source = model[grade_id].source
            cell.source = solution_code(source) if cell.cell_type == "code" else source
    return notebook


def _answer_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that a student writes in."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
