"""The lines of a forest plot from top to bottom, before anything is drawn."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isnan, nan
from textwrap import shorten

import pandas as pd

from carebook.methods.pooling import POOLED_COLUMNS, Pool

LONGEST_NAME = 44


@dataclass(frozen=True)
class Line:
    """One line of a forest plot.

    Parameters
    ----------
    kind
        ``"heading"``, ``"study"``, ``"pool"``, ``"prediction"`` or ``"space"``.
    name
        What stands on the left.
    estimate, low, high
        The effect and its interval; NaN where there is none.
    weight
        Share of the study in the pool of all rows, 0 to 1; NaN without a pool.
    """

    kind: str
    name: str
    estimate: float = nan
    low: float = nan
    high: float = nan
    weight: float = nan

    @property
    def interval(self) -> str:
        """The effect and its interval as printed on the right."""
        if self.kind in ("heading", "space"):
            return ""
        if self.kind == "prediction":
            return f"({_number(self.low)} to {_number(self.high)})"
        if isnan(self.low):
            return f"{_number(self.estimate)} (no interval)"
        return f"{_number(self.estimate)} ({_number(self.low)} to {_number(self.high)})"

    @property
    def share(self) -> str:
        """The weight as printed on the right, in per cent."""
        return "" if isnan(self.weight) else f"{100 * self.weight:.1f}%"


def forest_lines(
    rows: pd.DataFrame,
    pool: Pool | None = None,
    groups: Mapping[Hashable, Pool] | None = None,
    by: str = "subgroup",
) -> list[Line]:
    """Return the lines of a forest plot from top to bottom.

    Parameters
    ----------
    rows, pool, groups, by
        As for `carebook.figures.forest`.

    Raises
    ------
    ValueError
        If the pool was made of other rows, or a group of the rows has no pool.
    """
    weights = _weights(rows, pool)
    if not groups:
        return _studies(rows, weights) + _pools(pool, "All")
    left_out = set(rows[by]) - set(groups)
    if left_out:
        raise ValueError(
            f"groups: no pool for {sorted(map(str, left_out))[0]!r}; pool_groups(rows, {by!r}) "
            "makes one for every group"
        )
    lines = []
    for name, group_pool in groups.items():
        lines.append(Line("heading", _capital(str(name))))
        lines.extend(_studies(rows[rows[by] == name], weights))
        lines += [_pool_line(group_pool, "Together"), Line("space", "")]
    return lines + _pools(pool, "All") if pool else lines[:-1]


def _weights(rows: pd.DataFrame, pool: Pool | None) -> pd.Series:
    """Return each row's share in the pool; NaN without a pool or an interval."""
    weights = pd.Series(nan, index=rows.index)
    if pool is None:
        return weights
    pooled = rows[list(POOLED_COLUMNS)].notna().all(axis="columns")
    if pooled.sum() != pool.k:
        raise ValueError(
            f"pool: made of {pool.k} studies, but {pooled.sum()} rows have an interval; pool the "
            "rows that are drawn"
        )
    return pd.Series(list(pool.weights), index=rows.index[pooled]).reindex(rows.index)


def _studies(rows: pd.DataFrame, weights: pd.Series) -> list[Line]:
    """Return one line for each row."""
    return [
        Line(
            "study",
            _study_name(row),
            float(row["estimate"]),
            float(row["ci_low"]),
            float(row["ci_high"]),
            float(weight),
        )
        for (_, row), weight in zip(rows.iterrows(), weights.loc[rows.index], strict=True)
    ]


def _study_name(row: pd.Series) -> str:
    """Return a study's name with its year, unless the name holds the year."""
    name, year = shorten(str(row["study"]), LONGEST_NAME, placeholder="…"), row.get("year")
    if year is None or pd.isna(year) or str(int(year)) in name:
        return name
    return f"{name} {int(year)}"


def _pools(pool: Pool | None, name: str) -> list[Line]:
    """Return the lines at the foot: the pool and its prediction interval."""
    if pool is None:
        return []
    lines = [_pool_line(pool, name)]
    if not isnan(pool.prediction_low):
        words = "A new study (prediction)"
        lines.append(Line("prediction", words, low=pool.prediction_low, high=pool.prediction_high))
    return lines


def _pool_line(pool: Pool, name: str) -> Line:
    """Return the line of a pool."""
    studies = "study" if pool.k == 1 else "studies"
    words = f"{name}, {pool.k} {studies} (I² {pool.i2:.0f}%)"
    return Line("pool", words, pool.estimate, pool.low, pool.high)


def _capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _number(value: float) -> str:
    """Return a number with two decimals and a true minus sign."""
    return f"{value:.2f}".replace("-", "−")
