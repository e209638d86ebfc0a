"""Tests of how long pages may be, and of what an editor stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.press.editing import editor_errors, editor_remarks
from carebook.press.prose import ERROR
from carebook.press.word_limits import LIMITS, limit_remarks, word_count


def written(folder: Path, words: int, name: str = "case.md") -> Path:
    """Write a page of a made-up chapter, ten words a line after a line of heading."""
    page = folder / "chapters" / "a" / name
    page.parent.mkdir(parents=True, exist_ok=True)
    lines = ["word " * 10] * (words // 10) + ["word " * (words % 10)]
    page.write_text("\n".join(["# ", *lines]), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "limit"), LIMITS.items())
def test_a_page_at_either_limit_passes(tmp_path: Path, name: str, limit) -> None:
    assert limit_remarks(written(tmp_path, limit.most, name)) == []
    assert limit_remarks(written(tmp_path, limit.fewest, name)) == []


def test_a_page_over_its_limit_is_an_error_at_the_line_where_it_passes(tmp_path: Path) -> None:
    (remark,) = limit_remarks(written(tmp_path, 1423))
    assert str(remark) == (
        "chapters/a/case.md:142: error: 1,423 words; case.md has at most 1,400. Take some out."
    )


def test_a_page_under_its_limit_is_a_note(tmp_path: Path) -> None:
    (remark,) = limit_remarks(written(tmp_path, 899))
    assert str(remark) == "chapters/a/case.md:1: note: 899 words; case.md has at least 900."


def test_quizzes_code_and_references_are_not_counted() -> None:
    text = (
        "# A title\n\n```{quiz} q\nQuestion?\n\n- (x) Yes.\n  > Yes.\n```\n\nTwo words.\n\n"
        "```{code-cell}\nx = 1\n```\n\n```{take-aways}\n- Three more words.\n```\n\n"
        "## References of this page\n\nMany words that nobody reads through.\n"
    )
    assert word_count(text) == 8


def test_the_editor_stops_at_both_kinds_of_error(tmp_path: Path) -> None:
    page = written(tmp_path, 1423) / "chapters" / "a" / "case.md"
    page.write_text(page.read_text("utf-8") + "\n\nAn OR of 2.7.\n", encoding="utf-8")
    assert [line.split(": ")[0] for line in editor_errors(tmp_path)] == [
        "chapters/a/case.md:146",
        "chapters/a/case.md:142",
    ]


def test_no_page_of_the_book_stops_the_editor(project: Path) -> None:
    assert [str(each) for each in editor_remarks(project) if each.level == ERROR] == []
