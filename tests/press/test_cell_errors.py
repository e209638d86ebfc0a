"""Cells that raise or write to stderr are reported where they stand."""

from __future__ import annotations

import pytest

from carebook.press.cell_errors import LONGEST_QUOTE, quote

PAGE = """
---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

Words.

```{code-cell} ipython3
one = 1
```

```{code-cell} ipython3
print("fine")
```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.cell_errors",)


def test_quote_puts_a_text_on_one_line_and_cuts_it():
    assert quote("one\n  two") == "one two"
    assert len(quote("x" * 999)) == LONGEST_QUOTE + 1


def test_cell_that_prints_is_fine(build_notebook):
    page = build_notebook(PAGE)
    assert page.warnings == []
    assert "fine" in page.soup.text


def test_cell_that_raises_is_reported_with_its_line_and_error(build_notebook):
    page = build_notebook(PAGE.replace('print("fine")', "one / 0"))
    (ours,) = [line for line in page.warnings if "Code cell 2 raised" in line]
    assert ours.startswith("index.md:16: WARNING")
    assert "ZeroDivisionError: division by zero. Correct the cell" in ours


def test_cell_that_may_raise_is_left_alone(build_notebook):
    page = build_notebook(PAGE.replace('print("fine")', ":tags: [raises-exception]\none / 0"))
    assert page.warnings == []
    assert "ZeroDivisionError" in page.soup.text


def test_cell_that_writes_to_stderr_is_reported_with_its_line(build_notebook):
    page = build_notebook(PAGE.replace('print("fine")', 'import sys\nprint("oh", file=sys.stderr)'))
    assert len(page.warnings) == 1
    assert page.warnings[0].startswith("index.md:16: WARNING: Code cell 2 wrote to stderr: oh.")


def test_cell_that_writes_to_stderr_is_reported_once_when_myst_nb_does_so(build_notebook):
    page = build_notebook(
        PAGE.replace('print("fine")', 'import sys\nprint("oh", file=sys.stderr)'),
        nb_output_stderr="warn",
    )
    assert len(page.warnings) == 1
    assert "stderr was found in the cell outputs" in page.warnings[0]
    assert page.warnings[0].startswith("index.md:17: WARNING")
