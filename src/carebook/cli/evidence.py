"""``carebook evidence``: the register of findings and claims."""

from __future__ import annotations

from datetime import date, datetime

import click

from carebook.cli.terminal import InOrder


@click.group(cls=InOrder)
def evidence() -> None:
    """Findings and claims: what is due to be reviewed."""


@evidence.command()
@click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Ask for another day than today, such as 2027-11-22.",
)
def due(day: datetime | None) -> None:
    """List the claims and findings whose review is due, the longest overdue first."""
    from carebook.press.review_dates import due as due_on
    from carebook.press.review_dates import next_due

    asked = day.date() if day else date.today()
    listed = due_on(asked)
    for each in listed:
        click.echo(f"{each.review_by}  {each.table:8}  {each.id}: {each.says}")
    if listed:
        click.echo(f"{len(listed)} due by {asked}. Review each, then set reviewed and review_by.")
    else:
        click.echo(f"Nothing is due by {asked}. The next review is due on {next_due()}.")
