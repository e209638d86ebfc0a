"""Load an exercise's ``checks.py`` and hold it against the master."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from carebook.checks.compare import OpenAnswers, resolve
from carebook.checks.kinds import Choice, Choices, Function, NotComparable, Written, neighbours
from carebook.checks.records import Data, Mistake, Question
from carebook.press.exercises.faults import ExerciseFault
from carebook.press.exercises.master import Master

FEWEST_MISTAKES = 2
HIDDEN = 1  # variation of the cases that marking uses; 0 is the learner's


@dataclass(frozen=True)
class Stated:
    """The questions of an exercise, with the file and the lines where they are stated."""

    path: Path
    questions: tuple[Question, ...]
    lines: dict[str, int]

    def named(self, name: str) -> Question:
        """Return the question `name`."""
        return next(question for question in self.questions if question.name == name)


def load_questions(path: Path) -> Stated:
    """Return the questions that the ``checks.py`` at `path` states in ``QUESTIONS``.

    Raises
    ------
    ExerciseFault
        If the file cannot be run, or states a question twice.
    """
    text = path.read_text("utf-8")
    module = ModuleType("checks")
    try:
        # Not imported: an import would leave compiled files in the exercise's folder.
        exec(compile(text, str(path), "exec"), module.__dict__)
        questions = tuple(module.QUESTIONS)
    # A file that calls exit() must not end the command that reads it.
    except (Exception, SystemExit) as error:
        line = _line_of_error(error, path)
        what = f"checks.py cannot be run: {type(error).__name__}: {error}."
        raise ExerciseFault(path, line, what, "It must define QUESTIONS.") from error
    _refuse_other_things(path, text, questions)
    lines = _lines(text)
    names = [question.name for question in questions]
    for name in names:
        if names.count(name) > 1:
            raise ExerciseFault(
                path, lines.get(name, 1), f"question {name!r} is stated twice.", "Rename one."
            )
    return Stated(path, questions, lines)


def _refuse_other_things(path: Path, text: str, questions: tuple[object, ...]) -> None:
    """Refuse what stands in QUESTIONS and is no question."""
    for place, each in enumerate(questions):
        if not isinstance(each, Question):
            raise ExerciseFault(
                path,
                _line_of_entry(text, place),
                f"entry {place + 1} of QUESTIONS is {each!r}, which is no Question.",
                "Write Question(name, points, kind, …), or remove it.",
            )


def _line_of_entry(text: str, place: int) -> int:
    """Return the line of an entry of QUESTIONS, or of QUESTIONS where it is put together."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "QUESTIONS":
            entries = getattr(node.value, "elts", [])
            plain = not any(isinstance(entry, ast.Starred) for entry in entries)
            return entries[place].lineno if plain and place < len(entries) else node.lineno
    return 1


def _line_of_error(error: BaseException, path: Path, otherwise: int = 1) -> int:
    """Return the line of `path` where `error` arose, or `otherwise` if it was not there."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    line, trace = otherwise, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _lines(text: str) -> dict[str, int]:
    """Return the line of each text constant, which finds where a question is named."""
    found: dict[str, int] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found[node.value] = min(node.lineno, found.get(node.value, node.lineno))
    return found


def check_against_master(stated: Stated, master: Master) -> None:
    """Refuse questions without cells, cells without questions, and points that do not add up.

    Raises
    ------
    ExerciseFault
        At the first disagreement.
    """
    asking = (*master.with_role("check"), *master.with_role("written"))
    cells = {cell.question: cell for cell in asking}
    for question in stated.questions:
        line = stated.lines.get(question.name, 1)
        cell = cells.get(question.name)
        role = "written" if isinstance(question.kind, Written) else "check"
        if cell is None or cell.role != role:
            raise ExerciseFault(
                stated.path,
                line,
                f"question {question.name!r} has no {role} cell in {master.path.name}.",
                "Add the cell, or remove the question.",
            )
        _check_mistakes(stated.path, line, question)
    names = {question.name for question in stated.questions}
    for name, cell in cells.items():
        if name not in names:
            raise ExerciseFault(
                master.path,
                cell.line,
                f"the cell's question {name!r} is not stated in {stated.path.name}.",
                f"State one of that name, or use one of: {', '.join(sorted(names))}.",
            )
    total = sum(question.points for question in stated.questions)
    if not math.isclose(total, master.points):
        raise ExerciseFault(
            master.path,
            master.line_of("points:"),
            f"points: {master.points:g} are announced, and the questions add up to {total:g}.",
            f"Write 'points: {total:g}', or change the questions.",
        )


def _check_mistakes(path: Path, line: int, question: Question) -> None:
    """Refuse a question that recognises too few mistakes."""
    few = 1 if isinstance(question.kind, Choice | Choices) else FEWEST_MISTAKES
    if isinstance(question.kind, Written) or len(question.mistakes) >= few:
        return
    raise ExerciseFault(
        path,
        line,
        f"question {question.name!r} recognises {len(question.mistakes)} mistakes.",
        f"Add Mistake records; {few} are the fewest.",
    )


@dataclass(frozen=True)
class Key:
    """What is right on an exercise's own data, for the learner's check and for marking."""

    shown: Mapping[str, OpenAnswers]
    hidden: Mapping[str, OpenAnswers]


def work_out(stated: Stated, data: Data) -> Key:
    """Return the answers to all questions that are not written ones.

    Raises
    ------
    ExerciseFault
        If a truth cannot be compared, or a mistake looks right, or like another, on `data`.
    """
    shown, hidden = {}, {}
    for question in stated.questions:
        if isinstance(question.kind, Written):
            continue
        shown[question.name] = hidden[question.name] = _work_out(stated, question, data, 0)
        if isinstance(question.kind, Function):
            hidden[question.name] = _work_out(stated, question, data, HIDDEN)
    return Key(shown, hidden)


def _work_out(stated: Stated, question: Question, data: Data, variation: int) -> OpenAnswers:
    """Return the answers to one question, checked."""
    line = stated.lines.get(question.name, 1)
    try:
        answers = resolve(question, data, variation)
    except NotComparable as reason:
        what = f"question {question.name!r}: its truth or a mistake: {reason}."
        raise ExerciseFault(stated.path, line, what, "Mend the function.") from reason
    except (Exception, SystemExit) as error:
        what = f"question {question.name!r}: {type(error).__name__}: {error}."
        at = _line_of_error(error, stated.path, line)
        raise ExerciseFault(stated.path, at, what, "Mend the function.") from error
    for place, (mistake, wrong) in enumerate(answers.mistakes):
        same = _same_as(answers, mistake, wrong, place)
        if same:
            raise ExerciseFault(
                stated.path,
                line,
                f"question {question.name!r}: mistake {mistake.name!r} cannot be told "
                f"from {same} on this data.",
                "Change the mistake, the places or the slack.",
            )
    return answers


def _same_as(answers: OpenAnswers, mistake: Mistake, wrong: object, place: int) -> str:
    """Return what the mistake's answer cannot be told from; empty when it is distinct."""
    tokens = dict(wrong)  # type: ignore[call-overload]
    if mistake.places is None and _match(tokens, dict(answers.right), answers.slack):
        return "the right answer"
    for other, earlier in answers.mistakes[:place]:
        if other.places == mistake.places and _match(tokens, dict(earlier), answers.slack):
            return f"mistake {other.name!r}"
    return ""


def _match(given: dict[str, str], known: dict[str, str], slack: int) -> bool:
    """Say whether all parts agree."""
    return given.keys() == known.keys() and all(
        known[label] in neighbours(token, slack) for label, token in given.items()
    )
