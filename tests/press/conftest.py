"""A temporary MyST project for the tests of directives and roles.

Every test of `carebook.press` builds one small page:

    def test_quiz_has_a_legend(build_page):
        page = build_page('''
            # A page

            ```{quiz} q1
            ...
            ```
        ''')
        assert page.warnings == []
        assert page.soup.legend.text == "..."

A test module names the extension it is about by overriding the fixture `press_extensions`:

    @pytest.fixture
    def press_extensions():
        return ("carebook.press.quiz",)
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import docutils_namespace, patch_docutils

ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
OUTPUT = {
    "html": "index.html",
    "dirhtml": "index.html",
    "text": "index.txt",
    "man": "project.1",
    "latex": "project.tex",
    "texinfo": "project.texi",
    "epub": "index.xhtml",
    "xml": "index.xml",
}


@dataclass(frozen=True)
class BuiltPage:
    """What came out of one build.

    `output` is the index page as its builder wrote it; `doctree` is the page as it was read,
    before references are resolved; `warnings` are lines such as ``index.md:3: WARNING: …``;
    `dependencies` are the files whose change makes the page be read again; `env` is Sphinx's
    memory of the book.
    """

    source: Path
    out: Path
    output: str
    doctree: nodes.document
    warnings: list[str]
    dependencies: frozenset[str]
    env: BuildEnvironment

    @property
    def html(self) -> str:
        """The index page's HTML."""
        return self.output

    @property
    def soup(self) -> BeautifulSoup:
        """The index page, parsed."""
        return BeautifulSoup(self.output, "html.parser")

    def page(self, name: str) -> BeautifulSoup:
        """Return another page of the project, parsed: ``page("book/other")``."""
        return BeautifulSoup((self.out / f"{name}.html").read_text("utf-8"), "html.parser")


@pytest.fixture
def press_extensions() -> tuple[str, ...]:
    """Extensions of ours that a page is built with; override it in a test module."""
    return ("carebook.press",)


@pytest.fixture
def build_page(tmp_path: Path, press_extensions: tuple[str, ...]) -> Callable[..., BuiltPage]:
    """Return a function that writes a MyST project with one page, builds it and reads it back.

    ``build_page(text, builder="html", files=None, parser="myst_parser", fresh=False,
    parallel=1, **config)``: `text` is ``index.md`` (dedented); `files` maps further paths to
    their text; `config` are Sphinx settings (an ``extensions`` list is added to
    `press_extensions`). Calling it again in the same test builds incrementally on the same folder.
    """

    def build(
        text: str,
        builder: str = "html",
        files: Mapping[str, str] | None = None,
        parser: str = "myst_parser",
        fresh: bool = False,
        parallel: int = 1,
        **config: Any,
    ) -> BuiltPage:
        source = tmp_path / "source"
        for name, content in {"index.md": text, **(files or {})}.items():
            _write_if_changed(source / name, textwrap.dedent(content).lstrip("\n"))
        extensions = [parser, *press_extensions, *config.pop("extensions", ())]
        settings = {
            "extensions": list(dict.fromkeys(extensions)),
            "project": "project",
            "author": "Authors",
            "copyright": "Authors",
            "version": "1",
            "release": "1",
            "html_theme": "basic",
            "man_pages": [("index", "project", "Project", "Authors", 1)],
            "latex_documents": [("index", "project.tex", "Project", "Authors", "manual")],
            "texinfo_documents": [
                ("index", "project", "Project", "Authors", "project", "A test", "Miscellaneous")
            ],
            "myst_enable_extensions": ["colon_fence", "deflist", "attrs_block", "attrs_inline"],
            "suppress_warnings": ["toc.not_included", "epub.unknown_project_files"],
            **config,
        }
        return _run(source, tmp_path, builder, settings, fresh=fresh, parallel=parallel)

    return build


@pytest.fixture
def build_notebook(build_page: Callable[..., BuiltPage]) -> Callable[..., BuiltPage]:
    """Return `build_page` for a page whose code cells are executed; it takes the same settings."""

    def build(text: str, **config: Any) -> BuiltPage:
        # Sphinx carries the parser of ".md" from one test to the next, so it is named each time.
        notebook = {"source_suffix": {".md": "myst-nb"}, "nb_execution_mode": "cache"}
        return build_page(text, parser="myst_nb", **{**notebook, **config})

    return build


def _write_if_changed(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != content:
        path.write_text(content, "utf-8")


def _run(
    source: Path, root: Path, builder: str, settings: dict[str, Any], **options: Any
) -> BuiltPage:
    out, heard = root / builder, io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=source,
            confdir=None,
            outdir=out,
            doctreedir=root / "doctrees",
            buildername=builder,
            confoverrides=settings,
            status=None,
            warning=heard,
            freshenv=options["fresh"],
            parallel=options["parallel"],
        )
        app.build()
        doctree = app.env.get_doctree("index")
        dependencies = frozenset(map(str, app.env.dependencies["index"]))
    lines = ANSI_COLOUR.sub("", heard.getvalue()).replace(f"{source}/", "").splitlines()
    written = out / OUTPUT[builder]
    return BuiltPage(
        source=source,
        out=out,
        output=written.read_text("utf-8") if written.exists() else "",
        doctree=doctree,
        dependencies=dependencies,
        env=app.env,
        warnings=[
            line for line in lines if line.strip() and "isn't included in any toctree" not in line
        ],
    )
