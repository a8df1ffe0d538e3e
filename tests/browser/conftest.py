"""A real browser on the test server: pages that must be free of errors, in light and dark, wide and narrow.

`new_page(user, width=…, scheme=…, scripts=…)` opens a page; whatever it complains about in the
console (a refused script or style, a missing file, an uncaught error) fails the test at its end.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.core import mail
from django.test import Client
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 60_000  # how long to wait for what will come; a busy machine takes its time
expect.set_options(timeout=PATIENCE_MS)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--mute-audio",
]
# Without preload: axe would ask for imported style sheets at the page's own address.
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
NARROW, PHONE, WIDE = 320, 360, 1280
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.fail("Chromium is missing. Run: sudo apt-get install --yes chromium")
    with sync_playwright() as playwright:
        before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
            "1"  # Playwright keeps an event loop in this thread
        )
        # The browser has today's clock: libfaketime keeps its threads spinning, no script asks it.
        own = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=own)
        yield running
        running.close()
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def patient_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a click that leads on wait for the whole page: styles that come later move what is pressed."""
    click = Locator.click

    def and_wait(locator: Locator, **options: object) -> None:
        click(locator, **options)
        locator.page.wait_for_load_state()

    monkeypatch.setattr(Locator, "click", and_wait)


@pytest.fixture
def new_page(browser: Browser, live_server, settings) -> Iterator[NewPage]:
    """Open a page, signed in as the user given; console errors fail the test."""
    settings.REQUIRE_SECOND_FACTOR = False  # its own journeys ask for it
    contexts, complaints = [], []

    def opened(
        user=None, *, width: int = WIDE, scheme: str = "light", scripts: bool = True, language="fi"
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale=language,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        watch(page, complaints)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of somebody who has not signed in."""
    return new_page()


@pytest.fixture
def signed_in_page(new_page: NewPage) -> NewPage:
    """Same as new_page, named for what it is mostly used for: signed_in_page(user)."""
    return new_page


@pytest.fixture
def axe_clean() -> Callable[[Page], None]:
    """Assert that axe finds no violation on the page as it stands, in light and in dark."""

    def clean(page: Page) -> None:
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{scheme}: {each}" for each in violations(page)]
        assert found == []

    return clean


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Assert that nothing reaches over the right edge of the page."""

    def fitting(page: Page) -> None:
        page.wait_for_load_state()  # a page without its styles is wider
        width = page.viewport_size["width"]
        wider = page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .filter((e) => !e.closest(".table-frame, pre, .visually-hidden, [popover], svg"))
                .map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, wider[:5]

    return fitting


def sign_in_by_code(page: Page, email: str, *, there: str = "/accounts/login/") -> None:
    """Ask for a code, read it from the mail, enter it."""
    page.goto(there)
    page.get_by_label("Sähköposti").first.fill(email)
    page.get_by_role("button", name="Lähetä koodi").click()
    page.wait_for_url(lambda url: "/login/code/confirm/" in url)
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()
    page.locator("input[name=code]").fill(code)
    page.locator("main form").filter(has=page.locator("input[name=code]")).locator(
        "button"
    ).first.click()


def violations(page: Page) -> list[str]:
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in Axe().run(page, options=AXE_OPTIONS).response["violations"]
        for node in rule["nodes"]
    ]


def session_cookie(user, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = configured.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def watch(page: Page, complaints: list[str]) -> None:
    """Collect what the browser complains about; a refused page or form (4xx) is the test's matter."""
    answered: set[str] = set()

    def on_response(response: Response) -> None:
        if response.request.is_navigation_request() or response.status == 422:
            answered.add(response.url)

    def on_console(message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text and message.location["url"] in answered
        if message.type == "error" and not expected:
            complaints.append(f"{page.url}: {message.text}")

    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
