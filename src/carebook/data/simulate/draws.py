"""Small pieces of arithmetic that several simulated tables share.

Nothing here multiplies matrices: the last bits of such a product differ between machines, and the
tables must not.
"""

from __future__ import annotations

import numpy as np


def chance(log_odds: np.ndarray) -> np.ndarray:
    """Return probabilities from `log_odds`, any shape."""
    return 1.0 / (1.0 + np.exp(-log_odds))


def standard(values: np.ndarray) -> np.ndarray:
    """Return `values` moved and stretched to mean 0 and standard deviation 1.

    Effects of units and hospitals pass through here, so that the group's own spread is exactly
    the stated one and does not depend on the luck of few draws.
    """
    return (values - values.mean()) / values.std()
