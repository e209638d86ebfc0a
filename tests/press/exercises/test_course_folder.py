"""Tests of laying out an nbgrader course folder."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from carebook.press.exercises import course_folder
from carebook.press.exercises.course import settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with one exercise that counts as built."""
    source = tmp_path / "project" / course_folder.BUILT / "small" / "source" / "small.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(
        course_folder, "build_all", lambda *args, **kwargs: [SimpleNamespace(slug="small")]
    )
    return tmp_path / "project"


def test_a_course_gets_settings_and_sources_and_a_second_time_nothing(project: Path) -> None:
    course = project / "course"
    written = course_folder.lay_out_course(project, course)
    assert [str(path.relative_to(course)) for path in written] == [
        "nbgrader_config.py",
        "source/small/small.ipynb",
    ]
    assert course_folder.lay_out_course(project, course) == []


def test_what_a_tutor_changed_is_not_overwritten_without_being_asked(project: Path) -> None:
    course = project / "course"
    course_folder.lay_out_course(project, course)
    notebook = course / "source" / "small" / "small.ipynb"
    notebook.write_text("mine", encoding="utf-8")
    (course / "nbgrader_config.py").unlink()
    with pytest.raises(course_folder.CourseFolderTaken, match=r"small\.ipynb.*--replace"):
        course_folder.lay_out_course(project, course)
    assert notebook.read_text(encoding="utf-8") == "mine"
    assert not (course / "nbgrader_config.py").exists()
    course_folder.lay_out_course(project, course, replace=True)
    assert notebook.read_text(encoding="utf-8") == "{}"


def test_the_settings_file_sets_what_the_samples_are_graded_with() -> None:
    found = Config()
    exec(course_folder.config_text(), {"get_config": lambda: found})
    expected = settings(Path())
    del expected.CourseDirectory["root"]
    assert found == expected
