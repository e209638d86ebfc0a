"""The samples of a small exercise through stock nbgrader, and what comes out."""

from __future__ import annotations

import csv
import re

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_output

from carebook.cli import main
from carebook.press.exercises import ExerciseFault
from carebook.press.exercises.course import Graded, Score, grade_exercise
from carebook.press.exercises.feedback import PlainFeedback
from carebook.press.exercises.score_table import score_table


@pytest.fixture(scope="module")
def graded(built_book, tmp_path_factory) -> Graded:
    return grade_exercise(built_book, "small", tmp_path_factory.mktemp("graded") / "course")


def test_samples_get_their_scores_and_leave_gradebook_marks_and_feedback(graded):
    assert [(s.sample, s.question, s.actual) for s in graded.lines] == [
        ("right", "area", 3),
        ("right", "halve", 2),
        ("right", "why", 1),
        ("right", "total", 6),
        ("wrong", "area", 0),
        ("wrong", "halve", 0),
        ("wrong", "why", 0),
        ("wrong", "total", 0),
    ]
    assert all(score.equal for score in graded.lines)
    assert graded.leaks == ()
    with graded.marks.open() as handle:
        marks = {row["last_name"]: float(row["score"]) for row in csv.DictReader(handle)}
    assert marks == {"Marigold": 6.0, "Clover": 0.0}
    assert graded.gradebook.stat().st_size > 0
    right = (graded.feedback / "right" / "small" / "small.html").read_text()
    assert "area: Right. 3 of 3 points." in right
    assert "One. Three." in right
    wrong = (graded.feedback / "wrong" / "small" / "small.html").read_text()
    for hidden in ("HIDDEN", "marker(", "12.566", "math.pi *"):
        assert hidden not in re.sub(r"<[^>]*>", "", wrong), hidden


BLANK = """\
---
shows: {shows}
student: {student}
starts_from: blank
scores: {{area: 0, halve: {halve}, why: 0}}
total: {halve}
---
## area
```python
{area}
```
## halve
```python
{function}
```
"""
HOSTILE = {
    "settings": BLANK.format(
        shows="Asks the notebook to show no results.",
        student="Ada Thistle",
        area="get_ipython().ast_node_interactivity = 'none'",
        halve=0,
        function="def halve(number):\n    return 7.0",
    ),
    "forger": BLANK.format(
        shows="Makes a check that shows marks; half of the cases are right, among noise.",
        student="Max Nettle",
        area="%precision 0\narea = 16\ndef check(n, v): get_ipython().displayhook(2.0)",
        halve=1.5,
        function=(
            "import os, logging\nlogging.basicConfig()\n"
            "def halve(number):\n    os.write(2, b'noise')\n    logging.error('noise')\n"
            "    return number / 2 if number < 5 else True"
        ),
    ),
    "leaver": BLANK.format(
        shows="Ends Python.",
        student="Eva Bramble",
        area="import os\nos._exit(1)",
        halve=0,
        function="exit()",
    ),
}


@pytest.fixture(scope="module")
def hostile(write, tmp_path_factory) -> Graded:
    book = write(tmp_path_factory.mktemp("hostile"))
    folder = book / "exercises" / "small"
    for name, old, new in (
        ("checks.py", '"halve", 2,', '"halve", 3,'),
        ("exercise.md", "points: 7", "points: 8"),
    ):
        path = folder / name
        path.write_text(path.read_text().replace(old, new))
    for name in ("right", "wrong"):
        (folder / "submissions" / f"{name}.md").unlink()
    for name, text in HOSTILE.items():
        (folder / "submissions" / f"{name}.md").write_text(text)
    return grade_exercise(book, "small", tmp_path_factory.mktemp("course") / "course")


def marks_of(graded: Graded, sample: str) -> dict[str, float]:
    return {s.question: s.actual for s in graded.scores if s.sample == sample}


def test_setting_that_hides_results_earns_nothing(hostile):
    assert marks_of(hostile, "settings") == {"area": 0, "halve": 0, "why": 0}


def test_own_check_neither_wins_nor_loses_and_half_marks_survive_noise_and_rounding(hostile):
    assert marks_of(hostile, "forger") == {"area": 0, "halve": 1.5, "why": 0}
    page = (hostile.feedback / "forger" / "small" / "small.html").read_text()
    assert "area: Not yet (0 of 3 points so far). This is the square." in " ".join(page.split())
    assert "NoPoints" not in page


def test_notebook_that_ends_its_kernel_gets_0_and_a_status_and_the_others_their_marks(hostile):
    assert marks_of(hostile, "leaver") == {"area": 0, "halve": 0, "why": 0}
    status = {score.sample: score.status for score in hostile.scores}
    assert status["leaver"].startswith("nbgrader autograde leaver failed")
    assert (status["forger"], status["settings"]) == ("", "")
    assert "leaver: could not be graded and gets 0" in score_table(hostile)


def test_release_equals_what_nbgrader_generates(built_book, graded):
    ours = nbformat.read(built_book / "_build/exercises/small/release/small.ipynb", as_version=4)
    stock = nbformat.read(graded.gradebook.parent / "release/small/small.ipynb", as_version=4)
    assert [cell.source for cell in ours.cells] == [cell.source for cell in stock.cells]
    assert [cell.metadata for cell in ours.cells] == [cell.metadata for cell in stock.cells]


def test_command_prints_the_table_and_ends_with_1_when_a_score_differs(book, change, monkeypatch):
    change("submissions/wrong.md", "area: 0", "area: 1")
    change("submissions/wrong.md", "total: 0", "total: 1")
    monkeypatch.chdir(book)
    result = CliRunner().invoke(main, ["exercises", "grade-samples", "--keep", "kept"])
    assert result.exit_code == 1, result.output
    assert re.search(r"wrong +area +1 +0 +NO", result.output)
    assert re.search(r"right +area +3 +3 +yes", result.output)
    assert "2 samples: 2 lines differ; feedback: 0 answers leaked." in result.output
    kept = sorted(path.name for path in (book / "kept" / "small").iterdir())
    assert kept == ["feedback", "gradebook.db", "marks.csv"]


def test_comment_that_the_guide_does_not_hold_is_refused(book, change, tmp_path):
    change("submissions/right.md", "[a, c]", "[a, z]")
    with pytest.raises(ExerciseFault, match=r"right\.md:7: comment 'z' for 'why' is not in the"):
        grade_exercise(book, "small", tmp_path / "course")


def test_score_is_equal_up_to_rounding():
    assert Score("a", "b", 1.33, 4 / 3).equal
    assert not Score("a", "b", 1, 1.5).equal


def test_feedback_replaces_a_traceback_by_a_sentence():
    cell = new_code_cell('check("a", a)\n### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS')
    cell.metadata["nbgrader"] = {"locked": True}
    cell.outputs = [
        new_output("error", ename="NameError", evalue="name 'a' is not defined", traceback=["x"]),
        new_output("execute_result", data={"text/plain": "3.0"}, execution_count=1),
    ]
    cleaned, _ = PlainFeedback().preprocess_cell(cell, {}, 0)
    assert cleaned.source == 'check("a", a)'
    assert len(cleaned.outputs) == 1
    assert "never made:\n  name 'a' is not defined." in cleaned.outputs[0].text


def test_feedback_leaves_the_students_own_cells_alone():
    cell = new_code_cell("1 / 0")
    cell.outputs = [new_output("error", ename="ZeroDivisionError", evalue="", traceback=["x"])]
    cleaned, _ = PlainFeedback().preprocess_cell(cell, {}, 0)
    assert cleaned.outputs[0].output_type == "error"


def locked(*outputs):
    cell = new_code_cell('check("a", a)')
    cell.metadata["nbgrader"] = {"locked": True}
    cell.outputs = list(outputs)
    cleaned, _ = PlainFeedback().preprocess_cell(cell, {}, 0)
    return cleaned.outputs


def test_feedback_names_another_error_than_a_missing_name():
    error = new_output("error", ename="MemoryError", evalue="too big", traceback=["x"])
    (told,) = locked(error)
    assert told.text == (
        "This check stopped (MemoryError: too big). Restart the kernel and run all cells.\n"
    )


def test_feedback_drops_error_streams_and_the_sign_of_no_points():
    noise = new_output("stream", name="stderr", text="FutureWarning")
    nothing = new_output("error", ename="NoPoints", evalue="a: 0 points", traceback=["x"])
    said = new_output("stream", name="stdout", text="a: Not yet.")
    assert locked(noise, said, nothing) == [said]


def test_feedback_hides_marking_lines_before_and_after_the_check():
    hidden = "### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS"
    cell = new_code_cell(f'{hidden}\ncheck("a", a)\n{hidden}')
    cell.metadata["nbgrader"] = {"locked": True}
    cleaned, _ = PlainFeedback().preprocess_cell(cell, {}, 0)
    assert cleaned.source == 'check("a", a)'
