"""The order of what a search finds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

SCORER = Path(__file__).parents[2] / "book/_static/search-scorer.js"
KINDS = (
    "chapters/measuring-burnout/index",
    "chapters/measuring-burnout/lab",
    "book/glossary",
    "book/evidence-library",
)


def lifted(pages, score):
    """Return what the scorer makes of a match of the same score in each page."""
    results = [[page, "Title", "", None, score, f"{page}.md"] for page in pages]
    script = f"{SCORER.read_text('utf-8')}\nconst found = {json.dumps(results)};\n"
    script += "console.log(JSON.stringify(found.map(Scorer.score)));"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_chapters_stand_before_labs_before_the_glossary_before_the_library():
    scores = lifted(KINDS, 5)
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(KINDS)


def test_lists_and_tutor_pages_are_not_lifted():
    pages = ("book/data-dictionary", "book/references", "book/tutors/measuring-burnout")
    assert lifted(pages, 5) == [5, 5, 5]


def test_cases_stand_with_labs():
    assert len(set(lifted([KINDS[1], "chapters/measuring-burnout/case"], 5))) == 1


def test_a_page_of_a_lower_kind_does_not_overtake_by_its_title():
    """Sphinx gives an exact entry of the index 100 at most, a word in the text 2 at least."""
    assert lifted(KINDS[:1], 2)[0] > lifted(KINDS[1:2], 100)[0]
    assert lifted(KINDS[1:2], 2)[0] > lifted(KINDS[2:3], 100)[0]
