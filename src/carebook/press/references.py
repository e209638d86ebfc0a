"""Lists of the sources that a page, or the whole book, cites.

An author writes, at the end of a page or on the page of references::

    ```{page-references}
    ```

    ```{all-references}
    ```

A reader sees the sources in order of author, each with its DOI as a link, and on a page that uses
facts of a case those facts with their addresses. Authors, volume and pages are shown only where a
DOI or a page that was read confirms them; other entries say that they were not found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from carebook.evidence import Source, source
from carebook.evidence.wording import reference
from carebook.press.authoring import note_code, note_tables
from carebook.press.case_fact_role import build_fact_list, facts_of
from carebook.press.citations import (
    ALL_REFERENCES,
    PAGE_REFERENCES,
    citations_of,
    note_holder,
    pages_with,
    source_anchor,
)

NO_DETAILS = "(Authors, volume and pages were not found, so they are not shown.)"
NOTHING = {
    PAGE_REFERENCES: "This page cites no source.",
    ALL_REFERENCES: "The book cites no source yet.",
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register both directives and the transform that fills their lists when pages are written."""
    app.setup_extension("carebook.press.citations")
    app.setup_extension("carebook.press.case_fact_role")
    app.add_directive(PAGE_REFERENCES, PageReferences)
    app.add_directive(ALL_REFERENCES, AllReferences)
    app.add_post_transform(FillReferences)
    app.connect("env-updated", rewrite_all_references)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


class reference_list(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """An empty place for a list of references; attribute ``kind``. Replaced before writing."""


class PageReferences(SphinxDirective):
    """``{page-references}``: the sources cited on this page."""

    kind = PAGE_REFERENCES

    def run(self) -> list[nodes.Node]:
        """Return an empty list that is filled once every page has been read."""
        note_holder(self.env, self.kind)
        note_tables(self.env, "sources")
        note_code(self.env, "carebook.evidence.wording")
        return [reference_list(kind=self.kind)]


class AllReferences(PageReferences):
    """``{all-references}``: the sources cited anywhere in the book."""

    kind = ALL_REFERENCES


class FillReferences(SphinxPostTransform):
    """Put the entries where a directive left an empty list."""

    default_priority = 19

    def run(self, **kwargs: Any) -> None:
        """Fill the lists of one page."""
        for place in list(self.document.findall(reference_list)):
            place.replace_self(self._lists(place["kind"]))

    def _lists(self, kind: str) -> list[nodes.Node]:
        """Return the sources, and for one page the facts of its case after them."""
        keys = self._keys(kind)
        facts = facts_of(self.env).get(self.env.docname, []) if kind == PAGE_REFERENCES else []
        sources = [build_references(keys, kind)] if keys or not facts else []
        return [*sources, *build_fact_list(facts)]

    def _keys(self, kind: str) -> set[str]:
        cited = citations_of(self.env)
        if kind == PAGE_REFERENCES:
            return cited.get(self.env.docname, set())
        return set().union(*cited.values())


def build_references(keys: Iterable[str], kind: str) -> nodes.Node:
    """Return a list of the sources with these keys, or a sentence where there is none."""
    cited = sorted((source(key) for key in keys), key=_order)
    if not cited:
        return nodes.paragraph(text=NOTHING[kind])
    return nodes.bullet_list("", *map(_entry, cited), classes=["bc-references"])


def _order(cited: Source) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKD", cited.citation).encode("ascii", "ignore").decode()
    return plain.casefold(), cited.key


def _entry(cited: Source) -> nodes.list_item:
    return nodes.list_item(
        "", nodes.paragraph("", "", *reference_nodes(cited)), ids=[source_anchor(cited.key)]
    )


def reference_nodes(cited: Source) -> list[nodes.Node]:
    """Return a source's reference: its line, then its DOI or address as a link."""
    printed = reference(cited)
    shown: list[nodes.Node] = [nodes.Text(printed.text)]
    if printed.url:
        link = nodes.reference("", printed.link_text, refuri=printed.url, internal=False)
        shown += [nodes.Text(" "), link]
    if not cited.details_shown:
        shown += [nodes.Text(" "), nodes.inline(text=NO_DETAILS, classes=["bc-note"])]
    return shown


def rewrite_all_references(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose list of the whole book must be written again."""
    now = sorted(set().union(*citations_of(env).values()))
    kept = vars(env)
    before, kept["carebook_all_cited"] = kept.get("carebook_all_cited"), now
    return [] if now == before else pages_with(env, ALL_REFERENCES)
