"""Serve the site as a web server would, compressed, and weigh what a page loads.

Used by the browser tests and by `carebook bench`, so that both measure the same thing.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from carebook.press.toolchain.browser import Browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser as RunningBrowser

BUDGET = 200_000
# Pictures are outside the budget; a reader on a slow line sees the words first.
PICTURE_TYPES = frozenset({"image"})
_COMPRESSED = frozenset({".html", ".css", ".js", ".svg", ".json", ".csv", ".txt", ".xml"})


@dataclass(frozen=True)
class Transfer:
    """One file that a page loaded.

    Attributes
    ----------
    path
        The path on the site.
    kind
        The browser's word: document, stylesheet, script, font, image.
    size
        Bytes of the body as sent, compressed where a server would compress.
    """

    path: str
    kind: str
    size: int

    @property
    def counts(self) -> bool:
        """Tell whether the file counts towards the budget."""
        return self.kind not in PICTURE_TYPES


@contextmanager
def served_compressed(site: Path) -> Iterator[str]:
    """Serve `site` on a free port of this computer and yield the address, ending in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressed, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def running(browser: Browser, *arguments: str) -> Iterator[RunningBrowser]:
    """Start `browser`, with further command-line `arguments`, and yield Playwright's handle."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=browser.path,
            args=[*browser.arguments, *arguments],
            env=dict(_environment(browser)),
        )
        try:
            yield started
        finally:
            started.close()


def weigh(browser: RunningBrowser, address: str) -> tuple[Transfer, ...]:
    """Open a page with an empty cache and return what it loads before the reader acts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        seen: list[Any] = []
        page.on("requestfinished", lambda request: seen.append(request))
        page.goto(address, wait_until="networkidle")
        return tuple(_transfer(request) for request in seen)
    finally:
        context.close()


def weight(transfers: tuple[Transfer, ...]) -> int:
    """Return the bytes that count towards the budget."""
    return sum(transfer.size for transfer in transfers if transfer.counts)


def _transfer(request: Any) -> Transfer:
    path = request.url.split("/", 3)[3].split("?")[0]
    return Transfer(path, request.resource_type, request.sizes()["responseBodySize"])


def _environment(browser: Browser) -> dict[str, str]:
    return {**os.environ, **browser.environment}


@lru_cache(maxsize=256)
def _gzipped(path: Path, changed: float) -> bytes:
    """Return the compressed bytes of a file; a second argument forgets an older version."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class _Compressed(SimpleHTTPRequestHandler):
    """Serve text compressed, and say nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the compressed file, or as the standard library would."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if path.suffix not in _COMPRESSED or not path.is_file():
            super().do_GET()
            return
        body = _gzipped(path, path.stat().st_mtime)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
