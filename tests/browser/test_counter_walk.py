"""The whole walk at the counter: intake, receipt, settlement, result handed over, tracked as returned."""

from __future__ import annotations

from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.officers import Desk
from tests.browser.town import PASSWORD, Town

PROCEDURE_TITLE = "Chứng thực chữ ký trong các giấy tờ, văn bản"
BINH = {"name": "Lê Thị Bình", "date_of_birth": "5/3/1990", "phone": "0905000009", "address": "12 Lê Duẩn"}


def test_walk_at_the_counter_ends_with_result_returned(visitor: NewVisitor, town: Town) -> None:
    chi = visitor()
    log_in(chi)
    code, dossier_id = take_in(chi)
    print_receipt(chi)
    desk = Desk(visitor)
    desk.carry(
        dossier_id,
        ("chi", "lam", "dung", "hanh", "khoa"),
        lambda: done(desk) in ("bao-co-ket-qua", "tra-ket-qua"),
    )
    hand_result_over(chi, dossier_id)
    assert [verb for _, verb in desk.done if verb != "hoan-thanh-buoc"] == [
        "chuyen-xu-ly",
        "phan-cong",
        "trinh-duyet",
        "phe-duyet",
        "ban-hanh-ket-qua",
        "bao-co-ket-qua",
    ]
    anybody = visitor(width=360)
    tracked = anybody.go(f"/tra-cuu/{code}")
    assert tracked.locator(".mc-standing__tags .mc-tag").first.inner_text() == "Đã trả kết quả"
    assert BINH["name"] not in tracked.content()


def test_dossier_is_taken_in_where_no_script_runs(visitor: NewVisitor, town: Town) -> None:
    chi = visitor(script=False, width=360)
    log_in(chi)
    code, dossier_id = take_in(chi)
    print_receipt(chi)
    chi.go(f"/noi-bo/ho-so/{dossier_id}/")
    assert code in chi.page.locator("main").inner_text()


def log_in(officer: Visitor) -> None:
    officer.go("/noi-bo/")
    officer.press("Đăng nhập")  # without entries
    assert officer.page.title().startswith("Lỗi:")
    officer.fill(username="chi", password=PASSWORD)
    officer.press("Đăng nhập")
    assert officer.page.get_by_role("heading", level=1).inner_text() == "Việc chung của đơn vị"


def take_in(chi: Visitor) -> tuple[str, str]:
    """The code on the receipt and the dossier's id. Bình has no account; her papers lie on the counter."""
    page = chi.page
    menu = page.locator(".mc-menu summary")
    if menu.is_visible():  # on a phone the menu is folded
        menu.click()
    chi.follow("Nhận hồ sơ mới")
    chi.fill(personal_id="066190005678")
    chi.press("Tìm người")
    page.get_by_text("Chưa có tài khoản với số này").first.wait_for()
    chi.fill(**BINH, procedure_text="chung thuc chu ky")
    chi.press("Tìm thủ tục")
    page.locator("#found, .mc-intake__chosen").get_by_text(PROCEDURE_TITLE).first.wait_for()
    if not page.locator(
        ".mc-intake__chosen"
    ).count():  # a form that was sent and has one answer has chosen it
        chi.press(PROCEDURE_TITLE)
    page.get_by_role("heading", name="Giấy tờ", exact=True).wait_for()
    assert page.locator("[name=name]").input_value() == BINH["name"]
    chi.press("Tiếp nhận")  # the papers are not ticked yet
    assert page.title().startswith("Lỗi:")
    for box in page.locator(".mc-papers input[type=checkbox]").all():
        box.check()
    page.locator("[name=receipt_asked]").check()  # the result comes the same day: no receipt unless asked
    chi.press("Tiếp nhận")
    assert page.get_by_role("heading", level=1).inner_text() == "Đã tiếp nhận hồ sơ"
    return page.locator(".mc-done__code").inner_text(), page.url.rstrip("/").rsplit("/", 1)[1]


def print_receipt(chi: Visitor) -> None:
    href = chi.page.get_by_role("link", name="In giấy tiếp nhận").get_attribute("href")
    answer = chi.context.request.get(f"{chi.site}{href}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


def done(desk: Desk) -> str:
    """The verb done last."""
    return desk.done[-1][1] if desk.done else ""


def hand_result_over(chi: Visitor, dossier_id: str) -> None:
    chi.go("/noi-bo/tra-ket-qua/")
    chi.follow(BINH["name"])
    chi.follow("Trả kết quả")
    chi.press("Trả kết quả")  # the proof is missing
    assert chi.page.title().startswith("Lỗi:")
    assert chi.page.locator("[name=who]:checked").input_value() == "applicant"
    chi.fill(proof="Đã ký sổ trả kết quả")
    chi.press("Trả kết quả")
    assert chi.page.url.endswith(f"/noi-bo/ho-so/{dossier_id}/")
    assert chi.page.locator(".mc-dossier-head .mc-tag").first.inner_text() == "Đã trả kết quả"
