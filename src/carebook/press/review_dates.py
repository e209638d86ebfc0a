"""Which claims and findings are due to be reviewed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from carebook.data import load

TABLES = {"claims": "claim", "findings": "finding"}


@dataclass(frozen=True)
class Due:
    """A row whose review is due: its table, its id, what it says, and the day it was due."""

    table: str
    id: str
    says: str
    review_by: date


def due(day: date) -> list[Due]:
    """Return what is due on `day` or before, the longest overdue first.

    Parameters
    ----------
    day
        The day to ask for; nothing here looks at the clock.
    """
    found = [
        Due(table, str(row["id"]), str(row[says]), row["review_by"].date())
        for table, says in TABLES.items()
        for _, row in _rows_due(table, day).iterrows()
    ]
    return sorted(found, key=lambda each: (each.review_by, each.table, each.id))


def next_due() -> date:
    """Return the day on which the next review is due."""
    return min(load(table)["review_by"].min().date() for table in TABLES)


def _rows_due(table: str, day: date) -> pd.DataFrame:
    rows = load(table)
    return rows[rows["review_by"] <= pd.Timestamp(day)]
