"""The function that a learner's notebook calls: ``check("name", value)``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from textwrap import fill
from typing import Any

from carebook.checks.cases import run_cases
from carebook.checks.compare import judge
from carebook.checks.kinds import Function, NotComparable, Written
from carebook.checks.records import Status, Verdict
from carebook.checks.sealed import SealedQuestion, unpack

LINE = 88  # characters; a notebook does not wrap what is printed
OPENINGS = {
    Status.RIGHT: "Right",
    Status.PARTLY: "Partly right",
    Status.MISTAKE: "Not yet",
    Status.NOT_YET: "Not yet",
    Status.WRONG_TYPE: "Not yet",
    Status.NO_ANSWER: "Still open",
}


class Checker:
    """Checks answers against sealed ones; called as ``check("name", value)``."""

    def __init__(self, questions: Mapping[str, SealedQuestion]) -> None:
        self._questions = questions

    def __call__(self, name: str, value: Any) -> None:
        """Tell the learner, in plain words, how the answer `value` to question `name` stands."""
        # Written to the output and not returned: a returned value would count as a score when
        # the notebook is marked.
        sys.stdout.write(fill(self._told(name, value), LINE, subsequent_indent="  ") + "\n")

    def verdict(self, name: str, value: Any) -> Verdict:
        """Judge the answer `value` to the question `name`.

        Raises
        ------
        KeyError
            If there is no such question; the message lists the names.
        """
        if name not in self._questions:
            names = ", ".join(self._questions)
            raise KeyError(f"there is no check called {name!r}; there are: {names}")
        question = self._questions[name]
        asked = question.asked
        if isinstance(asked.kind, Function) and value is not Ellipsis and value is not None:
            try:
                value = run_cases(value, question.cases)
            except NotComparable as reason:
                return Verdict(Status.WRONG_TYPE, 0.0, f"Not a function: {reason}.")
        return judge(asked, value, question)

    def points(self, name: str, value: Any) -> float:
        """Return the points that the answer earns; anything unforeseen earns 0."""
        try:
            return float(self.verdict(name, value).points)
        except Exception:
            # Points need positive evidence; an odd answer must not stop the marking.
            return 0.0

    def _told(self, name: str, value: Any) -> str:
        """Return the words for the learner; never a traceback."""
        try:
            question = self._questions.get(name)
            if question is not None and isinstance(question.asked.kind, Written):
                return f"{name}: your tutor reads this answer; there is no check for it."
            verdict = self.verdict(name, value)
        except KeyError as error:
            return str(error.args[0])
        except Exception as error:
            return f"{name}: this answer could not be read ({type(error).__name__}: {error})."
        earned = f"{verdict.points:g} of {self._questions[name].asked.points:g} points so far"
        opening = OPENINGS[verdict.status]
        if verdict.status is Status.RIGHT:
            return f"{name}: Right. {earned.removesuffix(' so far')}."
        return f"{name}: {opening} ({earned}). {verdict.message}"


def checker(sealed: str) -> Checker:
    """Return the check function of a notebook.

    Parameters
    ----------
    sealed
        The sealed answers that the notebook's set-up cell carries.
    """
    return Checker(unpack(sealed))
