"""No answer to a graded exercise is in anything that the site serves."""

from __future__ import annotations

import shutil
from pathlib import Path

from carebook.press.exercises.answers import answer_strings, leaks


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


def test_neither_masters_nor_checks_are_served(site: Path) -> None:
    names = {path.name for path in site.rglob("*") if path.is_file()}
    assert not names & {"exercise.md", "checks.py", "marking-guide.yaml"}
    assert not [name for name in names if "solution" in name]
