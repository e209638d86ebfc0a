"""Ratios turned round; the pool of continuity that rests on it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.data import load
from carebook.methods.pooling import pool_rows
from carebook.methods.ratio_direction import turn_round


def table(meta: str) -> pd.DataFrame:
    """Return the rows of one review."""
    rows = load("study_level")
    return rows[rows["meta_id"] == meta]


def continuity() -> pd.DataFrame:
    """Return ten studies of continuity and death, below 1 in favour of continuity.

    Left out: the study without an interval, the negative control (an unfamiliar doctor) and the
    two ecological studies, whose ratios are for one unit more.
    """
    rows = table("baker2020")
    turned = turn_round(rows, rows["subgroup"].str.contains("REVERSED"))
    person = ~turned["subgroup"].str.contains("ecological|negative control")
    return turned[person & turned["ci_low"].notna()]


def test_continuity_pools_to_the_stated_figures() -> None:
    """Own calculation on Table 3 of Baker et al. 2020 (BJGP 70:e600), as the book states it."""
    rows = continuity()
    random, fixed = pool_rows(rows), pool_rows(rows, "fixed")
    assert random.k == 10
    assert [f"{each:.2f}" for each in (random.estimate, random.low, random.high)] == [
        "0.84", "0.80", "0.89",
    ]  # fmt: skip
    assert f"{fixed.estimate:.2f}" == "0.96"
    assert f"{random.i2:.0f}" == "91"
    assert f"{random.tau2:.4f}" == "0.0056"


def test_continuity_pool_agrees_with_a_calculation_step_by_step() -> None:
    """Written out from DerSimonian and Laird's formulas, without the library."""
    rows = continuity()
    logs = np.log(rows["estimate"].to_numpy())
    errors = np.log(rows["ci_high"] / rows["ci_low"]).to_numpy() / (2 * 1.959964)
    weights = errors**-2
    fixed = (weights * logs).sum() / weights.sum()
    q = (weights * (logs - fixed) ** 2).sum()
    tau2 = (q - 9) / (weights.sum() - (weights**2).sum() / weights.sum())
    random = ((logs / (errors**2 + tau2)).sum()) / (1 / (errors**2 + tau2)).sum()
    pool = pool_rows(rows)
    assert pool.estimate == pytest.approx(np.exp(random), abs=1e-6)
    assert pool.tau2 == pytest.approx(tau2, abs=1e-6)
    assert pool_rows(rows, "fixed").estimate == pytest.approx(np.exp(fixed), abs=1e-6)


def test_turned_ratio_matches_a_calculation_by_hand() -> None:
    """By hand: 1/2 is 0.5; the limits 1.25 and 4 become 1/4 and 1/1.25."""
    rows = pd.DataFrame(
        {"measure": "HR", "estimate": [2.0, 2.0], "ci_low": [1.25, 1.25], "ci_high": [4.0, 4.0]}
    )
    turned = turn_round(rows, pd.Series([True, False]))
    assert turned.loc[0, ["estimate", "ci_low", "ci_high"]].tolist() == [0.5, 0.25, 0.8]
    assert turned.loc[1, ["estimate", "ci_low", "ci_high"]].tolist() == [2.0, 1.25, 4.0]


def test_turning_twice_changes_nothing_and_leaves_the_table_alone() -> None:
    rows = table("baker2020")
    before = rows.copy()
    everything = pd.Series(True, index=rows.index)
    twice = turn_round(turn_round(rows, everything), everything)
    pd.testing.assert_frame_equal(rows, before)
    pd.testing.assert_frame_equal(twice, before)


def test_rows_are_turned_one_by_one_where_row_labels_stand_twice() -> None:
    rows = table("baker2020").head(4)
    where = pd.Series([True, False, False, True], index=rows.index)
    plain = turn_round(rows, where)
    twice = turn_round(rows.set_axis([0, 0, 1, 1]), where.set_axis([0, 0, 1, 1]))
    pd.testing.assert_frame_equal(twice.set_axis(rows.index), plain)


def test_limits_stay_in_order_and_a_blank_stays_blank() -> None:
    rows = table("baker2020")
    turned = turn_round(rows, pd.Series(True, index=rows.index))
    known = turned["ci_low"].notna()
    assert (turned.loc[known, "ci_low"] < turned.loc[known, "ci_high"]).all()
    assert known.equals(rows["ci_low"].notna())


def test_turning_refuses_what_it_cannot_turn() -> None:
    ratios, differences = table("baker2020"), table("empathytraining2016")
    zero = ratios.assign(ci_low=0.0)
    with pytest.raises(ValueError, match="not above 0"):
        turn_round(zero, pd.Series(True, index=ratios.index))
    with pytest.raises(ValueError, match="only ratios"):
        turn_round(differences, pd.Series(True, index=differences.index))
    with pytest.raises(ValueError, match="row labels differ"):
        turn_round(ratios, pd.Series(True, index=range(99, 99 + len(ratios))))
    with pytest.raises(ValueError, match="True or False"):
        turn_round(ratios, pd.Series("yes", index=ratios.index))
    with pytest.raises(ValueError, match="True or False"):
        turn_round(ratios, pd.Series([None] * len(ratios), index=ratios.index))
