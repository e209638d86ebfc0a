"""A trial that gives whole units, by lot, a monthly hour in which leaders listen and act."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.data.simulate.draws import chance
from carebook.data.simulate.hospital_group import unit_ids
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

UNITS_IN_TRIAL = 48
ROLES = ("doctor", "nurse", "allied health", "healthcare assistant")
ROLE_SHARE = (0.15, 0.45, 0.18, 0.22)
EFFECT = -3.0  # points of 100
SPREAD = 17.0  # points of 100, total standard deviation of a score
ICC = 0.05
KEPT_BY_PERSON = 0.6  # correlation of one person's score over a year, within units
KEPT_BY_UNIT = 0.3  # correlation of a unit's own level over a year


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row for each member of staff at baseline, ordered by unit."""
    chosen = np.sort(rng.permutation(len(unit_ids()))[:UNITS_IN_TRIAL])
    listening = np.argsort(rng.random(UNITS_IN_TRIAL), kind="stable") < UNITS_IN_TRIAL // 2
    unit = np.repeat(np.arange(UNITS_IN_TRIAL), rng.integers(20, 31, UNITS_IN_TRIAL))
    role = np.searchsorted(np.cumsum(ROLE_SHARE)[:-1], rng.random(len(unit)), side="right")
    units_before, units_after = _pair(rng, UNITS_IN_TRIAL, KEPT_BY_UNIT)
    before, after = _pair(rng, len(unit), KEPT_BY_PERSON)
    between, within = SPREAD * ICC**0.5, SPREAD * (1.0 - ICC) ** 0.5
    baseline = 46.0 + between * units_before[unit] + within * before
    later = 46.0 + EFFECT * listening[unit] + between * units_after[unit] + within * after
    # Tired people are lost more often, alike in both arms.
    lost = rng.random(len(unit)) < chance(-2.1 + 0.02 * (baseline - 46.0))
    return pd.DataFrame(
        {
            "staff": [f"T{number:04d}" for number in range(1, len(unit) + 1)],
            "unit": np.array(unit_ids())[chosen][unit],
            "arm": np.where(listening, "listening", "usual")[unit],
            "role": np.array(ROLES)[role],
            "baseline_burnout": np.round(np.clip(baseline, 0.0, 100.0), 1),
            "lost": lost,
            "burnout_12_months": np.where(lost, np.nan, np.round(np.clip(later, 0.0, 100.0), 1)),
        }
    )


def _pair(rng: np.random.Generator, size: int, kept: float) -> tuple[np.ndarray, np.ndarray]:
    """Return two standard normal columns with correlation `kept`."""
    first = rng.standard_normal(size)
    return first, kept * first + (1.0 - kept**2) ** 0.5 * rng.standard_normal(size)


SIMULATION = Simulation(
    name="listening_trial",
    seed=501,
    story=(
        "48 units are drawn by lot to a monthly listening hour whose results the unit may act on, "
        "or to care as usual. Burnout is scored before and after 12 months. People of one unit "
        "resemble each other, and some are lost before the end."
    ),
    naive=(
        "A regression that treats 1,000 people as 1,000 independent answers, although 48 units "
        "were drawn, has an interval that is too narrow and misses the truth too often."
    ),
    sound=(
        "Compare the arms on unit means adjusted for the unit's mean at baseline, with as many "
        "degrees of freedom as there are units."
    ),
    parameters=(
        Parameter(
            "effect",
            EFFECT,
            "points of 100",
            "Burnout after 12 months, listening minus usual; smaller than the pooled trials.",
            ("panagioti2017",),
        ),
        Parameter(
            "icc",
            ICC,
            "share of variance",
            "Intraclass correlation of burnout scores within units at either time.",
        ),
        Parameter("spread", SPREAD, "points of 100", "Standard deviation of burnout scores."),
        Parameter(
            "kept_by_person",
            KEPT_BY_PERSON,
            "correlation",
            "Correlation over 12 months of one person's score within the unit.",
        ),
    ),
    arrows=(
        Arrow("lot", "arm", hidden=True),
        Arrow("arm", "burnout_12_months"),
        Arrow("unit", "baseline_burnout"),
        Arrow("unit", "burnout_12_months"),
        Arrow("baseline_burnout", "burnout_12_months"),
        Arrow("baseline_burnout", "lost"),
    ),
    make=make,
)
