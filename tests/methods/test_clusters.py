"""Resemblance within units agrees with printed examples, with statsmodels and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.power import NormalIndPower, TTestIndPower

from carebook.data import load
from carebook.methods.clusters import (
    design_effect,
    effective_people,
    false_alarms,
    intraclass_correlation,
    units_needed,
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


def people(rows: list[list[float]]) -> tuple[pd.Series, pd.Series]:
    """Return values and units of a table with a unit in each row."""
    units = [place for place, row in enumerate(rows) for _ in row]
    return pd.Series([float(each) for row in rows for each in row]), pd.Series(units)


def drawn(seed: int, icc: float, sizes: list[int]) -> tuple[pd.Series, pd.Series]:
    rng = np.random.default_rng(seed)
    units = np.repeat(np.arange(len(sizes)), sizes)
    values = icc**0.5 * rng.standard_normal(len(sizes))[units]
    values = values + (1 - icc) ** 0.5 * rng.standard_normal(len(units))
    return pd.Series(values), pd.Series(units)


def test_shrout_and_fleiss_as_the_package_psych_prints_it() -> None:
    """ICC1 is 0.17 with F 1.8 on 5 and 18 degrees of freedom, and −0.133 as lower limit."""
    found = intraclass_correlation(*people(SHROUT_FLEISS))
    assert (round(found.value, 2), round(found.low, 3)) == (0.17, -0.133)
    assert (round(found.high, 2), found.size, found.units) == (0.72, 4, 6)


def test_three_people_in_four_scores_as_the_package_superb_prints_it() -> None:
    """The example of its function ShroutFleissICC1 gives 0.434343434."""
    found = intraclass_correlation(*people([[2, 4, 4, 6], [4, 5, 8, 8], [5, 8, 9, 9]]))
    assert found.value == pytest.approx(0.434343434)


def test_unequal_units_by_hand() -> None:
    """Units (0, 2), (4, 6, 8): means 1 and 6, between 30, within 10/3, size 5 − 13/5 = 2.4."""
    found = intraclass_correlation(*people([[0, 2], [4, 6, 8]]))
    assert found.size == pytest.approx(2.4)
    assert found.value == pytest.approx((30 - 10 / 3) / (30 + 1.4 * 10 / 3))


def test_equal_units_agree_with_the_mixed_model_of_statsmodels() -> None:
    values, units = drawn(4, 0.3, [12] * 30)
    fitted = smf.mixedlm("y ~ 1", pd.DataFrame({"y": values}), groups=units).fit(reml=True)
    between = float(fitted.cov_re.iloc[0, 0])
    found = intraclass_correlation(values, units)
    assert found.value == pytest.approx(between / (between + fitted.scale), abs=1e-4)


def test_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(300):
        found = intraclass_correlation(*drawn(seed, 0.1, [8, 10, 12] * 6), level=0.9)
        held += found.low <= 0.1 <= found.high
    assert 0.85 < held / 300 < 0.95


def test_design_effect_by_hand() -> None:
    """Twenty-one people a unit with a correlation of 0.05: 1 + 20 · 0.05 = 2."""
    assert design_effect(21, 0.05) == pytest.approx(2)
    # Kerry and Bland 1998, BMJ 316:1455: 50 patients a practice and 0.019.
    assert design_effect(50, 0.019) == pytest.approx(1.931)
    assert effective_people(420, 21, 0.05) == pytest.approx(210)
    assert design_effect(1, 0.7) == 1
    assert effective_people(60, 20, 1) == pytest.approx(3)


def test_design_effect_is_what_happens_to_the_variance_of_a_mean() -> None:
    means = [drawn(seed, 0.2, [11] * 8)[0].mean() for seed in range(1500)]
    assert np.var(means) * 88 == pytest.approx(design_effect(11, 0.2), rel=0.1)


@pytest.mark.parametrize("power", [0.3, 0.5, 0.8, 0.9])
def test_units_needed_agree_with_statsmodels(power: float) -> None:
    people_each = NormalIndPower().solve_power(
        effect_size=0.5, alpha=0.05, power=power, alternative="two-sided"
    )
    expected = np.ceil(people_each * (1 + 9 * 0.1) / 10)
    assert units_needed(-4, 8, 0.1, 10, power) == expected


def test_more_people_in_a_unit_cannot_replace_units() -> None:
    needed = [units_needed(3, 17, 0.05, size) for size in (10, 100, 10_000)]
    assert needed[0] > needed[1] > needed[2] > 20


def test_lots_alone_look_like_an_effect_too_often_only_when_people_are_counted() -> None:
    found = false_alarms(*drawn(2, 0.15, [20] * 24), deals=1000)
    assert found.by_people > 0.2
    assert 0.03 < found.by_units < 0.08
    same = false_alarms(*drawn(3, 0.0, [20] * 24), deals=1000)
    assert same.by_people < 0.12


def test_false_alarms_agree_with_tests_of_scipy() -> None:
    values, units = drawn(5, 0.3, [3, 5, 4, 6, 3, 4])
    found = false_alarms(values, units, deals=50, seed=9)
    means = values.groupby(units).mean()
    people_hits = unit_hits = 0
    for row in np.random.default_rng(9).random((50, 6)).argsort(axis=1):
        first = row < 3
        inside = first[units.to_numpy()]
        people_hits += stats.ttest_ind(values[inside], values[~inside]).pvalue < 0.05
        unit_hits += stats.ttest_ind(means[first], means[~first]).pvalue < 0.05
    assert (found.by_people, found.by_units) == (people_hits / 50, unit_hits / 50)


def test_neither_a_large_constant_nor_the_order_of_rows_changes_false_alarms() -> None:
    values, units = drawn(7, 0.2, [10] * 12)
    plain = false_alarms(values, units, deals=300)
    assert false_alarms(values + 1e9, units, deals=300) == plain
    order = values.sample(frac=1, random_state=1).index
    assert false_alarms(values[order], units[order], deals=300) == plain


@pytest.mark.parametrize("difference", [9, 6, 4, 3])
def test_students_t_asks_for_one_unit_more_in_each_arm(difference: float) -> None:
    """Oracle: the power of a t test of the units' means, by statsmodels."""
    needed = units_needed(difference, 17, 0.05, 20)
    spread = 17 * (design_effect(20, 0.05) / 20) ** 0.5
    power = [
        TTestIndPower().power(difference / spread, units, 0.05, alternative="two-sided")
        for units in (needed, needed + 1)
    ]
    assert power[0] < 0.8 <= power[1]


def test_trial_of_the_book_holds_the_truth_that_was_put_in() -> None:
    trial = load("listening_trial")
    found = intraclass_correlation(trial["baseline_burnout"], trial["unit"])
    assert found.low < 0.05 < found.high


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: intraclass_correlation(pd.Series([1.0, 2]), pd.Series(["a", "b"])),
            "got 2 with 2",
        ),
        (lambda: intraclass_correlation(*people([[1, 1], [2, 2]])), "nobody differs"),
        (lambda: intraclass_correlation(*people([[1, 2, 3]])), "got 1 with 3"),
        (lambda: intraclass_correlation(*people([[1, np.nan], [2, 3]])), "row 1 has a blank"),
        (lambda: intraclass_correlation(pd.Series([1.0]), pd.Series(["a"], [4])), "row labels"),
        (lambda: design_effect(0.5, 0.1), "at least 1 person"),
        (lambda: design_effect(20, -0.2), "not far below 0"),
        (lambda: units_needed(0, 17, 0.05, 20), "difference other than 0"),
        (lambda: units_needed(3, 17, 0.05, 20, power=80), "write 80% as 0.8"),
        (lambda: units_needed(3, 17, 0.05, 20, power=0.03), "give more than 0.05"),
        (lambda: intraclass_correlation(*people([[0.1] * 3, [0.3] * 3])), "nobody differs"),
        (lambda: intraclass_correlation(*people([[1, np.inf], [2, 3]])), "one is infinite"),
        (lambda: effective_people(-5, 20, 0.05), "people: got -5"),
        (lambda: false_alarms(*people([[0.1] * 3] * 4)), "all units have the same mean"),
        (lambda: false_alarms(*people([[1, 2], [2, 3]])), "got 2 and 2000"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
