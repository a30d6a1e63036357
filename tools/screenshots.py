"""The pictures of the README: main screens at 360 and 1280 pixels, into docs/images/.

Starts a small demo of its own in var/screenshots, looks at it with Debian's Chromium, and stops it again.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from motcua.config.demo import sample

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
STATE = ROOT / "var/screenshots"
DOSSIERS = 150
PATIENCE = 600  # seconds until the demo must answer
COLOURS = 128
PROCEDURE = "1.001193"  # birth registration
WIDTHS = {"phone": (360, 740), "wide": (1280, 860)}


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name in WIDTHS:
            portal(browser, site, name)
        desk(browser, site)
        browser.close()
    for picture in sorted(IMAGES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KB")
    return 0


def portal(browser: Browser, site: str, name: str) -> None:
    """What a citizen sees, on a phone or on a wide screen."""
    page = opened(browser, name)
    for address, title in (("/", "home"), ("/thu-tuc/?q=lam+khai+sinh", "search")):
        page.goto(site + address)
        keep(page, f"portal-{title}-{name}")
    page.goto(f"{site}/thu-tuc/{PROCEDURE}/")
    keep(page, f"portal-sheet-{name}")
    page.goto(f"{site}/dang-nhap/")
    page.locator("[name=identifier]").fill(sample.personal_id(1))
    page.locator("[name=password]").fill(sample.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/ho-so-cua-toi/")
    keep(page, f"portal-own-{name}")
    page.goto(f"{site}/nop-ho-so/{PROCEDURE}/")
    keep(page, f"portal-file-{name}")
    page.goto(f"{site}/ho-so-cua-toi/")
    codes = page.locator(".mc-card:has(.mc-code)").filter(has_text="hẹn trả").locator(".mc-code")
    page.goto(f"{site}/tra-cuu/{codes.first.inner_text()}")
    page.locator("details").first.evaluate("each => { each.open = true }")
    keep(page, f"portal-tracking-{name}", whole=True)
    page.context.close()


def desk(browser: Browser, site: str) -> None:
    """What officers see: the receiving officer's list and counter, the case officer's work."""
    page = opened(browser, "wide")
    enter(page, site, "chi")
    page.goto(f"{site}/noi-bo/viec-cua-don-vi/")
    keep(page, "desk-unit-wide")
    page.goto(f"{site}/noi-bo/tiep-nhan/")
    keep(page, "desk-intake-wide")
    page.context.clear_cookies()
    enter(page, site, "dung")
    page.goto(f"{site}/noi-bo/viec-cua-toi/")
    keep(page, "desk-work-wide")
    page.locator("main a[href*='/noi-bo/ho-so/']").first.click()
    keep(page, "desk-dossier-wide")
    page.context.close()


def enter(page: Page, site: str, username: str) -> None:
    page.goto(f"{site}/noi-bo/dang-nhap/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(sample.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def opened(browser: Browser, name: str) -> Page:
    width, height = WIDTHS[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    return context.new_page()


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """One picture, in few colours so that it stays small."""
    page.wait_for_load_state("networkidle")
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file, full_page=whole)
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo that is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "motcua.config.cli", "demo", "--port", str(port)]
    command += ["--dossiers", str(DOSSIERS)]
    environment = os.environ | {"MOTCUA_STATE_DIR": str(STATE)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(site, process)
        yield site
    finally:
        process.terminate()
        process.wait(60)


def wait_for(site: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit("screenshots: the demo ended before it was up")
        try:
            with urllib.request.urlopen(f"{site}/ready", timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(1)
    raise SystemExit(f"screenshots: the demo did not answer within {PATIENCE} seconds")


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("screenshots: Chromium is missing (apt-get install chromium)")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
