"""Blank cells and periods out of order are refused before anything is worked out."""

from __future__ import annotations

import pandas as pd
import pytest

from carebook.methods.input_checks import refuse_blanks, refuse_disorder, refuse_strangers

TABLE = pd.DataFrame({"unit": ["ash", None], "month": [1, 2]}, index=[7, 8])


def test_blank_is_refused_with_its_row_and_column() -> None:
    with pytest.raises(ValueError, match="diary row 8: unit is blank"):
        refuse_blanks(TABLE, ["month", "unit"], "diary")


@pytest.mark.parametrize("kind", ["Int64", "Float64", "string", "float64", "object"])
def test_blank_of_every_column_type_is_refused(kind: str) -> None:
    column = pd.Series(["1", None]).astype("object" if kind == "object" else "string").astype(kind)
    with pytest.raises(ValueError, match="t row 1: value is blank"):
        refuse_blanks(pd.DataFrame({"value": column}), ["value"], "t")


def test_blank_in_another_column_is_no_matter() -> None:
    refuse_blanks(TABLE, ["month"], "diary")
    assert TABLE["unit"].isna().any()


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([1, 3, 2], "weeks: row labels do not rise"),
        (pd.to_datetime(["2026-02-01", "2026-01-01"]), "weeks: row labels do not rise"),
        ([1, 2, 2], "weeks: row label 2 stands twice"),
        (["Jan", "Jan"], "weeks: row label Jan stands twice"),
    ],
)
def test_periods_out_of_order_are_refused(labels: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        refuse_disorder(pd.Index(labels), "weeks")


@pytest.mark.parametrize("labels", [[-3, 0, 8], ["Jan", "Feb", "Mar"], [2], []])
def test_periods_in_order_pass(labels: list) -> None:
    index = pd.Index(labels)
    refuse_disorder(index, "weeks")
    assert not index.has_duplicates


def test_columns_of_other_rows_and_blanks_of_either_column_are_refused() -> None:
    values, units = pd.Series([1, 2, 3], index=[4, 5, 6]), pd.Series(list("aab"), index=[4, 5, 6])
    with pytest.raises(ValueError, match="units: its row labels differ"):
        refuse_strangers(values, units.iloc[::-1])
    with pytest.raises(ValueError, match="row 5 has a blank"):
        refuse_strangers(values.astype("Int64").where(values != 2), units)
    with pytest.raises(ValueError, match="row 6 has a blank"):
        refuse_strangers(values, units.astype("string").where(units != "b"))
