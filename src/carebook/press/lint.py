"""Lint and types of the project's own code, each tool with the settings of pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOLS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "--quiet", "."),
    "mypy": ("mypy",),
}


def failed_tools(project: Path) -> list[str]:
    """Run each of `TOOLS` in the folder `project` and return the names of those that failed.

    What a tool prints goes to the terminal as it comes.
    """
    return [
        name
        for name, arguments in TOOLS.items()
        if subprocess.run([sys.executable, "-m", *arguments], cwd=project).returncode != 0
    ]
