"""Weights by cells, weighted shares and effective size: by hand, and against statsmodels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.weightstats import DescrStatsW

from carebook.methods.survey_weights import effective_size, post_stratify, weighted_share

CELLS = pd.Series(["nurse", "doctor", "nurse", "nurse", "doctor"], index=[7, 3, 9, 1, 4])
STAFF = pd.Series({"doctor": 10, "nurse": 60})
CHANCE = np.random.default_rng(5)
FLAGS = pd.Series(CHANCE.integers(0, 2, 200))
WEIGHTS = pd.Series(CHANCE.uniform(0.5, 8.0, 200))


def test_each_answer_speaks_for_its_share_of_the_cell() -> None:
    """By hand: 60 nurses for 3 answers are 20 each; 10 doctors for 2 are 5 each."""
    found = post_stratify(CELLS, STAFF)
    assert found.to_dict() == {7: 20.0, 3: 5.0, 9: 20.0, 1: 20.0, 4: 5.0}


def test_weights_add_up_to_the_population() -> None:
    assert post_stratify(CELLS, STAFF).sum() == 70


def test_cell_without_people_needs_no_answer() -> None:
    with_none = pd.concat([STAFF, pd.Series({"manager": 0})])
    assert post_stratify(CELLS, with_none).sum() == 70


def test_cell_of_which_nobody_answered_is_refused() -> None:
    with_manager = pd.concat([STAFF, pd.Series({"manager": 4})])
    with pytest.raises(ValueError, match="nobody answered in 'manager'; join it with another"):
        post_stratify(CELLS, with_manager)


def test_category_of_which_nobody_answered_is_refused() -> None:
    kinds = CELLS.astype(pd.CategoricalDtype(["doctor", "manager", "nurse"]))
    with_manager = pd.concat([STAFF, pd.Series({"manager": 4})])
    with pytest.raises(ValueError, match="nobody answered in 'manager'"):
        post_stratify(kinds, with_manager)
    assert post_stratify(kinds, STAFF).equals(post_stratify(CELLS, STAFF))


@pytest.mark.parametrize(
    ("population", "message"),
    [
        (pd.Series({"doctor": 10, "nurse": None}), "a number of people, 0 or more"),
        (pd.Series({"doctor": 10, "nurse": None}, dtype="Int64"), "a number of people, 0 or more"),
        (pd.Series({"doctor": -1, "nurse": 60}), "a number of people, 0 or more"),
        (pd.concat([STAFF, STAFF]), "give each cell once"),
        (pd.Series({"doctor": 0, "nurse": 60}), "0 people in 'doctor', yet some answered"),
    ],
)
def test_population_that_cannot_be_is_refused(population: pd.Series, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        post_stratify(CELLS, population)


def test_cell_that_the_population_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="no number of people for 'doctor'"):
        post_stratify(CELLS, STAFF.drop("doctor"))


def test_row_without_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="cells row 3: no cell"):
        post_stratify(CELLS.where(CELLS.index != 3), STAFF)


def test_weighted_share_by_hand() -> None:
    """By hand: weights 3, 1, 1, 1 and yes, no, no, yes; (3 + 1)/6, error from 9/36·n/(n − 1)."""
    found = weighted_share(pd.Series([1, 0, 0, 1]), pd.Series([3.0, 1.0, 1.0, 1.0]))
    # Squared pulls: 9·(1/3)² + (2/3)² + (2/3)² + (1/3)² = 2; times 4/3, over 6².
    error = (2 * 4 / 3) ** 0.5 / 6
    assert found.share == pytest.approx(2 / 3)
    assert found.low == pytest.approx(2 / 3 - 1.959964 * error)
    assert found.high == 1.0
    assert found.n == 4


def test_weighted_share_agrees_with_statsmodels() -> None:
    oracle = DescrStatsW(FLAGS, weights=WEIGHTS)
    assert weighted_share(FLAGS, WEIGHTS).share == pytest.approx(oracle.mean)


@pytest.mark.parametrize("level", [0.90, 0.95])
def test_interval_agrees_with_robust_weighted_regression(level: float) -> None:
    """A regression on a constant with HC1 errors is the linearised share."""
    fit = sm.WLS(FLAGS.to_numpy(float), np.ones(len(FLAGS)), weights=WEIGHTS.to_numpy()).fit(
        cov_type="HC1"
    )
    low, high = fit.conf_int(alpha=1 - level)[0]
    found = weighted_share(FLAGS, WEIGHTS, level)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_unit_of_the_weights_does_not_matter() -> None:
    one, other = weighted_share(FLAGS, WEIGHTS), weighted_share(FLAGS, WEIGHTS * 1000)
    assert (one.share, one.low, one.effective_n) == pytest.approx(
        (other.share, other.low, other.effective_n)
    )


def test_blank_answers_are_left_out() -> None:
    found = weighted_share(pd.Series([1, 0, None, 1]), pd.Series([1.0, 1.0, 50.0, 2.0]))
    assert found.share == 0.75
    assert found.n == 3


def test_weights_of_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="its row labels differ from those of flags"):
        weighted_share(FLAGS, WEIGHTS.iloc[::-1])


def test_weight_of_0_is_refused() -> None:
    with pytest.raises(ValueError, match="every weight must be above 0"):
        weighted_share(pd.Series([1, 0]), pd.Series([1.0, 0.0]))


def test_share_of_one_person_is_refused() -> None:
    with pytest.raises(ValueError, match="1 known; an interval needs at least two"):
        weighted_share(pd.Series([1]), pd.Series([1.0]))


def test_scores_are_refused() -> None:
    with pytest.raises(ValueError, match="neither True, False, 1, 0 nor blank"):
        weighted_share(pd.Series([1, 5]), pd.Series([1.0, 1.0]))


@pytest.mark.parametrize("answer", [0, 1])
def test_answers_that_are_all_alike_have_no_interval(answer: int) -> None:
    found = weighted_share(pd.Series([answer] * 9), pd.Series([1.0] * 9))
    assert found.share == answer
    assert np.isnan([found.low, found.high]).all()


def test_nullable_flags_give_the_same_share() -> None:
    assert weighted_share(FLAGS.astype("boolean"), WEIGHTS) == weighted_share(FLAGS, WEIGHTS)


def test_effective_size_by_hand() -> None:
    """By hand: weights 3, 1, 1, 1 give 6² over 12, which is 3 of 4 people."""
    assert effective_size(np.array([3, 1, 1, 1])) == 3


def test_equal_weights_lose_nobody() -> None:
    assert effective_size(np.full(40, 2.5)) == pytest.approx(40)


def test_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="none below or blank"):
        effective_size(np.array([3.0, -1.0]))


def test_effective_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one must be above 0"):
        effective_size(np.array([]))
