"""Build exercises: ``_build/exercises/<slug>/{source,release,solution}/<slug>.ipynb``.

``_build/exercises/site/<slug>.ipynb`` is the copy of the release that the book lets readers
download.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from carebook import data as tables
from carebook.checks.records import Data
from carebook.data.folder import PACKAGE_FILE, datasets_folder
from carebook.press.content_digest import content_digest
from carebook.press.exercises.faults import ExerciseFault
from carebook.press.exercises.master import FOLDER, Master, read_master, slugs
from carebook.press.exercises.questions import (
    Key,
    Stated,
    check_against_master,
    load_questions,
    work_out,
)

BUILT = Path("_build/exercises")
SITE = "site"
STAMP = "inputs.sha256"
VERSIONS = ("source", "release", "solution")
LIBRARY = ("checks", "data", "methods", "explorers", "figures", "press/exercises")
PACKAGES = ("nbgrader", "nbformat", "nbclient", "jupytext")  # besides those of `content_digest`


@dataclass(frozen=True)
class Built:
    """A built exercise: where it is, what it is worth, how long it took, whether it was reused."""

    slug: str
    folder: Path
    points: float
    seconds: float
    reused: bool


@dataclass(frozen=True)
class Exercise:
    """An exercise that was read and checked, with the tables it uses and its answers."""

    master: Master
    stated: Stated
    data: Data
    key: Key


def read_exercise(folder: Path) -> Exercise:
    """Read ``exercise.md`` and ``checks.py`` of `folder` and hold them against each other.

    Raises
    ------
    ExerciseFault
        At the first fault, with file and line.
    """
    master = read_exercise_master(folder)
    stated = load_questions(folder / "checks.py")
    check_against_master(stated, master)
    data = {name: _table(master, name) for name in master.tables}
    return Exercise(master, stated, data, work_out(stated, data))


def read_exercise_master(folder: Path) -> Master:
    """Read the master of the exercise in `folder`, if both its files are there.

    Raises
    ------
    ExerciseFault
        If one is missing, or the master has a fault in itself.
    """
    for name in ("exercise.md", "checks.py"):
        if not (folder / name).is_file():
            others = ", ".join(slugs(folder.parent.parent)) or "none"
            raise ExerciseFault(
                folder / name, 1, "there is no such file.", f"Exercises that stand: {others}."
            )
    return read_master(folder / "exercise.md")


def _table(master: Master, name: str) -> pd.DataFrame:
    """Return a table by name."""
    return tables.load(_described(master, name).name)


def _described(master: Master, name: str) -> tables.Table:
    """Return what the data dictionary says of a table, or refuse a name that does not exist."""
    try:
        return tables.describe(name)
    except tables.UnknownTable as error:
        raise ExerciseFault(
            master.path,
            master.line_of("tables:"),
            f"front matter: tables names {name!r}.",
            str(error.args[0]),
        ) from error


def build_all(
    project: Path,
    names: Sequence[str] = (),
    *,
    fresh: bool = False,
    say: Callable[[str], None] = lambda words: None,
) -> list[Built]:
    """Build the exercises `names` of `project`, by default all of them.

    Parameters
    ----------
    project
        The repository's root.
    fresh
        Build even what has not changed.
    say
        Called with a line of progress before and after each exercise.
    """
    made = []
    for name in names or slugs(project):
        say(f"{name}: reading, sealing, running the solution and a blank copy …")
        built = build_exercise(project, name, fresh=fresh)
        state = "unchanged" if built.reused else "full marks for the solution, 0 for a blank copy"
        say(f"{name}: {built.points:g} points, {state} ({built.seconds:.1f} s)")
        made.append(built)
    if not names:
        _drop_removed(project / BUILT, {built.slug for built in made})
    return made


def _drop_removed(folder: Path, kept: set[str]) -> None:
    """Remove what was built from exercises that no longer exist."""
    for path in [*folder.glob("*/" + STAMP), *(folder / SITE).glob("*.ipynb")]:
        if path.name == STAMP and path.parent.name not in kept:
            shutil.rmtree(path.parent)
        elif path.suffix == ".ipynb" and path.stem not in kept:
            path.unlink()


def build_exercise(project: Path, slug: str, *, fresh: bool = False) -> Built:
    """Build one exercise whole, or leave what stood before.

    Raises
    ------
    ExerciseFault
        If anything about the exercise is wrong; nothing has been written then.
    """
    started = time.monotonic()
    folder, target = project / FOLDER / slug, project / BUILT / slug
    master = read_exercise_master(folder)
    digest = _digest(folder, master)
    stamp = target / STAMP
    reused = not fresh and stamp.is_file() and stamp.read_text() == digest
    if not reused:
        _write(_proved(folder), slug, digest, target)
    _copy_for_site(target / "release" / f"{slug}.ipynb", project / BUILT / SITE)
    seconds = time.monotonic() - started
    return Built(slug, target, master.points, seconds, reused)


def _proved(folder: Path) -> dict[str, str]:
    """Return the three notebooks as text, after running them."""
    # nbgrader and its kernels take seconds to import, and are not needed when nothing changed.
    import nbformat

    from carebook.press.exercises.proof import prove
    from carebook.press.exercises.versions import make_versions

    exercise = read_exercise(folder)
    versions = make_versions(exercise.master, exercise.stated, exercise.key)
    prove(exercise.master, exercise.stated, versions)
    return {name: nbformat.writes(getattr(versions, name)) + "\n" for name in VERSIONS}


def _write(texts: dict[str, str], slug: str, digest: str, target: Path) -> None:
    """Put the three notebooks at `target` by renaming a finished folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".arriving-") as work:
        arriving, leaving = Path(work) / "new", Path(work) / "old"
        for name, text in texts.items():
            (arriving / name).mkdir(parents=True)
            (arriving / name / f"{slug}.ipynb").write_text(text, "utf-8")
        (arriving / STAMP).write_text(digest)
        if target.exists():
            target.rename(leaving)
        arriving.rename(target)


def _copy_for_site(release: Path, site: Path) -> None:
    """Give the site its copy of the release, replaced whole."""
    site.mkdir(parents=True, exist_ok=True)
    part = site / f".{release.name}.part"
    shutil.copyfile(release, part)
    part.replace(site / release.name)


def _digest(folder: Path, master: Master) -> str:
    """Return a digest of everything that the notebooks and their proof depend on."""
    library = Path(__file__).parents[2]
    files = [folder / "exercise.md", folder / "checks.py", datasets_folder() / PACKAGE_FILE]
    files += [library / part for part in LIBRARY]
    files += [_described(master, name).file for name in master.tables]
    packages = " ".join(f"{package} {version(package)}" for package in PACKAGES)
    return f"{content_digest(files)} {packages}"
