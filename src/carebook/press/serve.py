"""Serve the built book to this computer alone, on the first free port."""

from __future__ import annotations

import errno
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LAST_PORT = 65_535
ANOTHER = "Name another: carebook serve --port 9000, or make book PORT=9000"


class SiteMissing(FileNotFoundError):
    """There is no built book to serve."""


class NoPort(OSError):
    """No port could be opened; the message says which were tried and what to do."""


class _Quiet(SimpleHTTPRequestHandler):
    """Serve files without a line of log for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serve(site: Path, port: int, announce: Callable[[str], None], tries: int = 20) -> None:
    """Serve `site` on localhost until interrupted.

    Parameters
    ----------
    site
        The folder of the built book.
    port
        The port to try first, 1 to 65535; ports above are tried when it is taken.
    announce
        Called once with the address, when the server listens.
    tries
        How many ports to try.

    Raises
    ------
    SiteMissing
        If `site` holds no ``index.html``.
    NoPort
        If no port is free, or this user may not open one.
    """
    if not (site / "index.html").exists():
        raise SiteMissing(f"No built book at {site}. Build it first: make html")
    with _server(site, port, tries) as server:
        announce(f"http://localhost:{server.server_port}/")
        server.serve_forever()


def _server(site: Path, port: int, tries: int) -> ThreadingHTTPServer:
    """Bind the first free port from `port` on."""
    handler = partial(_Quiet, directory=str(site))
    last = min(port + tries - 1, LAST_PORT)
    for candidate in range(port, last + 1):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoPort(
                    f"Port {candidate} cannot be opened ({error.strerror}). {ANOTHER}"
                ) from error
    which = f"Port {port} is" if last == port else f"Ports {port} to {last} are all"
    raise NoPort(f"{which} taken. {ANOTHER}")
