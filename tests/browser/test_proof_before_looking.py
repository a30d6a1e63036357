"""Looking without a code, at home and in the hall; what was brought to the desk comes into an account."""

from __future__ import annotations

import re

from django.conf import settings
from tests.accounts.people import citizen
from tests.browser.conftest import NewVisitor
from tests.browser.officers import Desk
from tests.browser.test_acting import log_in
from tests.browser.town import PROCEDURE, Town

from motcua.accounts.models import Account
from motcua.catalogue import queries as catalogue
from motcua.dossiers import services
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.dossiers.services import Act

AN = Applicant("Nguyễn Văn An", "066090000001", "0905000001", "con.gai@example.vn", "Ea Kao")
QR = "066090000001||Nguyễn Văn An|05031990|Nam|12 Lê Duẩn, Buôn Ma Thuột|10052022"


def brought(town: Town, key: str, applicant: Applicant = AN) -> Act:
    """A complete dossier that somebody without an account brought to the counter."""
    chi, at = town.officers["chi"], town.now()
    sheet = catalogue.sheet(catalogue.version_in_force(PROCEDURE, at.date()))
    act = services.register_at_counter(
        actor=chi,
        at=at,
        procedure_version_id=sheet.version_id,
        agency_id=town.agency.id,
        applicant=applicant,
        submission_key=key,
        documents=[DocumentRef(each.key, originals=1) for each in sheet.components_for("counter", None)],
    )
    return services.accept(actor=chi, at=at, dossier_id=act.dossier_id, expected_version=act.version)


def test_dossiers_are_found_without_their_codes_at_home_and_in_the_hall(
    visitor: NewVisitor, town: Town
) -> None:
    act = brought(town, "one")
    home = visitor(script=False, width=360)
    home.go("/tra-cuu/")
    home.follow("Tìm hồ sơ khi không có mã")
    home.press("Gửi mã xác nhận")
    assert home.page.title().startswith("Lỗi:")
    home.fill(named="nguyen van an", email=AN.email)
    home.press("Gửi mã xác nhận")
    home.fill(code="x")
    home.press("Xem hồ sơ")
    assert home.page.title().startswith("Lỗi:")
    home.fill(code=town.code_for(AN.email))
    home.press("Xem hồ sơ")
    assert act.code
    assert act.code in home.page.locator(".mc-card").inner_text()
    assert "An" not in home.page.locator("main").inner_text().split()
    home.press("Xong, đóng danh sách")
    home.go("/tra-cuu/khong-co-ma/danh-sach/")
    assert home.page.locator("[name=named]").count() == 1

    other = brought(town, "two", Applicant("Lê Thị Bình", "066190005678", "", "binh@example.vn"))
    hall = visitor(width=1280)
    hall.go("/ky-ot/")
    hall.follow("Tìm hồ sơ khi không có mã")
    hall.fill(named="066 190 005 678", email="binh@example.vn")
    hall.press("Gửi mã xác nhận")
    hall.fill(code=town.code_for("binh@example.vn"))
    hall.press("Xem hồ sơ")
    hall.press("Xem hồ sơ này", exact=False)
    assert other.code
    assert other.code in hall.page.locator("main").inner_text()
    hall.follow("Xong")
    assert not [each for each in hall.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]


def test_what_was_brought_to_the_desk_comes_into_the_account(visitor: NewVisitor, town: Town) -> None:
    """The first by the code on the receipt, the second at one press: an officer has compared the card."""
    first, second = brought(town, "one"), brought(town, "two")
    an = log_in(visitor(script=False, width=360), Account.objects.get(pk=citizen().id))
    an.go("/ho-so-cua-toi/")
    an.follow("Thêm hồ sơ đã nộp tại quầy")
    an.fill(reference=str(first.code))
    an.press("Gửi mã xác nhận")
    (code,) = re.findall(r"Mã xác nhận là: (\d{6})", town.letters(AN.email)[-1])
    an.fill(code=code)
    an.press("Đưa vào tài khoản")
    assert "Đang ở" in an.page.locator(".mc-facts").inner_text()

    an.go("/ho-so-cua-toi/them/")
    assert an.page.get_by_text(str(second.code)).count() == 0
    desk = Desk(visitor).at("chi")
    desk.go("/noi-bo/")
    desk.follow("Đối chiếu căn cước")
    desk.fill(personal_id=QR)
    desk.press("Gửi mã tới tài khoản")
    code = town.code_for("an@example.vn")
    desk.fill(read_out=code)
    desk.press("Xác nhận đã đối chiếu")
    assert desk.page.title().startswith("Lỗi:")
    assert desk.page.locator("[name=read_out]").input_value() == code  # nobody has to read it out again
    desk.page.locator("[name=seen]").check()
    desk.press("Xác nhận đã đối chiếu")
    assert "Đã đối chiếu tài khoản của Nguyễn Văn An" in desk.page.locator("main").inner_text()

    an.go("/ho-so-cua-toi/them/")
    an.press(f"Đưa vào tài khoản {second.code}")
    codes = an.go("/ho-so-cua-toi/").locator("main").inner_text()
    assert str(first.code) in codes
    assert str(second.code) in codes
