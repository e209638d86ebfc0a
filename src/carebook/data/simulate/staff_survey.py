"""Three waves of a staff survey with the Copenhagen Burnout Inventory, among 6,000 staff.

The inventory's wording belongs to its authors; the table holds answer codes only. Code 1 means
always, or to a very high degree; code 5 means never, or to a very low degree.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from carebook.data.simulate.draws import chance, standard
from carebook.data.simulate.hospital_group import HOSPITALS, UNITS, units
from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

STAFF = 6000
WAVES = 3
ROLES = ("doctor", "nurse", "allied health", "healthcare assistant", "administrative", "manager")
ROLE_SHARE = (0.13, 0.30, 0.13, 0.17, 0.21, 0.06)
ROLE_BURNOUT = (1.5, 5.0, 0.0, 3.5, -7.0, -7.0)  # points of 100
ROLE_RESPONSE = (-0.62, -0.55, 0.20, -0.75, 0.90, 1.25)  # log odds
ROLE_SEES_PATIENTS = (True, True, True, True, False, False)
TENURE_BANDS = (0, 2, 5, 10)  # first completed year of each band
TENURE_BURNOUT = (1.0, 4.0, 1.0, -4.0)  # points of 100
TENURE_RESPONSE = (-0.25, -0.45, -0.10, 0.50)  # log odds
TENURE_LEAVE = (0.4, 0.3, 0.0, -0.3)  # log odds
WAVE_BURNOUT = (0.0, 5.0, 3.0)  # points of 100
WAVE_RESPONSE = (0.08, -0.12, -0.26)  # log odds
SCALES = ("personal", "work", "client")
SCALE_LEVEL = (45.2, 41.0, 28.9)  # points of 100, before answers are cut into five codes
SCALE_WEIGHT = (0.9, 1.0, 0.7)  # how far causes of burnout reach each scale
ITEM_LEVEL = {
    "personal": (8.0, 2.0, 4.0, -2.0, -4.0, -8.0),
    "work": (9.0, 5.0, 3.0, -5.0, 2.0, -6.0, -8.0),
    "client": (4.0, 2.0, 0.0, 3.0, -3.0, -6.0),
}
ITEM_LOADING = {
    "personal": (1.15, 1.05, 1.10, 1.00, 0.95, 0.75),
    "work": (1.30, 1.25, 1.15, 0.65, 1.05, 0.95, 0.65),
    "client": (1.10, 1.05, 1.10, 1.00, 0.95, 0.80),
}
ITEM_NOISE = 15.0  # points of 100
REVERSED = ("work_4",)
ITEMS = tuple(f"{scale}_{n}" for scale in SCALES for n in range(1, len(ITEM_LEVEL[scale]) + 1))
LEAVE_PER_TEN_POINTS = 0.40  # log odds
LEAVE_PER_SAFETY_POINT = -0.35  # log odds


def make(rng: np.random.Generator) -> pd.DataFrame:
    """Return the survey as the hospital group holds it: with non-response and blank items."""
    table = complete(rng)
    burnout = table.pop("latent").to_numpy()
    table["days_to_answer"] = _days_to_answer(rng, burnout)
    table = _skip_items(rng, table, burnout)
    table.insert(6, "responded", rng.random(len(table)) < table.pop("response_chance"))
    table.insert(7, "days_to_answer", table.pop("days_to_answer"))
    answers = table.columns[7:]
    table[answers] = table[answers].where(table["responded"])
    return table


def complete(rng: np.random.Generator) -> pd.DataFrame:
    """Return what all 18,000 invitations would bring if everybody answered every item.

    The columns are those of the survey, with ``latent`` (burnout in standard deviations) and
    ``response_chance`` in addition. True values without a closed form come from this table.
    """
    table = _frame(rng)
    role = table["role"].map({name: n for n, name in enumerate(ROLES)}).to_numpy()
    band = np.searchsorted(TENURE_BANDS, table["tenure_years"].to_numpy(), side="right") - 1
    wave = table["wave"].to_numpy() - 1
    unit = table["unit"].str.slice(1).astype(int).to_numpy() - 1
    hospital = unit % HOSPITALS
    climate = standard(rng.standard_normal(UNITS))
    safety, leadership = _ratings(rng, climate[unit])
    causes = (
        np.array(ROLE_BURNOUT)[role]
        + np.array(TENURE_BURNOUT)[band]
        + np.array(WAVE_BURNOUT)[wave]
        + 4.1 * standard(rng.standard_normal(UNITS))[unit]
        + 2.6 * standard(rng.standard_normal(HOSPITALS))[hospital]
        - 2.6 * (safety - 4.8)
        - 0.11 * (leadership - 62.0)
    )
    shared = _person_and_wave(rng)
    scores = {}
    for number, scale in enumerate(SCALES):
        own = 0.87 * shared + 0.49 * _person_and_wave(rng)
        latent = SCALE_LEVEL[number] + SCALE_WEIGHT[number] * causes + 15.0 * own
        scores[scale] = _answer(rng, table, scale, latent)
    table["psychological_safety"] = np.round(safety, 1)
    table["leadership_score"] = leadership.astype(int)
    table["intends_to_leave"] = rng.random(len(table)) < _leaving(scores["work"], safety, band)
    table["latent"] = (causes + 15.0 * shared) / 17.0
    table["response_chance"] = chance(
        np.array(ROLE_RESPONSE)[role]
        + np.array(TENURE_RESPONSE)[band]
        + np.array(WAVE_RESPONSE)[wave]
        + 0.2 * standard(rng.standard_normal(HOSPITALS))[hospital]
    )
    return table


def _leaving(work: np.ndarray, safety: np.ndarray, band: np.ndarray) -> np.ndarray:
    """Return each person's chance of meaning to leave."""
    return chance(
        -1.55
        + LEAVE_PER_TEN_POINTS * (work - 42.0) / 10.0
        + LEAVE_PER_SAFETY_POINT * (safety - 4.8)
        + np.array(TENURE_LEAVE)[band]
    )


def _frame(rng: np.random.Generator) -> pd.DataFrame:
    """Return the invited staff, one row per member of staff and wave."""
    size = rng.uniform(0.6, 1.4, UNITS)
    unit = np.sort(np.searchsorted(np.cumsum(size) / size.sum(), rng.random(STAFF)))
    role = np.searchsorted(np.cumsum(ROLE_SHARE)[:-1], rng.random(STAFF), side="right")
    tenure = np.floor(np.minimum(rng.exponential(7.5, STAFF), 38.0)).astype(int)
    person = np.repeat(np.arange(STAFF), WAVES)
    wave = np.tile(np.arange(WAVES), STAFF)
    group = units()
    return pd.DataFrame(
        {
            "staff": [f"S{number + 1:04d}" for number in person],
            "wave": wave + 1,
            "unit": group["unit"].to_numpy()[unit[person]],
            "hospital": group["hospital"].to_numpy()[unit[person]],
            "role": np.array(ROLES)[role[person]],
            "tenure_years": tenure[person] + wave,
        }
    )


def _ratings(rng: np.random.Generator, climate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return psychological safety (1 to 7) and the leader's rating (0 to 100)."""
    shared = _person_and_wave(rng)
    safety = 4.8 + 0.35 * climate + 0.65 * shared + 0.85 * _person_and_wave(rng)
    leadership = 62.0 + 7.0 * climate + 9.0 * shared + 13.0 * _person_and_wave(rng)
    return np.round(np.clip(safety, 1.0, 7.0), 1), np.round(np.clip(leadership, 0.0, 100.0))


def _answer(
    rng: np.random.Generator, table: pd.DataFrame, scale: str, latent: np.ndarray
) -> np.ndarray:
    """Add the scale's answer codes to `table` and return its true score, 0 to 100."""
    middle = SCALE_LEVEL[SCALES.index(scale)]
    total = np.zeros(len(table))
    for number, (level, loading) in enumerate(
        zip(ITEM_LEVEL[scale], ITEM_LOADING[scale], strict=True), start=1
    ):
        noise = ITEM_NOISE * rng.standard_normal(len(table))
        felt = middle + level + loading * (latent - middle) + noise
        steps = np.clip(np.round(felt / 25.0), 0, 4).astype(int)
        item = f"{scale}_{number}"
        table[item] = steps + 1 if item in REVERSED else 5 - steps
        total += 25.0 * steps
    return total / len(ITEM_LEVEL[scale])


def _days_to_answer(rng: np.random.Generator, burnout: np.ndarray) -> np.ndarray:
    """Return days from invitation to answer; staff answer after a letter or a reminder."""
    place = rng.logistic(size=len(burnout)) + 0.25 * burnout
    letter = np.searchsorted([0.3, 1.5], place)
    wait = np.minimum(np.floor(rng.exponential(3.5, len(burnout))), 13)
    return (14 * letter + wait).astype(int)


def _skip_items(rng: np.random.Generator, table: pd.DataFrame, burnout: np.ndarray) -> pd.DataFrame:
    """Blank some items: a few at random, more when tired, client items without patients."""
    table = table.copy()
    sees = dict(zip(ROLES, ROLE_SEES_PATIENTS, strict=True))
    no_patients = ~table["role"].map(sees).to_numpy(dtype=bool)
    skips_clients = no_patients & (rng.random(len(table)) < 0.8)
    chance = 0.03 * np.clip(1.0 + 0.4 * burnout, 0.2, 3.0)
    for item in ITEMS:
        blank = rng.random(len(table)) < chance
        if item.startswith("client"):
            blank |= skips_clients
        table[item] = table[item].where(~blank)
    return table


def _person_and_wave(rng: np.random.Generator) -> np.ndarray:
    """Return standard normal values that one person partly keeps from wave to wave."""
    kept = np.repeat(rng.standard_normal(STAFF), WAVES)
    return 0.8 * kept + 0.6 * rng.standard_normal(STAFF * WAVES)


POINTS = "points of 100"
SHARE = "percent of all invited staff"


def _from_runs(name: str, value: float, unit: str, meaning: str, *findings: str) -> Parameter:
    """Return a true value that has no closed form, with where it was taken from."""
    source = " (mean of 400 simulated groups in which everybody answers)."
    return Parameter(name, value, unit, meaning + source, findings)


SIMULATION = Simulation(
    name="staff_survey",
    seed=104,
    story=(
        "6,000 staff of 150 units in 24 hospitals are invited to the same survey in three yearly "
        "waves. Fewer than half answer, and those who answer differ from those who do not. The "
        "answers are raw codes: item work_4 is worded the other way round, some items are blank, "
        "and staff who see no patients often leave out the client scale."
    ),
    naive=(
        "Scoring every item in the same direction shifts the mean and lowers alpha; the share of "
        "respondents above a cut-off understates the share of all invited staff."
    ),
    sound=(
        "Reverse work_4 before scoring, and weight respondents by the inverse response rate of "
        "their role and tenure band (0-1, 2-4, 5-9, 10 or more years), which the staff list gives."
    ),
    parameters=(
        _from_runs("mean_personal", 46.0, POINTS, "Mean personal score, all staff, wave 1"),
        _from_runs("mean_work", 42.0, POINTS, "Mean work score, all staff, wave 1"),
        _from_runs("mean_client", 32.0, POINTS, "Mean client score, staff with patients, wave 1"),
        _from_runs("sd_personal", 17.7, POINTS, "Standard deviation of the personal score, wave 1"),
        _from_runs("sd_work", 17.6, POINTS, "Standard deviation of the work score, wave 1"),
        _from_runs("sd_client", 16.2, POINTS, "Standard deviation of the client score, wave 1"),
        _from_runs(
            "alpha_work",
            0.870,
            "Cronbach alpha",
            "Alpha of the seven work items with work_4 reversed, wave 1",
            "kristensen2005:validation",
            "kristensen2005:work_items",
        ),
        _from_runs("omega_work", 0.879, "McDonald omega", "Omega of the same items"),
        _from_runs(
            "prevalence_work_wave_1",
            36.5,
            SHARE,
            "Share with a work score of 50 or more, wave 1",
            "nhsss2021:burnt_out",
        ),
        _from_runs("prevalence_work_wave_2", 47.0, SHARE, "The same share in wave 2"),
        _from_runs("prevalence_work_wave_3", 42.5, SHARE, "The same share in wave 3"),
        _from_runs(
            "nurse_minus_administrative",
            11.4,
            POINTS,
            "Mean work score of nurses minus that of administrative staff, wave 1",
        ),
        _from_runs("icc_unit", 0.058, "share of variance", "Work score, units in hospitals"),
        _from_runs("icc_hospital", 0.021, "share of variance", "Work score, hospitals"),
        _from_runs(
            "safety_on_work",
            -2.50,
            "points of 100 per point of 7",
            "Work score per point of psychological safety, at equal leadership score",
        ),
        _from_runs(
            "leadership_on_work",
            -0.106,
            "points of 100 per point of 100",
            "Work score per point of leadership score, at equal psychological safety",
            "shanafelt2015leader:burnout",
        ),
        Parameter(
            "leave_per_ten_points",
            LEAVE_PER_TEN_POINTS,
            "log odds per 10 points",
            "Intention to leave per 10 points of work score, at equal safety and tenure band.",
            ("hodkinson2022:turnover_intention",),
        ),
        _from_runs(
            "late_minus_early",
            4.8,
            POINTS,
            "Mean work score of answers after the second reminder minus those before the first",
        ),
        _from_runs("response_wave_1", 48.1, "percent", "Expected response, wave 1"),
        _from_runs("response_wave_2", 44.4, "percent", "Expected response, wave 2"),
        _from_runs("response_wave_3", 42.1, "percent", "Expected response, wave 3"),
    ),
    arrows=(
        *(Arrow(cause, "burnout") for cause in ("role", "tenure_years", "wave", "unit")),
        Arrow("hospital", "burnout"),
        Arrow("psychological_safety", "burnout"),
        Arrow("leadership_score", "burnout"),
        Arrow("unit climate", "psychological_safety", hidden=True),
        Arrow("unit climate", "leadership_score", hidden=True),
        *(
            Arrow("burnout", effect, hidden=True)
            for effect in ("answer codes", "intends_to_leave", "days_to_answer", "blank items")
        ),
        Arrow("role", "blank items"),
        Arrow("psychological_safety", "intends_to_leave"),
        Arrow("tenure_years", "intends_to_leave"),
        *(Arrow(cause, "responded") for cause in ("role", "tenure_years", "wave", "hospital")),
    ),
    make=make,
)
