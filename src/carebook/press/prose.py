"""Read the book's prose for what an editor would stop: typed effect sizes, spelling, loaded words.

A typed effect size is an error: numbers in a chapter come from the register by role or from a
computed cell. American spellings and loaded or excluding words are notes, with what to write
instead. The reading grade is reported and never judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

ERROR, NOTE = "error", "note"

# An effect size typed by hand: a measure followed by a number, a percentage, or an interval.
TYPED_EFFECT = re.compile(
    r"\b(?:OR|RR|HR|IRR|SMD|MD)\b\s*(?:of|=|was|is)?\s*[-−]?\d"
    r"|\b(?:odds|hazard|risk|rate) ratio\s*(?:of|=|was|is)?\s*[-−]?\d"
    r"|\b(?:kappa|correlation|alpha|omega)\s+(?:of|=|was|is)\s*[-−]?\d"
    r"|\d+(?:\.\d+)?\s*(?:%|per ?cent\b)"
    r"|\bp\s*[<=>]\s*0?\.\d"
)
# The level of an interval, and the whole, are no findings.
NO_EFFECT = re.compile(
    r"\b95\s?(?:%|per ?cent)\s*(?:Wilson\s*)?(?:confidence\s*)?interval"
    r"|\b100\s?(?:%|per ?cent)"
)

# Either a British spelling too, or right in another sense (a computer program, a name).
SPELT_BOTH_WAYS = frozenset(
    (
        *("analog", "biased", "catalog", "catalogs", "check", "dialog"),
        *("focused", "gray", "grays", "license", "licensed", "licenses"),
        *("licensing", "math", "meter", "meters", "practice", "practices"),
        *("practicing", "program", "programs", "rigor", "story", "stories"),
        *("sulfur", "tidbit", "focuses", "focusing", "mold", "molds"),
    )
)
NAMES_KEPT = ("Professional Fulfillment Index", "World Health Organization")

LOADED_WORDS = {
    r"\bepidemic of burnout\b": "a share, with its definition",
    r"\bdevastating\b": "what happened, in plain words",
    r"\bcrisis\b": "what is short, and by how much",
    r"\bgroundbreaking\b|\bgame[- ]chang\w+\b|\brevolutionary\b": "what changed",
    r"\bsuffers? from\b|\bsuffering from\b": "has, lives with",
    r"\bcommit(?:s|ted)? suicide\b": "died by suicide",
    r"\bthe elderly\b": "older people",
    r"\bthe disabled\b": "disabled people",
    r"\bmankind\b|\bmanpower\b|\bchairman\b": "people, staff, chair",
    r"\bobviously\b|\bof course\b|\bsimply\b": "nothing; readers to whom it is not obvious feel it",
    r"\bproves?\b|\bproven\b": "shows, suggests, found",
}

FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,})\s*(\{[\w-]+\})?")
CASE_FACT = re.compile(r"\{case-fact\}`([^`<]*?)\s*<[^`]*>`")
CODE_FENCES = ("{code-cell}", "{code-block}", "{code}", "{evidence-table}")


@dataclass(frozen=True)
class Remark:
    """Something an editor would stop at: where, how serious, and what to do."""

    file: Path
    line: int
    level: str
    text: str

    def __str__(self) -> str:
        """Return ``file:line: level: text``."""
        return f"{self.file}:{self.line}: {self.level}: {self.text}"


def pages(project: Path) -> list[Path]:
    """Return the pages whose prose is read: the book, the chapters, the exercises, the README."""
    found = [*project.glob("book/**/*.md"), *project.glob("chapters/**/*.md")]
    found += [*project.glob("exercises/*/exercise.md"), project / "README.md"]
    return sorted(path for path in found if path.is_file() and not path.parent.name.startswith("_"))


def prose_lines(text: str) -> list[str]:
    """Return the lines of a page with everything that is not prose blanked, numbering kept.

    Blanked are the front matter, code cells and code fences without a directive, inline code and
    the targets of roles and links. The content of other directives is prose.
    """
    lines = text.splitlines()
    kept: list[str] = []
    fence = ""
    front_matter = bool(lines) and lines[0] == "---"
    for number, line in enumerate(lines):
        opening = FENCE.match(line)
        if front_matter:
            front_matter = number == 0 or line != "---"
            kept.append("")
        elif fence:
            fence = "" if line.strip() == fence else fence
            kept.append("")
        elif opening and (opening[2] in CODE_FENCES or (not opening[2] and line.strip("`~: "))):
            fence = opening[1]
            kept.append("")
        else:
            kept.append(_without_markup(line))
    return kept


def _without_markup(line: str) -> str:
    """Return the words that a reader sees in one line of MyST."""
    if FENCE.match(line) or re.match(r"^:[\w-]+:", line):
        return ""
    # The role itself holds these numbers against the fact.
    line = CASE_FACT.sub(lambda fact: re.sub(r"\d", "", fact[1]), line)
    line = re.sub(r"\{[\w:-]+\}`([^`<]*?)\s*<[^`]*>`", r"\1", line)
    line = re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`", "", line)
    line = re.sub(r"\]\([^)]*\)", "]", line)
    return re.sub(r"<[^>]+>", "", line)


@cache
def american_spellings() -> dict[str, str]:
    """Return American spellings with their British form, from codespell's own dictionary."""
    source = resources.files("codespell_lib") / "data" / "dictionary_en-GB_to_en-US.txt"
    pairs = (line.split("->") for line in source.read_text(encoding="utf-8").splitlines() if line)
    return {
        american.rstrip(","): british
        for british, american in pairs
        if american not in SPELT_BOTH_WAYS
    }


def remarks(project: Path) -> list[Remark]:
    """Return every remark on the book's prose, in the order of files and lines."""
    found: list[Remark] = []
    for path in pages(project):
        relative = path.relative_to(project)
        for number, line in enumerate(prose_lines(path.read_text(encoding="utf-8")), start=1):
            found += _remarks_on_line(relative, number, line)
    return found


def _remarks_on_line(file: Path, number: int, line: str) -> list[Remark]:
    """Return the remarks on one line of prose."""
    found = []
    effect = TYPED_EFFECT.search(NO_EFFECT.sub("", line)) if file.parts[0] == "chapters" else None
    if effect:
        advice = "take it from the register ({finding}) or from a computed cell (glue)"
        found.append(Remark(file, number, ERROR, f"typed effect size {effect[0]!r}: {advice}"))
    for kept in NAMES_KEPT:
        line = line.replace(kept, "")
    for word in re.findall(r"[A-Za-z]+", line):
        british = american_spellings().get(word.lower())
        if british:
            found.append(
                Remark(file, number, NOTE, f"American spelling {word!r}: write {british!r}")
            )
    for pattern, instead in LOADED_WORDS.items():
        loaded = re.search(pattern, line, re.IGNORECASE)
        if loaded:
            found.append(Remark(file, number, NOTE, f"{loaded[0]!r}: better {instead}"))
    return found


def reading_grade(prose: str) -> float:
    """Return the automated readability index of `prose`, in US school years.

    Counts letters, words and sentences only, so it needs no dictionary of syllables (Smith and
    Senter 1967, AMRL-TR-66-220).
    """
    words = re.findall(r"[\w’'-]+", prose)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", prose)))
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


def reading_grades(project: Path) -> dict[Path, tuple[int, float]]:
    """Return for each page with at least 100 words the number of words and the reading grade."""
    grades = {}
    for path in pages(project):
        lines = prose_lines(path.read_text(encoding="utf-8"))
        prose = "\n".join(line for line in lines if not line.startswith(("#", "|")))
        if len(prose.split()) >= 100:
            grades[path.relative_to(project)] = (len(prose.split()), reading_grade(prose))
    return grades
