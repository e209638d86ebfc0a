"""The strip under a page's title: for whom, how long, what before, when reviewed, what for.

An author writes flat keys in the page's front matter::

    readers: student, tutor, leader
    minutes: 40
    prerequisites: none
    reviewed: 2026-11-22
    outcomes: V4, S4, K6
    sides: the-case-for-one-number, the-case-against-one-number

A reader sees one quiet row under the title. A page without them, or with a value that cannot be
right, fails the build; ``outcomes`` and ``sides`` may be left out. ``sides`` names the headings
under which the two sides of an argument stand, so that no short cut shows one without the other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from carebook.press.located_warnings import front_matter_line, warn
from carebook.press.markup import OTHER_BUILDERS, Block, block, line

OUTCOMES_TABLE = Path(__file__).parent / "outcomes.csv"
READERS = {"student": "Students", "tutor": "Tutors", "leader": "Leaders"}
# Not from the calendar module, whose names follow the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FRONT_MATTER_DATE = re.compile(r"^(reviewed:[ \t]*)(\d{4}-\d{2}-\d{2})[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class PageFacts:
    """What the strip tells; each field checks nothing itself, see `read_facts`."""

    readers: tuple[str, ...]
    minutes: int
    prerequisites: str
    reviewed: date
    outcomes: tuple[str, ...] = ()
    """Codes from outcomes.csv."""
    sides: tuple[str, ...] = ()
    """Anchors of the headings that belong together."""


class outcome_name(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """An outcome in words, attribute ``code``; a link where the book has an outcome map."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Quote dates while pages are read, and put the strip in once a page is read."""
    app.setup_extension("carebook.press.markup")
    # Drawn as its words where the outcome map, which links it, is not loaded.
    everywhere: dict[str, Any] = dict.fromkeys(("html", *OTHER_BUILDERS), (draw_words, draw_words))
    app.add_node(outcome_name, **everywhere)
    app.connect("source-read", quote_date)
    app.connect("doctree-read", add_strip, priority=600)  # after others have read the bare page
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def draw_words(self: Any, node: outcome_name) -> None:
    """Draw nothing around the words."""


def quote_date(app: Sphinx, docname: str, source: list[str]) -> None:
    """Quote the review date, since a YAML date in a notebook's metadata is not JSON."""
    opening, fence, rest = source[0].partition("\n---")
    if opening.startswith("---") and fence:
        source[0] = FRONT_MATTER_DATE.sub(r'\1"\2"', opening) + fence + rest


def add_strip(app: Sphinx, doctree: nodes.document) -> None:
    """Put the strip under the first heading, or say what is missing and where."""
    docname = app.env.docname
    facts, faults = read_facts(app.env.metadata[docname])
    for key, fault in faults.items():
        warn(fault, (docname, front_matter_line(app.env, docname, key)))
    title = next(iter(doctree.findall(nodes.title)), None)
    if facts is not None and title is not None:
        title.parent.insert(title.parent.index(title) + 1, build_strip(facts))


def read_facts(fields: Mapping[str, Any]) -> tuple[PageFacts | None, dict[str, str]]:
    """Read a page's front matter.

    Parameters
    ----------
    fields
        Front matter as Sphinx keeps it: key to text.

    Returns
    -------
    tuple
        The facts, or None when any is wrong; and for each wrong key what is wrong.
    """
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for key, (read, allowed) in FIELDS.items():
        text = str(fields.get(key, "")).strip()
        if not text and key in OPTIONAL:
            continue
        try:
            values[key] = read(text)
        except ValueError as error:
            came = f"{key}: {text}" if text else f"no {key!r}"
            faults[key] = (
                f"The page's front matter has {came}{error}. Write {allowed} between the two "
                "lines of --- at the top."
            )
    return (None if faults else PageFacts(**values)), faults


def _read_readers(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(","))
    if not set(names) <= set(READERS) or len(set(names)) < len(names):
        raise ValueError
    return names


def _read_minutes(text: str) -> int:
    minutes = int(text) if text.isdecimal() else 0
    if minutes < 1:
        raise ValueError
    return minutes


def _read_words(text: str) -> str:
    if not text:
        raise ValueError
    return text


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError from None


def _read_outcomes(text: str) -> tuple[str, ...]:
    codes = tuple(part.strip() for part in text.split(","))
    unknown = [code for code in codes if code not in outcome_names()]
    if unknown:
        raise ValueError(f" (unknown: {', '.join(unknown)})")
    return codes


def _read_sides(text: str) -> tuple[str, ...]:
    anchors = tuple(part.strip() for part in text.split(","))
    if len(set(anchors)) < 2 or "" in anchors:
        raise ValueError
    return anchors


OPTIONAL = ("outcomes", "sides")
FIELDS: dict[str, tuple[Callable[[str], Any], str]] = {
    "readers": (_read_readers, "'readers: student, tutor, leader' (each once, some of the three)"),
    "minutes": (_read_minutes, "'minutes: 40' (a whole number of at least 1)"),
    "prerequisites": (_read_words, "'prerequisites: none' (or what is needed, in words)"),
    "reviewed": (_read_date, "'reviewed: 2026-11-22' (day of the last evidence review)"),
    "outcomes": (_read_outcomes, "'outcomes: V4, S4' (codes of press/outcomes.csv)"),
    "sides": (_read_sides, "'sides: the-case-for-it, the-case-against-it' (two headings or more)"),
}


@cache
def outcome_names() -> dict[str, str]:
    """Return the name of each outcome code, in the order of the frameworks."""
    with OUTCOMES_TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def in_words(day: date) -> str:
    """Return a date as the book prints it: "22 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def build_strip(facts: PageFacts) -> Block:
    """Return the strip as a list of terms and their values, each pair in a box of its own."""
    minutes = "1 minute" if facts.minutes == 1 else f"{facts.minutes} minutes"
    before = "nothing" if facts.prerequisites == "none" else facts.prerequisites
    rows: dict[str, list[nodes.Node]] = {
        "For": [nodes.Text(", ".join(READERS[reader] for reader in facts.readers))],
        "Time": [nodes.Text(minutes)],
        "Before you start": [nodes.Text(before)],
        "Evidence reviewed": [nodes.Text(in_words(facts.reviewed))],
        "Outcomes": _outcomes_in_words(facts.outcomes),
    }
    pairs = [
        block(
            "div",
            line("dt", nodes.Text(term), stand_in="term"),
            block("dd", line("span", *words), stand_in="definition"),
            stand_in="definition_list_item",
        )
        for term, words in rows.items()
        if words
    ]
    return block("dl", *pairs, classes=("bc-page-strip", "simple"), stand_in="definition_list")


def _outcomes_in_words(codes: tuple[str, ...]) -> list[nodes.Node]:
    """Return the outcomes with their names, parted by dots."""
    told: list[nodes.Node] = []
    for code in codes:
        told += [nodes.Text(" · ")] if told else []
        told.append(outcome_name("", f"{code} {outcome_names()[code]}", code=code))
    return told
