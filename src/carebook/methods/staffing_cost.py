"""What a ratio of patients to nurses costs: hours of nursing, and a price for a death averted."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np

from carebook.methods.rates import Estimate

HOURS_A_DAY = 24.0


def extra_nurse_hours(patients_per_nurse: Any, fewer: float = 1.0) -> Any:
    """Return the nurse hours that each patient day costs more when nurses have fewer patients.

    Parameters
    ----------
    patients_per_nurse
        Patients for each nurse on duty now, the same by day and night; a number, column or array.
    fewer
        How many patients fewer each nurse is to have.

    Returns
    -------
    float, pandas.Series or numpy.ndarray
        Hours of nursing for each patient day.

    Raises
    ------
    ValueError
        If `fewer` is not positive, or somebody would be left with no patient.

    Notes
    -----
    A nurse on duty for each n patients all day and night gives each of them 24 / n hours. One
    patient fewer therefore costs 24 / (n − 1) − 24 / n, more the fewer patients there are. Where
    day and night differ, the mean ratio gives somewhat too few hours; work out the shifts apart.
    """
    if not fewer > 0:
        raise ValueError(f"fewer: got {fewer}; it must be more than 0")
    if not (np.asarray(patients_per_nurse, dtype=float) > fewer).all():
        raise ValueError(
            f"patients_per_nurse: one is blank or not above {fewer:g}, so that nobody would be "
            "left to care for"
        )
    return HOURS_A_DAY / (patients_per_nurse - fewer) - HOURS_A_DAY / patients_per_nurse


def cost_per_averted(cost: float, averted: Estimate) -> Estimate:
    """Return the cost of one death averted.

    Parameters
    ----------
    cost
        What the change costs altogether, in any currency.
    averted
        Deaths averted by it altogether, with the interval.

    Returns
    -------
    Estimate
        Cost of each death averted. The upper limit is infinite where the lower limit of deaths
        averted is 0 or less: the money may then buy nothing.

    Raises
    ------
    ValueError
        If `cost` is negative or no number, no death is averted by the estimate itself, a limit is
        blank, or the estimate lies outside its interval.

    Notes
    -----
    The cost is taken as known. Costs saved elsewhere, such as shorter stays, are for the caller
    to take off first.
    """
    if not 0 <= cost < inf:
        raise ValueError(f"cost: got {cost}; it must be 0 or more")
    if not averted.value > 0:
        raise ValueError(
            f"averted: got {averted.value:g} deaths; nothing is bought, so it has no price"
        )
    if not averted.low <= averted.value <= averted.high:
        raise ValueError(
            f"averted: got {averted.value:g} with the interval {averted.low:g} to "
            f"{averted.high:g}; a limit is blank, or the limits are exchanged"
        )
    high = cost / averted.low if averted.low > 0 else inf
    return Estimate(cost / averted.value, cost / averted.high, high)
