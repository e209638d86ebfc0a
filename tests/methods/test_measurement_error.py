"""Tests of the standard error of measurement and of changes of side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.methods.measurement_error import (
    share_changing_sides,
    standard_error_of_measurement,
)


def test_standard_error_of_measurement_of_an_intelligence_scale() -> None:
    """The textbook case: standard deviation 15, reliability 0.91, so 15 × 0.3 = 4.5."""
    scores = pd.Series([85.0, 115.0] * 2)
    scores = (scores - scores.mean()) / scores.std() * 15 + 100
    assert standard_error_of_measurement(scores, 0.91) == pytest.approx(4.5)


@pytest.mark.parametrize("reliability", [0.0, 0.5, 0.8, 0.95])
def test_share_changing_sides_at_the_mean_of_normal_scores_is_an_angle(reliability: float) -> None:
    """Sheppard's theorem on the median dichotomy: arccos(rho) / pi."""
    scores = pd.Series(np.random.default_rng(1).normal(50, 18, 200_000))
    expected = np.arccos(reliability) / np.pi
    assert share_changing_sides(scores, reliability, 50) == pytest.approx(expected, abs=0.003)


def test_share_changing_sides_matches_two_simulated_answerings() -> None:
    """Two answerings with a correlation of 0.87, counted one by one."""
    rng = np.random.default_rng(2)
    true = rng.normal(42, 19 * np.sqrt(0.87), 200_000)
    noise = 19 * np.sqrt(0.13)
    first, second = (pd.Series(true + rng.normal(0, noise, true.size)) for _ in range(2))
    counted = float(((first >= 50) != (second >= 50)).mean())
    assert share_changing_sides(first, 0.87, 50) == pytest.approx(counted, abs=0.003)


def test_nobody_changes_sides_when_the_score_has_no_noise() -> None:
    assert share_changing_sides(pd.Series([10.0, 60.0, 90.0]), 1.0, 50) == pytest.approx(0)


def test_blanks_are_left_out() -> None:
    scores = pd.Series([20.0, None, 60.0, 80.0])
    assert share_changing_sides(scores, 0.8, 50) == share_changing_sides(scores.dropna(), 0.8, 50)


@pytest.mark.parametrize("reliability", [-0.1, 1.1])
def test_a_reliability_outside_its_range_is_refused(reliability: float) -> None:
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        standard_error_of_measurement(pd.Series([1.0, 2.0]), reliability)


def test_one_person_has_no_spread() -> None:
    with pytest.raises(ValueError, match="at least two are needed"):
        share_changing_sides(pd.Series([1.0]), 0.9, 1)
