"""The `quiz` directive: a question, its options, and feedback for every one of them.

An author writes::

    ```{quiz} cut-off
    What happens to the share when the cut-off falls?

    - (x) It rises.
      > More people stand above a lower bar.
    - ( ) It falls.
      > That would be so for a higher bar.
    ```

Round brackets ask for one answer, square brackets for several. A reader chooses, presses Check
and reads (or hears) the feedback for what was chosen. Without JavaScript the options are a list
and the answers stand folded below. Nothing is stored.
"""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from carebook.press.book_wide_ids import UsedId, note_id
from carebook.press.located_warnings import warn
from carebook.press.markup import Block, block, html_only, line
from carebook.press.quiz_record import Option, Quiz, read_mark

CHOOSE_ALL = "Choose all that apply."


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive and what it stands on."""
    app.setup_extension("carebook.press.markup")
    app.setup_extension("carebook.press.page_scripts")
    app.setup_extension("carebook.press.book_wide_ids")
    app.add_directive("quiz", QuizDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class QuizDirective(SphinxDirective):
    """Argument: an id that is used once in the book. Body: question, then a list of options."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the quiz, or nothing and a located warning."""
        children = self.parse_content_to_nodes()
        items: list[nodes.list_item] = []
        if children and isinstance(children[-1], nodes.bullet_list):
            items = list(children.pop().children)  # type: ignore[arg-type]
        identifier = self.arguments[0]
        options = []
        for item in items:
            try:
                options.append(read_option(item))
            except ValueError as error:
                warn(f"Quiz {identifier!r}: {error}", (self.env.docname, item.line or self.lineno))
                return []
        question = " ".join(child.astext() for child in children)
        try:
            quiz = Quiz(identifier, question, tuple(options))
        except ValueError as error:
            warn(str(error), (self.env.docname, self.lineno))
            return []
        note_id(self.env, UsedId("quiz", identifier, self.env.docname, self.lineno))
        return [build_quiz(quiz, children, items)]


def read_option(item: nodes.list_item) -> Option:
    """Read an option and take its mark off the item's first words."""
    first = item.next_node(nodes.Text)
    paragraph = item.children[0] if item.children else None
    if first is None or not isinstance(paragraph, nodes.paragraph) or paragraph[0] is not first:
        raise ValueError("An option must start with ( ), (x), [ ] or [x] and its words.")
    right, several, rest = read_mark(paragraph.astext())
    words = paragraph.astext()
    paragraph.replace(first, nodes.Text(str(first)[len(words) - len(rest) :]))
    feedback = " ".join(child.astext() for child in item.children[1:])
    return Option(rest, right, feedback, several)


def build_quiz(quiz: Quiz, question: list[nodes.Node], items: list[nodes.list_item]) -> Block:
    """Return the quiz: a form with its question, options, buttons, verdict and folded answers.

    The controls are hidden until the page's script can work them.
    """
    name = f"quiz-{quiz.identifier}"
    legend = line("legend", *_inline(question[0]), classes=("bc-quiz-question",))
    if quiz.several and CHOOSE_ALL.lower() not in quiz.question.lower():
        legend += nodes.Text(f" {CHOOSE_ALL}")
    options = [
        build_choice(name, number, option, item)
        for number, (option, item) in enumerate(zip(quiz.options, items, strict=True), start=1)
    ]
    fieldset = block(
        "fieldset",
        legend,
        *question[1:],
        block("ul", *options, classes=("bc-quiz-options",), stand_in="bullet_list"),
        html_only(
            '<p class="bc-quiz-actions" hidden><button type="submit">Check</button> '
            '<button type="reset" hidden>Try again</button></p>\n'
            '<p class="bc-quiz-verdict" aria-live="polite"></p>\n'
        ),
    )
    return block(
        "form",
        fieldset,
        build_answers(quiz, items),
        classes=("bc-quiz",),
        ids=[name],
        script="quiz.js",
    )


def build_choice(name: str, number: int, option: Option, item: nodes.list_item) -> Block:
    """Return one option: a hidden radio button or checkbox, and its label."""
    kind = "checkbox" if option.several else "radio"
    right = " data-right" if option.right else ""
    control = (
        f'<input type="{kind}" name="{escape(name)}" id="{name}-{number}" '
        f'value="{number}"{right} hidden>'
    )
    label = line("label", *_inline(item[0]), attributes={"for": f"{name}-{number}"})
    return block("li", html_only(control), label, stand_in="list_item")


def build_answers(quiz: Quiz, items: list[nodes.list_item]) -> Block:
    """Return the answers with their feedback, folded."""
    answers = []
    for option, item in zip(quiz.options, items, strict=True):
        verdict = nodes.strong("", "Right: " if option.right else "Not right: ")
        words = nodes.paragraph("", "", verdict, *_inline(item[0]))
        said = [
            node
            for child in item.children[1:]
            for node in (child.children if isinstance(child, nodes.block_quote) else [child])
        ]
        feedback = block("div", *said, classes=("bc-quiz-feedback",))
        answers.append(block("li", words, feedback, stand_in="list_item"))
    return block(
        "details",
        line("summary", nodes.Text("Answer, with a word on each option")),
        block("ul", *answers, stand_in="bullet_list"),
        classes=("bc-quiz-answers",),
    )


def _inline(node: nodes.Node) -> list[nodes.Node]:
    """Return copies of a paragraph's words, or of a whole block's text."""
    if isinstance(node, nodes.paragraph):
        return [child.deepcopy() for child in node.children]
    return [nodes.Text(node.astext())]
