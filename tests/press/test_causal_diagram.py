"""The causal diagram of a simulated table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carebook.data.simulate import Arrow, simulation
from carebook.press.causal_diagram import arrows_in_words, build_causal_diagram, causal_drawing

PAGE = """
    # Page

    ```{causal-diagram} clinic_days
    :caption: What makes a clinic day.
    ```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.causal_diagram",)


def test_a_diagram_that_runs_in_a_circle_is_refused():
    circle = (Arrow("rain", "mud"), Arrow("mud", "rain"))
    with pytest.raises(ValueError, match=r"cannot run in a circle; look at: rain, mud"):
        build_causal_diagram(replace(simulation("clinic_days"), arrows=circle))


def test_arrows_in_words_gather_the_effects_of_a_cause():
    arrows = (Arrow("role", "task"), Arrow("role", "after_hours"), Arrow("morale", "task", True))
    assert arrows_in_words(arrows) == [
        "role affects task and after hours",
        "morale (not in the table) affects task",
    ]


def test_the_doctree_holds_the_drawing_in_a_figure(build_page):
    page = build_page(PAGE)
    (drawing,) = page.doctree.findall(causal_drawing)
    assert page.warnings == []
    assert drawing.parent.tagname == "figure"


def test_the_drawing_has_a_role_a_title_and_a_description(build_page):
    soup = build_page(PAGE).soup
    drawing = soup.find("svg", role="img")
    title, description = drawing.find("title"), drawing.find("desc")
    assert drawing["aria-labelledby"] == f"{title['id']} {description['id']}"
    assert title.text == "What makes a clinic day."
    assert "task affects minutes" in description.text


def test_the_drawing_has_a_box_for_each_variable_and_a_line_for_each_arrow(build_page):
    drawing = build_page(PAGE).soup.find("svg", role="img")
    arrows = simulation("clinic_days").arrows
    names = {name for arrow in arrows for name in (arrow.cause, arrow.effect)}
    assert len(drawing.find_all("rect")) == len(names)
    assert len(drawing.find_all("path", class_="bc-dag-line")) == len(arrows)


def test_a_hidden_cause_is_dashed_and_says_so(build_page):
    drawing = build_page(PAGE).soup.find("svg", role="img")
    hidden = {arrow.cause for arrow in simulation("clinic_days").arrows if arrow.hidden}
    assert len(drawing.select("rect[stroke-dasharray]")) == len(hidden) > 0
    assert drawing.text.count("(not in the table)") >= len(hidden)


def test_the_arrows_stand_below_in_words(build_page):
    legend = build_page(PAGE).soup.find("div", class_="legend")
    said = [item.text.strip() for item in legend.find_all("li")]
    assert said == arrows_in_words(simulation("clinic_days").arrows)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_diagram_is_words_in_other_formats(build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "task affects minutes" in page.output


def test_an_unknown_simulation_warns_with_file_and_line(build_page):
    (warning,) = build_page("# Page\n\n```{causal-diagram} clinic_day\n```\n").warnings
    assert warning.startswith(
        "index.md:3: WARNING: causal-diagram: no simulated table 'clinic_day'"
    )
