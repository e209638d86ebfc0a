"""What every test may use: the project's folder and the built book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

PROJECT = Path(__file__).resolve().parents[1]


# Tests of a file stay on one worker, since they share a browser. These take most of a minute each.
EACH_ALONE = "tests/exercises/test_samples_through_nbgrader.py::"


class ByFile(LoadFileScheduling):
    """Give a worker a whole file of tests, or one test where each is to go alone."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(EACH_ALONE) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Return the way in which pytest-xdist divides the tests, whatever ``--dist`` says."""
    return ByFile(config, log)


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
