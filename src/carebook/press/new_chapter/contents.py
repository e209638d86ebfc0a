"""Put a chapter into ``_toc.yml`` and leave every other line as it is.

The file is read as YAML to find the place, and changed as text, so that comments, quotation marks
and line ends stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from carebook.press.new_chapter.refusals import ChapterRefused

CONTENTS = Path("_toc.yml")
CHAPTERS, TUTORS = "chapters/", "book/tutors/"
FORM = "It must hold 'parts:', each with a caption and a list of chapters, one on each line."


@dataclass(frozen=True)
class Part:
    """One part of the book.

    Parameters
    ----------
    caption
        Its caption.
    files
        The pages that stand directly in it.
    indent
        Spaces before the dash of such a page.
    end
        The number of the line, counted from 0, before which another page is to be put.
    """

    caption: str
    files: tuple[str, ...]
    indent: str
    end: int


def read_contents(path: Path) -> str:
    """Return the text of ``_toc.yml`` with its own line ends.

    Raises
    ------
    ChapterRefused
        If it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ChapterRefused(f"{path} cannot be read ({error}). Mend it first.") from error


def parts_of(text: str) -> list[Part]:
    """Return the parts of the book that hold pages.

    Raises
    ------
    ChapterRefused
        If the text is no list of parts in the form that `with_chapter` can change.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ChapterRefused(f"{CONTENTS} is no YAML: {reason}. Mend it first.") from error
    listed = _value(root, "parts")
    if not isinstance(listed, yaml.SequenceNode):
        raise ChapterRefused(f"{CONTENTS} has no parts. {FORM}")
    found = [_part(each, text.splitlines()) for each in listed.value]
    return [part for part in found if part is not None]


def _part(node: yaml.Node, lines: list[str]) -> Part | None:
    """Return one part; None where it has no caption or no pages."""
    caption, pages = _value(node, "caption"), _value(node, "chapters")
    if not isinstance(caption, yaml.ScalarNode) or not isinstance(pages, yaml.SequenceNode):
        return None
    if pages.flow_style or not pages.value:
        line = pages.start_mark.line + 1
        raise ChapterRefused(f"{CONTENTS}:{line}: this list cannot be added to. {FORM}")
    files = (_value(page, "file") for page in pages.value)
    names = tuple(str(each.value) for each in files if each is not None)
    first = lines[pages.start_mark.line]
    return Part(str(caption.value), names, first[: first.index("-")], 1 + _last_line(pages))


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return what stands under a key of a mapping, if anything does."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value
    return None


def _last_line(node: yaml.Node) -> int:
    """Return the line on which the last word of a node stands, counted from 0."""
    if isinstance(node, yaml.MappingNode):
        return max(_last_line(each) for pair in node.value for each in pair)
    if isinstance(node, yaml.SequenceNode):
        return max(_last_line(each) for each in node.value)
    return node.end_mark.line


def default_part(text: str) -> str:
    """Return the caption of the last part that holds chapters.

    Raises
    ------
    ChapterRefused
        If none does.
    """
    parts = parts_of(text)
    held = [each.caption for each in parts if any(f.startswith(CHAPTERS) for f in each.files)]
    if not held:
        raise ChapterRefused(
            f"{CONTENTS} has no part with chapters yet. Name one with --part: {_listed(parts)}."
        )
    return held[-1]


def with_chapter(text: str, slug: str, caption: str) -> str:
    """Return ``_toc.yml`` with the three pages of a chapter and its tutor page added.

    Parameters
    ----------
    text
        The file as it stands.
    slug
        The chapter's name.
    caption
        The part that takes the chapter; the tutor page goes where tutor pages stand.

    Raises
    ------
    ChapterRefused
        If there is no such part, there are two, the pages are in it already, or none holds tutor
        pages.
    """
    parts = parts_of(text)
    chosen = [part for part in parts if part.caption == caption]
    if len(chosen) != 1:
        count = "no part" if not chosen else "more than one part"
        raise ChapterRefused(
            f"{CONTENTS} has {count} called {caption!r}. Parts: {_listed(parts)}. "
            "Name one of them with --part."
        )
    for_tutors = [part for part in parts if any(f.startswith(TUTORS) for f in part.files)]
    if not for_tutors:
        raise ChapterRefused(f"{CONTENTS} has no part with pages of {TUTORS}. Add it first.")
    return _inserted(text, slug, chosen[0], for_tutors[-1])


def _inserted(text: str, slug: str, chapter: Part, tutors: Part) -> str:
    """Return the text with the new lines in it, or refuse pages that are listed already."""
    own = f"{CHAPTERS}{slug}"
    listed = {str(token.value) for token in yaml.scan(text) if isinstance(token, yaml.ScalarToken)}
    twice = sorted({f"{own}/index", f"{own}/case", f"{own}/lab", f"{TUTORS}{slug}"} & listed)
    if twice:
        raise ChapterRefused(
            f"{CONTENTS} lists {', '.join(twice)} already, so {slug!r} is taken. "
            "Choose another name, or remove the lines first."
        )
    deep = f"{chapter.indent}  "
    pages = [f"{chapter.indent}- file: {own}/index", f"{deep}sections:"]
    pages += [f"{deep}  - file: {own}/{page}" for page in ("case", "lab")]
    added = {chapter.end: pages, tutors.end: [f"{tutors.indent}- file: {TUTORS}{slug}"]}
    if chapter.end == tutors.end:
        added = {chapter.end: [*pages, *added[tutors.end]]}
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[-1].endswith("\n"):
        lines[-1] += ending
    bounds = sorted({0, *added, len(lines)})
    whole: list[str] = []
    for begin, end in pairwise(bounds):
        whole += lines[begin:end] + [f"{line}{ending}" for line in added.get(end, [])]
    return "".join(whole)


def _listed(parts: list[Part]) -> str:
    return ", ".join(repr(part.caption) for part in parts) or "none"
