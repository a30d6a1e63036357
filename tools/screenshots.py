"""The pictures of the README and of the guides: main screens on a phone and on a wide window.

Those of the README go into docs/images/; those of the guides ship with the system, with their sizes in a
list, so that a page does not jump while they come. Starts a small demo of its own in var/screenshots, looks
at it with Debian's Chromium, and stops it again; `--site ADDRESS` looks at a demo that runs already.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tools.guides import main as write_guides

from motcua.config.demo import sample
from motcua.theme.guides import library

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
GUIDES = ROOT / "src/motcua/theme/static/theme/guides"
SIZES = ROOT / "src/motcua/theme/data/guides/pictures.json"
STATE = ROOT / "var/screenshots"
DOSSIERS = 150
PATIENCE = 600  # seconds until the demo must answer
COLOURS = 128
SLOW = 120_000  # milliseconds that a page may take on a busy machine
PROCEDURE = "1.001193"  # birth registration
LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "motcua_language"
DUE = re.compile("hẹn trả|due")  # on the card of a dossier that was accepted
WIDTHS = {"phone": (360, 740), "wide": (1280, 860)}
QUALITY = 40  # of WebP: letters stay sharp, and the fullest page stays under 60 KB
LIGHT_WIDTH, LIGHT_QUALITY = 820, 27  # letters can be read, and six pictures stay light


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", help="a demo that runs already")
    parser.add_argument("--only", choices=("readme", "guides"), help="only these pictures")
    parser.add_argument("--picture", action="append", help="only this picture of the guides; may be repeated")
    options = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    running = nullcontext(options.site) if options.site else demo()
    with running as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox"],
        )
        if options.only != "guides" and not options.picture:
            for name in WIDTHS:
                portal(browser, site, name)
            desk(browser, site)
        if options.only != "readme":
            guides(browser, site, frozenset(options.picture or ()))
        browser.close()
    write_guides()
    for picture in sorted([*IMAGES.glob("*.png"), *GUIDES.glob("*.webp")]):
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
    filing(page, site)
    keep(page, f"portal-file-{name}")
    page.goto(f"{site}/ho-so-cua-toi/")
    codes = page.locator(".mc-card:has(.mc-code)").filter(has_text=DUE).locator(".mc-code")
    page.goto(f"{site}/tra-cuu/{codes.first.inner_text()}")
    page.locator("main details").first.evaluate("each => { each.open = true }")
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


# --- Guides -----------------------------------------------------------------------------------------------
def guides(browser: Browser, site: str, wanted: Collection[str] = ()) -> None:
    """Every picture that the guides name, or those `wanted`, in both languages and widths."""
    GUIDES.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    if wanted:
        sizes = json.loads(SIZES.read_text(encoding="utf-8"))
    else:
        for old in [*GUIDES.glob("*.webp"), *GUIDES.glob("*.avif")]:
            old.unlink()
    for language, width, person in product(LANGUAGES, WIDTHS, SCENES):
        scenes = {name: scene for name, scene in SCENES[person].items() if not wanted or name in wanted}
        if not scenes:
            continue
        page = opened(browser, width)
        page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": site}])
        log_in_as(page, site, person)
        for name, scene in scenes.items():
            scene(page, site)
            size = keep_for_guide(page, library.file_of(name, width, language))
            sizes.setdefault(language, {}).setdefault(name, {})[width] = size
        page.context.close()
    SIZES.write_text(json.dumps(sizes, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    library.pictures.cache_clear()


def log_in_as(page: Page, site: str, person: str) -> None:
    if person == "an":
        page.goto(f"{site}/dang-nhap/")
        page.locator("[name=identifier]").fill(sample.personal_id(1))
        page.locator("[name=password]").fill(sample.PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/ho-so-cua-toi/")
    elif person:
        enter(page, site, person)


def at(path: str) -> Callable[[Page, str], None]:
    """The page of an address as it opens."""

    def scene(page: Page, site: str) -> None:
        page.goto(site + path)

    return scene


def tracked(page: Page, site: str) -> None:
    page.goto(f"{site}/ho-so-cua-toi/")
    codes = page.locator(".mc-card:has(.mc-code)").filter(has_text=DUE).locator(".mc-code")
    page.goto(f"{site}/tra-cuu/{codes.first.inner_text()}")


def filing(page: Page, site: str) -> None:
    """The first page of a filing on which something is typed; nothing is sent."""
    page.goto(f"{site}/nop-ho-so/{PROCEDURE}/?cho=toi")
    page.locator("details.mc-fold summary").first.click()
    page.locator("[name=agency]").first.check()
    page.locator("#step button[type=submit]").click()
    page.locator("[name=personal_id]").wait_for()


def intake(page: Page, site: str) -> None:
    """The counter with a person and a procedure on it; nothing is sent."""
    page.goto(f"{site}/noi-bo/tiep-nhan/")
    page.locator("[name=name]").fill("Nguyễn Thị Mẫu")
    page.locator("[name=procedure_text]").fill("khai sinh")
    page.get_by_role("button", name=re.compile("Tìm thủ tục|Find a procedure")).click()
    page.locator("#found, .mc-intake__chosen").first.wait_for()


def picked(page: Page, site: str) -> None:
    """The decisions that wait, two of them ticked; nothing is sent."""
    page.goto(f"{site}/noi-bo/phe-duyet/")
    for line in (0, 1):
        page.locator("main tbody input[type=checkbox]").nth(line).check()


def one_dossier(page: Page, site: str) -> None:
    page.goto(f"{site}/noi-bo/viec-cua-toi/")
    page.locator("main a[href*='/noi-bo/ho-so/']").first.click()


def agency(page: Page, site: str) -> None:
    page.goto(f"{site}/noi-bo/quan-tri/co-quan/?q=binh+kien")
    page.locator("main td a").first.click()


# Who looks at what; "" is nobody in particular, "an" the citizen of the demo.
SCENES: dict[str, dict[str, Callable[[Page, str], None]]] = {
    "": {
        "tim-thu-tuc": at("/thu-tuc/?q=lam+khai+sinh"),
        "xem-thu-tuc": at(f"/thu-tuc/{PROCEDURE}/"),
        "dang-ky": at("/dang-ky/"),
    },
    "an": {"ho-so-cua-toi": at("/ho-so-cua-toi/"), "nop-ho-so": filing, "tra-cuu": tracked},
    "chi": {"nhan-ho-so": intake},
    "dung": {"viec-cua-toi": at("/noi-bo/viec-cua-toi/"), "mot-ho-so": one_dossier},
    "hanh": {"phe-duyet": picked},
    "quan-tri": {"co-quan": agency},
}


def keep_for_guide(page: Page, name: str) -> tuple[int, int]:
    """The picture without strip and footer of the demo, which are not the reader's. Width and height."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.mc-demo, .mc-footer').forEach((each) => each.remove())")
    window = page.viewport_size
    is_phone = window is not None and window["width"] == WIDTHS["phone"][0]
    top = page.locator("#main").bounding_box() if is_phone else None
    page.evaluate("by => scrollBy(0, by)", top["y"] - 12 if top else -10_000)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        drawn = picture.convert("RGB")
        drawn.save(GUIDES / name, quality=QUALITY, method=6)
        keep_light(drawn, GUIDES / library.light_file_of(name))
        return picture.size


def keep_light(picture: Image.Image, file: Path) -> None:
    """The picture as wide as a guide shows it, packed so that a page with six of them stays a light one."""
    light = picture.copy()
    light.thumbnail((LIGHT_WIDTH, picture.height))
    light.save(file, quality=LIGHT_QUALITY, speed=2)


# --- Looking ----------------------------------------------------------------------------------------------
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
    context.set_default_timeout(SLOW)
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
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise SystemExit("screenshots: Chromium is missing (apt-get install chromium-headless-shell)")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
