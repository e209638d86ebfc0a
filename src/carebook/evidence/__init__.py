"""Sources, findings and how an effect is printed."""

from __future__ import annotations

from carebook.evidence.records import Finding, Source
from carebook.evidence.register import UnknownFinding, finding, findings, source, sources
from carebook.evidence.wording import effect_in_words

__all__ = [
    "Finding",
    "Source",
    "UnknownFinding",
    "effect_in_words",
    "finding",
    "findings",
    "source",
    "sources",
]
