"""Acting for others in the browser: filing for an organisation, a mandate from offer to end."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from playwright.sync_api import expect
from tests.accounts.people import PASSWORD, citizen
from tests.browser.conftest import NewVisitor, Visitor, forget_all
from tests.browser.officers import Desk
from tests.browser.test_walk_online import go_through_form
from tests.browser.town import PROCEDURE, Town
from tests.dossiers.world import World, make_world
from tests.portal.samples import PDF

from motcua.accounts.models import Account, Mandate
from motcua.dossiers import queries, services
from motcua.dossiers.rules.state import SupplementItem
from motcua.portal import who

COMPANY = "Công ty TNHH Hạt Cà Phê"


def log_in(device: Visitor, account: Account) -> Visitor:
    """Bring the session of a logged-in person into the browser."""
    client = Client()
    client.force_login(account, backend="motcua.accounts.services.backends.EntryBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    device.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": device.site}])
    return device


@pytest.mark.parametrize(("script", "width"), [(False, 360)])
def test_representative_files_for_an_organisation(
    visitor: NewVisitor, town: Town, script: bool, width: int
) -> None:
    """An's company: Bình is invited and files, the desk asks for more, An answers, the desk accepts."""
    an, binh = (
        log_in(visitor(script=script, width=width), Account.objects.get(pk=card.id))
        for card in (
            citizen(),
            citizen("Trần Văn Bình", personal_id="066090000002", phone="0912345679", email="b@example.vn"),
        )
    )
    invite(an)
    accept_invitation(binh)
    dossier_id = file_for_company(binh, town)
    an.go("/ho-so-cua-toi/")
    an.follow(COMPANY)
    assert COMPANY in an.page.locator(".mc-card").inner_text()
    ask(town, dossier_id)
    an.go(f"/ho-so-cua-toi/{dossier_id}/")
    an.follow("Bổ sung hồ sơ")
    an.page.get_by_role("link", name="Bắt đầu:").click()
    while "/xem-lai/" not in an.page.url:
        an.page.get_by_role("button", name="Lưu và tiếp tục").click()
        an.wait_until_sent()
    an.page.locator("[name=declared]").check()
    an.press("Gửi phần bổ sung")
    an.follow("Xem hồ sơ")
    acts = an.page.get_by_role("heading", name="Ai đã làm thay chủ hồ sơ").locator("+ ul").inner_text()
    assert "Trần Văn Bình: nộp hồ sơ" in acts
    assert "Nguyễn Văn An: bổ sung hồ sơ" in acts
    desk = Desk(visitor)
    people = desk.at("chi").go(f"/noi-bo/ho-so/{dossier_id}/").locator("main").inner_text()
    assert COMPANY in people
    assert "tự khai, cần đối chiếu" in people
    assert desk.act("chi", dossier_id)
    for each in (an, binh):
        assert "Đã tiếp nhận" in each.go(f"/ho-so-cua-toi/{dossier_id}/").locator(".mc-standing").inner_text()
        subjects = " ".join(each.go("/hop-thu/").locator(".mc-row__title").all_inner_texts())
        assert "tiếp nhận" in subjects.lower()


def invite(an: Visitor) -> None:
    """Declare the company and invite Bình."""
    an.go("/tai-khoan/")
    an.follow("Tổ chức: nộp hồ sơ của doanh nghiệp, hội, hợp tác xã")
    an.follow("Khai báo tổ chức")
    an.press("Khai báo")
    assert an.page.title().startswith("Lỗi:")
    an.fill(name=COMPANY, number="6001234567", address="12 Lê Duẩn", email="cong-ty@example.vn")
    an.page.locator("[name=number_kind]").first.check()
    an.page.locator("[name=represents]").check()
    an.press("Khai báo")
    an.follow("Mời một người")
    an.fill(name="Trần Văn Bình", number="066090000002")
    an.page.locator("[name=role][value=filer]").check()
    an.press("Gửi lời mời")
    an.follow("Thay đổi Trần Văn Bình")
    an.go(an.page.url.partition("/nguoi/")[0] + "/roi/")
    assert "lời mời chưa trả lời được rút lại" in an.page.locator("main").inner_text()
    an.follow("Không đóng")  # nobody else would answer for it, so it could only be closed


def accept_invitation(binh: Visitor) -> None:
    assert "chờ bạn trả lời" in binh.go("/tai-khoan/").locator("main").inner_text()
    binh.go("/tai-khoan/to-chuc/")
    binh.follow(f"{COMPANY} mời bạn")
    binh.press("Tham gia")
    assert "Nộp hồ sơ" in binh.page.locator("dl").inner_text()


def file_for_company(binh: Visitor, town: Town) -> str:
    """The id of the dossier that Bình has filed for the company."""
    binh.go(f"/nop-ho-so/{PROCEDURE}/")
    binh.page.get_by_label(COMPANY).check()
    binh.press("Tiếp tục")
    binh.fill(tim=town.agency.name.removeprefix("Ủy ban nhân dân "))
    binh.press("Tìm")
    binh.page.locator(f"[name=agency][value='{town.agency.id}']").check()
    binh.press("Tiếp tục")
    assert [binh.page.locator(f"[name={name}]").count() for name in ("personal_id", "name")] == [0, 0]
    binh.fill(phone="12")
    binh.press("Lưu và tiếp tục")
    assert binh.page.title().startswith("Lỗi:")
    binh.fill(phone="0912345679")
    binh.press("Lưu và tiếp tục")
    assert COMPANY in binh.page.locator("main").inner_text()
    binh.page.get_by_role("link", name="Làm tiếp:").click()
    binh.fill(requester_name="Trần Văn Bình", requester_id="066090000002")
    binh.press("Lưu và về danh sách việc")
    go_through_form(binh)
    binh.press("Lưu và tiếp tục")
    binh.press("Lưu và tiếp tục")
    assert COMPANY in binh.page.locator("main").inner_text()
    binh.page.locator("[name=consented]").check()
    binh.page.locator("[name=declared]").check()
    binh.press("Gửi hồ sơ")
    return binh.page.url.split("/")[-3]


def ask(town: Town, dossier_id: str) -> None:
    """The desk asks for the form once more."""
    view = services.open_dossier(actor=town.officers["chi"], at=town.now(), dossier_id=dossier_id)
    key = next(each.key for each in view.sheet.components_for("online") if each.is_form)
    services.request_supplement(
        actor=town.officers["chi"],
        at=town.now(),
        dossier_id=dossier_id,
        expected_version=view.version,
        items=(SupplementItem(key, "Ghi rõ nơi đã đăng ký"),),
        reason="Chưa rõ nơi đăng ký",
        guidance="Ghi tên xã cũ",
    )


@pytest.fixture
def world(site: str, monkeypatch: pytest.MonkeyPatch) -> World:
    forget_all()
    made = make_world()
    Account.objects.filter(kind="citizen").update(password=make_password(PASSWORD))
    for name in ("an", "binh"):
        made.people[name].refresh_from_db()

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    return made


def test_refusal_without_script_shows_what_is_wrong(visitor: NewVisitor, world: World) -> None:
    """Also after a search, whose place on the page the address still names."""
    an = log_in(visitor(script=False, width=360), Account.objects.get(pk=world.people["an"].pk))
    an.go("/tai-khoan/uy-quyen/moi/")
    an.fill(tim="khai sinh")
    an.press("Tìm")
    assert an.page.url.endswith("#chon-thu-tuc")
    expect(an.page.locator("#chon-thu-tuc")).to_be_in_viewport()
    an.press("Gửi lời ủy quyền")
    expect(an.page.locator(".govuk-error-summary")).to_be_in_viewport()


def test_mandate_from_its_offer_to_its_end(visitor: NewVisitor, world: World) -> None:
    an, binh = (log_in(visitor(), world.people[name]) for name in ("an", "binh"))
    offer(an)
    binh.go("/tai-khoan/uy-quyen/")
    binh.follow("An muốn ủy quyền cho bạn")
    binh.press("Đồng ý nhận ủy quyền")
    binh.go("/nop-ho-so/1.000001/")
    binh.page.get_by_label("An", exact=True).check()
    binh.press("Tiếp tục")
    binh.press("Lưu và tiếp tục")  # the birth date may be left out
    binh.press("Lưu và tiếp tục")
    assert binh.page.title().startswith("Lỗi:")
    act = world.submit(
        world.draft(actor=world.actor("binh"), acting_by=f"uy-quyen-{Mandate.objects.get().pk}"),
        actor=world.actor("binh"),
    )
    for device in (an, binh):
        device.go("/ho-so-cua-toi/")
        device.go(f"/ho-so-cua-toi/{act.dossier_id}/")
    an.go("/tai-khoan/uy-quyen/")
    an.page.locator(".mc-row__title").first.click()
    an.check()
    an.press("Chấm dứt ủy quyền")
    assert "Đã chấm dứt" in an.page.locator(".mc-row").inner_text()
    page = binh.go(f"/ho-so-cua-toi/{act.dossier_id}/")
    assert "Ủy quyền của An cho bạn đã chấm dứt" in page.locator("main").inner_text()
    binh.check()
    assert queries.state_of(act.dossier_id).contents.applicant.name == "An"


def offer(an: Visitor) -> None:
    """An offers a mandate; a wrong entry keeps the paper that was sent."""
    an.go("/tai-khoan/uy-quyen/")
    an.follow("Ủy quyền cho một người")
    an.fill(name="Binh", number="066090000002", password="sai")
    an.page.locator("[name=scope][value=some]").check()
    an.page.locator("[name=tim]").press_sequentially("cap giay")
    an.page.locator("#chon-thu-tuc-tim-thay [value='1.000001']").check()
    an.page.locator("[name=tim]").fill("giay cap")  # what is ticked goes to the top
    expect(an.page.locator("#chon-thu-tuc-da-chon [value='1.000001']")).to_be_checked()
    an.page.locator("[name=tim]").press("Enter")  # sends nothing
    file = {"name": "giay-uy-quyen.pdf", "mimeType": "application/pdf", "buffer": PDF}
    an.page.locator("[name=paper]").set_input_files(file)  # type: ignore[arg-type]
    an.press("Gửi lời ủy quyền")
    assert an.page.title().startswith("Lỗi:")
    expect(an.page.locator("#chon-thu-tuc-da-chon [value='1.000001']")).to_be_checked()
    an.fill(password=PASSWORD)
    an.press("Gửi lời ủy quyền")
    assert "Chờ trả lời" in an.page.locator(".mc-row").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_registration_goes_back_and_forth_without_losing_a_word(
    visitor: NewVisitor, world: World, script: bool
) -> None:
    typed = {"full_name": "Lê Văn Em", "personal_id": "066090000099"}
    reach = {"phone": "0905000009", "email": "em@example.vn"}
    new = visitor(width=360, script=script)
    new.go("/dang-ky/")
    new.press("Tiếp tục")
    assert new.page.title().startswith("Lỗi:")
    new.fill(**typed)
    new.press("Tiếp tục")
    new.fill(**(reach | {"email": "em"}))
    new.press("Quay lại")
    shown = {name: new.page.locator(f"input[name={name}]").input_value() for name in typed}
    assert shown == typed
    new.press("Tiếp tục")
    assert new.page.locator("[name=email]").input_value() == "em"
    new.press("Tiếp tục")
    assert new.page.locator(".govuk-error-summary a").count() == 1
    new.fill(**reach)
    new.press("Tiếp tục")
    new.fill(password="123")
    new.press("Đăng ký")
    assert new.page.locator(".govuk-error-summary a").count() >= 1
    new.press("Quay lại")
    assert {name: new.page.locator(f"input[name={name}]").input_value() for name in reach} == reach
    assert not Account.objects.filter(personal_id=typed["personal_id"]).exists()
