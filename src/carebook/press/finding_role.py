"""Numbers in prose, taken from the register of findings.

An author writes::

    {finding}`hewitt2020:min`            effect and interval in words and figures, linked
    {finding}`few residents <hewitt2020:min>`   the author's words, linked
    {finding-value}`hewitt2020:min`      the number alone
    {finding-sentence}`hewitt2020:min`   the finding in a sentence
    {finding-n}`hewitt2020:min`          the sample, "6,956 participants"
    {finding-retracted}`panagioti2018:safety`   the one way to show a retracted finding
    {source}`hewitt2020`                 "Hewitt et al. 2020", linked to the reference

A reader sees the words as a link to the finding's card in the evidence library, and small marks
where the number was read second-hand, was computed by us, or was retracted; the first mark of its
kind on a page is explained to those who listen. An id that does not
exist, or a retracted finding in any role but its own, is a located warning.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

from carebook.evidence import Finding, UnknownFinding, effect_in_words, finding, source
from carebook.evidence.wording import MARK_WORDS, marks
from carebook.press.authoring import plain_visitors, warn
from carebook.press.citations import cite_finding, cite_source

ROLES = ("finding", "finding-value", "finding-sentence", "finding-n", "finding-retracted")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MORE_THAN = re.compile(r" \((?:more than|over)\)$")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node ``evidence_mark`` and six roles."""
    app.setup_extension("carebook.press.citations")
    app.add_node(evidence_mark, html=(visit_mark_html, depart_mark_html), **plain_visitors())
    for name in ROLES:
        app.add_role(name, FindingRole(name))
    app.add_role("source", SourceRole())
    app.connect("doctree-read", explain_once)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class evidence_mark(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """A mark such as ``secondary`` as text.

    Attributes: ``explanation``, the words behind it; ``explained``, whether the page said them in
    an earlier mark.
    """


class FindingRole(ReferenceRole):
    """One of `ROLES`; the target is a finding's id."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.role = role

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the linked words and their marks, or nothing and a located warning."""
        try:
            found = allowed_finding(self.target, lesson=self.role == "finding-retracted")
            text = self.title if self.has_explicit_title else finding_in_words(found, self.role)
        except (UnknownFinding, ValueError) as error:
            return warn(self, f"{self.role}: {error}"), []
        link = cite_finding(self.env, found, text)
        return [link, *mark_nodes(found)], []


class SourceRole(ReferenceRole):
    """``{source}`key```: a short citation; the target is a source's key."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the linked citation, or nothing and a located warning."""
        try:
            cited = source(self.target)
        except UnknownFinding as error:
            return warn(self, f"source: {error}"), []
        text = self.title if self.has_explicit_title else cited.citation
        return [cite_source(self.env, cited, text)], []


def allowed_finding(identifier: str, *, lesson: bool = False) -> Finding:
    """Return the finding with this id if it may be shown here.

    Parameters
    ----------
    identifier
        Id in ``findings.csv``.
    lesson
        True where a retracted finding is shown as a lesson and nothing else may be.

    Raises
    ------
    carebook.evidence.UnknownFinding
        If there is no such finding; the message lists near matches.
    ValueError
        If the finding is retracted and this is no lesson, or the other way round.
    """
    found = finding(identifier)
    if found.retracted and not lesson:
        raise ValueError(
            f"{identifier!r} was retracted and is no evidence; "
            f"show it as a lesson with {{finding-retracted}}`{identifier}` or take it out"
        )
    if lesson and not found.retracted:
        raise ValueError(f"{identifier!r} was not retracted; write {{finding}}`{identifier}`")
    return found


def finding_in_words(found: Finding, role: str = "finding") -> str:
    """Return what `role` prints for a finding.

    Raises
    ------
    ValueError
        If the role wants a number that the finding does not have.
    """
    if role == "finding-sentence":
        return found.finding
    if role == "finding-n":
        return sample_in_words(found) or _missing(found, "no sample size")
    if role == "finding-value":
        return effect_in_words(found, "value") or _missing(found, "no number")
    return effect_in_words(found) or found.finding.rstrip(".")


def _missing(found: Finding, what: str) -> str:
    raise ValueError(
        f"{found.id!r} has {what} in findings.csv; write {{finding-sentence}}`{found.id}`"
    )


def sample_in_words(found: Finding) -> str:
    """Return the sample size with its unit, ``"6,956 participants"``; empty where none is known."""
    if found.n is None:
        return ""
    unit = MORE_THAN.sub("", found.n_unit)
    lead = "more than " if unit != found.n_unit else ""
    return f"{lead}{found.n:,} {_singular(unit) if found.n == 1 else unit}".strip()


def _singular(unit: str) -> str:
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")


def mark_nodes(found: Finding) -> list[nodes.Node]:
    """Return the marks of a finding, each after a space at which no line breaks."""
    made: list[nodes.Node] = []
    for mark in marks(found):
        kind = f"bc-mark-{nodes.make_id(mark)}"
        explained = evidence_mark("", mark, explanation=MARK_WORDS[mark], classes=[kind])
        made += [nodes.Text(NO_BREAK_SPACE), explained]
    return made


def explain_once(app: Sphinx, doctree: nodes.document) -> None:
    """Note which marks say what an earlier one on the page has explained."""
    told: set[str] = set()
    for mark in doctree.findall(evidence_mark):
        mark["explained"] = mark.astext() in told
        told.add(mark.astext())


def visit_mark_html(self: Any, node: evidence_mark) -> None:
    """Open the mark; its explanation is a tooltip for the eye."""
    self.body.append(
        self.starttag(node, "span", "", CLASS="bc-mark", title=node["explanation"]),
    )


def depart_mark_html(self: Any, node: evidence_mark) -> None:
    """Close the mark; the first of its kind explains itself in text for screen readers alone."""
    if not node.get("explained"):
        self.body.append(f'<span class="bc-unseen">: {self.encode(node["explanation"])}</span>')
    self.body.append("</span>")
