"""Tests of laying out an nbgrader course folder."""

from __future__ import annotations

import errno
from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from carebook.press.exercises import course_folder
from carebook.press.exercises.course import Graded, settings


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


@pytest.fixture
def graded(tmp_path: Path) -> Graded:
    """Return results as grading leaves them, with the feedback of one sample."""
    root = tmp_path / "graded"
    (root / "feedback" / "right").mkdir(parents=True)
    (root / "gradebook.db").write_text("marks", encoding="utf-8")
    (root / "marks.csv").write_text("marks", encoding="utf-8")
    return Graded((), (), root / "gradebook.db", root / "marks.csv", root / "feedback")


def test_a_course_in_an_unwritable_place_is_refused_and_leaves_nothing(project: Path) -> None:
    (project / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(course_folder.FolderUnwritable, match=r"Not a directory.*Name a folder"):
        course_folder.lay_out_course(project, project / "file" / "course")


def test_a_disk_that_fills_up_leaves_the_old_file_whole(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = project / "course"
    course.mkdir()
    (course / course_folder.CONFIG).write_text("mine", encoding="utf-8")
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        write(path, data[:5])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(course_folder.FolderUnwritable, match="No space left on device"):
        course_folder.lay_out_course(project, course, replace=True)
    assert [path.name for path in course.iterdir()] == [course_folder.CONFIG]
    assert (course / course_folder.CONFIG).read_text(encoding="utf-8") == "mine"


def test_feedback_of_a_removed_sample_does_not_stay(graded: Graded, tmp_path: Path) -> None:
    target = tmp_path / "kept" / "small"
    (target / "feedback" / "removed").mkdir(parents=True)
    course_folder.keep(graded, target)
    assert sorted(path.name for path in target.iterdir()) == sorted(course_folder.KEPT)
    assert [path.name for path in (target / "feedback").iterdir()] == ["right"]
    assert [path.name for path in target.parent.iterdir()] == ["small"]


def test_results_that_cannot_be_copied_leave_the_older_ones(graded: Graded, tmp_path: Path) -> None:
    target = tmp_path / "kept" / "small"
    (target / "feedback" / "older").mkdir(parents=True)
    graded.marks.unlink()
    with pytest.raises(course_folder.FolderUnwritable, match="small cannot be written"):
        course_folder.keep(graded, target)
    assert [path.name for path in target.parent.rglob("*")] == ["small", "feedback", "older"]


def test_results_are_not_kept_over_a_tutor_s_own_files(graded: Graded, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.md").write_text("mine", encoding="utf-8")
    with pytest.raises(course_folder.CourseFolderTaken, match=r"holds thesis\.md, .* be lost"):
        course_folder.keep(graded, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.md").exists()
