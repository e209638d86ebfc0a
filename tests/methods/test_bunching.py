"""Bunching: a known excess comes back, and the interval is the one that arithmetic gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.data import load
from carebook.data.simulate.ed_attendances import SIMULATION
from carebook.methods.bunching import bunching, count_bins

WINDOW = (225, 300)


def constructed(moved: int) -> pd.Series:
    """Return minutes whose counts fall along a straight line, some moved across 240.

    Bins of five minutes from 60 to 600 hold 500, 496, 492 … people, all at the end of the bin.
    The hour after 240 gives `moved` people to the bin 236–240, as many from each of its bins.
    """
    ends = np.arange(65, 601, 5)
    counts = 500 - 4 * np.arange(len(ends))
    hour = (ends > 240) & (ends <= 300)
    counts[hour] -= moved // hour.sum()
    counts[ends == 240] += moved
    return pd.Series(np.repeat(ends, counts))


def test_known_excess_comes_back_exactly() -> None:
    found = bunching(constructed(600), 240, WINDOW, degree=1)
    assert found.excess == pytest.approx(600)
    assert found.missing == pytest.approx(600)


@pytest.mark.parametrize("degree", [1, 3, 7])
def test_higher_degrees_agree_on_a_line(degree: int) -> None:
    assert bunching(constructed(240), 240, WINDOW, degree=degree).excess == pytest.approx(240)


def test_no_bunch_gives_no_excess() -> None:
    found = bunching(constructed(0), 240, WINDOW)
    assert found.excess == pytest.approx(0, abs=1e-6)
    assert found.excess_low < 0 < found.excess_high


def test_shares_by_hand() -> None:
    """By hand: the hour after 240 held twelve bins, 356 down to 312 people, 4,008 in all."""
    values = constructed(600)
    found = bunching(values, 240, WINDOW, degree=1)
    assert found.share == pytest.approx(600 / len(values))
    assert found.share_moved == pytest.approx(600 / 4008)


def test_values_outside_the_bins_count_in_the_share_alone() -> None:
    values = pd.concat([constructed(600), pd.Series([1.0, 700.0, np.nan])], ignore_index=True)
    found = bunching(values, 240, WINDOW, degree=1)
    assert found.excess == pytest.approx(600)
    assert found.n == len(constructed(600)) + 2


def test_interval_is_as_wide_as_the_multinomial_variance_says() -> None:
    """By hand: excess is a weighted sum of multinomial counts, with a variance in closed form."""
    values = constructed(600)
    found = bunching(values, 240, WINDOW, degree=1)
    bins = found.bins
    fitted = ~bins["left_out"].to_numpy()
    middle = bins["end"].to_numpy() - 2.5
    line = np.column_stack([np.ones(len(middle)), middle])
    projection = line @ np.linalg.inv(line[fitted].T @ line[fitted]) @ line[fitted].T
    before = (bins["left_out"] & (bins["end"] <= 240)).to_numpy(dtype=float)
    weights = before.copy()
    weights[fitted] -= before @ projection
    counts = bins["count"].to_numpy(dtype=float)
    variance = weights**2 @ counts - (weights @ counts) ** 2 / found.n
    width = found.excess_high - found.excess_low
    assert width == pytest.approx(2 * 1.96 * np.sqrt(variance), rel=0.1)


def test_bootstrap_is_the_same_on_every_run() -> None:
    first, second = (bunching(constructed(600), 240, WINDOW) for _ in range(2))
    assert first.share_interval == second.share_interval


def test_curve_through_the_emptied_hour_overstates_the_excess() -> None:
    right = bunching(constructed(600), 240, WINDOW, degree=2)
    wrong = bunching(constructed(600), 240, (225, 245), degree=2)
    assert wrong.excess > right.excess + 20


def test_narrow_bins_of_fractions_lose_no_value() -> None:
    """By hand: tenths from 0.1 to 4.9 hours, twenty of each, all at the end of a bin."""
    hours = pd.Series(np.repeat(np.arange(1, 50) / 10, 20))
    bins = count_bins(hours, 2.4, 0.1, (0.5, 4.5))
    assert bins["count"].tolist() == [20] * 40
    found = bunching(hours, 2.4, (2.0, 3.0), width=0.1, span=(0.5, 4.5), degree=3)
    assert found.excess == pytest.approx(0, abs=1e-9)
    assert found.share_moved == pytest.approx(0, abs=1e-9)


def test_nothing_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="values: there is none"):
        bunching(pd.Series([np.nan, np.nan]), 240, WINDOW)


def test_value_at_the_limit_belongs_before_it() -> None:
    bins = count_bins(pd.Series([235, 236, 240, 241, 245, 246]), 240, 5, (230, 250))
    assert bins["count"].tolist() == [1, 2, 2, 1]


def test_emergency_departments_give_back_the_excess_that_was_put_in() -> None:
    """Truth: the data dictionary states excess_share and share_moved."""
    table = load("ed_attendances")
    late = table["arrival"] >= SIMULATION.truth("target_start")
    target = table["hospital"].isin(["H01", "H02", "H03"])
    found = bunching(table.loc[late & target, "minutes_in_department"], 240, WINDOW)
    low, high = found.share_interval
    assert low <= SIMULATION.truth("excess_share") <= high
    assert found.share_moved == pytest.approx(SIMULATION.truth("share_moved"), abs=0.06)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"window": (245, 300)}, "must begin before the limit 240"),
        ({"window": (225, 243)}, "window: 243 is not a whole number of bins"),
        ({"window": (225, 600)}, "must lie inside the span"),
        ({"window": WINDOW, "width": 0}, "got bins of 0"),
        ({"window": WINDOW, "span": (62, 600)}, "span: 62 is not a whole number of bins"),
        ({"window": WINDOW, "span": (200, 330), "degree": 10}, "degree 10: 11 bins are left"),
    ],
)
def test_bunching_refuses_what_cannot_be_fitted(choices: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bunching(constructed(0), 240, **choices)
