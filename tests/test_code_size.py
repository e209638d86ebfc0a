"""Small pieces: lengths of modules and functions, front doors of rooms, docstrings.

A piece may be longer when a comment says why: ``# longer than 40: <reason>`` on the line of the
``def``, or ``# longer than 300: <reason>`` at the start of a line for a module. Docstrings do not
count towards a function's length, because here they are promises and not code.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "carebook"
MODULE_LINES, FUNCTION_LINES, RUN_LINES, EXPORTS = 300, 40, 25, 8
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}
EXCEPTION = re.compile(r"# longer than [^:]+: \S+")

Function = ast.FunctionDef | ast.AsyncFunctionDef

MODULES = sorted(SOURCE.rglob("*.py"))
FRONT_DOORS = [path for path in MODULES if path.name == "__init__.py"]
by_path = {"ids": lambda path: str(path.relative_to(SOURCE))}


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function of a module, methods and inner functions included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Return a function's number of lines without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def excused(function: Function, lines: list[str]) -> bool:
    """Return whether a comment in the function's signature says why it is longer."""
    signature = lines[function.lineno - 1 : function.body[0].lineno - 1]
    return any(EXCEPTION.search(line) for line in signature)


def too_long(text: str) -> list[str]:
    """Return a line for each function of a module's text that is longer than allowed."""
    lines = text.splitlines()
    return [
        f"line {function.lineno}: {function.name} has {length(function)} lines"
        for function in functions(ast.parse(text))
        if length(function) > (RUN_LINES if function.name == "run" else FUNCTION_LINES)
        and not excused(function, lines)
    ]


def undocumented(tree: ast.Module) -> list[str]:
    """Return the public functions, classes and methods of a module that have no docstring."""
    public = [
        node
        for parent in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
        for node in parent.body
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_")
    ]
    return [f"line {node.lineno}: {node.name}" for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", MODULES, **by_path)
def test_module_is_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    reasons = [line for line in lines if line.startswith("#") and EXCEPTION.match(line)]
    assert len(lines) <= MODULE_LINES or reasons, "split it, or say why in one line"


@pytest.mark.parametrize("path", MODULES, **by_path)
def test_functions_are_short(path: Path) -> None:
    assert too_long(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, **by_path)
def test_module_has_a_telling_name(path: Path) -> None:
    assert FORBIDDEN_NAMES.isdisjoint({path.stem, path.parent.name})


@pytest.mark.parametrize("path", MODULES, **by_path)
def test_public_things_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "say at the top what the module is for"
    assert undocumented(tree) == []


@pytest.mark.parametrize("path", FRONT_DOORS, **by_path)
def test_front_door_says_one_sentence(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring.endswith(".")
    assert not re.search(r"[.!?]\s", docstring)


@pytest.mark.parametrize("path", FRONT_DOORS, **by_path)
def test_front_door_has_few_exports(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            assert len(ast.literal_eval(node.value)) <= EXPORTS


@pytest.mark.parametrize("path", FRONT_DOORS, **by_path)
def test_front_door_does_no_work(path: Path) -> None:
    """Imports, constants and definitions only; nothing is called, looped over or opened."""
    quiet = ast.Import | ast.ImportFrom | ast.ClassDef | Function
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            assert all(isinstance(each, ast.Import | ast.ImportFrom) for each in node.body)
            continue  # imports that never run
        calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
        is_constant = isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) and not calls
        assert isinstance(node, quiet) or is_constant, f"line {node.lineno}"


def test_test_files_have_names_of_their_own() -> None:
    """Pytest imports tests by file name, as there are no packages under tests/."""
    files = Counter(path.name for path in (PROJECT / "tests").rglob("test_*.py"))
    assert [name for name, count in files.items() if count > 1] == []
    assert list((PROJECT / "tests").rglob("__init__.py")) == []


def function_text(name: str, lines: int, comment: str = "") -> str:
    """Return the text of a function of `lines` lines."""
    return f"def {name}() -> None:{comment}\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (function_text("mark", 40), []),
        (function_text("mark", 41), ["line 1: mark has 41 lines"]),
        (function_text("run", 26), ["line 1: run has 26 lines"]),
        (function_text("mark", 41, "  # longer than 40: one table"), []),
        (function_text("mark", 41, "  # longer than 40"), ["line 1: mark has 41 lines"]),
        ('def mark():\n    """Say\n\n    it."""\n' + "    pass\n" * 39, []),
    ],
)
def test_measure_of_length_finds_long_functions(text: str, problems: list[str]) -> None:
    assert too_long(text) == problems


def test_search_for_docstrings_finds_public_things_without() -> None:
    tree = ast.parse("def mark(): ...\ndef _hidden(): ...\nclass Case:\n    def show(self): ...")
    assert undocumented(tree) == ["line 1: mark", "line 3: Case", "line 4: show"]
