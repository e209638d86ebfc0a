"""The ``carebook`` command: the whole way in ``--help``, and errors without tracebacks."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from carebook.cli import main


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


def test_help_shows_the_whole_way_in_order():
    text = run("--help").output
    steps = re.findall(r"^    carebook ([a-z -]+?)  ", text, re.MULTILINE)
    assert steps == [
        "setup",
        "data check",
        "evidence due",
        "exercises build",
        "exercises grade-samples",
        "build",
        "serve",
        "check",
        "bench",
    ]


@pytest.mark.parametrize("group", ["exercises", "data"])
def test_every_command_explains_itself(group):
    for name in main.commands[group].commands:
        result = run(group, name, "--help")
        assert result.exit_code == 0
        assert len(result.output.splitlines()) > 3


def test_list_shows_minutes_points_and_questions(book, monkeypatch):
    monkeypatch.chdir(book / "exercises")
    words = " ".join(run("exercises", "list").output.split())
    assert words == "small 5 minutes 7 points 3 questions A small exercise"


def test_fault_ends_the_command_with_file_and_line(book, change, monkeypatch):
    change("exercise.md", "points: 7", "points: 9")
    monkeypatch.chdir(book)
    result = run("exercises", "build", "small")
    assert result.exit_code == 1
    assert re.search(r"Error: .*exercise\.md:4: points: 9 are announced", result.output)
    assert "Traceback" not in result.output


def test_unknown_exercise_ends_with_the_names_of_those_that_stand(book, monkeypatch):
    monkeypatch.chdir(book)
    result = run("exercises", "build", "smal")
    assert (result.exit_code, "Exercises that stand: small." in result.output) == (1, True)


def test_command_outside_the_book_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("exercises", "list")
    assert result.exit_code == 1
    assert "is not inside the book" in result.output


def test_unknown_simulated_table_ends_with_the_names(book, monkeypatch):
    monkeypatch.chdir(book)
    result = run("data", "build", "staff_surway")
    assert result.exit_code == 1
    assert "staff_survey" in result.output


def test_two_sheets_are_written_filled_in_and_compared(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    sheet = tmp_path / "blank.csv"
    written = run("exercises", "marking-sheet", "measuring-burnout", "K", "L", "--to", str(sheet))
    assert (written.exit_code, "2 scripts, 4 marks each" in written.output) == (0, True)
    head, *rows = sheet.read_text("utf-8").splitlines()
    for name, marks in {"first": "11001100", "second": "11011100"}.items():
        filled = [row + mark for row, mark in zip(rows, marks, strict=True)]
        (tmp_path / f"{name}.csv").write_text("\n".join([head, *filled]) + "\n", "utf-8")
    result = run(
        "exercises", "agreement", str(tmp_path / "first.csv"), str(tmp_path / "second.csv")
    )
    assert result.exit_code == 0
    assert re.search(r"all questions +4 +50% +100% +\+0\.5 +0\.\d\d \(", result.output)
    assert result.output.count("Talk about: K, ") == 1


def test_a_sheet_that_stands_is_not_overwritten(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    sheet = tmp_path / "marks.csv"
    sheet.write_text("an hour's work", "utf-8")
    result = run("exercises", "marking-sheet", "measuring-burnout", "K", "--to", str(sheet))
    assert (result.exit_code, "stands already" in result.output) == (2, True)
    assert sheet.read_text("utf-8") == "an hour's work"


def test_a_mark_that_is_missing_ends_the_command_with_file_and_line(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    sheet = tmp_path / "marks.csv"
    run("exercises", "marking-sheet", "measuring-burnout", "K", "L", "--to", str(sheet))
    result = run("exercises", "agreement", str(sheet), str(sheet))
    assert result.exit_code == 1
    assert re.search(r"marks\.csv:2: the mark is missing", result.output)
