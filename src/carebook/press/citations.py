"""Which page cites which source, and the links that lead from a page to cards and references.

Not something an author writes. Roles and directives call `cite_finding` and `cite_source` while a
page is read; both return a link whose target is looked up when pages are written, because the
evidence library or the list of references may be read later than the page that cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from carebook.evidence import Finding, Source, finding
from carebook.press.authoring import note_code, note_tables, plain_visitors

LIBRARY = "evidence-library"
PAGE_REFERENCES = "page-references"
ALL_REFERENCES = "all-references"
WORD = re.compile(r"[^\W\d_]{2,}")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the record of citations and the transform that gives links their targets."""
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.add_node(unseen_words, html=(visit_unseen, depart_unseen), **plain_visitors())
    app.add_post_transform(AimLinks)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


class evidence_link(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """A link without its target yet: attributes ``kind`` (finding, source) and ``key``.

    ``context``: what a bare number counts, for those who hear the page's links as a list.
    """


class unseen_words(nodes.Inline, nodes.Element):  # noqa: N801
    """Words for screen readers alone: attribute ``words``; no text, so the search passes by."""


def finding_anchor(identifier: str) -> str:
    """Return the id of a finding's card on the library page: ``finding-hewitt2020-min``."""
    return f"finding-{nodes.make_id(identifier)}"


def source_anchor(key: str) -> str:
    """Return the id of a source's entry in a list of references."""
    return f"ref-{nodes.make_id(key)}"


def cite_finding(env: BuildEnvironment, cited: Finding, text: str) -> evidence_link:
    """Record that the current page uses the finding `cited` and return a link to its card."""
    _record(env, cited.source)
    context = f", finding: {cited.outcome}" if cited.outcome and is_bare(text) else ""
    return evidence_link("", text, kind="finding", key=cited.id, context=context)


def cite_finding_id(env: BuildEnvironment, identifier: str) -> None:
    """Record that the current page rests on the finding with this id, without a link of its own."""
    _record(env, finding(identifier).source)


def is_bare(text: str) -> bool:
    """Tell whether a link's text is a number with one word at most, such as ``22`` or ``12 items``.

    In a list of links such a text says nothing of where it leads.
    """
    return len(WORD.findall(text)) < 2


def cite_source(env: BuildEnvironment, source: Source, text: str) -> evidence_link:
    """Record that the current page cites `source` and return a link to its reference."""
    _record(env, source.key)
    return evidence_link("", text, kind="source", key=source.key)


def _record(env: BuildEnvironment, key: str) -> None:
    note_tables(env, "findings", "sources")
    note_code(env, "carebook.evidence.wording")
    citations_of(env).setdefault(env.docname, set()).add(key)


def citations_of(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return source keys by page, as kept with Sphinx's memory of the book."""
    kept: dict[str, set[str]] = vars(env).setdefault("carebook_citations", {})
    return kept


def _holders(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return what kinds of list (library, references) each page holds."""
    kept: dict[str, set[str]] = vars(env).setdefault("carebook_holders", {})
    return kept


def note_holder(env: BuildEnvironment, kind: str) -> None:
    """Record that the current page holds a list of `kind`: links to its entries lead here."""
    _holders(env).setdefault(env.docname, set()).add(kind)


def pages_with(env: BuildEnvironment, kind: str) -> list[str]:
    """Return the pages that hold a list of `kind`, sorted."""
    return sorted(page for page, kinds in _holders(env).items() if kind in kinds)


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what is known of a page that will be read again or is gone."""
    citations_of(env).pop(docname, None)
    _holders(env).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over what another process learned about `docnames`."""
    for docname in docnames:
        for ours, theirs in (
            (citations_of(env), citations_of(other)),
            (_holders(env), _holders(other)),
        ):
            if docname in theirs:
                ours[docname] = theirs[docname]


class AimLinks(SphinxPostTransform):
    """Turn every `evidence_link` into a reference, or into its words where there is no target."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Replace the links of one page."""
        for link in list(self.document.findall(evidence_link)):
            uri = self._uri(link) if self.app.builder.format == "html" else ""
            if uri:
                reference = nodes.reference("", "", *link.children, internal=True, refuri=uri)
                reference["classes"] = [f"bc-{link['kind']}", *link["classes"]]
                if link.get("context") and self.app.builder.name != "epub":
                    reference += unseen_words(words=link["context"])
                link.replace_self(reference)
            else:
                link.replace_self(link.children)

    def _uri(self, link: evidence_link) -> str:
        here = self.env.docname
        if link["kind"] == "finding":
            anchor, pages = finding_anchor(link["key"]), pages_with(self.env, LIBRARY)
        else:
            anchor = source_anchor(link["key"])
            pages = [page for page in pages_with(self.env, PAGE_REFERENCES) if page == here]
            pages = pages or pages_with(self.env, ALL_REFERENCES)
        return _relative(self.app.builder, here, pages[0], anchor) if pages else ""


def visit_unseen(self: Any, node: unseen_words) -> None:
    """Write the words."""
    self.body.append(f'<span class="bc-unseen">{self.encode(node["words"])}</span>')


def depart_unseen(self: Any, node: unseen_words) -> None:
    """Close nothing; the words are written whole."""


def _relative(builder: Builder, here: str, page: str, anchor: str) -> str:
    return f"#{anchor}" if page == here else f"{builder.get_relative_uri(here, page)}#{anchor}"
