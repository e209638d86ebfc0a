"""Prevalence and Wilson's interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from carebook.methods.prevalence import normal_quantile, prevalence, wilson_interval


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_matches_newcombe(count: int, n: int, low: float, high: float) -> None:
    """Published: Newcombe 1998, Statistics in Medicine 17:857–872, table I, method 3."""
    assert wilson_interval(count, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize(("count", "n"), [(0, 7), (3, 7), (7, 7), (412, 2950)])
def test_wilson_interval_agrees_with_statsmodels(count: int, n: int, level: float) -> None:
    oracle = proportion_confint(count, n, alpha=1 - level, method="wilson")
    assert wilson_interval(count, n, level) == pytest.approx(oracle, abs=1e-12)


def test_wilson_interval_never_leaves_zero_to_one() -> None:
    assert wilson_interval(0, 3)[0] == 0.0
    assert wilson_interval(3, 3)[1] == 1.0


@pytest.mark.parametrize(
    ("count", "n", "message"),
    [(1, 0, "n: got 0"), (-1, 5, "count: got -1"), (6, 5, "count: got 6")],
)
def test_wilson_interval_refuses_impossible_counts(count: int, n: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wilson_interval(count, n)


def test_normal_quantile_of_95_per_cent_is_1_96() -> None:
    """Any table of the normal distribution: 1.95996."""
    assert normal_quantile(0.95) == pytest.approx(1.95996, abs=1e-5)


def test_level_in_per_cent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"level: got 95; write 95% as 0\.95"):
        normal_quantile(95)


def test_prevalence_without_groups_has_one_row() -> None:
    """By hand: 2 of 3 known."""
    table = prevalence(pd.Series([True, True, False, None], dtype="boolean"))
    assert table.index.tolist() == ["all"]
    assert table.loc["all", ["count", "n"]].tolist() == [2, 3]
    assert table.loc["all", "share"] == pytest.approx(2 / 3)


def test_prevalence_counts_each_group() -> None:
    """By hand: nurses 1 of 2 known, doctors 1 of 1, managers unknown and so without a row."""
    flags = pd.Series([1, 0, np.nan, 1, np.nan])
    role = pd.Series(["nurse", "nurse", "nurse", "doctor", "manager"])
    table = prevalence(flags, by=role)
    assert table[["count", "n", "share"]].to_dict("index") == {
        "doctor": {"count": 1, "n": 1, "share": 1.0},
        "nurse": {"count": 1, "n": 2, "share": 0.5},
    }
    assert table.loc["nurse", ["low", "high"]].tolist() == pytest.approx(wilson_interval(1, 2))


def test_prevalence_refuses_scores() -> None:
    with pytest.raises(ValueError, match=r"flags row 1: got 62\.5; allowed are True, False"):
        prevalence(pd.Series([0.0, 62.5]))


def test_prevalence_refuses_groups_of_another_table() -> None:
    with pytest.raises(ValueError, match="by: its row labels differ"):
        prevalence(pd.Series([True, False]), by=pd.Series(["a", "b"], index=[5, 6]))


def test_prevalence_of_blanks_is_refused() -> None:
    with pytest.raises(ValueError, match="every value is blank"):
        prevalence(pd.Series([np.nan, np.nan]))
