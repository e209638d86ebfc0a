"""Everything that can be done with a mouse can be done with a keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

STOPS_AT_MOST = 120
QUIZ = r'<form[^>]*class="[^"]*bc-quiz'

# The controls in the order of the page, numbered; a group of radio buttons is one stop.
NUMBER_STOPS = """() => {
  const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, "
    + "[tabindex]:not([tabindex='-1'])";
  const groups = new Set();
  return [...document.querySelectorAll(selector)].filter((part) => {
    if (!part.checkVisibility({ visibilityProperty: true }) || part.disabled) return false;
    if (part.type !== "radio") return true;
    const group = `${part.form?.id} ${part.name}`;
    return groups.has(group) ? false : groups.add(group);
  }).map((part, index) => { part.dataset.stop = index; return part.outerHTML.slice(0, 90); });
}"""
# A blurred field would still be where the next Tab starts.
START_AT_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
HERE = """() => {
  const part = document.activeElement;
  if (part === document.body || part === null) return null;
  // A link over two lines is where its first line is.
  const box = part.getClientRects()[0] ?? part.getBoundingClientRect();
  // What is taller than the window is seen where it passes through it.
  const above = box.height > innerHeight ? innerHeight / 2 : box.top + Math.min(box.height, 20) / 2;
  const [x, y] = [box.left + Math.min(box.width, 30) / 2, above];
  const inside = y > 0 && y < innerHeight && x > 0 && x < innerWidth;
  const top = inside ? document.elementFromPoint(x, y) : null;
  const ringed = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const card = part.matches(".door .sd-card-title a") ? part.closest(".door") : part;
  const labels = part.labels ? [...part.labels].map((label) => label.textContent) : [];
  const named = (part.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent ?? "");
  const name = [part.getAttribute("aria-label") ?? "", ...named, ...labels, part.textContent,
    part.title].join("").trim();
  return {
    stop: Number(part.dataset.stop ?? -1),
    html: part.outerHTML.slice(0, 90),
    seen: inside && top !== null && (part.contains(top) || top.contains(part)),
    ring: ringed(card), name,
  };
}"""


def stop_faults(stop: dict[str, Any]) -> list[str]:
    faults = []
    if not stop["seen"]:
        faults.append(f"hidden when focused: {stop['html']}")
    if not stop["ring"]:
        faults.append(f"no visible focus: {stop['html']}")
    if not stop["name"]:
        faults.append(f"no name: {stop['html']}")
    return faults


def walk(page: Any, stops: list[str]) -> list[str]:
    """Press Tab through the page and return what is wrong at its stops, and stops left out."""
    faults: list[str] = []
    for expected, html in enumerate(stops[:STOPS_AT_MOST]):
        page.keyboard.press("Tab")
        stop = page.evaluate(HERE)
        if stop is None or stop["stop"] != expected:
            came = stop["html"] if stop else "the end of the page"
            return [*faults, f"Tab should reach {html} and reached {came}"]
        faults += stop_faults(stop)
    return faults


def test_tab_reaches_every_control_in_order_with_visible_focus(
    pages: list[str], visit: Callable[..., Any]
) -> None:
    found = {}
    for path in pages:
        with visit(path) as visited:
            # The search page puts the focus into its field; start from the top everywhere.
            visited.page.evaluate(START_AT_THE_TOP)
            found[path] = walk(visited.page, visited.page.evaluate(NUMBER_STOPS))
    report = "\n".join(f"{path}: {fault}" for path, faults in found.items() for fault in faults)
    assert not report, report


def test_the_first_tab_offers_to_skip_to_the_text(
    page_with: Callable[[str], str], visit: Callable[..., Any]
) -> None:
    with visit(page_with("<h1")) as visited:
        page = visited.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_enter_and_space_change_the_colours_and_the_choice_lasts(
    page_with: Callable[[str], str], visit: Callable[..., Any]
) -> None:
    with visit(page_with("data-colours"), color_scheme="light") as visited:
        page = visited.page
        button = page.get_by_role("button", name="Dark colours")
        assert button.get_attribute("aria-pressed") == "false"
        button.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.get_by_role("button", name="Dark colours").focus()
        page.keyboard.press("Space")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_the_contents_open_and_close_on_a_small_screen(
    page_with: Callable[[str], str], visit: Callable[..., Any]
) -> None:
    with visit(page_with("data-contents"), width=320) as visited:
        page = visited.page
        button = page.get_by_role("button", name="Contents")
        assert not page.locator("#contents").is_visible()
        button.focus()
        page.keyboard.press("Enter")
        assert page.locator("#contents").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not page.locator("#contents").is_visible()
        assert button.evaluate("part => part === document.activeElement")


def test_a_quiz_is_answered_by_keyboard_and_says_so(
    page_with: Callable[[str], str], visit: Callable[..., Any]
) -> None:
    with visit(page_with(QUIZ)) as visited:
        page = visited.page
        quiz = page.locator("form.bc-quiz:has(input[type=radio])").first
        options = quiz.locator("input[type=radio]")
        options.first.focus()
        page.keyboard.press("Space")
        assert options.first.is_checked()
        page.keyboard.press("ArrowDown")
        assert options.nth(1).is_checked(), "the arrows move between radio buttons"
        quiz.get_by_role("button", name="Check").focus()
        page.keyboard.press("Enter")
        spoken = quiz.locator("[aria-live=polite]")
        spoken.wait_for(state="visible")
        assert len(spoken.inner_text().strip()) > 20


def test_the_book_can_be_searched_by_keyboard(
    page_with: Callable[[str], str], visit: Callable[..., Any]
) -> None:
    with visit("search.html") as visited:
        page = visited.page
        page.get_by_label("Words to look for").focus()
        page.keyboard.type("burnout")
        page.keyboard.press("Enter")
        page.locator("#search-results li a").first.wait_for(timeout=10_000)
        assert "burnout" in page.locator("#search-results").inner_text().lower()
        assert visited.errors == []
