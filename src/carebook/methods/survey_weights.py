"""Make those who answered resemble those who were invited, and say what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from carebook.methods.prevalence import normal_quantile


@dataclass(frozen=True)
class WeightedShare:
    """A weighted share with its interval.

    Parameters
    ----------
    share
        Weighted share of yes, from 0 to 1.
    low, high
        Limits of its confidence interval, kept within 0 and 1; NaN where all answers are alike.
    n
        How many people it rests on.
    effective_n
        How many equally weighted people would be as precise, after Kish.
    """

    share: float
    low: float
    high: float
    n: int
    effective_n: float


def post_stratify(cells: pd.Series, population: pd.Series) -> pd.Series:
    """Return a weight for each person who answered, so that every cell counts at its full size.

    Parameters
    ----------
    cells
        The cell of each person who answered, for example role and tenure band in one text.
    population
        How many people each cell has in truth, indexed by cell; each cell stands once.

    Returns
    -------
    pandas.Series
        For each row of `cells`, the number of people of its cell in `population` divided by the
        number of its rows. The weights add up to the population.

    Raises
    ------
    ValueError
        If a row has no cell, if a cell of the answers is not in the population or has nobody
        there, if a number of people is blank, negative or stands twice, or if a cell with people
        in it has no answer: then no weight can speak for them, and the cell has to be joined with
        a neighbour.

    Notes
    -----
    Holt D, Smith TMF (1979), Journal of the Royal Statistical Society A 142:33–46.
    """
    if cells.isna().any():
        raise ValueError(f"cells row {cells.index[cells.isna()][0]}: no cell; every row needs one")
    if population.index.has_duplicates or not (population >= 0).fillna(False).all():
        raise ValueError("population: give each cell once, with a number of people, 0 or more")
    # Not as categories: a category without an answer would count as answered, 0 times.
    cells = cells.astype("object")
    answered = cells.value_counts()
    unknown = sorted(set(answered.index) - set(population.index), key=str)
    if unknown:
        raise ValueError(f"population: no number of people for {unknown[0]!r}; add the cell")
    filled = population[population > 0]
    empty = sorted(set(filled.index) - set(answered.index), key=str)
    if empty:
        raise ValueError(f"cells: nobody answered in {empty[0]!r}; join it with another cell")
    nobody = sorted(set(answered.index) - set(filled.index), key=str)
    if nobody:
        raise ValueError(f"population: 0 people in {nobody[0]!r}, yet some answered; correct it")
    each = (population.loc[answered.index] / answered).astype("float64")
    return cells.map(each).astype("float64").rename("weight")


def weighted_share(flags: pd.Series, weights: pd.Series, level: float = 0.95) -> WeightedShare:
    """Return a weighted share with a linearised interval.

    Parameters
    ----------
    flags
        True or 1 for yes, False or 0 for no, one value a person; blanks are left out.
    weights
        Weight of each person, with the row labels of `flags`; above 0.
    level
        Confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        If the row labels differ, a flag is neither yes, no nor blank, fewer than two people are
        known, or a weight is not above 0.

    Notes
    -----
    The variance is that of a ratio by Taylor linearisation with weights taken as fixed: the sum
    of (w(y − share))² over (sum of w)², times n/(n − 1). It equals that of a weighted regression
    on a constant with robust (HC1) errors. It tells nothing where all answers are alike, and it
    knows nothing of people who are missing for reasons outside the weights.
    """
    if not flags.index.equals(weights.index):
        raise ValueError("weights: its row labels differ from those of flags; use one table")
    known = flags.notna()
    if not flags[known].isin([0, 1]).all():
        raise ValueError("flags: a value is neither True, False, 1, 0 nor blank")
    answers = flags[known].astype("float64").to_numpy()
    chosen = weights[known].astype("float64").to_numpy()
    if len(answers) < 2:
        raise ValueError(f"flags: {len(answers)} known; an interval needs at least two people")
    if not (chosen > 0).all():
        raise ValueError("weights: every weight must be above 0")
    share = float(chosen @ answers / chosen.sum())
    pulls = (chosen * (answers - share)) ** 2
    error = sqrt(pulls.sum() * len(answers) / (len(answers) - 1)) / float(chosen.sum())
    half = normal_quantile(level) * error
    low, high = max(0.0, share - half), min(1.0, share + half)
    if answers.min() == answers.max():
        low = high = float("nan")
    return WeightedShare(share, low, high, len(answers), effective_size(chosen))


def effective_size(weights: pd.Series | np.ndarray) -> float:
    """Return Kish's effective sample size: (sum of weights)² / sum of squared weights.

    Parameters
    ----------
    weights
        Weight of each person, 0 or more, in any unit.

    Returns
    -------
    float
        The number of people with equal weights that would give the same precision; at most the
        number of weights.

    Raises
    ------
    ValueError
        If there is no weight above 0, or one is blank or negative.

    Notes
    -----
    Kish L (1965), Survey Sampling, section 11.7. It holds where weights have nothing to do with
    what is measured; otherwise it is a rule of thumb.
    """
    values = np.asarray(weights, dtype="float64")
    if values.size == 0 or not values.sum() > 0 or values.min() < 0:
        raise ValueError("weights: at least one must be above 0, and none below or blank")
    return float(values.sum() ** 2 / (values**2).sum())
