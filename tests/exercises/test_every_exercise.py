"""Every exercise of the book keeps the standard."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from carebook.checks.compare import judge
from carebook.checks.kinds import Choice, Choices, Function, Written
from carebook.checks.sealed import opened, pack, seal, unpack
from carebook.press.exercises.answers import answers_of, found_in
from carebook.press.exercises.build import read_exercise
from carebook.press.exercises.marking_guide import read_guide
from carebook.press.exercises.master import slugs
from carebook.press.exercises.samples import read_samples
from carebook.press.exercises.versions import make_versions

PROJECT = Path(__file__).resolve().parents[2]
EXERCISES = slugs(PROJECT)
FOLDERS = {slug: PROJECT / "exercises" / slug for slug in EXERCISES}


@cache
def exercise(slug):
    return read_exercise(FOLDERS[slug])


@cache
def release(slug):
    found = exercise(slug)
    return make_versions(found.master, found.stated, found.key).release


def test_there_are_exercises():
    assert "measuring-burnout" in EXERCISES


@pytest.mark.parametrize("slug", EXERCISES)
def test_folder_holds_master_checks_and_submissions_alone(slug):
    names = sorted(path.name for path in FOLDERS[slug].iterdir())
    assert names == ["checks.py", "exercise.md", "submissions"]
    assert len((FOLDERS[slug] / "checks.py").read_text().splitlines()) < 150


@pytest.mark.parametrize("slug", EXERCISES)
def test_parts_add_up_to_the_minutes_and_points_announced(slug):
    master = exercise(slug).master
    text = (FOLDERS[slug] / "exercise.md").read_text("utf-8")
    announced = re.findall(r"^\| \d\. .+ \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    headed = re.findall(r"^\*(\d+) minutes, (\d+) points\*$", text, re.MULTILINE)
    assert announced == headed != []
    assert sum(int(minutes) for minutes, _ in announced) == master.minutes
    assert sum(int(points) for _, points in announced) == master.points
    assert f"about {master.minutes} minutes and is worth {master.points:g} points" in text


@pytest.mark.parametrize("slug", EXERCISES)
def test_exercise_rises_from_reading_to_judging(slug):
    questions = exercise(slug).stated.questions
    checked = [q for q in questions if not isinstance(q.kind, Written)]
    assert 60 <= exercise(slug).master.minutes <= 90
    assert 8 <= len(checked) <= 12
    assert sum(isinstance(q.kind, Function) for q in questions) >= 2
    assert any(isinstance(q.kind, Choice) for q in questions)
    assert any(isinstance(q.kind, Choices) for q in questions)
    assert sum(isinstance(q.kind, Written) for q in questions) == 1


@pytest.mark.parametrize("slug", EXERCISES)
def test_every_question_says_what_is_looked_for_and_where_to_read(slug):
    for question in exercise(slug).stated.questions:
        assert question.read, question.name
        assert question.expects or isinstance(question.kind, Written), question.name


@pytest.mark.parametrize("slug", EXERCISES)
def test_every_recognised_mistake_is_recognised_through_the_sealed_answers(slug):
    found = exercise(slug)
    sealed = unpack(
        pack([seal(q, found.key.shown.get(q.name), slug) for q in found.stated.questions])
    )
    for question in found.stated.questions:
        for mistake in question.mistakes:
            value = _answer(question, mistake.gives, found)
            verdict = judge(sealed[question.name].asked, value, sealed[question.name])
            assert verdict.mistake == mistake.name, question.name
            assert verdict.message.startswith(mistake.says)
            assert verdict.points < question.points


def _answer(question, gives, found):
    from carebook.checks.cases import run_cases

    value = gives(found.data)
    if isinstance(question.kind, Function):
        return run_cases(value, question.kind.cases(found.data, 0))
    return value


@pytest.mark.parametrize("slug", EXERCISES)
def test_functions_are_marked_on_other_cases_than_the_learner_sees(slug):
    key = exercise(slug).key
    for question in exercise(slug).stated.questions:
        if isinstance(question.kind, Function):
            assert key.shown[question.name].right != key.hidden[question.name].right


@pytest.mark.parametrize("slug", EXERCISES)
def test_release_holds_no_answer_even_when_its_sealed_part_is_unpacked(slug):
    text = "\n".join(cell.source for cell in release(slug).cells)
    packed = re.findall(r'checker\("""\n(.*?)\n"""\)', text, re.DOTALL)
    inside = opened(packed[0])
    assert len(packed) == 1
    assert found_in(text, answers_of(exercise(slug)), ".md") == []
    assert found_in(inside, answers_of(exercise(slug)), ".json") == []
    for question in exercise(slug).stated.questions:
        for mistake in question.mistakes:
            assert mistake.says not in inside


@pytest.mark.parametrize("slug", EXERCISES)
def test_release_shows_rubric_headings_at_most(slug):
    text = " ".join("\n".join(cell.source for cell in release(slug).cells).split())
    for guide in read_guide(FOLDERS[slug], exercise(slug).stated).values():
        for row in guide.rubric:
            assert row["full"] not in text
        for words in guide.comments.values():
            assert words not in text


@pytest.mark.parametrize("slug", EXERCISES)
def test_samples_are_full_marks_known_mistakes_and_empty(slug):
    found = exercise(slug)
    samples = {s.name: s for s in read_samples(FOLDERS[slug], found.master, found.stated)}
    assert samples["right"].total == found.master.points
    assert samples["empty"].total == 0
    assert len(samples) >= 4


@pytest.mark.parametrize("slug", EXERCISES)
def test_marking_guide_is_written_for_tutors(slug):
    plain = yaml.safe_load((FOLDERS[slug] / "submissions" / "marking-guide.yaml").read_text())
    for entry in plain.values():
        assert [e["points"] for e in entry["exemplars"]] == sorted(
            (e["points"] for e in entry["exemplars"]), reverse=True
        )
        for exemplar in entry["exemplars"]:
            assert len(exemplar["text"].split()) <= 120
