"""Tests of serving the built book."""

from __future__ import annotations

import threading
import urllib.request
from pathlib import Path

import pytest

from carebook.press import serve


def test_serving_without_a_book_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(serve.SiteMissing, match="make html"):
        serve.serve(tmp_path, 8000, announce=lambda address: None)


def test_the_next_port_is_taken_when_one_is_busy_and_the_page_is_served(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("bilingual", encoding="utf-8")
    first = serve._server(tmp_path, 18_100, tries=50)
    second = serve._server(tmp_path, first.server_port, tries=50)
    threading.Thread(target=second.serve_forever, daemon=True).start()
    with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/") as answer:
        assert answer.read() == b"bilingual"
    assert second.server_port > first.server_port
    second.shutdown()
    second.server_close()
    first.server_close()


def test_no_free_port_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    busy = serve._server(tmp_path, 18_200, tries=50)
    with pytest.raises(OSError, match="PORT="):
        serve._server(tmp_path, busy.server_port, tries=1)
    busy.server_close()
