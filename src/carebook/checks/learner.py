"""The function that a learner's notebook calls, ``check("name", value)``, and its marks.

Stock nbgrader marks inside the learner's own kernel. Marking here fails closed against settings and
accidents: full marks need a mark that was shown. It does not stop somebody who sets out to rewrite
this class, IPython or the kernel from an answer cell or an answer's function; whoever can run code
can do that. Such notebooks show it in their answer cells.
"""

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


class NoPoints(Exception):
    """An answer earns nothing; raised because nbgrader gives 0 for an error, and only for that."""


class MarkNotShown(RuntimeError):
    """A mark was earned and could not be put into the notebook, so it does not count."""


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

    def award(self, name: str, value: Any) -> None:
        """Put the points that the answer earns into the notebook, where nbgrader reads them.

        nbgrader takes the first ``execute_result`` of a cell as its score, and full marks where
        there is neither that nor an error.

        Raises
        ------
        NoPoints
            If the answer earns nothing.
        MarkNotShown
            If this does not run in a notebook's kernel.
        """
        points = self.points(name, value)
        if points <= 0:
            raise NoPoints(f"{name}: 0 points")
        _show_mark(points)

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


def _show_mark(points: float) -> None:
    """Send a mark to the notebook as the result of the running cell.

    It goes out by the kernel's `send_response` and not through IPython's display: a learner's
    setting for what is shown, or with how many digits, must not change a mark.
    """
    # Looked up and not imported: where IPython was not loaded, this is no notebook.
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        raise MarkNotShown("marks can be given only in a notebook; run this with nbgrader")
    content = {
        "execution_count": shell.execution_count,
        "data": {"text/plain": repr(round(points, 2))},
        "metadata": {},
    }
    if kernel.send_response(kernel.iopub_socket, "execute_result", content) is None:
        raise MarkNotShown("the kernel did not take the mark; restart it and mark again")


def checker(sealed: str) -> Checker:
    """Return the check function of a notebook.

    Parameters
    ----------
    sealed
        The sealed answers that the notebook's set-up cell carries.
    """
    return Checker(unpack(sealed))
