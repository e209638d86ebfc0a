"""The burden of alerts against arithmetic by hand and a draw."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.methods.alert_burden import burden, found_within
from carebook.methods.prediction import AtThreshold, at_threshold

FOUND = AtThreshold(0.1, true_alerts=20, false_alerts=80, missed=30, left_alone=270)


def test_burden_spreads_the_alerts_of_a_day_over_nurses_and_shifts() -> None:
    """By hand: 100 alerts for 400 patient-days; 8 patients and 2 shifts make 1 alert a shift."""
    found = burden(FOUND, patients=8, minutes=6)
    assert found.alerts == pytest.approx(1.0)
    assert found.found == pytest.approx(0.2)
    assert found.missed == pytest.approx(0.3)
    assert found.minutes == pytest.approx(6.0)
    assert found.per_found == pytest.approx(5.0)


def test_a_third_shift_thins_the_alerts_and_not_the_number_for_each_found() -> None:
    found = burden(FOUND, patients=8, minutes=6, shifts=3)
    assert found.alerts == pytest.approx(2 / 3)
    assert found.per_found == pytest.approx(5.0)


def test_few_answers_find_their_share_of_the_alerts() -> None:
    """By hand: four alerts of ten, three of four ill among them; answers for two of four."""
    score = pd.Series([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05])
    ill = pd.Series([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    assert found_within(score, ill, answers=0.2, threshold=0.6) == pytest.approx(0.5 * 0.75)
    assert found_within(score, ill, answers=0.4, threshold=0.6) == pytest.approx(0.75)
    assert found_within(score, ill, answers=1.0, threshold=0.6) == pytest.approx(0.75)
    assert found_within(score, ill, answers=0.2, threshold=2) == 0


def test_share_found_with_few_answers_is_what_drawing_alerts_gives() -> None:
    rng = np.random.default_rng(5)
    score = pd.Series(rng.random(400))
    ill = pd.Series(rng.random(400) < score / 3)
    alerts = score.index[score >= 0.5]
    drawn = [ill[rng.choice(alerts, 80, replace=False)].sum() / ill.sum() for _ in range(2000)]
    assert found_within(score, ill, 0.2, 0.5) == pytest.approx(np.mean(drawn), abs=0.01)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: burden(FOUND, patients=0, minutes=6), "got 0 patients"),
        (lambda: burden(FOUND, patients=float("nan"), minutes=6), "got nan patients"),
        (lambda: burden(FOUND, patients=8, minutes=-1), "and -1 minutes"),
        (
            lambda: found_within(pd.Series([0.1]), pd.Series([1]), 0.5, float("nan")),
            "threshold: it is blank",
        ),
        (lambda: burden(AtThreshold(0.9, 0, 5, 5, 5), 8, 6), "no alert is true"),
        (
            lambda: found_within(pd.Series([0.1]), pd.Series([0]), 0.5, 0.1),
            "nobody had it",
        ),
        (
            lambda: found_within(pd.Series([0.1]), pd.Series([1]), 5, 0.1),
            "answers: got 5",
        ),
    ],
)
def test_what_is_no_ward_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_burden_goes_with_counts_of_a_table() -> None:
    score = pd.Series([0.2, 0.2, 0.05, 0.05])
    found = burden(at_threshold(score, pd.Series([1, 0, 1, 0]), 0.1), patients=4, minutes=3)
    assert (found.alerts, found.per_found, found.missed) == (1.0, 2.0, 0.5)
