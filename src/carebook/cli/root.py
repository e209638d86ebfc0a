"""The whole command: its help, and its groups in the order in which they are used."""

from __future__ import annotations

import click

from carebook.cli import book
from carebook.cli.data import data
from carebook.cli.evidence import evidence
from carebook.cli.exercises import exercises
from carebook.cli.new import new
from carebook.cli.terminal import Book

# Click keeps the lines of a paragraph that starts with a backspace character.
WHOLE_WAY = """Bilingual Care: build the book, its tables and its graded exercises.

\b
The whole way, in order:
  carebook setup                    front-end parts; with --browser, a browser too
  carebook data check               the tables keep their dictionary
  carebook evidence due             claims and findings to review again
  carebook new chapter SLUG         a whole chapter, with its exercise, to write in
  carebook exercises build          notebooks from the masters, proved by running
  carebook exercises grade-samples  samples through stock nbgrader, scores as stated
  carebook build                    the book, into _build/html
  carebook serve                    read it; prints the address
  carebook check                    lint, types and prose
  carebook bench                    build times, page weight, Lighthouse
"""


@click.group(cls=Book, help=WHOLE_WAY, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="carebook")
def main() -> None:
    """Build the book, its tables and its graded exercises."""


# In the order in which they are used; the help lists them so.
for command in (
    book.setup,
    data,
    evidence,
    new,
    exercises,
    book.build,
    book.serve,
    book.check,
    book.bench,
):
    main.add_command(command)
