"""The trusted comparison: one case of each status, partial credit, refusals."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from carebook.checks import Mistake, Question, Status, compare
from carebook.checks.cases import run_cases
from carebook.checks.kinds import Case, Choice, Function, Number, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice, percent

DATA = {"people": pd.DataFrame({"age": [20.0, 30.0, 100.0], "role": ["a", "a", "b"]})}


def mean_age(data, middle=False):
    ages = data["people"]["age"]
    return ages.median() if middle else ages.mean()


MEAN = Question(
    "mean_age",
    3,
    Number(1, low=0, high=120),
    "one number of years",
    "chapter one",
    truth=mean_age,
    mistakes=(
        Mistake("median", "This is the median.", lambda data: mean_age(data, True), credit=0.5),
        Mistake("sum", "You did not divide.", lambda data: data["people"]["age"].sum()),
    ),
)


def doubled_cases(data, variation):
    table = pd.DataFrame({"x": [1.0 + variation, None]})
    return [Case("a blank", (table,)), Case("no blank", (table.dropna(),))]


DOUBLED = Question(
    "doubled",
    4,
    Function(doubled_cases, 1),
    "a column",
    truth=lambda data: lambda table: table["x"] * 2,
    mistakes=(
        Mistake("zero", "A blank is no 0.", lambda data: lambda t: t["x"].fillna(0) * 2),
        Mistake("once", "Not doubled.", lambda data: lambda t: t["x"]),
    ),
)


@pytest.mark.parametrize("value", [50.0, 50, 50.04, 49.95, 50.1])
def test_number_within_one_step_is_right(value):
    verdict = compare(MEAN, value, DATA)
    assert (verdict.status, verdict.points) == (Status.RIGHT, 3)


def test_number_two_steps_away_is_not_right():
    assert compare(MEAN, 50.25, DATA).status is Status.NOT_YET


def test_recognised_mistake_is_named_and_earns_its_credit():
    verdict = compare(MEAN, 30, DATA)
    assert verdict.status is Status.MISTAKE
    assert verdict.mistake == "median"
    assert verdict.points == 1.5
    assert verdict.message == "This is the median. Read: chapter one."


def test_other_number_is_told_what_is_looked_for_and_never_the_answer():
    verdict = compare(MEAN, 200, DATA)
    assert verdict.points == 0
    assert "between 0 and 120" in verdict.message
    assert "Looked for: one number of years." in verdict.message
    assert "50" not in verdict.message


def test_truth_follows_the_data():
    other = {"people": pd.DataFrame({"age": [10.0, 20.0]})}
    assert compare(MEAN, 50, other).status is Status.NOT_YET
    assert compare(MEAN, 15, other).status is Status.RIGHT


@pytest.mark.parametrize("value", [..., None])
def test_missing_answer_earns_nothing(value):
    verdict = compare(MEAN, value, DATA)
    assert (verdict.status, verdict.points) == (Status.NO_ANSWER, 0)


def test_wrong_type_is_named():
    verdict = compare(MEAN, "50", DATA)
    assert (verdict.status, verdict.points) == (Status.WRONG_TYPE, 0)
    assert "text in quotation marks" in verdict.message


def test_table_earns_the_share_of_its_keys_that_are_right():
    question = Question(
        "by_role",
        4,
        Table("role", 0),
        truth=lambda data: data["people"].groupby("role")["age"].mean(),
    )
    verdict = compare(question, {"a": 25, "b": 1}, DATA)
    assert (verdict.status, verdict.points) == (Status.PARTLY, 2)
    assert "1 of 2 parts are right; not yet: b." in verdict.message


def test_table_with_a_key_too_many_is_not_right():
    question = Question("by_role", 4, Table("role", 0), truth=lambda data: {"a": 25})
    verdict = compare(question, {"a": 25, "total": 50}, DATA)
    assert (verdict.status, verdict.points) == (Status.PARTLY, 2)
    assert "All parts asked for are right, and there are more." in verdict.message
    assert "Not asked for: total." in verdict.message


def test_pair_earns_half_for_one_right_number():
    question = Question("pair", 3, Numbers(("low", "high"), 0), truth=lambda data: (1, 9))
    assert compare(question, (1, 5), DATA).points == 1.5


def test_function_is_judged_by_its_results_on_the_cases_of_the_variation():
    for variation in (0, 1):
        results = run_cases(lambda t: 2 * t["x"], doubled_cases(DATA, variation))
        assert compare(DOUBLED, results, DATA, variation).status is Status.RIGHT
    assert compare(DOUBLED, results, DATA, 0).status is Status.NOT_YET


def test_function_mistake_is_recognised_and_the_right_case_counts():
    results = run_cases(lambda t: t["x"].fillna(0) * 2, doubled_cases(DATA, 1))
    verdict = compare(DOUBLED, results, DATA, 1)
    assert (verdict.mistake, verdict.points) == ("zero", 2)


def test_function_cases_are_named_in_the_message():
    results = run_cases(lambda t: 2 * t["x"].fillna(7), doubled_cases(DATA, 1))
    assert "not yet: a blank." in compare(DOUBLED, results, DATA, 1).message


def test_function_itself_is_never_called_by_the_comparison():
    def explode(table):
        raise AssertionError("called")

    with pytest.raises(TypeError, match="not iterable"):
        compare(DOUBLED, explode, DATA)


def test_choice_names_the_mistake():
    question = Question("pick", 2, Choice(("A", "B")), **choice("A", {"B": "B claims a cause."}))
    assert compare(question, "b", DATA).message == "B claims a cause."


def test_percentage_is_recognised_however_it_was_rounded():
    question = Question(
        "share", 2, Number(3), truth=lambda d: 0.32926, mistakes=(percent(lambda d: 0.32926),)
    )
    for value in (32.9, 32.93, 32.926, 33.0):
        assert compare(question, value, DATA).mistake == "a percentage"


def test_slips_state_truth_and_mistakes_together():
    slips = Slips({"median": ("This is the median.", {"middle": True})})
    question = Question("mean_age", 1, Number(0), **slips.value(mean_age, "median"))
    assert compare(question, 50, DATA).status is Status.RIGHT
    assert compare(question, 30, DATA).mistake == "median"


def test_written_question_cannot_be_compared():
    with pytest.raises(ValueError, match="'essay' has no truth; a person marks it"):
        compare(Question("essay", 4, Written(120)), "words", DATA)


def test_question_refuses_two_mistakes_of_one_name():
    same = Mistake("same", "x", lambda data: 1)
    with pytest.raises(ValueError, match="two mistakes have the same name"):
        Question("twice", 1, Number(0), truth=lambda data: 0, mistakes=(same, same))


def test_question_refuses_to_be_worth_nothing():
    with pytest.raises(ValueError, match="got 0 points"):
        Question("free", 0, Number(0))


def test_table_that_names_a_key_twice_is_not_compared():
    question = Question("by_role", 4, Table("role", 0), truth=lambda data: {"a": 25})
    for value in (pd.Series([1.0, 25.0], index=["a", "a"]), {1: 25, "1": 3}):
        verdict = compare(question, value, DATA)
        assert (verdict.status, verdict.points) == (Status.WRONG_TYPE, 0)
        assert "more than once" in verdict.message


def test_nothing_earned_is_never_called_partly_right():
    labels = tuple(f"n{number}" for number in range(300))
    question = Question("many", 1, Numbers(labels, 0), truth=lambda data: (7,) * 300)
    verdict = compare(question, (7,) + (0,) * 299, DATA)
    assert (verdict.status, verdict.points) == (Status.NOT_YET, 0)


@pytest.mark.parametrize(
    ("kind", "truth", "words"),
    [
        (Number(1), math.nan, "'bad', answer: its truth is missing"),
        (Number(1), math.inf, "'bad', answer: its truth is infinite"),
        (Numbers(("low", "high"), 1), (1, math.nan), "'bad', high: its truth is missing"),
        (Table("role", 1), {"a": 1, "b": math.nan}, "'bad', b: its truth is missing"),
        (Table("role", 1), {}, "'bad': its truth has no part"),
    ],
)
def test_truth_that_nobody_can_be_right_by_is_refused(kind, truth, words):
    question = Question("bad", 1, kind, truth=lambda data: truth)
    with pytest.raises(ValueError, match=words):
        compare(question, 1, DATA)


@pytest.mark.parametrize(
    ("truth", "words"),
    [
        (lambda t: t["y"], r"'bad', case 1 \(a blank\): its truth is error"),
        (lambda t: t["x"] * math.nan, r"'bad', case 1 \(a blank\): its truth is missing"),
        (lambda t: t["x"] * math.inf, r"'bad', case 1 \(a blank\): its truth is infinite"),
    ],
)
def test_true_function_that_fails_on_a_case_is_refused(truth, words):
    question = Question("bad", 1, Function(doubled_cases, 1), truth=lambda data: truth)
    with pytest.raises(ValueError, match=words):
        compare(question, [1.0], DATA)
