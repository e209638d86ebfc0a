"""Unit scores agree with Shrout and Fleiss, with statsmodels, and with sums done by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from carebook.data import load
from carebook.data.simulate.staff_survey import SIMULATION, complete, make
from carebook.methods.score_reliability import reliability_of
from carebook.methods.unit_scores import (
    mean_funnel,
    unit_scores,
    withheld,
)

# Shrout and Fleiss 1979, table 2: six targets, each rated four times.
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def drawn(seed: int, sizes: list[int], icc: float = 0.25) -> tuple[pd.Series, pd.Series]:
    rng = np.random.default_rng(seed)
    units = np.repeat(np.arange(len(sizes)), sizes)
    values = 60 + 10 * icc**0.5 * rng.standard_normal(len(sizes))[units]
    values = values + 10 * (1 - icc) ** 0.5 * rng.standard_normal(len(units))
    return pd.Series(values), pd.Series(units)


def test_mean_of_four_ratings_is_as_reliable_as_shrout_and_fleiss_print() -> None:
    """Their ICC(1,1) is 0.17 and their ICC(1,4) is 0.44."""
    values = pd.Series(np.ravel(SHROUT_FLEISS), dtype=float)
    found = unit_scores(values, pd.Series(np.repeat(range(6), 4)))
    assert round(found.icc.value, 2) == 0.17
    assert round(reliability_of(4, found.icc.value), 2) == 0.44
    assert found.table["reliability"].round(2).tolist() == [0.44] * 6


def test_equal_units_are_pulled_as_the_mixed_model_of_statsmodels_pulls_them() -> None:
    values, units = drawn(3, [9] * 40)
    found = unit_scores(values, units)
    fitted = smf.mixedlm("y ~ 1", pd.DataFrame({"y": values}), groups=units).fit(reml=True)
    effects = np.array([float(each.iloc[0]) for each in fitted.random_effects.values()])
    assert found.centre == pytest.approx(float(fitted.params["Intercept"]), abs=1e-6)
    assert found.within**2 == pytest.approx(fitted.scale, rel=1e-3)
    assert found.between**2 == pytest.approx(float(fitted.cov_re.iloc[0, 0]), rel=1e-3)
    assert (found.table["shrunken"] - found.centre).to_numpy() == pytest.approx(effects, abs=0.01)


def test_unequal_units_come_close_to_the_mixed_model() -> None:
    values, units = drawn(5, [5, 8, 13, 21, 34] * 20)
    found = unit_scores(values, units)
    fitted = smf.mixedlm("y ~ 1", pd.DataFrame({"y": values}), groups=units).fit(reml=True)
    effects = np.array([float(each.iloc[0]) for each in fitted.random_effects.values()])
    assert (found.table["shrunken"] - found.centre).to_numpy() == pytest.approx(effects, abs=0.3)


def test_two_units_by_hand() -> None:
    """Units (0, 2) and (4, 8): within 5, between 25, T = 10; reliability 10 / 12.5 = 0.8."""
    found = unit_scores(pd.Series([0.0, 2, 4, 8]), pd.Series(list("aabb")))
    assert (found.within**2, found.between**2) == (pytest.approx(5), pytest.approx(10))
    assert found.centre == pytest.approx(3.5)
    assert found.table["shrunken"].tolist() == pytest.approx([1.5, 5.5])
    assert found.table["reliability"].tolist() == pytest.approx([0.8, 0.8])
    # Normal quantile 1.95996 times the root of 0.8 · 5 / 2.
    assert found.table.loc["a", "shrunken_high"] == pytest.approx(1.5 + 1.959964 * 2**0.5)
    # Student's t on 2 degrees of freedom, 4.30265, times the root of 5 / 2.
    assert found.table.loc["a", "high"] == pytest.approx(1 + 4.302653 * 2.5**0.5)


def test_units_that_do_not_differ_are_all_pulled_to_the_centre() -> None:
    found = unit_scores(pd.Series([0.0, 4, 1, 3, 2, 2]), pd.Series(list("aabbcc")))
    assert found.between == 0
    assert found.table["shrunken"].tolist() == [2.0, 2.0, 2.0]


def test_interval_of_no_width_is_left_blank() -> None:
    table = unit_scores(pd.Series([0.0, 4, 1, 3, 2, 2]), pd.Series(list("aabbcc"))).table
    assert table[["shrunken_low", "shrunken_high"]].isna().all(axis=None)
    assert table[["low", "high"]].notna().all(axis=None)


def test_shrunken_intervals_hold_true_means_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(8)
    held, raw, pulled = [], [], []
    for _ in range(60):
        true = 60 + 4 * rng.standard_normal(100)
        units = pd.Series(np.repeat(np.arange(100), rng.integers(5, 30, 100)))
        values = pd.Series(true[units] + 9 * rng.standard_normal(len(units)))
        table = unit_scores(values, units).table
        held.append(((table["shrunken_low"] < true) & (true < table["shrunken_high"])).mean())
        raw.append(((table["mean"] - true) ** 2).mean())
        pulled.append(((table["shrunken"] - true) ** 2).mean())
    assert 0.935 < np.mean(held) < 0.96
    assert np.mean(pulled) < 0.85 * np.mean(raw)


def test_climate_put_into_the_survey_is_found_again() -> None:
    """In the simulation units' climates have a standard deviation of 0.35 points of safety."""
    everybody = complete(np.random.default_rng(SIMULATION.seed)).query("wave == 1")
    found = unit_scores(everybody["psychological_safety"], everybody["unit"])
    assert found.between == pytest.approx(0.35, abs=0.04)
    answered = load("staff_survey").query("wave == 1 and responded")
    icc = unit_scores(answered["psychological_safety"], answered["unit"]).icc
    assert icc.low < 0.35**2 / (0.35**2 + 0.65**2 + 0.85**2) < icc.high


def test_a_fresh_jury_prefers_pulled_means_and_the_same_people_raw_ones() -> None:
    """As the lab of the chapter Leading says of twelve further groups from the simulator."""
    item, gains = "psychological_safety", []
    for seed in range(12):
        answers = make(np.random.default_rng(seed)).query("responded")
        first, second = (answers[answers["wave"] == wave] for wave in (1, 2))
        table = unit_scores(first[item], first["unit"]).table
        heard = second["staff"].isin(first["staff"])
        verdicts = [second[who].groupby("unit")[item].mean() for who in (heard, ~heard)]
        gains.append(
            [((table["mean"] - v) ** 2 - (table["shrunken"] - v) ** 2).mean() for v in verdicts]
        )
    same, fresh = np.array(gains).T
    assert (fresh > 0).sum() == 12
    assert (same < 0).sum() == 11


def test_funnel_narrows_with_the_root_of_the_answers() -> None:
    limits = mean_funnel(pd.Series({"U1": 4, "U2": 100}), centre=60.0, within=20.0)
    assert limits.loc["U1", (0.95, "high")] == pytest.approx(60 + 1.959964 * 10)
    assert limits.loc["U2", (0.998, "low")] == pytest.approx(60 - 3.090232 * 2)
    with pytest.raises(ValueError, match="people, within: got 0"):
        mean_funnel([0, 5], 60, 20)


def test_units_below_the_line_are_kept_back() -> None:
    people = pd.Series({"U1": 10, "U2": 11, "U3": 30})
    assert withheld(people).tolist() == [True, False, False]
    assert withheld(people, fewest=5).sum() == 0


def test_a_lone_unit_takes_the_next_smallest_of_its_group_with_it() -> None:
    people = pd.Series({"U1": 20, "U2": 10, "U3": 14, "U4": 14, "U5": 12, "U6": 30})
    groups = pd.Series(list("aaaabb"), index=people.index)
    assert withheld(people, groups).tolist() == [False, True, True, False, False, False]


def test_two_tiny_units_take_a_third_with_them_and_a_group_alone_has_nobody() -> None:
    people = pd.Series({"U1": 5, "U2": 4, "U3": 25, "U4": 3})
    groups = pd.Series(list("aaab"), index=people.index)
    assert withheld(people, groups).tolist() == [True, True, True, True]


def test_unit_without_answers_takes_nobody_with_it() -> None:
    people = pd.Series({"U1": 0, "U2": 20, "U3": 30, "U4": 0, "U5": 5, "U6": 9, "U7": 40})
    groups = pd.Series(list("aaabbbb"), index=people.index)
    assert withheld(people, groups)[lambda kept: kept].index.tolist() == ["U1", "U4", "U5", "U6"]


def test_nothing_small_is_left_by_subtraction_in_any_group() -> None:
    """Total minus what is shown: nobody, the whole group, or two units with 11 answers or more."""
    rng = np.random.default_rng(4)
    for _ in range(300):
        people = pd.Series(rng.integers(0, 25, rng.integers(1, 7)))
        kept = people[withheld(people, pd.Series("a", index=people.index)) & (people > 0)]
        rest = people.sum() - kept.sum()
        assert kept.empty or rest == 0 or (len(kept) >= 2 and kept.sum() >= 11)
        assert not ((people > 0) & (people < 11)).drop(kept.index).any()


def test_rows_that_do_not_belong_together_and_blanks_are_refused() -> None:
    people = pd.Series({"U1": 5, "U2": 40})
    with pytest.raises(ValueError, match="groups: its row labels differ"):
        withheld(people, pd.Series(["a", "a"]))
    with pytest.raises(ValueError, match="row label U1 stands twice"):
        withheld(pd.concat([people, people]))
    with pytest.raises(ValueError, match="something is blank"):
        withheld(people.astype(float).replace(5, np.nan))
