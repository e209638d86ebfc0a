"""Gather what the site serves beside its pages: tables, exercises, the wheel, front-end parts.

Everything goes to ``_build/site-extra``, which ``_config.yml`` names in ``html_extra_path``:
``datasets/`` for readers to download, ``downloads/`` with the release version of each exercise and
the learner's library as a wheel, ``vendor/`` with fonts.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from carebook.press.toolchain import front_end

EXTRA = Path("_build/site-extra")


def stage(project: Path) -> Path:
    """Fill ``_build/site-extra`` of `project` and return it; files that did not change stay."""
    extra = project / EXTRA
    extra.mkdir(parents=True, exist_ok=True)
    _stage_tables(project, extra / "datasets")
    _stage_downloads(project, extra / "downloads")
    front_end.install(project)
    front_end.vendor(project, extra / "vendor")
    return extra


def _stage_tables(project: Path, target: Path) -> None:
    """Copy the published and simulated tables with their description."""
    _mirror(project / "datasets", target, ("*.csv", "datapackage.json"))


def _stage_downloads(project: Path, target: Path) -> None:
    """Build the release notebooks and the wheel, and copy both."""
    from carebook.press.exercises import build_all

    build_all(project)
    _mirror(project / "_build" / "exercises" / "site", target, ("*.ipynb",))
    _build_wheel(project, target)


def _build_wheel(project: Path, target: Path) -> None:
    """Write the learner's library into `target` as a wheel, the same bytes each time."""
    from hatchling.builders.wheel import WheelBuilder

    for old in target.glob("*.whl"):
        old.unlink()
    list(WheelBuilder(str(project)).build(directory=str(target), versions=["standard"]))


def _mirror(source: Path, target: Path, patterns: tuple[str, ...]) -> None:
    """Make `target` hold the matching files of `source` only; unchanged files stay as is."""
    wanted = {path.relative_to(source) for pattern in patterns for path in source.rglob(pattern)}
    for path in [path for path in target.rglob("*") if path.is_file()]:
        if path.relative_to(target) not in wanted and path.suffix != ".whl":
            path.unlink()
    for name in sorted(wanted):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        new, old = source / name, target / name
        if not old.exists() or old.read_bytes() != new.read_bytes():
            shutil.copyfile(new, old)
