"""Tests of how a build replaces the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.press import build


def folder_with(path: Path, **files: str) -> Path:
    """Make a folder of small files."""
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def contents(path: Path) -> dict[str, str]:
    """Return names and texts of a folder's files."""
    return {file.name: file.read_text(encoding="utf-8") for file in path.iterdir()}


def test_the_site_is_replaced_whole(tmp_path: Path) -> None:
    made = folder_with(tmp_path / "made", new="2", both="2")
    site = folder_with(tmp_path / "html", old="1", both="1")
    build.replace_whole(made, site)
    assert contents(site) == {"new": "2", "both": "2"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["html", "made"]


def test_a_failed_build_leaves_the_site_and_forgets_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder_with(tmp_path / build.SITE, page="as it was")
    doctrees = folder_with(tmp_path / build.WORKSHOP / "_build" / ".doctrees", memory="x")
    monkeypatch.setattr(build.staging, "stage", lambda project: project)
    monkeypatch.setattr(build, "_run_jupyter_book", lambda project: 1)
    with pytest.raises(build.BuildFailed, match="left as it was"):
        build.build(tmp_path)
    assert contents(site) == {"page": "as it was"}
    assert not doctrees.exists()
