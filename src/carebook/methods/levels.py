"""One association at three levels: all rows together, between units, within units."""

from __future__ import annotations

import pandas as pd

from carebook.methods.input_checks import refuse_strangers
from carebook.methods.linear import NEVER_VARIES, linear_regression

LEVELS = ("all unit-months", "between units", "within units")
FEWEST_UNITS = 3


def unit_means(values: pd.Series, units: pd.Series) -> pd.Series:
    """Return the mean of each unit, indexed by unit.

    Parameters
    ----------
    values
        A number in each row; no blanks.
    units
        The unit of each row, with the row labels of `values`.

    Raises
    ------
    ValueError
        If row labels differ or something is blank.
    """
    refuse_strangers(values, units)
    return values.astype("float64").groupby(units.to_numpy()).mean()


def from_unit_mean(values: pd.Series, units: pd.Series) -> pd.Series:
    """Return how far each row lies from the mean of its own unit, in the unit of `values`.

    Parameters
    ----------
    values
        A number in each row; no blanks.
    units
        The unit of each row, with the row labels of `values`.

    Raises
    ------
    ValueError
        If row labels differ or something is blank.
    """
    refuse_strangers(values, units)
    numbers = values.astype("float64")
    away = numbers - numbers.groupby(units.to_numpy()).transform("mean")
    # What is left by rounding is no distance, and must not become a slope.
    return away.where(away.abs() > 1e-12 * numbers.abs().max(), 0.0)


def three_levels(
    outcome: pd.Series, predictor: pd.Series, units: pd.Series, level: float = 0.95
) -> pd.DataFrame:
    """Return correlation and slope of all rows, of the units' means, and within units.

    Parameters
    ----------
    outcome, predictor
        A number in each row, in any units; no blanks.
    units
        The unit of each row. All three share their row labels.
    level
        Confidence level of the slopes' intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        Rows ``all unit-months``, ``between units`` and ``within units``; columns ``correlation``,
        ``slope`` (of the outcome, for one unit more of the predictor), its ``low`` and ``high``,
        and ``n``, the rows or units that it rests on.

    Raises
    ------
    ValueError
        If row labels differ, something is blank or infinite, there are fewer than three units, or
        a variable never varies at one of the levels; says which.

    Notes
    -----
    Between: means of units, each unit counted once. Within: deviations from the unit's own mean
    in both variables. Intervals of the first and third row go by units (see
    `carebook.methods.linear.linear_regression`). All rows together mix the two: their slope is an
    average of the other two, weighted by the sums of squares of the predictor at the two levels,
    if all units have the same number of rows.
    """
    if len(set(units)) < FEWEST_UNITS:
        raise ValueError(f"units: got {len(set(units))}; at least {FEWEST_UNITS} are needed")
    means, others = unit_means(outcome, units), unit_means(predictor, units)
    away, apart = from_unit_mean(outcome, units), from_unit_mean(predictor, units)
    found = [
        _slope(LEVELS[0], outcome, predictor, units, level),
        _slope(LEVELS[1], means, others, None, level),
        _slope(LEVELS[2], away, apart, units, level),
    ]
    return pd.DataFrame(found, index=list(LEVELS))


def lagged(
    earlier: pd.Series,
    later: pd.Series,
    units: pd.Series,
    months: pd.Series,
    lag: int = 1,
    *,
    within: bool = True,
    level: float = 0.95,
) -> dict[str, float]:
    """Return how one number goes with another `lag` months later in the same unit.

    Parameters
    ----------
    earlier
        What is taken from a month, a number in each row; no blanks.
    later
        What is taken from `lag` months after it; no blanks.
    units, months
        Unit and month (a whole number) of each row; a unit has each month once. Rows may stand
        in any order. A month without its partner is left out.
    lag
        How many months lie between the two: 0 or more.
    within
        Whether each number is first replaced by its distance from its unit's mean. Without it,
        what differs between units for good looks like a lagged effect in both directions.
    level
        Confidence level of the slope's interval, between 0 and 1.

    Returns
    -------
    dict
        ``correlation``, ``slope`` (of `later`, for one unit more of `earlier`), ``low``, ``high``
        (by units) and ``n`` (pairs).

    Raises
    ------
    ValueError
        If row labels differ, something is blank, `months` or `lag` are no whole numbers, `lag` is
        negative, a unit has a month twice, fewer than three units have a pair, or one of the two
        never varies among the pairs.

    Notes
    -----
    Distances from a unit's mean are tied to each other, since they add up to 0 over its T months:
    an association in the same month puts about −1/(T − 1) of itself into every lag. It is small
    for two years of months and large for three months.
    """
    if lag < 0 or lag != int(lag):
        raise ValueError(
            f"lag: got {lag}; give a whole number, 0 or more (exchange earlier and later to look "
            "back)"
        )
    refuse_strangers(months, units)
    if not pd.api.types.is_numeric_dtype(months) or (months % 1 != 0).any():
        raise ValueError("months: give whole numbers that rise by 1 from one month to the next")
    pair = pd.DataFrame({"unit": units, "month": months})
    if pair.duplicated().any():
        twice = pair[pair.duplicated()].iloc[0]
        raise ValueError(f"unit {twice['unit']} has month {twice['month']} twice; give it once")
    for name, values in {"earlier": earlier, "later": later}.items():
        refuse_strangers(values, units)
        pair[name] = from_unit_mean(values, units) if within else values.astype("float64")
    before = pair[["unit", "month", "earlier"]].assign(month=pair["month"] + lag)
    both = before.merge(pair[["unit", "month", "later"]], on=["unit", "month"])
    if both["unit"].nunique() < FEWEST_UNITS:
        raise ValueError(f"lag: {lag} months leave fewer than {FEWEST_UNITS} units with a pair")
    return _slope(f"lag {lag}", both["later"], both["earlier"], both["unit"], level)


def _slope(
    where: str, outcome: pd.Series, predictor: pd.Series, units: pd.Series | None, level: float
) -> dict[str, float]:
    """Return one row of `three_levels`."""
    for name, values in {"outcome": outcome, "predictor": predictor}.items():
        numbers = values.to_numpy(dtype="float64")
        if numbers.std() <= NEVER_VARIES * max(1.0, abs(numbers.mean())):
            raise ValueError(f"{where}: the {name} never varies; there is no slope to find")
    found = linear_regression(outcome, predictor.to_frame("x"), units, level)
    slope, low, high = found[["estimate", "low", "high"]].to_numpy()[1].tolist()
    correlation = float(outcome.astype("float64").corr(predictor.astype("float64")))
    return {
        "correlation": correlation, "slope": slope, "low": low, "high": high, "n": len(outcome),
    }  # fmt: skip
