"""A rate ratio from every month at once: each unit its own level, each month its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from carebook.methods.before_after import COLUMNS
from carebook.methods.input_checks import refuse_blanks
from carebook.methods.prevalence import normal_quantile
from carebook.methods.rates import Estimate, around_log

MOST_STEPS = 50
CLOSE_ENOUGH = 1e-10

Numbers = npt.NDArray[np.float64]


def unit_and_month_ratio(table: pd.DataFrame, running: pd.Series, level: float = 0.95) -> Estimate:
    """Return the rate where a programme runs divided by the rate to be expected without it.

    What is expected comes from the unit's other months and from the other units in the same
    month: a Poisson regression of infections on the programme, with an effect for each unit and
    one for each month, and line days as exposure.

    Parameters
    ----------
    table
        One row for each unit and month, with ``unit``, ``month``, ``infections`` and
        ``line_days``. Leave months out by leaving out their rows. Rows without line days, and
        units and months without any infection, say nothing about a ratio and are set aside.
    running
        Whether the programme runs in the unit in that month, with the row labels of `table`.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        The rate ratio. Its limits are blank where there are as many effects as rows, so that
        nothing is left to tell how far units differ.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If the row labels differ, a cell is blank, the programme cannot be told from units and
        months (it runs nowhere, everywhere, or in all units at once), or the fit does not settle,
        as when there is no infection where the programme runs.

    Notes
    -----
    Fitted by iteratively reweighted least squares. The interval goes by units: cluster-robust
    (Liang and Zeger 1986, Biometrika 73:13–22), times the root of g / (g − 1) for g units, with
    Student's t on g − 1 degrees of freedom. With few units, above all with few in which the
    programme runs, it is too narrow.
    """
    from scipy.stats import t

    normal_quantile(level)  # refuses an impossible level
    table, running = _telling_rows(table, running)
    design = _design(table, running)
    events = table["infections"].to_numpy(dtype="float64")
    days = table["line_days"].to_numpy(dtype="float64")
    found = _fit(design, events, days)
    expected = days * np.exp(design @ found)
    inverse = np.linalg.inv(design.T @ (expected[:, None] * design))
    # How far each unit pulls the programme's effect.
    pulls = pd.Series((design * (events - expected)[:, None]) @ inverse[0], index=table.index)
    by_unit = pulls.groupby(table["unit"], observed=True).sum()
    units = len(by_unit)
    error = float(np.sqrt((by_unit**2).sum() * units / (units - 1)))
    if design.shape[0] == design.shape[1]:
        error = float("nan")
    return around_log(float(found[0]), error, float(t.ppf((1 + level) / 2, units - 1)))


def _telling_rows(table: pd.DataFrame, running: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """Return the rows of units and months that have an infection, and whether each runs."""
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise KeyError(f"table: missing {', '.join(missing)}; needed are {', '.join(COLUMNS)}")
    if not table.index.equals(running.index):
        raise ValueError("running: its row labels differ from those of table; take both from one")
    refuse_blanks(table, COLUMNS, "table")
    refuse_blanks(pd.DataFrame({"running": running}), ["running"], "running")
    kept = (table["line_days"] > 0).to_numpy()
    telling = table.loc[kept, list(COLUMNS)].astype({"unit": "object", "month": "object"})
    running = running[kept]
    for name in ("unit", "month"):
        # Not by label: labels may repeat when tables were put together.
        kept = (telling["infections"].groupby(telling[name]).transform("sum") > 0).to_numpy()
        telling, running = telling[kept], running[kept]
    return telling, running


def _design(table: pd.DataFrame, running: pd.Series) -> Numbers:
    """Return the regression's columns: programme, level, units, months."""
    effects = [
        pd.get_dummies(table[name], drop_first=True, dtype="float64").to_numpy()
        for name in ("unit", "month")
    ]
    runs = running.to_numpy(dtype="float64")
    design: Numbers = np.column_stack([runs, np.ones(len(runs)), *effects])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(
            "running: the programme cannot be told from units and months; it must run in some "
            "months of some units while it does not run in others"
        )
    return design


def _fit(design: Numbers, events: Numbers, days: Numbers) -> Numbers:
    """Return the coefficients of a Poisson regression with exposure."""
    expected = events + 0.5
    found: Numbers = np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        working = np.log(expected / days) + (events - expected) / expected
        weighted = design * expected[:, None]
        better = np.asarray(np.linalg.solve(design.T @ weighted, weighted.T @ working), np.float64)
        step, found = float(np.abs(better - found).max()), better
        expected = days * np.exp(design @ found)
        if step < CLOSE_ENOUGH:
            return found
    raise ValueError(
        f"the regression did not settle within {MOST_STEPS} steps; perhaps there is no infection "
        "where the programme runs, or none where it does not; use more months or units"
    )
