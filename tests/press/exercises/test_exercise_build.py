"""Building an exercise: three notebooks, the same bytes each time, nothing half-written."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from carebook.checks.sealed import opened
from carebook.press.exercises import build as build_module
from carebook.press.exercises import build_all, build_exercise
from carebook.press.exercises.master import solution_code
from carebook.press.exercises.proof import run_all, score

ANSWERS = ("area-answer", "area", "halve-answer", "halve", "why")
VERSIONS = ("source", "release", "solution")


def folder_of(book):
    return book / "_build" / "exercises" / "small"


def notebook(book, version):
    path = folder_of(book) / version / "small.ipynb"
    return nbformat.read(path, as_version=4)


def test_build_writes_three_notebooks_and_the_copy_for_the_site(built_book):
    files = sorted(
        path.relative_to(built_book / "_build" / "exercises").as_posix()
        for path in (built_book / "_build" / "exercises").rglob("*.ipynb")
    )
    assert files == [
        "site/small.ipynb",
        "small/release/small.ipynb",
        "small/solution/small.ipynb",
        "small/source/small.ipynb",
    ]
    site, release = (built_book / "_build" / "exercises" / name for name in (files[0], files[1]))
    assert site.read_bytes() == release.read_bytes()
    assert not (built_book / "exercises" / "small" / "__pycache__").exists()


def test_second_build_gives_the_same_bytes(book):
    build_exercise(book, "small")
    folder = book / "_build" / "exercises"
    first = {path: path.read_bytes() for path in folder.rglob("*.ipynb")}
    again = build_exercise(book, "small", fresh=True)
    assert not again.reused
    assert {path: path.read_bytes() for path in folder.rglob("*.ipynb")} == first


def test_unchanged_exercise_is_not_run_again(book, change):
    build_exercise(book, "small")
    assert build_exercise(book, "small").reused
    change("exercise.md", "What is the area", "How large is the area")
    assert not build_exercise(book, "small").reused


def test_failed_build_leaves_what_stood_before(book, change):
    built = build_exercise(book, "small")
    before = (built.folder / "release" / "small.ipynb").read_bytes()
    change("exercise.md", "radius_of_circle**2", "radius_of_circle**3")
    with pytest.raises(ValueError, match="the solution earns 0 of 3"):
        build_exercise(book, "small")
    assert (built.folder / "release" / "small.ipynb").read_bytes() == before
    leftovers = [path.name for path in (book / "_build" / "exercises").glob(".arriving*")]
    assert leftovers == []


@pytest.mark.parametrize("version", VERSIONS)
def test_notebook_is_valid_without_outputs_and_with_fixed_ids(built_book, version):
    found = notebook(built_book, version)
    nbformat.validate(found)
    MetadataValidator().validate_nb(found)
    ids = [cell.id for cell in found.cells]
    assert ids[:5] == ["markdown-1", "set-up", "sealed-answers", "markdown-4", "area-answer"]
    assert len(set(ids)) == len(ids)
    assert all(not cell.outputs for cell in found.cells if cell.cell_type == "code")
    assert found.metadata.kernelspec.name == "python3"
    assert found.metadata.language_info.name == "python"


def test_source_states_what_nbgrader_grades(built_book):
    about = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader
        for cell in notebook(built_book, "source").cells
        if "nbgrader" in cell.metadata
    }
    assert list(about) == ["set-up", "sealed-answers", *ANSWERS]
    assert {each.schema_version for each in about.values()} == {3}
    assert {name: each.points for name, each in about.items() if each.grade} == {
        "area": 3,
        "halve": 2,
        "why": 2,
    }
    assert about["set-up"].locked
    assert about["sealed-answers"].locked
    assert about["why"].solution


def test_release_holds_no_answer(built_book):
    text = (folder_of(built_book) / "release" / "small.ipynb").read_text()
    sealed = re.findall(
        r'checker\("""\n(.*?)\n"""\)', notebook(built_book, "release").cells[2].source, re.S
    )
    text += opened(sealed[0])
    for answer in ("math.pi *", "number / 2", "12.566", "12566", "counting squares", "HIDDEN"):
        assert answer not in text, answer


def test_release_leaves_room_for_answers(built_book):
    cells = {cell.id: cell.source for cell in notebook(built_book, "release").cells}
    assert cells["area-answer"] == "area = ...\n# Your code goes here."
    assert cells["halve-answer"].endswith(
        '"""Return half of a number."""\n    # Your code goes here.'
    )
    assert cells["area"] == 'check("area", area)'
    assert cells["why"] == "*Write your answer here, in place of this line.*"


def test_solution_reads_like_a_learners_notebook(built_book):
    cells = {cell.id: cell.source for cell in notebook(built_book, "solution").cells}
    assert cells["area-answer"] == "radius_of_circle = 2\narea = math.pi * radius_of_circle**2"
    assert cells["halve-answer"].endswith("    return number / 2")
    assert cells["area"] == 'check("area", area)'


def test_solution_code_keeps_an_open_line_that_nothing_answers():
    assert solution_code("a = ...\nb = ...\n### BEGIN SOLUTION\nb = 2\n### END SOLUTION") == (
        "a = ...\nb = 2"
    )


def test_build_all_tells_how_it_goes(book):
    said = []
    assert [built.points for built in build_all(book, say=said.append)] == [7]
    assert said[0].startswith("small: reading")
    assert "full marks for the solution, 0 for a blank copy" in said[1]


def test_front_matter_of_a_build_is_plain_json(built_book):
    text = (folder_of(built_book) / "release" / "small.ipynb").read_text()
    assert json.loads(text)["nbformat_minor"] == 5


def test_exercise_that_was_removed_leaves_nothing_behind(book):
    build_all(book)
    (book / "exercises" / "small").rename(book / "exercises" / "little")
    build_all(book)
    built = sorted(path.name for path in (book / "_build" / "exercises").iterdir())
    assert built == ["little", "site"]
    assert [path.name for path in (book / "_build/exercises/site").iterdir()] == ["little.ipynb"]


def test_lost_sealed_cell_loses_no_marks(built_book):
    source = notebook(built_book, "source")
    source.cells = [cell for cell in source.cells if cell.id != "sealed-answers"]
    (solved,) = run_all([source])
    marks = {cell.id: score(cell) for cell in solved.cells if cell.id in ("area", "halve")}
    assert marks == {"area": 3, "halve": 2}


def test_data_dictionary_and_tools_count_among_what_an_exercise_is_made_from(
    book, monkeypatch, tmp_path_factory
):
    folder = book / "exercises" / "small"
    master = build_module.read_exercise_master(folder)
    before = build_module._digest(folder, master)
    datasets = tmp_path_factory.mktemp("datasets")
    (datasets / "datapackage.json").write_text('{"resources": []}')
    with monkeypatch.context() as other:
        other.setenv("CAREBOOK_DATASETS", str(datasets))
        assert build_module._digest(folder, master) != before
    for tool in ("jupytext", "nbclient", "nbgrader"):
        assert f"{tool} " in before
    assert build_module._digest(folder, master) == before
