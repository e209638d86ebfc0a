"""A new chapter as a whole skeleton: pages, exercise, tutor page and their places in the book."""

from __future__ import annotations

from carebook.press.new_chapter.chapter import NewChapter, new_chapter
from carebook.press.new_chapter.refusals import ChapterRefused

__all__ = ["ChapterRefused", "NewChapter", "new_chapter"]
