"""Everything an editor would say of the book's pages: their prose, and how long they are."""

from __future__ import annotations

from pathlib import Path

from carebook.press.prose import ERROR, Remark, remarks
from carebook.press.word_limits import limit_remarks


def editor_remarks(project: Path) -> list[Remark]:
    """Return every remark on the pages of `project`, those on prose first."""
    return [*remarks(project), *limit_remarks(project)]


def editor_errors(project: Path) -> list[str]:
    """Return the remarks that stop a build, each as ``file:line: error: text``."""
    return [str(remark) for remark in editor_remarks(project) if remark.level == ERROR]
