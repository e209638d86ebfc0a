"""Time diaries of sixty clinicians: where a clinic day goes.

Each clinician writes down every task of two, three or four clinic days. Clinicians differ in
how they work, so the tasks of one clinician resemble each other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

CLINIC_MINUTES = 480.0
# task: share of clinic time, mean minutes of one entry, share of entries about a named patient
TASKS = {
    "face to face": (0.270, 18.0, 1.00),
    "record": (0.362, 22.0, 0.85),
    "inbox": (0.130, 13.0, 0.40),
    "phone": (0.050, 8.0, 0.70),
    "meeting": (0.090, 45.0, 0.00),
    "other": (0.098, 12.0, 0.00),
}
AFTER_HOURS_DAYS = 0.75
# task: minutes a day over all days, mean minutes of one entry
AFTER_HOURS = {"record": (60.0, 20.0), "inbox": (26.0, 13.0)}
# role: clinicians, share of clinic time that moves from the record to the patient
ROLES = {"consultant": (30, 0.0), "resident": (18, -0.03), "nurse": (12, 0.045)}
# Clinicians' own shares scatter around those of their role (Dirichlet distribution).
CONCENTRATION = 25.0
AFTER_HOURS_SPREAD = 0.35
MINUTE_SHAPE = 4.0
FIRST_MINUTE = 510
EVENING_MINUTE = 1080

Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row for each task that a clinician wrote down.

    Returns
    -------
    pandas.DataFrame
        Columns ``clinician``, ``role``, ``day``, ``start`` (minutes after midnight), ``task``,
        ``minutes``, ``about_patient`` and ``after_hours``, in the order in which things happened.
    """
    days = _clinician_days()
    entries = pd.concat([_clinic_entries(rng, days), _evening_entries(rng, days)])
    entries["order"] = rng.random(len(entries))
    entries = entries.sort_values(["row", "after_hours", "order"], kind="stable")
    entries["start"] = _starts(entries)
    table = entries.join(days, on="row").reset_index(drop=True)
    return table[
        ["clinician", "role", "day", "start", "task", "minutes", "about_patient", "after_hours"]
    ]


def _clinician_days() -> pd.DataFrame:
    clinicians = sum(count for count, _ in ROLES.values())
    number = np.arange(clinicians)
    role = np.repeat(np.array(list(ROLES), dtype=object), [r[0] for r in ROLES.values()])
    repeats = 2 + number % 3
    return pd.DataFrame(
        {
            "number": np.repeat(number, repeats),
            "clinician": np.repeat([f"C{n + 1:02d}" for n in number], repeats),
            "role": np.repeat(role, repeats),
            "day": np.concatenate([np.arange(1, count + 1) for count in repeats]),
        }
    )


def _shares(rng: np.random.Generator, days: pd.DataFrame) -> Numbers:
    """Each clinician's own shares of clinic time, one row a clinician and one column a task."""
    roles = days.drop_duplicates("number")["role"]
    shift = roles.map({role: moved for role, (_, moved) in ROLES.items()}).to_numpy(float)
    usual = np.tile([share for share, _, _ in TASKS.values()], (len(roles), 1))
    usual[:, list(TASKS).index("face to face")] += shift
    usual[:, list(TASKS).index("record")] -= shift
    drawn = rng.gamma(CONCENTRATION * usual)
    shares: Numbers = drawn / drawn.sum(axis=1, keepdims=True)
    return shares


def _minutes(rng: np.random.Generator, mean: float, size: int) -> Counts:
    """Whole minutes of at least one with the stated mean."""
    return 1 + rng.poisson(rng.gamma(MINUTE_SHAPE, (mean - 1) / MINUTE_SHAPE, size))


def _clinic_entries(rng: np.random.Generator, days: pd.DataFrame) -> pd.DataFrame:
    shares = _shares(rng, days)[days["number"].to_numpy()]
    parts = []
    for column, (task, (_, mean, about)) in enumerate(TASKS.items()):
        expected = CLINIC_MINUTES * shares[:, column] / mean
        parts.append(_entries(rng, task, expected, mean, about, after_hours=False))
    return pd.concat(parts)


def _evening_entries(rng: np.random.Generator, days: pd.DataFrame) -> pd.DataFrame:
    clinicians = int(days["number"].max()) + 1
    scatter = AFTER_HOURS_SPREAD * rng.standard_normal(clinicians)
    factor = np.exp(scatter - AFTER_HOURS_SPREAD**2 / 2)[days["number"].to_numpy()]
    works = rng.random(len(days)) < AFTER_HOURS_DAYS
    parts = []
    for task, (minutes, mean) in AFTER_HOURS.items():
        expected = minutes / mean * factor * works / AFTER_HOURS_DAYS
        about = TASKS[task][2]
        parts.append(_entries(rng, task, expected, mean, about, after_hours=True))
    return pd.concat(parts)


def _entries(
    rng: np.random.Generator,
    task: str,
    expected: Numbers,
    mean: float,
    about: float,
    *,
    after_hours: bool,
) -> pd.DataFrame:
    # Rounding up or down by chance keeps the mean and keeps days of a plausible length.
    entries = np.floor(expected + rng.random(len(expected))).astype(np.int64)
    row = np.repeat(np.arange(len(expected)), entries)
    return pd.DataFrame(
        {
            "row": row,
            "task": task,
            "minutes": _minutes(rng, mean, len(row)),
            "about_patient": rng.random(len(row)) < about,
            "after_hours": after_hours,
        }
    )


def _starts(entries: pd.DataFrame) -> Counts:
    """Minutes after midnight: tasks follow one another, the evening after a break."""
    minutes = entries["minutes"]
    before = minutes.groupby([entries["row"], entries["after_hours"]]).cumsum() - minutes
    clinic = minutes.where(~entries["after_hours"], 0).groupby(entries["row"]).transform("sum")
    evening = np.maximum(EVENING_MINUTE, FIRST_MINUTE + clinic + 30)
    begins = np.where(entries["after_hours"], evening, FIRST_MINUTE)
    return (before + begins).to_numpy(np.int64)


def _about_share() -> float:
    return round(sum(share * about for share, _, about in TASKS.values()), 4)


def _spread(task: str) -> float:
    """Standard deviation of a Dirichlet share between clinicians of one role."""
    share = TASKS[task][0]
    return round(float(np.sqrt(share * (1 - share) / (CONCENTRATION + 1))), 3)


SIMULATION = Simulation(
    name="clinic_days",
    seed=20260101,
    story=(
        "Sixty clinicians of the group keep a diary of two to four clinic days: every task, when "
        "it began and how long it took, and what they did in the evening. The table teaches "
        "shares of time, what counts as care, and why the tasks of one clinician are not "
        "independent."
    ),
    naive=(
        "Counting entries instead of minutes understates record time; treating tasks as "
        "independent makes the interval too narrow; averaging only over evenings with an entry "
        "overstates after-hours work."
    ),
    sound=(
        "Divide summed minutes by summed minutes, count days without evening work as zero, and "
        "draw whole clinicians in the bootstrap."
    ),
    parameters=(
        Parameter(
            "share_face_to_face",
            TASKS["face to face"][0],
            "share of clinic time",
            "Expected share of time in clinic hours spent face to face with a patient.",
            ("sinsky2016:face",),
        ),
        Parameter(
            "share_record",
            TASKS["record"][0],
            "share of clinic time",
            "Expected share of time in clinic hours spent on the record.",
        ),
        Parameter(
            "share_record_and_inbox",
            round(TASKS["record"][0] + TASKS["inbox"][0], 4),
            "share of clinic time",
            "Expected share of time in clinic hours spent on record and inbox together.",
            ("sinsky2016:ehr",),
        ),
        Parameter(
            "share_about_patient",
            _about_share(),
            "share of clinic time",
            "Expected share of time in clinic hours on tasks about a named patient, the broad "
            "definition of care.",
            ("toscano2020:direct",),
        ),
        Parameter(
            "after_hours_minutes",
            sum(minutes for minutes, _ in AFTER_HOURS.values()),
            "minutes a day",
            "Expected minutes of work after clinic hours, over all clinic days.",
            ("arndt2017:after",),
        ),
        Parameter(
            "after_hours_days",
            AFTER_HOURS_DAYS,
            "probability",
            "Chance that a clinic day is followed by any evening work.",
        ),
        Parameter(
            "resident_shift",
            ROLES["resident"][1],
            "share of clinic time",
            "Share that residents spend with patients beyond the overall share; taken from the "
            "record.",
        ),
        Parameter(
            "nurse_shift",
            ROLES["nurse"][1],
            "share of clinic time",
            "Share that nurses spend with patients beyond the overall share; taken from the "
            "record.",
        ),
        Parameter(
            "spread_face_to_face",
            _spread("face to face"),
            "standard deviation of a share",
            "How much consultants differ in their share of time face to face.",
        ),
        Parameter(
            "spread_after_hours",
            AFTER_HOURS_SPREAD,
            "standard deviation of the log",
            "How much clinicians differ in their evening work.",
        ),
    ),
    arrows=(
        Arrow("role", "task"),
        Arrow("way of working", "task", hidden=True),
        Arrow("way of working", "after_hours", hidden=True),
        Arrow("task", "minutes"),
        Arrow("task", "about_patient"),
        Arrow("after_hours", "start"),
        Arrow("minutes", "start"),
    ),
    make=make,
)
