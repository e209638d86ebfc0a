"""Call a learner's function on small cases, and carry cases in a notebook as plain data."""

from __future__ import annotations

import contextlib
import copy
import io
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from carebook.checks.kinds import Case, NotComparable, list_of
from carebook.checks.values import as_float, describe, is_blank, is_number


def run_cases(function: Any, cases: Sequence[Case]) -> list[Any]:
    """Return the results of `function`, one a case, as plain data.

    A result is a number, a list of numbers with None for a missing one, or ``{"error": words}``.
    What the function prints, logs or warns is swallowed: nbgrader gives 0 for any error output,
    and a warning must not decide a mark.

    Raises
    ------
    NotComparable
        If `function` is not a function.
    """
    if not callable(function):
        raise NotComparable(f"this is {describe(function)}, and a function is looked for")
    silence = io.StringIO()
    with (
        warnings.catch_warnings(),
        _no_logging(),
        _no_file_two(),
        contextlib.redirect_stdout(silence),
        contextlib.redirect_stderr(silence),
    ):
        warnings.simplefilter("ignore")
        return [_run(function, case) for case in cases]


@contextlib.contextmanager
def _no_logging() -> Iterator[None]:
    """Swallow log records: a handler made earlier still holds the real error output."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextlib.contextmanager
def _no_file_two() -> Iterator[None]:
    """Swallow what is written to the error output under Python, by a library in C for example."""
    # A browser has no such files to exchange.
    if sys.platform == "emscripten":
        yield
        return
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _run(function: Callable[..., Any], case: Case) -> Any:
    """Return one result as plain data, or the words for what went wrong."""
    # Deep copies: a function that changes its table must not change the next case.
    arguments = copy.deepcopy(case.arguments)
    try:
        result = function(*arguments)
    # `exit()` is among what a learner writes.
    except (Exception, SystemExit) as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return {"error": f"On a small table ({case.name}) your function stopped with {what[:200]}"}
    if result is None:
        return {"error": "Your function returned nothing: does it end with a line 'return …'?"}
    values = list_of(result)
    if values is None:
        if is_blank(result):
            return {"error": "Your function returned one missing value."}
        return _number_or_error(result)
    numbers = [None if is_blank(each) else _number_or_error(each) for each in values]
    return next((each for each in numbers if isinstance(each, dict)), numbers)


def _number_or_error(value: Any) -> Any:
    """Return a plain float, or the words for what came instead."""
    if not is_number(value):
        return {"error": f"Your function returned {describe(value)}; numbers are looked for."}
    return as_float(value)


def to_plain(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return `cases` as data that JSON can hold: tables become columns with their types."""
    return [
        {"name": case.name, "arguments": [_argument_to_plain(each) for each in case.arguments]}
        for case in cases
    ]


def from_plain(plain: Sequence[Mapping[str, Any]]) -> tuple[Case, ...]:
    """Return the cases that `to_plain` wrote down."""
    return tuple(
        Case(each["name"], tuple(_argument_from_plain(part) for part in each["arguments"]))
        for each in plain
    )


def _argument_to_plain(argument: Any) -> Any:
    """Write a table as columns; leave a number or a text as it is."""
    if type(argument).__name__ != "DataFrame":
        return argument
    return {
        "table": {
            str(name): {
                "type": str(column.dtype),
                "values": [None if is_blank(each) else each for each in column.tolist()],
            }
            for name, column in argument.items()
        },
        "rows": argument.index.tolist(),
    }


def _argument_from_plain(argument: Any) -> Any:
    """Build the table again."""
    if not isinstance(argument, Mapping):
        return argument
    import pandas as pd

    columns = {
        name: pd.Series(column["values"], index=argument["rows"], dtype=column["type"])
        for name, column in argument["table"].items()
    }
    return pd.DataFrame(columns, index=argument["rows"])
