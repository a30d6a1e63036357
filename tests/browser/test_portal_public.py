"""Public pages with data on them: narrow, on a phone without scripts, and on a wide screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.browser.conftest import NewVisitor, forget_all
from tests.browser.inspection import BIGGEST_TEXT, SPACED, over
from tests.dossiers.world import World, make_world, published, sheet

from motcua.agencies.enums import UnitKind
from motcua.catalogue.rules.sheets import Fee
from motcua.dossiers import queries
from motcua.kernel.actors import SYSTEM
from motcua.kernel.money import Money
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.portal import who
from motcua.portal.words import NUMBERED_LEVELS, ONLINE_LEVELS
from motcua.theme import stops

DEVICES = [(360, False), (1280, True)]


@pytest.fixture
def world(site: str, monkeypatch: pytest.MonkeyPatch) -> World:
    forget_all()
    made = make_world()

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    notify.give_notice(
        actor=SYSTEM,
        at=made.now,
        kind=NoticeKind.STOP,
        title="Tạm ngừng tối thứ Bảy",
        body="Từ 20:00 đến 22:00 ngày 09/03/2024 để nâng cấp.",
        shown_from=made.now,
        shown_to=made.now + timedelta(days=5),
    )
    return made


def test_pages_before_anything_was_filed_and_of_searches_in_vain(visitor: NewVisitor, world: World) -> None:
    device = visitor(width=320)
    for path in ("/", "/cong-khai/so-lieu/", "/co-quan/?q=khong-co", "/thu-tuc/?q=zzzz", "/khong-co/"):
        device.go(path)
    pasted = "https://dichvucong.gov.vn/p/home/dvc-tthc-thu-tuc-hanh-chinh-chi-tiet.html" + "a" * 150
    for path in ("/thu-tuc/?q=", "/co-quan/?q="):
        device.go(path + pasted)


@pytest.mark.parametrize(("width", "script"), DEVICES)
def test_sheet_answers_a_choice_without_script(
    visitor: NewVisitor, world: World, width: int, script: bool
) -> None:
    device = visitor(width=width, script=script)
    page = device.go("/thu-tuc/1.000001/")
    page.locator("#kenh").select_option("counter")
    device.press("Tính giúp tôi")
    assert "kenh=counter" in page.url
    assert "kết quả được trả chậm nhất" in page.locator("#answer").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_number_that_is_refused_in_the_calculator_is_where_the_page_opens(
    visitor: NewVisitor, world: World, *, script: bool
) -> None:
    fee = Fee("Phí", Money(2000), note="mỗi trang", one_of="pages", from_piece=1, per_copy=True)
    more = replace(fee, name="Phí - từ trang 3", amount=Money(1000), from_piece=3)
    published(sheet(code="1.000002", fees=(fee, more)), world.agency, world.units[UnitKind.DIVISION])
    device = visitor(width=360, script=script)
    page = device.go("/thu-tuc/1.000002/")
    page.get_by_label("Số trang của một bản").fill("3")
    page.get_by_label("Số bản cần làm").fill("abc")
    device.press("Tính giúp tôi")
    summary = page.locator(".govuk-error-summary")
    page.wait_for_function(
        "() => document.querySelector('.govuk-error-summary').getBoundingClientRect().top < 300"
    )
    box = summary.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300  # in the upper half of a phone
    if script:
        page.wait_for_function("() => document.activeElement?.matches('.govuk-error-summary')")
    page.get_by_label("Số bản cần làm").fill("2")
    device.press("Tính giúp tôi")
    assert page.locator(".govuk-error-summary").count() == 0
    assert "10.000 đồng" in page.locator("#answer").inner_text()


@pytest.mark.parametrize(("width", "script"), DEVICES)
def test_tracking_and_kiosk_are_accessible(
    visitor: NewVisitor, world: World, width: int, script: bool
) -> None:
    device = visitor(width=width, script=script)
    late = queries.state_of(world.until("approve").dossier_id)
    world.later(days=10)
    device.go("/tra-cuu/")
    device.fill(ma=late.code)
    device.press("Tra cứu")
    device.page.locator("details").first.click()
    device.check()
    page = device.go("/ky-ot/")
    device.fill(ma="KHONG-CO")
    device.press("Tra cứu")
    device.fill(ma=late.code)
    device.press("Tra cứu")
    assert page.url.endswith("/ky-ot/")
    assert late.code in page.inner_text("main")
    device.press("Thêm thời gian")
    device.follow("Xong")
    assert page.locator("#ma").input_value() == ""


@pytest.mark.parametrize("width", [320, 1280])
def test_planned_stop_is_told_on_every_page_and_tracking_stays(
    visitor: NewVisitor, world: World, settings: Settings, tmp_path: Path, width: int
) -> None:
    settings.STATE_DIR = tmp_path
    stops.begin(stops.Stop(world.now, timezone.localtime() + timedelta(hours=2), "Nâng cấp hệ thống."))
    device = visitor(width=width, script=width > 320)
    page = device.go("/noi-bo/")
    assert page.locator("h1").inner_text() == "Hệ thống đang bảo trì"
    device.go("/")
    device.follow("Tra cứu hồ sơ bằng mã")
    page.locator("#ma").fill("H15.00-240304-9999")
    device.press("Tra cứu")
    assert "Không có hồ sơ nào mang mã này" in page.inner_text("main")


def test_what_a_search_found_is_read_out_by_one_region_that_stays(visitor: NewVisitor, world: World) -> None:
    page = visitor(width=360).go("/thu-tuc/")
    region = page.locator("body > [data-mc-live]").element_handle()
    assert region is not None
    for typed in ("yyyy", "zzzz"):
        page.locator("#q").fill(typed)
        said = f"Không có thủ tục nào trên Cổng khớp với “{typed}”"
        page.locator("body > [data-mc-live]", has_text=said).wait_for(state="attached")
    assert region.evaluate("each => each.isConnected")


@pytest.mark.parametrize("width", [320, 360])
def test_letters_of_double_size_push_no_page_sideways(visitor: NewVisitor, world: World, width: int) -> None:
    world.close(world.give_back(world.announce(world.issue(world.until("approve")))))
    device = visitor(width=width)
    for path in ("/", "/lien-he/", f"/co-quan/{world.agency.pk}/"):
        page = device.go(path)
        page.evaluate(BIGGEST_TEXT, "200%")
        assert over(page) == "", path


def test_sample_number_in_english_pushes_no_page_sideways(
    visitor: NewVisitor, world: World, settings: Settings
) -> None:
    settings.DEMO, settings.HOTLINE = True, "0262 000 0000"
    device = visitor(width=320)
    device.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": device.site}])
    page = device.go("/")
    assert "(sample number, cannot be called)" in page.inner_text("footer")
    page.evaluate(SPACED, True)
    assert over(page) == ""


def test_the_longest_level_of_any_regulation_pushes_no_sheet_sideways_with_letters_apart(
    visitor: NewVisitor, world: World
) -> None:
    page = visitor(width=320).go("/thu-tuc/1.000001/")
    page.evaluate(SPACED, True)
    tag = page.locator("main .mc-tag").first
    for name in (*ONLINE_LEVELS.values(), *NUMBERED_LEVELS.values()):
        tag.evaluate("(tag, name) => { tag.textContent = name }", str(name))
        assert over(page) == "", name


def test_everything_of_a_page_is_set_in_our_letters(visitor: NewVisitor, world: World) -> None:
    page = visitor(width=1280).go("/lien-he/")
    assert page.locator("dt", has_text="Cơ quan vận hành").count() == 1
    others = page.locator("main *").evaluate_all(
        "all => all.filter(e => !getComputedStyle(e).fontFamily.includes('Be Vietnam Pro'))"
        ".map(e => e.outerHTML)"
    )
    assert others == []
