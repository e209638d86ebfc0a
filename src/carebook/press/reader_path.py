"""The way of one kind of reader through the book, with cuts of 15, 30 and 60 minutes.

An author writes, on a page of ``book/paths``::

    ```{reader-path} leader
    ```

A reader sees every chapter with its pages for them and how long each takes, and for each cut the
parts to read. Everything comes from the pages: who they are for, their minutes, and what their
parts hold. A cut takes parts in the order of `PREFERENCES` as long as they fit; the sides of an
argument go together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from carebook.press.authoring import warn
from carebook.press.page_records import (
    UNTIMED,
    PageRecord,
    map_pages,
    records_in_order,
)
from carebook.press.page_strip import READERS

CUTS = (15, 30, 60)
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
CHAPTERS, TUTORS = "chapters/", "book/tutors/"
# What each reader needs first; a page's name stands for the whole of it.
PREFERENCES = {
    "student": (
        *("hook", "keep", "return", "side", "argument", "evidence", "check", "example"),
        *("case", "lab"),
    ),
    "tutor": ("tutor page", "hook", "keep", "return", "side", "case", "evidence", "argument"),
    "leader": ("hook", "keep", "return", "side", "evidence", "argument", "case", "check"),
}


@dataclass(frozen=True)
class Piece:
    """Something to read: a part of a page, or a page as a whole; ``place`` is its order."""

    title: str
    docname: str
    anchor: str
    kind: str
    minutes: int
    place: int


@dataclass(frozen=True)
class ChapterPages:
    """The pages of one chapter for one kind of reader: the chapter itself comes first."""

    pages: tuple[PageRecord, ...]

    @property
    def title(self) -> str:
        """The chapter's title."""
        return self.pages[0].title

    def pieces(self) -> list[Piece]:
        """Return what can be read of the chapter, in order: its parts, then each further page."""
        chapter, *others = self.pages
        read = [(part.title, chapter, part.anchor, part.kind, chapter.minutes_of(part))
                for part in chapter.parts if part.kind not in UNTIMED]  # fmt: skip
        read += [(page.title, page, "", _page_kind(page), page.facts.minutes) for page in others]
        return [
            Piece(title, page.docname, anchor, kind, minutes, place)
            for place, (title, page, anchor, kind, minutes) in enumerate(read)
        ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and the transform that fills it when pages are written."""
    app.setup_extension("carebook.press.page_records")
    app.add_directive("reader-path", ReaderPath)
    app.add_post_transform(FillPaths)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class path_place(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """An empty place for a path; attribute ``reader``. Replaced before writing."""


class ReaderPath(SphinxDirective):
    """``{reader-path} reader``: student, tutor or leader."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return an empty place that is filled once every page has been read."""
        reader = self.arguments[0]
        if reader not in READERS:
            return warn(
                self, f"reader-path: {reader!r} is no reader. Write one of: {', '.join(READERS)}."
            )
        map_pages(self.env)[self.env.docname] = self.name
        return [path_place(reader=reader)]


class FillPaths(SphinxPostTransform):
    """Put the chapters where a directive left an empty place."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill the places of one page."""
        for place in list(self.document.findall(path_place)):
            chapters = chapters_for(self.env, place["reader"])
            place.replace_self(build_path(self, chapters, place["reader"]))

    def link(self, text: str, docname: str, anchor: str = "") -> nodes.Node:
        """Return a link to a page or a part of one; where there is no site, the words."""
        if self.app.builder.format != "html":
            return nodes.Text(text)
        uri = self.app.builder.get_relative_uri(self.env.docname, docname)
        target = f"{uri}#{anchor}" if anchor else uri
        return nodes.reference("", text, internal=True, refuri=target)


def chapters_for(env: BuildEnvironment, reader: str) -> list[ChapterPages]:
    """Return the chapters for `reader`, in the order of the book."""
    records = [record for record in records_in_order(env) if reader in record.facts.readers]
    found = []
    for chapter in records:
        if chapter.folder.startswith(CHAPTERS) and chapter.docname.endswith("/index"):
            slug = chapter.folder.removeprefix(CHAPTERS)
            own = [page for page in records if page.folder == chapter.folder and page != chapter]
            twin = [page for page in records if page.docname == f"{TUTORS}{slug}"]
            found.append(ChapterPages((chapter, *own, *twin)))
    return found


def _page_kind(page: PageRecord) -> str:
    if page.folder == TUTORS.rstrip("/"):
        return "tutor page"
    return page.docname.rpartition("/")[2]


def choose(pieces: Sequence[Piece], reader: str, minutes: int) -> list[Piece]:
    """Return the pieces of a cut, in the order of reading.

    Parameters
    ----------
    pieces
        What can be read of a chapter.
    reader
        A key of `PREFERENCES`: pieces are taken by its order, and among equals by theirs.
    minutes
        The longest that all of them together may take.
    """
    order = PREFERENCES[reader]
    wanted = sorted(
        (piece for piece in pieces if piece.kind in order),
        key=lambda piece: (order.index(piece.kind), piece.place),
    )
    chosen: list[Piece] = []
    for together in bound_together(wanted):
        if sum(piece.minutes for piece in (*chosen, *together)) <= minutes:
            chosen += together
    return sorted(chosen, key=lambda each: each.place)


def bound_together(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces in groups: the sides of an argument are one, every other stands alone."""
    return [
        group
        for kind, same in groupby(pieces, lambda piece: piece.kind)
        for group in ([list(same)] if kind == "side" else [[piece] for piece in same])
    ]


def build_path(page: FillPaths, chapters: Sequence[ChapterPages], reader: str) -> list[nodes.Node]:
    """Return a sentence on the whole and a section for each chapter."""
    if not chapters:
        return [nodes.paragraph(text="No chapter is ready for these readers yet.")]
    whole = sum(each.facts.minutes for chapter in chapters for each in chapter.pages)
    number = "One chapter stands" if len(chapters) == 1 else f"{_in_words(len(chapters))} stand"
    lead = f"{number}. Read from end to end, the pages below take {in_hours(whole)}."
    sections = [_chapter(page, chapter, reader) for chapter in chapters]
    return [nodes.paragraph(text=lead), *sections]


def _chapter(page: FillPaths, chapter: ChapterPages, reader: str) -> nodes.section:
    section = nodes.section(ids=[nodes.make_id(f"path-{chapter.pages[0].folder}")])
    section += nodes.title("", "", page.link(chapter.title, chapter.pages[0].docname))
    rows = [("All of it", [(page.link(_name(each), each.docname), each.facts.minutes)
                           for each in chapter.pages])]  # fmt: skip
    for minutes in CUTS:
        chosen = choose(chapter.pieces(), reader, minutes)
        links = [(page.link(one.title, one.docname, one.anchor), one.minutes) for one in chosen]
        rows.append((f"{minutes} minutes", links))
    section += nodes.definition_list("", *(_row(*row) for row in rows), classes=["bc-cuts"])
    return section


def _name(page: PageRecord) -> str:
    """Return a page's short name on a path: the chapter, the case, the lab, the tutor page."""
    kind = _page_kind(page)
    return "the chapter" if kind == "index" else f"the {kind}"


def _row(term: str, links: Sequence[tuple[nodes.Node, int]]) -> nodes.definition_list_item:
    told = nodes.paragraph()
    for number, (link, minutes) in enumerate(links):
        told += nodes.Text(", " if number else "")
        told += [link, nodes.Text(f"\N{NO-BREAK SPACE}({minutes})")]
    total = sum(minutes for _, minutes in links)
    told += nodes.Text(f". {total} minutes in all." if links else "Nothing is as short as that.")
    return nodes.definition_list_item("", nodes.term(text=term), nodes.definition("", told))


def _in_words(chapters: int) -> str:
    """Return how many chapters, in words while that reads better."""
    if chapters < len(NUMBERS):
        return f"{NUMBERS[chapters]} chapters"
    return f"{chapters} chapters"


def in_hours(minutes: int) -> str:
    """Return minutes in words: "45 minutes", "1 hour", "2 hours 20 minutes"."""
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} hour{'s' * (hours > 1)}"] if hours else []
    words += [f"{rest} minute{'s' * (rest > 1)}"] if rest else []
    return " ".join(words)
