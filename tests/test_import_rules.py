"""Who may import whom: the rooms of src/carebook keep to the plan of the building.

The learner's rooms run in a browser kernel, so they import nothing but the standard library, the
package's own dependencies and each other in the order stated here, and leave heavy libraries to
the moment they are needed.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "carebook"

LEARNERS = ("data", "evidence", "methods", "figures", "checks", "explorers")
MAY_IMPORT: dict[str, set[str]] = {
    "data": set(),
    "evidence": {"data"},
    "methods": set(),
    "figures": {"methods"},
    "checks": set(),
    "explorers": {"methods"},
    "press": set(LEARNERS),
    "grading": {"data", "checks"},
    "cli": {*LEARNERS, "press", "grading"},
    "__init__": set(),
    "__main__": {"cli"},
}

# Comes with Matplotlib, which is a dependency.
COMPANIONS = {"cycler"}
HEAVY = {"scipy", "matplotlib", "seaborn", "ipywidgets", "cycler", "IPython"}
NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "poplib", "imaplib", "xmlrpc", "asyncio"}
NETWORK_MODULES = {"urllib.request"}


@dataclass(frozen=True)
class Import:
    """One imported module: its full name, its line, and when the import happens."""

    name: str
    line: int
    at_import: bool

    @property
    def top(self) -> str:
        """The distribution's top-level name."""
        return self.name.partition(".")[0]


def imports(text: str, package: str) -> Iterator[Import]:
    """Yield the imports of a module's text; `package` is the package it lies in."""
    tree = ast.parse(text)
    deferred = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or is_type_checking(node)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        for name in names(node, package):
            yield Import(name, node.lineno, id(node) not in deferred)


def is_type_checking(node: ast.AST) -> bool:
    """Return whether a node is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def names(node: ast.AST, package: str) -> list[str]:
    """Return the full names that an import statement brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    parents = package.split(".")
    base = parents[: len(parents) - node.level + 1] if node.level else []
    stem = ".".join([*base, *([node.module] if node.module else [])])
    return [f"{stem}.{alias.name}" for alias in node.names]


def room(path: Path) -> str:
    """Return the room a file of src/carebook belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[Import]:
    """Return the imports of a file of src/carebook."""
    package = ".".join(("carebook", *path.relative_to(SOURCE).parts[:-1]))
    return list(imports(path.read_text(encoding="utf-8"), package))


def dependencies() -> set[str]:
    """Return the names of the package's own dependencies."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return {re.split(r"[<>=~!\[ ;]", entry)[0] for entry in settings["project"]["dependencies"]}


def where(path: Path, found: Import) -> str:
    """Return a line for a message: file, line and what is imported."""
    return f"{path.relative_to(PROJECT)}:{found.line} imports {found.name}"


MODULES = sorted(SOURCE.rglob("*.py"))
LEARNERS_MODULES = [path for path in MODULES if room(path) in LEARNERS]
by_path = {"ids": lambda path: str(path.relative_to(SOURCE))}


def test_there_are_modules_to_look_at() -> None:
    assert {room(path) for path in MODULES} >= {*LEARNERS, "press"}


@pytest.mark.parametrize("path", MODULES, **by_path)
def test_module_lies_in_a_known_room(path: Path) -> None:
    assert room(path) in MAY_IMPORT, f"{path.name}: add its room and what it may import here"


@pytest.mark.parametrize("path", MODULES, **by_path)
def test_module_imports_only_rooms_below_its_own(path: Path) -> None:
    allowed = MAY_IMPORT[room(path)] | {room(path), "__version__"}
    wrong = [
        where(path, found)
        for found in imports_of(path)
        if found.top == "carebook"
        and found.name.split(".")[1:2]
        and found.name.split(".")[1] not in allowed
    ]
    assert wrong == [], f"{room(path)} may import {sorted(MAY_IMPORT[room(path)])} of ours"


@pytest.mark.parametrize("path", LEARNERS_MODULES, **by_path)
def test_learners_module_needs_only_what_the_package_depends_on(path: Path) -> None:
    allowed = dependencies() | COMPANIONS | set(sys.stdlib_module_names) | {"carebook"}
    wrong = [where(path, found) for found in imports_of(path) if found.top not in allowed]
    assert wrong == [], "a learner's room runs in a browser: the package's dependencies only"


@pytest.mark.parametrize("path", LEARNERS_MODULES, **by_path)
def test_learners_module_imports_heavy_libraries_inside_functions(path: Path) -> None:
    wrong = [
        where(path, found) for found in imports_of(path) if found.at_import and found.top in HEAVY
    ]
    assert wrong == [], "import these inside the function that needs them"


@pytest.mark.parametrize("path", LEARNERS_MODULES, **by_path)
def test_learners_module_never_reaches_for_the_network(path: Path) -> None:
    wrong = [
        where(path, found)
        for found in imports_of(path)
        if found.top in NETWORK or any(found.name.startswith(name) for name in NETWORK_MODULES)
    ]
    assert wrong == [], "nothing leaves the reader's machine"


def test_command_line_imports_its_rooms_inside_commands() -> None:
    paths = sorted((SOURCE / "cli").glob("*.py"))
    wrong = [
        where(path, each)
        for path in paths
        for each in imports_of(path)
        if each.top == "carebook" and each.at_import and not each.name.startswith("carebook.cli")
    ]
    assert paths
    assert wrong == [], "carebook --help must be quick: import inside the command"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import sphinx.util", [Import("sphinx.util", 1, True)]),
        ("from carebook.press import quiz", [Import("carebook.press.quiz", 1, True)]),
        ("from ..press import quiz", [Import("carebook.press.quiz", 1, True)]),
        ("from . import pooling", [Import("carebook.methods.pooling", 1, True)]),
        ("def f():\n    import scipy", [Import("scipy", 2, False)]),
        ("if TYPE_CHECKING:\n    import matplotlib", [Import("matplotlib", 2, False)]),
    ],
)
def test_reader_of_imports_sees_every_form(text: str, expected: list[Import]) -> None:
    assert list(imports(text, "carebook.methods")) == expected
