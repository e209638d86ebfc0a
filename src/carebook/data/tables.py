"""Load a table by name, every column with the type that ``datapackage.json`` gives it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from carebook.data.dictionary import Column, Table, describe
from carebook.data.file_text import MalformedTable, read_text

PATTERNS = {
    "integer": r"[+-]?\d+",
    "number": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d{2}-\d{2}",
    "datetime": r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?",
}
WANTED = {
    "integer": "a whole number such as 12",
    "number": "a number such as 12.5",
    "boolean": "true or false",
    "date": "a date such as 2026-11-22",
    "datetime": "a date and time such as 2026-11-22T08:30",
}


def load(name: str) -> pd.DataFrame:
    """Return the table `name`.

    Parameters
    ----------
    name
        A published or simulated table; `carebook.data.table_names` lists them.

    Returns
    -------
    pandas.DataFrame
        One row for each row of the file, columns in its order, units as in the data dictionary.
        Whole numbers are ``int64``, or ``Int64`` where values are missing; numbers ``float64``;
        true and false ``bool``, or ``boolean`` where values are missing; dates ``datetime64``;
        text has the text type of the pandas that is installed.

    Raises
    ------
    UnknownTable
        If there is no table of that name.
    MalformedTable
        If the file is missing or not UTF-8, a row has too many or too few cells, or a cell does
        not fit its column's type.
    """
    table = describe(name)
    cells = read_cells(table)
    for column in table.columns:
        cells[column.name] = _typed(cells[column.name], column, table)
    return cells


def read_cells(table: Table) -> pd.DataFrame:
    """Return every cell of `table` as the text that stands in the file, missing ones as missing.

    Raises
    ------
    MalformedTable
        If the file is missing or not UTF-8, the header differs from the dictionary, or a row has
        too many or too few cells.
    """
    names = [column.name for column in table.columns]
    text = read_text(table.file, table.path)
    _check_shape(text, table.path, names)
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_values=[""])


def _check_shape(text: str, path: str, names: list[str]) -> None:
    rows = _rows(text, path)
    _, header = next(rows, (1, []))
    if header != names:
        raise MalformedTable(
            f"{path}:1: the header is {', '.join(header) or 'empty'}; "
            f"datapackage.json has {', '.join(names)}. Make the two agree."
        )
    for line, row in rows:
        if len(row) != len(names):
            raise MalformedTable(
                f"{path}:{line}: the row has {len(row)} cells, the table has "
                f"{len(names)} columns. Add or remove commas, and put quotation marks "
                "around a cell that holds a comma."
            )


def _rows(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it ends."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise MalformedTable(
            f"{path}:{rows.line_num}: a cell cannot be read ({error}). Close each quotation mark, "
            "and write one inside a cell twice."
        ) from error


def _typed(cells: pd.Series, column: Column, table: Table) -> pd.Series:
    if column.type not in PATTERNS:
        return cells
    _check_type(cells, column, table)
    gaps = bool(cells.isna().any())
    if column.type == "integer":
        numbers = pd.to_numeric(cells)
        return numbers.astype("Int64" if gaps else "int64")
    if column.type == "number":
        return pd.to_numeric(cells).astype("float64")
    if column.type == "boolean":
        truth = cells.map({"true": True, "false": False})
        return truth.astype("boolean" if gaps else "bool")
    return _moments(cells, column, table)


def _check_type(cells: pd.Series, column: Column, table: Table) -> None:
    different = pd.Series(cells.dropna().unique(), dtype=cells.dtype)
    misfits = different[~different.str.fullmatch(PATTERNS[column.type]).astype(bool)]
    _refuse(cells.isin(misfits).to_numpy(), cells, column, table)


def _moments(cells: pd.Series, column: Column, table: Table) -> pd.Series:
    moments = pd.to_datetime(cells, errors="coerce", format="ISO8601")
    _refuse((moments.isna() & cells.notna()).to_numpy(), cells, column, table)
    return moments


def _refuse(misfits: np.ndarray, cells: pd.Series, column: Column, table: Table) -> None:
    if misfits.any():
        row = int(misfits.argmax())
        raise _misfit(row, str(cells.iloc[row]), column, table)


def _misfit(row: int, came: str, column: Column, table: Table) -> MalformedTable:
    line = line_of_row(table.file, row)
    return MalformedTable(
        f"{table.path}:{line}: column {column.name!r} holds {came!r}; "
        f"it takes {WANTED[column.type]}. Correct the cell or leave it empty."
    )


def line_of_row(file: Path, row: int) -> int:
    """Return the line of `file` on which data row `row` (counted from 0) ends."""
    with file.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        for number, _ in enumerate(rows):
            if number == row + 1:
                break
        return rows.line_num
