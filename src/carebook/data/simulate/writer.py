r"""Writes simulated tables as CSV, the same bytes on every run and machine.

Each file is UTF-8 with ``\n`` line ends and one header row. Whole numbers carry no decimals, all
numbers of one column carry the same number of decimals, truth values are ``true`` and ``false``,
and a missing value is an empty field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from carebook.data.simulate import TABLES, simulation

MOST_DECIMALS = 6


def write_tables(directory: Path, names: Sequence[str] | None = None) -> list[Path]:
    """Write the simulated tables into `directory` and return the files written.

    Parameters
    ----------
    directory
        Folder for ``<name>.csv``; made if it is missing.
    names
        Tables to write; all of them by default.

    Raises
    ------
    KeyError
        If a name is not a simulated table. Nothing has been written then.
    ValueError
        If a column holds a number that was not rounded.
    """
    chosen = [simulation(name) for name in (TABLES if names is None else names)]
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for made in chosen:
        target = directory / f"{made.name}.csv"
        # The file is replaced whole, so that nobody reads half a table.
        partial = target.with_suffix(".csv.part")
        partial.write_bytes(table_bytes(made.table()))
        partial.replace(target)
        written.append(target)
    return written


def table_bytes(table: pd.DataFrame) -> bytes:
    """Return `table` as the bytes of its CSV file.

    Raises
    ------
    ValueError
        If a column holds a number with more than six decimals.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*(_fields(table[name]) for name in table.columns), strict=True))
    return text.getvalue().encode("utf-8")


def _fields(column: pd.Series) -> list[str]:
    """Return one column as text, with an empty field where a value is missing."""
    missing = column.isna().to_numpy()
    values = [
        None if gone else value
        for gone, value in zip(missing.tolist(), column.tolist(), strict=True)
    ]
    decimals = _decimals(values, str(column.name))
    return [_field(value, decimals) for value in values]


def _decimals(values: list[object], name: str) -> int:
    """Return the fewest decimals that lose nothing of the column's floats."""
    floats = np.array([value for value in values if isinstance(value, float)])
    for decimals in range(MOST_DECIMALS + 1):
        if np.array_equal(np.round(floats, decimals), floats):
            return decimals
    raise ValueError(
        f"column {name!r} has more than {MOST_DECIMALS} decimals; round it in the table's make()"
    )


def _field(value: object, decimals: int) -> str:
    """Return one value as text; `decimals` applies to floats."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.{decimals}f}"
    return str(value)
