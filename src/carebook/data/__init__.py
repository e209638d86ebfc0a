"""Tables by name, what their columns mean, and whether they keep the rules of the book."""

from __future__ import annotations

from carebook.data.dictionary import Column, Table, UnknownTable, describe, table_names
from carebook.data.rules import find_problems
from carebook.data.tables import MalformedTable, load

__all__ = [
    "Column",
    "MalformedTable",
    "Table",
    "UnknownTable",
    "describe",
    "find_problems",
    "load",
    "table_names",
]
