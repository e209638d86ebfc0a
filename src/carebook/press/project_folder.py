"""Find the book's folder, see that it is built by its own code, and name its exercises."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePath

import carebook
from carebook.data.folder import VARIABLE

CODE = Path("src/carebook")
MARKS = (Path("_toc.yml"), CODE / "__init__.py")
# `_build/exercises/site` holds what the site serves, beside one folder for each exercise.
RESERVED = "site"


class WrongProject(ValueError):
    """A command cannot work here; the message says why and what to do."""


class WrongPlace(WrongProject):
    """The command runs outside the book, or with code or tables of another one."""


class WrongExercise(WrongProject):
    """An exercise does not exist, or has a name that no exercise may have."""


def find_project(here: Path) -> Path:
    """Return the repository's root: the folder `here` or the nearest one above it.

    Raises
    ------
    WrongPlace
        If none of them holds ``_toc.yml`` and ``src/carebook``.
    """
    for folder in (here, *here.parents):
        if all((folder / mark).is_file() for mark in MARKS):
            return folder
    raise WrongPlace(
        f"{here} is not inside the book: neither it nor a folder above holds _toc.yml and "
        f"{CODE}. Go to the repository's folder."
    )


def require_own_parts(project: Path) -> None:
    """Stop before something is published that was made with another book's code or tables.

    Raises
    ------
    WrongPlace
        If the running library is not the one in `project`, or ``CAREBOOK_DATASETS`` names
        another folder than its ``datasets``.
    WrongExercise
        If an exercise has a reserved name.
    """
    running, own = Path(carebook.__file__).resolve().parent, (project / CODE).resolve()
    if running != own:
        raise WrongPlace(
            f"This command runs the code in {running}, but the book is in {project}. "
            "Each copy of the repository needs its own environment: run `make html` there."
        )
    named = os.environ.get(VARIABLE)
    if named and Path(named).resolve() != (project / "datasets").resolve():
        raise WrongPlace(
            f"{VARIABLE} names {named}, but the book is made from {project / 'datasets'}. "
            f"Run `unset {VARIABLE}` and try again."
        )
    _refuse_reserved(project)


def exercise_names(project: Path, given: Sequence[str]) -> tuple[str, ...]:
    """Return the exercises that were asked for, each once; none where all are meant.

    Parameters
    ----------
    project
        The repository's root.
    given
        Names, or paths such as ``exercises/measuring-burnout/`` that a shell completes.

    Raises
    ------
    WrongExercise
        If one does not exist, the message lists those that do; or has a reserved name.
    """
    from carebook.press.exercises.master import FOLDER, slugs

    _refuse_reserved(project)
    known = slugs(project)
    chosen = []
    for each in given:
        path = PurePath(each)
        if path.name not in known or str(path.parent) not in (".", str(PurePath(FOLDER))):
            raise WrongExercise(
                f"There is no exercise {each!r}. "
                f"Exercises that stand: {', '.join(known) or 'none'}."
            )
        chosen.append(path.name)
    return tuple(dict.fromkeys(chosen))


def _refuse_reserved(project: Path) -> None:
    folder = project / "exercises" / RESERVED
    if folder.exists():
        raise WrongExercise(
            f"{folder}: no exercise may be called {RESERVED!r}, because its notebooks would "
            "stand where those of the site do. Rename the folder."
        )
