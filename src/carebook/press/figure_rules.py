"""Every picture of every page says in words what it shows, and stands in a figure with a caption.

An author writes, for a picture file::

    ```{figure} levels.svg
    :alt: Two lines cross: between units the slope is steep, within a unit it is flat.

    The same staff, seen between units and within them.
    ```

and for a picture that a code cell draws::

    ```{code-cell} ipython3
    :mystnb: {"image": {"alt": "A sentence."}, "figure": {"caption": "Other words."}}
    ```

A picture that only decorates has the class ``decorative`` and no words. Anything else fails the
build, naming the page and the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx

from carebook.press.located_warnings import Location, warn
from carebook.press.notebook_cells import cell_number, cell_of, cell_place, part_of

SHORTEST_ALT = 20  # characters: room for a subject and a verb
FOR_FILES = "Use the directive 'figure' with ':alt: A sentence.' and a caption below it."
FOR_CELLS = (
    'Add to the cell \':mystnb: {"image": {"alt": "A sentence."}, "figure": {"caption": "…"}}\'.'
)


@dataclass(frozen=True)
class Picture:
    """What a page says about one picture."""

    alt: str
    caption: str | None
    """None when the picture does not stand in a figure with a caption."""
    decorative: bool = False

    def faults(self) -> list[str]:
        """Return what is wrong, in words; nothing when all is well."""
        if self.decorative:
            return ["is decorative and has alt text; leave it out"] if self.alt else []
        missing = [] if self.caption else ["has no caption"]
        return [*missing, *alt_faults(self.alt, self.caption or "")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Check each page once it is read."""
    app.setup_extension("carebook.press.notebook_cells")
    app.connect("doctree-read", check_pictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def alt_faults(alt: str, caption: str) -> list[str]:
    """Return what keeps a text from standing in for a picture.

    Parameters
    ----------
    alt
        The alternative text.
    caption
        The figure's caption; alt text must add to it.
    """
    alt = alt.strip()
    if not alt:
        return ["has no alt text"]
    if " " not in alt and re.search(r"[/\\]|\.\w{2,4}$", alt):
        return [f"has a path as alt text ({alt!r})"]
    faults = []
    if len(alt) < SHORTEST_ALT:
        faults.append(f"has alt text of {len(alt)} characters ({alt!r}), at least {SHORTEST_ALT}")
    if not alt.endswith("."):
        faults.append(f"has alt text that does not end with a full stop ({alt[-20:]!r})")
    if _bare(alt) == _bare(caption):
        faults.append("has alt text that repeats the caption; say what is to be seen")
    return faults


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def check_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of every picture that does not say what it shows."""
    bundles_seen: list[nodes.Element] = []
    for image in doctree.findall(nodes.image):
        bundle = part_of(image, "mime_bundle")
        if any(bundle is seen for seen in bundles_seen):
            continue  # the same picture in another format
        if bundle is not None:
            bundles_seen.append(bundle)
        _report(read_picture(image).faults(), image, app.env.docname)
    for figure in doctree.findall(nodes.figure):
        cell = cell_of(figure)
        if cell is not None and not any(figure.findall(nodes.image)):
            warn(
                f"Code cell {cell_number(cell)} shows something that is no picture, and it took "
                "the figure's caption too. End the last line with a semicolon, or print in a cell "
                "of its own.",
                cell_place(app.env.docname, cell),
            )
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "").split() and "<img" in raw.astext():
            for tag in BeautifulSoup(raw.astext(), "html.parser").find_all("img"):
                alt = str(tag.get("alt", ""))
                decorative = "decorative" in (tag.get("class") or [])
                # A raw image brings its own figure; only its words can be checked.
                caption = "" if decorative else " "
                _report(Picture(alt, caption, decorative).faults(), raw, app.env.docname)


def read_picture(image: nodes.image) -> Picture:
    """Read what the page says about a picture."""
    figure: nodes.Node | None = image.parent
    while figure is not None and not isinstance(figure, nodes.figure):
        figure = figure.parent
    captions = [] if figure is None else list(figure.findall(nodes.caption))
    caption = captions[0].astext() if captions else None
    decorative = "decorative" in image["classes"]
    if decorative:
        image.setdefault("alt", "")
    return Picture(image.get("alt", ""), caption, decorative)


def _report(faults: list[str], node: nodes.Element, docname: str) -> None:
    if not faults:
        return
    cell = cell_of(node)
    if cell is None:
        warn(f"This picture {'; '.join(faults)}. {FOR_FILES}", place_of(node))
        return
    name = f"The picture of code cell {cell_number(cell)}"
    warn(f"{name} {'; '.join(faults)}. {FOR_CELLS}", cell_place(docname, cell))


def place_of(node: nodes.Element) -> Location:
    """Return the nearest node that knows its line, since inline nodes do not."""
    place: nodes.Element | None = node
    while place is not None and place.line is None:
        place = place.parent
    return place if place is not None else node
