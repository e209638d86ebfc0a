"""Bloodstream infections in sixty units, some of which join a programme after a bad spell.

Three things make the rate fall: a trend that all units share, the end of a bad spell, and the
programme. A before–after comparison adds them up and credits the programme with all of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.data.simulate.hospital_group import units
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

UNITS = 60
KINDS = ("medical ward", "surgical ward", "emergency", "intensive care")
JOINERS = 24
MONTHS = 36
SPELL_MONTHS = 6
WINDOW_FIRST, WINDOW_LAST = 13, 18
START_MONTHS = (19, 21, 23)
FIRST_RATE = 3.7
MONTHLY_RATIO = 0.97
PROGRAMME_RATIO = 0.90
UNIT_SPREAD = 0.30
SPELL_SPREAD = 0.25
LINE_DAYS = 450.0
LINE_DAYS_SPREAD = 0.35

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row for each unit and month.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit``, ``month`` (1 to 36), ``line_days``, ``infections`` and
        ``programme_start`` (month, missing for units that never join).
    """
    month = np.arange(1, MONTHS + 1)
    line_days, usual_rate = _line_days(rng), _usual_rate(rng, month)
    before = rng.poisson(usual_rate * line_days)
    start = _programme_start(before, line_days)
    running = month[None, :] >= start[:, None]
    # Months under the programme are drawn afresh at the lower rate; the others stay as they were,
    # so that the choice of joiners rests on the infections a reader sees.
    after = rng.poisson(usual_rate * PROGRAMME_RATIO * line_days)
    joined = pd.Series(np.repeat(start, MONTHS), dtype="Int64")
    return pd.DataFrame(
        {
            "unit": np.repeat(_units(), MONTHS),
            "month": np.tile(month, UNITS),
            "line_days": line_days.ravel(),
            "infections": np.where(running, after, before).ravel(),
            "programme_start": joined.where(joined <= MONTHS),
        }
    )


def _units() -> list[str]:
    """Units of the group that use central lines."""
    group = units()
    return group.loc[group["kind"].isin(KINDS), "unit"].head(UNITS).tolist()


def _line_days(rng: np.random.Generator) -> Counts:
    usual = LINE_DAYS * np.exp(LINE_DAYS_SPREAD * rng.standard_normal(UNITS))
    return 20 + rng.poisson(np.repeat(usual[:, None], MONTHS, axis=1))


def _usual_rate(rng: np.random.Generator, month: Counts) -> Numbers:
    """Infections a line day without the programme, by unit and month."""
    unit = UNIT_SPREAD * rng.standard_normal(UNITS) - UNIT_SPREAD**2 / 2
    spell = SPELL_SPREAD * rng.standard_normal((UNITS, MONTHS // SPELL_MONTHS))
    spell = np.repeat(spell - SPELL_SPREAD**2 / 2, SPELL_MONTHS, axis=1)
    trend = np.log(MONTHLY_RATIO) * (month - 1)
    rate: Numbers = FIRST_RATE / 1000 * np.exp(unit[:, None] + spell + trend[None, :])
    return rate


def _programme_start(infections: Counts, line_days: Counts) -> Counts:
    """Start month by unit: the worst of months 13 to 18 join, and after month 36 means never."""
    window = slice(WINDOW_FIRST - 1, WINDOW_LAST)
    rate = infections[:, window].sum(axis=1) / line_days[:, window].sum(axis=1)
    start = np.full(UNITS, MONTHS + 1)
    worst = np.argsort(-rate, kind="stable")[:JOINERS]
    start[worst] = np.array(START_MONTHS)[np.arange(JOINERS) % len(START_MONTHS)]
    return start


SIMULATION = Simulation(
    name="infection_months",
    # A run whose estimate lies near the truth, so that the steps of the lesson can be seen.
    seed=20260130,
    story=(
        "Sixty units count bloodstream infections for three years while rates fall everywhere. "
        "After month 18 the 24 units with the highest rate in months 13 to 18 join a programme, "
        "in three steps. The table teaches secular trend, regression to the mean, and what a "
        "control group is for."
    ),
    naive=(
        "Comparing joiners before and after credits the programme with the trend and with the "
        "end of their bad spell; adding controls but taking months 13 to 18 as the time before "
        "still credits it with the bad spell."
    ),
    sound=(
        "Poisson regression of infections on line days with unit and month effects, leaving out "
        "months 13 to 18 by which joiners were chosen, with errors clustered by unit. The "
        "interval is wide and reaches one: sixty units are few."
    ),
    parameters=(
        Parameter(
            "programme_ratio",
            PROGRAMME_RATIO,
            "rate ratio",
            "Infections per line day with the programme divided by those without it.",
        ),
        Parameter(
            "monthly_ratio",
            MONTHLY_RATIO,
            "rate ratio per month",
            "Rate of one month divided by the rate of the month before, in every unit.",
            ("bion2013:first", "bion2013:last"),
        ),
        Parameter(
            "first_rate",
            FIRST_RATE,
            "infections per 1,000 line days",
            "Mean rate in month 1.",
            ("bion2013:first",),
        ),
        Parameter(
            "spell_spread",
            SPELL_SPREAD,
            "standard deviation of the log",
            "How much a unit's rate wanders from one half-year to the next; it makes the bad "
            "spells that pass by themselves.",
        ),
        Parameter(
            "unit_spread",
            UNIT_SPREAD,
            "standard deviation of the log",
            "How much units differ lastingly in their rate.",
        ),
        Parameter(
            "joining_units",
            float(JOINERS),
            "units",
            "Units that join: those with the highest rate in months 13 to 18.",
        ),
    ),
    arrows=(
        Arrow("month", "infections"),
        Arrow("unit", "infections"),
        Arrow("line_days", "infections"),
        Arrow("passing bad spell", "infections", hidden=True),
        Arrow("passing bad spell", "programme_start", hidden=True),
        Arrow("unit", "programme_start"),
        Arrow("programme_start", "infections"),
    ),
    make=make,
)
