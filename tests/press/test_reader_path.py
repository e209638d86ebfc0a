"""The path of one kind of reader, made from what pages say of themselves."""

from __future__ import annotations

from datetime import date

import pytest

from carebook.press.page_records import PagePart, PageRecord, records_of
from carebook.press.page_strip import PageFacts
from carebook.press.reader_path import ChapterPages, Piece, bound_together, choose, in_hours

FRONT = """---
readers: {readers}
minutes: {minutes}
prerequisites: none
reviewed: 2026-11-23
{more}
---
"""
CHAPTER = """
# Doors

Two doors, one number.

## The door opens

Ten words stand here so that this part has weight.

## The door shuts

Ten words stand here so that this part has weight.

## What to keep

```{take-aways}
- A door has two sides.
```
"""
PATH = (
    FRONT.format(readers="leader", minutes=5, more="")
    + "\n# Path\n\n```{reader-path} leader\n```\n"
)


@pytest.fixture
def press_extensions():
    return (
        "carebook.press.page_strip",
        "carebook.press.callouts",
        "carebook.press.reader_path",
        "carebook.press.outcome_map",
    )


def page(text=CHAPTER, readers="student, leader", minutes=30, more=""):
    return FRONT.format(readers=readers, minutes=minutes, more=more) + text


def files(chapter=None, **others):
    return {
        "chapters/doors/index.md": chapter or page(),
        "chapters/doors/case.md": page("\n# A case\n\nWords.\n", minutes=20),
        "chapters/doors/lab.md": page("\n# A lab\n\nWords.\n", readers="student"),
        **others,
    }


def pieces(*kinds_and_minutes):
    return [
        Piece(f"{kind} {place}", "page", "", kind, minutes, place)
        for place, (kind, minutes) in enumerate(kinds_and_minutes)
    ]


def test_choose_takes_what_matters_most_and_keeps_the_order_of_the_page():
    found = pieces(("hook", 3), ("argument", 5), ("evidence", 5), ("keep", 4))
    assert [piece.kind for piece in choose(found, "leader", 13)] == ["hook", "evidence", "keep"]
    assert len(choose(found, "leader", 17)) == 4


def test_a_cut_never_shows_one_side_alone():
    found = pieces(("hook", 3), ("side", 5), ("side", 6), ("argument", 4))
    assert [piece.kind for piece in choose(found, "leader", 13)] == ["hook", "argument"]
    assert [piece.kind for piece in choose(found, "leader", 14)] == ["hook", "side", "side"]


def test_a_cut_is_never_longer_than_it_says():
    found = pieces(("hook", 9), ("keep", 9), ("evidence", 9), ("argument", 2))
    for minutes in range(40):
        assert sum(piece.minutes for piece in choose(found, "student", minutes)) <= minutes


def test_bound_together_binds_sides_alone():
    found = pieces(("hook", 1), ("side", 1), ("side", 1), ("argument", 1), ("argument", 1))
    assert [len(group) for group in bound_together(found)] == [1, 2, 1, 1]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (140, "2 hours 20 minutes")],
)
def test_in_hours_reads_as_words(minutes, said):
    assert in_hours(minutes) == said


def test_a_page_shares_its_minutes_out_by_words_and_leaves_exercise_and_references_out():
    parts = (
        PagePart("a", "", "hook", 100),
        PagePart("b", "b", "argument", 300),
        PagePart("c", "c", "exercise", 50),
        PagePart("d", "d", "references", 900),
    )
    record = PageRecord("p", "P", PageFacts(("leader",), 40, "none", date(2026, 1, 1)), parts)
    assert [record.minutes_of(part) for part in parts] == [10, 30, 0, 0]
    assert [piece.title for piece in ChapterPages((record,)).pieces()] == ["a", "b"]


def test_a_path_leads_to_the_parts_and_pages_for_its_reader_alone(build_page):
    built = build_page(PATH, files=files())
    assert built.warnings == []
    links = [link["href"] for link in built.soup.select("dl.bc-cuts a")]
    assert "chapters/doors/index.html#what-to-keep" in links
    assert "chapters/doors/case.html" in links
    assert not [link for link in links if "lab" in link]
    assert "take 50 minutes" in built.soup.text


def test_a_path_follows_when_a_page_changes(build_page):
    build_page(PATH, files=files())
    built = build_page(PATH, files=files(page(CHAPTER.replace("# Doors", "# Gates"))))
    assert "Gates" in built.soup.text


def test_records_keep_words_but_no_strip(build_page):
    built = build_page(PATH, files=files())
    record = records_of(built.env)["chapters/doors/index"]
    assert [part.kind for part in record.parts] == ["hook", "argument", "argument", "keep"]
    assert record.parts[0].words == len(["Two", "doors,", "one", "number."])


def test_sides_are_named_in_the_front_matter(build_page):
    more = "sides: the-door-opens, the-door-shuts"
    built = build_page(PATH, files=files(page(more=more)))
    kinds = [part.kind for part in records_of(built.env)["chapters/doors/index"].parts]
    assert (built.warnings, kinds) == ([], ["hook", "side", "side", "keep"])


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("sides: the-door-opens, the-window", "no heading of that name"),
        ("sides: the-door-opens", "two headings or more"),
    ],
)
def test_sides_that_are_no_headings_are_a_warning_with_its_line(build_page, more, says):
    built = build_page(PATH, files=files(page(more=more)))
    (warning,) = built.warnings
    assert says in warning
    assert "chapters/doors/index.md:6" in warning


def test_an_unknown_reader_is_a_warning_with_its_line(build_page):
    built = build_page(PATH.replace("leader\n```", "surgeon\n```"))
    (warning,) = built.warnings
    assert "'surgeon' is no reader. Write one of: student, tutor, leader" in warning
    assert "index.md:11" in warning


def test_a_path_without_chapters_says_so(build_page):
    assert "No chapter is ready" in build_page(PATH).soup.text


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_a_path_is_silent_in_other_formats(build_page, builder):
    built = build_page(PATH, builder=builder, files=files())
    assert built.warnings == []
    assert "minutes in all" in built.output
