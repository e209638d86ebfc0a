"""The CUSUM chart: evidence of raised mortality, added up month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.methods.input_checks import refuse_disorder

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cusum:
    """One hospital's CUSUM.

    Parameters
    ----------
    values
        The chart after each month, 0 or more, with the row labels of the deaths.
    signals
        The months, by their row labels, in which the chart rose past the threshold: the first of
        each run above it, or, when it begins again at 0 after a signal, every one above it.
    ratio, threshold
        What the chart looks for and where it calls.
    """

    values: pd.Series
    signals: tuple[int, ...]
    ratio: float
    threshold: float


@dataclass(frozen=True)
class Signalling:
    """How often, and how soon, a chart calls.

    Parameters
    ----------
    share
        Share of simulated runs with a signal, from 0 to 1.
    median_month
        Month of the first signal, counted from 1, that half of *all* runs have reached; infinite
        when fewer than half signal.
    """

    share: float
    median_month: float


def cusum_weights(observed: Numbers, expected: Numbers, ratio: float) -> Numbers:
    """Return the weight of each month: how much better `ratio` explains it than a ratio of one.

    Parameters
    ----------
    observed, expected
        Deaths, any shape.
    ratio
        The ratio of observed to expected deaths to look for, above 0 and not 1; below 1 the chart
        looks for lowered mortality.

    Returns
    -------
    numpy.ndarray
        Log likelihood ratios of a Poisson count: observed × ln(ratio) − (ratio − 1) × expected.

    Raises
    ------
    ValueError
        If `ratio` is not allowed.
    """
    if not isfinite(ratio) or ratio <= 0 or ratio == 1:
        raise ValueError(f"ratio: got {ratio}; allowed are numbers above 0 other than 1")
    weights: Numbers = observed * log(ratio) - (ratio - 1) * expected
    return weights


def cusum(
    observed: pd.Series,
    expected: pd.Series,
    ratio: float,
    threshold: float,
    restart: bool = False,
) -> Cusum:
    """Return the risk-adjusted CUSUM of monthly deaths.

    Each month adds its weight; the chart never falls below 0, so that good years are no credit
    for bad months to spend.

    Parameters
    ----------
    observed, expected
        Deaths, 0 or more, one value a month in order of time, with the same row labels; where
        these are numbers or dates, they must rise.
    ratio
        What to look for; see `cusum_weights`.
    threshold
        The chart signals above this value; above 0.
    restart
        Begin again at 0 in the month after a signal.

    Raises
    ------
    ValueError
        If the row labels differ, stand twice or do not rise, a value is blank or negative, or
        `ratio` or `threshold` is not allowed.

    Notes
    -----
    The idea of a risk-adjusted CUSUM: Steiner SH, Cook RJ, Farewell VT, Treasure T (2000),
    Biostatistics 1:441–452, there for single patients. The form for counts: Lucas JM (1985),
    Technometrics 27:129–144.
    """
    if not observed.index.equals(expected.index):
        raise ValueError("observed: its row labels differ from those of expected")
    if observed.isna().any() or expected.isna().any():
        raise ValueError("observed: a month is blank; a chart needs deaths for every month")
    if (observed < 0).any() or (expected < 0).any():
        raise ValueError("observed, expected: a month has fewer than 0 deaths; correct it")
    refuse_disorder(observed.index, "observed")
    _refuse_threshold(threshold)
    weights = cusum_weights(
        observed.to_numpy(dtype="float64"), expected.to_numpy(dtype="float64"), ratio
    )
    total, values, signals = 0.0, [], []
    for label, weight in zip(observed.index, weights, strict=True):
        before = 0.0 if restart and total > threshold else total
        total = max(0.0, before + float(weight))
        values.append(total)
        if total > threshold >= before:
            signals.append(label)
    series = pd.Series(values, index=observed.index, name="cusum", dtype="float64")
    return Cusum(series, tuple(signals), ratio, threshold)


def signalling(
    expected: Sequence[float],
    ratio: float,
    threshold: float,
    true_ratio: float = 1.0,
    runs: int = 2000,
    seed: int = 2000,
) -> Signalling:
    """Return how often and how soon a chart calls in a hospital of known mortality.

    With a `true_ratio` of one every call is a false alarm; with a raised one, the median month
    is the delay. Deaths are drawn from a Poisson distribution with a fixed `seed`.

    Parameters
    ----------
    expected
        Expected deaths of each month to follow.
    ratio, threshold
        As for `cusum`.
    true_ratio
        Ratio of observed to expected deaths from which deaths are drawn.
    runs, seed
        Simulated hospitals, and where the draws start.

    Raises
    ------
    ValueError
        If `ratio` or `threshold` is not allowed, `true_ratio` is negative, or there is no month
        or no run.
    """
    _refuse_threshold(threshold)
    if true_ratio < 0:
        raise ValueError(f"true_ratio: got {true_ratio}; it must be 0 or more")
    model = np.asarray(expected, dtype="float64")
    if runs < 1 or not model.size:
        raise ValueError(f"got {runs} runs of {model.size} months; at least one of each is needed")
    draws = np.random.default_rng(seed).poisson(model * true_ratio, size=(runs, len(model)))
    drawn = draws.astype("float64")
    total = np.zeros(runs)
    first = np.full(runs, np.inf)
    for place, weights in enumerate(cusum_weights(drawn, model, ratio).T, start=1):
        total = np.maximum(0.0, total + weights)
        first[(total > threshold) & np.isinf(first)] = place
    # Halfway up the ordered runs and not an average, which would mix a month with infinity.
    halfway = float(np.sort(first)[(runs - 1) // 2])
    return Signalling(float(np.isfinite(first).mean()), halfway)


def _refuse_threshold(threshold: float) -> None:
    """Refuse a threshold that every month would pass."""
    if not threshold > 0:
        raise ValueError(f"threshold: got {threshold}; it must be above 0")
