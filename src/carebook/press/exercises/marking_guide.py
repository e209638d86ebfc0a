"""The marking guide of written answers: rubric, banded exemplars, comment bank.

It stands in ``exercises/<slug>/submissions/marking-guide.yaml``, for tutors, and is never
published::

    advice:
      rubric:
        - heading: Says what was measured and in whom
          points: 1
          full: Names the scale, the line and the staff who answered.
          none: Speaks of "burnout" in "our staff".
      exemplars:
        - points: 4
          text: You can say that …
          why: All four are there, in words a chief executive can use.
      comments:
        silent: You speak of all staff. What do we know of those who did not answer?
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from carebook.checks.kinds import Written
from carebook.press.exercises.faults import ExerciseFault
from carebook.press.exercises.master import FOLDER, line_starting
from carebook.press.exercises.questions import Stated, load_questions

NAME = "marking-guide.yaml"
FEWEST_BANDS = 3
FEWEST_COMMENTS = 5


@dataclass(frozen=True)
class Exemplar:
    """An answer of known worth, and why it is worth that."""

    points: float
    text: str
    why: str


@dataclass(frozen=True)
class Guide:
    """How one written answer is marked.

    Parameters
    ----------
    rubric
        What is looked for: ``heading``, ``points``, ``full`` and ``none`` in words.
    exemplars
        Answers from weak to strong.
    comments
        Sentences that a tutor may use, by a short name.
    """

    rubric: tuple[Mapping[str, Any], ...]
    exemplars: tuple[Exemplar, ...]
    comments: Mapping[str, str]


def read_guide(folder: Path, stated: Stated) -> dict[str, Guide]:
    """Return the guide of each written question of the exercise in `folder`, by name.

    Raises
    ------
    ExerciseFault
        If a written question has no guide, too few exemplars or comments, or a rubric whose
        points differ from the question's.
    """
    written = [q for q in stated.questions if isinstance(q.kind, Written)]
    if not written:
        return {}
    path = folder / "submissions" / NAME
    if not path.is_file():
        raise ExerciseFault(
            path, 1, "there is no marking guide.", f"Write one for {written[0].name!r}."
        )
    try:
        plain = dict(yaml.safe_load(path.read_text("utf-8")) or {})
        guides = {name: _guide(entry) for name, entry in plain.items()}
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ExerciseFault(
            path, line, f"the guide cannot be read: {error}.", "See the form in marking_guide.py."
        ) from error
    for question in written:
        _check(path, question.name, question.points, guides)
    return guides


def rubric_rows(project: Path, slug: str) -> list[tuple[str, str, float]]:
    """Return question, what is looked for, and most points, for each rubric row of an exercise.

    Raises
    ------
    ExerciseFault
        If there is no such exercise, it has no written question, or its guide is wrong.
    """
    folder = project / FOLDER / slug
    if not folder.is_dir():
        raise ExerciseFault(
            folder, 1, "there is no such exercise.", "carebook exercises list names them all."
        )
    guides = read_guide(folder, load_questions(folder / "checks.py"))
    rows = [(name, str(row["heading"]), float(row["points"])) for name, guide in guides.items()
            for row in guide.rubric]  # fmt: skip
    if not rows:
        raise ExerciseFault(folder, 1, "no answer is marked by hand.", "There is nothing to mark.")
    return rows


def _guide(entry: Mapping[str, Any]) -> Guide:
    """Return one guide from its plain data."""
    exemplars = (Exemplar(e["points"], e["text"].strip(), e["why"]) for e in entry["exemplars"])
    odd = [name for name in entry["comments"] if not isinstance(name, str)]
    if odd:  # YAML reads null, yes and 1 as something else than words
        raise ValueError(f"a comment is named {odd[0]!r}; put its name in quotation marks")
    return Guide(tuple(entry["rubric"]), tuple(exemplars), dict(entry["comments"]))


def _check(path: Path, name: str, points: float, guides: Mapping[str, Guide]) -> None:
    """Refuse a guide that is missing or too thin."""
    line = line_starting(path, f"{name}:")
    guide = guides.get(name)
    if guide is None:
        raise ExerciseFault(path, line, f"no guide for {name!r}.", "Add it under that name.")
    _check_numbers(path, line, name, guide)
    total = sum(row["points"] for row in guide.rubric)
    if not math.isclose(total, points):
        raise ExerciseFault(
            path,
            line,
            f"the rubric of {name!r} adds up to {total:g}, the question is worth {points:g}.",
            "Make the two agree.",
        )
    for what, have, need in (
        ("exemplars of different worth", len({e.points for e in guide.exemplars}), FEWEST_BANDS),
        ("comments", len(guide.comments), FEWEST_COMMENTS),
    ):
        if have < need:
            raise ExerciseFault(
                path, line, f"{name!r} has {have} {what}.", f"Write at least {need}."
            )


def _check_numbers(path: Path, line: int, name: str, guide: Guide) -> None:
    """Refuse a rubric row or an exemplar without a number of points."""
    worth = [(f"row {n} of the rubric", _points(row)) for n, row in enumerate(guide.rubric, 1)]
    worth += [(f"exemplar {n}", each.points) for n, each in enumerate(guide.exemplars, 1)]
    for place, points in worth:
        if isinstance(points, bool) or not isinstance(points, int | float):
            raise ExerciseFault(
                path, line, f"{name!r}: {place} is worth {points!r}.", "Write 'points:', a number."
            )


def _points(row: object) -> Any:
    """Return what a row of the rubric says of its points."""
    return row.get("points") if isinstance(row, Mapping) else None
