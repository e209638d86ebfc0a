"""Bilingual Care: the learner's library, the press of the book, and its grading."""

__version__ = "0.1.0"
