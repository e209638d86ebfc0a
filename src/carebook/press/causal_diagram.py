"""A simulated table's causal diagram, drawn from the arrows that its module states.

An author writes::

    ```{causal-diagram} staff_survey
    :caption: What makes what in the simulated staff survey.
    ```

A reader sees boxes and arrows, causes above effects; a cause that is not a column of the table is
dashed and says so. Under the drawing stands the same list in words, which is also what a screen
reader is told and all that other formats print.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from carebook.data import simulate
from carebook.data.simulate import Arrow, Simulation
from carebook.press.authoring import note_code, plain_visitors, warn
from carebook.press.causal_layout import HIDDEN_NOTE, LINE_HEIGHT, Box, Layout, Path, lay_out

PAPER = "#ffffff"
INK = "#1f2933"
LINE = "#5b6670"
FONT_SIZE = 14


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node ``causal_drawing`` and the directive ``causal-diagram``."""
    app.add_node(causal_drawing, html=(visit_drawing_html, depart_drawing_html), **plain_visitors())
    app.add_directive("causal-diagram", CausalDiagram)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class causal_drawing(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The drawing itself: attributes ``svg``; no children. Stands in a figure node."""


class CausalDiagram(SphinxDirective):
    """``{causal-diagram} <simulated table>`` with the options ``:caption:`` and ``:name:``."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012 - docutils' own way
        "caption": directives.unchanged,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure, or nothing and a located warning."""
        try:
            simulation = simulate.simulation(self.arguments[0])
            figure = build_causal_diagram(simulation, self.options.get("caption", ""))
        except (KeyError, ValueError) as error:
            return warn(self, f"causal-diagram: {error.args[0]}")
        note_code(self.env, f"carebook.data.simulate.{simulation.name}")
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure]


def build_causal_diagram(simulation: Simulation, caption: str = "") -> nodes.figure:
    """Return a figure with the drawing, a caption and the arrows in words.

    Raises
    ------
    ValueError
        If the arrows run in a circle.
    """
    name = simulation.name.replace("_", " ")
    title = caption or f"How the simulated table “{name}” was made: each arrow is a cause put in."
    identifier = f"diagram-{nodes.make_id(simulation.name)}"
    sentences = arrows_in_words(simulation.arrows)
    drawing = causal_drawing(
        "", svg=svg(lay_out(simulation.arrows), identifier, title, "; ".join(sentences) + ".")
    )
    listed = nodes.bullet_list(
        "", *(nodes.list_item("", nodes.paragraph(text=sentence)) for sentence in sentences)
    )
    legend = nodes.legend("", nodes.paragraph(text="The same in words:"), listed)
    return nodes.figure(
        "", drawing, nodes.caption(text=title), legend, classes=["bc-diagram", "simulated"]
    )


def arrows_in_words(arrows: tuple[Arrow, ...]) -> list[str]:
    """Return one line for each cause, for example ``"role affects minutes and after hours"``."""
    effects: dict[str, list[str]] = {}
    for arrow in arrows:
        cause = arrow.cause.replace("_", " ") + (f" {HIDDEN_NOTE}" if arrow.hidden else "")
        effects.setdefault(cause, []).append(arrow.effect.replace("_", " "))
    return [f"{cause} affects {_and(named)}" for cause, named in effects.items()]


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def svg(layout: Layout, identifier: str, title: str, description: str) -> str:
    """Return the drawing as inline SVG with a title and a description.

    Colours are given as attributes for formats without our style sheet, which overrides them by
    class.
    """
    size = f'viewBox="0 0 {layout.width:.0f} {layout.height:.0f}" width="{layout.width:.0f}"'
    parts = [
        f'<svg class="bc-dag" {size} role="img" font-size="{FONT_SIZE}" font-family="sans-serif"'
        f' aria-labelledby="{identifier}-title {identifier}-text">',
        f'<title id="{identifier}-title">{escape(title)}</title>',
        f'<desc id="{identifier}-text">{escape(description)}</desc>',
        f'<defs><marker id="{identifier}-head" viewBox="0 0 8 8" refX="7" refY="4"'
        f' markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        f'<path class="bc-dag-head" d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>',
        *(_svg_path(path, identifier) for path in layout.paths),
        *(_svg_box(box) for box in layout.boxes),
        "</svg>",
    ]
    return "\n".join(parts)


def _svg_path(path: Path, identifier: str) -> str:
    (x, y), *rest = path.points
    way = f"M{x:.0f} {y:.0f}"
    for next_x, next_y in rest:
        middle = (y + next_y) / 2
        way += f"C{x:.0f} {middle:.0f} {next_x:.0f} {middle:.0f} {next_x:.0f} {next_y:.0f}"
        x, y = next_x, next_y
    dash = ' stroke-dasharray="5 4"' if path.arrow.hidden else ""
    return (
        f'<path class="bc-dag-line" d="{way}" fill="none" stroke="{LINE}" stroke-width="1.5"{dash}'
        f' marker-end="url(#{identifier}-head)"/>'
    )


def _svg_box(box: Box) -> str:
    dash = ' stroke-dasharray="5 4"' if box.hidden else ""
    middle = box.x + box.width / 2
    top = box.y + (box.height - len(box.lines) * LINE_HEIGHT) / 2 + LINE_HEIGHT - 4
    lines = "".join(
        f'<tspan x="{middle:.0f}" y="{top + number * LINE_HEIGHT:.0f}">{escape(line)}</tspan>'
        for number, line in enumerate(box.lines)
    )
    return (
        f'<rect class="bc-dag-box" x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}"'
        f' height="{box.height:.0f}" rx="4" fill="{PAPER}" stroke="{LINE}"{dash}/>'
        f'<text class="bc-dag-text" text-anchor="middle" fill="{INK}">{lines}</text>'
    )


def visit_drawing_html(self: Any, node: causal_drawing) -> None:
    """Write the SVG."""
    self.body.append(node["svg"])


def depart_drawing_html(self: Any, node: causal_drawing) -> None:
    """Write nothing: the drawing has no children."""
