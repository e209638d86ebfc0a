"""``carebook new``: something new for the book, as a skeleton to write in."""

from __future__ import annotations

from datetime import date

import click

from carebook.cli.terminal import InOrder, project_folder, stop

NEXT = """\
It builds and passes as it is. Each sentence to replace starts with "Write:".
  carebook check                         lists what is still to be written
  carebook exercises build {slug}
  carebook exercises grade-samples {slug}
  carebook build
CONTRIBUTING.md tells the way from here to a merged chapter."""


@click.group(cls=InOrder)
def new() -> None:
    """A new chapter, whole from the start."""


@new.command()
@click.argument("slug")
@click.option("--title", default="", help="Its title; the slug in words by default.")
@click.option(
    "--part",
    default="",
    metavar="CAPTION",
    help="Caption of a part in _toc.yml; the last one with chapters by default.",
)
def chapter(slug: str, title: str, part: str) -> None:
    """Write a chapter's pages, exercise and tutor page, and list them in _toc.yml."""
    from carebook.press.new_chapter import ChapterRefused, new_chapter

    try:
        made = new_chapter(project_folder(), slug, today=date.today(), title=title, part=part)
    except ChapterRefused as error:
        raise stop(error) from error
    click.echo(f"A new chapter, {made.title!r}, in the part {made.part!r}:")
    for path in made.files:
        click.echo(f"  {path.as_posix()}")
    click.echo(NEXT.format(slug=slug))
