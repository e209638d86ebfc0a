"""What a learner sees when a check is called."""

from __future__ import annotations

import pandas as pd
import pytest

from carebook.checks import Mistake, Question, checker
from carebook.checks.compare import resolve
from carebook.checks.kinds import Case, Function, Number, Written
from carebook.checks.learner import MarkNotShown, NoPoints
from carebook.checks.sealed import pack, seal


def cases(data, variation):
    return [Case("one row", (pd.DataFrame({"x": [1.0]}),))]


QUESTIONS = (
    Question(
        "work_mean",
        3,
        Number(2, low=0, high=100),
        "one number from 0 to 100, to two decimals",
        "the lab",
        truth=lambda data: 39.9,
        mistakes=(Mistake("not reversed", "Turn work_4 round first.", lambda data: 44.17),),
    ),
    Question("double", 2, Function(cases, 1), truth=lambda data: lambda table: table["x"] * 2),
    Question("advice", 4, Written(120)),
)


@pytest.fixture(scope="module")
def check():
    sealed = [seal(q, resolve(q, {}) if q.truth else None, "test") for q in QUESTIONS]
    return checker(pack(sealed))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("work_mean", 39.91, "work_mean: Right. 3 of 3 points.\n"),
        (
            "work_mean",
            44.17,
            "work_mean: Not yet (0 of 3 points so far). Turn work_4 round first. Read: the lab.\n",
        ),
        (
            "work_mean",
            12.0,
            "work_mean: Not yet (0 of 3 points so far). Looked for: one number from 0 to 100, to "
            "two decimals. Read: the lab.\n",
        ),
        (
            "work_mean",
            "39.9",
            "work_mean: Not yet (0 of 3 points so far). Not the kind of answer asked for: this is "
            "text in quotation marks, and a number is looked for.\n",
        ),
        (
            "work_mean",
            ...,
            "work_mean: Still open (0 of 3 points so far). "
            "No answer yet: replace the three dots (…).\n",
        ),
        ("double", lambda table: 2 * table["x"], "double: Right. 2 of 2 points.\n"),
        ("advice", "words", "advice: your tutor reads this answer; there is no check for it.\n"),
        ("work", 1, "there is no check called 'work'; there are: work_mean, double, advice\n"),
    ],
    ids=["right", "mistake", "other", "text", "open", "function", "written", "unknown"],
)
def test_check_tells_in_plain_words(check, capsys, name, value, told):
    assert check(name, value) is None
    assert " ".join(capsys.readouterr().out.split()) == told.strip()


def test_function_that_stops_is_told_why_without_a_traceback(check, capsys):
    check("double", lambda table: table["y"])
    told = " ".join(capsys.readouterr().out.split())
    assert "On a small table (one row) your function stopped with KeyError: 'y'" in told
    assert "Traceback" not in told


def test_number_in_place_of_a_function_is_named(check, capsys):
    check("double", 2.0)
    told = " ".join(capsys.readouterr().out.split())
    assert "this is a number, and a function is looked for" in told


def test_what_is_told_fits_the_width_of_a_notebook(check, capsys):
    check("work_mean", "39.9")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 88


class Explosive:
    """An answer that breaks whatever touches it."""

    def __getattribute__(self, name: str) -> object:
        raise RuntimeError("boom")


def test_answer_that_breaks_the_check_earns_nothing_and_does_not_stop_it(check, capsys):
    assert check.points("work_mean", Explosive()) == 0
    check("work_mean", Explosive())
    assert "work_mean" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "points"),
    [
        ("work_mean", 39.9, 3.0),
        ("work_mean", 44.17, 0.0),
        ("work_mean", ..., 0.0),
        ("double", lambda table: table["x"] + table["x"], 2.0),
        ("double", lambda table: None, 0.0),
        ("double", ..., 0.0),
        ("no such question", 1, 0.0),
    ],
    ids=["right", "mistake", "open", "function", "returns nothing", "no function", "unknown"],
)
def test_points_need_positive_evidence(check, name, value, points):
    assert check.points(name, value) == points


def test_award_of_nothing_is_an_error(check):
    with pytest.raises(NoPoints, match="work_mean: 0 points"):
        check.award("work_mean", 44.17)


def test_award_that_cannot_be_shown_is_an_error(check):
    with pytest.raises(MarkNotShown, match="only in a notebook"):
        check.award("work_mean", 39.9)


def test_huge_answer_is_told_like_any_other(check, capsys):
    check("work_mean", 10**400)
    assert "Yours is inf; here" in capsys.readouterr().out
