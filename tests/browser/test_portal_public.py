"""Public pages with data on them: narrow, on a phone without scripts, and on a wide screen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.browser.conftest import NewVisitor, forget_all
from tests.dossiers.world import World, make_world

from motcua.dossiers import queries
from motcua.kernel.actors import SYSTEM
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.portal import publicity, who

DEVICES = [(320, True), (360, False), (1280, True)]


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


@pytest.mark.parametrize(("width", "script"), DEVICES)
def test_ways_to_a_procedure_are_accessible(
    visitor: NewVisitor, world: World, width: int, script: bool
) -> None:
    device = visitor(width=width, script=script)
    device.go("/")  # before anything was filed this month
    world.until("give_back")
    for path in ("/", "/viec/sinh-con/", "/co-quan/", "/co-quan/?q=khong-co", f"/co-quan/{world.agency.pk}/"):
        device.go(path)


@pytest.mark.parametrize(("width", "script"), DEVICES)
def test_sheet_answers_a_choice_without_script(
    visitor: NewVisitor, world: World, width: int, script: bool
) -> None:
    device = visitor(width=width, script=script)
    page = device.go("/thu-tuc/1.000001/")
    page.locator("#kenh").select_option("counter")
    device.press("Tính giúp tôi")
    assert "kenh=counter" in page.url
    assert "kết quả chậm nhất" in page.locator("#answer").inner_text()
    device.go("/thu-tuc/1.000001/cau-hoi/")
    device.go("/thu-tuc/?q=giay+phep")
    device.go("/thu-tuc/?q=zzzz")
    device.go("/thu-tuc/linh-vuc/tu-phap/")


@pytest.mark.parametrize(("width", "script"), DEVICES)
def test_public_information_is_accessible(
    visitor: NewVisitor, world: World, width: int, script: bool
) -> None:
    device = visitor(width=width, script=script)
    world.until("give_back")
    for kind in publicity.kinds_in_force(world.now.date()):
        device.go(f"/cong-khai/{kind.slug}/")
    for path in ("/cong-khai/", "/huong-dan/", "/lien-he/", "/dieu-khoan/", "/so-do/", "/khong-co/"):
        device.go(path)


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
    device.press("Xem thêm")
    device.follow("Xong")
    assert page.locator("#ma").input_value() == ""
