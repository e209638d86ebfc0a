"""A browser is found or unpacked inside the project, and the machine is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from carebook.press.toolchain import browser

FOUND = browser.Browser("/somewhere/chromium", "Chromium 1", "a test")


def refuse(reason: str) -> object:
    return lambda project, say: reason


def test_ways_are_tried_in_order_until_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_on_path", refuse("none is on PATH"))
    monkeypatch.setattr(browser, "_from_playwright", lambda project, say: FOUND)
    monkeypatch.setattr(browser, "_from_package", refuse("must not be asked"))
    said: list[str] = []
    assert browser.find_browser(tmp_path, said.append) == FOUND
    assert said[0] == "Browser: none is on PATH."
    assert "a test" in said[1]


def test_what_was_found_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable = tmp_path / "chromium"
    executable.touch()
    found = browser.Browser(str(executable), "Chromium 1", "a test", environment={"A": "b"})
    monkeypatch.setattr(browser, "_on_path", lambda project, say: found)
    browser.find_browser(tmp_path)
    monkeypatch.setattr(browser, "_on_path", refuse("must not be asked again"))
    assert browser.find_browser(tmp_path) == found


def test_a_remembered_browser_that_is_gone_is_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_on_path", lambda project, say: FOUND)
    browser.find_browser(tmp_path)
    again = browser.Browser("/elsewhere/chromium", "Chromium 2", "a second look")
    monkeypatch.setattr(browser, "_on_path", lambda project, say: again)
    assert browser.find_browser(tmp_path) == again


def test_when_every_way_fails_each_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_on_path", refuse("first reason"))
    monkeypatch.setattr(browser, "_from_playwright", refuse("second reason"))
    monkeypatch.setattr(browser, "_from_package", refuse("third reason"))
    with pytest.raises(browser.BrowserMissing, match="first reason; second reason; third reason"):
        browser.find_browser(tmp_path)


def test_the_machine_s_packages_are_never_touched_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def from_debian(project: Path, say: object) -> str:
        asked.append(project)
        return "not here"

    for way in ("_on_path", "_from_playwright", "_from_package"):
        monkeypatch.setattr(browser, way, refuse("no"))
    monkeypatch.setattr(browser, "_from_debian", from_debian)
    with pytest.raises(browser.BrowserMissing, match="Install Chromium"):
        browser.find_browser(tmp_path)
    assert asked == []
    with pytest.raises(browser.BrowserMissing, match="not here"):
        browser.find_browser(tmp_path, system_package=True)
    assert asked == [tmp_path]


def test_a_program_that_is_no_browser_is_not_taken(tmp_path: Path) -> None:
    pretender = tmp_path / "chromium"
    pretender.write_text("#!/bin/sh\necho ready\n", encoding="utf-8")
    pretender.chmod(0o755)
    assert browser._started(pretender, "PATH") is None


def test_this_machine_s_browser_draws_a_page(project: Path) -> None:
    found = browser.find_browser(project)
    assert browser._started(Path(found.path), found.origin, found.environment) is not None
