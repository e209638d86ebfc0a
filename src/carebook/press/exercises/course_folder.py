"""Lay out an nbgrader course folder, so that a tutor can go on with nbgrader's own commands.

The folder gets ``nbgrader_config.py`` with the settings that our exercises are proved with, and
``source/<slug>/<slug>.ipynb`` for each exercise. What a tutor has changed there is never
overwritten without being asked to. What grading the samples leaves can be kept in a folder too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from carebook.press.exercises.build import BUILT, build_all
from carebook.press.exercises.course import Graded, settings

CONFIG = "nbgrader_config.py"
KEPT = ("gradebook.db", "marks.csv", "feedback")


class FolderRefused(OSError):
    """Nothing can be put into a folder; the message says why and what to do."""


class CourseFolderTaken(FolderRefused):
    """A file in the course folder differs from ours and would be overwritten."""


class FolderUnwritable(FolderRefused):
    """A file or folder could not be written; the message says which and why."""


def lay_out_course(
    project: Path,
    target: Path,
    names: Sequence[str] = (),
    *,
    replace: bool = False,
    say: Callable[[str], None] = lambda words: None,
) -> list[Path]:
    """Make `target` an nbgrader course with the exercises `names`, by default all of them.

    Parameters
    ----------
    project
        The repository's root.
    target
        The course folder; made where it does not exist.
    replace
        Overwrite files that differ from ours.
    say
        Called with a line of progress at each exercise.

    Returns
    -------
    list[pathlib.Path]
        The files written; those that were there already with the same content are left out.

    Raises
    ------
    CourseFolderTaken
        If a file differs and `replace` is not given; nothing is written then.
    FolderUnwritable
        If a file cannot be written; each file that is there is whole.
    ExerciseFault
        If an exercise cannot be built.
    """
    wanted = {target / CONFIG: config_text().encode()}
    for built in build_all(project, names, say=say):
        notebook = f"{built.slug}.ipynb"
        source = project / BUILT / built.slug / "source" / notebook
        wanted[target / "source" / built.slug / notebook] = source.read_bytes()
    with _clear_refusal(target):
        new = {path: data for path, data in wanted.items() if not _holds(path, data)}
    taken = [str(path) for path in new if path.exists()]
    if taken and not replace:
        raise CourseFolderTaken(
            f"{', '.join(taken)}: there is another version. Nothing was written. "
            "Move it away, or overwrite it with --replace."
        )
    for path, data in new.items():
        with _clear_refusal(path):
            _write_whole(path, data)
    return list(new)


def require_ours(target: Path) -> None:
    """Make sure that `target` holds nothing but what `keep` puts there.

    Raises
    ------
    CourseFolderTaken
        If it holds anything else, which replacing the folder would lose.
    """
    with _clear_refusal(target):
        held = sorted(path.name for path in target.iterdir()) if target.exists() else []
    others = [name for name in held if name not in KEPT]
    if others:
        raise CourseFolderTaken(
            f"{target} holds {', '.join(others)}, which would be lost. "
            "Move it away, or name another folder."
        )


def keep(graded: Graded, target: Path) -> None:
    """Make the folder `target` hold the gradebook, the marks and the feedback, and only these.

    Parameters
    ----------
    graded
        What `carebook.press.exercises.course.grade_exercise` returned.
    target
        The folder; an older one is replaced whole, so that nothing of it is left.

    Raises
    ------
    CourseFolderTaken
        If the folder holds anything else.
    FolderUnwritable
        If it cannot be written; an older one is left as it was.
    """
    require_ours(target)
    arriving = target.with_name(target.name + ".arriving")
    leaving = target.with_name(target.name + ".leaving")
    with _clear_refusal(target):
        for folder in (arriving, leaving):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            arriving.mkdir(parents=True)
            shutil.copy(graded.gradebook, arriving / KEPT[0])
            shutil.copy(graded.marks, arriving / KEPT[1])
            shutil.copytree(graded.feedback, arriving / KEPT[2])
            if target.exists():
                target.rename(leaving)
            arriving.rename(target)
        finally:
            shutil.rmtree(arriving, ignore_errors=True)
        shutil.rmtree(leaving, ignore_errors=True)


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file under a temporary name and rename it, so that it is never half there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arriving = path.with_name(path.name + ".arriving")
    try:
        arriving.write_bytes(data)
        arriving.replace(path)
    finally:
        arriving.unlink(missing_ok=True)


@contextmanager
def _clear_refusal(path: Path) -> Iterator[None]:
    """Turn a refusal of the operating system into one that says what to do."""
    try:
        yield
    except OSError as error:
        raise FolderUnwritable(
            f"{path} cannot be written ({error.strerror or error}). "
            "Name a folder that you may write to, on a disk with room."
        ) from error


def config_text() -> str:
    """Return ``nbgrader_config.py``: the settings of `settings`, the folder's place left out."""
    lines = [
        '"""nbgrader\'s settings for a course of Bilingual Care; carebook must be installed."""',
        "",
        "c = get_config()  # noqa: F821 - nbgrader provides it",
        "",
    ]
    for section, values in sorted(settings(Path()).items()):
        for name, value in sorted(values.items()):
            if (section, name) != ("CourseDirectory", "root"):
                lines.append(f"c.{section}.{name} = {value!r}")
    return "\n".join(lines) + "\n"


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a file is there with just this content."""
    return path.is_file() and path.read_bytes() == data
