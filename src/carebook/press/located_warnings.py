"""Warnings that tell an author the file, the line, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

Location = nodes.Node | tuple[str, int] | tuple[str, None] | None


def warn(message: str, location: Location) -> None:
    """Report a mistake of an author; a build with ``-W`` fails on it.

    Parameters
    ----------
    message
        What came, what is allowed, what to do: whole sentences.
    location
        A node of the page, or the page's name and a line counted from 1.
    """
    logger.warning("%s", message, type="press", location=location)


def front_matter_line(env: BuildEnvironment, docname: str, key: str) -> int:
    """Return the line, counted from 1, of a key in a page's front matter; 1 when it is absent."""
    lines = Path(env.doc2path(docname)).read_text("utf-8").splitlines()
    if not lines or lines[0].strip() != "---":
        return 1
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return 1
        if line.startswith(f"{key}:"):
            return number
    return 1
