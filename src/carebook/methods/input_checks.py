"""What several methods refuse at the door: blanks, rows of two tables, periods out of order."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def refuse_blanks(table: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Refuse a table with a blank in a column that is needed.

    A sum or a grouping leaves blanks out without a word, and the result is then of other rows
    than it says.

    Parameters
    ----------
    table
        Any table that has the columns.
    columns
        Names of the columns that must be complete.
    name
        What the error calls the table.

    Raises
    ------
    ValueError
        If a cell is blank; says in which row and column.
    """
    for column in columns:
        blank = table[column].isna().to_numpy()
        if blank.any():
            row = table.index[int(blank.argmax())]
            raise ValueError(
                f"{name} row {row}: {column} is blank; fill it or leave the row out, and say so"
            )


def refuse_strangers(values: pd.Series, units: pd.Series) -> None:
    """Refuse a column and its units that are not of the same rows, or hold blanks.

    Parameters
    ----------
    values
        One value a row.
    units
        The unit of each row.

    Raises
    ------
    ValueError
        If row labels differ or a cell is blank; says which row.
    """
    if not values.index.equals(units.index):
        raise ValueError("units: its row labels differ; take all columns from one table")
    blank = values.isna().to_numpy() | units.isna().to_numpy()
    if blank.any():
        row = values.index[int(blank.argmax())]
        raise ValueError(f"row {row} has a blank; drop such rows first and say so")


def refuse_disorder(labels: pd.Index, name: str) -> None:
    """Refuse periods that do not follow each other in time.

    Parameters
    ----------
    labels
        Row labels, one a period. Numbers and dates must rise; of other labels it is only asked
        that none stands twice, for their order cannot be told.
    name
        What the error calls the values.

    Raises
    ------
    ValueError
        If a label stands twice, or numbers or dates do not rise.
    """
    if labels.has_duplicates:
        twice = labels[labels.duplicated()][0]
        raise ValueError(
            f"{name}: row label {twice} stands twice; give one place, with one row a period"
        )
    ordered = pd.api.types.is_numeric_dtype(labels) or isinstance(
        labels, (pd.DatetimeIndex, pd.PeriodIndex)
    )
    if ordered and not labels.is_monotonic_increasing:
        raise ValueError(
            f"{name}: row labels do not rise; sort the periods by time, or, if they are sorted, "
            "number the rows anew with reset_index(drop=True)"
        )
