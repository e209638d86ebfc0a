"""``carebook data``: the tables."""

from __future__ import annotations

from collections.abc import Sequence

import click

from carebook.cli.terminal import InOrder, project_folder


@click.group(cls=InOrder)
def data() -> None:
    """Tables of facts and simulated tables."""


@data.command("build")
@click.argument("tables", metavar="[TABLE]...", nargs=-1)
def data_build(tables: Sequence[str]) -> None:
    """Write the simulated tables again: the same bytes on every run and machine."""
    from carebook.data.simulate.writer import write_tables

    target = project_folder() / "datasets" / "simulated"
    try:
        written = write_tables(target, list(tables) or None)
    except KeyError as error:
        raise click.ClickException(str(error.args[0])) from error
    for path in written:
        click.echo(f"{path.stem}: {path.stat().st_size / 1000:,.0f} kB")


@data.command("check")
def data_check() -> None:
    """Hold every table against datapackage.json and the rules of the book."""
    from carebook.press.table_faults import table_faults

    faults = table_faults()
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(f"{len(faults)} faults; each names file and line.")
    click.echo("All tables keep their dictionary and the rules of the book.")
