"""Calling a learner's function, and carrying cases in a notebook."""

from __future__ import annotations

import json
import logging
import math
import os
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from carebook.checks.cases import from_plain, run_cases, to_plain
from carebook.checks.kinds import Case, Function, NotComparable

TABLE = pd.DataFrame(
    {
        "code": pd.array([1, None, 5], dtype="Int64"),
        "points": [100.0, float("nan"), 0.0],
        "flag": [True, False, True],
    },
    index=[7, 3, 11],
)
CASE = Case("small", (TABLE, 2))


def test_cases_travel_as_json_and_come_back_with_their_types():
    back = from_plain(json.loads(json.dumps(to_plain([CASE]), allow_nan=False)))
    assert back[0].name == "small"
    assert back[0].arguments[1] == 2
    assert_frame_equal(back[0].arguments[0], TABLE)


def test_results_are_plain_data():
    results = run_cases(lambda table, least: table["points"] + least, [CASE])
    assert results == [[102.0, None, 2.0]]


def test_error_becomes_words_without_a_traceback():
    results = run_cases(lambda table, least: table["work_9"], [CASE])
    assert results[0]["error"].startswith("On a small table (small) your function stopped with Key")


def test_function_that_returns_nothing_is_told_so():
    assert "does it end with" in run_cases(lambda table, least: None, [CASE])[0]["error"]


def test_function_that_changes_its_table_does_not_spoil_the_next_case():
    def spoil(table, least):
        table["points"] = table["points"] + 1
        return table["points"]

    assert run_cases(spoil, [CASE, CASE]) == [[101.0, None, 1.0]] * 2
    assert TABLE["points"].iloc[0] == 100


def test_what_the_function_prints_and_warns_is_swallowed(capsys):
    def noisy(table, least):
        sys.stderr.write("thinking")
        sys.stdout.write("aloud")
        warnings.warn("careful", stacklevel=1)
        return 1.0

    assert run_cases(noisy, [CASE]) == [1.0]
    assert capsys.readouterr() == ("", "")


def test_number_in_place_of_a_function_is_refused():
    with pytest.raises(NotComparable, match="this is a number, and a function is looked for"):
        run_cases(3, [CASE])


def test_what_the_function_logs_and_writes_below_python_is_swallowed(capfd):
    handler = logging.StreamHandler(sys.stderr)
    log = logging.getLogger("learner")
    log.addHandler(handler)

    def noisy(table, least):
        log.critical("thinking")
        os.write(2, b"aloud")
        return 1.0

    try:
        assert run_cases(noisy, [CASE]) == [1.0]
        assert capfd.readouterr() == ("", "")
        log.critical("afterwards")
        os.write(2, b"too")
    finally:
        log.removeHandler(handler)
    assert capfd.readouterr().err == "afterwards\ntoo"


def test_function_that_ends_python_is_told_so():
    results = run_cases(lambda table, least: sys.exit(), [CASE])
    assert "stopped with SystemExit" in results[0]["error"]


@pytest.mark.parametrize("value", ["3", True, np.True_, 1j, np.complex128(1), {}])
def test_result_that_is_no_number_is_refused(value):
    told = "numbers are looked for"
    assert told in run_cases(lambda table, least: value, [CASE])[0]["error"]
    assert told in run_cases(lambda table, least: [1.0, value], [CASE])[0]["error"]


@pytest.mark.parametrize(
    "value",
    [10**400, -(10**400), 1e308, math.inf],
    ids=["large", "small", "on the grid", "infinite"],
)
def test_huge_result_becomes_an_infinite_number(value):
    results = run_cases(lambda table, least: value, [CASE])
    assert Function(lambda data, variation: [], 2).tokens(results) == {"case 1": "infinite"}
