"""The pool typed into the notebook is the one that its answers are worked out from."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "what-helps-staff"
LIMITS = ["estimate", "ci_low", "ci_high"]


def typed() -> pd.DataFrame:
    """Return the pool of the notebook, by trial."""
    text = (FOLDER / "exercise.md").read_text("utf-8")
    found = re.search(r'StringIO\("""\n(.*?)"""', text, re.DOTALL)
    assert found is not None
    return pd.read_csv(io.StringIO(found[1])).set_index("trial")


def stated() -> pd.DataFrame:
    """Return the pool of the checks, by trial."""
    found = re.search(
        r"^ROWS = (\{.*?\})", (FOLDER / "checks.py").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found is not None
    return pd.DataFrame(ast.literal_eval(found[1]), LIMITS).T / 100


def test_notebook_and_checks_hold_the_same_pool() -> None:
    pool = typed()
    pd.testing.assert_frame_equal(pool.loc[stated().index, LIMITS], stated(), check_names=False)
    assert len(pool) == len(stated())
    assert set(pool.index[pool["kind"] == "work"]) == set(stated().index[:6])


def test_intervals_are_symmetrical_as_the_exercise_says() -> None:
    pool = typed()
    assert (pool["ci_low"] + pool["ci_high"]).tolist() == pytest.approx(
        (2 * pool["estimate"]).tolist()
    )


def test_exactly_two_rows_share_a_control_group_and_one_trial_drew_units() -> None:
    pool = typed()
    shared = pool.dropna(subset=["control_n"]).duplicated(
        ["control_n", "control_mean", "control_sd"], keep=False
    )
    assert shared[shared].index.tolist() == ["Brackwater", "Holm Valley"]
    assert pool.loc["Brackwater", "compares"] != "as drawn"
    assert pool.loc[pool["units"].notna()].index.tolist() == ["Corran"]
    assert pool.loc["Corran", ["people", "units"]].tolist() == [420, 14]
