"""Scores of units from their people's answers: how much to trust them, and which to keep back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from carebook.methods.clusters import Intraclass, intraclass_correlation
from carebook.methods.experience import mean_scores
from carebook.methods.funnel_limits import LEVELS
from carebook.methods.prevalence import normal_quantile

FEWEST = 11  # answers below which a unit's score is kept back


@dataclass(frozen=True)
class UnitScores:
    """Units' means, as they came and pulled towards the middle.

    Parameters
    ----------
    icc
        How alike people of one unit are.
    centre
        The middle of all units, in the unit of the score.
    within
        Standard deviation between people of one unit, in the same unit.
    between
        Standard deviation between the true means of units; 0 if the data show none.
    table
        One row a unit: ``n`` answers, ``mean`` with ``low`` and ``high``, the ``reliability`` of
        the mean (0 to 1), and ``shrunken`` with ``shrunken_low`` and ``shrunken_high``; these two
        are blank if `between` is 0.
    """

    icc: Intraclass
    centre: float
    within: float
    between: float
    table: pd.DataFrame


def unit_scores(values: pd.Series, units: pd.Series, level: float = 0.95) -> UnitScores:
    """Return each unit's mean, its reliability, and the mean pulled towards the middle.

    Parameters
    ----------
    values
        The score of each person who answered, in any unit of measure; no blanks.
    units
        The unit of each person, with the row labels of `values`; no blanks.
    level
        Confidence level of the intervals, between 0 and 1.

    Raises
    ------
    ValueError
        As for `carebook.methods.clusters.intraclass_correlation`.

    Notes
    -----
    A random-intercept model with the variances of an analysis of variance. With W the variance
    within units and T that between their true means, a mean of n answers has the reliability
    T / (T + W/n). The shrunken mean (empirical Bayes) is reliability times mean plus the rest
    times the centre, which weighs units by 1 / (T + W/n). Its interval takes W, T and the centre
    as known, and is a little too narrow with few units. If the data show no difference between
    units (T = 0), it would have no width and is left blank: that no difference was seen does not
    make the true means equal. The raw mean and its interval are those of
    `carebook.methods.experience.mean_scores`. In the spirit of Efron B, Morris C (1975), Journal
    of the American Statistical Association 70:311–319, whose estimates of T and centre differ.
    """
    icc = intraclass_correlation(values, units, level)
    table = mean_scores(values, units, level).rename_axis("unit")
    numbers = values.astype("float64")
    away = numbers - numbers.groupby(units.to_numpy()).transform("mean")
    within = float((away**2).sum()) / (len(numbers) - len(table))
    between = max(0.0, icc.value / (1 - icc.value) * within)
    weight = 1 / (between + within / table["n"])
    centre = float((weight * table["mean"]).sum() / weight.sum())
    table["reliability"] = between * weight
    table["shrunken"] = centre + table["reliability"] * (table["mean"] - centre)
    variance = table["reliability"] * within / table["n"]
    half = normal_quantile(level) * np.sqrt(variance.where(variance > 0))
    table["shrunken_low"] = table["shrunken"] - half
    table["shrunken_high"] = table["shrunken"] + half
    return UnitScores(icc, centre, within**0.5, between**0.5, table)


def mean_funnel(
    people: pd.Series | Sequence[float],
    centre: float,
    within: float,
    levels: Sequence[float] = LEVELS,
) -> pd.DataFrame:
    """Return how far a mean of so many answers may lie from the centre by chance alone.

    Parameters
    ----------
    people
        Answers, one number a unit, each at least 1.
    centre
        The middle of all units, in the unit of the score.
    within
        Standard deviation between people of one unit, in the same unit; above 0.
    levels
        Shares of units like all others that should lie inside, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a value of `people`, with its row labels if it has any; for each level the
        columns ``low`` and ``high`` under the level: ``limits[0.998, "high"]``.

    Raises
    ------
    ValueError
        If a number of answers is blank or below 1, `within` is not above 0 or a level is not
        between 0 and 1.

    Notes
    -----
    Centre ± z · within / √n. Spiegelhalter DJ (2005), Statistics in Medicine 24:1185–1202. The
    normal distribution is close enough for means of bounded ratings from some ten answers on.
    """
    index = people.index if isinstance(people, pd.Series) else None
    answers = np.asarray(people, dtype="float64")
    if not (answers >= 1).all() or not within > 0:
        raise ValueError(
            f"people, within: got {answers.min()} and {within}; at least 1 answer a unit and a "
            "spread above 0 are needed"
        )
    columns = {}
    for level in levels:
        half = normal_quantile(level) * within / np.sqrt(answers)
        columns[level, "low"], columns[level, "high"] = centre - half, centre + half
    return pd.DataFrame(columns, index=index)


def withheld(people: pd.Series, groups: pd.Series | None = None, fewest: int = FEWEST) -> pd.Series:
    """Say which units' scores are kept back, so that nobody's answer can be guessed.

    Parameters
    ----------
    people
        Answers of each unit, one row a unit.
    groups
        The larger body of each unit whose total is published as well, such as its hospital, with
        the row labels of `people`. None if no totals are published.
    fewest
        Units with fewer answers than this are kept back.

    Returns
    -------
    pandas.Series
        True for units that are kept back.

    Raises
    ------
    ValueError
        If row labels differ, a row label stands twice, or something is blank.

    Notes
    -----
    Who knows the total of a group and all its units but one can work that one out. So where a
    group has a unit to keep back, the next smallest units (the first in order, if equal) are kept
    back too, until there are two or more with `fewest` answers or more between them. A unit
    without answers has none to give away, and does not count. A group that runs out of units
    needs its total kept back as well, and if a grand total is published, another group's.
    """
    if people.index.has_duplicates:
        twice = people.index[people.index.duplicated()][0]
        raise ValueError(f"people: row label {twice} stands twice; give one row a unit")
    if groups is not None and not groups.index.equals(people.index):
        raise ValueError("groups: its row labels differ; take both columns from one table")
    if people.isna().any() or (groups is not None and groups.isna().any()):
        raise ValueError("people, groups: something is blank; write 0 where nobody answered")
    hidden = people < fewest
    if groups is not None:
        some = people > 0
        for _, own in people[some].groupby(groups[some].to_numpy()):
            hidden[_hidden_of_group(own, fewest)] = True
    return hidden.rename("withheld")


def _hidden_of_group(people: pd.Series, fewest: int) -> pd.Index:
    """Return the row labels of a group's units that are kept back."""
    ordered = people.sort_values(kind="stable")
    count = int((ordered < fewest).sum())
    while 0 < count < len(ordered) and (count < 2 or ordered.iloc[:count].sum() < fewest):
        count += 1
    return ordered.index[:count]
