"""The frame of every page: contents, icons, language, and only the assets that the page uses.

The templates are in ``book/_templates``; they replace those of the theme. This module gives them

- ``contents``: the book's contents, the current page marked;
- ``page_contents``: the sections of this page, empty when there are fewer than two;
- ``icon(name)``: an icon as inline SVG, from the npm package feather-icons;
- ``page_language``: the language as HTML wants it (``en-GB``);
- ``page_summary``: the first paragraph, for search engines and link previews.

and takes from each page the scripts and style sheets of the theme and its extensions that it does
not use. What our own modules add stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

ICONS = Path("node_modules/feather-icons/dist/icons")
SUMMARY_LENGTH = 155

# What the theme and Jupyter Book's extensions put on every page, and the mark in the page's body
# that shows a use for it. None: no page has a use for it.
ASSETS: dict[str, str | None] = {
    "_static/basic.css": None,
    "_static/styles/pydata-sphinx-theme.css": None,
    "_static/styles/sphinx-book-theme.css": None,
    "_static/styles/theme.css": None,
    "_static/mystnb.css": None,
    "_static/togglebutton.css": None,
    "_static/copybutton.css": None,
    "_static/sphinx-thebe.css": None,
    "_static/sphinx-thebe.js": None,
    "_static/togglebutton.js": None,
    "_static/clipboard.min.js": None,
    "_static/copybutton.js": None,
    "_static/scripts/sphinx-book-theme.js": None,
    "_static/scripts/bootstrap.js": None,
    "_static/scripts/pydata-sphinx-theme.js": None,
    "_static/pygments.css": 'class="highlight',
    "_static/sphinx-design.min.css": "sd-",
    "_static/design-tabs.js": "sd-tab-set",
    "_static/documentation_options.js": "search-results",
    "_static/doctools.js": "search-results",
    "_static/sphinx_highlight.js": "search-results",
    "_static/translations.js": "search-results",
}
# Scripts written into the page that name hosts elsewhere.
INLINE = ("THEBE_JS_URL", "togglebuttonSelector", "toggleHint", "toggleOpen", "DOCUMENTATION_")
# Files of the theme that no page asks for; without them the site is two thirds lighter.
UNUSED = (
    "scripts",
    "vendor",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "styles",
    "images",
    "locales",
    "sphinx-thebe.js",
    "sphinx-thebe.css",
    "play-solid.svg",
    "togglebutton.js",
    "togglebutton.css",
    "clipboard.min.js",
    "copybutton.js",
    "copybutton.css",
    "copybutton_funcs.js",
    "check-solid.svg",
    "copy-button.svg",
    "mystnb.css",
    "basic.css",
    "file.png",
    "minus.png",
    "plus.png",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Fill the templates, and tidy the assets of each page and of the site."""
    # Where node_modules lies; the folder of the book's sources when not set.
    app.add_config_value("carebook_front_end", "", "env", (str,))
    # After the theme and every extension has said its part.
    app.connect("config-inited", leave_figures_unnumbered, priority=900)
    app.connect("doctree-resolved", remove_kernel_settings, priority=900)
    app.connect("html-page-context", fill_page, priority=900)
    app.connect("build-finished", remove_unused_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def leave_figures_unnumbered(app: Sphinx, config: Config) -> None:
    """Number neither figures nor tables, which Jupyter Book's LaTeX part asks for.

    The numbers run through the whole book: a page's first figure would be number 20.
    """
    config.numfig = False


def front_end_folder(app: Sphinx) -> Path:
    """Return the folder that holds ``node_modules``."""
    return Path(app.config.carebook_front_end or app.srcdir)


def fill_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates what they print, and drop the assets that this page does not use."""
    context["icon"] = _icon_reader(front_end_folder(app))
    context["page_language"] = (app.config.language or "en").replace("_", "-")
    context["page_summary"] = summary(doctree)
    # Docutils repeats the viewport, which Sphinx's own frame states already.
    context["metatags"] = re.sub(
        r'<meta[^>]*name="viewport"[^>]*>', "", str(context.get("metatags") or "")
    )
    toctree = context.get("toctree")
    if toctree is not None:
        tree = toctree(collapse=True, includehidden=True, titles_only=True, maxdepth=3)
        context["contents"] = book_contents(str(tree or ""))
    context["page_contents"] = page_contents(str(context.get("toc") or ""))
    # MyST-NB hides the visible words of a folded cell from those who listen.
    body = str(context.get("body") or "").replace(' aria-label="Toggle hidden content"', "")
    context["body"] = body
    if pagename == "search":
        body = "search-results"
    for kind in ("css_files", "script_files"):
        context[kind] = [asset for asset in context.get(kind, []) if is_used(asset, body)]


def remove_kernel_settings(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take out what sphinx-thebe writes into each page: settings for a kernel on another host."""
    for node in list(doctree.findall(nodes.raw)):
        if "text/x-thebe-config" in node.astext() or "kernelName =" in node.astext():
            node.parent.remove(node)


def is_used(asset: Any, body: str) -> bool:
    """Tell whether a page whose body is `body` uses a style sheet or script of the theme.

    Parameters
    ----------
    asset
        What Sphinx lists for the page: an object with ``filename`` and ``attributes``, or a path.
    body
        The HTML of the page's text.
    """
    filename = getattr(asset, "filename", asset)
    if not filename:
        inline = getattr(asset, "attributes", {}).get("body") or ""
        return not any(word in inline for word in INLINE)
    # MyST-NB writes a digest into its file's name.
    filename = re.sub(r"\.[0-9a-f]{64}\.", ".", str(filename).split("?")[0])
    if filename not in ASSETS:
        return True
    mark = ASSETS[filename]
    return mark is not None and mark in body


def book_contents(tree: str) -> str:
    """Return Sphinx's contents of the book as lists that a screen reader can place.

    The headings of the parts become paragraphs, because they stand before the page's own heading;
    the current page's link is marked with ``aria-current``.
    """
    soup = BeautifulSoup(tree, "html.parser")
    for caption in soup.find_all("p", class_="caption"):
        del caption["role"]
        caption.attrs.pop("aria-level", None)
    for link in soup.select("a.current[href='#']"):
        link["aria-current"] = "page"
    return str(soup)


def page_contents(toc: str) -> str:
    """Return the sections of a page, two levels deep, or nothing if there are fewer than two."""
    soup = BeautifulSoup(toc, "html.parser")
    sections = soup.select_one("ul > li > ul")
    if not isinstance(sections, Tag) or len(sections.find_all("li", recursive=False)) < 2:
        return ""
    for deeper in sections.select("ul ul"):
        deeper.decompose()
    return str(sections)


def summary(doctree: nodes.document | None) -> str:
    """Return the first paragraph of a page that stands in a section, cut at a word."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if isinstance(paragraph.parent, nodes.section) and len(text) > 40:
            return _cut(text)
    return ""


def _cut(text: str) -> str:
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"


@cache
def _icon_reader(project: Path) -> Callable[[str], str]:
    """Return the function that templates call to write an icon."""

    @cache
    def icon(name: str) -> str:
        path = project / ICONS / f"{name}.svg"
        if not path.exists():
            raise ExtensionError(f"{path} is missing: run `carebook setup`, or correct the name.")
        drawing = path.read_text(encoding="utf-8")
        attributes = 'class="icon" aria-hidden="true" focusable="false"'
        return re.sub(r'class="[^"]*"|xmlns="[^"]*"', "", drawing).replace(
            "<svg", f"<svg {attributes}", 1
        )

    return icon


def remove_unused_files(app: Sphinx, exception: Exception | None) -> None:
    """Delete the theme's files that no page asks for, its source maps and fonts among them."""
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for name in UNUSED:
        _remove(static / name)
    for path in [*static.glob("mystnb.*.css"), *static.rglob("*.map")]:
        _remove(path)


def _remove(path: Path) -> None:
    """Delete a file, or a folder with all that it holds; nothing there is fine."""
    if path.is_dir():
        for inner in path.iterdir():
            _remove(inner)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
