"""Pictures say what they show and stand in a figure with a caption."""

from __future__ import annotations

import pytest

from carebook.press.figure_rules import Picture, alt_faults

ALT = "Two lines cross: one is steep, the other is flat."
FIGURE = f"""
# A page

```{{figure}} levels.svg
:alt: {ALT}

Between units and within them.
```
"""
LEVELS = {
    "levels.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\n",
}
CELL = f"""
---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

```{{code-cell}} ipython3
one = 1
```

```{{code-cell}} ipython3
:mystnb: {{"image": {{"alt": "{ALT}"}}, "figure": {{"caption": "Two levels."}}}}
from IPython.display import SVG
SVG("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>")
```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.figure_rules",)


def test_alt_faults_finds_nothing_in_a_sentence():
    assert alt_faults(ALT, "Two levels.") == []


@pytest.mark.parametrize(
    ("alt", "fault"),
    [
        ("", "no alt text"),
        ("_images/5a31.png", "a path as alt text"),
        ("Two lines.", "of 10 characters"),
        ("Two lines cross and one of them is steep", "does not end with a full stop"),
        ("Between units and  within them.", "repeats the caption"),
    ],
)
def test_alt_faults_names_what_is_wrong(alt, fault):
    (found,) = alt_faults(alt, "Between units and within them")
    assert fault in found


def test_picture_that_decorates_has_no_words():
    assert Picture("", None, decorative=True).faults() == []
    assert "leave it out" in Picture(ALT, None, decorative=True).faults()[0]


def test_figure_with_sentence_and_caption_passes(build_page):
    page = build_page(FIGURE, files=LEVELS)
    assert page.warnings == []
    assert page.soup.figure.img["alt"] == ALT


def test_decorative_picture_passes_and_gets_an_empty_alt(build_page):
    page = build_page("# A page\n\n```{image} levels.svg\n:class: decorative\n```\n", files=LEVELS)
    assert page.warnings == []
    assert page.soup.find("img", class_="decorative")["alt"] == ""


def test_figure_of_a_cell_takes_alt_and_caption_from_the_cell(build_notebook):
    page = build_notebook(CELL)
    assert page.warnings == []
    assert page.soup.figure.img["alt"] == ALT
    assert page.soup.figcaption.text.strip().startswith("Two levels.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FIGURE.replace(f":alt: {ALT}\n\n", ""), "This picture has no alt text. Use the directive"),
        (FIGURE.replace("Between units and within them.\n", ""), "has no caption"),
        (FIGURE.replace(ALT, "A steep and a flat line"), "does not end with a full stop"),
        (FIGURE.replace("Between units and within them.", ALT), "repeats the caption"),
        (f"# A page\n\n![{ALT}](levels.svg)\n", "has no caption. Use the directive 'figure'"),
        ("# A page\n\n<img src='levels.svg'>\n", "has no alt text"),
    ],
)
def test_picture_without_words_is_reported_with_file_and_line(build_page, text, message):
    page = build_page(text, files=LEVELS)
    assert len(page.warnings) == 1
    assert message in page.warnings[0]
    assert page.warnings[0].startswith("index.md:3: WARNING")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (f'"image": {{"alt": "{ALT}"}}, ', "", "has no alt text. Add to the cell"),
        (', "figure": {"caption": "Two levels."}', "", "has no caption. Add to the cell"),
    ],
)
def test_picture_of_a_cell_is_reported_with_its_number_and_line(
    build_notebook, before, after, message
):
    assert before in CELL
    page = build_notebook(CELL.replace(before, after))
    assert len(page.warnings) == 1
    assert f"The picture of code cell 2 {message}" in page.warnings[0]
    assert page.warnings[0].startswith("index.md:14: WARNING")


def test_words_of_a_cell_that_took_the_caption_are_reported(build_notebook):
    page = build_notebook(CELL.replace('SVG("', 'print(1)\nSVG("') + "\n")
    assert page.warnings == []
    page = build_notebook(
        CELL.replace('SVG("', 'display(SVG("').replace('</svg>")', '</svg>"))\n1')
    )
    assert any("shows something that is no picture" in line for line in page.warnings)
    assert all(line.startswith("index.md:14: WARNING") for line in page.warnings)
