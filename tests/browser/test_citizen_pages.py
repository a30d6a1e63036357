"""Pages of a logged-in citizen in the states a walk does not come by, on a phone without scripts.

On a wide screen and with scripts their addresses are looked at by the registry (`test_routes_portal.py`).
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Dialog
from pytest_django import Settings
from tests.accounts.people import PASSWORD
from tests.browser.conftest import NewVisitor, Visitor, forget_all
from tests.dossiers.world import World, make_world
from tests.portal import samples
from tests.portal.samples import PROGRAM

from motcua.accounts.models import Account
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.rules.state import SupplementItem
from motcua.notify.models import OutboxMessage
from motcua.portal import who


@pytest.fixture
def world(site: str, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> World:
    forget_all()
    made = make_world()

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    settings.DOCUMENTS_MAX_MEGABYTES = 1
    return made


def log_in(device: Visitor, world: World, name: str, *, at: str = "") -> None:
    """Bring the session of a logged-in person into the browser: for the site, or for another address `at`."""
    client = Client()
    client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    device.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": at or device.site}])


def test_pages_of_a_citizen_are_accessible(visitor: NewVisitor, world: World) -> None:
    an = visitor(width=360, script=False)
    log_in(an, world, "an")
    asked = supplement_wanted(world)
    returned = with_result(world)
    broken_off = world.until("accept")
    for act in (asked, returned, broken_off):
        an.go(f"/ho-so-cua-toi/{act.dossier_id}/")
        an.go(f"/tra-cuu/{queries.state_of(act.dossier_id).reference}")
    withdraw(an, broken_off.dossier_id)
    supplement(an, asked.dossier_id)
    an.go(f"/ho-so-cua-toi/{returned.dossier_id}/")
    an.follow("Hỏi bộ phận một cửa")
    an.press("Gửi tin nhắn")
    an.fill(text="Tôi nhờ con gái đến nhận kết quả được không?")
    an.press("Gửi tin nhắn")
    services.answer_from_desk(
        actor=world.actor("chi"), at=world.now, dossier_id=returned.dossier_id, seen=0,
        text="Được ạ. Con gái mang giấy ủy quyền và thẻ căn cước của ông/bà.",
    )  # fmt: skip
    an.go(f"/ho-so-cua-toi/{returned.dossier_id}/tin-nhan/")
    papers(an, world)
    an.go("/hop-thu/")
    an.page.locator(".mc-row__title").first.click()
    an.check()
    an.go("/ho-so-cua-toi/")
    an.press("English")
    an.go("/tra-cuu/KHONG-CO")
    an.go("/khong-co/")
    stranger = visitor(width=360, script=False)
    log_in(stranger, world, "binh")
    stranger.go(f"/ho-so-cua-toi/{asked.dossier_id}/")


def test_pages_of_ones_own_account_are_accessible(visitor: NewVisitor, world: World) -> None:
    world.now = timezone.localtime()
    Account.objects.filter(pk=world.people["an"].pk).update(password=make_password(PASSWORD))
    world.people["an"].refresh_from_db()
    lost, lent, an = (visitor(width=360, script=False) for _ in range(3))
    for device in (lost, lent, an):
        log_in(device, world, "an")
        page = device.go("/tai-khoan/")
    an.follow("Đổi thư điện tử")
    an.press("Gửi mã xác nhận")
    an.fill(email="moi@example.vn", password=PASSWORD)
    an.press("Gửi mã xác nhận")
    an.press("Xác nhận")
    an.fill(code=OutboxMessage.objects.get(key="account.change_email").context["code"])
    an.press("Xác nhận")
    assert "moi@example.vn" in page.locator("main").inner_text()
    an.follow("Đổi số điện thoại di động")
    an.fill(phone="0987654321", password=PASSWORD)
    an.press("Gửi mã xác nhận")
    an.go("/tai-khoan/thong-tin/")
    an.fill(date_of_birth="31/02/1990")
    an.press("Lưu")
    an.go("/tai-khoan/thong-bao/")
    page.locator("[name=topics]").first.uncheck()
    an.press("Lưu")
    opened = world.until("accept")
    services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=opened.dossier_id)
    an.go("/tai-khoan/du-lieu/")
    an.go("/tai-khoan/thiet-bi/")
    page.locator("button[name=login]").first.click()
    an.check()
    an.go("/tai-khoan/mat-khau/")
    an.fill(current=PASSWORD, new="nước chảy đá mòn")
    an.press("Đổi mật khẩu")
    an.go("/tai-khoan/thiet-bi/")
    assert page.locator("button[name=login]").count() == 0
    assert lent.go("/tai-khoan/").url.startswith(f"{lent.site}/dang-nhap/")


def supplement_wanted(world: World) -> services.Act:
    act = world.until("accept")
    act = world.hand_over(act)
    act = world.assign(act)
    state = world.state(act)
    asked = services.request_supplement(
        actor=world.actor("dung"),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=state.version,
        items=(SupplementItem("paper", "Bản chụp rõ bốn góc"), SupplementItem("form", "Ghi lại mục đích")),
        reason="Ảnh mờ",
        guidance="Chụp lại ở nơi sáng",
    )
    return world.release(asked)


def with_result(world: World) -> services.Act:
    act = world.until("approve")
    card = documents.store(
        upload=samples.upload(),
        name="giay-phep.pdf",
        actor=world.actor("khoa"),
        at=world.later(minutes=1),
    )
    return world.give_back(world.announce(world.issue(act, file_id=card.id)))


def withdraw(an: Visitor, dossier_id: str) -> None:
    an.go(f"/ho-so-cua-toi/{dossier_id}/rut/")
    an.press("Rút hồ sơ")
    an.fill(reason="Không còn cần nữa")
    an.press("Rút hồ sơ")
    an.go(f"/ho-so-cua-toi/{dossier_id}/")


def supplement(an: Visitor, dossier_id: str) -> None:
    page = an.page
    page.goto(f"{an.site}/ho-so-cua-toi/{dossier_id}/bo-sung/xem-lai/")
    an.press("Gửi phần bổ sung")
    page.locator(".govuk-error-summary a").first.click()
    an.fill(purpose="")
    an.press("Lưu và tiếp tục")
    an.fill(purpose="Xin học bổng")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    attach(an, "paper", "giay-to.pdf", samples.PDF)
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.locator("[name=declared]").check()
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    assert page.url.partition("#")[0].endswith(f"/ho-so-cua-toi/{dossier_id}/bo-sung/1/da-gui/")


def papers(an: Visitor, world: World) -> None:
    """A renamed program and an empty file are refused; a good file is kept and can be taken back."""
    draft = world.draft(with_papers=False)
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/")
    attach(an, "paper", "chuong-trinh.pdf", PROGRAM)
    attach(an, "proxy", "trong.pdf", b"")
    an.press("Lưu và tiếp tục")
    assert page.locator(".govuk-error-summary a").count() == 2
    attach(an, "paper", "giay-to.pdf", samples.PDF)
    an.press("Tải lên, ở lại trang này")
    an.press("Bỏ giay-to.pdf")
    attach(an, "paper", "giay-to.pdf", samples.PDF)
    an.press("Lưu và tiếp tục")
    an.press("Lưu và tiếp tục")
    page.locator("[name=consented]").check()
    page.locator("[name=declared]").check()
    an.press("Gửi hồ sơ")
    assert page.title().startswith("Đã gửi hồ sơ")


def attach(an: Visitor, key: str, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    an.page.locator(f"[name=file-{key}]").set_input_files(file)  # type: ignore[arg-type]


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, False)])
def test_going_back_and_sending_again_is_one_draft_that_can_be_thrown_away(
    visitor: NewVisitor, world: World, width: int, script: bool
) -> None:
    an = visitor(width=width, script=script)
    log_in(an, world, "an")
    page = an.go("/nop-ho-so/1.000001/?cho=toi")
    an.press("Lưu và tiếp tục")
    page.go_back()
    an.check()
    an.fill(name="Nguyễn Văn An Bình")
    an.press("Lưu và về danh sách việc")
    an.go("/ho-so-cua-toi/")
    assert page.locator(".mc-card").count() == 1
    an.follow("Cấp giấy phép thử nghiệm")
    an.follow("Bỏ bản đang soạn")
    an.press("Bỏ bản soạn")
    assert "Bản đang soạn đã được bỏ." in page.inner_text("main")


def test_back_after_a_refused_form_asks_nothing_and_shows_what_was_typed(
    visitor: NewVisitor, world: World
) -> None:
    """A page that answers a form is none that a browser keeps; without the way to an address it asks whether
    to send the form again, and shows an error of its own."""
    an = visitor(width=360, script=False)
    for path, typed, button in (
        ("/dang-nhap/", {"identifier": "066090001234"}, "Đăng nhập"),
        ("/dang-ky/", {"full_name": "Nguyễn Thị Hoa", "personal_id": "12"}, "Tiếp tục"),
        ("/quen-mat-khau/dat-lai/", {"code": ""}, "Đổi mật khẩu"),
    ):
        if "dat-lai" in path:
            an.page.goto(f"{an.site}/quen-mat-khau/")
            an.fill(identifier="an@example.vn")
            an.page.get_by_role("button", name="Gửi mã").click()
        else:
            an.page.goto(an.site + path)
        an.fill(**typed)
        an.page.get_by_role("button", name=button, exact=True).first.click()
        assert an.page.title().startswith("Lỗi:")
        an.page.get_by_role("link", name="Liên hệ").last.click()
        assert "/lien-he/" in an.page.url
        an.page.go_back()
        assert an.page.title().startswith("Lỗi:")
        assert {name: an.page.locator(f"[name={name}]").input_value() for name in typed} == typed


def test_link_in_the_frame_asks_before_it_leaves_what_was_typed(visitor: NewVisitor, world: World) -> None:
    an = visitor(width=360)
    log_in(an, world, "an")
    path = f"/nop-ho-so/{world.draft().dossier_id}/to-khai/1/"
    page, asked = an.page, []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.goto(an.site + path)
    page.on("dialog", stay)
    an.fill(purpose="Xin học bổng")
    page.get_by_role("link", name="Liên hệ").last.click()
    assert (page.url, asked) == (an.site + path, ["beforeunload"])
    an.press("Lưu và về danh sách việc")
    page.get_by_role("link", name="Liên hệ").last.click()
    page.wait_for_url("**/lien-he/")
    assert asked == ["beforeunload"]  # what is saved is left without a question
