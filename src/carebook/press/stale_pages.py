"""Executed pages are executed again when what they compute with has changed.

MyST-NB keeps results by the text of a page's cells. A cell that calls the learner's library, or
reads a table, may print something else after either has changed. So the results are kept in a
folder named by a digest of the library, the tables and the versions of the packages underneath,
and when that digest changes the executed pages are read again. A change to the press itself has
every page read again, with the results that are there.

A build that warned is forgotten, so that the next one warns again; Sphinx by itself reports a
page once and then counts it as done.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import carebook
from carebook.press.content_digest import content_digest

ROOMS = ("data", "evidence", "methods", "checks", "explorers", "figures")
PRESS = Path(__file__).parent


def setup(app: Sphinx) -> dict[str, Any]:
    """Choose the folder of results before pages are read; find stale pages; forget bad builds."""
    app.add_config_value("carebook_learning_inputs", None, "", [list, tuple])
    # After MyST-NB has made its settings (priority 500). Its setting in the configuration is left
    # alone: a change there would have every page of the book read again.
    app.connect("builder-inited", choose_results_folder, priority=600)
    app.connect("env-get-outdated", stale_pages)
    app.connect("build-finished", forget_build_with_warnings)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def learning_inputs() -> list[Path]:
    """Return what executed pages compute with: the learner's rooms and the tables."""
    package = Path(carebook.__file__).parent
    in_project = package.parent.parent / "datasets"
    tables = in_project if in_project.is_dir() else package / "data" / "datasets"
    return [*(package / room for room in ROOMS), tables]


def choose_results_folder(app: Sphinx) -> None:
    """Have MyST-NB keep its results in a folder named by the digest."""
    settings = getattr(app.env, "mystnb_config", None)
    if settings is None:
        return  # a project without executed pages
    inputs = app.config.carebook_learning_inputs or learning_inputs()
    digest = content_digest([Path(app.confdir, path) for path in inputs])
    folder = Path(settings.execution_cache_path) / digest
    app.env.carebook_inputs_now = digest  # type: ignore[attr-defined]
    app.env.mystnb_config = settings.copy(  # type: ignore[attr-defined]
        execution_cache_path=str(folder)
    )


def stale_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the executed pages, or every page, when what made them is not what it was."""
    now = (content_digest([PRESS]), getattr(env, "carebook_inputs_now", None))
    press, inputs = getattr(env, "carebook_made_with", (None, None))
    env.carebook_made_with = now  # type: ignore[attr-defined]
    if press != now[0]:
        return sorted(env.found_docs - added)
    if inputs == now[1]:
        return []
    results: dict[str, dict[str, Any]] = getattr(env, "nb_metadata", {})
    executed = {page for page, facts in results.items() if facts.get("exec_data")}
    return sorted(executed & env.found_docs)


def forget_build_with_warnings(app: Sphinx, error: Exception | None) -> None:
    """Remove what Sphinx remembers of a build that warned."""
    if error is not None or app._warncount:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
