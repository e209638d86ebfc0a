"""A patient experience survey in which most units are alike and their patients are not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.data.simulate.draws import chance, standard
from carebook.data.simulate.hospital_group import UNITS, unit_ids
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

PATIENTS = 19_000
BETTER = ("U018", "U059", "U104")
WORSE = ("U033", "U078", "U127")
UNIT_EFFECT = 0.95  # points of 10 before answers are cut at 10
AGES = ("16-39", "40-59", "60-74", "75+")
AGE_EFFECT = (0.0, 0.30, 0.70, 0.90)  # points of 10
AGE_RESPONSE = (-0.80, -0.30, 0.25, 0.50)  # log odds
HEALTHS = ("poor", "fair", "good", "excellent")
HEALTH_EFFECT = (-1.30, -0.50, 0.0, 0.40)  # points of 10
FEMALE_EFFECT = -0.10  # points of 10
WEB_EFFECT = -0.20  # points of 10
ITEM_LEVEL = (0.5, 0.3, 0.2, 0.1, 0.0, 0.0, -0.1, -0.2, -0.3, -0.5)  # points of 10
ITEMS = tuple(f"item_{number}" for number in range(1, len(ITEM_LEVEL) + 1))


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return everybody who was sent the survey, ordered by unit."""
    table = complete(rng)
    table.insert(4, "responded", rng.random(PATIENTS) < table.pop("response_chance"))
    answers = table.columns[5:]
    table[answers] = table[answers].where(table["responded"])
    return table


def complete(rng: np.random.Generator) -> pd.DataFrame:
    """Return the answers of all patients, as if everybody replied, with ``response_chance``.

    True values without a closed form come from this table.
    """
    names = np.array(unit_ids())
    better, worse = np.isin(names, BETTER), np.isin(names, WORSE)
    special = better | worse
    unit = _unit_of_each_patient(rng, special)
    # The unusual units' patients hide them: the worse units have the easier case mix.
    mix = np.where(special, 1.6 * worse - 1.6 * better, standard(rng.standard_normal(UNITS)))
    age = _level(rng, (-1.1, -0.1, 0.9), 0.8 * mix[unit])
    health = _level(rng, (-1.6, -0.3, 1.5), 0.8 * mix[unit] - 0.25 * (age - 1.5))
    female = rng.random(PATIENTS) < 0.53
    web = rng.random(PATIENTS) < np.array([0.7, 0.6, 0.4, 0.2])[age]
    score = (
        7.0
        + np.array(AGE_EFFECT)[age]
        + np.array(HEALTH_EFFECT)[health]
        + FEMALE_EFFECT * female
        + WEB_EFFECT * web
        + UNIT_EFFECT * (better[unit].astype(int) - worse[unit])
        + 1.2 * rng.standard_normal(PATIENTS)
    )
    table = pd.DataFrame(
        {
            "unit": names[unit],
            "age_band": np.array(AGES)[age],
            "sex": np.where(female, "female", "male"),
            "contact": np.where(web, "web", "post"),
            "health": np.array(HEALTHS)[health],
        }
    )
    for item, level in zip(ITEMS, ITEM_LEVEL, strict=True):
        felt = score + level + 1.3 * rng.standard_normal(PATIENTS)
        table[item] = np.clip(np.round(felt), 0, 10).astype(int)
    table["response_chance"] = chance(
        -0.40 + np.array(AGE_RESPONSE)[age] + 0.10 * female - 0.30 * web
    )
    return table


def _unit_of_each_patient(rng: np.random.Generator, special: np.ndarray) -> np.ndarray:
    """Return unit numbers in order; units differ much in size, the unusual ones are not small."""
    size = np.exp(0.9 * rng.standard_normal(UNITS))
    size = np.where(special, 1.5, np.minimum(size, 5.0))
    return np.sort(np.searchsorted(np.cumsum(size) / size.sum(), rng.random(PATIENTS)))


def _level(
    rng: np.random.Generator, cuts: tuple[float, float, float], shift: np.ndarray
) -> np.ndarray:
    """Return a level from 0 to 3 for each patient; `shift` moves it upwards, in logits."""
    return np.searchsorted(cuts, shift + rng.logistic(size=PATIENTS))


SIMULATION = Simulation(
    name="experience_survey",
    seed=600,
    story=(
        "19,000 patients of 150 units are sent ten questions, each answered from 0 to 10. Older "
        "and healthier people report better experience and units differ in whom they treat; only "
        "six units truly differ. Units differ much in size, and under four in ten patients reply."
    ),
    naive=(
        "A league table of unit means puts small units and units with a hard case mix at the "
        "bottom and leaves the truly worse ones in the middle."
    ),
    sound=(
        "Adjust for age, health, sex and contact, and judge each unit against limits that widen "
        "as its number of replies falls."
    ),
    parameters=(
        Parameter(
            "better_units",
            0.90,
            "points of 10",
            f"{', '.join(BETTER)} against units alike, same case mix (mean of 200 groups).",
        ),
        Parameter(
            "worse_units",
            -0.89,
            "points of 10",
            f"{', '.join(WORSE)} against units alike, same case mix (mean of 200 groups).",
        ),
        Parameter(
            "oldest_minus_youngest",
            0.85,
            "points of 10",
            "Mean of ten items, age 75 and over minus 16 to 39, same health, sex, contact, unit "
            "(mean of 200 groups).",
        ),
        Parameter(
            "poor_minus_good_health",
            -1.25,
            "points of 10",
            "Mean of ten items, poor minus good health, same age, sex, contact and unit "
            "(mean of 200 groups).",
        ),
        Parameter("units_alike", 144.0, "units", "Units whose true effect is exactly zero."),
        Parameter("response", 37.5, "percent", "Expected share of patients who reply."),
    ),
    arrows=(
        Arrow("unit", "age_band"),
        Arrow("unit", "health"),
        Arrow("age_band", "health"),
        Arrow("age_band", "contact"),
        Arrow("age_band", "items"),
        Arrow("health", "items"),
        Arrow("sex", "items"),
        Arrow("contact", "items"),
        Arrow("unit", "items"),
        Arrow("age_band", "responded"),
        Arrow("sex", "responded"),
        Arrow("contact", "responded"),
    ),
    make=make,
)
