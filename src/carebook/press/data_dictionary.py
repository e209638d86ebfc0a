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
from carebook.press.stacked_table import Cell, build_table, words

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
GROUPS = (("Published tables", False), ("Simulated tables", True))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive ``data-dictionary``."""
    for needed in ("stacked_table", "citations", "causal_diagram"):
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
    section += build_table(
        f"Columns of {table.name}", COLUMN_HEADS, map(_column_row, table.columns), ["bc-columns"]
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


def _column_row(column: Column) -> list[Cell]:
    name = nodes.paragraph("", "", nodes.literal(text=column.name))
    return [
        Cell((name,), head=True),
        words(TYPES.get(column.type, column.type)),
        words(column.unit),
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
        f"pattern {column.pattern}" if column.pattern else "",
        "each once" if column.unique else "",
        "never empty" if column.required else "",
    ]
    return "; ".join(rule for rule in rules if rule)


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
