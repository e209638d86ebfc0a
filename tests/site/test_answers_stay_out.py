"""No answer to a graded exercise is in anything that the site serves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from carebook.checks.kinds import Number, Numbers, Table
from carebook.press.exercises.answers import answer_strings, is_telling, leaks
from carebook.press.exercises.build import read_exercise
from carebook.press.exercises.master import slugs

PROJECT = Path(__file__).resolve().parents[2]


def test_nothing_published_holds_an_answer(site: Path, project: Path) -> None:
    """Pages, search index, downloads, and what is inside the wheel."""
    assert leaks(site, project) == []


def test_an_answer_put_on_a_page_is_found(tmp_path: Path, site: Path, project: Path) -> None:
    page = tmp_path / "index.html"
    shutil.copyfile(site / "chapters" / "measuring-burnout" / "index.html", page)
    answers = answer_strings("measuring-burnout", project)
    assert leaks(tmp_path, project) == []
    code = next(answer for answer in answers if "(" in answer)
    number = next(answer for answer in answers if answer.replace(".", "").isdigit())
    for answer in (code, number):
        page.write_text(f"<p>The result is {answer} here.</p>", encoding="utf-8")
        assert [leak.answer for leak in leaks(tmp_path, project)] == [answer]


def expected_numbers(project: Path, slug: str) -> dict[str, list[str]]:
    """Return each question's numbers as they are printed."""
    exercise = read_exercise(project / "exercises" / slug)
    return {
        question.name: [
            f"{int(token) / 10**question.kind.places:.{question.kind.places}f}"
            for token in exercise.key.shown[question.name].right.values()
        ]
        for question in exercise.stated.questions
        if isinstance(question.kind, Number | Numbers | Table)
    }


# Numbers of two or three digits stand on many pages by chance; no search can tell one from another.
TOO_SHORT_TO_SEARCH = {
    ("paradox", "widening"),
    ("two-logics", "difference"),
    ("old-argument", "crude"),
    ("well-staff-well-patients", "lags"),
    ("staffing", "crude_deaths"),
    ("staffing", "fewer_deaths"),
}


def is_small_count(number: str) -> bool:
    """Say whether a number is a whole one of three digits at most."""
    return re.fullmatch(r"\d{1,3}(\.0)?", number) is not None


@pytest.mark.parametrize("slug", slugs(PROJECT))
def test_every_question_with_numbers_has_one_that_is_searched_for(
    tmp_path: Path, project: Path, slug: str
) -> None:
    """Written on a page, each telling number is found."""
    telling = {}
    for name, numbers in expected_numbers(project, slug).items():
        telling[name] = {number for number in numbers if is_telling(number)}
        short = all(map(is_small_count, numbers)) or (slug, name) in TOO_SHORT_TO_SEARCH
        assert bool(telling[name]) is not short, f"{slug}: {name}: {numbers}"
        page = f"<p>{' and '.join(sorted(telling[name]))}.</p>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    found = {(leak.file, leak.answer) for leak in leaks(tmp_path, project, [slug])}
    assert {(f"{name}.html", number) for name in telling for number in telling[name]} <= found


def test_neither_masters_nor_checks_are_served(site: Path) -> None:
    names = {path.name for path in site.rglob("*") if path.is_file()}
    assert not names & {"exercise.md", "checks.py", "marking-guide.yaml"}
    assert not [name for name in names if "solution" in name]
