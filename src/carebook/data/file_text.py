"""Read a file of the datasets folder as text, or say why it cannot be read and what to do."""

from __future__ import annotations

import codecs
from pathlib import Path

REMEDY = "Save the file as UTF-8 without BOM (byte-order mark)."


class MalformedTable(ValueError):
    """A file does not hold the table that ``datapackage.json`` describes."""


def read_text(file: Path, path: str) -> str:
    """Return the text of a file, line ends as they stand.

    Parameters
    ----------
    file
        The file on disk.
    path
        Its name for messages, relative to the datasets folder.

    Raises
    ------
    MalformedTable
        If there is no such file, it cannot be opened, it starts with a byte-order mark, or a byte
        is not UTF-8; the message names line and byte.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise MalformedTable(
            f"{path}: there is no such file at {file}. Take it from the repository again, "
            "or correct its path in datapackage.json."
        ) from error
    except OSError as error:
        raise MalformedTable(
            f"{path}: {file} cannot be read ({error.strerror}). Make it a file you may read."
        ) from error
    if data.startswith(codecs.BOM_UTF8):
        raise MalformedTable(f"{path}:1: the file starts with a byte-order mark. {REMEDY}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MalformedTable(
            f"{path}:{line}: byte {error.start + 1} of the file, 0x{data[error.start]:02x}, "
            f"is not UTF-8. {REMEDY}"
        ) from error
