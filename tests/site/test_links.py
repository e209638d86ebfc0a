"""Every link inside the site leads somewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup


@cache
def soup(page: Path) -> BeautifulSoup:
    """Return a page, parsed once."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@cache
def targets(page: Path) -> frozenset[str]:
    """Return the ids and names that a link may lead to."""
    named = {str(tag["name"]) for tag in soup(page).find_all("a", attrs={"name": True})}
    return frozenset(str(tag["id"]) for tag in soup(page).find_all(id=True)) | named


def broken_links(page: Path) -> list[str]:
    """Return the links and sources of a page that lead nowhere in the site."""
    broken = []
    for tag, attribute in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
        for node in soup(page).find_all(tag, attrs={attribute: True}):
            address = urlsplit(str(node[attribute]))
            if address.scheme or address.netloc:
                continue
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            if not target.is_file():
                broken.append(f"{address.geturl()}: no such file")
            elif (
                address.fragment
                and target.suffix == ".html"
                and unquote(address.fragment) not in targets(target)
            ):
                broken.append(f"{address.geturl()}: no such place on the page")
    return broken


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    found = {
        str(page.relative_to(site)): broken
        for page in sorted(site.rglob("*.html"))
        if (broken := broken_links(page))
    }
    assert found == {}


@pytest.mark.parametrize("link", ["missing.html", "there.html#nowhere", "#nowhere"])
def test_a_broken_link_is_found(tmp_path: Path, link: str) -> None:
    (tmp_path / "there.html").write_text("<h1 id='top'>There</h1>", encoding="utf-8")
    page = tmp_path / "here.html"
    page.write_text(f"<a href='{link}'>x</a><a href='there.html#top'>y</a>", encoding="utf-8")
    assert [line.split(":")[0] for line in broken_links(page)] == [link]
