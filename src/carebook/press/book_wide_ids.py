"""Ids that may be used once in the whole book, such as those of quizzes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from carebook.press.located_warnings import warn


@dataclass(frozen=True)
class UsedId:
    """Where an id was used."""

    kind: str
    """What it names: "quiz", "prediction"."""
    identifier: str
    docname: str
    line: int


def setup(app: Sphinx) -> dict[str, Any]:
    """Keep the list of ids true when pages change, and check it once all are read."""
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("env-check-consistency", check_ids)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def note_id(env: BuildEnvironment, used: UsedId) -> None:
    """Remember that a page uses an id."""
    used_ids(env).append(used)


def used_ids(env: BuildEnvironment) -> list[UsedId]:
    """Return every id of the book noted so far."""
    if not hasattr(env, "carebook_used_ids"):
        env.carebook_used_ids = []  # type: ignore[attr-defined]
    return env.carebook_used_ids  # type: ignore[attr-defined]


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the ids of a page that is read again or is gone."""
    used_ids(env)[:] = [used for used in used_ids(env) if used.docname != docname]


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over the ids that a parallel reader found."""
    pages = set(docnames)
    used_ids(env).extend(used for used in used_ids(other) if used.docname in pages)


def check_ids(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of every id that has been used before, in the order of pages and lines."""
    first: dict[tuple[str, str], UsedId] = {}
    for used in sorted(used_ids(env), key=lambda used: (used.docname, used.line)):
        earlier = first.setdefault((used.kind, used.identifier), used)
        if earlier is not used:
            warn(
                f"{used.kind} id {used.identifier!r} is already used on page "
                f"{earlier.docname!r}, line {earlier.line}. An id names one {used.kind} in the "
                "whole book: choose another.",
                (used.docname, used.line),
            )
