"""Colours and marks of the book's figures.

Two leading hues stand for the two languages: slate blue for the rational, terracotta for the
relational. Every mark colour reaches 3:1 and every text colour 4.5:1 on the white panel (WCAG
2.2, criteria 1.4.11 and 1.4.3). Colour never works alone: series differ in marker, too.
"""

from __future__ import annotations

RATIONAL = "#2f5d7c"
RELATIONAL = "#b5532a"

INK = "#1f2933"
QUIET = "#56606b"
RULE = "#d9dee3"
PANEL = "#ffffff"

PALETTE = (RATIONAL, RELATIONAL, "#3d8b83", "#8f7700", "#6d4a7e", "#7d8590")
MARKERS = ("o", "s", "^", "D", "v", "P")
HATCH = "////"
