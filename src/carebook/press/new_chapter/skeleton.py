"""The texts of a new chapter, from the templates beside this module.

Templates have an ending of their own, so that nothing takes them for pages, code or exercises.
Names between two @ are filled in.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import carebook
from carebook.press.exercises.marking_guide import NAME as GUIDE
from carebook.press.exercises.master import FOLDER

TEMPLATES = Path(__file__).parent / "templates"
PAGES = ("index", "case", "lab")
NAME = re.compile(r"@([A-Z_]+)@")


def skeleton(slug: str, title: str, today: date) -> dict[Path, str]:
    """Return the text of each file of a new chapter, by its path inside the project.

    Parameters
    ----------
    slug, title
        The chapter's name and title, fit to be used.
    today
        The day that its pages give as their last review.
    """
    values = {
        "SLUG": slug,
        "TITLE": title,
        "TITLE_QUOTED": json.dumps(title, ensure_ascii=False),
        "TODAY": today.isoformat(),
        "YEAR": str(today.year),
        "VERSION": carebook.__version__,
    }
    return {path: _filled(template, values) for path, template in _places(slug).items()}


def _places(slug: str) -> dict[Path, Path]:
    """Return the template of each file, by the file's path inside the project."""
    chapter, exercise = Path("chapters") / slug, Path(FOLDER) / slug
    places = {chapter / f"{page}.md": f"chapter/{page}" for page in PAGES}
    places[exercise / "exercise.md"] = "exercise/master"
    places[exercise / "checks.py"] = "exercise/questions"
    places[exercise / "submissions" / GUIDE] = "exercise/marking-guide"
    for sample in sorted((TEMPLATES / "exercise" / "samples").glob("*.template")):
        name = f"exercise/samples/{sample.stem}"
        places[exercise / "submissions" / f"{sample.stem}.md"] = name
    places[Path("book/tutors") / f"{slug}.md"] = "tutor"
    return {path: TEMPLATES / f"{name}.template" for path, name in places.items()}


def _filled(template: Path, values: dict[str, str]) -> str:
    """Return a template with its names filled in."""
    return NAME.sub(lambda name: values[name[1]], template.read_text(encoding="utf-8"))
