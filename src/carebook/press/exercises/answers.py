"""Every answer of an exercise as text, and a search for it in what is published.

Three kinds of text count as answers: lines of the solution's code, expected numbers, and sentences
of model answers. Code is compared without white space and with one kind of quotation mark. Lines
that are ordinary pandas, and short or round numbers, would be found by chance anywhere; they do
not count. Shares with three decimals do, on pages, in notebooks and in data beside them, as 0.123
and as 12.3 %, but not in the tables of the book, in drawings or in scripts; nor in the evidence
library, nor on the pages of a chapter whose exercise uses other tables: among hundreds of published
shares, and in other data, some are alike by chance and tell nothing.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from carebook.checks.kinds import Number, Numbers, Table
from carebook.press.exercises.build import Exercise, read_exercise
from carebook.press.exercises.marking_guide import read_guide
from carebook.press.exercises.master import FOLDER, Cell, slugs, solution_code

SHORTEST_CODE = 12  # characters without white space, for a line that makes an answer
SHORTEST_OTHER = 40  # for a line on the way to one
FEWEST_DIGITS = 4
FEWEST_DIGITS_OF_SHARE = 3
SHORTEST_SENTENCE = 40
TEXTS = (".html", ".js", ".json", ".ipynb", ".md", ".txt", ".xml", ".svg", ".py", ".csv", ".xhtml")
ARCHIVES = (".whl", ".zip", ".epub", ".imscc")
# Simulated tables hold whatever numbers they hold.
EXEMPT = "datasets/simulated/"
NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?")
SHARE = re.compile(r"-?0\.\d{3}")
FINE_SHARE = re.compile(r"-?0\.\d{4,}")
# Where a share is looked for: in what people read, not among the digits of scripts and tables.
READ = (".html", ".xhtml", ".ipynb", ".json", ".md")
TABLES = "datasets/"
LIBRARY = "book/evidence-library"
CHAPTER_PAGE = re.compile(r"(?:chapters|book/tutors)/([\w-]+)")


@dataclass(frozen=True)
class Leak:
    """An answer found in a published file; `file` names the member of an archive as well."""

    file: str
    answer: str


def answer_strings(slug: str, project: Path = Path()) -> list[str]:
    """Return every text of the exercise `slug` that must not be published.

    Raises
    ------
    ExerciseFault
        If the exercise cannot be read.
    """
    return answers_of(read_exercise(project / FOLDER / slug))


def answers_of(exercise: Exercise) -> list[str]:
    """Return the answers of an exercise that was read: code lines, numbers, sentences."""
    found = [*_code(exercise), *_numbers(exercise), *_sentences(exercise)]
    return list(dict.fromkeys(found))


def leaks(folder: Path, project: Path = Path(), names: Iterable[str] | None = None) -> list[Leak]:
    """Search everything in `folder`, inside archives too, for answers.

    Parameters
    ----------
    folder
        What is published.
    project
        The repository's root.
    names
        Exercises to search for; all of them by default.
    """
    exercises = {name: read_exercise(project / FOLDER / name) for name in names or slugs(project)}
    answers = {name: answers_of(exercise) for name, exercise in exercises.items()}
    tables = {name: set(exercise.master.tables) for name, exercise in exercises.items()}
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        for member, text in _texts(name, path.read_bytes()):
            if EXEMPT not in member:
                sought = dict.fromkeys(_sought(member, answers, tables))
                held = found_in(text, sought, Path(member).suffix)
                found += [Leak(member, answer) for answer in held]
    return found


def _sought(
    member: str, answers: Mapping[str, Iterable[str]], tables: Mapping[str, set[str]]
) -> Iterator[str]:
    """Yield the answers that would be a leak in the file `member`."""
    page = CHAPTER_PAGE.search(member)
    told_of = tables.get(page[1]) if page else None
    for name, own in answers.items():
        by_chance = any(part in member for part in (TABLES, LIBRARY))
        by_chance = by_chance or (told_of is not None and not told_of & tables[name])
        yield from (a for a in own if not (by_chance and SHARE.fullmatch(a)))


def found_in(text: str, answers: Iterable[str], suffix: str) -> list[str]:
    """Return those of `answers` that a text holds; `suffix` says what kind of file it is from."""
    plain = _plain(text, suffix)
    code = _bare(plain)
    held = []
    for answer in answers:
        if SHARE.fullmatch(answer):
            if suffix in READ and _share_in(answer, plain):
                held.append(answer)
        elif NUMBER.fullmatch(answer):
            # A number counts where people read it; scripts and drawings are full of digits.
            if suffix not in (".svg",) and _number_in(answer, plain):
                held.append(answer)
        elif _bare(answer) in code:
            held.append(answer)
    return held


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and text of a file, or of every text inside an archive."""
    suffix = Path(name).suffix
    if suffix in ARCHIVES:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from _texts(f"{name}/{member}", archive.read(member))
    elif suffix in TEXTS:
        yield name, content.decode("utf-8", errors="replace")


def _plain(text: str, suffix: str) -> str:
    """Return what a reader sees: HTML without tags, a notebook's texts without escapes."""
    if suffix in (".html", ".xhtml"):
        for tag in ("style", "svg"):
            text = re.sub(rf"<{tag}\b.*?</{tag}>", " ", text, flags=re.DOTALL)
        return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))
    if suffix in (".ipynb", ".json"):
        try:
            return "\n".join(_strings(json.loads(text)))
        except ValueError:
            return text
    return text.replace('\\"', '"')


def _strings(value: Any) -> Iterator[str]:
    """Yield every text inside JSON data; the lines of a notebook's cell stay together."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(each, str) for each in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _bare(text: str) -> str:
    """Return a text without white space and with one kind of quotation mark."""
    return re.sub(r"\s+", "", text).replace('"', "'").replace("’", "'").replace("“", "'")


def _number_in(number: str, text: str) -> bool:
    """Say whether a number stands on its own in a text, with or without thousands separators."""
    sign = "[-−]" if number.startswith("-") else ""
    whole, _, decimals = number.removeprefix("-").partition(".")
    tail = f".{decimals}" if decimals else ""
    either = "|".join(re.escape(form + tail) for form in {whole, f"{int(whole):,}"})
    return re.search(rf"(?<![\w.,/#-]){sign}(?:{either})(?![\w/-]|[.,]\d)", text) is not None


def _share_in(share: str, text: str) -> bool:
    """Say whether a share stands in a text, as it is or as a percentage.

    Percentages with the words "per cent" are not looked for: findings of published studies are
    told so, in numbers of their own.
    """
    percentage = f"{100 * float(share):.1f}"
    written = re.escape(percentage).replace(r"\-", "[-−]")
    return _number_in(share, text) or (re.search(rf"(?<![\w.,/#-]){written}\s?%", text) is not None)


def _code(exercise: Exercise) -> Iterator[str]:
    """Yield the telling lines of the solution's code."""
    given = _bare("\n".join(_given(cell) for cell in exercise.master.cells))
    library = _library()
    names = {question.name for question in exercise.stated.questions}
    for cell in exercise.master.with_role("solution"):
        for line in _written_by_learner(cell):
            bare = _bare(line)
            makes = re.match(r"\s*(\w+)\s*=", line)
            answers = line.startswith(" ") or (makes is not None and makes[1] in names)
            shortest = SHORTEST_CODE if answers else SHORTEST_OTHER
            if len(bare) >= shortest and bare not in given and bare not in library:
                yield line.strip()


def _given(cell: Cell) -> str:
    """Return what the learner is given of a cell."""
    if cell.role == "written":
        return ""
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", cell.source, flags=re.DOTALL)


def _written_by_learner(cell: Cell) -> list[str]:
    """Return the lines between the markers, imports left out."""
    inside = re.findall(r"### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", cell.source, re.DOTALL)
    lines = solution_code("\n".join(inside)).splitlines()
    return [line for line in lines if not re.match(r"\s*(import|from)\b", line)]


@cache
def _library() -> str:
    """Return the learner's library, whose lines are published on purpose."""
    rooms = Path(__file__).parents[2]
    files = [path for room in ("data", "methods") for path in sorted((rooms / room).glob("*.py"))]
    return _bare("\n".join(path.read_text("utf-8") for path in files))


def _numbers(exercise: Exercise) -> Iterator[str]:
    """Yield expected numbers as they would be printed, if they have enough digits."""
    for question in exercise.stated.questions:
        kind = question.kind
        if not isinstance(kind, Number | Numbers | Table):
            continue
        for token in exercise.key.shown[question.name].right.values():
            if not token.removeprefix("-").isdigit():
                continue
            text = f"{int(token) / 10**kind.places:.{kind.places}f}"
            if is_telling(text):
                yield text


def is_telling(number: str) -> bool:
    """Say whether a printed number would not be found by chance.

    A share with three decimals is telling from 0.1 on, unless it is a whole percentage, which is
    said of many things: it has three digits that count. So is one with more decimals and as many
    digits. Another number is telling if it has four and is no round one.
    """
    digits = number.replace(".", "").lstrip("-0")
    if SHARE.fullmatch(number):
        return len(digits) == FEWEST_DIGITS_OF_SHARE and not digits.endswith("0")
    if FINE_SHARE.fullmatch(number):
        return len(digits) >= FEWEST_DIGITS_OF_SHARE and not digits.endswith("00")
    return len(digits) >= FEWEST_DIGITS and not digits.endswith("00")


def _sentences(exercise: Exercise) -> Iterator[str]:
    """Yield the sentences of model answers and exemplars."""
    guides = read_guide(exercise.master.path.parent, exercise.stated)
    texts = [cell.source for cell in exercise.master.with_role("written")]
    texts += [exemplar.text for guide in guides.values() for exemplar in guide.exemplars]
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
            if len(sentence) >= SHORTEST_SENTENCE:
                yield sentence
