"""Facts of a case study in prose, each with a numbered note to where it was read.

An author writes::

    {case-fact}`nine hospitals <mid_staffordshire:03>`

A reader sees the words and a small number. It leads to the fact in the page's list of references,
with the address that it was read at; where an organisation reports about itself, the list says so.
An id that does not exist, a fact without words, and a number among the words that the fact does
not hold are located warnings; so is a page that uses facts and has no ``{page-references}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import ReferenceRole

from carebook.evidence import UnknownFinding
from carebook.evidence.records import CaseFact
from carebook.evidence.register import case_fact
from carebook.press import located_warnings
from carebook.press.authoring import note_tables, plain_visitors, warn
from carebook.press.citations import PAGE_REFERENCES, cite_finding_id, pages_with

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
OWN_ACCOUNT = "(The organisation’s own account.)"
LEAD = "Facts of the case, each with the page that it was read at:"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the role, its note and the record of the facts that each page uses."""
    app.setup_extension("carebook.press.citations")
    app.add_node(fact_note, html=(visit_note_html, depart_note_html), **plain_visitors())
    app.add_role("case-fact", CaseFactRole())
    app.add_post_transform(NotesNeedAList)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


class fact_note(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """The small number after a fact; attribute ``key``, the fact's id."""


class CaseFactRole(ReferenceRole):
    """``{case-fact}`words <id>```: the words, and a note to the fact."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words with their note, or nothing and a located warning."""
        try:
            fact = case_fact(self.target)
            refuse_words(self.title if self.has_explicit_title else "", fact)
        except (UnknownFinding, ValueError) as error:
            return warn(self, f"case-fact: {error}"), []
        note_tables(self.env, "cases", "findings", "sources")
        used = facts_of(self.env).setdefault(self.env.docname, [])
        if fact.id not in used:
            used.append(fact.id)
        if fact.finding:
            cite_finding_id(self.env, fact.finding)
        note = fact_note("", str(used.index(fact.id) + 1), key=fact.id)
        self.set_source_info(note)
        return [nodes.Text(self.title), note], []


def refuse_words(words: str, fact: CaseFact) -> None:
    """Refuse words that are missing, or that hold a number which the fact does not.

    Raises
    ------
    ValueError
        Saying what is wrong and what the fact holds.
    """
    if not words:
        raise ValueError(f"{fact.id!r} needs words of yours: {{case-fact}}`words <{fact.id}>`")
    held = {number.replace(",", "") for number in NUMBER.findall(fact.text)}
    foreign = [each for each in NUMBER.findall(words) if each.replace(",", "") not in held]
    if foreign:
        raise ValueError(
            f"{fact.id!r} does not hold the number {foreign[0]}; it says: {fact.text!r} "
            "Correct the number or the id"
        )


def facts_of(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return ids of case facts by page, in order of first use."""
    kept: dict[str, list[str]] = vars(env).setdefault("carebook_case_facts", {})
    return kept


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what is known of a page that will be read again or is gone."""
    facts_of(env).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over what another process learned about `docnames`."""
    for docname in docnames:
        if docname in facts_of(other):
            facts_of(env)[docname] = facts_of(other)[docname]


class NotesNeedAList(SphinxPostTransform):
    """Warn where a page uses facts and lists none of them."""

    default_priority = 18

    def run(self, **kwargs: Any) -> None:
        """Look at one page."""
        note = next(iter(self.document.findall(fact_note)), None)
        if note is not None and self.env.docname not in pages_with(self.env, PAGE_REFERENCES):
            located_warnings.warn(
                "case-fact: the page has no list to lead to. Add {page-references} at its end.",
                note,
            )


def fact_anchor(identifier: str) -> str:
    """Return the id of a fact's entry in the page's references."""
    return f"case-fact-{nodes.make_id(identifier)}"


def build_fact_list(identifiers: Sequence[str]) -> list[nodes.Node]:
    """Return a lead and a numbered list of these facts; nothing where there are none."""
    if not identifiers:
        return []
    entries = [_entry(case_fact(identifier)) for identifier in identifiers]
    listed = nodes.enumerated_list("", *entries, classes=["bc-case-facts"])
    return [nodes.paragraph(text=LEAD), listed]


def _entry(fact: CaseFact) -> nodes.list_item:
    told: list[nodes.Node] = [nodes.Text(fact.text)]
    for address in fact.addresses:
        link = nodes.reference("", _place(address), refuri=address, internal=False)
        told += [nodes.Text(" "), link]
    if fact.own_account:
        told += [nodes.Text(" "), nodes.inline(text=OWN_ACCOUNT, classes=["bc-note"])]
    return nodes.list_item("", nodes.paragraph("", "", *told), ids=[fact_anchor(fact.id)])


def _place(address: str) -> str:
    """Return an address as it is read: the host, and the last part of the path."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return f"{parts.netloc.removeprefix('www.')}/…/{last}" if last else parts.netloc


def visit_note_html(self: Any, node: fact_note) -> None:
    """Open the note as a link that says what it leads to."""
    anchor = fact_anchor(node["key"])
    self.body.append(
        f'<sup class="bc-fact-note"><a href="#{anchor}"><span class="bc-unseen">case fact </span>'
    )


def depart_note_html(self: Any, node: fact_note) -> None:
    """Close the note."""
    self.body.append("</a></sup>")
