"""The whole walk online: An registers, files, the officers settle it, the result is returned and tracked."""

from __future__ import annotations

import pytest
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.officers import Desk
from tests.browser.town import AN, PROCEDURE, Town
from tests.portal.samples import PDF


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_walk_online_ends_with_result_returned(
    visitor: NewVisitor, town: Town, script: bool, width: int
) -> None:
    an = visitor(script=script, width=width)
    register(an, town)
    number, dossier_id = file(an, town)
    desk = Desk(visitor, is_looked_at=script)  # one walk looks at the officers' pages, both at the citizen's
    ask_and_answer(an, desk.at("chi"), dossier_id)
    desk.carry(
        dossier_id, ("chi", "lam", "dung", "hanh", "khoa"), lambda: standing(an, number) == "Đã trả kết quả"
    )
    assert desk.done[0] == ("chi", "tiep-nhan")
    an.go(f"/ho-so-cua-toi/{dossier_id}/")
    with an.page.expect_download() as download:
        an.page.get_by_role("link", name="Bản sao trích lục hộ tịch").click()
    assert download.value.path().read_bytes() == PDF
    subjects = an.go("/hop-thu/").locator(".mc-row__title").all_inner_texts()
    assert any("kết quả" in subject.lower() for subject in subjects)


def ask_and_answer(an: Visitor, chi: Visitor, dossier_id: str) -> None:
    """The desk sees in its lists that An has asked; An reads the answer."""
    an.go(f"/ho-so-cua-toi/{dossier_id}/")
    an.follow("Hỏi bộ phận một cửa")
    an.fill(text="Tôi nhờ con gái đến nhận kết quả được không?")
    an.press("Gửi tin nhắn")
    chi.go("/noi-bo/tin-nhan/")
    chi.page.locator(f"main a[href*='{dossier_id}']").first.click()
    chi.check()
    chi.page.locator("[name=text]").first.fill("Được ạ. Con gái mang theo giấy ủy quyền.")
    chi.press("Gửi trả lời")
    assert chi.go("/noi-bo/tin-nhan/").locator(f"main a[href*='{dossier_id}']").count() == 0
    an.go(f"/ho-so-cua-toi/{dossier_id}/tin-nhan/")
    assert "giấy ủy quyền" in an.page.locator("main").inner_text()
    assert "trả lời tin nhắn" in an.go("/hop-thu/").locator(".mc-row__title").first.inner_text()


def standing(an: Visitor, number: str) -> str:
    """What the public tracking page says."""
    return an.go(f"/tra-cuu/{number}").locator(".mc-standing__tags .mc-tag").first.inner_text()


def register(an: Visitor, town: Town) -> None:
    an.go("/dang-ky/")
    an.fill(full_name=AN["full_name"], personal_id="123")
    an.press("Tiếp tục")
    assert an.page.title().startswith("Lỗi:")
    assert an.page.locator("[name=full_name]").input_value() == AN["full_name"]
    an.fill(personal_id=AN["personal_id"])
    an.press("Tiếp tục")
    an.fill(phone=AN["phone"], email=AN["email"])
    an.press("Quay lại")
    assert an.page.locator("[name=personal_id]").input_value() == AN["personal_id"]
    an.press("Tiếp tục")
    assert an.page.locator("[name=email]").input_value() == AN["email"]
    an.press("Tiếp tục")
    an.fill(password=AN["password"])
    an.page.get_by_label("Tôi đã đọc và đồng ý với điều khoản sử dụng").check()
    an.press("Đăng ký")
    an.fill(code=town.code_for(AN["email"]))
    an.press("Xác nhận")
    an.fill(identifier=AN["personal_id"], password=AN["password"])
    an.press("Đăng nhập")
    assert an.page.get_by_role("heading", level=1).inner_text() == "Hồ sơ của tôi"


def file(an: Visitor, town: Town) -> tuple[str, str]:
    """The number on the acknowledgement, and the dossier's id."""
    an.go("/")
    an.go("/thu-tuc/linh-vuc/ho-tich/")
    an.go("/thu-tuc/")
    an.page.locator("[name=q]").press_sequentially("ban sao trich luc")
    if not an.mirror:  # with script the list follows while one types
        an.page.get_by_role("heading", name="Tìm thấy").wait_for()
        assert "q=ban+sao" in an.page.url.replace("%20", "+")
    an.press("Tìm")
    assert an.page.get_by_role("heading", name="Tìm thấy").count() == 1  # also where no script asked for it
    assert an.page.locator(f"#found a[href^='/thu-tuc/{PROCEDURE}/']").count() == 1
    an.go(f"/thu-tuc/{PROCEDURE}/")
    an.follow("Nộp hồ sơ trực tuyến")
    begin(an, town)
    go_through_form(an)
    an.press("Lưu và tiếp tục")  # no paper must be sent
    an.press("Lưu và về danh sách việc")  # the usual way of the result
    an.follow("Xem lại và gửi")
    an.press("Gửi hồ sơ")  # neither agreed nor declared
    assert an.page.locator(".govuk-error-summary a").count() == 2
    an.page.locator("[name=consented]").check()
    an.page.locator("[name=declared]").check()
    an.press("Gửi hồ sơ")
    code = an.page.locator(".mc-sent__code").inner_text()
    dossier_id = an.page.url.split("/")[-3]
    an.follow("Xem hồ sơ")
    an.go(f"/tra-cuu/{code}")
    an.go("/ho-so-cua-toi/")
    an.go("/hop-thu/")
    return code, dossier_id


def begin(an: Visitor, town: Town) -> None:
    """The questions about people and place, with what is faulty on the way; then the list."""
    an.press("Tiếp tục")  # for oneself
    an.press("Tiếp tục")  # no agency chosen
    assert an.page.title().startswith("Lỗi:")
    an.fill(tim=town.agency.name.removeprefix("Ủy ban nhân dân "))
    an.press("Tìm")
    an.page.locator(f"[name=agency][value='{town.agency.id}']").check()
    an.press("Tiếp tục")
    an.fill(date_of_birth="40/13/1990")
    an.press("Lưu và tiếp tục")
    assert an.page.title().startswith("Lỗi:")
    an.press("Lưu và về danh sách việc")  # left as it is, on the draft that was made
    an.follow("Làm tiếp: Chủ hồ sơ")
    assert an.page.locator("[name=date_of_birth]").input_value() == "40/13/1990"
    an.fill(date_of_birth="15/03/1990")
    an.press("Lưu và tiếp tục")
    an.press("Lưu và tiếp tục")  # the address is missing
    assert an.page.title().startswith("Lỗi:")
    an.fill(address="12 Lê Duẩn, phường Tân Lập")
    an.press("Lưu và tiếp tục")


def go_through_form(device: Visitor) -> None:
    """From the list through both sections, with a wrong date and a look back; then the papers."""
    device.page.get_by_role("link", name="Làm tiếp:").click()
    device.check()
    device.page.locator("[name=requester_relation]").first.check()
    device.press("Lưu và tiếp tục")
    device.fill(record_birth_date="40/13/1990", record_name="Nguyễn Văn An", copies="2")
    device.press("Lưu và tiếp tục")  # wrong date, missing answers
    device.press("Quay lại")
    assert device.page.locator("[name=requester_relation]").first.is_checked()
    device.press("Lưu và tiếp tục")
    assert device.page.locator("[name=record_birth_date]").input_value() == "40/13/1990"
    device.fill(record_birth_date="15/03/1990", record_office="UBND xã Ea Kao")
    device.page.locator("[name=record_kind]").first.check()
    device.press("Lưu và tiếp tục")
