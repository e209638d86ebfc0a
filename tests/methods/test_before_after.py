"""Before–after comparisons, with and without units that did not change anything."""

from __future__ import annotations

from functools import cache
from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from carebook.data import load
from carebook.methods.before_after import before_after, controlled_before_after

BEFORE, AFTER = (13, 18), (25, 36)


@cache
def infections() -> pd.DataFrame:
    return load("infection_months")


def joined() -> pd.DataFrame:
    return infections()[infections()["programme_start"].notna()]


def others() -> pd.DataFrame:
    return infections()[infections()["programme_start"].isna()]


def by_hand(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "month", "infections", "line_days"])


ASH_AND_BIRCH = by_hand(("ash", 1, 6, 1000), ("ash", 2, 3, 1000), ("birch", 1, 2, 1000),
                        ("birch", 2, 1, 1000), ("birch", 3, 50, 1000))  # fmt: skip
CEDAR_AND_DOGWOOD = by_hand(("cedar", 1, 4, 2000), ("cedar", 2, 4, 2000),
                            ("dogwood", 1, 4, 500), ("dogwood", 2, 4, 1000))  # fmt: skip


def test_change_is_all_infections_by_all_line_days() -> None:
    """By hand: 8 in 2,000 line days before, 4 in 2,000 after; month 3 is in neither window."""
    found = before_after(ASH_AND_BIRCH, (1, 1), (2, 2))
    assert (found.units, found.before, found.after) == (2, pytest.approx(4), pytest.approx(2))
    assert found.ratio.value == pytest.approx(0.5)


def test_units_that_all_change_alike_leave_no_error() -> None:
    """By hand: ash and birch both halve, so each pulls the ratio by nothing."""
    assert before_after(ASH_AND_BIRCH, (1, 1), (2, 2)).error == pytest.approx(0)


def test_error_goes_by_units() -> None:
    """By hand. Before: 8 in 2,500, so 3.2 per 1,000; after: 8 in 3,000, so 2.667.

    Cedar pulls by (4 − 5.333) / 8 − (4 − 6.4) / 8 = 0.1333 and dogwood by as much the other way;
    √(2 × 0.1333² × 2 / 1) = 0.2667.
    """
    found = before_after(CEDAR_AND_DOGWOOD, (1, 1), (2, 2))
    assert found.ratio.value == pytest.approx(2.5 / 3)
    assert found.error == pytest.approx(0.26667, abs=1e-5)
    assert found.ratio.high == pytest.approx(2.5 / 3 * exp(12.7062 * 0.26667), rel=1e-4)


def test_controlled_change_is_a_ratio_of_ratios() -> None:
    """By hand: 0.5 among joiners and 0.8333 among others make 0.6."""
    found = controlled_before_after(ASH_AND_BIRCH, CEDAR_AND_DOGWOOD, (1, 1), (2, 2))
    assert found.ratio.value == pytest.approx(0.6)
    assert found.error == pytest.approx(sqrt(0 + 0.26667**2), abs=1e-5)
    assert found.ratio.high == pytest.approx(0.6 * exp(4.30265 * 0.26667), rel=1e-4)


def regression(groups: list[pd.DataFrame]) -> tuple[float, float]:
    """Return the last coefficient and its cluster-robust error from a Poisson GEE."""
    rows = pd.concat([rows.assign(group=place) for place, rows in enumerate(groups)])
    rows = rows[rows["month"].between(*BEFORE) | rows["month"].between(*AFTER)]
    rows = rows.sort_values(["unit", "month"])
    after = rows["month"].between(*AFTER).astype(float)
    design = pd.DataFrame({"constant": 1.0, "after": after})
    if len(groups) > 1:
        design = design.assign(group=rows["group"], both=after * rows["group"])
    fitted = sm.GEE(
        rows["infections"].astype(float),
        design.astype(float),
        groups=pd.factorize(rows["unit"])[0],
        exposure=rows["line_days"].astype(float),
        family=sm.families.Poisson(),
        cov_struct=sm.cov_struct.Independence(),
    ).fit()
    return fitted.params.iloc[-1], fitted.bse.iloc[-1]


def test_before_after_agrees_with_a_clustered_poisson_regression() -> None:
    found = before_after(joined(), BEFORE, AFTER)
    coefficient, error = regression([joined()])
    assert log(found.ratio.value) == pytest.approx(coefficient, abs=1e-8)
    assert found.error == pytest.approx(error * sqrt(24 / 23), rel=1e-6)


def test_controlled_change_agrees_with_a_clustered_poisson_regression() -> None:
    found = controlled_before_after(joined(), others(), BEFORE, AFTER)
    coefficient, error = regression([others(), joined()])
    assert log(found.ratio.value) == pytest.approx(coefficient, abs=1e-8)
    # The oracle has no correction for few units; ours has one for each group.
    assert error < found.error < error * sqrt(24 / 23)
    ours = found.joined.error**2 * 23 / 24 + found.others.error**2 * 35 / 36
    assert sqrt(ours) == pytest.approx(error, rel=1e-6)


def test_interval_reaches_as_far_as_student_says() -> None:
    found = controlled_before_after(joined(), others(), BEFORE, AFTER, level=0.9)
    reach = stats.t.ppf(0.95, 58) * found.error
    assert log(found.ratio.high / found.ratio.value) == pytest.approx(reach)
    assert log(found.ratio.value / found.ratio.low) == pytest.approx(reach)


def test_interval_by_units_is_wider_than_one_that_takes_infections_as_independent() -> None:
    found = before_after(joined(), (1, 12), AFTER)
    counts = [joined().query("month >= @w[0] and month <= @w[1]")["infections"].sum()
              for w in ((1, 12), AFTER)]  # fmt: skip
    assert found.error > np.sqrt(sum(1 / count for count in counts))


def test_windows_that_overlap_or_run_backwards_are_refused() -> None:
    for before, after in [((13, 18), (18, 24)), ((25, 36), (13, 18)), ((18, 13), (25, 36))]:
        with pytest.raises(ValueError, match="the time after must begin when the time before"):
            before_after(joined(), before, after)


def test_window_without_infections_is_refused() -> None:
    with pytest.raises(ValueError, match="months 3 to 9: got 0 infections in 0 line days"):
        before_after(CEDAR_AND_DOGWOOD, (1, 2), (3, 9))


def test_single_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="got 1 unit in these months"):
        before_after(ASH_AND_BIRCH[:2], (1, 1), (2, 2))


def test_table_without_line_days_is_refused() -> None:
    with pytest.raises(KeyError, match="table: missing line_days"):
        before_after(ASH_AND_BIRCH.drop(columns="line_days"), (1, 1), (2, 2))


def test_month_with_a_blank_count_is_refused() -> None:
    """A sum would leave the infections out and keep the line days beside them."""
    infections = ASH_AND_BIRCH["infections"].astype("Int64").mask(ASH_AND_BIRCH["month"] == 3)
    with pytest.raises(ValueError, match="table row 4: infections is blank"):
        before_after(ASH_AND_BIRCH.assign(infections=infections), (1, 1), (2, 2))


def test_unit_on_both_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="unit 'ash' stands among the joiners too"):
        controlled_before_after(ASH_AND_BIRCH, ASH_AND_BIRCH, (1, 1), (2, 2))
