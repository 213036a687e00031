"""Debian's Chromium on a phone, in Japanese.

    def test_a_customer_answers(page, violations):
        page.goto("/s/…/")                        # the path on our live server
        ...
        assert violations(page) == []

    page                      390 × 844, ja-JP, JavaScript on
    page_without_javascript   the same, JavaScript off
    open_page(**options)      any other: options of playwright's `new_context`
    violations(page)          what axe finds wrong with it, as readable lines; want []
    violations(page, ".desk") the same of our part of a page; `options` are axe's own

A test fails when its page raises a JavaScript error, breaks the Content-Security-Policy or asks
anybody but our own server for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from tests.parts import chromium
from tests.parts.server import PATIENCE

STANDS_STILL = "Promise.allSettled(document.getAnimations().map((each) => each.finished))"
MOST_MILLISECONDS = 1000 * PATIENCE  # that a page may take: the machine may be very busy
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Playwright keeps an event loop running here, which Django must be told to allow."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=MOST_MILLISECONDS)
        browser = playwright.chromium.launch(**chromium.launch())
        yield browser
        browser.close()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong in the pages of this test. A test that expects a fault clears the list."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(
    browser: Browser, live_server, settings, faults: list[str]
) -> Iterator[Callable[..., Page]]:
    """`open_page(**options)` gives a page in a fresh profile; paths are those of our server."""
    settings.SITE_URL = live_server.url
    with ExitStack() as contexts:

        def open_page(**options: object) -> Page:
            context = browser.new_context(**{"base_url": live_server.url, **PHONE, **options})
            contexts.callback(context.close)
            context.set_default_timeout(MOST_MILLISECONDS)
            context.route("**/*", lambda route: _stay_home(route, live_server.url, faults))
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(f"JavaScript: {error}"))
            page.on("console", lambda message: _listen(message, faults))
            return page

        yield open_page


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def page_without_javascript(open_page: Callable[..., Page]) -> Page:
    return open_page(java_script_enabled=False)


@pytest.fixture
def violations() -> Callable[..., list[str]]:
    """What axe finds wrong with a page, WCAG 2.2 AA and good practice, one line for each place."""
    axe = Axe()

    def violations(
        page: Page, within: str | None = None, *, options: dict[str, object] | None = None
    ) -> list[str]:
        page.evaluate(STANDS_STILL)  # half-way from day to night no colour is right
        found = axe.run(page, within, options).response["violations"]
        return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]

    return violations


def _stay_home(route: Route, home: str, faults: list[str]) -> None:
    url = route.request.url
    if url.startswith(home) or urlsplit(url).scheme in {"data", "blob"}:
        route.continue_()
    else:
        faults.append(f"asked a stranger: {url}")
        route.abort()


def _listen(message: ConsoleMessage, faults: list[str]) -> None:
    # A page of 404 or 422 is an "error" to Chromium's console and none to us.
    if message.type == "error" and "the server responded with a status of" not in message.text:
        faults.append(f"console: {message.text}")
