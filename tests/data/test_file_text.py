"""A file that cannot be read as text is named with line, byte and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.data import MalformedTable
from carebook.data.file_text import read_text


def test_text_is_returned_with_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("é\r\n".encode())
    assert read_text(tmp_path / "a.csv", "a.csv") == "é\r\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id\nn\xe9\n", r"a\.csv:2: byte 5 of the file, 0xe9, is not UTF-8\. Save .* without BOM"),
        (b"\xef\xbb\xbfid\n", r"a\.csv:1: the file starts with a byte-order mark\. Save the file"),
        (b"\xff\xfei\0d\0", r"a\.csv:1: byte 1 of the file, 0xff, is not UTF-8"),
    ],
)
def test_bytes_that_are_not_plain_utf_8_are_named(
    tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(MalformedTable, match=message):
        read_text(tmp_path / "a.csv", "a.csv")


def test_a_missing_file_is_named_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(MalformedTable, match=r"a\.csv: there is no such file at .*a\.csv\. Take"):
        read_text(tmp_path / "a.csv", "a.csv")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedTable, match=r"a\.csv: .* cannot be read \(Is a directory\)"):
        read_text(tmp_path, "a.csv")
