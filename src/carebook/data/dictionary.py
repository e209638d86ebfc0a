"""What the tables and their columns mean, read from ``datapackage.json``, the one master."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from carebook.data.file_text import MalformedTable, read_text
from carebook.data.folder import PACKAGE_FILE, datasets_folder

REMEDY = "Mend it, or take the file from the repository again."


class UnknownTable(LookupError):
    """There is no table of the name asked for."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Name in the header of the file.
    type
        ``string``, ``integer``, ``number``, ``boolean``, ``date`` or ``datetime``.
    title
        Name for readers.
    meaning
        One sentence.
    unit
        Unit in words; empty where there is none.
    allowed
        The values that may stand in the column; empty where any may.
    required
        True where every row has a value.
    unique
        True where no value stands twice.
    minimum, maximum
        Smallest and largest value, in `unit`; None where open.
    pattern
        Regular expression that every value matches; empty where there is none.
    """

    name: str
    type: str
    title: str = ""
    meaning: str = ""
    unit: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""


@dataclass(frozen=True)
class Table:
    """One table and its columns.

    Parameters
    ----------
    name
        The name that `carebook.data.load` takes.
    path
        File, relative to the datasets folder.
    title, description
        For readers.
    columns
        In the order of the file.
    primary_key
        Names of the columns that tell rows apart; empty where none is declared.
    foreign_keys
        Triples (column, table, column of that table): the value on the left stands on the right.
    """

    name: str
    path: str
    title: str = ""
    description: str = ""
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[tuple[str, str, str], ...] = ()

    @property
    def simulated(self) -> bool:
        """True where the rows are simulated and describe nobody."""
        return self.path.startswith("simulated/")

    @property
    def file(self) -> Path:
        """The file on disk."""
        return datasets_folder() / self.path


def table_names() -> tuple[str, ...]:
    """Return the names that `carebook.data.load` takes, in alphabetical order.

    Raises
    ------
    MalformedTable
        If ``datapackage.json`` cannot be read.
    """
    return tuple(sorted(_tables()))


def describe(name: str) -> Table:
    """Return what the table `name` and its columns mean.

    Raises
    ------
    UnknownTable
        If there is no table of that name; the message lists the names.
    MalformedTable
        If ``datapackage.json`` cannot be read.
    """
    tables = _tables()
    if name not in tables:
        raise UnknownTable(
            f"no table named {name!r}; the tables are: {', '.join(sorted(tables))}. "
            "Write one of these names."
        )
    return tables[name]


def _tables() -> dict[str, Table]:
    path = datasets_folder() / PACKAGE_FILE
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> dict[str, Table]:
    """Read the package at `path`; `changed` makes an edited file be read again."""
    package = _parsed(read_text(path, PACKAGE_FILE))
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        raise MalformedTable(
            f'{PACKAGE_FILE}:1: there is no list of tables under "resources". {REMEDY}'
        )
    tables = (_described(resource, place) for place, resource in enumerate(resources, start=1))
    return {table.name: table for table in tables}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = f"this is no JSON ({error.msg})" if text.strip() else "the file is empty"
        raise MalformedTable(
            f"{PACKAGE_FILE}:{error.lineno}: column {error.colno}: {what}. {REMEDY}"
        ) from error


def _described(resource: Any, place: int) -> Table:
    """Return the table that a resource describes; `place` is its number in the list, from 1."""
    name = resource.get("name") if isinstance(resource, dict) else None
    where = f"{PACKAGE_FILE}: resource {place} ({name or 'without a name'})"
    try:
        return _table(resource)
    except KeyError as error:
        raise MalformedTable(f"{where}: {error.args[0]!r} is missing. {REMEDY}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise MalformedTable(
            f"{where}: it is not built as a table is: {error}. {REMEDY}"
        ) from error


def _as_tuple(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    keys = [
        (column, key["reference"]["resource"], target)
        for key in schema.get("foreignKeys", [])
        for column, target in zip(
            _as_tuple(key["fields"]), _as_tuple(key["reference"]["fields"]), strict=True
        )
    ]
    return Table(
        name=resource["name"],
        path=resource["path"],
        title=resource.get("title", ""),
        description=resource.get("description", ""),
        columns=tuple(_column(field) for field in schema["fields"]),
        primary_key=_as_tuple(schema.get("primaryKey", [])),
        foreign_keys=tuple(keys),
    )


def _column(field: dict[str, Any]) -> Column:
    limits = field.get("constraints", {})
    return Column(
        name=field["name"],
        type=field["type"],
        title=field.get("title", ""),
        meaning=field.get("description", ""),
        unit=field.get("unit", ""),
        allowed=tuple(str(value) for value in limits.get("enum", [])),
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=limits.get("pattern", ""),
    )
