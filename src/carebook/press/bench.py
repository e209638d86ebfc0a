"""Measure the book in one run: build times, the weight of the chapter page, Lighthouse scores."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from carebook.press.build import STAMP, BuildFailed
from carebook.press.toolchain.browser import Browser, BrowserMissing, find_browser
from carebook.press.toolchain.node import NodeFailed, NodeMissing, run_node
from carebook.press.transfer import BUDGET, Transfer, running, served_compressed, weigh, weight

CHAPTER = "chapters/measuring-burnout/index.html"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WORKSHOP = Path("_build/bench")
LIGHTHOUSE = Path("node_modules/lighthouse/cli/index.js")
Say = Callable[[str], object]


@dataclass(frozen=True)
class BuildTimes:
    """Seconds of five builds of the same content, each as a command of its own.

    Attributes
    ----------
    cold, warm
        ``carebook build`` with nothing made before, and again with nothing changed. Both include
        the exercises, the wheel and the copy of the site.
    again
        ``carebook build`` that may not trust its own note that nothing has changed: every step
        runs, and finds its part as it was.
    plain_cold, plain_warm
        ``jupyter-book build`` alone, with the same configuration, likewise.
    """

    cold: float
    warm: float
    again: float
    plain_cold: float
    plain_warm: float


@dataclass(frozen=True)
class Bench:
    """What one run measured.

    Attributes
    ----------
    times
        Build times.
    transfers
        Every file that the chapter page loads before the reader acts.
    scores
        Lighthouse's scores out of 100, by category; empty if it could not run.
    browser
        The browser that measured, in words; empty if there was none.
    remarks
        What could not be measured, and why.
    """

    times: BuildTimes
    transfers: tuple[Transfer, ...]
    scores: dict[str, int]
    browser: str
    remarks: tuple[str, ...]


def bench(project: Path, say: Say = str) -> Bench:
    """Measure the book of `project`; `say` is called with each step as it starts.

    Raises
    ------
    BuildFailed
        If the book cannot be built.
    """
    times = build_times(project, say)
    try:
        browser = find_browser(project, say)
    except BrowserMissing as missing:
        return Bench(times, (), {}, "", (str(missing),))
    remarks: tuple[str, ...] = ()
    scores: dict[str, int] = {}
    with served_compressed(project / "_build" / "html") as address:
        say("Page weight: opening the chapter with an empty cache.")
        with running(browser) as started:
            transfers = weigh(started, address + CHAPTER)
        say("Lighthouse: about half a minute.")
        try:
            scores = lighthouse_scores(project, browser, address + CHAPTER)
        except (NodeFailed, NodeMissing, ValueError) as failure:
            remarks = (f"Lighthouse could not run: {failure}",)
    return Bench(times, transfers, scores, f"{browser.version}, {browser.origin}", remarks)


def build_times(project: Path, say: Say = str) -> BuildTimes:
    """Build the book our way and with Jupyter Book alone, cold and warm, and time each."""
    shutil.rmtree(project / WORKSHOP, ignore_errors=True)
    ours = ["carebook", "build"]
    plain = ["jupyter-book", "build", str(project), "--path-output", str(project / WORKSHOP)]
    say("Build 1 of 5: carebook build, cold.")
    cold = _timed(project, [*ours, "--fresh"])
    say("Build 2 of 5: carebook build, nothing changed.")
    warm = _timed(project, ours)
    say("Build 3 of 5: carebook build, nothing changed, every step.")
    (project / STAMP).unlink()
    again = _timed(project, ours)
    say("Build 4 of 5: jupyter-book build, cold.")
    plain_cold = _timed(project, plain)
    say("Build 5 of 5: jupyter-book build, nothing changed.")
    plain_warm = _timed(project, plain)
    shutil.rmtree(project / WORKSHOP, ignore_errors=True)
    return BuildTimes(cold, warm, again, plain_cold, plain_warm)


def lighthouse_scores(project: Path, browser: Browser, address: str) -> dict[str, int]:
    """Return Lighthouse's scores of a page, on its simulated mid-range telephone.

    Raises
    ------
    NodeFailed
        If Lighthouse ends with an error.
    ValueError
        If its report holds no scores.
    """
    flags = " ".join(browser.arguments)
    report = run_node(
        [
            str(LIGHTHOUSE),
            address,
            "--quiet",
            "--output=json",
            "--no-enable-error-reporting",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={flags}",
        ],
        project,
        {**browser.environment, "CHROME_PATH": browser.path},
    )
    found = json.loads(report)["categories"]
    scores = {name: found[name]["score"] for name in CATEGORIES}
    missing = [name for name, score in scores.items() if score is None]
    if missing:
        raise ValueError(f"the report has no score for {', '.join(missing)}")
    return {name: round(100 * score) for name, score in scores.items()}


def table(result: Bench) -> str:
    """Return a run's figures as a table for a terminal."""
    times = result.times
    rows = [
        ("carebook build, cold", f"{times.cold:.1f} s", ""),
        ("carebook build, warm", f"{times.warm:.1f} s", _ratio(times.cold, times.warm)),
        ("the same, every step again", f"{times.again:.1f} s", _ratio(times.cold, times.again)),
        ("jupyter-book build, cold", f"{times.plain_cold:.1f} s", ""),
        (
            "jupyter-book build, warm",
            f"{times.plain_warm:.1f} s",
            _ratio(times.plain_cold, times.plain_warm),
        ),
        (
            "carebook to jupyter-book, cold",
            f"{times.cold / times.plain_cold:.2f}",
            "our build also makes exercises and wheel",
        ),
        *_weight_rows(result.transfers),
        *((f"Lighthouse, {name}", str(score), "of 100") for name, score in result.scores.items()),
    ]
    if result.browser:
        rows.append(("browser", result.browser, ""))
    rows.extend(("not measured", remark, "") for remark in result.remarks)
    return "\n".join(f"{name:<34}{figure:>12}  {note}".rstrip() for name, figure, note in rows)


def _weight_rows(transfers: tuple[Transfer, ...]) -> list[tuple[str, str, str]]:
    """Return the chapter page's bytes by kind, and their sum against the budget."""
    if not transfers:
        return []
    rows = []
    for kind in sorted({transfer.kind for transfer in transfers}):
        sizes = [transfer.size for transfer in transfers if transfer.kind == kind]
        counts = "files" if all(t.counts for t in transfers if t.kind == kind) else "not counted"
        rows.append((f"chapter page, {kind}", f"{sum(sizes):,} B", f"{len(sizes)} {counts}"))
    total = weight(transfers)
    rows.append(("chapter page, in all, gzipped", f"{total:,} B", f"of {BUDGET:,} allowed"))
    return rows


def _ratio(cold: float, warm: float) -> str:
    return f"{cold / warm:.1f} times faster than cold"


def _timed(project: Path, command: list[str]) -> float:
    """Return the seconds of a command of the virtual environment, run as anybody would.

    Raises
    ------
    BuildFailed
        If it ends with an error, because the time of half a build would mislead.
    """
    program = str(Path(sys.executable).with_name(command[0]))
    started = time.monotonic()
    finished = subprocess.run(
        [program, *command[1:]], cwd=project, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    if finished.returncode != 0:
        said = "\n".join(finished.stderr.strip().splitlines()[-5:])
        raise BuildFailed(f"{' '.join(command)} ended with {finished.returncode}:\n{said}")
    return seconds
