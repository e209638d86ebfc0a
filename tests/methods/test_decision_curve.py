"""Net benefit against a published table and arithmetic by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from carebook.methods.decision_curve import decision_curve, net_benefit, net_benefit_of_all

SCORE = pd.Series([0.30, 0.20, 0.20, 0.10, 0.05, 0.05, 0.02, 0.02, 0.01, 0.01])
ILL = pd.Series([1, 0, 1, 0, 0, 0, 0, 1, 0, 0])


@pytest.mark.parametrize(
    ("percent", "published"),
    [(3, 0.278), (5, 0.263), (8, 0.239), (10, 0.222), (20, 0.125), (30, 0.0), (40, -0.167)],
)
def test_acting_on_everybody_has_the_published_net_benefit(percent: int, published: float) -> None:
    """PMC6993280, table 4, column of intervention in all patients, of whom three in ten are ill."""
    everybody = pd.Series([1, 1, 1] + [0] * 7)
    found = net_benefit_of_all(everybody, percent / 100)
    assert found == pytest.approx(published, abs=0.0005)


def test_net_benefit_takes_false_alarms_at_the_odds_of_the_threshold() -> None:
    """By hand at 0.2: two true alerts, one false at 1/4, ten people."""
    assert net_benefit(SCORE, ILL, 0.2) == pytest.approx((2 - 0.25) / 10)


def test_price_can_differ_from_the_threshold() -> None:
    """By hand: the alerts of 0.2, a false one at 1/9."""
    assert net_benefit(SCORE, ILL, 0.2, price=0.1) == pytest.approx((2 - 1 / 9) / 10)


def test_unanswered_alerts_find_nobody_and_have_rung() -> None:
    assert net_benefit(SCORE, ILL, 0.2, answered=0.5) == pytest.approx((1 - 0.25) / 10)
    assert net_benefit(SCORE, ILL, 0.2, answered=0) == pytest.approx(-0.025)


def test_curve_has_a_column_for_each_score_and_both_rules() -> None:
    scores = pd.DataFrame({"score": SCORE, "timid": SCORE / 4})
    found = decision_curve(scores, ILL, [0.05, 0.2])
    assert found.columns.tolist() == ["score", "timid", "everybody", "nobody"]
    assert found.loc[0.2, "score"] == pytest.approx(0.175)
    assert found.loc[0.2, "timid"] == 0
    assert found.loc[0.2, "everybody"] == pytest.approx(0.3 - 0.7 / 4)
    assert (found["nobody"] == 0).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: net_benefit(SCORE, ILL, 8), "threshold: got 8"),
        (lambda: net_benefit(SCORE, ILL, 0.1, price=1), "price: got 1"),
        (lambda: net_benefit(100 * SCORE, ILL, 0.1), r"risk row 0: got 30\.0"),
        (lambda: decision_curve(pd.DataFrame({"score": SCORE}), ILL, []), "there is none"),
        (
            lambda: decision_curve(
                pd.concat([SCORE, SCORE], axis=1, keys=["score", "score"]), ILL, [0.1]
            ),
            "the name score is taken",
        ),
        (lambda: net_benefit(SCORE, ILL, 0.1, answered=40), "answered: got 40"),
        (
            lambda: decision_curve(pd.DataFrame({"nobody": SCORE}), ILL, [0.1]),
            "the name nobody is taken",
        ),
    ],
)
def test_what_is_no_threshold_or_share_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
