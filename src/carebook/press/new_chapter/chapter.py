"""Make a new chapter: every file or none.

What is written is a chapter that builds and an exercise that passes its own proof. Each sentence
that an author has to replace starts with the mark of `carebook.press.unwritten`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carebook.press.exercises.master import FOLDER
from carebook.press.new_chapter.contents import (
    CONTENTS,
    default_part,
    read_contents,
    with_chapter,
)
from carebook.press.new_chapter.files import write_all
from carebook.press.new_chapter.refusals import ChapterRefused
from carebook.press.new_chapter.skeleton import skeleton
from carebook.press.project_folder import RESERVED

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_SLUG = 40  # characters; it stands in addresses and in lines of code
LONGEST_TITLE = 100
# These mean something in Markdown or YAML, where the title is put.
NOT_IN_TITLES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029`*_<>{}\[\]$\\|#@]")


@dataclass(frozen=True)
class NewChapter:
    """What was made: the chapter's name and title, its part of the book, and the files."""

    slug: str
    title: str
    part: str
    files: tuple[Path, ...]


def new_chapter(
    project: Path, slug: str, *, today: date, title: str = "", part: str = ""
) -> NewChapter:
    """Write the skeleton of a chapter and put its pages into ``_toc.yml``.

    Parameters
    ----------
    project
        The repository's root.
    slug
        The chapter's name in addresses and folders.
    today
        The day that its pages give as their last review.
    title
        Its title; the slug in words by default.
    part
        The caption of a part in ``_toc.yml``; the last one that holds chapters by default.

    Raises
    ------
    ChapterRefused
        If the slug or title cannot be used, something of that name stands, the part does not
        exist, or a file cannot be written. Nothing has been written then.
    """
    title = title.strip() or slug.replace("-", " ").capitalize()
    _require_slug(slug)
    _require_title(title)
    texts = skeleton(slug, title, today)
    _require_room(project, slug, texts)
    before = read_contents(project / CONTENTS)
    chosen = part or default_part(before)
    after = with_chapter(before, slug, chosen)
    files = tuple(write_all(project, texts, {CONTENTS: (before, after)}))
    return NewChapter(slug, title, chosen, files)


def _require_slug(slug: str) -> None:
    """Refuse a name that cannot be a folder, an address and the start of an id."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise ChapterRefused(
            f"A chapter cannot be called {slug!r}. Allowed are small letters a to z, digits and "
            f"single hyphens, a letter first, at most {LONGEST_SLUG} characters, such as "
            "'safe-staffing'. Choose such a name."
        )
    if slug == RESERVED:
        raise ChapterRefused(
            f"A chapter cannot be called {RESERVED!r}: the site's own notebooks stand under that "
            "name. Choose another."
        )


def _require_title(title: str) -> None:
    """Refuse a title that would not come out on a page as it is typed."""
    found = NOT_IN_TITLES.search(title)
    if found or len(title) > LONGEST_TITLE:
        what = f"holds {found[0]!r}" if found else f"has {len(title)} characters"
        raise ChapterRefused(
            f"The title {title!r} {what}. Allowed is one line of plain words without markup, at "
            f"most {LONGEST_TITLE} characters. Shorten it or take the character out."
        )


def _require_room(project: Path, slug: str, texts: Mapping[Path, str]) -> None:
    """Refuse a name under which anything of a chapter stands already."""
    places = (Path("chapters") / slug, Path(FOLDER) / slug, *texts)
    taken = next((place for place in places if (project / place).exists()), None)
    if taken is not None:
        raise ChapterRefused(
            f"{project / taken} is there already, so {slug!r} is taken. Choose another name, or "
            "remove what is there first."
        )
