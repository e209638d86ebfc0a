"""The data dictionary: what every table and column of the book means.

An author writes, on the page of the data dictionary::

    ```{data-dictionary}
    ```

or, for some tables only, ``:tables: staff_survey findings``. A reader sees a section for each
table: title, description, number of rows, a link to the file and its columns. A simulated table
also tells its story, the analysis that misleads, the one that recovers the truth, the true
parameters and the causal diagram.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from carebook.data import Column, Table, UnknownTable, describe, load, simulate, table_names
from carebook.data.simulate import Parameter, Simulation
from carebook.evidence import UnknownFinding, finding, source
from carebook.press.authoring import note_code, note_tables, table_link, warn
from carebook.press.causal_diagram import build_causal_diagram
from carebook.press.citations import cite_finding
from carebook.press.markup import block, line
from carebook.press.stacked_table import Cell, build_table, stacked_table, words

COLUMN_HEADS = ("Column", "Type", "Unit", "Allowed values", "Meaning")
PARAMETER_HEADS = ("Parameter", "True value", "Unit", "Meaning", "Calibrated to")
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "date",
    "datetime": "date and time",
}
LETTER_AND_DIGITS = re.compile(r"\^([A-Z])(?:\[0-9\]|\\d)\{([2-9])\}\$")
COUNTS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FINDING_ID = r"[a-z][a-z0-9_]*(:[A-Za-z0-9_]+)?"
PATTERNS = {
    r"^\d+$": "digits only",
    r"^https?://.*$": "a web address",
    r"^10\.\d{4,9}/\S+$": "a DOI, from its 10. on",
    r"^[a-z0-9_]+:\d{2}$": "a name, a colon and two digits, as baker2020:01",
    r"^[a-z][a-z0-9_]*$": "small letters, digits and underscores, a letter first",
    r"^[a-z][a-z0-9-]*$": "small letters, digits and hyphens, a letter first",
    r"^[a-z][a-z-]*$": "small letters and hyphens, a letter first",
    f"^{FINDING_ID}$": "a name, or two with a colon between, as hewitt2020:min",
    f"^{FINDING_ID}( {FINDING_ID})*$": "one or more ids with spaces between",
}
GROUPS = (("Published tables", False), ("Simulated tables", True))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive ``data-dictionary``."""
    for needed in ("stacked_table", "citations", "causal_diagram", "markup"):
        app.setup_extension(f"carebook.press.{needed}")
    app.add_directive("data-dictionary", DataDictionary)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class DataDictionary(SphinxDirective):
    """``{data-dictionary}`` with the option ``:tables:`` (names; all where it is left out)."""

    option_spec = {"tables": directives.unchanged_required}  # noqa: RUF012 - docutils' own way

    def run(self) -> list[nodes.Node]:
        """Return a section for published and one for simulated tables."""
        names = self.options.get("tables", "").split() or list(table_names())
        try:
            note_tables(self.env, *names)
            tables = [describe(name) for name in names]
            return [
                _group(self.env, title, chosen)
                for title, simulated in GROUPS
                if (chosen := [table for table in tables if table.simulated == simulated])
            ]
        except (UnknownTable, UnknownFinding, KeyError, ValueError) as error:
            return warn(self, f"data-dictionary: {error.args[0]}")


def _group(env: BuildEnvironment, title: str, tables: Sequence[Table]) -> nodes.section:
    section = _section(title, nodes.make_id(title))
    section += [build_table_section(env, table) for table in tables]
    return section


def build_table_section(env: BuildEnvironment, table: Table) -> nodes.section:
    """Return the section of one table.

    Raises
    ------
    KeyError
        If a simulated table has no simulation of its name.
    carebook.evidence.UnknownFinding
        If a parameter is calibrated to a finding that does not exist.
    """
    section = _section(table.title or table.name, f"table-{nodes.make_id(table.name)}")
    section += nodes.paragraph(text=table.description)
    section += _facts(env, table)
    section += block(
        "details",
        line("summary", nodes.Text(f"{len(table.columns)} columns")),
        build_columns(table),
        classes=("bc-fold",),
    )
    if table.simulated:
        section += _simulation(env, simulate.simulation(table.name))
    return section


def _section(title: str, identifier: str) -> nodes.section:
    return nodes.section("", nodes.title(text=title), ids=[identifier], names=[identifier])


def _facts(env: BuildEnvironment, table: Table) -> nodes.paragraph:
    rows = len(load(table.name))
    paragraph = nodes.paragraph("", "", classes=["bc-facts"])
    if table.simulated:
        paragraph += nodes.strong(text="Simulated data; the people and places are invented. ")
    paragraph += nodes.Text(f"{rows:,} rows, {len(table.columns)} columns. File: ")
    paragraph += [table_link(env.app, env.docname, table), nodes.Text(". In a lab: ")]
    paragraph += nodes.literal(text=f'load("{table.name}")')
    return paragraph


def build_columns(table: Table) -> stacked_table:
    """Return the table of a table's columns; units have a column only where there are any."""
    has_units = any(column.unit for column in table.columns)
    heads = [head for head in COLUMN_HEADS if has_units or head != "Unit"]
    rows = (_column_row(column, has_units) for column in table.columns)
    return build_table(f"Columns of {table.name}", heads, rows, ["bc-columns"])


def _column_row(column: Column, has_units: bool) -> list[Cell]:
    name = nodes.paragraph("", "", nodes.literal(text=column.name))
    return [
        Cell((name,), head=True),
        words(TYPES.get(column.type, column.type)),
        *([words(column.unit)] if has_units else []),
        words(allowed_in_words(column)),
        words(column.meaning),
    ]


def allowed_in_words(column: Column) -> str:
    """Return what may stand in a column, for example ``"0 to 100, never empty"``."""
    limits = {
        (False, False): "",
        (True, True): f"{column.minimum} to {column.maximum}",
        (True, False): f"{column.minimum} or more",
        (False, True): f"{column.maximum} or less",
    }[column.minimum is not None, column.maximum is not None]
    rules = [
        ", ".join(column.allowed),
        limits,
        pattern_in_words(column.pattern or ""),
        "each once" if column.unique else "",
        "never empty" if column.required else "",
    ]
    return "; ".join(rule for rule in rules if rule)


def pattern_in_words(pattern: str) -> str:
    """Return a pattern in words, ``"U and three digits, as U001"``; a rare one as it stands."""
    simple = LETTER_AND_DIGITS.fullmatch(pattern)
    if simple:
        letter, count = simple[1], int(simple[2])
        return f"{letter} and {COUNTS[count]} digits, as {letter}{1:0{count}}"
    return PATTERNS.get(pattern, f"pattern {pattern}" if pattern else "")


def _simulation(env: BuildEnvironment, simulation: Simulation) -> list[nodes.Node]:
    note_code(env, f"carebook.data.simulate.{simulation.name}")
    told = (
        ("", simulation.story),
        ("Tempting and misleading: ", simulation.naive),
        ("Sound: ", simulation.sound),
    )
    return [
        *(
            nodes.paragraph("", "", nodes.strong(text=lead), nodes.Text(text))
            for lead, text in told
        ),
        build_table(
            f"What was put into the simulated {simulation.name}",
            PARAMETER_HEADS,
            [_parameter_row(env, parameter) for parameter in simulation.parameters],
            ["bc-parameters"],
        ),
        build_causal_diagram(simulation),
    ]


def _parameter_row(env: BuildEnvironment, parameter: Parameter) -> list[Cell]:
    return [
        Cell((nodes.paragraph("", "", nodes.literal(text=parameter.name)),), head=True),
        words(f"{parameter.value:,g}".replace("-", "−"), number=True),
        words(parameter.unit),
        words(parameter.meaning),
        Cell((_calibrated(env, parameter.calibrated_to),)),
    ]


def _calibrated(env: BuildEnvironment, identifiers: Sequence[str]) -> nodes.paragraph:
    paragraph = nodes.paragraph("", "")
    for identifier in identifiers:
        found = finding(identifier)
        if len(paragraph):
            paragraph += nodes.Text("; ")
        paragraph += cite_finding(env, found, source(found.source).citation)
    return paragraph if len(paragraph) else nodes.paragraph(text="invented")
