"""The search for answers in what is published."""

from __future__ import annotations

import json
import zipfile

import pytest

from carebook.press.exercises import answer_strings, leaks
from carebook.press.exercises.answers import found_in

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
