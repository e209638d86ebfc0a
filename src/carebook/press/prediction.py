"""A question that the reader commits to, and the place that returns to it.

An author writes, and later on the same page::

    ```{prediction} share
    How many of these residents are burnt out by the strictest definition?
    - Fewer than one in ten
    - About half
    ```

    ```{prediction-return} share
    The strictest definition found far fewer than most readers expect.
    ```

With ``:unit: %`` (and ``:minimum:``, ``:maximum:``) in place of options the reader gives a number.
The choice lives in the open page alone: nothing is stored. Without JavaScript both are plain
text, and the second links to the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from carebook.press.book_wide_ids import UsedId, note_id
from carebook.press.located_warnings import warn
from carebook.press.markup import Block, block, html_only, line


@dataclass(frozen=True)
class Prediction:
    """One question; either options to choose from or the unit of a number."""

    identifier: str
    question: str
    options: tuple[str, ...] = ()
    unit: str | None = None
    minimum: int = 0
    maximum: int = 100

    def __post_init__(self) -> None:
        name = f"Prediction {self.identifier!r}"
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.identifier):
            raise ValueError(f"{name} must be small letters, digits and hyphens, such as 'share'.")
        if not self.question.strip():
            raise ValueError(f"{name} has no question.")
        if self.unit is None and len(self.options) < 2:
            raise ValueError(
                f"{name} offers {len(self.options)} option(s). Write a list of at least 2 under "
                "the question, or ask for a number with ':unit: %'."
            )
        if self.unit is not None and self.options:
            raise ValueError(f"{name} has both options and ':unit:'. Use one of them.")
        if self.minimum >= self.maximum:
            raise ValueError(f"{name} has minimum {self.minimum} not below {self.maximum}.")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add both directives and check that each return has its prediction."""
    app.setup_extension("carebook.press.markup")
    app.setup_extension("carebook.press.page_scripts")
    app.setup_extension("carebook.press.book_wide_ids")
    app.add_directive("prediction", PredictionDirective)
    app.add_directive("prediction-return", PredictionReturn)
    app.connect("doctree-read", check_returns)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class PredictionDirective(SphinxDirective):
    """Argument: an id used once in the book. Body: question, maybe a list of options."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "unit": directives.unchanged,
        "minimum": int,
        "maximum": int,
    }

    def run(self) -> list[nodes.Node]:
        """Return the question, or nothing and a located warning."""
        children = self.parse_content_to_nodes()
        items: list[nodes.Node] = []
        if children and isinstance(children[-1], nodes.bullet_list):
            items = list(children.pop().children)
        question = " ".join(child.astext() for child in children)
        choices = tuple(item.astext() for item in items)
        try:
            prediction = Prediction(self.arguments[0], question, choices, **self.options)
        except ValueError as error:
            warn(str(error), (self.env.docname, self.lineno))
            return []
        note_id(
            self.env, UsedId("prediction", prediction.identifier, self.env.docname, self.lineno)
        )
        return [build_prediction(prediction, children)]


class PredictionReturn(SphinxDirective):
    """Argument: the id of a prediction on the same page. Body: what turned out."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the place that repeats the reader's choice."""
        name = f"prediction-{self.arguments[0]}"
        link = nodes.reference("", "Return to your prediction", refuri=f"#{name}", internal=True)
        node = block(
            "div",
            nodes.paragraph("", "", link),
            html_only(f'<p data-prediction="{escape(name)}" hidden></p>\n'),
            *self.parse_content_to_nodes(),
            classes=("bc-prediction-return",),
            script="prediction.js",
            returns_to=name,
        )
        self.set_source_info(node)
        return [node]


def check_returns(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of a return without its prediction on the page."""
    asked = {identifier for node in doctree.findall(Block) for identifier in node["ids"]}
    for node in doctree.findall(Block):
        name = node.get("returns_to")
        if name and name not in asked:
            identifier = name.removeprefix("prediction-")
            warn(
                f"There is no prediction {identifier!r} on this page to return to. Put the "
                "directive 'prediction' with this id above it.",
                node,
            )


def build_prediction(prediction: Prediction, question: list[nodes.Node]) -> Block:
    """Return a fieldset with radio buttons or a number input, hidden until the script is there."""
    name = f"prediction-{prediction.identifier}"
    words = question[0].children if isinstance(question[0], nodes.paragraph) else question[:1]
    choices = [
        block(
            "li",
            html_only(f'<input type="radio" name="{name}" id="{name}-{number}" hidden>'),
            line("label", nodes.Text(text), attributes={"for": f"{name}-{number}"}),
            stand_in="list_item",
        )
        for number, text in enumerate(prediction.options, start=1)
    ]
    answer: nodes.Node = block("ul", *choices, stand_in="bullet_list")
    if prediction.unit is not None:
        answer = html_only(
            f'<p hidden><label for="{name}-number">Your prediction</label> '
            f'<input type="number" id="{name}-number" inputmode="decimal" step="any" '
            f'min="{prediction.minimum}" max="{prediction.maximum}" hidden> '
            f"<span>{escape(prediction.unit)}</span></p>\n"
        )
    return block(
        "fieldset",
        line("legend", *words),
        *question[1:],
        answer,
        classes=("bc-prediction",),
        ids=[name],
        script="prediction.js",
    )
