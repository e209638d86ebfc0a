"""What each page says of itself: title, readers, minutes, outcomes, and how long its parts take.

Not something an author writes. Paths and the outcome map are made from these records, so that
neither can disagree with the pages. A page's minutes are shared out over its parts by their words;
a graded exercise, whose minutes stand on its card, and the references take none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from carebook.press.located_warnings import front_matter_line, warn
from carebook.press.page_strip import PageFacts, read_facts

# What a part holds says what it is for; the first that fits names it.
KINDS = {
    "exercise": "bc-exercise",
    "check": "bc-quiz",
    "evidence": "bc-evidence",
    "return": "bc-prediction-return",
    "keep": "bc-take-aways",
    "hook": "bc-prediction",
}
UNTIMED = ("exercise", "references")


@dataclass(frozen=True)
class PagePart:
    """A part of a page: what stands before its first heading, or under one of its headings.

    ``kind`` is a key of `KINDS`, or ``side``, ``example``, ``argument`` or ``references``.
    ``anchor`` is empty for the part before the first heading. ``words`` is what is read.
    """

    title: str
    anchor: str
    kind: str
    words: int


@dataclass(frozen=True)
class PageRecord:
    """A page's title, the facts of its strip, and its parts in order."""

    docname: str
    title: str
    facts: PageFacts
    parts: tuple[PagePart, ...]

    @property
    def folder(self) -> str:
        """The folder that the page lies in, such as ``chapters/workforce``."""
        return self.docname.rpartition("/")[0]

    def minutes_of(self, part: PagePart) -> int:
        """Return a part's share of the page's minutes, at least 1; 0 for untimed parts."""
        if part.kind in UNTIMED:
            return 0
        timed = sum(each.words for each in self.parts if each.kind not in UNTIMED)
        return max(1, round(self.facts.minutes * part.words / max(timed, 1)))


def setup(app: Sphinx) -> dict[str, Any]:
    """Keep a record of each page that is read, and write the maps again when any changes."""
    app.connect("doctree-read", keep_record)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("env-updated", rewrite_maps)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def records_of(env: BuildEnvironment) -> dict[str, PageRecord]:
    """Return the records by page name."""
    kept: dict[str, PageRecord] = vars(env).setdefault("carebook_page_records", {})
    return kept


def map_pages(env: BuildEnvironment) -> dict[str, str]:
    """Return the pages that show other pages' records, each with the directive that does."""
    kept: dict[str, str] = vars(env).setdefault("carebook_map_pages", {})
    return kept


def keep_record(app: Sphinx, doctree: nodes.document) -> None:
    """Record the page that was read, if its strip is whole."""
    docname = app.env.docname
    facts, _ = read_facts(app.env.metadata[docname])
    section = next(iter(doctree.findall(nodes.section)), None)
    if facts is None or section is None:
        return
    title = section.next_node(nodes.title)
    name = title.astext() if title else docname
    parts = tuple(read_parts(section, facts.sides))
    unknown = set(facts.sides) - {part.anchor for part in parts}
    if unknown:
        warn(
            f"The page's front matter has sides: {', '.join(sorted(unknown))}, and no heading "
            f"of that name. Headings: {', '.join(part.anchor for part in parts if part.anchor)}.",
            (docname, front_matter_line(app.env, docname, "sides")),
        )
    records_of(app.env)[docname] = PageRecord(docname, name, facts, parts)


def read_parts(page: nodes.section, sides: Sequence[str] = ()) -> Iterator[PagePart]:
    """Yield the parts of a page, given the section of its title and the anchors of its sides."""
    opening = [child for child in page.children[1:] if not isinstance(child, nodes.section)]
    if any(child.astext().strip() for child in opening):
        yield PagePart("The opening", "", _kind(opening, "hook"), _words(opening))
    for child in page.children:
        if isinstance(child, nodes.section):
            title = child.next_node(nodes.title)
            name = title.astext() if title else ""
            plain = "references" if name.startswith("References") else "argument"
            anchor = child["ids"][0]
            kind = "side" if anchor in sides else _kind([child], plain)
            yield PagePart(name, anchor, kind, _words([child]))


def _kind(content: Iterable[nodes.Node], plain: str) -> str:
    """Return the kind of a part with this content; `plain` where nothing names it."""
    content = list(content)
    elements = [element for each in content for element in each.findall(nodes.Element)]
    classes: set[str] = set().union(*(element.get("classes", []) for element in elements))
    named = [kind for kind, name in KINDS.items() if name in classes]
    figures = any(isinstance(element, nodes.figure) for element in elements)
    return (*named, "example" if figures and plain == "argument" else plain)[0]


def _words(content: Iterable[nodes.Node]) -> int:
    """Return how many words are read: what a cell shows or prints is looked at, not read."""
    return sum(
        len(text.astext().split())
        for each in content
        for text in each.findall(nodes.Text)
        if not _in_code_cell(text)
    )


def _in_code_cell(node: nodes.Node) -> bool:
    """Tell whether a node stands in a cell of code or in what it put out."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.container) and "cell" in node.get("classes", []):
            return True
    return False


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what is known of a page that will be read again or is gone."""
    records_of(env).pop(docname, None)
    map_pages(env).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over what another process learned about `docnames`."""
    for docname in docnames:
        if docname in records_of(other):
            records_of(env)[docname] = records_of(other)[docname]
        if docname in map_pages(other):
            map_pages(env)[docname] = map_pages(other)[docname]


def rewrite_maps(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages with maps if any record, or the order of pages, is another than before."""
    now = (dict(records_of(env)), reading_order(env))
    kept = vars(env)
    before, kept["carebook_records_mapped"] = kept.get("carebook_records_mapped"), now
    return [] if now == before else sorted(map_pages(env))


def reading_order(env: BuildEnvironment) -> list[str]:
    """Return all pages in the order of ``_toc.yml``."""
    order: list[str] = []

    def walk(docname: str) -> None:
        if docname not in order:
            order.append(docname)
            for child in env.toctree_includes.get(docname, []):
                walk(child)

    walk(env.config.root_doc)
    return order


def records_in_order(env: BuildEnvironment) -> list[PageRecord]:
    """Return the records in the order of ``_toc.yml``; pages outside it come last."""
    known = records_of(env)
    ordered = [name for name in reading_order(env) if name in known]
    return [known[name] for name in (*ordered, *sorted(set(known) - set(ordered)))]
