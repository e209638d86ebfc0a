"""Write several files or none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from carebook.press.new_chapter.refusals import ChapterRefused


def write_all(
    project: Path, made: Mapping[Path, str], changed: Mapping[Path, tuple[str, str]]
) -> list[Path]:
    """Write new files, then change others; take everything back if any step fails.

    Parameters
    ----------
    project
        The folder that all paths start from.
    made
        The text of each new file; none may be there yet.
    changed
        The text of each file to change, before and after.

    Returns
    -------
    list of Path
        The new files, then the changed ones, as they were given.

    Raises
    ------
    ChapterRefused
        If a file cannot be written, or one to change is no longer as it was read.
    """
    written: list[Path] = []
    folders: list[Path] = []
    try:
        for name, text in made.items():
            _make_folder((project / name).parent, folders)
            with (project / name).open("x", encoding="utf-8", newline="\n") as file:
                written.append(project / name)
                file.write(text)
        for name, (before, after) in changed.items():
            _change(project / name, before, after)
    except BaseException as error:
        _take_back(written, folders)
        if isinstance(error, OSError):
            place = error.filename or project
            raise ChapterRefused(
                f"{place} cannot be written ({error.strerror}). Nothing was made. "
                "Make room for it, then try again."
            ) from error
        raise
    return [*made, *changed]


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, noting each that was not there."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _change(path: Path, before: str, after: str) -> None:
    """Replace a file whole, unless somebody else changed it meanwhile."""
    if path.read_bytes() != before.encode("utf-8"):
        raise ChapterRefused(
            f"{path} was changed while the chapter was made. Nothing was made. Try again."
        )
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(after.encode("utf-8"))
        part.chmod(path.stat().st_mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _take_back(written: list[Path], folders: list[Path]) -> None:
    """Remove the files and folders that were made, the last first; leave what others put there."""
    for path in reversed(written):
        path.unlink(missing_ok=True)
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()
