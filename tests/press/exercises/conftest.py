"""A small exercise without tables, which tests change in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from carebook.press.exercises import build_exercise

MASTER = """\
---
title: A small exercise
minutes: 5
points: 7
tables: none
kernelspec:
  {name: python3, display_name: Python 3}
---

# A small exercise

```{code-cell} ipython3
:tags: [set-up]
import math
```

+++

What is the area of a circle of radius 2?

```{code-cell} ipython3
:tags: [solution]
area = ...
### BEGIN SOLUTION
radius_of_circle = 2
area = math.pi * radius_of_circle**2
### END SOLUTION
```

```{code-cell} ipython3
:tags: [check]
check("area", area)
```

+++

Write a function.

```{code-cell} ipython3
:tags: [solution]
def halve(number):
    \"\"\"Return half of a number.\"\"\"
    ### BEGIN SOLUTION
    return number / 2
    ### END SOLUTION
```

```{code-cell} ipython3
:tags: [check]
check("halve", halve)
```

+++ {"tags": ["written"], "question": "why"}

Because a circle of twice the radius has four times the area, as you can see by counting squares.
"""

CHECKS = """\
import math

from carebook.checks import Mistake, Question
from carebook.checks.kinds import Case, Function, Number, Written


def cases(data, variation):
    return [Case("three", (3.0 + variation,)), Case("ten", (10.0 + variation,))]


QUESTIONS = (
    Question("area", 3, Number(3), "one number", truth=lambda data: math.pi * 4, mistakes=(
        Mistake("circumference", "This is the way round.", lambda data: math.pi * 4.5),
        Mistake("square", "This is the square.", lambda data: 16.0),
    )),
    Question("halve", 2, Function(cases, 2), truth=lambda data: lambda x: x / 2, mistakes=(
        Mistake("doubled", "Doubled.", lambda data: lambda x: x * 2),
        Mistake("rounded", "Rounded down.", lambda data: lambda x: x // 2 - 1),
    )),
    Question("why", 2, Written(50)),
)
"""

GUIDE = """\
why:
  rubric:
    - {heading: Gives a reason, points: 1, full: yes it does, none: none}
    - {heading: Gives an example, points: 1, full: yes it does, none: none}
  exemplars:
    - {points: 2, text: The area grows with the square of the radius; count the squares., why: both}
    - {points: 1, text: It grows faster than the radius does and that is all., why: one}
    - {points: 0, text: It is so., why: neither}
  comments: {a: One., b: Two., c: Three., d: Four., e: Five.}
"""

RIGHT = """\
---
shows: Everything right.
student: Rosa Marigold
starts_from: solution
scores: {area: 3, halve: 2, why: 1}
total: 6
comments: {why: [a, c]}
---
## why
My own words about the square of the radius.
"""

WRONG = """\
---
shows: Left the function empty, gave the square, deleted the name.
student: Tom Clover
starts_from: blank
scores: {area: 0, halve: 0, why: 0}
total: 0
---
## area
```python
surface = 16
```
"""


def write_book(folder: Path) -> Path:
    """Make `folder` a project that holds one small exercise, ``small``, and return it."""
    exercise = folder / "exercises" / "small"
    (exercise / "submissions").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("")
    (folder / "_toc.yml").write_text("")
    (folder / "src" / "carebook").mkdir(parents=True)
    (folder / "src" / "carebook" / "__init__.py").write_text("")
    (exercise / "exercise.md").write_text(MASTER)
    (exercise / "checks.py").write_text(CHECKS)
    (exercise / "submissions" / "marking-guide.yaml").write_text(GUIDE)
    (exercise / "submissions" / "right.md").write_text(RIGHT)
    (exercise / "submissions" / "wrong.md").write_text(WRONG)
    return folder


@pytest.fixture(scope="session")
def write() -> Callable[[Path], Path]:
    """Return `write_book`, for tests that make a project of their own."""
    return write_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a project folder of its own for tests that change it."""
    return write_book(tmp_path)


@pytest.fixture(scope="session")
def built_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project folder whose exercise is built; tests only read it."""
    folder = write_book(tmp_path_factory.mktemp("built"))
    build_exercise(folder, "small")
    return folder


@pytest.fixture
def change(book: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces a text in a file of the small exercise, once."""

    def replace(name: str, old: str, new: str) -> None:
        path = book / "exercises" / "small" / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1))

    return replace
