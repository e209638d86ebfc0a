"""Executed pages follow the library and the tables they compute with."""

from __future__ import annotations

import pytest

from carebook.press import stale_pages
from carebook.press.content_digest import content_digest
from carebook.press.stale_pages import ROOMS, learning_inputs

PAGE = """
---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

```{code-cell} ipython3
from pathlib import Path
print("the table holds", Path("table.csv").read_text().strip())
```
"""
PLAIN = "---\norphan: true\n---\n\n# Other\n\nWords.\n"


@pytest.fixture
def press_extensions():
    return ("carebook.press.stale_pages",)


@pytest.fixture
def build_notebook(build_page, tmp_path):
    """Build a page that prints what a table holds; give the table's text."""

    def build(table, text=PAGE):
        return build_page(
            text,
            files={"table.csv": table, "other.md": PLAIN},
            parser="myst_nb",
            source_suffix={".md": "myst-nb"},
            nb_execution_mode="cache",
            carebook_learning_inputs=[str(tmp_path / "source" / "table.csv")],
        )

    return build


def results(tmp_path):
    """Return the names of the folders that hold results."""
    return {path.name for path in (tmp_path / ".jupyter_cache").iterdir()}


def test_content_digest_follows_names_and_bytes_and_nothing_else(tmp_path):
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "one.csv"
    file.write_text("1")
    first = content_digest([tmp_path / "data"])
    (tmp_path / "data" / "__pycache__").mkdir()
    (tmp_path / "data" / "__pycache__" / "one.pyc").write_text("1")
    file.touch()
    assert content_digest([tmp_path / "data"]) == first
    file.write_text("2")
    assert content_digest([tmp_path / "data"]) != first
    file.write_text("1")
    file.rename(tmp_path / "data" / "two.csv")
    assert content_digest([tmp_path / "data"]) != first


def test_learning_inputs_are_the_learners_rooms_and_the_tables():
    assert [path.name for path in learning_inputs()] == [*ROOMS, "datasets"]


def test_page_is_executed_again_when_a_table_changes(build_notebook, tmp_path):
    assert "the table holds 1" in build_notebook("1").html
    first = results(tmp_path)
    assert "the table holds 2" in build_notebook("2").html
    assert len(results(tmp_path)) == 2
    assert "the table holds 1" in build_notebook("1").html
    assert first < results(tmp_path)
    assert len(results(tmp_path)) == 2


def test_page_is_left_alone_when_nothing_changes(build_notebook):
    first = build_notebook("1")
    written = (first.out / "index.html").stat().st_mtime_ns
    second = build_notebook("1")
    assert (second.out / "index.html").stat().st_mtime_ns == written


def test_page_that_is_not_executed_is_left_alone_when_a_table_changes(build_notebook):
    first = build_notebook("1")
    written = (first.out / "other.html").stat().st_mtime_ns
    second = build_notebook("2")
    assert (second.out / "other.html").stat().st_mtime_ns == written


def test_page_is_read_again_when_the_press_changes(build_notebook, tmp_path, monkeypatch):
    first = build_notebook("1")
    written = (first.out / "other.html").stat().st_mtime_ns
    (tmp_path / "press").mkdir()
    monkeypatch.setattr(stale_pages, "PRESS", tmp_path / "press")
    second = build_notebook("1")
    assert (second.out / "other.html").stat().st_mtime_ns > written
    assert len(results(tmp_path)) == 1


def test_build_that_warned_warns_again(build_notebook):
    broken = PAGE.replace("print", "no_such_name")
    first = build_notebook("1", broken)
    assert any("Executing notebook failed" in line for line in first.warnings)
    second = build_notebook("1", broken)
    assert any("Executing notebook failed" in line for line in second.warnings)


def test_project_without_executed_pages_builds(build_page):
    assert build_page("# A page\n").warnings == []
