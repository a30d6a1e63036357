"""A real Chromium against a live server. Every page that is visited is checked by axe-core.

Chromium comes from Debian (`apt-get install chromium`). Without it the browser tests are left out with the
reason printed; under `CI=true` that is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own loop runs in this thread

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    lacking = "chromium (apt-get install chromium)" if not found else ""
    if not AXE.is_file():
        lacking = "axe-core (python tools/build_assets.py --with-tests)"
    if lacking and os.environ.get("CI"):
        pytest.fail(f"browser tests need {lacking}")
    if lacking:
        pytest.skip(f"browser tests left out: {lacking} is missing")
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: LiveServer, transactional_db: None) -> Iterator[str]:
    """The address of the live server, which stands on the test database; the rows go after each test."""
    before = settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS
    settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = live_server.url, [live_server.url]
    yield live_server.url
    settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = before


class Visitor:
    """One person at one device: a page that is checked by axe whenever it has loaded."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context, self.site = context, site
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path if path.startswith("/") else path)
        return self.check()

    def press(self, name: str, *, role: Any = "button", exact: bool = True) -> Page:
        """Press a button or follow a link by the words on it, and look at the page that comes."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        return self.check()

    def follow(self, name: str, *, exact: bool = True) -> Page:
        return self.press(name, role="link", exact=exact)

    def fill(self, **labelled: str) -> None:
        """Fill fields by their name attribute."""
        for name, value in labelled.items():
            self.page.locator(f"[name='{name}']").first.fill(value)

    def check(self) -> Page:
        """No axe violation, nothing wider than the window, no error in the console."""
        self.page.wait_for_load_state("load")
        violations = self.axe()
        where = f"{self.page.url} ({self.page.title()})"
        assert violations == [], f"axe on {where}:\n" + "\n".join(violations)
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, f"{where} is {too_wide} px wider than the window"
        assert self.complaints == [], f"on {where}: {self.complaints}"
        return self.page

    def axe(self) -> list[str]:
        """The violations on this page, one line each. Read in the page's own world: CSP stays on."""
        session = self.context.new_cdp_session(self.page)
        expression = f"{AXE.read_text(encoding='utf-8')};axe.run(document, {json.dumps(RULES)})"
        expression = f"(async () => {{ {expression.replace(';axe.run', ';return await axe.run')} }})()"
        answer = session.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        session.detach()
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return [
            f"{found['id']}: {found['help']} – {node['html'][:160]}"
            for found in answer["result"]["value"]["violations"]
            for node in found["nodes"]
        ]


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[NewVisitor]:
    """`visitor(width=360, script=False)` opens a fresh device."""
    contexts: list[BrowserContext] = []

    def open_device(*, width: int = 1280, script: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        contexts.append(context)
        return Visitor(context, site)

    yield open_device
    for context in contexts:
        context.close()
