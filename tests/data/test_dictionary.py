from __future__ import annotations

from pathlib import Path

import pytest

from carebook.data import MalformedTable, UnknownTable, describe, table_names

PUBLISHED = ("cases", "claims", "findings", "series", "sources", "study_level")
TYPES = {"string", "integer", "number", "boolean", "date", "datetime"}


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_column_says_what_it_means_and_has_a_known_type(name: str) -> None:
    for column in describe(name).columns:
        assert column.type in TYPES, column.name
        assert column.meaning.endswith("."), column.name
        assert column.title, column.name


def test_describe_gives_allowed_values_in_order() -> None:
    columns = {column.name: column for column in describe("claims").columns}
    assert columns["certainty"].allowed == ("high", "moderate", "low", "very low")
    assert columns["certainty"].required


def test_describe_gives_limits_and_units() -> None:
    columns = {column.name: column for column in describe("series").columns}
    value = columns["value_percent"]
    assert (value.unit, value.minimum, value.maximum) == ("percent", 0, 100)


def test_describe_gives_primary_and_foreign_keys() -> None:
    findings = describe("findings")
    assert findings.primary_key == ("id",)
    assert findings.foreign_keys == (("source", "sources", "key"),)


def test_a_table_knows_whether_it_is_simulated() -> None:
    assert not describe("findings").simulated
    assert all(
        describe(name).simulated == (describe(name).file.parent.name == "simulated")
        for name in table_names()
    )


def test_describe_refuses_an_unknown_table_and_lists_the_names() -> None:
    with pytest.raises(UnknownTable, match=r"no table named 'source'; the tables are: .*sources"):
        describe("source")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"datapackage\.json:1: column 1: the file is empty\."),
        ('{\n  "resources": [,]}', r"datapackage\.json:2: column 17: this is no JSON \(Expect"),
        ("{}", r'datapackage\.json:1: there is no list of tables under "resources"'),
        ("[]", r"there is no list of tables"),
        ('{"resources": []}', r"there is no list of tables"),
        ('{"resources": [{"name": "rota"}]}', r"resource 1 \(rota\): 'schema' is missing\. Mend"),
        ('{"resources": [7]}', r"resource 1 \(without a name\): it is not built as a table is"),
    ],
)
def test_a_description_that_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CAREBOOK_DATASETS", str(tmp_path))
    with pytest.raises(MalformedTable, match=message):
        table_names()
