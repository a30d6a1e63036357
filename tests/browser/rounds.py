"""Takes every page of the registry through every check of `inspection.py`, to the end, then tells all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Response
from tests.browser import axe
from tests.browser.inspection import SMALL, WIDE, Inspector
from tests.browser.town import Town
from tests.routes.place import Place, furnish
from tests.routes.registry import Visit

SHOTS = os.environ.get("MOTCUA_SHOTS", "")
# While working on pages: only routes whose name holds one of these, with commas between.
ONLY = os.environ.get("MOTCUA_ROUTES", "").split(",")


def faults_of(visits: tuple[Visit, ...], browser: Browser, site: str, town: Town) -> list[str]:
    """What is wrong on any of the pages, a line each."""
    place, inspector = furnish(town), Inspector()
    with devices(browser, inspector) as (page, plain):
        for visit in [each for each in visits if any(name in each.title for name in ONLY)]:
            with place.there(visit):
                round_of(visit, site, place, inspector, page, plain)
    return inspector.faults


def round_of(visit: Visit, site: str, place: Place, inspector: Inspector, page: Page, plain: Page) -> None:
    """One page through every check."""
    address = site + place.address(visit)
    enter(page.context, site, place, visit)
    page.set_viewport_size(WIDE)
    inspector.note(visit.title, "answer", wrong(page.goto(address), address))
    inspector.look(page, visit.title)
    picture(page, visit)
    enter(page.context, site, place, visit, "en")
    page.set_viewport_size(WIDE)
    page.goto(address)
    inspector.in_english(page, visit.title)
    if visit.face == "portal":
        enter(plain.context, site, place, visit)
        plain.goto(address)
        inspector.without_script(plain, visit.title)
    inspector.note(visit.title, "console", inspector.complaints[:])
    inspector.complaints.clear()


@contextmanager
def devices(browser: Browser, inspector: Inspector) -> Iterator[tuple[Page, Page]]:
    """A page with scripts whose reader has asked for little motion, and one without scripts."""
    common = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
    usual = browser.new_context(viewport=WIDE, reduced_motion="reduce", **common)  # type: ignore[arg-type]
    plain = browser.new_context(viewport=SMALL, java_script_enabled=False, **common)  # type: ignore[arg-type]
    page = axe.prepare(usual).new_page()
    inspector.listen(page)
    yield page, plain.new_page()
    usual.close()
    plain.close()


def enter(context: BrowserContext, site: str, place: Place, visit: Visit, language: str = "vi") -> None:
    """The browser is now that of whoever makes this visit."""
    context.clear_cookies()
    cookies = place.client(visit, language).cookies
    names = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    context.add_cookies([{"name": name, "value": cookies[name].value, "url": site} for name in names])


def wrong(answer: Response | None, address: str) -> str:
    if answer is None or answer.status != 200 or answer.url != address:
        return f"{answer and answer.status} {answer and answer.url}"
    return ""


def picture(page: Page, visit: Visit) -> None:
    """Kept where MOTCUA_SHOTS names a folder: each page small and wide."""
    if SHOTS:
        name = visit.title.replace(":", "-").replace(" ", "-")
        page.screenshot(path=f"{SHOTS}/{name}-320.png", full_page=True)
        page.set_viewport_size(WIDE)
        page.screenshot(path=f"{SHOTS}/{name}-1280.png", full_page=True)
