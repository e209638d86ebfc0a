"""Every claim that the book weighs, on one page, from ``claims.csv``.

An author writes, on one page of the book::

    ```{claim-ledger}
    ```

A reader sees a section for each claim, in the order of the chapters that treat them: the claim in
our words, its strongest form, the findings for it and against it, the certainty with its reason,
what would change our mind, the chapter, and when it was and will be reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from carebook.data import load
from carebook.evidence import UnknownFinding, effect_in_words, source
from carebook.press.authoring import note_tables, warn
from carebook.press.citations import cite_finding, cite_source
from carebook.press.evidence_table import CERTAINTIES
from carebook.press.finding_role import allowed_finding, mark_nodes, sample_in_words
from carebook.press.page_strip import in_words

CHAPTER = re.compile(r"chapters/([\w-]+)/index")
NONE_FOUND = "None that we have found."


@dataclass(frozen=True)
class Claim:
    """One row of ``claims.csv``.

    Raises
    ------
    ValueError
        If the certainty is none of the four words, or no finding stands on either side.
    """

    id: str
    claim: str
    strongest_form: str
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    certainty: str
    reason: str
    would_change: str
    chapter: str
    reviewed: date
    review_by: date

    def __post_init__(self) -> None:
        """Check certainty and evidence."""
        if self.certainty not in CERTAINTIES:
            raise ValueError(
                f"claims.csv: {self.id}: certainty is {self.certainty!r}; "
                f"it is one of {', '.join(CERTAINTIES)}."
            )
        if not self.evidence_for and not self.evidence_against:
            raise ValueError(f"claims.csv: {self.id}: name findings for or against it.")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.setup_extension("carebook.press.finding_role")
    app.add_directive("claim-ledger", ClaimLedger)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class ClaimLedger(SphinxDirective):
    """``{claim-ledger}``: neither argument nor body."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each claim, or nothing and a located warning."""
        note_tables(self.env, "claims", "findings", "sources")
        try:
            listed = in_book_order(claims(), chapters_in_order(self.env))
            return [build_entry(self.env, claim) for claim in listed]
        except (UnknownFinding, ValueError) as error:
            return warn(self, f"claim-ledger: {error}")


def claims() -> list[Claim]:
    """Return the claims of the book, by id."""
    rows = load("claims").astype(object)
    return [_claim(row) for row in rows.where(rows.notna(), "").to_dict("records")]


def _claim(row: Mapping[Any, Any]) -> Claim:
    cited = {name: tuple(str(row[name]).split()) for name in ("evidence_for", "evidence_against")}
    days = {name: row[name].date() for name in ("reviewed", "review_by")}
    return Claim(**{**row, **cited, **days})


def chapters_in_order(env: BuildEnvironment) -> list[str]:
    """Return the chapters in the order of ``_toc.yml``, which is noted as a dependency.

    Sphinx itself knows the order only once every page has been read.
    """
    contents = Path(env.srcdir) / "_toc.yml"
    if not contents.is_file():
        return []
    env.note_dependency(str(contents))
    return CHAPTER.findall(contents.read_text(encoding="utf-8"))


def in_book_order(listed: Sequence[Claim], chapters: Sequence[str]) -> list[Claim]:
    """Return claims by the place of their chapter; those of unknown chapters come last."""
    places = {name: place for place, name in enumerate(chapters)}
    return sorted(listed, key=lambda claim: (places.get(claim.chapter, len(places)), claim.id))


def build_entry(env: BuildEnvironment, claim: Claim) -> nodes.section:
    """Return the section of one claim."""
    section = nodes.section(ids=[f"claim-{claim.id}"])
    section += nodes.title(text=claim.claim)
    section += nodes.paragraph("", "", nodes.strong(text="At its strongest. "),
                               nodes.Text(claim.strongest_form))  # fmt: skip
    section += _evidence(env, "For", claim.evidence_for)
    section += _evidence(env, "Against, or not fitting", claim.evidence_against)
    section += nodes.paragraph("", "", _certainty(claim.certainty), nodes.Text(claim.reason))
    section += nodes.paragraph("", "", nodes.strong(text="What would change our mind. "),
                               nodes.Text(claim.would_change))  # fmt: skip
    section += nodes.paragraph("", "", *_dates(claim), classes=["bc-note"])
    return section


def _certainty(level: str) -> nodes.strong:
    name = f"bc-certainty-{nodes.make_id(level)}"
    return nodes.strong(text=f"Certainty: {level}. ", classes=["bc-certainty", name])


def _evidence(env: BuildEnvironment, side: str, names: Sequence[str]) -> list[nodes.Node]:
    lead = nodes.paragraph("", "", nodes.strong(text=f"{side}."))
    if not names:
        lead += nodes.Text(f" {NONE_FOUND}")
        return [lead]
    return [lead, nodes.bullet_list("", *(_item(env, name) for name in names))]


def _item(env: BuildEnvironment, name: str) -> nodes.list_item:
    found = allowed_finding(name)
    cited = source(found.source)
    size = effect_in_words(found)
    told = nodes.paragraph("", "", cite_source(env, cited, cited.citation), nodes.Text(": "))
    told += [cite_finding(env, found, size or found.finding.rstrip(".")), *mark_nodes(found)]
    about = "; ".join(part for part in (found.outcome, sample_in_words(found)) if part)
    if size and about:
        told += nodes.Text(f" ({about})")
    return nodes.list_item("", told)


def _dates(claim: Claim) -> list[nodes.Node]:
    chapter = addnodes.pending_xref(
        "",
        nodes.inline(text="its chapter"),
        refdomain="std",
        reftype="doc",
        reftarget=f"/chapters/{claim.chapter}/index",
        refexplicit=False,
        refwarn=True,
    )
    dates = f". Last reviewed {in_words(claim.reviewed)}; due again by {in_words(claim.review_by)}."
    return [nodes.Text("Treated in "), chapter, nodes.Text(dates)]
