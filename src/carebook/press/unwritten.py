"""Find the sentences of a new chapter that still say what belongs there.

``carebook new chapter`` writes skeletons in which each sentence to replace starts with `MARK`.
A line that still has it is a note: it stops no build, and nobody can overlook it.
"""

from __future__ import annotations

from pathlib import Path

from carebook.press.prose import NOTE, Remark

MARK = "Write: "
PLACES = ("book/**/*.md", "chapters/**/*.md", "exercises/**/*")
ENDINGS = (".md", ".py", ".yaml")


def unwritten_remarks(project: Path) -> list[Remark]:
    """Return a note for each line that holds `MARK`, in the order of files and lines."""
    paths = {path for place in PLACES for path in project.glob(place) if path.suffix in ENDINGS}
    return [
        Remark(path.relative_to(project), number, NOTE, f"to be written: {_asked(line)}")
        for path in sorted(paths)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MARK in line
    ]


def _asked(line: str) -> str:
    """Return what the line says belongs there, cut to a length that a terminal shows."""
    words = line.partition(MARK)[2].strip().strip("\"'")
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
