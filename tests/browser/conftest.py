"""One browser for each file of tests, and the built book served on this computer alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from carebook.press.toolchain.browser import find_browser
from carebook.press.transfer import running, served_compressed


@dataclass
class Visit:
    """An open page and what went wrong while it loaded."""

    page: Any
    path: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


# One file, one browser: Playwright's event loop must not be left running for other tests.
@pytest.fixture(scope="module")
def browser(project: Path) -> Iterator[Any]:
    """Return a running browser."""
    with running(find_browser(project)) as started:
        yield started


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return the address of the served book."""
    with served_compressed(site) as served:
        yield served


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Return every page of the site, those that only lead to another left out."""
    found = sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)
    kept = [path for path in found if 'http-equiv="refresh"' not in path.read_text("utf-8").lower()]
    assert kept, f"no page in {site}"
    return [path.relative_to(site).as_posix() for path in kept]


@pytest.fixture(scope="session")
def page_with(site: Path, pages: list[str]) -> Callable[[str], str]:
    """Return a function that finds the first page whose HTML matches a pattern."""

    def find(pattern: str) -> str:
        for path in pages:
            if re.search(pattern, (site / path).read_text("utf-8")):
                return path
        pytest.fail(f"no page of the book matches {pattern!r}")

    return find


@pytest.fixture(scope="module")
def visit(browser: Any, address: str) -> Callable[..., Any]:
    """Return a context manager that opens a page, other hosts closed off."""

    @contextmanager
    def opened(path: str, width: int = 1280, height: int = 900, **options: Any) -> Iterator[Visit]:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        visited = Visit(context.new_page(), path)

        def admit(route: Any) -> None:
            if route.request.url.startswith(address):
                route.continue_()
            else:
                visited.foreign.append(route.request.url)
                route.abort()

        context.route(re.compile(r"^(?!data:|blob:)"), admit)
        visited.page.on("pageerror", lambda error: visited.errors.append(str(error)))
        visited.page.on(
            "console",
            lambda said: (
                visited.errors.append(f"{said.text} ({said.location['url']})")
                if said.type == "error"
                else None
            ),
        )
        try:
            visited.page.goto(address + path, wait_until="load")
            yield visited
        finally:
            context.close()

    return opened
