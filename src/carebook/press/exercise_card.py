"""The `exercise` directive: a card for a chapter's graded exercise.

An author writes::

    ```{exercise} measuring-burnout
    :minutes: 75
    :points: 40

    You score the Copenhagen inventory and decide which of two headlines the data support.
    ```

A reader sees the title, what is asked, time, points, the download for Jupyter and what the tutor
will collect. Title, minutes and points stand in the front matter of the exercise's own master,
``exercises/<slug>/exercise.md``; the options are needed only while it does not state them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from carebook.press.located_warnings import warn

COLLECTED = (
    "Your tutor will collect the notebook that you saved, with your code and your written answer. "
    "The checks inside it tell you how you are doing; they do not send anything."
)


@dataclass(frozen=True)
class Exercise:
    """What the card says about an exercise."""

    slug: str
    title: str
    minutes: int
    points: int

    def __post_init__(self) -> None:
        for name in ("minutes", "points"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ValueError(
                    f"Exercise {self.slug!r} has {name} {value!r}; it must be a whole number of at "
                    f"least 1. State it in exercises/{self.slug}/exercise.md or as :{name}:."
                )


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive, its two settings and the step that makes its links relative."""
    app.add_config_value("carebook_exercises", "exercises", "env", [str])
    app.add_config_value("carebook_exercise_downloads", "downloads/{slug}.ipynb", "env", [str])
    app.add_directive("exercise", ExerciseDirective)
    app.connect("doctree-resolved", resolve_site_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class ExerciseDirective(SphinxDirective):
    """Argument: the exercise's slug. Body: what it asks."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "title": directives.unchanged_required,
        "minutes": directives.positive_int,
        "points": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """Return the card, or nothing and a located warning."""
        slug = self.arguments[0]
        folder = Path(self.env.srcdir, self.config.carebook_exercises, slug)
        try:
            if not "".join(self.content).strip():
                raise ValueError(f"Exercise {slug!r} says nothing. Write what it asks, in words.")
            exercise = read_exercise(folder, slug, self.options)
        except ValueError as error:
            warn(str(error), (self.env.docname, self.lineno))
            return []
        if (folder / "exercise.md").is_file():
            self.env.note_dependency(str(folder / "exercise.md"))
        download = self.config.carebook_exercise_downloads.format(slug=slug)
        card = build_card(exercise, self.parse_content_to_nodes(), download)
        for link in card.findall(nodes.reference):
            self.set_source_info(link)
        return [card]


def read_exercise(folder: Path, slug: str, options: dict[str, Any]) -> Exercise:
    """Read what is known about an exercise.

    Parameters
    ----------
    folder
        The exercise's folder; its ``exercise.md`` may state title, minutes and points.
    slug
        The exercise's name.
    options
        What the page states: title, minutes, points.

    Returns
    -------
    Exercise
        The card's facts; the master's go first.

    Raises
    ------
    ValueError
        When there is no such folder, a fact is missing, or page and master disagree.
    """
    if not folder.is_dir():
        near = ", ".join(sorted(path.name for path in folder.parent.glob("*/"))) or "none"
        raise ValueError(
            f"There is no exercise {slug!r}: no folder exercises/{slug}. Exercises: {near}."
        )
    master = read_front_matter(folder / "exercise.md")
    for name in options:
        if name in master and master[name] != options[name]:
            raise ValueError(
                f"Exercise {slug!r}: the page says :{name}: {options[name]} and its master says "
                f"{master[name]}. Leave the option out; the card takes it from the master."
            )
    facts = {**options, **master}
    title = facts.get("title") or slug.replace("-", " ").capitalize()
    return Exercise(slug, str(title), facts.get("minutes"), facts.get("points"))  # type: ignore[arg-type]


def read_front_matter(path: Path) -> dict[str, Any]:
    """Return title, minutes and points from a file's front matter, as far as they stand there."""
    if not path.is_file():
        return {}
    text = path.read_text("utf-8")
    head = text[3:].partition("\n---")[0] if text.startswith("---") else ""
    fields = yaml.safe_load(head) or {}
    return {key: fields[key] for key in ("title", "minutes", "points") if key in fields}


def build_card(exercise: Exercise, body: list[nodes.Node], download: str) -> nodes.admonition:
    """Return the card; its download is a path from the site's root until pages are resolved."""
    link = nodes.reference("", "Download for Jupyter", refuri=download, internal=True)
    link["site_path"] = download
    facts = f"{exercise.minutes} minutes · {exercise.points} points"
    return nodes.admonition(
        "",
        nodes.title("", f"Graded exercise: {exercise.title}"),
        *body,
        nodes.paragraph("", facts, classes=["bc-exercise-facts"]),
        nodes.paragraph("", "", link, classes=["bc-exercise-links"]),
        nodes.paragraph("", COLLECTED, classes=["bc-standing"]),
        classes=["bc-callout", "bc-exercise"],
    )


def resolve_site_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links to files of the site relative to the page; other builders keep the words."""
    for link in list(doctree.findall(nodes.reference)):
        if "site_path" not in link:
            continue
        if app.builder.format != "html" or app.builder.name == "epub":
            link.parent.replace(link, link.children)
            continue
        path = link["site_path"]
        link["refuri"] = relative_uri(app.builder.get_target_uri(docname), path)
        folders = [Path(app.confdir, folder) for folder in app.config.html_extra_path]
        if not any((folder / path).is_file() for folder in folders):
            warn(
                f"The exercise's download {path!r} is in none of the folders of html_extra_path "
                f"({', '.join(app.config.html_extra_path) or 'none'}). Build the exercises first.",
                link,
            )
