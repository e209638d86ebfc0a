"""Build the book: stage what the site serves, run Jupyter Book, and replace the site whole.

Jupyter Book works in ``_build/book``. Only a build without a single warning is copied to
``_build/html``, and it is put there by renaming, so that readers never meet half a book. After a
failed build the previous site stays, and Sphinx's memory of the pages is dropped: a second run
shows every warning again instead of passing because the page was already read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from carebook.press import staging

WORKSHOP = Path("_build/book")
SITE = Path("_build/html")


class BuildFailed(RuntimeError):
    """The book could not be built; the message says what to do and what was left as it was."""


@dataclass(frozen=True)
class Built:
    """A finished build: the folder of the site and the seconds that it took."""

    site: Path
    seconds: float


def build(project: Path, *, fresh: bool = False) -> Built:
    """Build the book of `project` into ``_build/html``.

    Parameters
    ----------
    project
        The repository's root, which holds ``_config.yml`` and ``_toc.yml``.
    fresh
        Forget everything made before, executed notebooks included.

    Raises
    ------
    BuildFailed
        If Jupyter Book reports an error or any warning. The previous site is left untouched.
    """
    started = time.monotonic()
    if fresh:
        shutil.rmtree(project / WORKSHOP, ignore_errors=True)
    staging.stage(project)
    code = _run_jupyter_book(project)
    made = project / WORKSHOP / "_build" / "html"
    if code != 0:
        shutil.rmtree(project / WORKSHOP / "_build" / ".doctrees", ignore_errors=True)
        raise BuildFailed(
            "The book was not built: see the warnings above; each names file and line. "
            f"{SITE} was left as it was."
        )
    replace_whole(made, project / SITE)
    return Built(project / SITE, time.monotonic() - started)


def _run_jupyter_book(project: Path) -> int:
    """Run Jupyter Book with warnings as errors, pass its progress on, and return its exit code."""
    command = [sys.executable, "-m", "jupyter_book", "build", str(project)]
    command += ["--path-output", str(project / WORKSHOP), "-W", "--keep-going"]
    # A user's own packages and display must not change the book.
    environment = {**os.environ, "PYTHONNOUSERSITE": "1", "MPLBACKEND": "agg"}
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        # Its closing banner names the workshop; the site stands elsewhere.
        if line.startswith(("====", "\x1b[92m====")):
            break
        sys.stdout.write(line)
        sys.stdout.flush()
    process.stdout.read()
    return process.wait()


def replace_whole(made: Path, target: Path) -> None:
    """Put a copy of the folder `made` at `target` by renaming, never showing a half-written one."""
    arriving = target.with_name(target.name + ".arriving")
    leaving = target.with_name(target.name + ".leaving")
    for folder in (arriving, leaving):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, arriving)
    if target.exists():
        target.rename(leaving)
    arriving.rename(target)
    shutil.rmtree(leaving, ignore_errors=True)
