"""Find a Chromium for tests and print, or make one, without root.

The order: a browser on PATH; Playwright's own download; the browser inside the npm package
``@sparticuz/chromium``; Debian's package, only as root and only when asked for, because it changes
the machine outside the project. What was found is remembered in ``_build/browser/found.json``, so
that a download that cannot be reached is tried once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from carebook.press.toolchain import front_end
from carebook.press.toolchain.node import NodeFailed, NodeMissing, run_node

FOLDER = Path("_build/browser")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DOWNLOAD_SECONDS = 240
_PACKAGE = Path("node_modules/@sparticuz/chromium")
_UNPACK = """
import { inflate } from "@sparticuz/chromium";
for (const archive of process.argv.slice(1)) await inflate(archive);
"""
_PROBE = """
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as driver:
    browser = driver.chromium.launch(
        executable_path=sys.argv[1], args=sys.argv[2:], env=dict(os.environ), timeout=30000
    )
    page = browser.new_page()
    page.set_content("<p>ready</p>")
    assert page.inner_text("p") == "ready" and page.screenshot()
    print(browser.version)
    browser.close()
"""
Say = Callable[[str], object]


class BrowserMissing(RuntimeError):
    """No browser was found; the message lists what was tried and what to do."""


@dataclass(frozen=True)
class Browser:
    """A browser that starts.

    Attributes
    ----------
    path
        The executable.
    version
        What ``--version`` prints.
    origin
        Where it came from, in words.
    arguments
        Command-line flags to start it with.
    environment
        Variables to add to the environment, for example where its libraries lie.
    """

    path: str
    version: str
    origin: str
    arguments: tuple[str, ...] = ARGUMENTS
    environment: dict[str, str] = field(default_factory=dict)


def find_browser(project: Path, say: Say = str, *, system_package: bool = False) -> Browser:
    """Return a browser that starts on this machine.

    Parameters
    ----------
    project
        The repository's root; what is unpacked goes to its ``_build/browser``.
    say
        Called with each line of progress.
    system_package
        As the last way, install Debian's Chromium on the machine. Never done unasked.

    Raises
    ------
    BrowserMissing
        If every way failed; the message gives each way's reason.
    """
    remembered = _remembered(project)
    if remembered is not None:
        return remembered
    reasons = []
    ways = [_on_path, _from_playwright, _from_package]
    if system_package:
        ways.append(_from_debian)
    for way in ways:
        started = time.monotonic()
        found = way(project, say)
        if isinstance(found, Browser):
            seconds = time.monotonic() - started
            say(f"Browser: {found.version}, {found.origin} ({seconds:.0f} s).")
            _remember(project, found)
            return found
        say(f"Browser: {found}.")
        reasons.append(found)
    raise BrowserMissing(
        "No browser for tests and print was found. Install Chromium or Chrome so that it is on "
        "PATH, then run the command again. Tried: " + "; ".join(reasons) + "."
    )


def _on_path(project: Path, say: Say) -> Browser | str:
    """Take Chrome or Chromium from PATH."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            browser = _started(Path(found), f"{name} on PATH")
            if browser is not None:
                return browser
    return "none of " + ", ".join(NAMES) + " is on PATH"


def _from_playwright(project: Path, say: Say) -> Browser | str:
    """Take the browser that Playwright downloads, downloading it if need be."""
    target = project / FOLDER / "playwright"
    browser = _playwright_shell(target)
    if browser is not None:
        return browser
    say("Browser: trying Playwright's download (about 110 MB).")
    command = [sys.executable, "-m", "playwright", "install", "chromium", "--only-shell"]
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(target)}
    try:
        subprocess.run(
            command, env=environment, capture_output=True, timeout=DOWNLOAD_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        return f"Playwright's download was not finished after {DOWNLOAD_SECONDS} s"
    except (OSError, subprocess.CalledProcessError):
        return "Playwright's download cannot be reached"
    return _playwright_shell(target) or "Playwright's browser was downloaded but does not start"


def _playwright_shell(target: Path) -> Browser | None:
    """Return the browser that Playwright put below `target`, if it starts."""
    for path in sorted(target.glob("chromium_headless_shell-*/*/*")):
        if path.name.removesuffix(".exe") in {"headless_shell", "chrome-headless-shell"}:
            return _started(path, "Playwright's download")
    return None


def _from_package(project: Path, say: Say) -> Browser | str:
    """Unpack the browser that is inside the npm package."""
    folder = project / FOLDER / "package"
    if not (folder / "chromium").exists():
        say("Browser: unpacking the one inside npm's @sparticuz/chromium (67 MB).")
        try:
            front_end.install(project, tests=True, say=say)
            _unpack(project, folder)
        except (front_end.FrontEndMissing, NodeFailed, NodeMissing) as failure:
            return f"npm's @sparticuz/chromium could not be unpacked ({failure})"
    browser = _with_libraries(folder)
    return browser or "npm's @sparticuz/chromium does not start here, libraries may be missing"


def _unpack(project: Path, folder: Path) -> None:
    """Unpack browser, fonts, graphics and libraries into `folder`, which appears whole."""
    arriving = folder.with_name(folder.name + ".arriving")
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(parents=True)
    archives = [
        str(project / _PACKAGE / "bin" / name)
        for name in ("chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br")
    ]
    # The package unpacks into the folder for temporary files, and only there.
    run_node(
        ["--input-type=module", "--eval", _UNPACK, "--", *archives],
        project,
        {"TMPDIR": str(arriving)},
    )
    shutil.rmtree(folder, ignore_errors=True)
    arriving.rename(folder)


def _with_libraries(folder: Path) -> Browser | None:
    """Start the unpacked browser with the system's libraries, else with those it brings."""
    path, origin = folder / "chromium", "npm package @sparticuz/chromium"
    # A machine without any font would draw empty boxes.
    environment = {} if shutil.which("fc-list") else {"FONTCONFIG_PATH": str(folder / "fonts")}
    brought = {**environment, "LD_LIBRARY_PATH": str(folder / "al2023" / "lib")}
    return _started(path, origin, environment) or _started(path, origin, brought)


def _from_debian(project: Path, say: Say) -> Browser | str:
    """Install Debian's Chromium, which only root can do."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "Debian's package chromium needs root and apt-get"
    say("Browser: installing Debian's package chromium (about 100 MB).")
    try:
        subprocess.run([apt, "update", "-q"], capture_output=True, timeout=300, check=False)
        subprocess.run(
            [apt, "install", "-q", "-y", "--no-install-recommends", "chromium"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            timeout=900,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return "apt-get could not install chromium"
    return _on_path(project, say)


def _started(path: Path, origin: str, environment: dict[str, str] | None = None) -> Browser | None:
    """Return the browser at `path` if it starts and draws a page, else None."""
    added = environment or {}
    # In a process of its own: a caller may have Playwright running already.
    command = [sys.executable, "-c", _PROBE, str(path), *ARGUMENTS]
    try:
        finished = subprocess.run(
            command,
            env={**os.environ, **added},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Browser(str(path), f"Chromium {finished.stdout.strip()}", origin, ARGUMENTS, added)


def _remembered(project: Path) -> Browser | None:
    """Return the browser found before, if its executable is still there."""
    try:
        known = json.loads((project / FOLDER / "found.json").read_text(encoding="utf-8"))
        known["arguments"] = tuple(known["arguments"])
        browser = Browser(**known)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return browser if Path(browser.path).exists() else None


def _remember(project: Path, browser: Browser) -> None:
    """Write down which browser was found."""
    folder = project / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "found.json").write_text(json.dumps(asdict(browser), indent=1), encoding="utf-8")
