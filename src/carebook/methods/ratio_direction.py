"""Which way ratios point, so that studies stand the same way round before they are pooled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.methods.pooling import POOLED_COLUMNS, is_ratio


def turn_round(rows: pd.DataFrame, where: pd.Series) -> pd.DataFrame:
    """Return ratios that compare the other way round.

    A ratio of low against high becomes one of high against low: 1 over the ratio. The limits
    change places, since 1 over the upper limit is the new lower one.

    Parameters
    ----------
    rows
        Columns ``measure`` (OR, RR, HR or IRR), ``estimate``, ``ci_low`` and ``ci_high``, one
        study a row. A blank stays blank.
    where
        True for each row to turn, with the row labels of `rows`; no blanks.

    Raises
    ------
    ValueError
        If the rows are no ratios, one of those to turn is not above 0, or `where` has other row
        labels or anything but True and False.
    """
    if not is_ratio(rows):
        raise ValueError(
            "rows: differences are turned by a minus sign; only ratios are turned here"
        )
    if not where.index.equals(rows.index):
        raise ValueError("where: its row labels differ; make it from the same table")
    if where.isna().any() or not where.isin([True, False]).all():
        raise ValueError("where: give True or False for each row")
    chosen = where.to_numpy(dtype=bool)
    turned = rows.copy()
    columns = list(POOLED_COLUMNS)
    numbers = turned[columns].to_numpy(dtype="float64", na_value=np.nan, copy=True)
    if (numbers[chosen] <= 0).any():
        raise ValueError("rows: a ratio or limit is not above 0 and cannot be turned round")
    numbers[chosen] = 1 / numbers[chosen]
    estimate, low, high = numbers.T
    turned[columns] = np.column_stack(
        [estimate, np.where(chosen, high, low), np.where(chosen, low, high)]
    )
    return turned
