"""The fictional hospital group that every simulated table is about.

Readers meet the same hospitals and units in every chapter, so that they know their way around.
All names are invented; none is meant to resemble a real organisation.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

GROUP = "Vale and Moor Hospitals (fictional)"
HOSPITALS = 24
UNITS = 150
KINDS = (
    "medical ward",
    "surgical ward",
    "older people",
    "emergency",
    "intensive care",
    "maternity",
    "children",
    "outpatients",
)


def hospital_ids(count: int = HOSPITALS) -> list[str]:
    """Return `count` hospital identifiers, ``"H01"`` onwards."""
    return [f"H{number:02d}" for number in range(1, count + 1)]


def unit_ids(count: int = UNITS) -> list[str]:
    """Return `count` unit identifiers, ``"U001"`` onwards."""
    return [f"U{number:03d}" for number in range(1, count + 1)]


def units() -> pd.DataFrame:
    """Return the group's 150 units.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit`` (``"U001"`` …), ``hospital`` (``"H01"`` … ``"H24"``) and ``kind``. Units
        are dealt to hospitals in turn, so that each hospital has six or seven; kinds rotate.
    """
    number = np.arange(UNITS)
    ids = np.array(hospital_ids())
    return pd.DataFrame(
        {
            "unit": unit_ids(),
            "hospital": ids[number % HOSPITALS],
            "kind": np.array(KINDS)[(number // HOSPITALS + number) % len(KINDS)],
        }
    )
