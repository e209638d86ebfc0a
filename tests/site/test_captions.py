"""Captions of figures and tables on the built site."""

from __future__ import annotations

from pathlib import Path


def test_no_caption_carries_a_number_that_runs_through_the_book(site: Path) -> None:
    numbered = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "caption-number" in path.read_text("utf-8")
    ]
    assert numbered == []
