"""From an odds ratio to people: risks, their difference, numbers needed, deaths averted."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from carebook.methods.rates import Estimate


@dataclass(frozen=True)
class AbsoluteRisk:
    """What an odds ratio does to a stated baseline risk.

    Parameters
    ----------
    baseline
        The risk without the change, a share from 0 to 1.
    risk
        The risk with it, with its interval.
    difference
        `risk` minus `baseline`.
    ratio
        `risk` divided by `baseline`.
    """

    baseline: float
    risk: Estimate
    difference: Estimate
    ratio: Estimate


def risk_at(baseline: Any, odds_ratio: float) -> Any:
    """Return the risk that a baseline risk becomes under an odds ratio.

    Parameters
    ----------
    baseline
        A share from 0 to 1, or a column or array of shares.
    odds_ratio
        More than 0.

    Returns
    -------
    float, pandas.Series or numpy.ndarray
        Shares from 0 to 1, of the kind of `baseline`.

    Raises
    ------
    ValueError
        If a baseline is blank or outside 0 to 1, or the odds ratio is not positive and finite.

    Notes
    -----
    Odds are risk / (1 − risk); multiplied by the ratio and turned back this is
    ratio · risk / (1 − risk + ratio · risk), as in the Cochrane Handbook, version 5.1, section
    12.5.4.3.
    """
    shares = np.asarray(baseline, dtype=float)
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError(
            "baseline: a risk is blank or outside 0 to 1; give shares, and divide percentages by "
            "100"
        )
    _refuse_ratio(odds_ratio)
    return odds_ratio * baseline / (1 - baseline + odds_ratio * baseline)


def absolute_risk(baseline: float, ratio: Estimate) -> AbsoluteRisk:
    """Return risk, difference and ratio of risks at one baseline, with their intervals.

    Parameters
    ----------
    baseline
        The risk without the change, more than 0 and less than 1. It is taken as known: the
        intervals speak of the odds ratio alone.
    ratio
        The odds ratio with its interval.

    Raises
    ------
    ValueError
        If `baseline` is not between 0 and 1, or an odds ratio is not positive and finite.
    """
    if not 0 < baseline < 1:
        raise ValueError(f"baseline: got {baseline}; it must lie between 0 and 1")
    risk = Estimate(*(float(risk_at(baseline, each)) for each in _three(ratio)))
    return AbsoluteRisk(
        baseline,
        risk,
        Estimate(*(each - baseline for each in _three(risk))),
        Estimate(*(each / baseline for each in _three(risk))),
    )


def number_needed(difference: Estimate) -> Estimate:
    """Return how many people stand for one event more or fewer: one over the risk difference.

    Parameters
    ----------
    difference
        A difference of risks, as a share, with an interval that does not hold 0. Its sign is
        dropped.

    Raises
    ------
    ValueError
        If the interval holds 0: the number then runs through infinity. If a number is blank or
        the value lies outside its interval.

    Notes
    -----
    Altman DG (1998), BMJ 317:1309–1312: the limits are those of the difference, upside down.
    """
    if not difference.low <= difference.value <= difference.high:
        raise ValueError(
            f"difference: got {difference.value:g} with the interval {difference.low:g} to "
            f"{difference.high:g}; a number is blank, or the limits are exchanged"
        )
    if difference.low * difference.high <= 0:
        raise ValueError(
            f"difference: its interval, {difference.low:g} to {difference.high:g}, holds 0, so "
            "that a number needed has none; give the difference"
        )
    low, high = sorted(1 / abs(each) for each in (difference.low, difference.high))
    return Estimate(1 / abs(difference.value), low, high)


def averted(risks: Any, ratio: Estimate) -> Estimate:
    """Return how many deaths fewer an odds ratio means among people with these risks.

    Parameters
    ----------
    risks
        Each person's baseline risk, as shares from 0 to 1; a column or an array. They are taken
        as known.
    ratio
        The odds ratio of the change, with its interval; below 1 where fewer die. To turn round
        the ratio of an increase, use `inverse`.

    Returns
    -------
    Estimate
        Expected number among all of them; negative where more die. Divide by the number of
        people for a share.

    Raises
    ------
    ValueError
        If a risk is blank or outside 0 to 1, nobody is given, or a ratio is not positive.

    Notes
    -----
    The number falls steadily as the ratio rises. Its limits are therefore exactly those of the
    ratio carried through, which is also what drawing many ratios and taking percentiles comes to.
    How many die in one year varies by chance on top of it.
    """
    shares = np.asarray(risks, dtype=float)
    if shares.size == 0:
        raise ValueError("risks: nobody is given")
    value, *limits = (float((shares - risk_at(shares, each)).sum()) for each in _three(ratio))
    return Estimate(value, min(limits), max(limits))


def inverse(ratio: Estimate, steps: float = 1.0) -> Estimate:
    """Return the odds ratio of `steps` units less, from that of one unit more.

    Parameters
    ----------
    ratio
        The odds ratio of one unit more, with its interval.
    steps
        How many units less; may be a part of one.

    Raises
    ------
    ValueError
        If a ratio or `steps` is not positive and finite.
    """
    for each in _three(ratio):
        _refuse_ratio(each)
    if not 0 < steps < inf:
        raise ValueError(f"steps: got {steps}; it must be more than 0")
    return Estimate(*(each**-steps for each in (ratio.value, ratio.high, ratio.low)))


def _three(estimate: Estimate) -> tuple[float, float, float]:
    """Return value and limits."""
    return estimate.value, estimate.low, estimate.high


def _refuse_ratio(odds_ratio: float) -> None:
    """Refuse what is no odds ratio."""
    if not 0 < odds_ratio < inf:
        raise ValueError(f"odds ratio: got {odds_ratio}; it must be more than 0")
