"""No answer to a graded exercise is in anything that the site serves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from carebook.checks.kinds import Number, Numbers, Table
from carebook.press.exercises.answers import answer_strings, is_telling, leaks
from carebook.press.exercises.build import read_exercise
from carebook.press.exercises.master import slugs


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


def test_every_question_with_numbers_has_one_that_is_searched_for(
    tmp_path: Path, project: Path
) -> None:
    """Written on a page, each telling number is found."""
    page = tmp_path / "index.html"
    for slug in slugs(project):
        for name, numbers in expected_numbers(project, slug).items():
            telling = [number for number in numbers if is_telling(number)]
            if all(re.fullmatch(r"\d{1,2}", number) for number in numbers):
                continue  # small counts stand everywhere; no search can tell one from another
            assert telling, f"{slug}: {name}: {numbers}"
            page.write_text(f"<p>{' and '.join(telling)}.</p>", encoding="utf-8")
            found = {leak.answer for leak in leaks(tmp_path, project, [slug])}
            assert set(telling) <= found, name


def test_neither_masters_nor_checks_are_served(site: Path) -> None:
    names = {path.name for path in site.rglob("*") if path.is_file()}
    assert not names & {"exercise.md", "checks.py", "marking-guide.yaml"}
    assert not [name for name in names if "solution" in name]
