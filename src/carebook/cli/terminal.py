"""What every command needs: the order of help, the project's folder, faults told in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click


class InOrder(click.Group):
    """A group that lists its commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands as they were defined."""
        return list(self.commands)


class Book(InOrder):
    """The whole command: faults that any part of it may meet end it with a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (ValueError, OSError) as error:
            from carebook.data.file_text import MalformedTable
            from carebook.data.folder import DatasetsMissing
            from carebook.press.project_folder import WrongProject

            if isinstance(error, MalformedTable | DatasetsMissing | WrongProject):
                raise stop(error) from error
            raise


def stop(error: BaseException) -> click.ClickException:
    """Return the exception that ends a command with an error's own words."""
    return click.ClickException(str(error))


def project_folder(*, publishing: bool = False) -> Path:
    """Return the repository's root; where `publishing`, only if its own code and tables are used.

    Raises
    ------
    carebook.press.project_folder.WrongProject
        If this folder is not inside the book, or the parts in use are another book's.
    """
    from carebook.press.project_folder import find_project, require_own_parts

    project = find_project(Path.cwd())
    if publishing:
        require_own_parts(project)
    return project


def chosen(ctx: click.Context, param: click.Parameter, given: Sequence[str]) -> Sequence[str]:
    """Return the exercises that were asked for by name or folder, or stop at an unknown one."""
    from carebook.press.project_folder import exercise_names

    return exercise_names(project_folder(), given)


SLUGS = click.argument("slugs", metavar="[SLUG]...", nargs=-1, callback=chosen)


def progress(words: str) -> None:
    """Tell how far a long command is, apart from its result."""
    click.echo(words, err=True)
