"""Sealed answers: judged like open ones, and holding none."""

from __future__ import annotations

import base64
import hashlib
import json

import pandas as pd
import pytest

from carebook.checks import Mistake, Question, Status, compare
from carebook.checks.compare import judge, resolve
from carebook.checks.kinds import Case, Choice, Function, Number, Table, Written
from carebook.checks.sealed import ROUNDS, opened, pack, seal, slow_hash, unpack

DATA = {"people": pd.DataFrame({"age": [20.0, 31.25, 100.0]})}


def half_cases(data, variation):
    return [Case("one", (pd.DataFrame({"x": [1.0, 3.0]}),))]


QUESTIONS = (
    Question(
        "mean_age",
        3,
        Number(2, low=0),
        "one number",
        "chapter one",
        truth=lambda data: data["people"]["age"].mean(),
        mistakes=(
            Mistake("median", "This is the median.", lambda data: data["people"]["age"].median()),
            Mistake("hundredfold", "This is a percentage.", lambda data: 5041.67, places=1),
        ),
    ),
    Question(
        "shares",
        2,
        Table("role", 3),
        truth=lambda data: {"nurse": 0.418, "doctor": 0.397},
        mistakes=(Mistake("swapped", "Swapped.", lambda d: {"nurse": 0.397, "doctor": 0.418}),),
    ),
    Question("pick", 1, Choice(("A", "B")), truth=lambda data: "A"),
    Question(
        "half",
        2,
        Function(half_cases, 2),
        truth=lambda data: lambda table: table["x"] / 2,
        mistakes=(Mistake("same", "Not halved.", lambda data: lambda table: table["x"]),),
    ),
    Question("essay", 4, Written(120)),
)
OPEN = {q.name: resolve(q, DATA) for q in QUESTIONS if q.truth}
TEXT = pack([seal(question, OPEN.get(question.name), "test") for question in QUESTIONS])
SEALED = unpack(TEXT)

VALUES = [
    ("mean_age", value)
    for value in (50.42, 50.41, 50.43, 50.44, 31.25, 31.26, 5041.7, 5041.5, -1, "50.42", None, ...)
]
VALUES += [
    ("shares", {"nurse": 0.418, "doctor": 0.397}),
    ("shares", {"nurse": 0.419, "doctor": 0.1}),
    ("shares", {"nurse": 0.397, "doctor": 0.418}),
    ("shares", {"nurse": 0.418, "doctor": 0.397, "all": 1.0}),
    ("shares", pd.Series([0.418, 0.418], index=["nurse", "nurse"])),
    ("shares", 0.4),
    ("pick", "a"),
    ("pick", "B"),
    ("half", [[0.5, 1.5]]),
    ("half", [[1.0, 3.0]]),
    ("half", [{"error": "stopped"}]),
]


@pytest.mark.parametrize(("name", "value"), VALUES, ids=str)
def test_sealed_answers_judge_exactly_like_open_ones(name, value):
    question = next(q for q in QUESTIONS if q.name == name)
    sealed = SEALED[name]
    assert judge(sealed.asked, value, sealed) == compare(question, value, DATA)


def test_sealed_answers_accept_within_tolerance_recognise_the_wrong_and_reject_others():
    sealed = SEALED["mean_age"]
    statuses = [judge(sealed.asked, value, sealed).status for value in (50.41, 31.25, 77.0)]
    assert statuses == [Status.RIGHT, Status.MISTAKE, Status.NOT_YET]


def test_sealed_text_holds_no_answer_and_no_message_in_the_clear():
    plain = opened(TEXT)
    for secret in ("50.4", "5042", "5041", "3125", "0.418", "418", "397", "median", "Swapped"):
        assert secret not in plain, secret


def test_sealing_again_gives_the_same_text():
    again = pack([seal(question, OPEN.get(question.name), "test") for question in QUESTIONS])
    assert again == TEXT


def test_salt_makes_equal_answers_look_different():
    other = seal(QUESTIONS[0], OPEN["mean_age"], "other")
    assert other["right"] != seal(QUESTIONS[0], OPEN["mean_age"], "test")["right"]


def test_hash_is_plain_iterated_sha256():
    digest = b"salt/x\x1fanswer\x1fNone\x1f4183"
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    assert slow_hash("salt/x", "answer", None, "4183") == digest
    assert ROUNDS >= 10_000


def test_words_of_a_mistake_open_only_to_who_made_it():
    plain = json.loads(opened(TEXT))
    locked = plain[0]["mistakes"][0]["locked"]
    assert b"median" not in base64.b85decode(locked)
    assert judge(SEALED["mean_age"].asked, 31.25, SEALED["mean_age"]).message.startswith("This is")
