"""The table of figures says what was measured and what was not."""

from __future__ import annotations

from carebook.press.bench import Bench, BuildTimes, table
from carebook.press.transfer import Transfer

TIMES = BuildTimes(cold=40.0, warm=4.0, again=8.0, plain_cold=20.0, plain_warm=5.0)


def test_the_table_gives_seconds_and_ratios() -> None:
    lines = table(Bench(TIMES, (), {}, "", ())).splitlines()
    assert "4.0 s  10.0 times faster than cold" in lines[1]
    assert "8.0 s  5.0 times faster than cold" in lines[2]
    assert "2.00" in lines[5]


def test_the_table_sums_the_page_without_its_pictures() -> None:
    transfers = (
        Transfer("index.html", "document", 15_000),
        Transfer("a.woff2", "font", 20_000),
        Transfer("figure.svg", "image", 90_000),
    )
    made = table(Bench(TIMES, transfers, {}, "Chromium 1, a test", ()))
    assert "35,000 B  of 200,000 allowed" in made
    assert "90,000 B  1 not counted" in made


def test_the_table_says_what_could_not_be_measured() -> None:
    made = table(Bench(TIMES, (), {}, "", ("Lighthouse could not run: no browser",)))
    assert "Lighthouse could not run: no browser" in made


def test_scores_are_listed_by_category() -> None:
    made = table(Bench(TIMES, (), {"accessibility": 100}, "", ()))
    assert "Lighthouse, accessibility" in made
    assert "100  of 100" in made
