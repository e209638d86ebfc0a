"""What a quiz is, apart from any page: options, which are right, what is said for each."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile(r"^(?P<mark>\([ xX]?\)|\[[ xX]?\])\s+")


@dataclass(frozen=True)
class Option:
    """One answer that a reader may choose."""

    text: str
    right: bool
    feedback: str
    """What is said to a reader who chooses it."""
    several: bool = False
    """Marked with square brackets: more than one option may be chosen."""

    def __post_init__(self) -> None:
        if not self.feedback.strip():
            raise ValueError(
                f"Option {self.text!r} has no feedback. Write it under the option as a quotation: "
                "'  > Why this is right, or what it overlooks.'"
            )


@dataclass(frozen=True)
class Quiz:
    """One question with its options."""

    identifier: str
    question: str
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.identifier):
            raise ValueError(
                f"Quiz id {self.identifier!r} must be small letters, digits and hyphens, "
                "starting with a letter, such as 'cut-off-50'."
            )
        if not self.question.strip():
            raise ValueError(f"Quiz {self.identifier!r} has no question above its options.")
        self._check_options()

    def _check_options(self) -> None:
        if len(self.options) < 2:
            raise ValueError(
                f"Quiz {self.identifier!r} has {len(self.options)} option(s); it needs at least 2, "
                "each a list item that starts with ( ), (x), [ ] or [x]."
            )
        if len({option.several for option in self.options}) > 1:
            raise ValueError(
                f"Quiz {self.identifier!r} mixes ( ) and [ ]. Round brackets mean one answer, "
                "square brackets several: use one kind."
            )
        right = sum(option.right for option in self.options)
        if right == 0 or (right > 1 and not self.several):
            allowed = "at least one [x]" if self.several else "exactly one (x)"
            raise ValueError(
                f"Quiz {self.identifier!r} marks {right} options as right; it needs {allowed}."
            )

    @property
    def several(self) -> bool:
        """Whether more than one option may be chosen."""
        return self.options[0].several


def read_mark(text: str) -> tuple[bool, bool, str]:
    """Take the mark off an option's text.

    Parameters
    ----------
    text
        Such as "(x) Half of them".

    Returns
    -------
    tuple
        Whether it is right, whether several may be chosen, and the words after the mark.

    Raises
    ------
    ValueError
        When the text does not start with ( ), (x), [ ] or [x].
    """
    found = MARK.match(text)
    if found is None:
        raise ValueError(
            f"Option {text[:40]!r} does not start with ( ), (x), [ ] or [x] and a space. Mark "
            "wrong options with ( ) and the right one with (x)."
        )
    mark = found["mark"]
    return "x" in mark.lower(), mark.startswith("["), text[found.end() :]
