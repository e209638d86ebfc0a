"""Tests of the reading of the book's prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.press import prose


def remarks_on(folder: Path, text: str, name: str = "chapters/a/index.md") -> list[str]:
    """Return the remarks on one page of a made-up project, as lines."""
    page = folder / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    return [str(remark) for remark in prose.remarks(folder)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The odds ratio was 2.7.",
        "Burnout doubled errors (OR 2.7).",
        "The pooled SMD = -0.29.",
        "An SMD of −0.29 was found.",
        "In the survey 34% were burnt out.",
        "In the survey 34.5 per cent were burnt out.",
        "The link was clear (p < 0.05).",
        "The correlation was 0.76.",
    ],
)
def test_an_effect_size_typed_in_a_chapter_is_an_error(tmp_path: Path, sentence: str) -> None:
    found = remarks_on(tmp_path, f"# A\n\n{sentence}\n")
    assert [line.split(": ")[:2] for line in found] == [["chapters/a/index.md:3", "error"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "The share was {finding}`hewitt2020:min`, with a 95% interval.",
        "Take {finding}`an odds ratio of 2 <made:up>`, say.".replace(" of 2", ""),
        "All answered, that is 100% of them.",
        "Of 500 people 35 left in 2019; see `OR 2.7` in the code.",
        "[A link](OR-2.7.html) is no effect.",
    ],
)
def test_numbers_from_the_register_and_plain_counts_pass(tmp_path: Path, sentence: str) -> None:
    assert remarks_on(tmp_path, f"# A\n\n{sentence}\n") == []


def test_an_effect_size_outside_a_chapter_passes(tmp_path: Path) -> None:
    assert remarks_on(tmp_path, "An odds ratio of 2.7.", "book/glossary.md") == []


def test_code_is_no_prose_but_the_body_of_a_directive_is(tmp_path: Path) -> None:
    text = (
        "---\ntitle: OR 2.7\n---\n\n```{code-cell} ipython3\nx = 'OR 2.7'\n```\n\n"
        "```python\n# OR 2.7\n```\n\n```{take-aways}\n- an OR of 2.7\n```\n"
    )
    found = remarks_on(tmp_path, text)
    assert [line.split(": ")[0] for line in found] == ["chapters/a/index.md:14"]


def test_american_spelling_is_noted_with_the_british_one(tmp_path: Path) -> None:
    found = remarks_on(tmp_path, "The color of the ward.\n")
    assert found == [
        "chapters/a/index.md:1: note: American spelling 'color': write 'colour'",
    ]


def test_a_computer_program_may_be_spelt_as_such(tmp_path: Path) -> None:
    assert remarks_on(tmp_path, "A program made the table; she will practice.\n") == []


def test_a_loaded_word_is_noted_with_something_better(tmp_path: Path) -> None:
    found = remarks_on(tmp_path, "A devastating rise.\n")
    assert found == [
        "chapters/a/index.md:1: note: 'devastating': better what happened, in plain words"
    ]


def test_reading_grade_of_a_known_sentence() -> None:
    """Four words of 4, 3, 3 and 3 letters in one sentence: 4.71 × 13/4 + 0.5 × 4 − 21.43."""
    assert prose.reading_grade("This cat sat now.") == pytest.approx(4.71 * 13 / 4 + 2 - 21.43)


def test_long_words_and_sentences_read_harder() -> None:
    plain = "We asked them. They said no. We went home."
    heavy = "Organisational interventions demonstrably necessitate institutional prioritisation."
    assert prose.reading_grade(heavy) > prose.reading_grade(plain)


def test_no_chapter_of_the_book_types_an_effect_size(project: Path) -> None:
    errors = [str(remark) for remark in prose.remarks(project) if remark.level == prose.ERROR]
    assert errors == []
