"""Scripts that are loaded only on the pages that need them.

A directive gives its node the attribute ``script``, the name of a file in ``press/scripts``; a
page whose tree holds such a node loads the file, every other page does not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

SCRIPTS = Path(__file__).parent / "scripts"


def setup(app: Sphinx) -> dict[str, Any]:
    """Serve the folder of scripts and load each where it is needed."""
    # After Sphinx has checked the author's own static paths (priority 800).
    app.connect("config-inited", serve_scripts, priority=900)
    app.connect("html-page-context", load_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def serve_scripts(app: Sphinx, config: Config) -> None:
    """Have the folder copied into the site's static folder."""
    config.html_static_path = [*config.html_static_path, str(SCRIPTS)]


def load_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the scripts that the page's nodes name."""
    if doctree is None or app.builder.name == "epub":
        return
    needed = {node["script"] for node in doctree.findall(nodes.Element) if "script" in node}
    for name in sorted(needed):
        app.add_js_file(name, loading_method="defer")
