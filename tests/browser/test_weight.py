"""What a page weighs on the line: for the first visit and for the next one, when files are kept."""

from __future__ import annotations

import gzip

import brotli
import pytest
from playwright.sync_api import Browser, Response
from tests.browser.test_portal_public import world  # noqa: F401 - the fixture
from tests.dossiers.world import World

from motcua.dossiers import queries

FIRST_VISIT, TRACKING, NEXT_VISIT = 150_000, 60_000, 30_000
STATIC_TEXT = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


class Scales:
    """Bytes of every answer as they travel: pages by gzip, static texts by brotli, fonts as they are."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": 360, "height": 740})
        self.page = self.context.new_page()
        self.answers: list[Response] = []
        self.page.on("response", lambda answer: self.answers.append(answer))

    def weigh(self, path: str) -> tuple[int, int]:
        """(all that a first visit brings, the page alone)."""
        self.answers.clear()
        self.page.goto(self.site + path)
        self.page.wait_for_load_state("networkidle")
        sizes = [self.size(answer) for answer in self.answers if answer.status == 200]
        return sum(sizes), sizes[0]

    @staticmethod
    def size(answer: Response) -> int:
        body, kind = answer.body(), answer.headers.get("content-type", "")
        if kind.startswith("text/html"):
            return len(gzip.compress(body))
        return len(brotli.compress(body)) if kind.startswith(STATIC_TEXT) else len(body)


@pytest.fixture
def code(world: World) -> str:  # noqa: F811
    return queries.state_of(world.until("approve").dossier_id).code


def test_pages_are_light(browser: Browser, site: str, code: str) -> None:
    pages = ("/", "/thu-tuc/", "/thu-tuc/1.000001/", "/cong-khai/so-lieu/", "/huong-dan/", "/co-quan/")
    heavy = {}
    for path, most in [*((path, FIRST_VISIT) for path in pages), (f"/tra-cuu/{code}", TRACKING)]:
        scales = Scales(browser, site)
        first, alone = scales.weigh(path)
        scales.context.close()
        if first > most or alone > NEXT_VISIT:
            heavy[path] = (first, alone)
    assert heavy == {}


def test_pages_travel_compressed(browser: Browser, site: str, code: str) -> None:
    scales = Scales(browser, site)
    scales.weigh("/")
    assert scales.answers[0].headers["content-encoding"] == "gzip"
    scales.context.close()
