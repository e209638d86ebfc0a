"""What is wrong in an exercise: where, what came, what to do."""

from __future__ import annotations

from pathlib import Path


class ExerciseFault(ValueError):
    """An exercise cannot be built or graded.

    Parameters
    ----------
    path
        The file that holds the fault.
    line
        Its line, counted from 1.
    what
        What is wrong, in one sentence.
    remedy
        What to do about it, in one sentence.
    """

    def __init__(self, path: Path, line: int, what: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {what} {remedy}")
        self.path = path
        self.line = line
