"""What patients say of units: two summaries, a fair comparison, and what is not published."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.methods.input_checks import refuse_blanks, refuse_strangers
from carebook.methods.linear import ILL_CONDITIONED, NEVER_VARIES
from carebook.methods.prevalence import normal_quantile, wilson_interval

Numbers = npt.NDArray[np.float64]


def top_box(
    answers: pd.Series, units: pd.Series, lowest: float = 9, level: float = 0.95
) -> pd.DataFrame:
    """Return the share of answers in the top box for each unit.

    Parameters
    ----------
    answers
        Answers to one question, in any unit of measure; no blanks: take those who replied.
    units
        The unit of each answer, with the row labels of `answers`.
    lowest
        The lowest answer that still counts as top.
    level
        Confidence level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a unit: ``n`` (answers), ``share`` (0 to 1), ``low`` and ``high`` (Wilson).

    Raises
    ------
    ValueError
        If row labels differ, something is blank, nobody is given, or `level` is not between 0
        and 1.
    """
    numbers = _numbers(answers, units)
    grouped = (numbers >= lowest).groupby(units.to_numpy())
    table = pd.DataFrame({"n": grouped.size(), "share": grouped.mean()})
    limits = [
        wilson_interval(round(n * share), int(n), level)
        for n, share in zip(table["n"], table["share"], strict=True)
    ]
    return table.assign(low=[low for low, _ in limits], high=[high for _, high in limits])


def mean_scores(scores: pd.Series, units: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Return the mean score of each unit with its interval.

    Parameters
    ----------
    scores
        A number for each person, in any unit of measure; no blanks.
    units
        The unit of each person, with the row labels of `scores`.
    level
        Confidence level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a unit: ``n``, ``mean``, ``low`` and ``high``.

    Raises
    ------
    ValueError
        If row labels differ, something is blank, no unit has two people, or `level` is not
        between 0 and 1.

    Notes
    -----
    People are taken to be equally spread in every unit: the standard deviation is that within all
    units together. A unit with one answer therefore has an interval, and a wide one.
    """
    numbers = _numbers(scores, units)
    grouped = numbers.groupby(units.to_numpy())
    table = pd.DataFrame({"n": grouped.size(), "mean": grouped.mean()})
    within = (numbers - grouped.transform("mean")).to_numpy()
    freedom = len(numbers) - len(table)
    error = _spread(within, freedom) / np.sqrt(table["n"])
    return _with_limits(table, "mean", error, freedom, level)


def case_mix_adjusted(
    scores: pd.Series, units: pd.Series, case_mix: pd.DataFrame, level: float = 0.95
) -> pd.DataFrame:
    """Return the score each unit would have with the case mix of all units together.

    Parameters
    ----------
    scores
        A number for each person, in any unit of measure; no blanks.
    units
        The unit of each person.
    case_mix
        One column for each trait of a person: words (each counts as a group) or numbers (a
        straight line, in any unit of measure); no blanks. All three share their row labels.
    level
        Confidence level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a unit: ``n``, ``mean`` as counted, ``adjusted``, and ``low`` and ``high`` of the
        adjusted score.

    Raises
    ------
    ValueError
        If row labels differ, something is blank, there is no trait or there are too few people, a
        trait never varies within units or repeats another, or `level` is not between 0 and 1.

    Notes
    -----
    Least squares with one constant for each unit and no interactions. What traits go with is
    thus learnt within units and not from differences between them, so that a unit's own merit is
    not taken for that of its patients. The adjusted score is the fit at the mean traits of all,
    which are taken as known. The interval also carries the doubt about the traits' slopes.
    """
    numbers = _numbers(scores, units)
    traits = _traits(case_mix, numbers)
    keys = units.to_numpy()
    grouped = numbers.groupby(keys)
    table = pd.DataFrame({"n": grouped.size(), "mean": grouped.mean()})
    away = (traits - traits.groupby(keys).transform("mean")).to_numpy()
    own = (numbers - grouped.transform("mean")).to_numpy()
    freedom = len(numbers) - len(table) - traits.shape[1]
    slopes, inverse = _within_slopes(away, own, traits.abs().max().to_numpy(), freedom)
    harder = (traits.groupby(keys).mean() - traits.mean()).to_numpy()
    table["adjusted"] = table["mean"] - harder @ slopes
    doubt = np.einsum("ij,jk,ik->i", harder, inverse, harder)
    error = _spread(own - away @ slopes, freedom) * np.sqrt(1 / table["n"] + doubt)
    return _with_limits(table, "adjusted", error, freedom, level)


def directly_standardised(
    scores: pd.Series, units: pd.Series, strata: pd.Series, standard: pd.Series | None = None
) -> pd.Series:
    """Return each unit's mean score, its strata weighted as in a standard population.

    Parameters
    ----------
    scores
        A number for each person; no blanks.
    units, strata
        The unit and the stratum (an age band, say) of each person, with the same row labels.
    standard
        Number or share of people in each stratum, 0 or more, indexed by stratum; by default the
        number of all people given.

    Returns
    -------
    pandas.Series
        Indexed by unit. Blank where a unit has nobody in a stratum that has weight in the
        standard: nothing is known there, and leaving the stratum out would change the standard.

    Raises
    ------
    ValueError
        If row labels differ, something is blank, the standard has a negative weight, none above 0
        or a stratum twice, or a person's stratum is not in it.
    """
    numbers = _numbers(scores, units)
    if not strata.index.equals(numbers.index):
        raise ValueError("strata: its row labels differ; take all columns from one table")
    refuse_blanks(pd.DataFrame({"stratum": strata}), ["stratum"], "strata")
    if standard is None:
        standard = strata.value_counts()
    if standard.index.has_duplicates or not ((standard >= 0).all() and (standard > 0).any()):
        raise ValueError("standard: give each stratum once, with a weight of 0 or more, not all 0")
    strange = sorted(set(strata) - set(standard.index), key=str)
    if strange:
        raise ValueError(f"standard: nothing for stratum {strange[0]!r}; give every stratum")
    means = numbers.groupby([units.to_numpy(), strata.to_numpy()]).mean().unstack()
    weights = standard[standard > 0] / standard.sum()
    means = means.reindex(columns=weights.index)
    return (means * weights).sum(axis=1, skipna=False).rename("standardised")


def suppressed(table: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return the table with everything but ``n`` blank where a unit has too few answers.

    Parameters
    ----------
    table
        One row a unit, with ``n`` and columns of numbers.
    minimum
        The fewest answers with which a unit is published.

    Raises
    ------
    KeyError
        If there is no column ``n``.
    """
    if "n" not in table.columns:
        raise KeyError("table: missing n, the number of answers of each unit")
    others = table.columns.drop("n")
    kept = table[others].where(table["n"] >= minimum)
    return table[["n"]].join(kept)[list(table.columns)]


def _numbers(values: pd.Series, units: pd.Series) -> pd.Series:
    """Return the values as numbers, or refuse what is blank, strange or of nobody."""
    refuse_strangers(values, units)
    if values.empty:
        raise ValueError("units: nobody is given")
    return values.astype("float64")


def _traits(case_mix: pd.DataFrame, scores: pd.Series) -> pd.DataFrame:
    """Return the traits as numbers, one column a group less one."""
    if not case_mix.index.equals(scores.index):
        raise ValueError("case_mix: its row labels differ; take all columns from one table")
    refuse_blanks(case_mix, case_mix.columns, "case_mix")
    if case_mix.columns.empty:
        raise ValueError("case_mix: there is no column; give one or more")
    alike = (case_mix.nunique() < 2).to_numpy()
    if alike.any():
        raise ValueError(f"case_mix: {case_mix.columns[alike][0]} never varies; leave it out")
    # A category that nobody has would become a column of zeros.
    words = case_mix.astype(dict.fromkeys(case_mix.select_dtypes("category"), "object"))
    return pd.get_dummies(words, drop_first=True).astype("float64")


def _within_slopes(
    away: Numbers, own: Numbers, size: Numbers, freedom: int
) -> tuple[Numbers, Numbers]:
    """Return the slopes within units and the inverse of the traits' cross products.

    `away` and `own` are traits and scores as distances from the unit's mean; `size` is the
    largest absolute value of each trait, against which rounding error shows.
    """
    # Each trait counts in its own spread, so that minutes fit as well as years.
    spread: Numbers = away.std(axis=0)
    flat = spread <= NEVER_VARIES * size
    design = away / np.where(flat, 1.0, spread)
    if freedom < 1 or flat.any() or np.linalg.cond(design) > ILL_CONDITIONED:
        raise ValueError(
            "case_mix: a trait never varies within units, repeats another, or there are too few "
            "people; leave a trait out"
        )
    inverse: Numbers = np.linalg.inv(design.T @ design) / np.outer(spread, spread)
    return inverse @ (away.T @ own), inverse


def _spread(residual: Numbers, freedom: int) -> float:
    """Return the standard deviation that is left within units."""
    if freedom < 1:
        raise ValueError("units: none has two people, so nothing tells how far answers differ")
    return float(np.sqrt(residual @ residual / freedom))


def _with_limits(
    table: pd.DataFrame, column: str, error: pd.Series, freedom: int, level: float
) -> pd.DataFrame:
    """Return the table with the limits of one of its columns."""
    from scipy.stats import t

    normal_quantile(level)  # refuses an impossible level
    reach = float(t.ppf((1 + level) / 2, freedom)) * error
    return table.assign(low=table[column] - reach, high=table[column] + reach)
