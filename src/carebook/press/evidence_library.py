"""The evidence library: every finding of the book as a card, by topic, with filters.

An author writes, on the page of the library::

    ```{evidence-library}
    ```

A reader sees a list of cards for each topic. Where JavaScript runs, a form filters them by words,
topic, design and how the number was seen, and says how many are shown; without it the page is the
list. The script is loaded on this page alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from carebook.evidence import Finding, Source, effect_in_words, findings, source
from carebook.evidence.wording import MARK_WORDS, marks, reference
from carebook.press.authoring import note_code, note_tables, plain_visitors
from carebook.press.citations import LIBRARY, finding_anchor, note_holder
from carebook.press.finding_role import sample_in_words

SCRIPT = "evidence-library.js"
TOPICS = {
    "measurement": "Measuring burnout",
    "prevalence": "How common distress is",
    "workforce": "The workforce",
    "outcomes": "Staff and patients",
    "relational": "Empathy, continuity and the consultation",
    "interventions": "What helps staff",
    "leadership": "Leading",
    "ai": "Machines and people",
    "history": "History",
    "case": "Behind the case studies",
}
DESIGNS = {
    "rct": "randomised trial",
    "cluster-rct": "cluster randomised trial",
    "policy-report": "policy report",
    "before-after": "before-and-after study",
    "cohort": "cohort study",
    "meta-analysis": "systematic review or meta-analysis",
    "cross-sectional": "cross-sectional study",
    "qualitative": "qualitative study",
}
SEEN = {
    "full-text": "read in the paper itself",
    "abstract": "read in the abstract or the publisher’s page",
    "secondary": "read in another author’s account",
    "own-computation": "computed by us from published figures",
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the nodes and the directive ``evidence-library``."""
    for needed in ("finding_role", "page_scripts"):
        app.setup_extension(f"carebook.press.{needed}")
    app.add_node(library_filter, html=(visit_filter_html, _leave), **_silent())
    app.add_node(card_list, html=(visit_list_html, depart_list_html), **plain_visitors())
    app.add_node(finding_card, html=(visit_card_html, _leave), **plain_visitors())
    app.add_directive(LIBRARY, EvidenceLibrary)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


class library_filter(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The form, hidden until the script runs; attributes ``choices``, ``script``."""


class card_list(nodes.General, nodes.Element):  # noqa: N801
    """The cards of one topic."""


class finding_card(nodes.General, nodes.Element):  # noqa: N801
    """One card; attribute ``card`` (HTML). Its children are the same in plain paragraphs."""


class EvidenceLibrary(SphinxDirective):
    """``{evidence-library}``: takes nothing."""

    def run(self) -> list[nodes.Node]:
        """Return the filter and a section for each topic."""
        note_holder(self.env, LIBRARY)
        note_tables(self.env, "findings", "sources")
        note_code(self.env, "carebook.evidence.wording")
        return build_library(findings())


def build_library(shown: Iterable[Finding]) -> list[nodes.Node]:
    """Return the filter and a section of cards for each topic, in the order of `TOPICS`."""
    by_topic: dict[str, list[Finding]] = {}
    for found in shown:
        by_topic.setdefault(found.topic, []).append(found)
    order = sorted(by_topic, key=[*TOPICS, *sorted(by_topic.keys() - TOPICS)].index)
    designs = {source(found.source).design for group in by_topic.values() for found in group}
    choices = {
        "topic": {topic: TOPICS.get(topic, topic) for topic in order},
        "design": {design: DESIGNS.get(design, design) for design in sorted(designs)},
        "seen": SEEN,
    }
    return [
        library_filter(choices=choices, script=SCRIPT),
        *(_topic_section(topic, by_topic[topic]) for topic in order),
    ]


def _topic_section(topic: str, group: list[Finding]) -> nodes.section:
    identifier = f"topic-{nodes.make_id(topic)}"
    title = nodes.title(text=TOPICS.get(topic, topic))
    cards = card_list("", *map(build_card, group))
    return nodes.section("", title, cards, ids=[identifier], names=[identifier])


def build_card(found: Finding) -> finding_card:
    """Return the card of one finding: HTML, and the same in paragraphs for other formats."""
    cited = source(found.source)
    facts = card_facts(found, cited)
    lines = [found.finding, effect_in_words(found), *(f"{name}: {text}" for name, text in facts)]
    return finding_card(
        "",
        *(nodes.paragraph(text=line) for line in lines if line),
        card=card_html(found, cited, facts),
    )


def card_facts(found: Finding, cited: Source) -> list[tuple[str, str]]:
    """Return what a card tells below its sentence, as pairs of name and text."""
    compared = f"{found.exposure or 'not stated'}, against {found.comparator}"
    facts = [
        ("What", found.outcome),
        ("Compared", compared if found.comparator else ""),
        ("Exposure", "" if found.comparator else found.exposure),
        ("Reading", _reading(found)),
        ("Who", found.population),
        ("Sample", sample_in_words(found)),
        ("Design", DESIGNS.get(cited.design, cited.design)),
        ("Limits", found.limits),
        ("How seen", SEEN[found.verified]),
        ("Source", reference(cited).text),
    ]
    return [(name, text) for name, text in facts if text]


def _reading(found: Finding) -> str:
    if not found.direction_means or found.direction == "not applicable":
        return found.direction_means
    return f"{found.direction} means {found.direction_means}"


def card_html(found: Finding, cited: Source, facts: list[tuple[str, str]]) -> str:
    """Return a card as a lean list item: 698 of them share one page."""
    effect = escape(effect_in_words(found), quote=False)
    size = f'<p class="bc-size">{effect}{_marks_html(found)}</p>' if effect or marks(found) else ""
    told = "".join(f"<dt>{name}</dt><dd>{escape(text, quote=False)}</dd>" for name, text in facts)
    printed = reference(cited)
    address = f'<a href="{escape(printed.url)}">{escape(printed.link_text)}</a>'
    link = f"<p>{address}</p>" if printed.url else ""
    return (
        f'<li class="bc-card" id="{finding_anchor(found.id)}" data-topic="{found.topic}"'
        f' data-design="{cited.design}" data-seen="{found.verified}">'
        f'<p class="bc-says">{escape(found.finding, quote=False)}</p>{size}'
        f"<dl>{told}</dl>{link}</li>"
    )


def _marks_html(found: Finding) -> str:
    return "".join(
        f' <span class="bc-mark bc-mark-{nodes.make_id(mark)}">{mark}'
        f'<span class="bc-unseen">: {MARK_WORDS[mark]}</span></span>'
        for mark in marks(found)
    )


def filter_html(choices: dict[str, dict[str, str]]) -> str:
    """Return the form and the live region that tells how many findings are shown."""
    labels = {"topic": "Topic", "design": "Design", "seen": "How the number was seen"}
    selects = "".join(
        f'<label>{labels[name]} <select name="{name}"><option value="">all</option>'
        + "".join(f'<option value="{key}">{escape(text)}</option>' for key, text in values.items())
        + "</select></label>"
        for name, values in choices.items()
    )
    return (
        '<form id="evidence-filter" class="bc-filter" role="search" aria-label="Filter findings"'
        ' hidden="hidden"><label>Words'
        ' <input type="search" name="words" autocomplete="off" /></label>'
        f'{selects}<button type="reset">Show all</button></form>\n'
        '<p id="evidence-count" class="bc-count" role="status" aria-live="polite"></p>\n'
    )


def visit_filter_html(self: Any, node: library_filter) -> None:
    """Write the form."""
    self.body.append(filter_html(node["choices"]))


def visit_list_html(self: Any, node: card_list) -> None:
    """Open the list."""
    self.body.append('<ul class="bc-cards" role="list">\n')


def depart_list_html(self: Any, node: card_list) -> None:
    """Close the list."""
    self.body.append("</ul>\n")


def visit_card_html(self: Any, node: finding_card) -> None:
    """Write the card; its plain children are for other formats."""
    self.body.append(f"{node['card']}\n")
    raise nodes.SkipChildren


def _leave(self: Any, node: nodes.Node) -> None:
    """Write nothing."""


def _silent() -> dict[str, Any]:
    return dict.fromkeys(plain_visitors(), (_leave, _leave))
