"""An audit of a pool gives the published figures, and agrees with other software and by hand."""

from __future__ import annotations

from math import exp, pi, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from carebook.data import load
from carebook.methods.audit import (
    fewest_people,
    interval_for_people,
    leave_one_out,
    pool_difference,
    q_between,
    smd_from_odds_ratio,
)
from carebook.methods.pooling import Pool, pool_fixed, pool_groups, pool_rows

ORGANISATION, PHYSICIAN = "organisation-directed", "physician-directed"


def trials() -> pd.DataFrame:
    return load("study_level").query("meta_id == 'panagioti2017'")


def organisation() -> pd.DataFrame:
    return trials().query("subgroup == @ORGANISATION")


def once(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the whole trial of Linzer 2015 in place of its two rows."""
    limits = [smd_from_odds_ratio(ratio) for ratio in (0.947, 0.601, 1.494)]
    linzer = rows["study"].str.startswith("Linzer")
    whole = rows[linzer].head(1).copy()
    whole[["estimate", "ci_low", "ci_high"]] = limits
    return pd.concat([rows[~linzer], whole])


def made_of(estimate: float, error: float) -> Pool:
    return pool_fixed([estimate], [error])


def rounded(pool: Pool) -> list[float]:
    return [round(each, 3) for each in (pool.estimate, pool.low, pool.high)]


def test_pools_are_those_that_the_review_printed() -> None:
    """De Simone et al. 2021 print them to three decimals, Panagioti et al. 2017 to two."""
    groups = pool_groups(trials(), "subgroup")
    assert rounded(pool_rows(trials())) == [-0.289, -0.419, -0.159]
    assert rounded(groups[ORGANISATION]) == [-0.446, -0.619, -0.274]
    assert rounded(groups[PHYSICIAN]) == [-0.178, -0.322, -0.035]


def test_audit_of_the_organisation_directed_trials() -> None:
    """Own calculation, as the chapter states it; each pool agrees with statsmodels below."""
    rows = organisation()
    without = rows[~rows["study"].str.startswith("Linzer")]
    assert rounded(pool_rows(without)) == [-0.400, -0.557, -0.242]
    assert rounded(pool_rows(once(rows))) == [-0.298, -0.503, -0.093]
    fewer = without[~without["study"].str.startswith("Lucas")]
    assert rounded(pool_rows(fewer)) == [-0.334, -0.590, -0.078]
    for each in (without, once(rows), fewer):
        errors = (each["ci_high"] - each["ci_low"]) / (2 * stats.norm.ppf(0.975))
        oracle = combine_effects(
            each["estimate"].to_numpy(), errors.to_numpy() ** 2, method_re="dl"
        )
        # Statsmodels lets tau² fall below 0; DerSimonian and Laird stop there, at a fixed effect.
        row = oracle.summary_frame().loc["random effect" if oracle.tau2 > 0 else "fixed effect"]
        assert pool_rows(each).estimate == pytest.approx(row["eff"])
        assert pool_rows(each).low == pytest.approx(row["ci_low"])


def test_trial_of_sixty_two_doctors_with_the_interval_of_sixty_two() -> None:
    rows = organisation().copy()
    honest = interval_for_people(-0.44, 62)
    rows.loc[rows["study"] == "Lucas et al.", ["ci_low", "ci_high"]] = honest.low, honest.high
    assert rounded(pool_rows(rows)) == [-0.453, -0.673, -0.232]


def test_difference_of_the_groups_before_and_after_the_audit() -> None:
    physician = pool_groups(trials(), "subgroup")[PHYSICIAN]
    before = pool_difference(pool_rows(organisation()), physician)
    after = pool_difference(pool_rows(once(organisation())), physician)
    assert [round(each, 2) for each in (before.value, before.low, before.high)] == [
        -0.27, -0.49, -0.04,
    ]  # fmt: skip
    assert [round(each, 2) for each in (after.value, after.low, after.high)] == [
        -0.12, -0.37, 0.13,
    ]  # fmt: skip


def test_difference_agrees_with_the_example_of_the_package_vcmeta() -> None:
    """Its function meta.sub.gen prints 0.1555, with the interval from 0.006829917 to 0.3041701."""
    found = pool_difference(made_of(0.9080, 0.06170292), made_of(0.7525, 0.04411916))
    assert found.value == pytest.approx(0.1555)
    assert found.low == pytest.approx(0.006829917, abs=1e-7)
    assert found.high == pytest.approx(0.3041701, abs=1e-7)


def test_q_of_two_groups_is_their_difference_over_its_error_squared() -> None:
    one, other = made_of(-0.5, 0.3), made_of(0.3, 0.4)
    found = q_between([one, other])
    assert (found.q, found.freedom) == (pytest.approx(0.8**2 / 0.5**2), 1)
    assert found.p == pytest.approx(2 * stats.norm.sf(0.8 / 0.5))


def test_q_of_three_groups_agrees_with_statsmodels() -> None:
    effects, errors = [-0.4, 0.1, 0.2], [0.2, 0.15, 0.4]
    found = q_between([made_of(*pair) for pair in zip(effects, errors, strict=True)])
    oracle = combine_effects(np.array(effects), np.array(errors) ** 2)
    assert found.q == pytest.approx(oracle.q)
    assert found.p == pytest.approx(stats.chi2.sf(oracle.q, 2))


def test_leaving_a_study_out_agrees_with_statsmodels_and_keeps_the_row_labels() -> None:
    rows = organisation()
    found = leave_one_out(rows)
    assert found.index.equals(rows.index)
    assert found["weight"].sum() == pytest.approx(1)
    kept = rows.drop(rows.index[4])
    errors = (kept["ci_high"] - kept["ci_low"]) / (2 * stats.norm.ppf(0.975))
    oracle = combine_effects(kept["estimate"], errors**2, method_re="dl").summary_frame()
    row = found.loc[rows.index[4]]
    assert row["study"] == "Lucas et al."
    assert row["estimate"] == pytest.approx(oracle.loc["random effect", "eff"])
    assert row["high"] == pytest.approx(oracle.loc["random effect", "ci_upp"])


def test_leaving_one_out_leaves_out_one_where_row_labels_stand_twice() -> None:
    rows = organisation()
    twice = leave_one_out(rows.set_axis([0, 1] * (len(rows) // 2)))
    plain = leave_one_out(rows)
    pd.testing.assert_frame_equal(twice.reset_index(drop=True), plain.reset_index(drop=True))


def test_odds_ratio_becomes_a_difference_in_logistic_standard_deviations() -> None:
    """An odds ratio of e to the power π/√3 is one standard deviation of a logistic score."""
    assert smd_from_odds_ratio(exp(pi / sqrt(3))) == pytest.approx(1)
    assert smd_from_odds_ratio(1) == 0
    assert smd_from_odds_ratio(0.25) == pytest.approx(-smd_from_odds_ratio(4))
    shifted = stats.logistic.cdf(0.3 * pi / sqrt(3))
    odds = shifted / (1 - shifted)
    assert smd_from_odds_ratio(odds) == pytest.approx(0.3)


def test_two_rows_of_the_review_are_odds_ratios_of_one_trial() -> None:
    assert [round(smd_from_odds_ratio(ratio), 2) for ratio in (5.9, 4.8)] == [0.98, 0.86]


def test_people_behind_an_interval_by_hand() -> None:
    """Two groups of 50 with a standard deviation of 1: SE² = 1/50 + 1/50 = 4/100."""
    reach = stats.norm.ppf(0.975) * 0.2
    assert fewest_people(-reach, reach) == pytest.approx(100)
    back = interval_for_people(0.3, 100)
    assert (back.low, back.high) == pytest.approx((0.3 - reach, 0.3 + reach))


def test_people_implied_by_three_rows_of_the_review() -> None:
    rows = trials().set_index("study").loc[["Lucas et al.", "Weight et al.", "Milstein et al."]]
    found = [fewest_people(row.ci_low, row.ci_high) for row in rows.itertuples()]
    assert [round(each) for each in found] == [384, 246, 34]


def test_what_cannot_be_audited_is_refused() -> None:
    ratio = pool_fixed([2.0], [0.1], ratio=True)
    with pytest.raises(ValueError, match="ratios are not compared"):
        pool_difference(ratio, made_of(1, 1))
    with pytest.raises(ValueError, match="got 1; at least 2"):
        q_between([made_of(1, 1)])
    with pytest.raises(ValueError, match="got 2 studies"):
        leave_one_out(organisation().head(2))
    with pytest.raises(ValueError, match="must be above 0"):
        smd_from_odds_ratio(0)
    with pytest.raises(ValueError, match="people: got 0"):
        interval_for_people(0.1, 0)
    with pytest.raises(ValueError, match="below its upper limit"):
        fewest_people(0.2, 0.1)
