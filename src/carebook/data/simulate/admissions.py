"""Forty thousand admissions: nurse staffing, how ill the patients are, and death in 30 days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.data.simulate.draws import chance, standard
from carebook.data.simulate.hospital_group import UNITS, units
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

ADMISSIONS = 40_000
PER_PATIENT = round(float(np.log(1.068)), 4)  # log odds, aiken2014:workload
PER_TEN_GRADUATES = round(float(np.log(0.929)), 4)  # log odds, aiken2014:education
TYPICAL_WORKLOAD = 8.0  # patients per nurse
TYPICAL_GRADUATES = 45.0  # percent
UNIT_SPREAD = 0.12  # standard deviation of log odds between units


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return the admissions, ordered by unit."""
    table, log_odds = expected(rng)
    table["died_30_days"] = rng.random(ADMISSIONS) < chance(log_odds)
    return table


def expected(rng: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the admissions before their outcome, and each one's true log odds of death."""
    share = rng.uniform(0.5, 1.5, UNITS)
    unit = np.sort(np.searchsorted(np.cumsum(share) / share.sum(), rng.random(ADMISSIONS)))
    acuity = standard(rng.standard_normal(UNITS))
    # Units with sicker patients are given more nurses: the confounding of this table.
    workload = TYPICAL_WORKLOAD - 1.0 * acuity + 1.2 * standard(rng.standard_normal(UNITS))
    workload = np.clip(workload, 3.0, 14.0).round(1)
    graduates = (
        TYPICAL_GRADUATES
        - 2.5 * (workload - TYPICAL_WORKLOAD)
        + 9.0 * standard(rng.standard_normal(UNITS))
    )
    graduates = np.clip(graduates, 5.0, 95.0).round()
    age = np.clip(np.round(68.0 + 15.0 * rng.standard_normal(ADMISSIONS), 0), 18, 99)
    risk = chance(
        -3.40 + 0.035 * (age - 68.0) + 0.30 * acuity[unit] + 0.75 * rng.standard_normal(ADMISSIONS)
    )
    percent = np.round(np.clip(100.0 * risk, 0.1, 95.0), 1)
    log_odds = (
        np.log(percent / (100.0 - percent))
        + PER_PATIENT * (workload[unit] - TYPICAL_WORKLOAD)
        + PER_TEN_GRADUATES * (graduates[unit] - TYPICAL_GRADUATES) / 10.0
        + UNIT_SPREAD * standard(rng.standard_normal(UNITS))[unit]
    )
    group = units()
    table = pd.DataFrame(
        {
            "unit": group["unit"].to_numpy()[unit],
            "hospital": group["hospital"].to_numpy()[unit],
            "age": age.astype(int),
            "predicted_risk": percent,
            "patients_per_nurse": workload[unit],
            "graduate_nurses": graduates[unit].astype(int),
        }
    )
    return table, log_odds


SIMULATION = Simulation(
    name="admissions",
    seed=300,
    story=(
        "40,000 adults are admitted to 150 units. More patients per nurse raise the odds of death "
        "and more graduate nurses lower them; but units with sicker patients are given more "
        "nurses, so that the plain comparison hides both. Patients of one unit share its luck."
    ),
    naive=(
        "The crude odds ratio per extra patient per nurse ignores how ill the patients are and "
        "makes thin staffing look harmless or even protective."
    ),
    sound=(
        "Logistic regression on staffing and graduate share with the log odds of predicted_risk "
        "in the model, and standard errors that know the unit."
    ),
    parameters=(
        Parameter(
            "per_extra_patient",
            PER_PATIENT,
            "log odds per extra patient per nurse",
            "Death in 30 days, at equal predicted risk and graduate share.",
            ("aiken2014:workload",),
        ),
        Parameter(
            "per_ten_points_graduates",
            PER_TEN_GRADUATES,
            "log odds per 10 percentage points",
            "Death in 30 days per 10 points more graduate nurses, at equal workload and risk.",
            ("aiken2014:education",),
        ),
        Parameter(
            "predicted_risk_slope",
            1.0,
            "log odds per log odds",
            "The predicted risk is right for a unit of usual staffing.",
        ),
        Parameter(
            "unit_spread",
            UNIT_SPREAD,
            "log odds",
            "Standard deviation between units that staffing and case mix do not explain.",
        ),
        Parameter(
            "deaths_avoided_per_thousand",
            2.72,
            "deaths per 1,000 admissions",
            "Fewer deaths if every nurse had one patient fewer (mean of 200 simulated groups).",
        ),
    ),
    arrows=(
        Arrow("illness", "predicted_risk", hidden=True),
        Arrow("illness", "died_30_days", hidden=True),
        Arrow("age", "predicted_risk"),
        Arrow("unit acuity", "illness", hidden=True),
        Arrow("unit acuity", "patients_per_nurse", hidden=True),
        Arrow("patients_per_nurse", "graduate_nurses"),
        Arrow("patients_per_nurse", "died_30_days"),
        Arrow("graduate_nurses", "died_30_days"),
        Arrow("unit", "died_30_days"),
    ),
    make=make,
)
