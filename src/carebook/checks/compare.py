"""Compare an answer with what a question says is right. No clock, disk, network or global."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from carebook.checks.cases import run_cases
from carebook.checks.kinds import (
    ERROR,
    INFINITE,
    MISSING,
    Case,
    Function,
    NotComparable,
    neighbours,
)
from carebook.checks.records import Asked, Data, Mistake, Question, Status, Verdict


@dataclass(frozen=True)
class Recognised:
    """A recognised mistake: its name, what is said, and the share of points it still earns."""

    name: str
    says: str
    credit: float


class Answers(Protocol):
    """What is right and which mistakes are known, in the open or as hashes."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return a function's cases; empty for other questions."""

    def labels(self) -> tuple[str, ...]:
        """Return the names of the answer's parts."""

    def is_right(self, label: str, token: str) -> bool:
        """Say whether a part is right."""

    def recognise(self, tokens: Callable[[int | None], dict[str, str]]) -> Recognised | None:
        """Return the mistake that all parts fit; `tokens` gives them at any number of places."""


@dataclass(frozen=True)
class OpenAnswers:
    """Answers in the open, as the trusted side holds them.

    Parameters
    ----------
    slack
        Steps of the grid by which a part may differ.
    right
        The right token of each part.
    mistakes
        Each mistake with its tokens.
    cases
        For a function question: the cases that the tokens belong to.
    """

    slack: int
    right: Mapping[str, str]
    mistakes: tuple[tuple[Mistake, Mapping[str, str]], ...]
    cases: tuple[Case, ...] = ()

    def labels(self) -> tuple[str, ...]:
        """Return the names of the answer's parts."""
        return tuple(self.right)

    def is_right(self, label: str, token: str) -> bool:
        """Say whether a part is right."""
        return self.right[label] in neighbours(token, self.slack)

    def recognise(self, tokens: Callable[[int | None], dict[str, str]]) -> Recognised | None:
        """Return the first mistake that all parts fit."""
        for mistake, wrong in self.mistakes:
            given = tokens(mistake.places)
            if given.keys() == wrong.keys() and all(
                wrong[label] in neighbours(token, self.slack) for label, token in given.items()
            ):
                return Recognised(mistake.name, mistake.says, mistake.credit)
        return None


def compare(question: Question, value: Any, data: Data, variation: int = 0) -> Verdict:
    """Judge the answer `value` to `question` against the truth on `data`.

    Parameters
    ----------
    question
        As stated in the exercise's ``checks.py``.
    value
        The learner's answer as plain data (or the pandas and NumPy things that hold it). For a
        function question: the list of results of the cases, from `run_cases`. The learner's
        function itself is never called here.
    data
        The tables the learner's notebook had, or a hidden variation of them.
    variation
        For a function question: which cases the results belong to.
    """
    return judge(question, value, resolve(question, data, variation))


def resolve(question: Question, data: Data, variation: int = 0) -> OpenAnswers:
    """Work out what is right, and what each mistake would give, on `data`.

    Raises
    ------
    ValueError
        If the question has no truth, or its truth is an error, infinite or missing.
    """
    kind = question.kind
    if question.truth is None:
        raise ValueError(f"question {question.name!r} has no truth; a person marks it")
    cases = tuple(kind.cases(data, variation)) if isinstance(kind, Function) else ()

    def tokens(answer: Callable[[Data], Any], places: int | None) -> dict[str, str]:
        value = answer(data)
        return kind.tokens(run_cases(value, cases) if cases else value, places)

    right = tokens(question.truth, None)
    _refuse_empty(question, right, cases)
    return OpenAnswers(
        slack=kind.slack if hasattr(kind, "slack") else 0,
        right=right,
        mistakes=tuple(
            (mistake, tokens(mistake.gives, mistake.places)) for mistake in question.mistakes
        ),
        cases=cases,
    )


def _refuse_empty(question: Question, right: Mapping[str, str], cases: tuple[Case, ...]) -> None:
    """Refuse a truth that nobody can be right by: an error, an infinite or a missing number."""
    if not right:
        raise ValueError(f"question {question.name!r}: its truth has no part; mend the truth")
    names = dict(zip(right, (case.name for case in cases), strict=False))
    for label, token in right.items():
        # A column may hold blanks, but not blanks alone.
        parts = set(token.split("|")) - {"list"}
        hollow = question.kind.numeric and parts <= {MISSING}
        bad = next((each for each in (ERROR, INFINITE) if each in parts), MISSING if hollow else "")
        if bad and question.kind.numeric:
            place = f"{label} ({names[label]})" if label in names else label
            raise ValueError(
                f"question {question.name!r}, {place}: its truth is {bad}; "
                "mend the truth, or give it other data"
            )


def judge(asked: Asked, value: Any, answers: Answers) -> Verdict:
    """Judge an answer against `answers`, which may be open or sealed."""
    if value is Ellipsis or value is None:
        return Verdict(Status.NO_ANSWER, 0.0, "No answer yet: replace the three dots (…).")
    try:
        given = asked.kind.tokens(value)
    except NotComparable as reason:
        return Verdict(Status.WRONG_TYPE, 0.0, f"Not the kind of answer asked for: {reason}.")
    labels = answers.labels()
    right = [label for label in labels if label in given and answers.is_right(label, given[label])]
    extra = [label for label in given if label not in labels]
    share = len(right) / (len(labels) + len(extra))
    if share == 1:
        return Verdict(Status.RIGHT, asked.points, "Right.")
    known = answers.recognise(lambda places: asked.kind.tokens(value, places))
    if known is not None:
        earned = round(asked.points * max(share, known.credit), 2)
        return Verdict(Status.MISTAKE, earned, _advice(known.says, asked), known.name)
    earned = round(asked.points * share, 2)
    status = Status.PARTLY if earned else Status.NOT_YET
    names = dict(zip(labels, (case.name for case in answers.cases), strict=False))
    missing = [names.get(label, label) for label in labels if label not in right]
    words = _what_differs(asked, value, len(right), missing, extra)
    return Verdict(status, earned, _advice(words, asked))


def _what_differs(
    asked: Asked, value: Any, right: int, missing: list[str], extra: list[str]
) -> str:
    """Say which parts are right, and what kind of thing is looked for."""
    parts = []
    if right and missing:
        total = right + len(missing)
        parts.append(f"{right} of {total} parts are right; not yet: {', '.join(missing)}.")
    elif right:
        parts.append("All parts asked for are right, and there are more.")
    if extra:
        parts.append(f"Not asked for: {', '.join(extra[:5])}.")
    parts.append(asked.kind.hint(value))
    if asked.expects:
        parts.append(f"Looked for: {asked.expects}.")
    return " ".join(part for part in parts if part)


def _advice(words: str, asked: Asked) -> str:
    """Add where to read."""
    return f"{words} Read: {asked.read}." if asked.read else words
