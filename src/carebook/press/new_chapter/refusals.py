"""Why a new chapter is not made."""

from __future__ import annotations


class ChapterRefused(ValueError):
    """A chapter cannot be made as asked; the message says where, why and what to do."""
