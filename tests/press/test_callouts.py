"""Take-aways, on the ward, on Monday, reflection, and where to find help."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from docutils import nodes

from carebook.press.callouts import CALLOUTS, HelpLine, help_lines

REFLECTION = """
# A page

```{reflection}
When did a number last change what **you** did?
```
"""
HELP = "# A page\n\n```{where-to-find-help}\n```\n"


@pytest.fixture
def press_extensions():
    return ("carebook.press.callouts",)


def test_help_line_refuses_a_review_date_before_the_check():
    line = help_lines()[0]
    with pytest.raises(ValueError, match="Samaritans: review_by is not after checked"):
        dataclasses.replace(line, review_by=line.checked)


def test_help_lines_name_their_country_and_are_due_after_six_months():
    assert len(help_lines()) == 3
    assert all(isinstance(line, HelpLine) and line.country for line in help_lines())
    assert {line.review_by for line in help_lines()} == {date(2027, 5, 22)}


@pytest.mark.parametrize("name", sorted(CALLOUTS))
def test_callout_is_a_titled_box(build_page, name):
    page = build_page(f"# A page\n\n```{{{name}}}\nOne thing.\n```\n")
    assert page.warnings == []
    (box,) = page.doctree.findall(nodes.admonition)
    assert f"bc-{name}" in box["classes"]
    assert page.soup.find(class_=f"bc-{name}").p.text == CALLOUTS[name].title


@pytest.mark.parametrize("name", [*sorted(CALLOUTS), "where-to-find-help"])
def test_callout_can_be_linked_to_and_its_title_is_a_heading_to_the_ear(build_page, name):
    body = "" if name == "where-to-find-help" else "One thing.\n"
    page = build_page(f"# A page\n\n## A section\n\n```{{{name}}}\n{body}```\n")
    title = page.soup.find(id=name).find(role="heading")
    assert page.warnings == []
    assert title["aria-level"] == "3"
    assert title["class"] == ["admonition-title"]


def test_only_the_first_box_of_its_kind_takes_the_short_id(build_page):
    page = build_page(REFLECTION + "\n```{reflection}\nAnd then?\n```\n")
    assert page.warnings == []
    assert len(page.soup.find_all(class_="bc-reflection")) == 2
    assert len(page.soup.find_all(id="reflection")) == 1


def test_a_section_of_the_same_name_keeps_its_id(build_page):
    page = build_page(REFLECTION + "\n## Reflection\n\nWords.\n")
    ids = [tag["id"] for tag in page.soup.find_all(id=True)]
    assert page.warnings == []
    assert len(ids) == len(set(ids))


def test_reflection_warns_against_details_of_people_and_shared_computers(build_page):
    box = build_page(REFLECTION).soup.find(class_="bc-reflection")
    assert box.strong.text == "you"
    assert "identify a patient or a colleague" in box.text
    assert "on a computer that others use" in box.text


def test_where_to_find_help_names_country_number_and_dates(build_page):
    page = build_page(HELP)
    assert page.warnings == []
    box = page.soup.find(class_="bc-help")
    assert "In an emergency call your local number." in box.text
    assert "NHS Practitioner Health (England)" in box.text
    assert box.find("a", href="tel:116123").text == "116 123"
    assert "checked on 22 November 2026" in box.text
    assert "checked again by 22 May 2027" in box.text


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
@pytest.mark.parametrize(
    ("text", "words"), [(REFLECTION, "on a computer that others use"), (HELP, "Samaritans")]
)
def test_callouts_read_in_every_builder(build_page, builder, text, words):
    page = build_page(text, builder=builder)
    assert page.warnings == []
    assert words in " ".join(page.output.split())


@pytest.mark.parametrize("name", sorted(CALLOUTS))
def test_empty_callout_is_reported_with_file_and_line(build_page, name):
    page = build_page(f"# A page\n\n```{{{name}}}\n```\n")
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith(f"index.md:3: WARNING: The box '{name}' is empty.")
    assert CALLOUTS[name].example in page.warnings[0]


def test_callout_with_an_id_can_be_linked_to(build_page):
    page = build_page(REFLECTION.replace("{reflection}", "{reflection} being-counted"))
    assert page.warnings == []
    assert page.soup.find(id="reflection-being-counted") is not None
    assert "being-counted" not in page.soup.find(class_="bc-reflection").text


def test_callout_id_is_used_once_in_the_book(build_page):
    text = REFLECTION.replace("{reflection}", "{reflection} being-counted")
    page = build_page(text, files={"other.md": text})
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("other.md:3: WARNING: reflection id 'being-counted' is")
