"""A prediction and the place that returns to it."""

from __future__ import annotations

import pytest

from carebook.press.markup import Block
from carebook.press.prediction import Prediction

PAGE = """
# A page

```{prediction} share
How *many* by the strictest definition?

- Fewer than one in ten
- About half
```

```{prediction-return} share
The strictest definition found few.
```
"""
NUMBER = """
# A page

```{prediction} share
:unit: %

How many?
```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.prediction",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"identifier": "The Share"}, "must be small letters"),
        ({"question": ""}, "has no question"),
        ({"options": ("one",)}, "offers 1 option"),
        ({"unit": "%"}, "has both options and ':unit:'"),
        ({"minimum": 100}, "minimum 100 not below 100"),
    ],
)
def test_prediction_refuses_what_cannot_be_answered(changes, message):
    good = {"identifier": "share", "question": "How many?", "options": ("few", "half")}
    with pytest.raises(ValueError, match=message):
        Prediction(**{**good, **changes})


def test_prediction_is_a_fieldset_of_labelled_hidden_radio_buttons(build_page):
    page = build_page(PAGE)
    assert page.warnings == []
    assert any("prediction-share" in node["ids"] for node in page.doctree.findall(Block))
    fieldset = page.soup.find("fieldset", id="prediction-share")
    assert fieldset.legend.em.text == "many"
    assert [control["type"] for control in fieldset.find_all("input")] == ["radio", "radio"]
    assert all(control.has_attr("hidden") for control in fieldset.find_all("input"))
    assert [label.text for label in fieldset.find_all("label")] == [
        "Fewer than one in ten",
        "About half",
    ]


def test_prediction_of_a_number_has_a_labelled_input_with_its_unit(build_page):
    page = build_page(NUMBER)
    assert page.warnings == []
    control = page.soup.find("input", type="number")
    assert (control["min"], control["max"]) == ("0", "100")
    assert page.soup.find("label", attrs={"for": control["id"]}).text == "Your prediction"
    assert control.find_next_sibling("span").text == "%"


def test_prediction_return_links_back_and_has_a_place_for_the_choice(build_page):
    part = build_page(PAGE).soup.find(class_="bc-prediction-return")
    assert part.a["href"] == "#prediction-share"
    assert part.find(attrs={"data-prediction": "prediction-share"}).has_attr("hidden")
    assert "found few" in part.text


def test_prediction_script_is_loaded_only_where_it_is_needed(build_page):
    page = build_page(PAGE, files={"other.md": "# Other\n"})
    assert "prediction.js" in page.html
    assert "prediction.js" not in str(page.page("other"))


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
@pytest.mark.parametrize("text", [PAGE, NUMBER])
def test_prediction_reads_as_plain_text_elsewhere(build_page, builder, text):
    page = build_page(text, builder=builder)
    assert page.warnings == []
    assert "How" in page.output


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("- About half\n", "", 3, "offers 1 option"),
        ("-return} share", "-return} shares", 10, "There is no prediction 'shares'"),
        ("{prediction} share", "{prediction} Share", 3, "must be small letters"),
    ],
)
def test_prediction_mistake_is_reported_with_file_and_line(
    build_page, before, after, line, message
):
    assert before in PAGE
    page = build_page(PAGE.replace(before, after, 1))
    assert message in page.warnings[0]
    assert page.warnings[0].startswith(f"index.md:{line}: WARNING")


def test_prediction_id_is_used_once_in_the_book(build_page):
    page = build_page(NUMBER, files={"other.md": NUMBER})
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("other.md:3: WARNING: prediction id 'share' is already")
