"""Kinds of answers: how an answer becomes short texts, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from carebook.checks.kinds import (
    Choice,
    Choices,
    NotComparable,
    Number,
    Numbers,
    Table,
    Written,
    list_of,
    neighbours,
    number_token,
    result_token,
)


@pytest.mark.parametrize(
    ("value", "places", "token"),
    [
        (41.834, 2, "4183"),
        (41.835, 2, "4184"),
        (np.float64(0.3289), 3, "329"),
        (np.int64(2634), 0, "2634"),
        (-1.25, 1, "-12"),
        (float("nan"), 2, "missing"),
        (None, 2, "missing"),
        (pd.NA, 2, "missing"),
        (math.inf, 2, "infinite"),
        pytest.param(10**400, 2, "infinite", id="huge"),
        (1e308, 3, "infinite"),
    ],
)
def test_number_falls_on_a_step_of_the_grid(value, places, token):
    assert number_token(value, places) == token


class Chameleon(float):
    """A number that claims to be equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("41.8", "text in quotation marks"),
        (True, "True or False"),
        (pd.DataFrame(), "a whole table"),
        (pd.Series([1.0]), "a column of values"),
        (len, "a function"),
        (Chameleon(3), "a Chameleon"),
        ({}, "a dictionary"),
    ],
)
def test_number_refuses_other_things_and_names_them(value, words):
    with pytest.raises(NotComparable, match=words):
        number_token(value, 2)


def test_neighbours_of_a_number_start_with_the_number_itself():
    assert neighbours("4183", 1) == ["4183", "4182", "4184"]


def test_neighbours_of_a_missing_number_are_only_itself():
    assert neighbours("missing", 1) == ["missing"]


@pytest.mark.parametrize("pair", [(0.1, 0.2), [0.1, 0.2], np.array([0.1, 0.2])])
def test_numbers_take_a_tuple_a_list_or_a_row(pair):
    assert Numbers(("low", "high"), 1).tokens(pair) == {"low": "1", "high": "2"}


def test_numbers_refuse_another_count():
    with pytest.raises(NotComparable, match=r"3 values, and 2 numbers .*low, high"):
        Numbers(("low", "high"), 1).tokens((1, 2, 3))


def test_numbers_refuse_a_single_number():
    with pytest.raises(NotComparable, match="this is a number"):
        Numbers(("low", "high"), 1).tokens(0.1)


@pytest.mark.parametrize(
    "table",
    [
        {"nurse": 0.42, "doctor": 0.4},
        pd.Series({"nurse": 0.42, "doctor": 0.4}),
        pd.DataFrame({"share": {"nurse": 0.42, "doctor": 0.4}}),
    ],
)
def test_table_takes_a_dictionary_a_series_or_one_column(table):
    assert Table("role", 2).tokens(table) == {"nurse": "42", "doctor": "40"}


def test_table_refuses_a_list_and_says_what_is_looked_for():
    with pytest.raises(NotComparable, match="one number for each role"):
        Table("role", 2).tokens([0.4])


@pytest.mark.parametrize("letter", ["B", "b", " b "])
def test_choice_takes_a_letter_in_any_case(letter):
    assert Choice(("A", "B")).tokens(letter) == {"answer": "B"}


@pytest.mark.parametrize("value", ["E", 2, "", None])
def test_choice_refuses_what_is_not_on_offer(value):
    with pytest.raises(NotComparable, match='one of the letters "A", "B"'):
        Choice(("A", "B")).tokens(value)


@pytest.mark.parametrize("ticked", [{"2", "1"}, ["1", "2", "2"], "12", "2, 1", ("2", "1"), {1, 2}])
def test_choices_ignore_order_and_repetition(ticked):
    assert Choices(("1", "2", "3")).tokens(ticked) == {"answer": "1+2"}


@pytest.mark.parametrize("ticked", [{1, 4}, {1.0, 2.0}, {True}, "14", 12, ""])
def test_choices_refuse_other_things_and_unknown_letters(ticked):
    with pytest.raises(NotComparable, match="a set out of"):
        Choices(("1", "2", "3")).tokens(ticked)


def test_written_answer_is_left_to_a_person():
    with pytest.raises(NotComparable, match="read by your tutor"):
        Written(120).tokens("words")


def test_number_hint_tells_of_a_value_outside_the_limits():
    assert Number(2, low=0, high=1).hint(32.9) == "Yours is 32.9; here it must lie between 0 and 1."


def test_number_hint_tells_of_a_missing_value():
    assert "missing (NaN)" in Number(2).hint(float("nan"))


def test_result_of_a_call_keeps_its_order_and_its_blanks():
    assert result_token([1.0, None, 2.5], 1) == "list|10|missing|25"


def test_result_that_is_an_error_equals_no_number():
    assert result_token({"error": "stopped"}, 1) == "error"


def test_list_of_refuses_a_table():
    assert list_of(pd.DataFrame({"a": [1]})) is None
