"""Tell by content whether what something was made from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from platform import python_version

PACKAGES = ("numpy", "pandas", "scipy", "matplotlib", "seaborn")
DIGITS = 16


def content_digest(paths: Iterable[Path]) -> str:
    """Return a digest of files, of folders' files, and of the packages underneath.

    Parameters
    ----------
    paths
        Files and folders; one that does not exist counts as empty. Neither dates nor the place
        of the folders matter, only names inside them and bytes.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    digest.update(f"python {python_version()}\n".encode())
    for path in paths:
        for file in sorted(_files_of(path)):
            name = file.relative_to(path.parent).as_posix()
            digest.update(f"{name}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:DIGITS]


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for file in path.rglob("*"):
        # What editors and file managers leave behind is no input.
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden and "__pycache__" not in file.parts:
            yield file
