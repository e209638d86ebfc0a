"""Short boxes with a fixed title: take-aways, on the ward, on Monday, reflection, help.

An author writes the body; the title and any standing words come from here::

    ```{take-aways}
    - A share without its definition says little.
    ```

The first box of its kind on a page can be linked to by the directive's name, as in
``index.md#on-monday``; its title is a heading for those who listen, and no part of the contents.
A box may have an id, used once in the book, as in ``{reflection} being-counted``.
``where-to-find-help`` has no body: its lines come from help_lines.csv, dated there.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from carebook.press.authoring import OTHER_FORMATS
from carebook.press.book_wide_ids import UsedId, note_id
from carebook.press.located_warnings import warn
from carebook.press.page_strip import in_words

HELP_TABLE = Path(__file__).parent / "help_lines.csv"
PRIVACY = (
    "Write about your own practice only. Leave out anything that could identify a patient or a "
    "colleague, and do not leave your notes on a computer that others use."
)


@dataclass(frozen=True)
class Callout:
    """What every box of one kind says."""

    title: str
    example: str
    """What an author may write in it, quoted when the box is empty."""
    standing: str = ""
    """Words that close every box of this kind."""


CALLOUTS = {
    "take-aways": Callout("Take-aways", "- A share without its definition says little."),
    "on-the-ward": Callout("On the ward", "Ask which definition a figure rests on."),
    "on-monday": Callout("On Monday", "Ask one colleague what gets in the way of good work."),
    "reflection": Callout("Reflection", "When did a number last change what you did?", PRIVACY),
}


@dataclass(frozen=True)
class HelpLine:
    """One place to turn to."""

    name: str
    country: str
    for_whom: str
    phone: str
    url: str
    hours: str
    checked: date
    review_by: date

    def __post_init__(self) -> None:
        if self.review_by <= self.checked:
            raise ValueError(f"help_lines.csv: {self.name}: review_by is not after checked.")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add one directive for each kind of box, and the one for help."""
    app.setup_extension("carebook.press.book_wide_ids")
    for name in CALLOUTS:
        app.add_directive(name, CalloutDirective)
    app.add_directive("where-to-find-help", WhereToFindHelp)
    others: dict[str, Any] = dict.fromkeys(OTHER_FORMATS, (visit_plain_title, depart_plain_title))
    app.add_node(box_title, html=(visit_box_title, depart_box_title), **others)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class box_title(nodes.title):  # noqa: N801 - docutils names nodes so
    """The title of a box: a heading to the ear, a paragraph to the style sheet."""


class CalloutDirective(SphinxDirective):
    """A box named by the directive; argument: maybe an id; its body is the author's."""

    optional_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the box, or nothing and a located warning when it is empty."""
        callout = CALLOUTS[self.name]
        if not "".join(self.content).strip():
            warn(
                f"The box '{self.name}' is empty. Write in it, such as: {callout.example}",
                (self.env.docname, self.lineno),
            )
            return []
        body = self.parse_content_to_nodes()
        if callout.standing:
            body.append(nodes.paragraph("", callout.standing, classes=["bc-standing"]))
        box = build_box(self.name, callout.title, body)
        name_first_box(self.state.document, box, self.name)
        if self.arguments:
            identifier = self.arguments[0]
            box["ids"].append(f"{self.name}-{nodes.make_id(identifier)}")
            note_id(self.env, UsedId(self.name, identifier, self.env.docname, self.lineno))
        return [box]


class WhereToFindHelp(SphinxDirective):
    """The list of help lines; neither argument nor body."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the box, and note that the page depends on the table."""
        self.env.note_dependency(str(HELP_TABLE))
        box = build_help(help_lines())
        name_first_box(self.state.document, box, self.name)
        return [box]


@cache
def help_lines() -> tuple[HelpLine, ...]:
    """Return the places to turn to, as help_lines.csv orders them."""
    with HELP_TABLE.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        row.update({key: date.fromisoformat(row[key]) for key in ("checked", "review_by")})
    return tuple(HelpLine(**row) for row in rows)


def build_box(name: str, title: str, body: list[nodes.Node]) -> nodes.admonition:
    """Return a titled box; every builder knows how to draw it."""
    return nodes.admonition("", box_title("", title), *body, classes=["bc-callout", f"bc-{name}"])


def name_first_box(document: nodes.document, box: nodes.admonition, name: str) -> None:
    """Give a box the id `name`, unless something on the page has it already."""
    if document.ids.setdefault(name, box) is box:
        box["ids"].append(name)


def visit_box_title(self: Any, node: box_title) -> None:
    """Open the title, one level below the heading of the section that it stands in."""
    level, parent = 1, node.parent
    while parent is not None:
        level += isinstance(parent, nodes.section)
        parent = parent.parent
    attributes = {"role": "heading", "aria-level": str(min(max(level, 2), 6))}
    self.body.append(self.starttag(node, "p", "", CLASS="admonition-title", **attributes))


def depart_box_title(self: Any, node: box_title) -> None:
    """Close the title."""
    self.body.append("</p>\n")


def visit_plain_title(self: Any, node: box_title) -> None:
    """Open the title as the format opens any title."""
    self.visit_title(node)


def depart_plain_title(self: Any, node: box_title) -> None:
    """Close the title as the format closes any title."""
    self.depart_title(node)


def build_help(lines: tuple[HelpLine, ...]) -> nodes.admonition:
    """Return the box of help lines with what to do at once and the date of the check."""
    items = nodes.bullet_list()
    for help_line in lines:
        name = nodes.reference("", help_line.name, refuri=help_line.url, internal=False)
        number = f"tel:{help_line.phone.replace(' ', '')}"
        phone = nodes.reference("", help_line.phone, refuri=number, internal=False)
        words = nodes.paragraph("", "", name, nodes.Text(f" ({help_line.country}), for "))
        words += [nodes.Text(f"{help_line.for_whom}: "), phone, nodes.Text(f", {help_line.hours}.")]
        items += nodes.list_item("", words)
    checked = min(help_line.checked for help_line in lines)
    due = min(help_line.review_by for help_line in lines)
    body: list[nodes.Node] = [
        nodes.paragraph("", "In an emergency call your local number."),
        items,
        nodes.paragraph(
            "",
            f"These are lines in the United Kingdom. List checked on {in_words(checked)}; "
            f"it is due to be checked again by {in_words(due)}.",
            classes=["bc-standing"],
        ),
    ]
    return build_box("help", "Where to find help", body)
