"""What every construct of the press needs: located warnings, plain visitors, files to depend on."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from carebook.data import Table, describe
from carebook.data.folder import PACKAGE_FILE, datasets_folder
from carebook.press import located_warnings

OTHER_FORMATS = ("latex", "text", "man", "texinfo")


def warn(author: SphinxDirective | SphinxRole, message: str) -> list[nodes.Node]:
    """Warn at the place where `author` stands in the page and return no nodes.

    The build runs with warnings as errors, so a page with a mistake is never published.
    """
    _, line = author.get_source_info()
    located_warnings.warn(message, (author.env.docname, line))
    return []


def plain_visitors() -> dict[str, Any]:
    """Return visitors for every format but HTML that print a node's children and nothing more."""
    return dict.fromkeys(OTHER_FORMATS, (_pass, _pass))


def _pass(self: Any, node: nodes.Node) -> None:
    """Print nothing around the node's children."""


def note_tables(env: BuildEnvironment, *names: str) -> None:
    """Read the current page again when one of these tables, or their description, changes.

    Raises
    ------
    carebook.data.UnknownTable
        If there is no table of that name.
    """
    files = [describe(name).file for name in names]
    for file in (datasets_folder() / PACKAGE_FILE, *files):
        env.note_dependency(str(file.resolve()))


def note_code(env: BuildEnvironment, *modules: str) -> None:
    """Read the current page again when the learner's library computes or words it differently.

    The press itself needs no mention: a change to it has every page read again.
    """
    for name in modules:
        file = import_module(name).__file__
        if file:
            env.note_dependency(file)


def table_link(app: Sphinx, docname: str, table: Table) -> nodes.Node:
    """Return a link to the file of `table` on the site, or its path where there is no site."""
    if app.builder.format != "html":
        return nodes.literal(text=f"datasets/{table.path}")
    return nodes.reference(
        "", f"{table.name}.csv", refuri=site_file(app, docname, f"datasets/{table.path}")
    )


def site_file(app: Sphinx, docname: str, path: str) -> str:
    """Return the address, relative to page `docname`, of a file that the site serves at `path`."""
    page = app.builder.get_target_uri(docname)
    return "../" * page.count("/") + path
