"""Two markers on the same scripts: the sheet that each fills in, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = ("script", "question", "looks_for", "out_of", "mark")
ROW = ["script", "question", "looks_for"]
WHOLE = "all questions"


class SheetRefused(Exception):
    """A marking sheet cannot be used; the text says which, where and what to do."""


@dataclass(frozen=True)
class Criterion:
    """One row of a rubric: the question, what is looked for, and the most it is worth."""

    question: str
    looks_for: str
    out_of: float


@dataclass(frozen=True)
class Agreement:
    """How far two markers agree on one question.

    Parameters
    ----------
    question
        Name of the question, or ``"all questions"`` for the sum of a script.
    out_of
        Most points.
    scripts
        Scripts that both marked.
    same, close
        Shares of scripts, 0 to 1, with the same points, and with at most one point between them.
    gap
        Mean of the second marker's points minus the first's.
    kappa, low, high
        Weighted kappa with quadratic weights and its 95 % interval; 1 is full agreement, 0 what
        chance would give. Not a number where all marks of both markers are the same; the limits
        are not a number either where one marker gave all scripts the same.
    """

    question: str
    out_of: float
    scripts: int
    same: float
    close: float
    gap: float
    kappa: float
    low: float
    high: float


def blank_sheet(scripts: Sequence[str], criteria: Iterable[Criterion]) -> pd.DataFrame:
    """Return a sheet for one marker: a row for each script and each row of the rubric.

    Parameters
    ----------
    scripts
        Names of the scripts, as the marker is to see them.
    criteria
        The rubric, in the order of marking.

    Returns
    -------
    pandas.DataFrame
        Columns script, question, looks_for, out_of and an empty column, mark. One question of
        all scripts is marked before the next, which keeps a marker's yardstick steady.
    """
    rubric = list(criteria)
    order = list(dict.fromkeys(each.question for each in rubric))
    rows = [
        (script, each.question, each.looks_for, each.out_of, None)
        for question in order
        for script in scripts
        for each in rubric
        if each.question == question
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def read_sheet(path: Path) -> pd.DataFrame:
    """Return a sheet that a marker has filled in.

    Raises
    ------
    SheetRefused
        If columns are missing, a name is missing, a row stands twice, `out_of` is no number, or a
        mark is missing, no number, outside what its row allows, or no whole or half point; with
        the line of the file.
    """
    try:
        # As text, so that a script called NA or 007 keeps its name.
        sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SheetRefused(f"{path}: cannot be read ({error}). Give a CSV file.") from error
    missing = [name for name in COLUMNS if name not in sheet.columns]
    if missing:
        raise SheetRefused(
            f"{path}:1: no column {missing[0]!r}. A sheet has the columns {', '.join(COLUMNS)}."
        )
    marks, most = (pd.to_numeric(sheet[name], errors="coerce") for name in ("mark", "out_of"))
    for wrong, what, remedy in (
        ((sheet[ROW] == "").any(axis="columns"), "script, question or looks_for is empty",
         "Take it from the sheet that was handed out"),
        (sheet.duplicated(ROW), "this row stands above already", "Mark each row once"),
        (~(most > 0), "out_of is no number above 0", "Take it from the sheet that was handed out"),
        (marks.isna(), "the mark is missing or no number", "Write a number"),
        ((marks < 0) | (marks > most), "the mark is out of range",
         "Give 0 to what the column out_of says"),
        (2 * marks % 1 != 0, "the mark is no whole or half point", "Round it to half points"),
    ):  # fmt: skip
        if wrong.any():
            line = int(wrong.to_numpy().argmax()) + 2
            raise SheetRefused(f"{path}:{line}: {what}. {remedy}.")
    return sheet.assign(mark=marks, out_of=most)


def agreement(first: pd.DataFrame, second: pd.DataFrame) -> list[Agreement]:
    """Return how far two markers agree, for each question and for the whole script.

    Parameters
    ----------
    first, second
        Sheets of the two markers, from `read_sheet`; the same rows in any order.

    Raises
    ------
    SheetRefused
        If the sheets differ in their rows, hold fewer than two scripts, or do not hold every
        rubric row of a question for every script.

    Notes
    -----
    Points of a script on a question are the sum over its rows. Weighted kappa is
    `statsmodels.stats.inter_rater.cohens_kappa` with quadratic weights, so that two points of
    difference count four times one point; its interval is the large-sample one, cut off at −1
    and 1. It is rough for fewer than some thirty scripts, and of no width where markers agree
    fully, however few the scripts.
    """
    both = first.merge(second, on=[*ROW, "out_of"], how="outer", indicator=True)
    alone = both[both["_merge"] != "both"]
    if len(alone):
        row = alone.iloc[0]
        raise SheetRefused(
            f"The sheets differ: script {row['script']!r}, question {row['question']!r} has no "
            "such row in both. Give two copies of one sheet."
        )
    if both["script"].nunique() < 2:
        raise SheetRefused("One script alone says nothing of agreement. Mark at least two.")
    order = list(dict.fromkeys(first["question"]))
    return [
        *(_agreement(question, both[both["question"] == question]) for question in order),
        _agreement(WHOLE, both),
    ]


def to_talk_about(first: pd.DataFrame, second: pd.DataFrame) -> list[str]:
    """Return a sentence for each rubric row and script on which two markers' marks differ.

    Parameters
    ----------
    first, second
        Sheets of the two markers, from `read_sheet`.
    """
    both = first.merge(second, on=[*ROW, "out_of"])
    apart = both[both["mark_x"] != both["mark_y"]]
    return [
        f"{row['script']}, {row['question']}: {row['looks_for']} "
        f"({row['mark_x']:g} and {row['mark_y']:g} of {row['out_of']:g})"
        for _, row in apart.iterrows()
    ]


def _agreement(question: str, rows: pd.DataFrame) -> Agreement:
    """Return the agreement on the sums of `rows` by script."""
    sums = rows.groupby("script")[["out_of", "mark_x", "mark_y"]].sum()
    uneven = sums.index[sums["out_of"] != sums["out_of"].max()]
    if len(uneven):
        raise SheetRefused(
            f"Script {uneven[0]!r}, {question}: a rubric row is missing in both sheets. Give every "
            "script every row."
        )
    one, other = sums["mark_x"], sums["mark_y"]
    apart = (other - one).abs()
    kappa, low, high = _weighted_kappa(one, other, float(sums["out_of"].max()))
    return Agreement(
        question, float(sums["out_of"].max()), len(sums), float((apart == 0).mean()),
        float((apart <= 1).mean()), float((other - one).mean()), kappa, low, high,
    )  # fmt: skip


def _weighted_kappa(one: pd.Series, other: pd.Series, most: float) -> tuple[float, float, float]:
    """Return weighted kappa and its interval on the scale 0 to `most`, in steps of half a point."""
    from statsmodels.stats.inter_rater import cohens_kappa

    if pd.concat([one, other]).nunique() == 1:
        return float("nan"), float("nan"), float("nan")
    steps = range(int(2 * most) + 1)
    table = pd.crosstab((2 * one).round(), (2 * other).round())
    table = table.reindex(index=steps, columns=steps, fill_value=0)
    with np.errstate(invalid="ignore"):  # a test statistic that is not used, of very few scripts
        found = cohens_kappa(table.to_numpy(), wt="quadratic")
    if min(one.nunique(), other.nunique()) == 1:
        return float(found.kappa), float("nan"), float("nan")
    low, high = np.clip([found.kappa_low, found.kappa_upp], -1, 1).tolist()
    return float(found.kappa), low, high
