"""Which page serves which learning outcome, and which outcomes a page serves.

An author writes, on one page of the book::

    ```{outcome-map}
    ```

A reader sees each outcome of the frameworks with the pages that name it in their strip, those
that no page names yet among them, and then each page with its outcomes.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from carebook.press.page_records import PageRecord, map_pages, records_in_order
from carebook.press.page_strip import OUTCOMES_TABLE, outcome_name
from carebook.press.stacked_table import Cell, build_table

DIRECTIVE = "outcome-map"
NOT_SERVED = "No page yet."


@dataclass(frozen=True)
class Outcome:
    """One outcome: its code here, the framework that it comes from, its name there."""

    code: str
    framework: str
    name: str


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and the transform that fills it when pages are written."""
    app.setup_extension("carebook.press.page_records")
    app.setup_extension("carebook.press.stacked_table")
    app.add_directive(DIRECTIVE, OutcomeMap)
    app.add_post_transform(FillOutcomes)
    app.add_post_transform(LinkOutcomes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class outcome_place(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """An empty place for both tables. Replaced before writing."""


class OutcomeMap(SphinxDirective):
    """``{outcome-map}``: neither argument nor body."""

    def run(self) -> list[nodes.Node]:
        """Return an empty place that is filled once every page has been read."""
        map_pages(self.env)[self.env.docname] = self.name
        self.env.note_dependency(str(OUTCOMES_TABLE))
        return [outcome_place()]


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Return the outcomes in the order of the frameworks."""
    with OUTCOMES_TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Outcome(**row) for row in csv.DictReader(file))


class FillOutcomes(SphinxPostTransform):
    """Put both tables where a directive left an empty place."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill the places of one page."""
        for place in list(self.document.findall(outcome_place)):
            records = [each for each in records_in_order(self.env) if each.facts.outcomes]
            place.replace_self([*self._by_outcome(records), self._by_page(records)])

    def _by_outcome(self, records: Sequence[PageRecord]) -> list[nodes.Node]:
        tables: list[nodes.Node] = []
        for framework, group in groupby(outcomes(), lambda each: each.framework):
            rows = [[_outcome_cell(each), self._pages_cell(each, records)] for each in group]
            tables.append(build_table(framework, ("Outcome", "Pages"), rows, ["bc-outcomes"]))
        return tables

    def _pages_cell(self, outcome: Outcome, records: Sequence[PageRecord]) -> Cell:
        serving = [each for each in records if outcome.code in each.facts.outcomes]
        if not serving:
            return Cell((nodes.paragraph(text=NOT_SERVED, classes=["bc-note"]),))
        items = [nodes.list_item("", nodes.paragraph("", "", self._link(each))) for each in serving]
        return Cell((nodes.bullet_list("", *items),))

    def _by_page(self, records: Sequence[PageRecord]) -> nodes.table:
        names = {each.code: each.name for each in outcomes()}
        rows = []
        for record in records:
            told = [f"{code} {names[code]}" for code in record.facts.outcomes]
            items = [nodes.list_item("", nodes.paragraph(text=each)) for each in told]
            head = Cell((nodes.paragraph("", "", self._link(record)),), head=True)
            rows.append([head, Cell((nodes.bullet_list("", *items),))])
        return build_table(
            "Each page and its outcomes", ("Page", "Outcomes"), rows, ["bc-outcomes"]
        )

    def _link(self, record: PageRecord) -> nodes.Node:
        if self.app.builder.format != "html":
            return nodes.Text(record.title)
        uri = self.app.builder.get_relative_uri(self.env.docname, record.docname)
        return nodes.reference("", record.title, internal=True, refuri=uri)


class LinkOutcomes(SphinxPostTransform):
    """Lead from the outcomes in a page's strip to their rows in the map, where there is one."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Link the outcomes of one page."""
        maps = sorted(page for page, kind in map_pages(self.env).items() if kind == DIRECTIVE)
        for name in list(self.document.findall(outcome_name)):
            if not maps or self.app.builder.format != "html":
                name.replace_self(name.children)
                continue
            uri = self.app.builder.get_relative_uri(self.env.docname, maps[0])
            target = f"{uri}#{outcome_anchor(name['code'])}"
            name.replace_self(nodes.reference("", "", *name.children, internal=True, refuri=target))


def outcome_anchor(code: str) -> str:
    """Return the id of an outcome's row in the map."""
    return f"outcome-{code.lower()}"


def _outcome_cell(outcome: Outcome) -> Cell:
    target = nodes.paragraph(
        text=f"{outcome.code} {outcome.name}", ids=[outcome_anchor(outcome.code)]
    )
    return Cell((target,), head=True)
