"""``carebook exercises``: graded exercises."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from carebook.cli.terminal import SLUGS, InOrder, progress, project_folder, stop


@click.group(cls=InOrder)
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
                graded = grade_exercise(project, slug, Path(work), say=progress)
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
        written = lay_out_course(project_folder(), folder, slugs, replace=replace, say=progress)
    except (ExerciseFault, FolderRefused) as error:
        raise stop(error) from error
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"The course is in {folder}. Go there, then: nbgrader generate_assignment SLUG")


@exercises.command("marking-sheet")
@click.argument("slug")
@click.argument("scripts", nargs=-1, required=True)
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default="marking-sheet.csv",
    show_default=True,
    help="Where to write the sheet. A file that stands is not overwritten.",
)
def exercises_marking_sheet(slug: str, scripts: Sequence[str], path: Path) -> None:
    """Write a sheet for marking the written answers of SCRIPTS (names, without a student's name).

    Give each of two markers a copy. They work apart; then: carebook exercises agreement.
    """
    from carebook.grading.double_marking import Criterion, blank_sheet
    from carebook.press.exercises import ExerciseFault
    from carebook.press.exercises.marking_guide import rubric_rows

    try:
        criteria = [Criterion(*row) for row in rubric_rows(project_folder(), slug)]
    except ExerciseFault as error:
        raise stop(error) from error
    if len(set(scripts)) < len(scripts):
        raise click.UsageError("A script is named twice. Name each once.")
    if path.exists():
        raise click.UsageError(f"{path} stands already. Name another file with --to.")
    sheet = blank_sheet(scripts, criteria)
    sheet.to_csv(path, index=False)
    click.echo(
        f"wrote {path}: {len(scripts)} scripts, {len(criteria)} marks each. Fill in the column "
        "'mark', one copy a marker, without seeing the other's."
    )


@exercises.command("agreement")
@click.argument("first", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("second", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def exercises_agreement(first: Path, second: Path) -> None:
    """Compare two markers' sheets: weighted kappa by question, and the scripts to talk about."""
    from carebook.grading.double_marking import SheetRefused, agreement, read_sheet, to_talk_about

    try:
        one, other = read_sheet(first), read_sheet(second)
        found = agreement(one, other)
    except SheetRefused as error:
        raise stop(error) from error
    click.echo(f"{'question':16} {'out of':>6} {'same':>5} {'close':>5} {'gap':>5}  weighted kappa")
    for row in found:
        click.echo(
            f"{row.question:16} {row.out_of:6g} {row.same:5.0%} {row.close:5.0%} {row.gap:+5.1f}  "
            + ("all marks alike" if row.kappa != row.kappa
               else f"{row.kappa:.2f} ({row.low:.2f} to {row.high:.2f})")
        )  # fmt: skip
    click.echo(f"{found[0].scripts} scripts. same, close: the two gave the same points, or within "
               "one. gap: second minus first, on average.")  # fmt: skip
    for line in to_talk_about(one, other):
        click.echo(f"Talk about: {line}")
