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

from carebook.press.content_digest import content_digest
from carebook.press.editing import editor_errors
from carebook.press.table_faults import table_faults

WORKSHOP = Path("_build/book")
SITE = Path("_build/html")
STAMP = Path("_build/html.made-from")
KERNELS = Path("_build/kernels")
# Kernels here talk on this computer alone; their warning about it would bury ours. Figures are
# drawings, so that they stay sharp however far a reader zooms in.
KERNEL_SETTINGS = """\
c = get_config()
c.IPKernelApp.log_level = 40
c.InlineBackend.figure_formats = {"svg"}
"""
FORGOTTEN = (WORKSHOP, Path("_build/exercises"), Path("_build/site-extra"))

# Whatever can change a page or a file of the site.
INPUTS = (
    "book",
    "chapters",
    "exercises",
    "datasets",
    "src/carebook",
    "_config.yml",
    "_toc.yml",
    "pyproject.toml",
    "requirements.txt",
    "package-lock.json",
    "README.md",
)


class BuildFailed(RuntimeError):
    """The book could not be built; the message says what to do and what was left as it was."""


@dataclass(frozen=True)
class Built:
    """A finished build: the folder of the site, the seconds that it took, and if it was needed."""

    site: Path
    seconds: float
    anything_new: bool = True


def build(project: Path, *, fresh: bool = False) -> Built:
    """Build the book of `project` into ``_build/html``, or find that nothing has changed.

    Parameters
    ----------
    project
        The repository's root, which holds ``_config.yml`` and ``_toc.yml``.
    fresh
        Forget everything made before, executed notebooks and exercises included.

    Raises
    ------
    BuildFailed
        If a table breaks its rules, a page types an effect size or is too long, an exercise fails
        its own checks, a front-end part is missing, or Jupyter Book reports an error or any
        warning. The previous site stays.
    """
    started = time.monotonic()
    made_from = content_digest(project / name for name in INPUTS)
    if fresh:
        for made in FORGOTTEN:
            shutil.rmtree(project / made, ignore_errors=True)
    elif _stands(project, made_from):
        return Built(project / SITE, time.monotonic() - started, anything_new=False)
    _require_sound_text(project)
    _stage(project)
    code = _run_jupyter_book(project)
    made = project / WORKSHOP / "_build" / "html"
    if code != 0:
        shutil.rmtree(project / WORKSHOP / "_build" / ".doctrees", ignore_errors=True)
        raise BuildFailed(
            "The book was not built: see the warnings above; each names file and line. "
            f"{SITE} was left as it was."
        )
    (project / STAMP).unlink(missing_ok=True)
    replace_whole(made, project / SITE)
    (project / STAMP).write_text(made_from, encoding="utf-8")
    return Built(project / SITE, time.monotonic() - started)


def _require_sound_text(project: Path) -> None:
    """Stop at faults of the tables, whose pages would only report what follows, and of prose."""
    faults = [*table_faults(), *editor_errors(project)]
    if faults:
        raise BuildFailed(
            "\n".join([*faults, f"The book was not built. {SITE} was left as it was."])
        )


def _stage(project: Path) -> None:
    """Gather what the site serves beside its pages."""
    # Loaded here, because a build with nothing to do should not wait for nbgrader.
    from carebook.press import staging
    from carebook.press.exercises import ExerciseFault
    from carebook.press.toolchain.front_end import FrontEndMissing

    try:
        staging.stage(project)
    except (ExerciseFault, FrontEndMissing) as error:
        raise BuildFailed(f"{error}\nThe book was not built. {SITE} was left as it was.") from error


def _stands(project: Path, made_from: str) -> bool:
    """Return whether the site was made from just these inputs."""
    stamp = project / STAMP
    whole = (project / SITE / "index.html").exists() and stamp.exists()
    return whole and stamp.read_text(encoding="utf-8") == made_from


def _run_jupyter_book(project: Path) -> int:
    """Run Jupyter Book with warnings as errors, pass its progress on, and return its exit code."""
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(project)]
    command += ["--path-output", str(project / WORKSHOP), "-W", "--keep-going"]
    environment = {**os.environ, **_kernel_environment(project)}
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        # Its closing banner names the workshop; the site stands elsewhere.
        if line.startswith("The HTML pages are in"):
            break
        sys.stdout.write(line)
        sys.stdout.flush()
    process.stdout.read()
    return process.wait()


def _kernel_environment(project: Path) -> dict[str, str]:
    """Return settings for kernels that a user's own packages and start-up files cannot change."""
    profile = project / KERNELS / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_SETTINGS, encoding="utf-8")
    # The same drawing gets the same name in every build.
    settings = project / KERNELS / "matplotlibrc"
    settings.write_text("svg.hashsalt: carebook\n", encoding="utf-8")
    return {
        "PYTHONNOUSERSITE": "1",
        "IPYTHONDIR": str(project / KERNELS),
        "MATPLOTLIBRC": str(settings),
        # Drawings are dated; the first day of this version's year, which Sphinx prints, will do.
        "SOURCE_DATE_EPOCH": "1767225600",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


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
