"""Rates and risks, and two ways to compare them: as a ratio and as a difference."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, isfinite, log, sqrt

from carebook.methods.prevalence import normal_quantile, wilson_interval
from carebook.methods.standardised_ratios import poisson_interval


@dataclass(frozen=True)
class Estimate:
    """A number found in data, with its interval.

    Parameters
    ----------
    value
        The number itself.
    low, high
        Limits of its interval, in the same unit.
    """

    value: float
    low: float
    high: float


def rate(events: float, time: float, per: float = 1000.0, level: float = 0.95) -> Estimate:
    """Return how often something happens, with the exact Poisson interval.

    Parameters
    ----------
    events
        How many were counted: a whole number, 0 or more.
    time
        How long they were counted, for example in line days.
    per
        The rate is given for this much time, for example 1,000 line days.
    level
        Confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        If `events` is negative or not whole, `time` not positive, or `level` outside 0 to 1.

    Notes
    -----
    The interval is that of `carebook.methods.standardised_ratios.poisson_interval`.
    """
    _refuse_counts(events, time)
    low, high = poisson_interval(events, level)
    return Estimate(per * events / time, per * low / time, per * high / time)


def rate_ratio(
    events: float, time: float, reference_events: float, reference_time: float, level: float = 0.95
) -> Estimate:
    """Return a rate divided by a reference rate.

    The interval takes events as independent of each other (Poisson). Where the same units are
    counted twice, or units differ much, it is too narrow; see `carebook.methods.before_after`.

    Parameters
    ----------
    events, time
        Events and time of the group in question.
    reference_events, reference_time
        The same of the group that it is held against.
    level
        Confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        If a count is not positive, a time not positive, or `level` outside 0 to 1.

    Notes
    -----
    Wald interval on the log scale: Rothman, Greenland and Lash (2008), Modern Epidemiology,
    third edition, chapter 14.
    """
    for count, at_risk in ((events, time), (reference_events, reference_time)):
        _refuse_counts(count, at_risk)
    _refuse_zero(events, reference_events)
    ratio = (events / time) / (reference_events / reference_time)
    return around_log(log(ratio), sqrt(1 / events + 1 / reference_events), normal_quantile(level))


def rate_difference(
    events: float,
    time: float,
    reference_events: float,
    reference_time: float,
    per: float = 1000.0,
    level: float = 0.95,
) -> Estimate:
    """Return a rate minus a reference rate, for `per` units of time.

    Parameters
    ----------
    events, time, reference_events, reference_time, level
        As in `rate_ratio`; one count may be 0.
    per
        The difference is given for this much time.

    Raises
    ------
    ValueError
        If a count is negative, both are 0 (the interval would then have no width), a time is not
        positive, or `level` is outside 0 to 1.

    Notes
    -----
    Wald interval: Rothman, Greenland and Lash (2008), Modern Epidemiology, chapter 14.
    """
    for count, at_risk in ((events, time), (reference_events, reference_time)):
        _refuse_counts(count, at_risk)
    if not (events or reference_events):
        raise ValueError(
            "got no event on either side, so the interval would have no width; give each rate "
            "with its own interval"
        )
    difference = per * (events / time - reference_events / reference_time)
    error = per * hypot(sqrt(events) / time, sqrt(reference_events) / reference_time)
    reach = normal_quantile(level) * error
    return Estimate(difference, difference - reach, difference + reach)


def risk_ratio(
    events: float, n: float, reference_events: float, reference_n: float, level: float = 0.95
) -> Estimate:
    """Return a risk divided by a reference risk.

    Parameters
    ----------
    events, n
        How many had the event, out of how many, in the group in question.
    reference_events, reference_n
        The same in the group that it is held against.
    level
        Confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        If a count is not positive or exceeds its `n`, everybody had the event on both sides (the
        interval would then have no width), or `level` is outside 0 to 1.

    Notes
    -----
    Katz D and others (1978), Biometrics 34:469–474 (logarithmic interval).
    """
    for count, people in ((events, n), (reference_events, reference_n)):
        _refuse_counts(count, people, most=people)
    _refuse_zero(events, reference_events)
    if events == n and reference_events == reference_n:
        raise ValueError(
            "got everybody with the event on both sides, so the interval would have no width; "
            "take the difference"
        )
    ratio = (events / n) / (reference_events / reference_n)
    error = sqrt(1 / events - 1 / n + 1 / reference_events - 1 / reference_n)
    return around_log(log(ratio), error, normal_quantile(level))


def risk_difference(
    events: int, n: int, reference_events: int, reference_n: int, level: float = 0.95
) -> Estimate:
    """Return a risk minus a reference risk, as a share between −1 and 1.

    Parameters
    ----------
    events, n, reference_events, reference_n, level
        As in `risk_ratio`; counts of 0 are allowed.

    Raises
    ------
    ValueError
        If a count is negative or exceeds its `n`, or `level` is outside 0 to 1.

    Notes
    -----
    Newcombe RG (1998), Statistics in Medicine 17:873–890, method 10: Wilson's limits of the two
    risks, put together.
    """
    risks = []
    for count, people in ((events, n), (reference_events, reference_n)):
        _refuse_counts(count, people, most=people)
        risks.append((count / people, *wilson_interval(count, people, level)))
    (risk, low, high), (reference, reference_low, reference_high) = risks
    difference = risk - reference
    return Estimate(
        difference,
        difference - hypot(risk - low, reference_high - reference),
        difference + hypot(high - risk, reference - reference_low),
    )


def around_log(log_ratio: float, error: float, reach: float) -> Estimate:
    """Return a ratio with an interval that is symmetric on the log scale.

    Parameters
    ----------
    log_ratio
        Natural logarithm of the ratio.
    error
        Its standard error.
    reach
        How many standard errors the interval reaches to each side.
    """
    return Estimate(exp(log_ratio), exp(log_ratio - reach * error), exp(log_ratio + reach * error))


def _refuse_counts(events: float, at_risk: float, most: float | None = None) -> None:
    """Refuse blanks, negative counts, nobody or no time at risk, and more events than people."""
    if not isfinite(events) or not isfinite(at_risk):
        raise ValueError(f"got {events} events of {at_risk}; both must be numbers, not blank")
    if at_risk <= 0:
        raise ValueError(f"got {at_risk} as time or people at risk; it must be more than 0")
    if events < 0 or (most is not None and events > most):
        limit = "" if most is None else f" and at most {most}"
        raise ValueError(f"got {events} events; there must be at least 0{limit}")


def _refuse_zero(events: float, reference_events: float) -> None:
    """Refuse a ratio where one side has no event."""
    if not (events and reference_events):
        raise ValueError(
            f"got {events} and {reference_events} events; a ratio needs at least one on each "
            "side; take the difference, or a longer time"
        )
