"""The samples of every exercise get their scores from stock nbgrader."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.press.exercises.course import grade_exercise
from carebook.press.exercises.master import slugs

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("slug", slugs(PROJECT))
def test_samples_get_exactly_their_scores_from_stock_nbgrader(slug, tmp_path):
    graded = grade_exercise(PROJECT, slug, tmp_path / "course")
    differ = [score for score in graded.lines if not score.equal]
    assert differ == []
    assert graded.leaks == ()
    assert graded.marks.read_text().count("\n") == 1 + len({s.sample for s in graded.scores})
    for page in graded.feedback.rglob("*.html"):
        assert "HIDDEN TESTS" not in page.read_text()
