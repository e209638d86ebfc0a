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
    monkeypatch.setattr(build, "_stage", lambda project: None)
    monkeypatch.setattr(build, "_run_jupyter_book", lambda project: 1)
    with pytest.raises(build.BuildFailed, match="left as it was"):
        build.build(tmp_path)
    assert contents(site) == {"page": "as it was"}
    assert not doctrees.exists()


def project_with_inputs(folder: Path) -> Path:
    """Make a project whose build writes one page, without Jupyter Book."""
    folder_with(folder / "book", page="text")
    folder_with(folder / build.WORKSHOP / "_build" / "html", **{"index.html": "made"})
    return folder


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replace staging and Jupyter Book, and note each run."""
    seen: list[Path] = []
    monkeypatch.setattr(build, "_stage", lambda project: None)
    monkeypatch.setattr(build, "_run_jupyter_book", lambda project: seen.append(project) or 0)
    return seen


def test_a_fault_in_a_table_stops_the_build_before_anything_is_made(
    tmp_path: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = "published/findings.csv:5: the row has 27 cells"
    monkeypatch.setattr(build, "table_faults", lambda: [fault])
    with pytest.raises(build.BuildFailed, match=r"findings\.csv:5: the row has 27 cells"):
        build.build(project_with_inputs(tmp_path))
    assert runs == []


def test_a_second_build_with_nothing_changed_does_nothing(tmp_path: Path, runs: list[Path]) -> None:
    project = project_with_inputs(tmp_path)
    assert build.build(project).anything_new
    assert not build.build(project).anything_new
    assert len(runs) == 1


def test_a_changed_page_is_built_again(tmp_path: Path, runs: list[Path]) -> None:
    project = project_with_inputs(tmp_path)
    build.build(project)
    (project / "book" / "page").write_text("other text", encoding="utf-8")
    assert build.build(project).anything_new
    assert len(runs) == 2


def test_a_lost_site_is_built_again(tmp_path: Path, runs: list[Path]) -> None:
    project = project_with_inputs(tmp_path)
    build.build(project)
    (project / build.SITE / "index.html").unlink()
    assert build.build(project).anything_new
