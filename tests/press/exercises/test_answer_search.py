"""The search for answers in what is published."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from carebook.press.exercises import answer_strings, leaks
from carebook.press.exercises.answers import NUMBER as PATTERN
from carebook.press.exercises.answers import SHARE as SHARE_PATTERN
from carebook.press.exercises.answers import found_in, is_telling

CODE = "area = math.pi * radius_of_circle**2"
NUMBER = "12.566"
SENTENCE = (
    "Because a circle of twice the radius has four times the area, "
    "as you can see by counting squares."
)


def test_answers_are_code_numbers_and_sentences(book):
    assert answer_strings("small", book) == [
        CODE,
        "return number / 2",
        NUMBER,
        SENTENCE,
        "The area grows with the square of the radius; count the squares.",
        "It grows faster than the radius does and that is all.",
    ]


LEAKS = {
    "grouped.md": "It is 12.566 all round.",
    "page.html": f"<p>It is <b>{NUMBER}</b>.</p>",
    "code.html": "<pre><span>area</span> <span>=</span> math.pi\n*<i>radius_of_circle</i>**2</pre>",
    "words.html": f"<p>{SENTENCE.replace('area, ', 'area,<br>')}</p>",
    "note.ipynb": json.dumps({"cells": [{"source": ["area = math.pi * ", "radius_of_circle**2"]}]}),
    "data.json": json.dumps({"answer": 12.566}),
    "searchindex.js": f'Search.setIndex({{"docs": "{CODE}"}})',
    "notes.txt": "    return number / 2",
}


@pytest.mark.parametrize("name", LEAKS)
def test_leak_is_found(book, name):
    site = book / "site"
    (site / "deep").mkdir(parents=True)
    (site / "deep" / name).write_text(LEAKS[name])
    found = leaks(site, book)
    assert [leak.file for leak in found] == [f"deep/{name}"]


@pytest.mark.parametrize("archive", ["lms.zip", "carebook.whl"])
def test_leak_inside_an_archive_is_found(book, archive):
    site = book / "site"
    site.mkdir()
    with zipfile.ZipFile(site / archive, "w") as packed:
        packed.writestr("a/b.py", CODE)
    assert [leak.file for leak in leaks(site, book)] == [f"{archive}/a/b.py"]


def share_of(slug):
    """Return a share that the search looks for among the answers of an exercise of the book."""
    project = Path(__file__).resolve().parents[3]
    return project, next(a for a in answer_strings(slug, project) if SHARE_PATTERN.fullmatch(a))


@pytest.mark.parametrize(
    ("page", "leaks_there"),
    [
        ("chapters/measuring-burnout/lab.html", True),
        ("book/tutors/measuring-burnout.html", True),
        ("chapters/workforce/lab.html", True),  # the same table
        ("book/glossary.html", True),
        ("chapters/care-factory/lab.html", False),
        ("book/evidence-library.html", False),
    ],
)
def test_a_share_is_a_leak_only_where_it_can_be_one(tmp_path, page, leaks_there):
    project, share = share_of("measuring-burnout")
    (tmp_path / page).parent.mkdir(parents=True)
    (tmp_path / page).write_text(f"<p>It is {share}.</p>")
    exercises = ["measuring-burnout", "workforce", "care-factory"]
    assert bool(leaks(tmp_path, project, exercises)) is leaks_there


INNOCENT = {
    "longer.html": "<p>12.5661 and 112.566 and 3.12.566</p>",
    "attribute.html": '<a href="#s12.566" style="width:12.566px">a</a>',
    "drawing.html": "<svg><path d='M 12.566 3'/></svg>",
    "plain.html": "<p>return number of 2</p>",
}


@pytest.mark.parametrize("name", INNOCENT)
def test_text_that_only_looks_alike_is_no_leak(book, name):
    site = book / "site"
    site.mkdir()
    (site / name).write_text(INNOCENT[name])
    assert leaks(site, book) == []


def test_simulated_tables_are_not_searched(book):
    folder = book / "site" / "datasets" / "simulated"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("12.566,1\n")
    assert leaks(book / "site", book) == []


def test_number_is_found_with_thousands_separator():
    assert found_in("<p>2,634 people</p>", ["2634"], ".html") == ["2634"]
    assert found_in("<p>12,634 people</p>", ["2634"], ".html") == []


SHARE = ["0.434"]


@pytest.mark.parametrize("text", ["0.434", "43.4%", "43.4 %", "43.4\u00a0%"])
@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_share_is_found_as_it_is_and_as_a_percentage(text, suffix):
    assert found_in(f"About {text} of them.", SHARE, suffix) == SHARE


def test_share_is_found_in_a_notebooks_output():
    text = json.dumps({"cells": [{"outputs": [{"text": ["0.434\n"]}]}]})
    assert found_in(text, SHARE, ".ipynb") == SHARE


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("143.4%", ".html"),
        ("0.4341", ".html"),
        ("43.4 years", ".html"),
        ("x=0.434", ".js"),
        ("<path d='M 0.434 1'/>", ".svg"),
        ("0.434,0.5", ".csv"),
    ],
)
def test_share_is_not_found_where_digits_mean_something_else(text, suffix):
    assert found_in(text, SHARE, suffix) == []


def test_share_in_a_table_of_the_book_is_no_leak(book, change):
    change("checks.py", "math.pi * 4,", "0.434,")
    for folder in ("datasets", "pages"):
        (book / "site" / folder).mkdir(parents=True)
        (book / "site" / folder / "a.md").write_text("0.434")
    assert [leak.file for leak in leaks(book / "site", book)] == ["pages/a.md"]


def test_negative_number_is_found_with_either_minus_sign():
    assert found_in("-12.566 units", ["-12.566"], ".md") == ["-12.566"]
    assert found_in("\u22120.434 units", ["-0.434"], ".md") == ["-0.434"]
    assert found_in("12.566 units", ["-12.566"], ".md") == []


@pytest.mark.parametrize("number", ["0.434", "-0.434", "45.18", "2634"])
def test_telling_number_has_digits_enough(number):
    assert is_telling(number)


@pytest.mark.parametrize("number", ["0.430", "0.086", "6000", "45.1", "100.00"])
def test_short_or_round_number_is_not_telling(number):
    assert not is_telling(number)


def test_shares_and_negative_numbers_are_among_the_answers(book, change):
    change("checks.py", "import Case, Function, Number", "import Case, Function, Numbers, Number")
    change("checks.py", 'Number(3), "one number"', 'Numbers(("a", "b"), 3), "two numbers"')
    change("checks.py", "math.pi * 4,", "(0.434, -45.186),")
    change("checks.py", "math.pi * 4.5", "(1, 2)")
    change("checks.py", "lambda data: 16.0", "lambda data: (3, math.nan)")
    numbers = [text for text in answer_strings("small", book) if PATTERN.fullmatch(text)]
    assert numbers == ["0.434", "-45.186"]
