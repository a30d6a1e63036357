"""What a page weighs on the line, as Chromium counts it, from a server set up as in production."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser
from pytest_django import Settings
from tests.browser.test_portal_public import world  # noqa: F401 - the fixture
from tests.dossiers.world import World

from motcua.dossiers import queries
from motcua.theme.guides import drawn

FIRST_VISIT, TRACKING, NEXT_VISIT = 150_000, 60_000, 30_000
PAGES = ("/", "/thu-tuc/", "/thu-tuc/1.000001/", "/cong-khai/so-lieu/", "/huong-dan/", "/co-quan/", "/so-do/")
FOR_EVER = "max-age=315360000, public, immutable"


@pytest.fixture
def line(world: World, settings: Settings, tmp_path: Path) -> Iterator[str]:  # noqa: F811
    """The address of our application with its files collected, hashed and compressed; nothing before it."""
    hashed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STATIC_ROOT, settings.STORAGES = tmp_path, settings.STORAGES | {"staticfiles": hashed}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.scss"])
    server = LiveServerThread("127.0.0.1", lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    drawn.body.cache_clear()  # it names its pictures by their hashes here, and by their names elsewhere
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    drawn.body.cache_clear()


@pytest.fixture
def code(world: World) -> str:  # noqa: F811
    return queries.state_of(world.until("approve").dossier_id).code


@dataclass
class Load:
    """One visit: bytes that travelled, headers and bodies together, and the headers of each answer."""

    bytes: int = 0
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


class Scales:
    """A device whose browser keeps what it was told to keep."""

    def __init__(self, browser: Browser, line: str, width: int = 360, *, script: bool = True) -> None:
        self.line = line
        self.context = browser.new_context(
            viewport={"width": width, "height": 740}, java_script_enabled=script
        )
        self.page = self.context.new_page()
        self.load = Load()
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.responseReceived", self._received)

    def _finished(self, event: dict[str, Any]) -> None:
        self.load.bytes += int(event["encodedDataLength"])

    def _received(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if not answer.get("fromDiskCache"):
            headers = {name.lower(): value for name, value in answer["headers"].items()}
            self.load.answers[answer["url"].removeprefix(self.line)] = headers

    def visit(self, path: str) -> Load:
        self.load = Load()
        self.page.goto(self.line + path)
        self.page.wait_for_load_state("networkidle")
        return self.load


def test_pages_are_light_at_the_first_visit_and_lighter_at_the_next(
    browser: Browser, line: str, code: str
) -> None:
    heavy = []
    for path, most in [*((path, FIRST_VISIT) for path in PAGES), (f"/tra-cuu/{code}", TRACKING)]:
        scales = Scales(browser, line)
        first, again = scales.visit(path).bytes, scales.visit(path).bytes
        scales.context.close()
        if first > most or not 0 < again <= NEXT_VISIT:
            heavy.append(f"{path}: {first} bytes, then {again}")
    assert heavy == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False])
def test_guide_is_light_with_all_its_pictures(browser: Browser, line: str, width: int, script: bool) -> None:
    """Without script a browser fetches all pictures at once, however far below they stand."""
    scales = Scales(browser, line, width, script=script)
    load = scales.visit("/huong-dan/nguoi-dan/")
    scales.context.close()
    pictures = [path for path in load.answers if path.endswith(".avif")]
    assert load.bytes <= FIRST_VISIT
    assert script or len(pictures) == 6


def test_pages_and_files_travel_compressed_and_files_are_kept_for_ever(browser: Browser, line: str) -> None:
    scales = Scales(browser, line)
    answers = scales.visit("/").answers
    scales.context.close()
    page, files = answers.pop("/"), answers
    assert page["content-encoding"] == "gzip"
    assert {headers["cache-control"] for headers in files.values()} == {FOR_EVER}
    texts = {path: headers for path, headers in files.items() if path.endswith((".css", ".js"))}
    assert len(texts) > 1
    assert {headers.get("content-encoding") for headers in texts.values()} == {"br"}
