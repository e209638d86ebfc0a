"""The learner's library works from its wheel alone, tables included."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

PROGRAM = """
import carebook
from carebook.data import load
from carebook.evidence import effect_in_words, finding
from carebook.methods import score_scales

survey = load("staff_survey")
print(carebook.__file__)
print(len(survey), score_scales(survey)["work"].notna().sum() > 1000)
print(effect_in_words(finding("hewitt2020:min")))
"""


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built as the site serves it."""
    target = tmp_path_factory.mktemp("wheel")
    built = list(WheelBuilder(str(project)).build(directory=str(target), versions=["standard"]))
    return Path(built[0])


def test_the_wheel_is_pure_python_and_small_enough_to_download(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    assert wheel.stat().st_size < 3_000_000


def test_the_wheel_holds_the_tables_and_no_exercise(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "carebook/data/datasets/simulated/staff_survey.csv" in names
    assert "carebook/data/datasets/published/findings.csv" in names
    assert not [name for name in names if name.endswith(("/checks.py", "exercise.md"))]
    assert not [name for name in names if name.endswith(".template")]


def test_the_library_reads_its_tables_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Unpacked far from the repository, so that only the wheel's own tables can be found."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    environment.pop("CAREBOOK_DATASETS", None)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False,
        cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert ran.stderr == ""
    where, counted, effect = ran.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert counted == "18000 True"
    assert effect == "3.2%"
