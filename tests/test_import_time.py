"""The learner's rooms start quickly: under 0.3 s beyond pandas, and without heavy libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

ROOMS = ("data", "evidence", "methods", "figures", "checks", "explorers")
MOST_SECONDS = 0.3
HEAVY = {"scipy", "matplotlib", "seaborn", "ipywidgets", "statsmodels", "sphinx", "nbgrader"}

# Each round forgets what the room brought in, so that the next one loads it again.
MEASURE = """
import importlib, json, statistics, sys, time
import pandas
before = set(sys.modules)
seconds = []
for _ in range(5):
    for name in set(sys.modules) - before:
        del sys.modules[name]
    start = time.perf_counter()
    importlib.import_module("carebook.{room}")
    seconds.append(time.perf_counter() - start)
tops = sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})
print(json.dumps({{"seconds": statistics.median(seconds), "tops": tops}}))
"""


@pytest.fixture(scope="module", params=ROOMS)
def measured(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the median time to import a room in a fresh process, and what came with it."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURE.format(room=request.param)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return {"room": request.param, **result}


def test_room_is_imported_in_under_a_third_of_a_second(measured: dict[str, Any]) -> None:
    assert measured["seconds"] < MOST_SECONDS


def test_room_leaves_heavy_libraries_alone(measured: dict[str, Any]) -> None:
    assert "carebook" in measured["tops"]
    assert HEAVY.isdisjoint(measured["tops"])
