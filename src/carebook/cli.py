"""The ``carebook`` command: thin; each command calls one public function of a room."""

from __future__ import annotations

import sys
import tempfile
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


# Click keeps the lines of a paragraph that starts with a backspace character.
WHOLE_WAY = """Bilingual Care: build the book, its tables and its graded exercises.

\b
The whole way, in order:
  carebook setup                    front-end parts; with --browser, a browser too
  carebook data check               the tables keep their dictionary
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


@main.command()
@click.option("--browser", is_flag=True, help="Find or fetch a browser for tests and print too.")
def setup(browser: bool) -> None:
    """Install front-end parts inside the project; says what it does."""
    from carebook.press.toolchain.browser import BrowserMissing, find_browser
    from carebook.press.toolchain.front_end import FrontEndMissing, install

    project = project_folder()
    try:
        ran = install(project, tests=browser, say=click.echo)
        click.echo("Front-end parts: installed." if ran else "Front-end parts: already there.")
        if browser:
            found = find_browser(project, click.echo)
            click.echo(f"Browser: {found.version}, {found.origin}.")
    except (FrontEndMissing, BrowserMissing) as error:
        raise stop(error) from error


@main.group(cls=InOrder)
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


@main.group(cls=InOrder)
def exercises() -> None:
    """Graded exercises: text masters, notebooks, samples."""


@exercises.command("list")
def exercises_list() -> None:
    """List the exercises with minutes, points and questions."""
    from carebook.press.exercises import ExerciseFault, slugs
    from carebook.press.exercises.master import FOLDER, read_master

    project = project_folder()
    try:
        for slug in slugs(project):
            master = read_master(project / FOLDER / slug / "exercise.md")
            asked = len(master.with_role("check")) + len(master.with_role("written"))
            click.echo(
                f"{slug:24} {master.minutes:3} minutes  {master.points:3g} points  "
                f"{asked:2} questions  {master.title}"
            )
    except ExerciseFault as error:
        raise stop(error) from error


@exercises.command("build")
@SLUGS
@click.option("--fresh", is_flag=True, help="Build even what has not changed.")
def exercises_build(slugs: Sequence[str], fresh: bool) -> None:
    """Make source, release and solution notebooks in _build/exercises/SLUG/."""
    from carebook.press.exercises import ExerciseFault, build_all

    try:
        build_all(project_folder(), slugs, fresh=fresh, say=click.echo)
    except ExerciseFault as error:
        raise stop(error) from error


@exercises.command("grade-samples")
@SLUGS
@click.option(
    "--keep",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Leave gradebook.db, marks.csv and the feedback pages in this folder.",
)
def exercises_grade_samples(slugs: Sequence[str], folder: Path | None) -> None:
    """Hand the samples in, autograde them with stock nbgrader, compare with the stated scores."""
    from carebook.press import exercises as room
    from carebook.press.exercises.course import GradingFailed, grade_exercise
    from carebook.press.exercises.course_folder import FolderRefused, keep, require_ours
    from carebook.press.exercises.score_table import as_stated, score_table

    project, equal = project_folder(), True
    names = slugs or room.slugs(project)
    try:
        if folder:
            for slug in names:
                require_ours(folder / slug)
        for slug in names:
            with tempfile.TemporaryDirectory(prefix="carebook-course-") as work:
                graded = grade_exercise(project, slug, Path(work), say=_progress)
                click.echo(score_table(graded))
                equal = as_stated(graded) and equal
                if folder:
                    keep(graded, folder / slug)
                    click.echo(f"Kept in {folder / slug}: gradebook.db, marks.csv, feedback/")
    except (room.ExerciseFault, GradingFailed, FolderRefused) as error:
        raise stop(error) from error
    if not equal:
        sys.exit(1)


@exercises.command("course")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@SLUGS
@click.option("--replace", is_flag=True, help="Overwrite files in FOLDER that differ.")
def exercises_course(folder: Path, slugs: Sequence[str], replace: bool) -> None:
    """Lay out an nbgrader course in FOLDER: its settings and the source notebooks."""
    from carebook.press.exercises import ExerciseFault
    from carebook.press.exercises.course_folder import FolderRefused, lay_out_course

    try:
        written = lay_out_course(project_folder(), folder, slugs, replace=replace, say=_progress)
    except (ExerciseFault, FolderRefused) as error:
        raise stop(error) from error
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"The course is in {folder}. Go there, then: nbgrader generate_assignment SLUG")


def _progress(words: str) -> None:
    """Tell how far a long command is, apart from its result."""
    click.echo(words, err=True)


@main.command()
@click.option("--fresh", is_flag=True, help="Forget everything made before.")
def build(fresh: bool) -> None:
    """Build the book into _build/html."""
    from carebook.press.build import BuildFailed
    from carebook.press.build import build as build_book

    try:
        built = build_book(project_folder(publishing=True), fresh=fresh)
    except BuildFailed as error:
        raise stop(error) from error
    what = "The book is built" if built.anything_new else "Nothing has changed; the book stands"
    click.echo(f"{what}: {built.site} ({built.seconds:.1f} s)")


@main.command()
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="First to try."
)
def serve(port: int) -> None:
    """Serve the built book to this computer; prints the address; Ctrl+C ends it."""
    from carebook.press.build import SITE
    from carebook.press.serve import NoPort, SiteMissing
    from carebook.press.serve import serve as serve_site

    def announce(address: str) -> None:
        click.echo(f"The book is open at {address}  (Ctrl+C ends it)")

    try:
        serve_site(project_folder() / SITE, port, announce)
    except (SiteMissing, NoPort) as error:
        raise stop(error) from error
    except KeyboardInterrupt:
        click.echo("")


@main.command()
def check() -> None:
    """Lint, types and prose."""
    from carebook.press import prose
    from carebook.press.editing import editor_remarks
    from carebook.press.lint import failed_tools

    project = project_folder()
    failed = failed_tools(project)
    remarks = editor_remarks(project)
    for remark in remarks:
        click.echo(str(remark))
    if any(remark.level == prose.ERROR for remark in remarks):
        failed.append("prose")
    for page, (words, grade) in prose.reading_grades(project).items():
        click.echo(f"{page}: {words} words, reading grade {grade:.0f}")
    if failed:
        raise click.ClickException(f"Failed: {', '.join(failed)}. See above.")
    click.echo("Lint, types and prose: nothing to stop for.")


@main.command()
def bench() -> None:
    """Measure build times, page weight and Lighthouse scores, in one run."""
    from carebook.press import bench as measure

    click.echo(measure.table(measure.bench(project_folder(publishing=True), click.echo)))
