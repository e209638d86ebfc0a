"""Trials that draw lots for whole units: how alike people of a unit are, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.methods.input_checks import refuse_strangers
from carebook.methods.prevalence import normal_quantile

DEALS = 2000
SEED = 1
# A standard deviation below this share of the largest value is what rounding leaves.
ROUNDING = 1e-12

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Intraclass:
    """How alike people of one unit are.

    Parameters
    ----------
    value
        The intraclass correlation: the share of the variance that lies between units. It can
        come out a little below 0 by chance.
    low, high
        Limits of its interval.
    size
        People in a unit; with units of different sizes their weighted average.
    units
        How many units there are.
    """

    value: float
    low: float
    high: float
    size: float
    units: int


@dataclass(frozen=True)
class FalseAlarms:
    """How often lots alone look like an effect.

    Parameters
    ----------
    by_people
        Share of deals, 0 to 1, in which the interval that counts people leaves out 0.
    by_units
        Share of deals in which the interval that counts units leaves out 0.
    deals
        How often lots were drawn.
    """

    by_people: float
    by_units: float
    deals: int


def intraclass_correlation(values: pd.Series, units: pd.Series, level: float = 0.95) -> Intraclass:
    """Return the intraclass correlation from an analysis of variance.

    Parameters
    ----------
    values
        A number for each person, in any unit of measure; no blanks.
    units
        The unit of each person, with the row labels of `values`; no blanks.
    level
        Confidence level of the interval, between 0 and 1.

    Raises
    ------
    ValueError
        If row labels differ, something is blank or infinite, there are fewer than two units, no
        unit has two people, or nobody differs from the others of the unit.

    Notes
    -----
    (B − W) / (B + (m − 1) W), with B and W the mean squares between and within units and m the
    size of a unit; for unequal units m = (N − Σn²/N) / (k − 1). This is ICC(1) of Shrout PE,
    Fleiss JL (1979), Psychological Bulletin 86:420–428, whose interval (from the distribution of
    B/W) is exact for normal values in units of one size and approximate otherwise. How far named
    raters agree is another question: `carebook.methods.agreement.intraclass_correlation`.
    """
    from scipy.stats import f

    normal_quantile(level)  # refuses an impossible level
    numbers = _numbers(values, units)
    groups = numbers.groupby(units.to_numpy())
    counts = groups.size()
    people, count = len(numbers), len(counts)
    if count < 2 or people == count:
        raise ValueError(
            f"units: got {count} with {people} people; at least 2 are needed, one with 2 people"
        )
    inside = float(((numbers - groups.transform("mean")) ** 2).sum()) / (people - count)
    if inside <= (ROUNDING * float(numbers.abs().max())) ** 2:
        raise ValueError("values: nobody differs from the others of the unit; nothing to compare")
    apart = float((counts * (groups.mean() - numbers.mean()) ** 2).sum()) / (count - 1)
    size = (people - float((counts**2).sum()) / people) / (count - 1)
    found = apart / inside
    cut = (1 - level) / 2
    ends = (found / f.isf(cut, count - 1, people - count),
            found * f.isf(cut, people - count, count - 1))  # fmt: skip
    value, low, high = ((each - 1) / (each + size - 1) for each in (found, *map(float, ends)))
    return Intraclass(value, low, high, size, count)


def design_effect(size: float, icc: float) -> float:
    """Return how many times as large a variance is when whole units are drawn.

    Parameters
    ----------
    size
        People in a unit, at least 1; the mean if units differ somewhat.
    icc
        Intraclass correlation, at most 1. One below 0 is taken as it is.

    Raises
    ------
    ValueError
        If `size` is below 1, `icc` above 1, or the two make no variance above 0.

    Notes
    -----
    1 + (size − 1) · icc. Kerry SM, Bland JM (1998), BMJ 316:1455.
    """
    effect = 1 + (size - 1) * icc
    if size < 1 or icc > 1 or not effect > 0:
        raise ValueError(
            f"size, icc: got {size} and {icc}; a unit has at least 1 person, an intraclass "
            "correlation is at most 1 and not far below 0"
        )
    return effect


def effective_people(people: float, size: float, icc: float) -> float:
    """Return how many independent people tell as much as these, who share units.

    Parameters
    ----------
    people
        All people in the trial, or in an arm of it; above 0.
    size, icc
        As for `design_effect`.

    Raises
    ------
    ValueError
        If `people` is not above 0, and as for `design_effect`.
    """
    if not people > 0:
        raise ValueError(f"people: got {people}; it must be above 0")
    return people / design_effect(size, icc)


def units_needed(
    difference: float,
    spread: float,
    icc: float,
    size: float,
    power: float = 0.8,
    level: float = 0.95,
) -> int:
    """Return how many units each of two arms needs to find a difference.

    Parameters
    ----------
    difference
        The true difference that must not be missed, in the unit of the score; not 0.
    spread
        Standard deviation of the score between people of one arm, in the same unit; above 0.
    icc, size
        As for `design_effect`.
    power
        How often the interval is to leave out 0 if the difference is true: below 1, and above
        1 − `level`, which lots alone would give.
    level
        Confidence level of that interval, between 0 and 1.

    Raises
    ------
    ValueError
        If `difference` is 0, `spread` is not above 0, or a share is outside its limits.

    Notes
    -----
    People for each arm by the normal formula, 2 (z + z')² spread² / difference², times the design
    effect, in units of `size`. Student's t asks for one unit more in each arm at a level of 0.95.
    """
    if difference == 0 or not spread > 0:
        raise ValueError(
            f"difference, spread: got {difference} and {spread}; a difference other than 0 and a "
            "spread above 0 are needed"
        )
    reach = normal_quantile(level)
    if not 1 - level < power < 1:
        raise ValueError(f"power: got {power}; write 80% as 0.8, and give more than {1 - level:g}")
    steps = reach + NormalDist().inv_cdf(power)
    people = 2 * (steps * spread / difference) ** 2 * design_effect(size, icc)
    return ceil(people / size)


def false_alarms(
    values: pd.Series,
    units: pd.Series,
    *,
    deals: int = DEALS,
    level: float = 0.95,
    seed: int = SEED,
) -> FalseAlarms:
    """Deal units to two arms by lot, again and again, and count "effects" of nothing at all.

    Parameters
    ----------
    values
        A number for each person that no arm can have changed, such as a score before the trial.
    units
        The unit of each person, with the row labels of `values`. Half of the units go to either
        arm; with an odd number one arm has one more.
    deals
        How often lots are drawn, at least 1.
    level
        Confidence level of the intervals, between 0 and 1.
    seed
        Of the random numbers.

    Raises
    ------
    ValueError
        If row labels differ, something is blank or infinite, there are fewer than four units,
        all units have the same mean, or `deals` is below 1.

    Notes
    -----
    Student's t for two means with one common variance: of all people, and of the units' means.
    """
    numbers = _numbers(values, units)
    # From the middle, so that squares of large numbers do not swallow their differences.
    groups = (numbers - numbers.mean()).groupby(units.to_numpy())
    sums = pd.DataFrame({"n": groups.size(), "sum": groups.sum(),
                         "squares": groups.agg(lambda each: float((each**2).sum()))})  # fmt: skip
    count = len(sums)
    if count < 4 or deals < 1:
        raise ValueError(
            f"units, deals: got {count} and {deals}; at least 4 units and 1 deal are needed"
        )
    if groups.mean().std() <= ROUNDING * float(numbers.abs().max()):
        raise ValueError("values: all units have the same mean; lots cannot tell them apart")
    order = np.random.default_rng(seed).random((deals, count)).argsort(axis=1)
    first = (order < count // 2).astype("float64")
    mean = (sums["sum"] / sums["n"]).to_numpy()
    people = sums[["n", "sum", "squares"]].to_numpy(dtype="float64")
    means = np.column_stack([np.ones(count), mean, mean**2])
    by_people, by_units = (
        float(_leaves_out_zero(table, first, level).mean()) for table in (people, means)
    )
    return FalseAlarms(by_people, by_units, deals)


def _numbers(values: pd.Series, units: pd.Series) -> pd.Series:
    """Return the values as numbers, or refuse what is blank, infinite or of other rows."""
    refuse_strangers(values, units)
    numbers = values.astype("float64")
    if not np.isfinite(numbers.to_numpy()).all():
        raise ValueError("values: one is infinite; drop such rows first and say so")
    return numbers


def _leaves_out_zero(sums: Numbers, first: Numbers, level: float) -> npt.NDArray[np.bool_]:
    """Say for each deal whether the interval of the difference of means leaves out 0.

    `sums` holds count, sum and sum of squares of each unit; `first` says who is in the first arm.
    """
    from scipy.stats import t

    normal_quantile(level)  # refuses an impossible level
    one, other = first @ sums, (1 - first) @ sums
    within = sum(arm[:, 2] - arm[:, 1] ** 2 / arm[:, 0] for arm in (one, other))
    freedom = sums[:, 0].sum() - 2
    error = np.sqrt(within / freedom * (1 / one[:, 0] + 1 / other[:, 0]))
    difference = one[:, 1] / one[:, 0] - other[:, 1] / other[:, 0]
    found: npt.NDArray[np.bool_] = np.abs(difference) > t.ppf((1 + level) / 2, freedom) * error
    return found
