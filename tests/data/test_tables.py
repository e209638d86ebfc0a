from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from carebook.data import MalformedTable, UnknownTable, describe, load, table_names
from carebook.data.folder import datasets_folder

PUBLISHED = ("cases", "claims", "findings", "series", "sources", "study_level")
HEADER = "id,when,hours,staff,agreed,name"
FIELDS = [
    ("id", "integer"),
    ("when", "date"),
    ("hours", "number"),
    ("staff", "integer"),
    ("agreed", "boolean"),
    ("name", "string"),
]


@pytest.fixture
def write_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that writes a table called rota and points the library at it."""

    def write(*rows: str, header: str = HEADER) -> None:
        schema = {"fields": [{"name": name, "type": kind} for name, kind in FIELDS]}
        package = {"resources": [{"name": "rota", "path": "published/rota.csv", "schema": schema}]}
        (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        (tmp_path / "published").mkdir(exist_ok=True)
        text = "\n".join([header, *rows]) + "\n"
        (tmp_path / "published" / "rota.csv").write_text(text, encoding="utf-8")
        monkeypatch.setenv("CAREBOOK_DATASETS", str(tmp_path))

    return write


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_published_table_has_the_columns_of_the_dictionary(name: str) -> None:
    frame = load(name)
    assert list(frame.columns) == [column.name for column in describe(name).columns]
    assert len(frame) > 0


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_column_has_the_type_that_the_dictionary_gives_it(name: str) -> None:
    wanted = {
        "integer": ("int64", "Int64"),
        "number": ("float64",),
        "boolean": ("bool", "boolean"),
        "date": ("datetime64[ns]", "datetime64[us]", "datetime64[s]"),
        "string": (str(pd.Series(["text"]).dtype),),
    }
    frame = load(name)
    for column in describe(name).columns:
        assert str(frame[column.name].dtype) in wanted[column.type], column.name


def test_whole_numbers_without_gaps_are_plain_integers_and_with_gaps_nullable(write_table) -> None:
    write_table("1,2026-11-22,7.5,,true,Ann", "2,2026-11-23,,4,false,")
    frame = load("rota")
    assert str(frame["id"].dtype) == "int64"
    assert str(frame["staff"].dtype) == "Int64"
    assert frame["staff"].isna().tolist() == [True, False]
    assert frame["hours"].isna().tolist() == [False, True]


def test_true_and_false_are_plain_without_gaps_and_nullable_with_gaps(write_table) -> None:
    write_table("1,2026-11-22,7.5,3,true,Ann", "2,2026-11-23,8,4,false,Bo")
    assert str(load("rota")["agreed"].dtype) == "bool"
    write_table("1,2026-11-22,7.5,3,true,Ann", "2,2026-11-23,8,4,,Bo")
    assert str(load("rota")["agreed"].dtype) == "boolean"


def test_text_that_looks_like_a_missing_value_stays_text(write_table) -> None:
    write_table("1,2026-11-22,7.5,3,true,NA", "2,2026-11-23,8,4,true,")
    names = load("rota")["name"]
    assert names[0] == "NA"
    assert pd.isna(names[1])


def test_a_cell_in_quotation_marks_may_hold_a_comma(write_table) -> None:
    write_table('1,2026-11-22,7.5,3,true,"Ward, north"')
    assert load("rota")["name"][0] == "Ward, north"


def test_each_call_gives_a_table_of_its_own() -> None:
    first = load("claims")
    first["claim"] = "changed"
    assert "changed" not in set(load("claims")["claim"])


def test_unknown_table_is_refused_and_the_names_are_listed() -> None:
    with pytest.raises(UnknownTable, match=r"no table named 'findngs'.*findings.*sources"):
        load("findngs")


def test_table_names_hold_the_published_tables_in_order() -> None:
    names = table_names()
    assert set(PUBLISHED) <= set(names)
    assert list(names) == sorted(names)


@pytest.mark.parametrize("row", ["2,2026-11-23,8,4,true", "2,2026-11-23,8,4,true,Bo,extra"])
def test_a_row_with_too_few_or_too_many_cells_names_file_and_line(write_table, row: str) -> None:
    write_table("1,2026-11-22,7.5,3,true,Ann", row)
    with pytest.raises(MalformedTable, match=r"published/rota\.csv:3: the row has [57] cells"):
        load("rota")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,2026-11-23,8,4,true,Bo", r"rota\.csv:3: column 'id' holds 'x'; .* whole number"),
        ("2,2026-11-23,8h,4,true,Bo", r"rota\.csv:3: column 'hours' holds '8h'; .* a number"),
        ("2,2026-11-23,nan,4,true,Bo", r"rota\.csv:3: column 'hours' holds 'nan'"),
        ("2,2026-11-23,8,4.5,true,Bo", r"rota\.csv:3: column 'staff' holds '4\.5'"),
        ("2,2026-11-23,8,4,yes,Bo", r"rota\.csv:3: column 'agreed' holds 'yes'; .* true or false"),
        ("2,23/11/2026,8,4,true,Bo", r"rota\.csv:3: column 'when' holds '23/11/2026'; .* a date"),
        ("2,2026-02-30,8,4,true,Bo", r"rota\.csv:3: column 'when' holds '2026-02-30'"),
    ],
)
def test_a_cell_that_does_not_fit_names_line_column_and_value(
    write_table, row: str, message: str
) -> None:
    write_table("1,2026-11-22,7.5,3,true,Ann", row)
    with pytest.raises(MalformedTable, match=message):
        load("rota")


def test_the_line_is_right_after_a_cell_that_runs_over_two_lines(write_table) -> None:
    write_table('1,2026-11-22,7.5,3,true,"Ann\nand Bo"', "x,2026-11-23,8,4,true,Bo")
    with pytest.raises(MalformedTable, match=r"rota\.csv:4: column 'id'"):
        load("rota")


def test_a_header_that_differs_from_the_dictionary_is_refused(write_table) -> None:
    write_table("1,2026-11-22,7.5,3,true,Ann", header="id,when,hours,staff,agreed,nom")
    with pytest.raises(MalformedTable, match=r"rota\.csv:1: the header is .*nom; datapackage"):
        load("rota")


def test_an_empty_file_is_refused(write_table) -> None:
    write_table(header="")
    with pytest.raises(MalformedTable, match=r"rota\.csv:1: the header is empty"):
        load("rota")


def test_the_environment_variable_says_where_the_tables_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(datasets_folder() / "datapackage.json", tmp_path)
    monkeypatch.setenv("CAREBOOK_DATASETS", str(tmp_path))
    assert datasets_folder() == tmp_path


def test_a_folder_without_tables_is_refused_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREBOOK_DATASETS", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"no datapackage\.json in .*CAREBOOK_DATASETS"):
        table_names()


def test_a_byte_order_mark_before_the_header_is_named(write_table) -> None:
    write_table("1,2026-11-22,7.5,3,true,Ann", header="\ufeff" + HEADER)
    with pytest.raises(MalformedTable, match=r"rota\.csv:1: the file starts with a byte-order"):
        load("rota")


def test_a_quotation_mark_that_is_never_closed_is_refused(write_table) -> None:
    write_table('1,2026-11-22,7.5,3,true,"Ann')
    with pytest.raises(MalformedTable, match=r"rota\.csv:2: a cell .*Close each quotation mark"):
        load("rota")


def test_a_table_whose_file_is_missing_is_refused(write_table, tmp_path: Path) -> None:
    write_table()
    (tmp_path / "published" / "rota.csv").unlink()
    with pytest.raises(MalformedTable, match=r"published/rota\.csv: there is no such file"):
        load("rota")
