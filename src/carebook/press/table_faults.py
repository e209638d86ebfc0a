"""Hold every table against its description and the rules of the book, before anything is built."""

from __future__ import annotations

from carebook.data import MalformedTable, describe, find_problems, load, table_names
from carebook.data.folder import DatasetsMissing


def table_faults() -> list[str]:
    """Return what is wrong with the tables, each with file and line; empty when all is well.

    A row that cannot be read hides what else is wrong in its table, so it is reported alone; so
    is a ``datapackage.json`` that is missing or cannot be read.
    """
    try:
        names = table_names()
    except (MalformedTable, DatasetsMissing) as fault:
        return [str(fault)]
    frames, faults = {}, []
    for name in names:
        try:
            frames[name] = load(name)
        except MalformedTable as malformed:
            faults.append(str(malformed))
    published = {
        name: frame
        for name, frame in frames.items()
        if describe(name).path.startswith("published/")
    }
    return faults or [str(problem) for problem in find_problems(published)]
