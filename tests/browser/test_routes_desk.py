"""Every page of the desk through every check; a file for each face, so that both run at once."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.browser.rounds import faults_of
from tests.browser.town import Town
from tests.routes.registry import DESK


def test_every_page_of_the_desk_is_whole(browser: Browser, site: str, town: Town) -> None:
    faults = faults_of(DESK, browser, site, town)
    assert not faults, "\n".join(faults)
