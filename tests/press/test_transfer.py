"""The site is served as a server would, and bytes are counted as the reader's line carries them."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.request import Request, urlopen

from carebook.press.transfer import Transfer, served_compressed, weight


def test_text_is_sent_compressed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("words " * 1000, encoding="utf-8")
    with served_compressed(tmp_path) as address, urlopen(Request(address)) as answer:
        body = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(body) < 200
    assert gzip.decompress(body).decode() == "words " * 1000


def test_a_font_is_sent_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "face.woff2").write_bytes(b"face" * 10)
    with served_compressed(tmp_path) as address, urlopen(address + "face.woff2") as answer:
        assert answer.read() == b"face" * 10
    assert answer.headers["Content-Encoding"] is None


def test_pictures_are_outside_the_budget() -> None:
    words = Transfer("index.html", "document", 1000)
    picture = Transfer("figure.svg", "image", 90_000)
    assert weight((words, picture)) == 1000
