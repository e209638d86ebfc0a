"""What a single value of an answer is: a number, a blank, or something else with a name."""

from __future__ import annotations

import math
from typing import Any


def describe(value: Any) -> str:
    """Say what `value` is, in plain words."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, str):
        return "text in quotation marks"
    if isinstance(value, bool):
        return "True or False"
    if callable(value):
        return "a function"
    words = {
        "DataFrame": "a whole table",
        "Series": "a column of values",
        "ndarray": "a row of numbers",
        "dict": "a dictionary",
    }
    name = type(value).__name__
    return words.get(name, "a number" if is_number(value) else f"a {name}")


def is_number(value: Any) -> bool:
    """Say whether `value` is a plain or NumPy real number; True and False are not."""
    import numpy as np

    # Exact types: an object that only pretends to be a number is never compared.
    plain = type(value) in (int, float)
    real = (np.integer, np.floating)
    return plain or (type(value).__module__ == "numpy" and isinstance(value, real))


def as_float(value: Any) -> float:
    """Return a number as a float; one too large for a float becomes infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def is_blank(value: Any) -> bool:
    """Say whether `value` is a missing number (None, NaN or pandas' NA)."""
    if value is None or type(value).__name__ == "NAType":
        return True
    return is_number(value) and math.isnan(as_float(value))
