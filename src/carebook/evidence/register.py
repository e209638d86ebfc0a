"""The register: every source, finding and case fact of the book, read once."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, get_type_hints

from carebook.data import describe
from carebook.data.tables import load, read_cells
from carebook.evidence.records import CaseFact, Finding, Source

NEAR_MATCHES = 5


class UnknownFinding(LookupError):
    """There is no finding, source or case fact of the id asked for."""


def finding(name: str) -> Finding:
    """Return the finding with the id `name`, for example ``"hewitt2020:low"``.

    Raises
    ------
    UnknownFinding
        If there is none; the message lists ids that look alike.
    """
    return _one(name, findings_by_id(), "finding", "findings")


def findings() -> tuple[Finding, ...]:
    """Return all findings, in order of their ids."""
    return tuple(findings_by_id().values())


def source(name: str) -> Source:
    """Return the source with the key `name`, for example ``"hewitt2020"``.

    Raises
    ------
    UnknownFinding
        If there is none; the message lists keys that look alike.
    """
    return _one(name, sources_by_key(), "source", "sources")


def sources() -> tuple[Source, ...]:
    """Return all sources, in order of their keys."""
    return tuple(sources_by_key().values())


def case_fact(name: str) -> CaseFact:
    """Return the case fact with the id `name`, for example ``"bristol:03"``.

    Raises
    ------
    UnknownFinding
        If there is none; the message lists ids that look alike.
    """
    return _one(name, case_facts_by_id(), "case fact", "cases")


def _one(name: str, known: dict[str, Any], kind: str, table: str) -> Any:
    if name in known:
        return known[name]
    near = near_matches(name, tuple(known))
    hint = f"near it: {', '.join(near)}" if near else "nothing looks like it"
    raise UnknownFinding(
        f"no {kind} {name!r}; {hint}. All stand in datasets/published/{table}.csv."
    )


def near_matches(name: str, known: tuple[str, ...]) -> list[str]:
    """Return up to five of `known` that look like `name`, those of the same source first."""
    stem = name.split(":")[0].lower()
    kin = [other for other in known if stem and other.split(":")[0] == stem]
    close = get_close_matches(name, known, n=NEAR_MATCHES, cutoff=0.6)
    best = get_close_matches(name, kin, n=len(kin) or 1, cutoff=0.0)
    return list(dict.fromkeys([*best, *close]))[:NEAR_MATCHES]


@lru_cache(maxsize=1)
def sources_by_key() -> dict[str, Source]:
    """Return the sources by key; read once."""
    return {row["key"]: Source(**row) for row in _rows("sources", Source)}


@lru_cache(maxsize=1)
def findings_by_id() -> dict[str, Finding]:
    """Return the findings by id; read once."""
    retracted = {key for key, held in sources_by_key().items() if held.retracted}
    return {
        row["id"]: Finding(**row, retracted=row["source"] in retracted)
        for row in _rows("findings", Finding)
    }


@lru_cache(maxsize=1)
def case_facts_by_id() -> dict[str, CaseFact]:
    """Return the facts of the cases by id, without tensions and questions; read once."""
    rows = (CaseFact(**row) for row in _rows("cases", CaseFact))
    return {row.id: row for row in rows if row.kind == "fact"}


def _rows(table: str, record: type) -> list[dict[str, Any]]:
    """Return the rows of `table` as the plain Python values that `record` takes."""
    load(table)  # refuses a malformed file, naming the line
    types = {name: kind for name, kind in get_type_hints(record).items() if name != "retracted"}
    types |= {"retracted": bool} if record is Source else {}
    cells = read_cells(describe(table)).fillna("")
    return [
        {name: _plain(row[name.removesuffix("_text")], kind) for name, kind in types.items()}
        for row in cells.to_dict("records")
    ]


def _plain(text: str, kind: Any) -> Any:
    """Return the cell `text` as a value of type `kind`."""
    if kind is str:
        return text
    if kind is bool:
        return text == "true"
    if kind is date:
        return date.fromisoformat(text)
    number = int if kind == (int | None) else float
    return number(text) if text else None
