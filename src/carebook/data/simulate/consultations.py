"""Consultations of people with type 2 diabetes: continuity, empathy by three raters, HbA1c."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.data.simulate.draws import standard
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

CLINICIANS = 200
PATIENTS_EACH = 40
EMPATHY_SPREAD = 10.0  # points of 100, true empathy over all consultations
EMPATHY_ON_HBA1C = -0.005  # percentage points of HbA1c per point of empathy
CONTINUITY_ON_HBA1C = -0.20  # percentage points of HbA1c from no continuity to full
BASELINE_ON_HBA1C = 0.65
ILLNESS_ON_RATING = -3.0  # points of rating per percentage point of baseline HbA1c
OBSERVER_NOISE = 5.0  # points
PATIENT_NOISE = 14.0  # points
OBSERVER_RELIABILITY = EMPATHY_SPREAD**2 / (EMPATHY_SPREAD**2 + OBSERVER_NOISE**2)
PATIENT_RELIABILITY = EMPATHY_SPREAD**2 / (EMPATHY_SPREAD**2 + PATIENT_NOISE**2)


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return 8,000 patients, one consultation each, ordered by clinician."""
    rows = CLINICIANS * PATIENTS_EACH
    clinician = np.repeat(np.arange(CLINICIANS), PATIENTS_EACH)
    habit = standard(rng.standard_normal(CLINICIANS))
    empathy = EMPATHY_SPREAD * (0.6 * habit[clinician] + 0.8 * rng.standard_normal(rows))
    age = np.clip(np.round(63.0 + 12.0 * rng.standard_normal(rows), 0), 25, 95)
    baseline = np.clip(7.8 - 0.01 * (age - 63.0) + 1.2 * rng.standard_normal(rows), 5.0, 13.0)
    baseline = baseline.round(1)
    continuity = 0.58 + 0.03 * (baseline - 7.8) + 0.23 * rng.standard_normal(rows)
    continuity = np.clip(continuity, 0.0, 1.0).round(2)
    hba1c = (
        7.6
        + BASELINE_ON_HBA1C * (baseline - 7.8)
        + EMPATHY_ON_HBA1C * empathy
        + CONTINUITY_ON_HBA1C * (continuity - 0.58)
        + 0.10 * standard(rng.standard_normal(CLINICIANS))[clinician]
        + 0.80 * rng.standard_normal(rows)
    )
    by_patient = 68.0 + empathy + ILLNESS_ON_RATING * (baseline - 7.8)
    by_self = 74.0 + 3.0 * habit + 8.0 * standard(rng.standard_normal(CLINICIANS))
    return pd.DataFrame(
        {
            "patient": [f"P{number:04d}" for number in range(1, rows + 1)],
            "clinician": [f"C{number + 1:03d}" for number in clinician],
            "age": age.astype(int),
            "continuity": continuity,
            "empathy_patient": _rating(by_patient + PATIENT_NOISE * rng.standard_normal(rows)),
            "empathy_observer": _rating(
                60.0 + empathy + OBSERVER_NOISE * rng.standard_normal(rows)
            ),
            "empathy_self": _rating(by_self)[clinician],
            "baseline_hba1c": baseline,
            "hba1c": np.round(hba1c, 1),
        }
    )


def _rating(points: np.ndarray) -> np.ndarray:
    """Return whole points between 0 and 100."""
    return np.clip(np.round(points), 0, 100).astype(int)


SIMULATION = Simulation(
    name="consultations",
    seed=400,
    story=(
        "200 clinicians each see 40 people with type 2 diabetes. The empathy of one consultation "
        "is rated by the patient, by a trained observer and, once, by the clinician; a year later "
        "HbA1c is measured. Empathy and continuity help a little. People whose diabetes is worse "
        "rate the same consultation lower."
    ),
    naive=(
        "The slope of HbA1c on the patient's rating mixes empathy with how ill the patient was "
        "and makes the effect look many times larger; adjusted, it is diluted by rating error."
    ),
    sound=(
        "Use the trained observer's rating, adjust for baseline HbA1c, continuity and age, divide "
        "the slope by the observer's reliability, and let errors be alike within a clinician."
    ),
    parameters=(
        Parameter(
            "empathy_on_hba1c",
            EMPATHY_ON_HBA1C,
            "percentage points of HbA1c per point of 100",
            "Effect of one point of true empathy on HbA1c a year later.",
            ("chaitoff2019:a1c",),
        ),
        Parameter(
            "continuity_on_hba1c",
            CONTINUITY_ON_HBA1C,
            "percentage points of HbA1c from 0 to 1",
            "Effect of seeing always the usual doctor rather than never; its size is invented.",
        ),
        Parameter(
            "illness_on_rating",
            ILLNESS_ON_RATING,
            "points of 100 per percentage point of HbA1c",
            "How much lower a patient with higher baseline HbA1c rates the same consultation.",
        ),
        Parameter(
            "observer_reliability",
            round(OBSERVER_RELIABILITY, 3),
            "share of variance",
            "Share of the observer's ratings that is true empathy.",
        ),
        Parameter(
            "patient_reliability",
            round(PATIENT_RELIABILITY, 3),
            "share of variance",
            "Share of patients' ratings that is true empathy, at equal baseline HbA1c.",
        ),
    ),
    arrows=(
        Arrow("empathy", "empathy_patient", hidden=True),
        Arrow("empathy", "empathy_observer", hidden=True),
        Arrow("clinician", "empathy"),
        Arrow("clinician", "empathy_self"),
        Arrow("empathy", "hba1c", hidden=True),
        Arrow("age", "baseline_hba1c"),
        Arrow("baseline_hba1c", "hba1c"),
        Arrow("baseline_hba1c", "empathy_patient"),
        Arrow("baseline_hba1c", "continuity"),
        Arrow("continuity", "hba1c"),
        Arrow("clinician", "hba1c"),
    ),
    make=make,
)
