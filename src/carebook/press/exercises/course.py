"""Grade the samples of an exercise with stock nbgrader, in a course made for the purpose.

Everything goes the way a tutor's course goes: ``generate_assignment``, hand-ins of fictional
students, ``autograde``, marks for written answers, ``generate_feedback``, export of a CSV.
"""

from __future__ import annotations

import html
import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin
from nbgrader.utils import setenv
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from carebook.press.exercises.answers import answers_of, found_in
from carebook.press.exercises.build import Exercise, read_exercise
from carebook.press.exercises.marking_guide import Guide, read_guide
from carebook.press.exercises.master import FOLDER
from carebook.press.exercises.samples import Sample, check_comments, hand_in, read_samples
from carebook.press.exercises.versions import CODE_STUB, TEXT_STUB, Versions, make_versions

MARKING_WORDS = ("HIDDEN TESTS", "marker(")
COURSE = "bilingual-care"


class GradingFailed(RuntimeError):
    """nbgrader reported a failure; the message holds the end of its log."""


@dataclass(frozen=True)
class Score:
    """Expected and actual points of one sample for one question.

    `status` says why a sample could not be graded; it has 0 points then.
    """

    sample: str
    question: str
    expected: float
    actual: float
    status: str = ""

    @property
    def equal(self) -> bool:
        """Say whether the two agree."""
        return abs(self.expected - self.actual) < 0.005


@dataclass(frozen=True)
class Graded:
    """The outcome of grading all samples of an exercise.

    Parameters
    ----------
    scores
        One for each sample and question, in order.
    leaks
        What the feedback of a sample holds and must not: pairs of sample and text.
    gradebook, marks, feedback
        nbgrader's database, the exported CSV, and the folder of feedback pages.
    """

    scores: tuple[Score, ...]
    leaks: tuple[tuple[str, str], ...]
    gradebook: Path
    marks: Path
    feedback: Path

    @property
    def lines(self) -> tuple[Score, ...]:
        """Return the scores with a line for each sample's total after its questions."""
        found: list[Score] = []
        for name in dict.fromkeys(score.sample for score in self.scores):
            own = [score for score in self.scores if score.sample == name]
            expected, actual = sum(s.expected for s in own), sum(s.actual for s in own)
            found += [*own, Score(name, "total", expected, actual)]
        return tuple(found)


def grade_exercise(
    project: Path, slug: str, root: Path, say: Callable[[str], None] = lambda words: None
) -> Graded:
    """Read the exercise `slug` of `project` and grade its samples in the empty folder `root`.

    Raises
    ------
    ExerciseFault
        If the exercise, its marking guide or a sample is not as it must be.
    GradingFailed
        If nbgrader reports a failure.
    """
    say(f"{slug}: reading the exercise and sealing its answers")
    folder = project / FOLDER / slug
    exercise = read_exercise(folder)
    guides = read_guide(folder, exercise.stated)
    samples = read_samples(folder, exercise.master, exercise.stated)
    check_comments(folder, samples, guides)
    versions = make_versions(exercise.master, exercise.stated, exercise.key)
    return grade_samples(exercise, versions, samples, guides, root, say)


def settings(root: Path) -> Config:
    """Return nbgrader's settings for a course of this book in the folder `root`."""
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = COURSE
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.Execute.timeout = 120
    config.Execute.extra_arguments = ["--log-level=ERROR"]
    config.HTMLExporter.preprocessors = ["carebook.press.exercises.feedback.PlainFeedback"]
    return config


def grade_samples(
    exercise: Exercise,
    versions: Versions,
    samples: list[Sample],
    guides: dict[str, Guide],
    root: Path,
    say: Callable[[str], None] = lambda words: None,
) -> Graded:
    """Grade `samples` in a new course in the folder `root`.

    Parameters
    ----------
    exercise, versions, samples, guides
        The exercise, its notebooks, its samples and the guide for written answers.
    root
        An empty folder.
    say
        Called with a line of progress at each step.

    Raises
    ------
    GradingFailed
        If nbgrader reports a failure.
    """
    # nbgrader calls alembic by name; it stands beside the Python that runs this.
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with setenv(PATH=beside), warnings.catch_warnings():
        # nbgrader's own database code warns about the order of its steps.
        warnings.simplefilter("ignore", SAWarning)
        return _grade(exercise, versions, samples, guides, root, say)


def _grade(
    exercise: Exercise,
    versions: Versions,
    samples: list[Sample],
    guides: dict[str, Guide],
    root: Path,
    say: Callable[[str], None],
) -> Graded:
    """Go through nbgrader's steps."""
    slug = exercise.master.slug
    api = _course(root)
    source = root / "source" / slug / f"{slug}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(versions.source, source)
    say(f"{slug}: making the assignment")
    _succeed(api.generate_assignment(slug), "generate_assignment")
    release = nbformat.read(root / "release" / slug / f"{slug}.ipynb", as_version=4)
    stopped: dict[str, str] = {}
    for number, sample in enumerate(samples, start=1):
        target = root / "submitted" / sample.name / slug / f"{slug}.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(hand_in(sample, release, versions), target)
        say(f"{slug}: grading {number} of {len(samples)}: {sample.name}")
        stopped |= _autograde(api, slug, sample, say)
    graded = [sample for sample in samples if sample.name not in stopped]
    scores = _mark_written(api, exercise, graded, guides)
    scores += _nothing(exercise, samples, stopped)
    say(f"{slug}: writing feedback and marks")
    if graded:
        _succeed(api.generate_feedback(slug), "generate_feedback")
    marks = _export(api, root)
    return Graded(
        scores=tuple(scores),
        leaks=tuple(_feedback_leaks(exercise, graded, root)),
        gradebook=root / "gradebook.db",
        marks=marks,
        feedback=root / "feedback",
    )


def _course(root: Path) -> NbGraderAPI:
    """Return nbgrader's programming interface on a new course."""
    root.mkdir(parents=True, exist_ok=True)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    return NbGraderAPI(config=settings(root))


def _succeed(result: dict[str, object], step: str) -> None:
    """Raise what nbgrader reports."""
    if not result["success"]:
        told = f"{result.get('log', '')}\n{result.get('error', '')}"
        raise GradingFailed(f"nbgrader {step} failed: {told[-2000:]}")


def _autograde(
    api: NbGraderAPI, slug: str, sample: Sample, say: Callable[[str], None]
) -> dict[str, str]:
    """Grade one hand-in; return what nbgrader reports, by sample, if it could not."""
    _enrol(api, sample)
    try:
        _succeed(api.autograde(slug, sample.name), f"autograde {sample.name}")
    except GradingFailed as error:
        # One notebook that stops the kernel must not lose everybody else's marks.
        say(f"{slug}: {sample.name} could not be graded and gets 0")
        return {sample.name: str(error)}
    return {}


def _enrol(api: NbGraderAPI, sample: Sample) -> None:
    """Put the sample's fictional student into the gradebook."""
    first, last = sample.student
    with api.gradebook as gradebook:
        gradebook.update_or_create_student(sample.name, first_name=first, last_name=last)


def _mark_written(
    api: NbGraderAPI, exercise: Exercise, samples: list[Sample], guides: dict[str, Guide]
) -> list[Score]:
    """Enter the tutor's marks and comments for written answers, and read all scores."""
    slug = exercise.master.slug
    scores = []
    with api.gradebook as gradebook:
        for sample in samples:
            for question in exercise.stated.questions:
                place = (question.name, slug, slug, sample.name)
                grade = gradebook.find_grade(*place)
                if grade.needs_manual_grade:
                    grade.manual_score = sample.scores[question.name]
                    grade.needs_manual_grade = False
                    names = sample.comments.get(question.name, [])
                    words = [guides[question.name].comments[name] for name in names]
                    gradebook.find_comment(*place).manual_comment = " ".join(words)
                gradebook.db.commit()
                expected, actual = sample.scores[question.name], float(grade.score)
                scores.append(Score(sample.name, question.name, expected, actual))
    return scores


def _nothing(exercise: Exercise, samples: list[Sample], stopped: Mapping[str, str]) -> list[Score]:
    """Return 0 points for each question of the samples that could not be graded."""
    return [
        Score(sample.name, question.name, sample.scores[question.name], 0.0, stopped[sample.name])
        for sample in samples
        if sample.name in stopped
        for question in exercise.stated.questions
    ]


def _export(api: NbGraderAPI, root: Path) -> Path:
    """Write the marks as CSV with nbgrader's own exporter."""
    exporter = CsvExportPlugin()
    exporter.to = str(root / "marks.csv")
    with api.gradebook as gradebook:
        exporter.export(gradebook)
    return root / "marks.csv"


def _feedback_leaks(exercise: Exercise, samples: list[Sample], root: Path) -> list[tuple[str, str]]:
    """Return what each feedback page holds that its student neither wrote nor may see."""
    slug = exercise.master.slug
    found = []
    for sample in samples:
        page = (root / "feedback" / sample.name / slug / f"{slug}.html").read_text("utf-8")
        typed = (root / "submitted" / sample.name / slug / f"{slug}.ipynb").read_text("utf-8")
        # What the student's own cells print is theirs; only what checks and marking add counts.
        secret = [a for a in answers_of(exercise) if not found_in(typed, [a], ".ipynb")]
        words = html.unescape(re.sub(r"<[^>]*>", "", page))
        held = [word for word in MARKING_WORDS if word in words]
        found += [(sample.name, text) for text in held + found_in(page, secret, ".html")]
    return found
