"""The card for a graded exercise."""

from __future__ import annotations

import pytest
from docutils import nodes

from carebook.press.exercise_card import Exercise

MASTER = {
    "exercises/measuring-burnout/exercise.md": (
        "---\ntitle: Measuring burnout\nminutes: 75\npoints: 40\n---\n\n# Measuring burnout\n"
    ),
    "extra/downloads/measuring-burnout.ipynb": "{}",
}
PAGE = """
# A page

```{exercise} measuring-burnout
You score the inventory and judge *two* headlines.
```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.exercise_card",)


@pytest.fixture
def build(build_page):
    """Build a page beside an exercise whose master is no page of the book."""

    def build(text=PAGE, files=None, **more):
        return build_page(
            text,
            files={**MASTER, **(files or {})},
            exclude_patterns=["exercises", "extra"],
            **{"html_extra_path": ["extra"], **more},
        )

    return build


@pytest.mark.parametrize(("minutes", "points"), [(0, 40), (75, None), (75, "many"), (True, 40)])
def test_exercise_refuses_minutes_or_points_that_are_no_count(minutes, points):
    with pytest.raises(ValueError, match="it must be a whole number of at least 1"):
        Exercise("measuring-burnout", "Measuring burnout", minutes, points)


def test_exercise_card_takes_its_facts_from_the_master(build):
    page = build()
    assert page.warnings == []
    (card,) = page.doctree.findall(nodes.admonition)
    assert "bc-exercise" in card["classes"]
    html = page.soup.find(class_="bc-exercise")
    assert html.p.text == "Graded exercise: Measuring burnout"
    assert html.em.text == "two"
    assert html.find(class_="bc-exercise-facts").text == "75 minutes · 40 points"
    assert "Your tutor will collect the notebook" in html.text


def test_exercise_card_takes_options_while_the_master_is_silent(build):
    text = PAGE.replace("burnout\nYou", "burnout\n:minutes: 60\n:points: 30\n\nYou")
    page = build(text, files={"exercises/measuring-burnout/exercise.md": "# Measuring burnout\n"})
    assert page.warnings == []
    assert "60 minutes · 30 points" in page.soup.text


@pytest.mark.parametrize(
    ("builder", "name"), [("html", "book/other"), ("dirhtml", "book/other/index")]
)
def test_exercise_card_links_from_a_folder_to_the_download(build, builder, name):
    page = build(
        "# A page\n",
        files={"book/other.md": PAGE},
        builder=builder,
    )
    link = page.page(name).find(class_="bc-exercise-links").a
    up = "../../" if builder == "dirhtml" else "../"
    assert link["href"] == f"{up}downloads/measuring-burnout.ipynb"
    assert link.text == "Download for Jupyter"


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_exercise_card_reads_in_every_builder(build, builder):
    page = build(builder=builder)
    assert page.warnings == []
    assert "75 minutes" in page.output


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("{exercise} measuring-burnout", "{exercise} burnout", "no folder exercises/burnout."),
        ("burnout\nYou", "burnout\n:minutes: 60\n\nYou", "the page says :minutes: 60"),
        ("You score the inventory and judge *two* headlines.\n", "", "says nothing"),
    ],
)
def test_exercise_mistake_is_reported_with_file_and_line(build, before, after, message):
    assert before in PAGE
    page = build(PAGE.replace(before, after))
    assert len(page.warnings) == 1
    assert message in page.warnings[0]
    assert page.warnings[0].startswith("index.md:3: WARNING")


def test_exercise_card_without_its_download_is_reported_with_file_and_line(build):
    page = build(html_extra_path=[])
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith(
        "index.md:3: WARNING: The exercise's download 'downloads/measuring-burnout.ipynb' is in "
        "none of the folders of html_extra_path (none)."
    )
