"""Install the front-end parts that package-lock.json names, and copy what the site serves."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from carebook.press.toolchain.node import NodeFailed, NodeMissing, run_npm

FONTS = Path("node_modules/@fontsource/source-serif-4/files")
SERVED = (
    FONTS / "source-serif-4-latin-400-normal.woff2",
    FONTS / "source-serif-4-latin-400-italic.woff2",
    FONTS / "source-serif-4-latin-600-normal.woff2",
)
LICENCE = Path("node_modules/@fontsource/source-serif-4/LICENSE")
STAMP = Path("node_modules/.carebook.json")
_QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class FrontEndMissing(RuntimeError):
    """The front-end parts could not be installed or are incomplete."""


def install(project: Path, *, tests: bool = False, say: Callable[[str], object] = str) -> bool:
    """Make ``node_modules`` hold what package-lock.json says; return whether npm had to run.

    Parameters
    ----------
    project
        The repository's root, which holds ``package.json`` and ``package-lock.json``.
    tests
        Also install what tests, print and bench need: axe-core, a browser, Lighthouse.
    say
        Called with each line of progress.

    Raises
    ------
    FrontEndMissing
        If there is no lock file, no Node that is new enough, or npm cannot install what the
        lock file names.
    """
    lock = project / "package-lock.json"
    if not lock.exists():
        raise FrontEndMissing(f"{lock} is missing: take it from the repository again.")
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    installed = _read_stamp(project)
    # A full installation also serves those who need only the site's parts.
    if installed.get("lock") == digest and (installed.get("tests") or not tests):
        return False
    started = time.monotonic()
    what = "site and tests" if tests else "site"
    say(f"Front-end parts ({what}): installing with npm, about half a minute.")
    try:
        run_npm(["ci", *_QUIET, *([] if tests else ["--omit=dev"])], project)
    except NodeMissing as missing:
        raise FrontEndMissing(f"The front-end parts need npm: {missing}.") from missing
    except NodeFailed as failure:
        raise FrontEndMissing(
            f"npm could not install the front-end parts; look at the network and try again.\n"
            f"{failure}"
        ) from failure
    (project / STAMP).write_text(json.dumps({"lock": digest, "tests": tests}), encoding="utf-8")
    say(f"Front-end parts ({what}): done in {time.monotonic() - started:.0f} s.")
    return True


def vendor(project: Path, target: Path) -> tuple[Path, ...]:
    """Make the folder `target` hold exactly the front-end files that readers load.

    These are the text face's three WOFF2 files and its licence. Formulas are set while the book
    is built and need no file (see `carebook.press.formulas`).

    Raises
    ------
    FrontEndMissing
        If a file is not in ``node_modules``.
    """
    copied = []
    for source in (*SERVED, LICENCE):
        if not (project / source).exists():
            raise FrontEndMissing(f"{project / source} is missing: run `carebook setup` again.")
        name = "LICENSE-source-serif-4.txt" if source == LICENCE else source.name
        copied.append(_copy_if_changed(project / source, target / "fonts" / name))
    for path in target.rglob("*"):
        if path.is_file() and path not in copied:
            path.unlink()
    return tuple(copied)


def lock(project: Path) -> None:
    """Resolve package.json again into package-lock.json, without the names of any host."""
    run_npm(
        ["install", "--package-lock-only", "--omit-lockfile-registry-resolved=true", *_QUIET],
        project,
    )
    path = project / "package-lock.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _read_stamp(project: Path) -> dict[str, object]:
    """Return what the last installation was made from, or nothing if it did not finish."""
    try:
        stamp = json.loads((project / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _copy_if_changed(source: Path, target: Path) -> Path:
    """Copy a file unless the target already holds the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)
    return target
