"""How common something is, and how sure we can be."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import pandas as pd


def wilson_interval(count: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval for a share.

    Unlike the interval that textbooks start with, it stays between 0 and 1 and behaves when the
    count is 0, the group small or the share extreme.

    Parameters
    ----------
    count
        How many have the property.
    n
        How many were looked at.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit, as shares from 0 to 1.

    Raises
    ------
    ValueError
        If `n` is not positive, `count` is outside 0 to `n`, or `level` outside 0 to 1.

    Notes
    -----
    Wilson EB (1927), Journal of the American Statistical Association 22:209–212; recommended by
    Newcombe RG (1998), Statistics in Medicine 17:857–872 (method 3).
    """
    if n <= 0:
        raise ValueError(f"n: got {n}; an interval needs at least one person")
    if not 0 <= count <= n:
        raise ValueError(f"count: got {count}; it must lie between 0 and n = {n}")
    z = normal_quantile(level)
    share = count / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # Rounding error must not put a limit outside 0 to 1 when count is 0 or n.
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == n else centre + half
    return low, high


def prevalence(flags: pd.Series, by: pd.Series | None = None, level: float = 0.95) -> pd.DataFrame:
    """Count how common a yes is, overall or in each group, with Wilson intervals.

    Parameters
    ----------
    flags
        True or 1 for yes, False or 0 for no, one value a person; blanks are left out of both
        count and n.
    by
        The group of each person, with the row labels of `flags`; people without a group are left
        out. Without it there is one row, ``all``.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of the groups' names, with ``count`` (yes), ``n`` (known),
        ``share``, ``low`` and ``high`` (shares from 0 to 1). A group in which nobody is known
        has no row.

    Raises
    ------
    ValueError
        If a flag is neither yes, no nor blank, if the row labels differ, or nobody is known.
    """
    if by is not None and not flags.index.equals(by.index):
        raise ValueError("by: its row labels differ from those of flags; take both from one table")
    known = flags.dropna()
    wrong = known[~known.isin([0, 1])]
    if len(wrong):
        raise ValueError(
            f"flags row {wrong.index[0]}: got {wrong.iloc[0]}; allowed are True, False, 1, 0 "
            "and blank; compare scores with a cut-off first"
        )
    if known.empty:
        raise ValueError("flags: every value is blank, so there is nothing to count")
    groups = pd.Series("all", index=flags.index) if by is None else by
    grouped = known.astype("int64").groupby(groups[flags.notna()], observed=True)
    table = pd.DataFrame({"count": grouped.sum(), "n": grouped.size()})
    table["share"] = table["count"] / table["n"]
    limits = [
        wilson_interval(int(count), int(n), level)
        for count, n in zip(table["count"], table["n"], strict=True)
    ]
    table[["low", "high"]] = pd.DataFrame(limits, index=table.index, columns=["low", "high"])
    return table


def normal_quantile(level: float) -> float:
    """Return how many standard errors a two-sided interval of `level` reaches (0.95: 1.96).

    Raises
    ------
    ValueError
        If `level` is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level: got {level}; write 95% as 0.95")
    return NormalDist().inv_cdf((1 + level) / 2)
