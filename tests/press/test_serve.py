"""Tests of serving the built book."""

from __future__ import annotations

import errno
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


def test_the_message_about_taken_ports_holds_no_error_number(tmp_path: Path) -> None:
    busy = serve._server(tmp_path, 18_300, tries=50)
    with pytest.raises(serve.NoPort, match=r"^Port \d+ is taken\. Name another: carebook serve"):
        serve._server(tmp_path, busy.server_port, tries=1)
    busy.server_close()


def test_the_search_for_a_port_ends_at_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def busy(address: tuple[str, int], handler: object) -> None:
        tried.append(address[1])
        raise OSError(errno.EADDRINUSE, "taken")

    monkeypatch.setattr(serve, "ThreadingHTTPServer", busy)
    with pytest.raises(serve.NoPort, match=r"Ports 65534 to 65535 are all taken"):
        serve._server(tmp_path, 65_534, tries=20)
    assert tried == [65_534, 65_535]


def test_a_port_that_this_user_may_not_open_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(address: tuple[str, int], handler: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(serve, "ThreadingHTTPServer", forbidden)
    with pytest.raises(serve.NoPort, match=r"^Port 80 cannot be opened \(Permission denied\)"):
        serve._server(tmp_path, 80, tries=20)
