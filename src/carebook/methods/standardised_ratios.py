"""Deaths observed against deaths expected: ratio, excess, and what chance alone would allow."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

import pandas as pd

from carebook.methods.input_checks import refuse_blanks
from carebook.methods.prevalence import normal_quantile

METHODS = ("exact", "byar")


@dataclass(frozen=True)
class StandardisedRatio:
    """Observed over expected for one group, and the difference of the two.

    Parameters
    ----------
    observed
        Deaths that happened.
    expected
        Deaths that a model leads one to expect for these patients; taken as known exactly.
    ratio, low, high
        Observed over expected, with its interval. The interval holds what chance does to the
        observed count. It does not hold what is uncertain about the model.
    """

    observed: float
    expected: float
    ratio: float
    low: float
    high: float

    @property
    def excess(self) -> float:
        """Return observed minus expected deaths; negative when there were fewer."""
        return self.observed - self.expected

    @property
    def excess_low(self) -> float:
        """Return the lower limit of the excess, in deaths."""
        return (self.low - 1) * self.expected

    @property
    def excess_high(self) -> float:
        """Return the upper limit of the excess, in deaths."""
        return (self.high - 1) * self.expected


def poisson_interval(
    count: float, level: float = 0.95, method: str = "exact"
) -> tuple[float, float]:
    """Return an interval for the mean behind a count.

    Parameters
    ----------
    count
        A whole number of events, 0 or more.
    level
        Confidence level, between 0 and 1.
    method
        ``"exact"`` turns the Poisson distribution round (by quantiles of chi-square with twice
        the count, and twice the count plus two, degrees of freedom); ``"byar"`` is Byar's
        approximation, which needs no table and is close from about ten events on.

    Raises
    ------
    ValueError
        If `count` is negative or not whole, `level` is outside 0 to 1 or `method` is unknown.

    Notes
    -----
    Garwood F (1936), Biometrika 28:437–442. Ulm K (1990), American Journal of Epidemiology
    131:373–375. Byar's approximation: Breslow NE, Day NE (1987), Statistical Methods in Cancer
    Research, volume II, chapter 2.
    """
    if method not in METHODS:
        raise ValueError(f"method: got {method!r}; allowed are {', '.join(METHODS)}")
    if not isfinite(count) or count < 0 or count != int(count):
        raise ValueError(f"count: got {count}; it must be a whole number of events, 0 or more")
    z = normal_quantile(level)
    if method == "byar":
        return _byar(count, -z), _byar(count + 1, z)
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count, tail))
    return low, float(gammaincinv(count + 1, 1 - tail))


def standardised_ratio(
    observed: float, expected: float, level: float = 0.95, method: str = "exact"
) -> StandardisedRatio:
    """Return observed over expected deaths with a Poisson interval.

    Parameters
    ----------
    observed, expected
        Deaths that happened (a whole number) and deaths to expect.
    level, method
        As for `poisson_interval`.

    Raises
    ------
    ValueError
        If `expected` is not positive, and as for `poisson_interval`.
    """
    if not isfinite(expected) or expected <= 0:
        raise ValueError(f"expected: got {expected}; a ratio needs expected deaths above 0")
    low, high = poisson_interval(observed, level, method)
    # Plain floats, also from a column's sum: NumPy's print with their type.
    deaths, model = float(observed), float(expected)
    return StandardisedRatio(deaths, model, deaths / model, low / model, high / model)


def standardised_ratios(
    table: pd.DataFrame,
    by: str = "hospital",
    observed: str = "observed_deaths",
    expected: str = "expected_deaths",
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the standardised ratio of each group of a table of counts.

    Deaths, observed and expected, are added up first and divided afterwards; a mean of monthly
    ratios would give a month with few patients the weight of one with many.

    Parameters
    ----------
    table
        Any number of rows a group.
    by
        Column that names the group.
    observed, expected
        Columns of deaths.
    level
        Confidence level of the exact interval.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of their names: ``observed``, ``expected``, ``ratio``,
        ``low``, ``high``, ``excess``, ``excess_low`` and ``excess_high``.

    Raises
    ------
    ValueError
        If a cell of these columns is blank, and as for `standardised_ratio`.
    """
    # A sum would skip a blank count and keep the deaths expected beside it.
    refuse_blanks(table, (by, observed, expected), "table")
    sums = table.groupby(by, observed=True)[[observed, expected]].sum()
    rows = [
        standardised_ratio(deaths, model, level)
        for deaths, model in zip(sums[observed], sums[expected], strict=True)
    ]
    names = ("observed", "expected", "ratio", "low", "high", "excess", "excess_low", "excess_high")
    found = pd.DataFrame(
        {name: [getattr(row, name) for row in rows] for name in names}, index=sums.index
    )
    return found.astype({"observed": "int64"})


def _byar(count: float, z: float) -> float:
    """Return Byar's limit at `z` standard errors from a count; the upper one takes count + 1."""
    if count == 0:
        return 0.0
    return float(count * max(0.0, 1 - 1 / (9 * count) + z / (3 * sqrt(count))) ** 3)
