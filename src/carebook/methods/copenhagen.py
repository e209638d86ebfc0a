"""Score the Copenhagen Burnout Inventory (CBI).

Nineteen items in three scales. Each answer is stored as a code from 1 ("always", "to a very high
degree") to 5 ("never or almost never", "to a very low degree") and is worth 100, 75, 50, 25 or 0
points. A scale score is the mean of the points of the items answered, so it runs from 0 (no
burnout) to 100.

Source: Kristensen, Borritz, Villadsen and Christensen (2005), Work & Stress 19(3):192–207,
doi 10.1080/02678370500297720. The wording of the items belongs to its authors.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

PERSONAL = tuple(f"personal_{number}" for number in range(1, 7))
WORK = tuple(f"work_{number}" for number in range(1, 8))
CLIENT = tuple(f"client_{number}" for number in range(1, 7))
ITEMS = PERSONAL + WORK + CLIENT
SCALES: dict[str, tuple[str, ...]] = {"personal": PERSONAL, "work": WORK, "client": CLIENT}

POINTS: dict[int, float] = {1: 100.0, 2: 75.0, 3: 50.0, 4: 25.0, 5: 0.0}

# Item 10 of 19 asks about having energy, not lacking it, so "always" is the good answer.
REVERSED = ("work_4",)

# The inventory's own guidance, in the English version used in the PUMA study, counts a person
# as a non-responder with fewer than three personal or four work-related answers. Its figure for
# the client-related scale was not seen; three of six follows the same rule, at least half.
MINIMUM_ANSWERED: dict[str, int] = {"personal": 3, "work": 4, "client": 3}


def score_items(survey: pd.DataFrame) -> pd.DataFrame:
    """Turn answer codes into points.

    Parameters
    ----------
    survey
        One row a person. Every CBI item column that is present is scored; other columns are
        ignored. Codes are 1 to 5; a blank stays blank.

    Returns
    -------
    pandas.DataFrame
        Points from 0 to 100 for each item present, in the inventory's order, with the row
        labels of `survey`. ``work_4`` is reversed, so that 100 always means more burnout.

    Raises
    ------
    KeyError
        If no CBI item is among the columns.
    ValueError
        If a code is not 1, 2, 3, 4 or 5; the message names the row, the column and the value.
    """
    present = [item for item in ITEMS if item in survey.columns]
    if not present:
        raise KeyError(
            "survey: no Copenhagen item among the columns; expected names such as "
            f"{PERSONAL[0]!r}, {WORK[0]!r} or {CLIENT[0]!r}"
        )
    return pd.DataFrame({item: _points(survey[item]) for item in present}, index=survey.index)


def score_scales(
    survey: pd.DataFrame, minimum_answered: int | Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Score the three scales of the inventory for each person.

    Parameters
    ----------
    survey
        One row a person, with all nineteen item columns as codes 1 to 5 or blank.
    minimum_answered
        How many items of a scale must be answered for it to be scored: one number for all
        scales, or a mapping such as ``{"work": 7}`` that changes the scales it names. By
        default 3 of 6 personal, 4 of 7 work-related and 3 of 6 client-related items (at least
        half). The inventory's guidance states the first two; the third follows by the same rule.

    Returns
    -------
    pandas.DataFrame
        Columns ``personal``, ``work`` and ``client``: mean points of the items answered, 0 to
        100, blank where too few were answered. Row labels are those of `survey`.

    Raises
    ------
    KeyError
        If an item column is missing; the message names every missing column.
    ValueError
        If a code or `minimum_answered` is out of range.
    """
    missing = [item for item in ITEMS if item not in survey.columns]
    if missing:
        raise KeyError(
            f"survey: missing {', '.join(missing)}; the three scales need all of "
            "personal_1–6, work_1–7 and client_1–6 (for one scale, use score_items and a mean)"
        )
    minimum = _minimum_answered(minimum_answered)
    points = score_items(survey)
    scores = {}
    for scale, items in SCALES.items():
        answers = points[list(items)]
        enough = answers.notna().sum(axis="columns") >= minimum[scale]
        scores[scale] = answers.mean(axis="columns").where(enough)
    return pd.DataFrame(scores, index=survey.index)


def share_at_or_above(scores: pd.Series, cutoff: float) -> float:
    """Return the share of scored people whose score is at or above a cut-off.

    Parameters
    ----------
    scores
        Scale scores, 0 to 100; people without a score are left out of the share.
    cutoff
        In the unit of `scores`. The inventory defines no clinical cut-off; 50 points, an average
        answer of "sometimes", is a common choice and no more than that.

    Returns
    -------
    float
        A share from 0 to 1.

    Raises
    ------
    ValueError
        If nobody has a score.
    """
    scored = scores.dropna()
    if scored.empty:
        raise ValueError("scores: nobody has a score, so there is no share; check the item columns")
    return float((scored >= cutoff).mean())


def _points(codes: pd.Series) -> pd.Series:
    """Return the points of one item, 0 to 100, reversed where the item is."""
    numbers = pd.to_numeric(codes, errors="coerce").astype("float64")
    wrong = codes.notna() & ~numbers.isin(list(POINTS))
    if wrong.any():
        row = wrong.idxmax()
        raise ValueError(
            f"survey row {row}, column {codes.name}: code {codes[wrong].iloc[0]} is not one "
            "of 1, 2, 3, 4, 5; leave an unanswered item blank and recode the rest"
        )
    points = numbers.map(POINTS)
    return 100.0 - points if codes.name in REVERSED else points


def _minimum_answered(chosen: int | Mapping[str, int] | None) -> dict[str, int]:
    """Return the number of answers each scale needs, checked against its length."""
    if isinstance(chosen, int | np.integer):
        chosen = dict.fromkeys(SCALES, int(chosen))
    changes = dict(chosen or {})
    unknown = [scale for scale in changes if scale not in SCALES]
    if unknown:
        raise ValueError(
            f"minimum_answered: unknown scale {unknown[0]!r}; scales are {', '.join(SCALES)}"
        )
    minimum = MINIMUM_ANSWERED | changes
    for scale, items in SCALES.items():
        if not 1 <= minimum[scale] <= len(items):
            raise ValueError(
                f"minimum_answered: {minimum[scale]} for {scale}; choose 1 to {len(items)}, "
                "the number of its items"
            )
    return minimum
