r"""Formulas, set while the book is built: an author writes TeX, readers load no script.

An author writes ``$\alpha$`` or a ``math`` block. MathJax runs in Node, once a page, and gives SVG
for the eyes and MathML for screen readers. Served as a script it would cost each reader of a page
with a formula more than the whole page may weigh.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from carebook.press.appearance import front_end_folder
from carebook.press.toolchain.node import NodeFailed, NodeMissing, run_node

logger = logging.getLogger(__name__)

RENDERER = "carebook"
# Reads {key: [tex, display]} from the file named on the command line, prints {key: [svg, mathml]}.
SCRIPT = """
const wanted = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
require("mathjax").init({
  loader: { load: ["input/tex", "output/svg"] },
  tex: { packages: ["base", "ams"], formatError: (jax, error) => { throw error; } },
  svg: { fontCache: "none" },
}).then((MathJax) => {
  const made = {};
  for (const [key, [tex, display]] of Object.entries(wanted)) {
    try {
      const node = MathJax.tex2svg(tex, { display });
      made[key] = [MathJax.startup.adaptor.innerHTML(node), MathJax.tex2mml(tex, { display })];
    } catch (error) {
      made[key] = { error: error.message };
    }
  }
  console.log(JSON.stringify(made));
}).catch((error) => { console.error(error.message); process.exit(1); });
"""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer and set the formulas of each page before it is written."""
    app.setup_extension("carebook.press.appearance")
    app.add_html_math_renderer(
        RENDERER,
        inline_renderers=(visit_inline, None),
        block_renderers=(visit_block, None),
    )
    app.connect("config-inited", choose_renderer)
    app.connect("doctree-resolved", set_formulas)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def choose_renderer(app: Sphinx, config: Config) -> None:
    """Use this renderer instead of the browser's MathJax."""
    config.html_math_renderer = RENDERER


def set_formulas(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each formula of a page its SVG and MathML; a fault in the TeX is a located warning."""
    if app.builder.format != "html":
        return
    found: list[nodes.Element] = [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]
    if not found:
        return
    folder = Path(app.doctreedir) / "formulas"
    try:
        drawn = _draw([_formula(node) for node in found], folder, front_end_folder(app))
    except (NodeFailed, NodeMissing) as failure:
        logger.warning("formulas of %s: %s", docname, failure, location=docname, type="press")
        return
    for node in found:
        made = drawn[_key(*_formula(node))]
        if isinstance(made, dict):
            message = "formula %r: %s; correct the TeX"
            logger.warning(message, node.astext(), made["error"], location=node, type="press")
        else:
            node["drawing"], node["mathml"] = made


def _formula(node: nodes.Element) -> tuple[str, bool]:
    return node.astext().strip(), isinstance(node, nodes.math_block)


def _key(tex: str, display: bool) -> str:
    return hashlib.sha256(f"{SCRIPT}{display}{tex}".encode()).hexdigest()[:24]


def _draw(formulas: Iterable[tuple[str, bool]], folder: Path, project: Path) -> dict[str, Any]:
    """Return what MathJax makes of each formula, by key; what was drawn before is read again."""
    wanted = {_key(*formula): formula for formula in formulas}
    drawn = {
        key: json.loads((folder / key).read_text(encoding="utf-8"))
        for key in wanted
        if (folder / key).exists()
    }
    missing = {key: formula for key, formula in wanted.items() if key not in drawn}
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        request = folder / f"wanted-{next(iter(missing))}.json"
        request.write_text(json.dumps(missing), encoding="utf-8")
        made = json.loads(run_node(["--eval", SCRIPT, str(request)], project))
        request.unlink()
        for key, drawing in made.items():
            (folder / key).write_text(json.dumps(drawing), encoding="utf-8")
        drawn.update(made)
    return drawn


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    self.body.append(f'<span class="math math-inline">{_both(node)}</span>')
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on lines of its own, with its label as anchor and its number beside it."""
    anchor = f' id="{node["ids"][0]}"' if node.get("ids") else ""
    number = ""
    if node.get("number"):
        number = f'<span class="eqno">({get_node_equation_number(self, node)})</span>'
    self.body.append(f'<div class="math math-block"{anchor}>{_both(node)}{number}</div>\n')
    raise nodes.SkipNode


def _both(node: nodes.Element) -> str:
    """Return the drawing for the eyes and the MathML for screen readers."""
    if "drawing" not in node:
        return f"<code>{escape(node.astext())}</code>"
    drawing = str(node["drawing"]).replace("<svg", '<svg aria-hidden="true"', 1)
    return f'{drawing}<span class="visually-hidden">{node["mathml"]}</span>'
