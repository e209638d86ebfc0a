"""Deaths after surgery in forty hospitals over five years.

Most hospitals do exactly as well as their patients' risk predicts. Three do not, one gets
better, and one has many deaths only because it takes the sickest patients.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.data.simulate.hospital_group import hospital_ids
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

HOSPITALS = 40
MONTHS = 60
RAISED = ("H08", "H17", "H31")
RAISED_RATIO = 1.35
IMPROVING = "H21"
IMPROVING_FIRST, IMPROVING_LAST = 1.40, 0.60
SICKEST = "H04"
SICKEST_RISK = 0.060
USUAL_RISK = 0.025
RISK_SPREAD = 0.25
MONTH_RISK_SPREAD = 0.06
# hospital: operations a month, mean risk; the others are drawn
FIXED = {
    "H08": (230.0, 0.020),
    "H17": (260.0, 0.019),
    "H31": (215.0, 0.021),
    IMPROVING: (220.0, 0.024),
    SICKEST: (120.0, SICKEST_RISK),
}

Numbers = npt.NDArray[np.float64]


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row for each hospital and month.

    Returns
    -------
    pandas.DataFrame
        Columns ``hospital`` (``"H01"`` to ``"H24"`` the group's, the rest neighbours), ``month``
        (1 to 60), ``operations``, ``mean_risk`` (predicted risk of death of that month's
        patients), ``expected_deaths`` and ``observed_deaths``.
    """
    hospital = np.array(hospital_ids(HOSPITALS), dtype=object)
    volume, risk = _volume_and_risk(rng, hospital)
    operations = 1 + rng.poisson(np.repeat(volume, MONTHS))
    wobble = np.exp(MONTH_RISK_SPREAD * rng.standard_normal(HOSPITALS * MONTHS))
    mean_risk = np.round(np.repeat(risk, MONTHS) * wobble, 4)
    return pd.DataFrame(
        {
            "hospital": np.repeat(hospital, MONTHS),
            "month": np.tile(np.arange(1, MONTHS + 1), HOSPITALS),
            "operations": operations,
            "mean_risk": mean_risk,
            "expected_deaths": np.round(operations * mean_risk, 3),
            "observed_deaths": rng.binomial(operations, mean_risk * _true_ratio(hospital)),
        }
    )


def _volume_and_risk(
    rng: np.random.Generator, hospital: npt.NDArray[np.object_]
) -> tuple[Numbers, Numbers]:
    volume = 60 + 140 * rng.random(HOSPITALS)
    risk = USUAL_RISK * np.exp(RISK_SPREAD * rng.standard_normal(HOSPITALS))
    for name, (operations, mean_risk) in FIXED.items():
        volume[hospital == name], risk[hospital == name] = operations, mean_risk
    return volume, risk


def _true_ratio(hospital: npt.NDArray[np.object_]) -> Numbers:
    """Standardised mortality ratio by hospital and month."""
    ratio = np.ones((HOSPITALS, MONTHS))
    ratio[np.isin(hospital, RAISED)] = RAISED_RATIO
    step = (IMPROVING_LAST - IMPROVING_FIRST) / (MONTHS - 1)
    ratio[hospital == IMPROVING] = IMPROVING_FIRST + step * np.arange(MONTHS)
    flat: Numbers = ratio.ravel()
    return flat


SIMULATION = Simulation(
    name="surgery_outcomes",
    seed=20260103,
    story=(
        "Forty hospitals, the group's 24 and 16 neighbours, count deaths after surgery month by "
        "month beside the number that their patients' risk predicts. The table teaches "
        "standardised ratios, funnel limits and the CUSUM chart, and why a league table of crude "
        "rates points at the wrong doors."
    ),
    naive=(
        "Ranking hospitals by deaths per operation puts those with the sickest patients on top "
        "and hides the three whose mortality is truly raised."
    ),
    sound=(
        "Compare observed with expected deaths in a funnel with limits at 99.8 per cent, and "
        "follow each hospital over time with a risk-adjusted CUSUM."
    ),
    parameters=(
        Parameter(
            "raised_ratio",
            RAISED_RATIO,
            "standardised mortality ratio",
            f"True ratio of observed to expected deaths in {', '.join(RAISED)}, in every month.",
        ),
        Parameter(
            "usual_ratio",
            1.0,
            "standardised mortality ratio",
            f"True ratio in all hospitals but {', '.join(RAISED)} and {IMPROVING}.",
        ),
        Parameter(
            "improving_first",
            IMPROVING_FIRST,
            "standardised mortality ratio",
            f"True ratio of {IMPROVING} in month 1; it falls in a straight line.",
        ),
        Parameter(
            "improving_last",
            IMPROVING_LAST,
            "standardised mortality ratio",
            f"True ratio of {IMPROVING} in month 60, so that its five years average one.",
        ),
        Parameter(
            "sickest_risk",
            SICKEST_RISK,
            "risk of death",
            f"Usual predicted risk of the patients of {SICKEST}, whose true ratio is one.",
        ),
        Parameter(
            "usual_risk",
            USUAL_RISK,
            "risk of death",
            "Median predicted risk among the other hospitals.",
        ),
    ),
    arrows=(
        Arrow("case mix", "mean_risk", hidden=True),
        Arrow("mean_risk", "expected_deaths"),
        Arrow("operations", "expected_deaths"),
        Arrow("expected_deaths", "observed_deaths"),
        Arrow("hospital", "mean_risk"),
        Arrow("hospital", "operations"),
        Arrow("quality of surgery", "observed_deaths", hidden=True),
    ),
    make=make,
)
