"""The README and the changelog say what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import carebook

EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\s+```\n(?P<output>.*?)```", re.DOTALL)


def test_the_example_of_the_readme_prints_what_it_says(project: Path) -> None:
    example = EXAMPLE.search((project / "README.md").read_text(encoding="utf-8"))
    assert example is not None, "README.md has no Python example followed by its output"
    ran = subprocess.run(
        [sys.executable, "-c", example["code"]], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert ran.stdout == example["output"]


def test_the_readme_names_the_two_commands_and_the_three_doors(project: Path) -> None:
    readme = (project / "README.md").read_text(encoding="utf-8")
    for needed in ("make book", "make test", "student", "tutor", "leading a team"):
        assert needed in readme


def test_every_file_that_the_readme_links_to_exists(project: Path) -> None:
    readme = (project / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert linked
    assert [target for target in linked if not (project / target).exists()] == []


def test_the_newest_heading_of_the_changelog_is_the_version(project: Path) -> None:
    changelog = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == carebook.__version__
