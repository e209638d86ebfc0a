"""Lay out an nbgrader course folder, so that a tutor can go on with nbgrader's own commands.

The folder gets ``nbgrader_config.py`` with the settings that our exercises are proved with, and
``source/<slug>/<slug>.ipynb`` for each exercise. What a tutor has changed there is never
overwritten without being asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from carebook.press.exercises.build import BUILT, build_all
from carebook.press.exercises.course import settings

CONFIG = "nbgrader_config.py"


class CourseFolderTaken(FileExistsError):
    """A file in the course folder differs from ours and would be overwritten."""


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
    ExerciseFault
        If an exercise cannot be built.
    """
    wanted = {target / CONFIG: config_text().encode()}
    for built in build_all(project, names, say=say):
        notebook = f"{built.slug}.ipynb"
        source = project / BUILT / built.slug / "source" / notebook
        wanted[target / "source" / built.slug / notebook] = source.read_bytes()
    new = {path: data for path, data in wanted.items() if not _holds(path, data)}
    taken = [str(path) for path in new if path.exists()]
    if taken and not replace:
        raise CourseFolderTaken(
            f"{', '.join(taken)}: there is another version. Nothing was written. "
            "Move it away, or overwrite it with --replace."
        )
    for path, data in new.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(new)


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
