"""Kinds of answers. Each turns an answer into short texts, one a part, that can be compared.

Numbers become whole steps of a grid: with two decimal places 41.83 becomes ``"4183"``. Because
the comparison is one of texts, it can be done in the open or with hashes, with the same result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from carebook.checks.values import as_float, describe, is_blank, is_number

MISSING = "missing"
INFINITE = "infinite"
ERROR = "error"


class NotComparable(ValueError):
    """An answer is not the kind of thing that was asked for; the message says so plainly."""


def number_token(value: Any, places: int) -> str:
    """Return the step of the grid that a number falls on, as text.

    Raises
    ------
    NotComparable
        If `value` is not a number.
    """
    if is_blank(value):
        return MISSING
    if not is_number(value):
        raise NotComparable(f"this is {describe(value)}, and a number is looked for")
    steps = as_float(value) * 10.0**places
    return INFINITE if math.isinf(steps) else str(math.floor(steps + 0.5))


def neighbours(token: str, slack: int) -> list[str]:
    """Return `token` and, for a number, the tokens up to `slack` steps away, nearest first."""
    if token.lstrip("-").isdigit():
        steps = sorted(range(-slack, slack + 1), key=abs)
        return [str(int(token) + step) for step in steps]
    return [token]


@dataclass(frozen=True)
class Number:
    """One number, right within `slack` steps of the last of `places` decimal places.

    `low` and `high` are limits that any sensible answer keeps; beyond them the learner is told.
    """

    places: int
    slack: int = 1
    low: float = -math.inf
    high: float = math.inf
    numeric: ClassVar[bool] = True

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Return the one part, ``answer``."""
        chosen = self.places if places is None else places
        return {"answer": number_token(value, chosen)}

    def hint(self, value: Any) -> str:
        """Say that the number cannot be, if it is outside the limits."""
        if is_blank(value):
            return "Your number is missing (NaN): a calculation met a blank."
        number = as_float(value)
        if not self.low <= number <= self.high:
            return f"Yours is {number:g}; here it must lie between {self.low:g} and {self.high:g}."
        return ""


@dataclass(frozen=True)
class Numbers:
    """A fixed number of numbers in order, named by `labels`, for example lower and upper limit."""

    labels: tuple[str, ...]
    places: int
    slack: int = 1
    numeric: ClassVar[bool] = True

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Return one part a label."""
        values = list_of(value)
        if values is None:
            raise NotComparable(f"this is {describe(value)}, and {self._wanted()} are looked for")
        if len(values) != len(self.labels):
            raise NotComparable(f"there are {len(values)} values, and {self._wanted()} are needed")
        chosen = self.places if places is None else places
        pairs = zip(self.labels, values, strict=True)
        return {label: number_token(each, chosen) for label, each in pairs}

    def _wanted(self) -> str:
        return f"{len(self.labels)} numbers in round brackets ({', '.join(self.labels)})"

    def hint(self, value: Any) -> str:
        """Say nothing more."""
        return ""


@dataclass(frozen=True)
class Table:
    """One number for each key: a Series indexed by key, or a dictionary."""

    key: str
    places: int
    slack: int = 1
    numeric: ClassVar[bool] = True

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Return one part a key."""
        if type(value).__name__ == "DataFrame" and value.shape[1] == 1:
            value = value.iloc[:, 0]
        if type(value).__name__ == "Series":
            _refuse_repeated(value.index.tolist(), self.key)
            value = dict(zip(value.index.tolist(), value.tolist(), strict=True))
        if type(value) is not dict:
            raise NotComparable(
                f"this is {describe(value)}; looked for is one number for each {self.key}: "
                f"a Series indexed by {self.key}, or a dictionary"
            )
        _refuse_repeated(value, self.key)
        chosen = self.places if places is None else places
        return {str(key): number_token(each, chosen) for key, each in value.items()}

    def hint(self, value: Any) -> str:
        """Say nothing more."""
        return ""


@dataclass(frozen=True)
class Choice:
    """One letter out of `options`."""

    options: tuple[str, ...]
    numeric: ClassVar[bool] = False

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Return the one part, ``answer``."""
        letter = value.strip().upper() if type(value) is str else ""
        if letter not in self.options:
            allowed = ", ".join(f'"{option}"' for option in self.options)
            raise NotComparable(f"looked for is one of the letters {allowed}")
        return {"answer": letter}

    def hint(self, value: Any) -> str:
        """Say nothing more."""
        return ""


@dataclass(frozen=True)
class Choices:
    """Any number of `options`, in any order: a set, a list, or letters in one text."""

    options: tuple[str, ...]
    numeric: ClassVar[bool] = False

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Return the one part, ``answer``: the letters ticked, in order."""
        if type(value) in (set, frozenset, list, tuple):
            # A number without its quotation marks is as clear as one with them.
            ticked = [str(each).strip().upper() for each in value if type(each) in (str, int)]
            fits = len(ticked) == len(value)
        else:
            ticked = list(value.replace(",", "").replace(" ", "")) if type(value) is str else []
            fits = bool(ticked)
        if not fits or not set(ticked) <= set(self.options):
            allowed = ", ".join(f'"{option}"' for option in self.options)
            raise NotComparable(f"looked for is a set out of {allowed}")
        return {"answer": "+".join(sorted(set(ticked)))}

    def hint(self, value: Any) -> str:
        """Say nothing more."""
        return ""


@dataclass(frozen=True)
class Case:
    """One call of the learner's function: a name the learner may see, and the arguments."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Function:
    """A function, tried on cases; its answer is the list of its results.

    Parameters
    ----------
    cases
        Makes the cases from the data and the number of the variation: 0 is what the learner's
        own check uses, the others are for marking.
    places
        Decimal places at which results are compared, exactly.
    """

    cases: Callable[[Any, int], Sequence[Case]]
    places: int
    slack: ClassVar[int] = 0
    numeric: ClassVar[bool] = True

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Return one part a result, ``case 1`` onwards."""
        chosen = self.places if places is None else places
        return {
            f"case {number}": result_token(result, chosen)
            for number, result in enumerate(value, start=1)
        }

    def hint(self, value: Any) -> str:
        """Tell the first thing that went wrong in a call."""
        told = [result["error"] for result in value if isinstance(result, Mapping)]
        return told[0] if told else ""


@dataclass(frozen=True)
class Written:
    """A written answer, marked by a person; `words` is its greatest length."""

    words: int
    numeric: ClassVar[bool] = False

    def tokens(self, value: Any, places: int | None = None) -> dict[str, str]:
        """Refuse: a person marks it."""
        raise NotComparable("this answer is read by your tutor; there is no check for it")

    def hint(self, value: Any) -> str:
        """Say nothing more."""
        return ""


Kind = Number | Numbers | Table | Choice | Choices | Function | Written


def result_token(result: Any, places: int) -> str:
    """Return the result of one call as text: its numbers in order.

    An error, or a result that is not numbers, becomes a text that equals no right answer.
    """
    if isinstance(result, Mapping):
        return ERROR
    values = list_of(result)
    try:
        if values is None:
            return number_token(result, places)
        return "|".join(["list", *(number_token(each, places) for each in values)])
    except NotComparable:
        return ERROR


def _refuse_repeated(keys: Iterable[Any], key: str) -> None:
    """Refuse a table in which a key stands twice, as text."""
    names = [str(each) for each in keys]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise NotComparable(f"{twice!r} stands there more than once; give one row a {key}")


def list_of(value: Any) -> list[Any] | None:
    """Return a column, a row of numbers, a list or a tuple as a list; None for anything else."""
    if type(value) in (list, tuple):
        return list(value)
    if type(value).__name__ == "Series" or (
        type(value).__name__ == "ndarray" and getattr(value, "ndim", 0) == 1
    ):
        listed: list[Any] = value.tolist()
        return listed
    return None
