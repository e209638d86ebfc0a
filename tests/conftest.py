"""What every test may use: the project's folder and the built book."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the repository's root."""
    return PROJECT


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    """Return the folder of the built book; `make test` builds it first."""
    built = project / "_build" / "html"
    if not (built / "index.html").exists():
        pytest.fail(f"no built book at {built}; build it first: make html")
    return built
