"""Three years of unit months: what staff feel, what is counted, and at which level they meet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.data.simulate.draws import standard
from carebook.data.simulate.hospital_group import UNITS, units
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

MONTHS = 36
RESOURCES_ON_ENGAGEMENT = 0.25
RESOURCES_ON_MORTALITY = -0.04
ENGAGEMENT_BETWEEN = 0.37  # standard deviation between units apart from resources
ENGAGEMENT_WITHIN = 0.25  # standard deviation from month to month
DEPRESSION_ON_ERRORS = 0.02  # log rate per percentage point
BURNOUT_ON_REPORTING = 0.025  # log rate per point of 100
# Covariance over variance of the units' means; the last term is what 36 months leave of the noise.
BETWEEN_SLOPE = (RESOURCES_ON_ENGAGEMENT * RESOURCES_ON_MORTALITY) / (
    RESOURCES_ON_ENGAGEMENT**2 + ENGAGEMENT_BETWEEN**2 + ENGAGEMENT_WITHIN**2 / MONTHS
)


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return 150 units times 36 months, units in order and months in order within them."""
    unit = np.repeat(np.arange(UNITS), MONTHS)
    resources = standard(rng.standard_normal(UNITS))[unit]
    strain_unit = standard(rng.standard_normal(UNITS))[unit]
    strain_month = rng.standard_normal(UNITS * MONTHS)
    feelings = _feelings(rng, unit, resources, strain_unit, strain_month)
    group = units()
    table = pd.DataFrame(
        {
            "unit": group["unit"].to_numpy()[unit],
            "hospital": group["hospital"].to_numpy()[unit],
            "month": np.tile(np.arange(1, MONTHS + 1), UNITS),
            **feelings,
        }
    )
    burnout, depression = feelings["burnout"], feelings["depression"]
    patient_days = rng.poisson(np.round(rng.uniform(450.0, 900.0, UNITS))[unit])
    rate = 0.010 * np.exp(
        DEPRESSION_ON_ERRORS * (depression - 15.0)
        + 0.10 * standard(rng.standard_normal(UNITS))[unit]
    )
    reporting = 0.6 * np.exp(
        BURNOUT_ON_REPORTING * (burnout - 45.0) + 0.15 * standard(rng.standard_normal(UNITS))[unit]
    )
    table["patient_days"] = patient_days
    table["reported_errors"] = rng.poisson(patient_days * rate * reporting)
    table["observed_errors"] = rng.poisson(patient_days * rate)
    experience = 8.0 + 0.20 * resources - 0.02 * (burnout - 45.0)
    noise = rng.standard_normal(len(table))
    table["experience"] = np.round(np.clip(experience + 0.35 * noise, 0.0, 10.0), 2)
    mortality = (
        1.0
        + RESOURCES_ON_MORTALITY * resources
        + 0.055 * standard(rng.standard_normal(UNITS))[unit]
        + 0.12 * rng.standard_normal(len(table))
    )
    table["mortality_ratio"] = np.round(mortality, 3)
    return table


def _feelings(
    rng: np.random.Generator,
    unit: np.ndarray,
    resources: np.ndarray,
    strain_unit: np.ndarray,
    strain_month: np.ndarray,
) -> dict[str, np.ndarray]:
    """Return staffing, engagement, burnout and depression of every unit month, rounded."""

    def between() -> np.ndarray:
        return standard(rng.standard_normal(UNITS))[unit]

    def within() -> np.ndarray:
        return rng.standard_normal(len(unit))

    engagement = (
        6.9
        + RESOURCES_ON_ENGAGEMENT * resources
        + ENGAGEMENT_BETWEEN * standard(0.8 * between() - 0.6 * strain_unit)
        + ENGAGEMENT_WITHIN * (0.8 * within() - 0.6 * strain_month)
    )
    staffing = 93.0 + 3.0 * resources + 2.0 * between() + 3.0 * within()
    burnout = (
        45.0
        - 0.3 * (staffing - 93.0)
        + 4.0 * strain_unit
        + 2.0 * between()
        + 3.0 * strain_month
        + 2.0 * within()
    )
    depression = 15.0 + 2.8 * strain_unit + 1.6 * between() + 2.2 * strain_month + 1.6 * within()
    return {
        "engagement": np.round(np.clip(engagement, 0.0, 10.0), 2),
        "burnout": np.round(np.clip(burnout, 0.0, 100.0), 1),
        "depression": np.round(np.clip(depression, 0.0, 100.0), 1),
        "staffing": np.round(np.clip(staffing, 50.0, 130.0), 1),
    }


SIMULATION = Simulation(
    name="ward_months",
    seed=201,
    story=(
        "150 units are followed for 36 months. Units with more resources have both more engaged "
        "staff and a lower mortality ratio, yet a month of higher engagement in a unit changes "
        "nothing. Errors are counted twice: by staff who report them and by trained observers."
    ),
    naive=(
        "Pooling all unit months, engagement seems to lower mortality; and burnt-out units seem "
        "to make more observed errors, because depression goes with burnout."
    ),
    sound=(
        "Compare each unit with itself for engagement, and put depression into the model for "
        "errors; observed errors then no longer follow burnout, reported errors still do."
    ),
    parameters=(
        Parameter(
            "between_slope",
            round(BETWEEN_SLOPE, 4),
            "mortality ratio per point of engagement",
            "Slope of the units' mean mortality ratio on their mean engagement; resources make it.",
            ("badgett2022:engbetween",),
        ),
        Parameter(
            "within_slope",
            0.0,
            "mortality ratio per point of engagement",
            "Effect on a unit's mortality ratio of a month with higher engagement.",
            ("badgett2022:engwithin",),
        ),
        Parameter(
            "depression_on_observed_errors",
            DEPRESSION_ON_ERRORS,
            "log rate per percentage point",
            "Observed errors per patient-day, per point of staff with depressive symptoms.",
            ("brunsberg2019:depression", "iatroref2015:depr_rr"),
        ),
        Parameter(
            "burnout_on_observed_errors",
            0.0,
            "log rate per point of 100",
            "Observed errors per patient-day, per point of burnout at equal depression.",
            ("brunsberg2019:burnout", "fahrenkopf2008:burnt_out_rate"),
        ),
        Parameter(
            "burnout_on_reported_errors",
            BURNOUT_ON_REPORTING,
            "log rate per point of 100",
            "Reported errors per patient-day, per point of burnout at equal depression: "
            "burnt-out staff report more of the same errors.",
            ("hodkinson2022:safety",),
        ),
    ),
    arrows=(
        Arrow("resources", "engagement", hidden=True),
        Arrow("resources", "mortality_ratio", hidden=True),
        Arrow("resources", "staffing", hidden=True),
        Arrow("resources", "experience", hidden=True),
        Arrow("staffing", "burnout"),
        Arrow("strain", "engagement", hidden=True),
        Arrow("strain", "burnout", hidden=True),
        Arrow("strain", "depression", hidden=True),
        Arrow("depression", "errors made"),
        Arrow("patient_days", "errors made"),
        Arrow("errors made", "observed_errors", hidden=True),
        Arrow("errors made", "reported_errors", hidden=True),
        Arrow("burnout", "reported_errors"),
        Arrow("burnout", "experience"),
    ),
    make=make,
)
