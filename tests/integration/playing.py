"""What tests of the player page do with it: wait, seek, and have axe look at it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DENIED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("denied", "SecurityError"); },
});"""

SPY = """
window.handlers = {}; window.registered = [];
const original = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
navigator.mediaSession.setActionHandler = (name, handler) => {
    registered.push([name, handler !== null]);
    handlers[name] = handler;
    original(name, handler);
};
"""


def until(page: Page, expression: str, most_s: float = 10) -> None:
    """Wait until ``expression`` is true. Playwright's own way evaluates in the page, which the policy forbids."""
    end = time.monotonic() + most_s
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never became true: {expression}"
        page.wait_for_timeout(5)


def played_to(page: Page, ms: float) -> None:
    until(page, f"document.getElementById('audio').currentTime * 1000 > {ms}")


def hurry(page: Page) -> None:
    """Play four times as fast, for tests that wait for what comes later in the recording."""
    page.evaluate("document.getElementById('audio').playbackRate = 4")


def now_ms(page: Page) -> float:
    return float(page.evaluate("document.getElementById('audio').currentTime * 1000"))


def go(page: Page, ms: float) -> None:
    page.evaluate("ms => { document.getElementById('audio').currentTime = ms / 1000 }", ms)


def settled(page: Page) -> None:
    until(page, "!document.getElementById('audio').seeking")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def paused(page: Page) -> bool:
    return bool(page.evaluate("document.getElementById('audio').paused"))


OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules of axe that a scheme of colours can break; what all others look at is the same in either."""


def problems(page: Page, rules: Sequence[str] = ()) -> list[str]:
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{problem['id']}: {node['target']} {node['failureSummary']}" for problem in found for node in problem["nodes"]
    ]


def problems_of_schemes(page: Page) -> list[str]:
    """Return what axe finds in light colours, and in dark ones."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = problems(page, OF_COLOUR)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return problems(page) + dark
