"""All that an editor would say of the book: its prose, its lengths, what is still unwritten."""

from __future__ import annotations

from pathlib import Path

from carebook.press.prose import ERROR, Remark, remarks
from carebook.press.unwritten import unwritten_remarks
from carebook.press.word_limits import limit_remarks


def editor_remarks(project: Path) -> list[Remark]:
    """Return every remark on the pages of `project`, those on prose first."""
    return [*remarks(project), *limit_remarks(project), *unwritten_remarks(project)]


def editor_errors(project: Path) -> list[str]:
    """Return the remarks that stop a build, each as ``file:line: error: text``."""
    return [str(remark) for remark in editor_remarks(project) if remark.level == ERROR]
