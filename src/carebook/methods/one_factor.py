"""Fit one common factor to the correlations between items."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

STEPS = 10_000
CLOSE_ENOUGH = 1e-10


def one_factor_loadings(correlation: Matrix) -> Matrix:
    """Fit one common factor to a correlation matrix by minimum residuals.

    Parameters
    ----------
    correlation
        Symmetric, shape (items, items), with at least three items.

    Returns
    -------
    numpy.ndarray
        Loadings from -1 to 1, one an item, with a sum that is not negative.

    Raises
    ------
    ValueError
        If the fit does not settle, which happens when the items share next to nothing.
    """
    between = correlation - np.diag(np.diag(correlation))
    _, vectors = np.linalg.eigh(correlation)
    loadings = 0.5 * np.sqrt(len(correlation)) * vectors[:, -1]
    for _ in range(STEPS):
        before = loadings.copy()
        for item in range(len(loadings)):
            # The best loading of one item, given the others, is a regression through zero.
            others = loadings @ loadings - loadings[item] ** 2
            loadings[item] = np.clip(between[item] @ loadings / others, -1.0, 1.0)
        if np.abs(loadings - before).max() < CLOSE_ENOUGH:
            return loadings if loadings.sum() >= 0 else -loadings
    raise ValueError("items: one factor does not settle; look at item_rest_correlation first")
