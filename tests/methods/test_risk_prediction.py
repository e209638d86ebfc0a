"""Scores at a threshold, ROC curve and area, against hand counts and published values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.data import load
from carebook.methods.prediction import (
    area_under_curve,
    at_threshold,
    predictive_values,
    roc_points,
)
from carebook.methods.prevalence import wilson_interval

SCORE = pd.Series([0.9, 0.8, 0.7, 0.6, 0.4, 0.4, 0.3, 0.1], index=list("hgfedcba"))
ILL = pd.Series([True, False, True, False, True, False, False, False], index=list("hgfedcba"))


def test_threshold_counts_those_on_it_as_alerts() -> None:
    """By hand: at 0.4 six alerts, all three ill among them."""
    found = at_threshold(SCORE, ILL, 0.4)
    assert (found.true_alerts, found.false_alerts, found.missed, found.left_alone) == (3, 3, 0, 2)
    assert (found.people, found.alerts) == (8, 6)


def test_four_shares_are_those_of_the_fourfold_table() -> None:
    found = at_threshold(SCORE, ILL, 0.65)
    assert found.sensitivity.value == pytest.approx(2 / 3)
    assert found.specificity.value == pytest.approx(4 / 5)
    assert found.positive_value.value == pytest.approx(2 / 3)
    assert found.negative_value.value == pytest.approx(4 / 5)
    assert found.alert_share.value == pytest.approx(3 / 8)
    assert (found.sensitivity.low, found.sensitivity.high) == wilson_interval(2, 3)


def test_predictive_value_is_refused_where_nobody_has_an_alert() -> None:
    with pytest.raises(ValueError, match=r"threshold 0\.95: this share is of nobody"):
        _ = at_threshold(SCORE, ILL, 0.95).positive_value


def test_predictive_values_after_bayes_equal_those_counted() -> None:
    found = at_threshold(SCORE, ILL, 0.65)
    after_bayes = predictive_values(2 / 3, 4 / 5, 3 / 8)
    assert after_bayes == pytest.approx((found.positive_value.value, found.negative_value.value))


def test_predictive_values_are_those_of_a_thousand_people_counted_out() -> None:
    """By hand: 10 ill of 1,000, 9 found; 891 of 990 left alone, so 99 false alerts."""
    assert predictive_values(0.9, 0.9, 0.01) == pytest.approx((9 / 108, 891 / 892))


def test_roc_steps_through_every_threshold_once() -> None:
    found = roc_points(SCORE, ILL)
    assert found["threshold"].tolist() == [np.inf, 0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.1]
    assert found["sensitivity"].tolist() == pytest.approx([0, *np.array([1, 1, 2, 2, 3, 3, 3]) / 3])
    assert found["false_alarms"].tolist() == pytest.approx([0, 0, 0.2, 0.2, 0.4, 0.6, 0.8, 1])
    assert found["alert_share"].iloc[-1] == 1


def test_area_counts_pairs_and_ties_half() -> None:
    """By hand: of 15 pairs 5 + 4 + 2 are in order and one is tied."""
    assert area_under_curve(SCORE, ILL).value == pytest.approx(11.5 / 15)


def test_score_that_is_the_same_for_all_has_an_area_of_one_half() -> None:
    found = area_under_curve(0 * SCORE, ILL)
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize("kind", ["boolean", "Int64", "float64"])
def test_outcome_may_be_of_any_yes_and_no_type(kind: str) -> None:
    assert at_threshold(SCORE.astype("Float64"), ILL.astype(kind), 0.65) == at_threshold(
        SCORE, ILL, 0.65
    )


def test_area_is_that_under_the_steps_of_the_curve() -> None:
    table = load("deterioration_alerts").head(4000)
    points = roc_points(table["score"], table["deteriorated"])
    steps = np.trapezoid(points["sensitivity"], points["false_alarms"])
    assert area_under_curve(table["score"], table["deteriorated"]).value == pytest.approx(steps)


def test_area_is_that_of_the_rank_test_in_scipy() -> None:
    from scipy.stats import mannwhitneyu

    table = load("deterioration_alerts").head(4000)
    ill = table["deteriorated"]
    test = mannwhitneyu(table["score"][ill], table["score"][~ill])
    expected = test.statistic / (ill.sum() * (~ill).sum())
    assert area_under_curve(table["score"], ill).value == pytest.approx(expected)


def test_interval_is_the_one_of_delong_worked_out_pair_by_pair() -> None:
    """The definition of 1988: variances of each person's share of pairs, without ranks."""
    rng = np.random.default_rng(3)
    score = pd.Series(rng.integers(0, 12, 60) / 12.0)
    ill = pd.Series(rng.random(60) < 0.2 + 0.5 * score)
    pairs = np.array([[(a > b) + 0.5 * (a == b) for b in score[~ill]] for a in score[ill]])
    of_ill, of_well = pairs.mean(axis=1), pairs.mean(axis=0)
    error = np.sqrt(of_ill.var(ddof=1) / len(of_ill) + of_well.var(ddof=1) / len(of_well))
    found = area_under_curve(score, ill)
    assert found.value == pytest.approx(pairs.mean())
    assert found.high - found.value == pytest.approx(1.959964 * error, rel=1e-6)
    assert found.value - found.low == pytest.approx(1.959964 * error, rel=1e-6)


def test_interval_holds_the_true_area_in_about_95_of_100_samples() -> None:
    """Two normal scores one standard deviation apart: the area is Φ(1/√2) = 0.760."""
    rng = np.random.default_rng(7)
    holds = 0
    for _ in range(600):
        score = pd.Series(np.concatenate([rng.normal(1, 1, 60), rng.normal(0, 1, 90)]))
        found = area_under_curve(score, pd.Series([1] * 60 + [0] * 90))
        holds += found.low <= 0.76025 <= found.high
    assert 0.92 < holds / 600 < 0.98


def test_area_of_the_table_lies_near_the_truth_put_in() -> None:
    table = load("deterioration_alerts").head(15_000)
    found = area_under_curve(table["score"], table["deteriorated"])
    assert found.low < 0.632 < found.high


def test_limits_do_not_leave_0_to_1() -> None:
    found = area_under_curve(pd.Series([1.0, 2, 3, 4, 5]), pd.Series([0, 0, 1, 0, 1]))
    assert found.high == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: at_threshold(SCORE, ILL.reset_index(drop=True), 0.5), "row labels differ"),
        (lambda: at_threshold(SCORE.mask(SCORE > 0.8), ILL, 0.5), "there are blanks"),
        (lambda: at_threshold(SCORE, SCORE, 0.5), "something other than True, False"),
        (lambda: at_threshold(SCORE.head(0), ILL.head(0), 0.5), "nobody is given"),
        (lambda: roc_points(SCORE[ILL], ILL[ILL]), "yes and no must both occur"),
        (lambda: area_under_curve(SCORE.head(2), ILL.head(2)), "two people with the outcome"),
        (lambda: at_threshold(SCORE, ILL, float("nan")), "threshold: it is blank"),
        (lambda: area_under_curve(SCORE, SCORE > 0.5), r"tells all 8 people apart \(area 1\)"),
        (lambda: area_under_curve(SCORE, SCORE < 0.5), r"tells all 8 people apart \(area 0\)"),
        (lambda: predictive_values(90, 0.9, 0.1), "sensitivity: got 90"),
        (lambda: predictive_values(0, 1, 0.1), "everybody or nobody would have an alert"),
    ],
)
def test_what_is_no_score_or_outcome_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_area_and_interval_are_those_of_delongs_own_patients() -> None:
    """Albumin in DeLong and others (1988); data and output in the SAS/STAT User's Guide, LOGISTIC.

    The output of its example on comparing ROC curves has area 0.7366, error 0.0927 and limits
    0.5549 and 0.9182.
    """
    operable = "0110 1001 1111 1110 1001 1011 1111 1100 1111 0101 111".replace(" ", "")
    albumin = (
        "3.0 3.2 3.9 2.8 3.2 0.9 2.5 1.6 3.8 3.7 3.2 3.8 4.1 3.6 4.3 3.6 2.3 4.2 4.0 3.5 3.8 3.0 "
        "4.5 3.7 3.1 4.1 4.3 4.3 3.2 2.6 3.3 1.7 3.7 3.3 4.2 3.5 2.9 2.1 2.8 4.0 3.3 3.7 3.6"
    )
    score = pd.Series([float(each) for each in albumin.split()])
    found = area_under_curve(score, pd.Series([int(each) for each in operable]))
    assert found.value == pytest.approx(0.7366, abs=0.00005)
    assert (found.low, found.high) == pytest.approx((0.5549, 0.9182), abs=0.00005)
