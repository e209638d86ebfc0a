"""What an exercise's ``checks.py`` states, and what a comparison gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from carebook.checks.kinds import Kind

if TYPE_CHECKING:
    import pandas as pd

# The tables that an exercise uses, by name.
Data = Mapping[str, "pd.DataFrame"]


class Status(Enum):
    """How an answer was judged."""

    RIGHT = "right"
    PARTLY = "partly right"
    MISTAKE = "recognised mistake"
    NOT_YET = "not yet"
    WRONG_TYPE = "wrong type"
    NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer.

    Parameters
    ----------
    status
        How it was judged.
    points
        Points earned; 0 unless there is positive evidence for more.
    message
        What the learner is told, in plain words; it never holds the expected answer.
    mistake
        Name of the recognised mistake; empty if none was recognised.
    """

    status: Status
    points: float
    message: str
    mistake: str = ""


@dataclass(frozen=True)
class Mistake:
    """A mistake that is recognised by the answer it leads to.

    Parameters
    ----------
    name
        A few words for statistics, unique within its question.
    says
        What the learner is told: what probably happened, without the answer.
    gives
        The wrong answer as a function of the data.
    places
        Decimal places at which the wrong answer is recognised; those of the question by default.
    credit
        Share of the points that is earned all the same, 0 to 1.
    """

    name: str
    says: str
    gives: Callable[[Data], Any]
    places: int | None = None
    credit: float = 0.0


@dataclass(frozen=True)
class Asked:
    """What may be known of a question by everybody, the learner included.

    Parameters
    ----------
    name
        The name used in ``check("name", …)``; also the ``grade_id`` of its cell.
    points
        Full marks.
    kind
        What kind of answer it is and how answers are compared.
    expects
        What kind of thing is looked for, in words that complete "Looked for: …".
    read
        Where to read about it.
    """

    name: str
    points: float
    kind: Kind
    expects: str = ""
    read: str = ""


@dataclass(frozen=True)
class Question(Asked):
    """One question of an exercise, stated once for learner, tutor and marker.

    Parameters
    ----------
    truth
        The right answer as a function of the data; for a function question, the right function.
        None for written answers, which a person marks.
    mistakes
        What is recognised; the first that fits is named.
    """

    truth: Callable[[Data], Any] | None = None
    mistakes: tuple[Mistake, ...] = ()

    def __post_init__(self) -> None:
        names = [mistake.name for mistake in self.mistakes]
        if len(set(names)) < len(names):
            raise ValueError(f"question {self.name!r}: two mistakes have the same name; rename one")
        if self.points <= 0:
            raise ValueError(f"question {self.name!r}: got {self.points} points; give more than 0")
