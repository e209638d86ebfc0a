"""Where the time goes: shares of entries and of minutes, and evenings with the empty ones."""

from __future__ import annotations

import pandas as pd

from carebook.methods.input_checks import refuse_blanks


def shares(diary: pd.DataFrame, by: str = "task") -> pd.DataFrame:
    """Return how a diary's entries and minutes are shared out.

    Parameters
    ----------
    diary
        One row an entry, with a column ``minutes`` and the column `by`.
    by
        Column that says what the time went to.

    Returns
    -------
    pandas.DataFrame
        One row a kind, most minutes first: ``entries`` (how many), ``minutes`` (sum),
        ``share_of_entries`` and ``share_of_minutes`` (0 to 1), ``mean_minutes`` of an entry.

    Raises
    ------
    ValueError
        If a column is missing, there is no entry, a cell of either column is blank, or an entry
        has no minutes.
    """
    _check(diary, by, "minutes")
    grouped = diary.groupby(by, observed=True)["minutes"]
    table = pd.DataFrame({"entries": grouped.size(), "minutes": grouped.sum()})
    table["share_of_entries"] = table["entries"] / table["entries"].sum()
    table["share_of_minutes"] = table["minutes"] / table["minutes"].sum()
    table["mean_minutes"] = table["minutes"] / table["entries"]
    return table.sort_values("minutes", ascending=False, kind="stable")


def evening_minutes(diary: pd.DataFrame) -> pd.DataFrame:
    """Return the minutes worked after hours on every recorded day, 0 where there were none.

    Parameters
    ----------
    diary
        One row an entry, with ``clinician``, ``day``, ``minutes`` and ``after_hours``. A day
        counts as recorded if it has an entry of any kind.

    Returns
    -------
    pandas.DataFrame
        One row a clinician and day: ``clinician``, ``day`` and ``minutes``.

    Raises
    ------
    ValueError
        If a column is missing, there is no entry, a cell of these columns is blank, an entry has
        no minutes, or ``after_hours`` holds something other than true and false.
    """
    _check(diary, "clinician", "day", "after_hours", "minutes")
    if not diary["after_hours"].isin([True, False]).all():
        raise ValueError("diary: after_hours holds something other than True and False")
    late = diary["minutes"].where(diary["after_hours"].astype("bool"), 0)
    return late.groupby([diary["clinician"], diary["day"]], observed=True).sum().reset_index()


def _check(diary: pd.DataFrame, *columns: str) -> None:
    """Refuse a diary without its columns or entries, with blanks, or with an entry of no time."""
    missing = [column for column in columns if column not in diary.columns]
    if missing:
        raise ValueError(f"diary: missing {', '.join(missing)}; take the table clinic_days")
    if diary.empty:
        raise ValueError("diary: no entry is left, so there is no time to share out")
    refuse_blanks(diary, columns, "diary")
    idle = diary.index[~(diary["minutes"] > 0)]
    if len(idle):
        raise ValueError(f"diary row {idle[0]}: minutes must be more than 0")
