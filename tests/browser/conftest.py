"""A real Chromium against a live server. Every page that is visited is checked by axe-core.

Chromium comes from Debian (`apt-get install chromium-headless-shell`: without windows, it takes a quarter
less of the processor; the one with windows serves as well). Without it the browser tests are left out with
the reason printed; under `CI=true` that is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe
from tests.browser.cables import Cable
from tests.browser.town import Town, make_town, working_clock
from tests.notify.mailroom import MailRoom

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.desk import clock
from motcua.portal import who
from motcua.process import queries as process

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
SHOTS = os.environ.get("MOTCUA_SHOTS", "")  # a folder: keep a picture of every page that is checked
SMALLEST = 320
BARE = "/robots.txt"  # nothing but an address of ours, where a document can be shown with what it links to


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    lacking = "" if found else "chromium (apt-get install chromium-headless-shell)"
    if not axe.SOURCE.is_file():
        lacking = "axe-core (python tools/build_assets.py --with-tests)"
    if lacking and os.environ.get("CI"):
        pytest.fail(f"browser tests need {lacking}")
    if lacking:
        pytest.skip(f"browser tests left out: {lacking} is missing")
    return str(found)


@pytest.fixture(scope="session", autouse=True)
def found_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All processes of a run know what each has looked at: their folders lie in one."""
    own = tmp_path_factory.getbasetemp()
    axe.whole.folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "found-whole"
    axe.whole.folder.mkdir(exist_ok=True)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Playwright's own loop runs in this thread as long: whatever else wants one there must come after."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        arguments = ["--disable-gpu"]  # where there is none, the processor would play one
        arguments += ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module", autouse=True)
def pooled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """As in `motcua serve`: each request is a thread, and a new connection learns the catalogue anew."""
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        connections.close_all()
        options["pool"] = {"min_size": 1, "max_size": 20, "timeout": 10}
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        connection.close_pool()
        del options["pool"]


@pytest.fixture
def site(live_server: LiveServer, transactional_db: None, settings: Settings) -> str:
    """The address of the live server, which stands on the test database; the rows go after each test."""
    settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = live_server.url, [live_server.url]
    return str(live_server.url)


@pytest.fixture
def cable(site: str, settings: Settings) -> Iterator[Cable]:
    """A cable to the site that a test may cut."""
    laid = Cable(site)
    settings.CSRF_TRUSTED_ORIGINS = [laid.url]
    yield laid
    laid.close()


@pytest.fixture
def mailroom(settings: Settings) -> Iterator[MailRoom]:
    """A real SMTP server that keeps what arrives."""
    room = MailRoom()
    room.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", room.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield room
    room.stop()


@pytest.fixture
def town(site: str, mailroom: MailRoom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The commune of `town.py` behind the live server; both faces follow its clock."""
    forget_all()
    now = working_clock(timezone.localtime())
    monkeypatch.setattr(who, "now", now)
    monkeypatch.setattr(clock, "now", now)
    yield make_town(now, mailroom)
    forget_all()


def forget_all() -> None:
    """Ids are given anew by every test, so nothing that was kept by id may outlive one."""
    for queries in (agencies, catalogue, process):
        queries.forget()


class Visitor:
    """One person at one device: a page that is checked by axe whenever it has loaded."""

    serial = 0
    is_looked_at = True  # False where another test looks at the same pages: only complaints are heard then

    def __init__(self, context: BrowserContext, site: str, name: str, mirror: Page | None) -> None:
        self.context, self.site, self.name, self.mirror = context, site, name, mirror
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.faults: list[str] = []
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
        self.wait_until_sent()
        return self.check()

    def wait_until_sent(self) -> None:
        """Until a form that a script sends (js/sending.js) has its answer, and its page is there."""
        if self.mirror is None:
            self.page.wait_for_function("() => !document.querySelector('form[data-mc-busy]')")
        self.page.wait_for_load_state()

    def follow(self, name: str, *, exact: bool = True) -> Page:
        """Follow a link, also one that looks like a button."""
        return self.press(name, role="link", exact=exact)

    def fill(self, **labelled: str) -> None:
        """Fill fields by their name attribute."""
        for name, value in labelled.items():
            self.page.locator(f"[name='{name}']").first.fill(value)

    def check(self) -> Page:
        """Note what is wrong here: axe violations, a page wider than the window, errors in the console.

        A page on a wide screen is made small for a moment and looked at again. All that was noted fails the
        test at its end, so that one run tells of every page.
        """
        self.wait_until_sent()
        if not self.is_looked_at:
            self.note("", self.complaints)
            self.complaints.clear()
            return self.page
        glass = self.looking_glass if self.mirror else None
        self.note("", [*axe.look(self.page, axe.EVERYTHING, glass), *self.too_wide()])
        window = self.page.viewport_size
        if self.mirror is None and window and window["width"] > SMALLEST:
            self.page.set_viewport_size(ViewportSize(width=SMALLEST, height=window["height"]))
            is_new, colours = axe.has_new_looks(self.page, "small"), axe.has_new_colours(self.page)
            small = axe.ask(self.page, axe.AT_ANY_SIZE, with_colours=colours) if is_new or colours else []
            self.note(f" at {SMALLEST} px", [*small, *self.too_wide()])
            self.page.set_viewport_size(window)
        self.note("", self.complaints)
        self.complaints.clear()
        if SHOTS:
            Visitor.serial += 1
            self.page.screenshot(path=f"{SHOTS}/{self.name}-{Visitor.serial:03d}.png", full_page=True)
        return self.page

    def note(self, how: str, faults: list[str]) -> None:
        if faults:
            where = f"{self.page.url} ({self.page.title()}){how}"
            self.faults += [f"{where}: {fault}" for fault in faults]

    def too_wide(self) -> list[str]:
        more = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return [f"{more} px wider than the window"] if more > 0 else []

    def looking_glass(self) -> Page:
        """The same document where scripts run, without its own: axe cannot look where they are off."""
        assert self.mirror is not None
        if not self.page.url.startswith(self.site):  # a book on a disk, which its scripts change in nothing
            self.mirror.goto(self.page.url)
            return self.mirror
        body = re.sub(r"<script\b.*?</script>", "", self.page.content(), flags=re.DOTALL)
        if not self.mirror.url.startswith(self.site):
            self.mirror.goto(self.site + BARE)
        self.mirror.set_content(body)
        return self.mirror


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[NewVisitor]:
    """`visitor(width=360, script=False)` opens a fresh device."""
    opened: list[Visitor] = []

    def open_device(*, width: int = 1280, script: bool = True) -> Visitor:
        window = ViewportSize(width=width, height=800)
        context = browser.new_context(
            viewport=window, java_script_enabled=script, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        glass = None if script else browser.new_context(viewport=window, locale="vi-VN")
        mirror = axe.prepare(glass).new_page() if glass else None
        opened.append(Visitor(axe.prepare(context), site, f"{width}-{'js' if script else 'plain'}", mirror))
        return opened[-1]

    yield open_device
    for each in opened:
        each.context.close()
        if each.mirror:
            each.mirror.context.close()
    faults = [fault for each in opened for fault in each.faults]
    assert not faults, "\n".join(faults)
