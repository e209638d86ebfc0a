"""A folded cell shows something."""

from __future__ import annotations

import pytest

FOLDED = """
---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

```{code-cell} ipython3
:tags: [hide-input]
BODY
```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.notebook_cells",)


@pytest.fixture
def build_notebook(build_page):
    """Build a page whose code cells are executed."""

    def build(text, execution="cache"):
        return build_page(
            text,
            parser="myst_nb",
            source_suffix={".md": "myst-nb"},
            nb_execution_mode=execution,
            suppress_warnings=["myst-nb.lexer"],  # only a run tells the language
        )

    return build


def test_a_folded_cell_that_shows_nothing_is_reported_with_its_line(build_notebook):
    (warning,) = build_notebook(FOLDED.replace("BODY", "level = 3")).warnings
    assert warning.startswith("index.md:10: WARNING: Code cell 1: this cell shows nothing: ")
    assert "use the tag remove-cell" in warning


@pytest.mark.parametrize(
    "text",
    [
        FOLDED.replace("BODY", "print(3)"),
        FOLDED.replace("BODY", "level = 3").replace("hide-input", "remove-cell"),
        FOLDED.replace("BODY", "level = 3").replace("hide-input", "plain"),
    ],
    ids=["with output", "removed", "unfolded"],
)
def test_other_cells_pass(build_notebook, text):
    assert build_notebook(text).warnings == []


def test_a_cell_that_was_not_run_passes(build_notebook):
    assert build_notebook(FOLDED.replace("BODY", "level = 3"), execution="off").warnings == []
