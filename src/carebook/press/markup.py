"""An HTML element in a page's tree, with a stand-in for every builder that is not HTML.

A directive builds its tree of `Block` and `Line` nodes. HTML and EPUB draw the element that a
node names; the text, man, LaTeX and Texinfo builders draw the docutils node named as its
stand-in, so a construct needs no visitors of its own.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

OTHER_BUILDERS = ("latex", "text", "man", "texinfo")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the two nodes, and load a page's scripts on that page alone."""
    others: dict[str, Any] = dict.fromkeys(OTHER_BUILDERS, (visit_stand_in, depart_stand_in))
    for node_class in (Block, Line):
        app.add_node(node_class, html=(visit_html, depart_html), **others)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class Block(nodes.General, nodes.Element):
    """An element with blocks inside: ``tag``, ``attributes``, ``stand_in``, maybe ``script``."""


class Line(nodes.General, nodes.TextElement):
    """An element with words inside, such as a legend or a label."""


def block(
    tag: str,
    *children: nodes.Node,
    classes: tuple[str, ...] = (),
    attributes: dict[str, str | None] | None = None,
    stand_in: str = "container",
    **more: Any,
) -> Block:
    """Return an element that holds blocks.

    Parameters
    ----------
    tag
        Name of the HTML element.
    children
        What stands inside.
    classes
        CSS classes.
    attributes
        HTML attributes; None makes one without a value, such as ``hidden``.
    stand_in
        Name of the docutils node that other builders draw.
    more
        Further attributes of the node, such as ``ids`` or ``script``.
    """
    return Block(
        "",
        *children,
        tag=tag,
        classes=list(classes),
        attributes_html=attributes or {},
        stand_in=stand_in,
        **more,
    )


def line(
    tag: str,
    *children: nodes.Node,
    classes: tuple[str, ...] = (),
    attributes: dict[str, str | None] | None = None,
    stand_in: str = "paragraph",
    **more: Any,
) -> Line:
    """Return an element that holds words, for other builders a paragraph; see `block`."""
    return Line(
        "",
        "",
        *children,
        tag=tag,
        classes=list(classes),
        attributes_html=attributes or {},
        stand_in=stand_in,
        **more,
    )


def html_only(html: str) -> nodes.raw:
    """Return HTML that no other builder draws, such as an input."""
    return nodes.raw("", html, format="html")


def visit_html(self: Any, node: nodes.Element) -> None:
    """Open the element."""
    self.body.append(self.starttag(node, node["tag"], "", **node["attributes_html"]))


def depart_html(self: Any, node: nodes.Element) -> None:
    """Close the element."""
    self.body.append(f"</{node['tag']}>\n")


def visit_stand_in(self: Any, node: nodes.Element) -> None:
    """Open the stand-in."""
    getattr(self, f"visit_{node['stand_in']}")(node)


def depart_stand_in(self: Any, node: nodes.Element) -> None:
    """Close the stand-in."""
    getattr(self, f"depart_{node['stand_in']}")(node)
