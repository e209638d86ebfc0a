"""How long a chapter and its case may be, in words of prose.

A page over its limit is an error, a page under it a note. Counted is what a reader reads through:
no code, quiz, evidence table, exercise card, list of references or anything after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from carebook.press.prose import ERROR, NOTE, Remark, prose_lines

ASIDES = ("{quiz}", "{exercise}", "{evidence-table}", "{table}")
END = "## References"


@dataclass(frozen=True)
class WordLimit:
    """The fewest and the most words of a kind of page."""

    fewest: int
    most: int


LIMITS = {"index.md": WordLimit(1800, 2500), "case.md": WordLimit(900, 1400)}


def reading_lines(text: str) -> list[str]:
    """Return the lines of a page with everything blanked that nobody reads through, in order."""
    kept, fence, over = [], "", False
    for line, prose in zip(text.splitlines(), prose_lines(text), strict=True):
        over = over or line.startswith(END)
        if fence:
            fence = "" if line.strip() == fence else fence
            kept.append("")
        elif any(line.lstrip("`~:").startswith(aside) for aside in ASIDES):
            fence = line[: len(line) - len(line.lstrip("`~:"))]
            kept.append("")
        else:
            kept.append("" if over else prose.lstrip("#"))
    return kept


def word_count(text: str) -> int:
    """Return how many words of a page are read through."""
    return sum(len(line.split()) for line in reading_lines(text))


def limit_remarks(project: Path) -> list[Remark]:
    """Return a remark for each chapter or case that is too long or too short.

    The line of a page that is too long is the one in which it passes the limit.
    """
    found = []
    for name, limit in LIMITS.items():
        for path in sorted(project.glob(f"chapters/*/{name}")):
            lines = reading_lines(path.read_text(encoding="utf-8"))
            found += _remarks(path.relative_to(project), lines, limit)
    return found


def _remarks(file: Path, lines: list[str], limit: WordLimit) -> list[Remark]:
    words = 0
    passed = 0
    for number, line in enumerate(lines, start=1):
        words += len(line.split())
        passed = passed or (number if words > limit.most else 0)
    if passed:
        text = f"{words:,} words; {file.name} has at most {limit.most:,}. Take some out."
        return [Remark(file, passed, ERROR, text)]
    if words < limit.fewest:
        text = f"{words:,} words; {file.name} has at least {limit.fewest:,}."
        return [Remark(file, 1, NOTE, text)]
    return []
