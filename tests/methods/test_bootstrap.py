"""The bootstrap of a ratio of sums, of single rows and of whole clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap

from carebook.data import load
from carebook.methods.bootstrap import bootstrap_ratio, every_ratio, percentile_interval

# Minutes of one task and all minutes of three clinicians.
PART = pd.Series([10.0, 30.0, 0.0])
WHOLE = pd.Series([60.0, 40.0, 20.0])
# By hand: ten different resamples of three; 3!/(repeats) of the 27 orders give each.
BY_HAND = {
    "aaa": (1, 30 / 180),
    "bbb": (1, 90 / 120),
    "ccc": (1, 0 / 60),
    "aab": (3, 50 / 160),
    "aac": (3, 20 / 140),
    "abb": (3, 70 / 140),
    "acc": (3, 10 / 100),
    "bbc": (3, 60 / 100),
    "bcc": (3, 30 / 80),
    "abc": (6, 40 / 120),
}


def diary() -> pd.DataFrame:
    """Return the nine rows of three clinicians whose sums are `PART` and `WHOLE`."""
    return pd.DataFrame(
        {
            "clinician": list("abcabcabc"),
            "part": [4.0, 30.0, 0.0, 6.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            "whole": [4.0, 30.0, 5.0, 6.0, 5.0, 5.0, 50.0, 5.0, 10.0],
        }
    )


def ratio(part: np.ndarray, whole: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return the statistic in the form that SciPy asks for."""
    return part.sum(axis=axis) / whole.sum(axis=axis)


def test_every_resample_of_three_matches_the_hand_count() -> None:
    expected = sorted(value for times, value in BY_HAND.values() for _ in range(times))
    assert every_ratio(PART, WHOLE) == pytest.approx(expected)


def test_drawn_resamples_come_as_often_as_the_hand_count_says() -> None:
    found = bootstrap_ratio(PART, WHOLE, resamples=20_000)
    for times, value in BY_HAND.values():
        share = np.isclose(found.resampled, value).mean()
        # Four standard errors of a share of 20,000 draws.
        assert share == pytest.approx(times / 27, abs=4 * np.sqrt(times / 27 / 20_000))


def test_clusters_are_drawn_whole() -> None:
    """Nine rows of three clinicians give the ten ratios of the hand count and no other."""
    rows = diary()
    found = bootstrap_ratio(rows["part"], rows["whole"], rows["clinician"])
    assert found.units == 3
    assert set(found.resampled.round(9)) == {round(value, 9) for _, value in BY_HAND.values()}


def test_single_rows_are_drawn_without_clusters() -> None:
    rows = diary()
    found = bootstrap_ratio(rows["part"], rows["whole"])
    assert found.units == 9
    assert len(set(found.resampled.round(9))) > 10


def test_estimate_is_a_ratio_of_sums_with_or_without_clusters() -> None:
    """By hand: 40 of 120 minutes; the mean of the three own shares would be 0.306."""
    rows = diary()
    for clusters in (None, rows["clinician"]):
        found = bootstrap_ratio(rows["part"], rows["whole"], clusters)
        assert found.estimate == pytest.approx(1 / 3)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_interval_of_single_rows_agrees_with_scipy(level: float) -> None:
    chance = np.random.default_rng(3)
    whole = pd.Series(chance.gamma(4.0, 5.0, 80))
    part = whole * chance.integers(0, 2, 80)
    found = bootstrap_ratio(part, whole, level=level, resamples=20_000)
    oracle = bootstrap(
        (part.to_numpy(), whole.to_numpy()),
        ratio,
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        confidence_level=level,
        method="percentile",
        rng=np.random.default_rng(4),
    )
    limits = oracle.confidence_interval
    assert (found.low, found.high) == pytest.approx((limits.low, limits.high), abs=0.005)
    assert found.resampled.std() == pytest.approx(oracle.standard_error, rel=0.03)


def test_same_values_in_every_cluster_leave_nothing_to_wander() -> None:
    found = bootstrap_ratio(pd.Series([5, 5, 5]), pd.Series([20, 20, 20]))
    assert (found.low, found.high, found.width) == (0.25, 0.25, 0.0)


def test_same_seed_gives_the_same_interval() -> None:
    first, again, other = (bootstrap_ratio(PART, WHOLE, seed=seed).resampled for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_order_of_rows_does_not_matter_when_clusters_are_drawn() -> None:
    rows = diary()
    turned = rows[::-1]
    first = bootstrap_ratio(rows["part"], rows["whole"], rows["clinician"], resamples=50)
    again = bootstrap_ratio(turned["part"], turned["whole"], turned["clinician"], resamples=50)
    assert first.resampled == pytest.approx(again.resampled)


def test_interval_without_resamples_is_refused() -> None:
    with pytest.raises(ValueError, match="resamples: got 0"):
        bootstrap_ratio(PART, WHOLE, resamples=0)


@pytest.mark.parametrize("values", [[], [1.0, np.nan]])
def test_interval_of_nothing_or_of_blanks_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="each needs a number"):
        percentile_interval(pd.Series(values, dtype=float))


def test_drawing_whole_clinicians_widens_the_interval_of_the_simulated_diaries() -> None:
    clinic = load("clinic_days").query("not after_hours")
    part = clinic["minutes"].where(clinic["task"] == "record", 0)
    rows = bootstrap_ratio(part, clinic["minutes"])
    whole = bootstrap_ratio(part, clinic["minutes"], clinic["clinician"])
    assert whole.units == 60
    assert whole.width > 1.4 * rows.width


def test_percentile_interval_matches_a_hand_count() -> None:
    """By hand: the values 0 to 100, of which 5 lie on either side."""
    assert percentile_interval(np.arange(101.0), 0.9) == pytest.approx((5, 95))


def test_level_in_per_cent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"level: got 95; write 95% as 0\.95"):
        percentile_interval(PART, 95)


@pytest.mark.parametrize(
    ("part", "whole", "clusters", "message"),
    [
        (PART, WHOLE[:2], None, "denominator: its row labels differ"),
        (PART, WHOLE, pd.Series(["a", "b"]), "clusters: its row labels differ"),
        (pd.Series([1, None, 2]), WHOLE, None, "row 1 has a blank"),
        (PART, WHOLE, pd.Series(["a", "b", None]), "row 2 has a blank"),
        (PART, pd.Series([1, -2, 3]), None, "denominator row 1: got -2"),
        (PART, WHOLE, pd.Series(["a", "a", "a"]), "1 unit to draw from"),
        (PART, pd.Series([60, 0, 0]), None, "a resample adds up to 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    part: pd.Series, whole: pd.Series, clusters: pd.Series | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        bootstrap_ratio(part, whole, clusters)


def test_too_many_units_are_not_enumerated() -> None:
    with pytest.raises(ValueError, match="7 units have 823,543 resamples"):
        every_ratio(pd.Series(range(7)), pd.Series([10] * 7))
