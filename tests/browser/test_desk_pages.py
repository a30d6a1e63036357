"""Pages of the desk in the states that no address leads to: refused, sent, stale; narrow and wide."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.town import PASSWORD, PROCEDURE, Town

from motcua.accounts import services as account_services
from motcua.agencies.queries import calendar_of
from motcua.catalogue import queries as catalogue
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.state import Applicant, DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import SYSTEM
from motcua.theme.wording import short_day
from motcua.worktime.rules import local

_serial = count(1)


def registered(town: Town, **changes: object) -> Act:
    """A complete dossier on the counter, not yet accepted."""
    at = town.now()
    sheet = catalogue.sheet(catalogue.version_in_force(PROCEDURE, at.date()))
    papers = [DocumentRef(each.key, originals=1) for each in sheet.components_for("counter", None)]
    given = {
        "actor": town.officers["chi"],
        "at": at,
        "procedure_version_id": sheet.version_id,
        "agency_id": town.agency.id,
        "applicant": Applicant("Lê Thị Bình", "066190005678", "0905000009", "", "12 Lê Duẩn"),
        "submission_key": f"pages-{next(_serial)}",
        "documents": papers,
    }
    return services.register_at_counter(**given | changes)


def accepted(town: Town, **changes: object) -> Act:
    act = registered(town, **changes)
    return services.accept(
        actor=town.officers["chi"], at=town.now(), dossier_id=act.dossier_id, expected_version=act.version
    )


def waiting(town: Town) -> Act:
    act = registered(town)
    sheet = catalogue.sheet(catalogue.version_in_force(PROCEDURE, town.now().date()))
    return services.request_supplement(
        actor=town.officers["chi"],
        at=town.now(),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        items=[SupplementItem(sheet.components[0].key, "Ký vào tờ khai")],
        reason="Thiếu chữ ký",
        guidance="Ký ở cuối",
    )


def enter(visitor: NewVisitor, username: str, width: int = 1280) -> Visitor:
    officer = visitor(width=width)
    officer.go("/noi-bo/dang-nhap/")
    officer.fill(username=username, password=PASSWORD)
    officer.press("Đăng nhập")
    return officer


def test_pages_of_the_receiver_are_accessible(visitor: NewVisitor, town: Town) -> None:
    fresh, taken, asked = registered(town), accepted(town), waiting(town)
    chi = enter(visitor, "chi")
    for act in (fresh, taken, asked):
        chi.go(f"/noi-bo/ho-so/{act.dossier_id}/")
        for href in hrefs(chi, ".mc-verbs a"):
            chi.go(href)
            send(chi)  # with whatever is missing, or done
    kept = services.add_reason(
        actor=SYSTEM,
        at=town.now(),
        agency_id=None,
        verb=Verb.DECLINE,
        title="Mẫu để điền",
        text="Theo quy định […].",
    )
    chi.go(f"/noi-bo/ho-so/{registered(town).dossier_id}/tu-choi-tiep-nhan/")
    chi.page.locator("[name=reason_template]").select_option(str(kept))
    chi.press("Điền vào lý do")
    assert chi.page.locator("[name=reason]").input_value() == "Theo quy định […]."
    chi.go(f"/noi-bo/ho-so/{registered(town).dossier_id}/chuyen-co-quan/")
    agencies = chi.page.locator("[name=agency]")
    chi.page.locator("#id_agency-find").fill("ea kao")
    assert agencies.locator("option").all_inner_texts() == ["Ủy ban nhân dân phường Ea Kao"]
    for key in ("Enter", "ArrowDown"):  # to the list, and its first entry; not the button of the form
        chi.page.keyboard.press(key)
    assert agencies.evaluate("list => list.size") == 7  # open: another arrow goes on
    chi.page.keyboard.press("Enter")
    assert agencies.evaluate("list => list.size") == 0
    search = chi.page.locator("#id_agency-find")
    own = chi.page.locator("label[for=id_agency]").inner_text()
    assert search.evaluate("field => field.labels[0].textContent").startswith(f"{own}: ")
    search.fill("khong co xa nay")  # what was chosen stays, and is not counted among what fits
    assert agencies.locator("option").count() == 1
    assert chi.page.locator("[data-mc-live]").inner_text() == "0 mục phù hợp"
    search.focus()
    chi.page.keyboard.press("ArrowDown")
    search.focus()
    assert agencies.evaluate("list => list.size") == 0
    chi.page.locator("#id_agency-find").fill("")
    assert agencies.locator("option:checked").inner_text() == "Ủy ban nhân dân phường Ea Kao"
    assert agencies.locator("option").count() > 100
    chi.go(f"/noi-bo/ho-so/{taken.dossier_id}/khong-co/")
    chi.go("/noi-bo/ho-so/018f0000-0000-7000-8000-000000000000/")
    chi.go("/noi-bo/tim/")
    chi.fill(asked="le thi binh")
    chi.press("Tìm")
    asked, results = chi.page.url, chi.page.locator("main .mc-work__name")
    results.first.click()
    chi.page.wait_for_url("**/ho-so/**")
    chi.page.go_back()
    assert (chi.page.url, results.count() > 1) == (asked, True)
    chi.press("English")
    assert (chi.page.url, results.count() > 1) == (asked, True)
    assert chi.go("/noi-bo/tiep-nhan/").get_by_role("heading", level=1).inner_text() == "New dossier"


def asked_today(town: Town) -> dict[str, str]:
    return {"requested_on": short_day(local(town.now()).date()), "request": "Đơn nộp tại quầy"}


def test_stale_page_is_clear_and_keeps_the_text(visitor: NewVisitor, town: Town) -> None:
    act = registered(town)
    chi = enter(visitor, "chi")
    chi.go(f"/noi-bo/ho-so/{act.dossier_id}/rut-ho-so/")
    services.accept(
        actor=town.officers["chi"], at=town.now(), dossier_id=act.dossier_id, expected_version=act.version
    )
    chi.fill(**asked_today(town), reason="Không còn nhu cầu")
    chi.press("Ghi nhận rút hồ sơ")
    assert chi.page.get_by_role("heading", level=1).inner_text() == "Hồ sơ vừa thay đổi"
    chi.press("Ghi nhận rút hồ sơ với nội dung đã nhập")
    assert chi.page.locator(".mc-dossier-head .mc-tag").first.inner_text() == "Người nộp đã rút"


def test_key_pressed_twice_or_held_sends_once(visitor: NewVisitor, town: Town) -> None:
    act = registered(town)
    chi = enter(visitor, "chi")
    sent: list[str] = []
    chi.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    chi.page.goto(f"{chi.site}/noi-bo/ho-so/{act.dossier_id}/rut-ho-so/")
    chi.fill(**asked_today(town), reason="Không còn nhu cầu")
    chi.page.evaluate(
        """() => {
          const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
          const down = (repeat) =>
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...keys, repeat }));
          down(true); // it was held since the page before
          [false, true, false].forEach(down);
          document.querySelector("main form [data-mc-key]").form.requestSubmit();
        }"""
    )
    chi.page.wait_for_url(f"**/ho-so/{act.dossier_id}/")
    assert chi.page.locator(".mc-dossier-head .mc-tag").first.inner_text() == "Người nộp đã rút"
    assert len(sent) == 1


def test_pages_of_the_administrator_are_accessible(visitor: NewVisitor, town: Town) -> None:
    officer = town.officers["lam"]
    account_services.set_admin(actor=SYSTEM, account_id=int(officer.id), is_admin=True, at=town.now())
    told = Applicant("Lê Thị Bình", "066190005678", "0905000009", "binh@example.vn", "12 Lê Duẩn")
    accepted(town, applicant=told)
    lam = enter(visitor, "lam")
    lam.go("/noi-bo/quan-tri/can-bo/")
    lam.follow("Tạo tài khoản")
    lam.press("Tạo tài khoản")
    lam.fill(full_name="Trần Thị Mai", username="mai")
    lam.press("Tạo tài khoản")
    assert lam.page.get_by_role("heading", level=1).inner_text() == "Đã tạo tài khoản"
    lam.go("/noi-bo/quan-tri/quy-che/ho-so/?ma=KHONG-CO&theo=KT18")
    lam.go("/noi-bo/quan-tri/thong-bao/")
    lam.follow("Viết thông báo")
    lam.press("Đăng thông báo")  # without a word
    lam.fill(title="Tạm ngừng", body="Tối thứ Bảy.", shown_to_day="31/12/2099", shown_to_time="22:00")
    lam.press("Xem trước")
    lam.press("Đăng thông báo")
    lam.press("Kết thúc Tạm ngừng")
    lam.go("/noi-bo/quan-tri/mau-ly-do/")
    lam.follow("Thêm mẫu lý do")
    lam.fill(title="Mẫu", text="Hồ sơ thiếu […].")
    with lam.page.expect_navigation():  # the only button of the page that is the main one, without a mark
        lam.page.keyboard.press("Control+Enter")
    lam.check()
    lam.follow("Mẫu")
    lam.press("Lưu mẫu")


def test_head_of_desk_closes_the_agency_after_a_look(visitor: NewVisitor, town: Town) -> None:
    """Nothing is announced before the preview was seen; it is taken back while it has not begun."""
    account_services.set_admin(
        actor=SYSTEM, account_id=int(town.officers["lam"].id), is_admin=True, at=town.now()
    )
    accepted(town)
    lam = enter(visitor, "lam")
    lam.go("/noi-bo/lich-nghi/")
    lam.go(f"/noi-bo/lich-nghi/{town.agency.id}/")
    lam.follow("Thông báo nghỉ")
    lam.press("Xem hồ sơ chịu ảnh hưởng")  # without a day
    assert lam.page.title().startswith("Lỗi:")
    day = calendar_of(town.agency.id, town.now().date()).closing_of(town.now().date() + timedelta(days=1))
    lam.fill(first_day=f"{day:%Y-%m-%d}", reason="Tránh bão", source="Thông báo 45/TB-UBND")
    lam.press("Xem hồ sơ chịu ảnh hưởng")
    lam.press("Sửa lại")
    lam.press("Xem hồ sơ chịu ảnh hưởng")
    lam.press("Thông báo nghỉ")
    assert lam.page.get_by_role("heading", level=1).inner_text().startswith("Nghỉ")
    lam.press("Hủy thông báo nghỉ")
    assert lam.page.locator(".mc-tag").first.inner_text() == "đã hủy"


def hrefs(officer: Visitor, selector: str) -> list[str]:
    links = officer.page.locator(selector).all()
    return [str(link.get_attribute("href")) for link in links]


def send(officer: Visitor) -> None:
    """Press the button of a verb page as it stands."""
    button = officer.page.locator("main form button[type=submit]")
    if button.count():
        button.last.click()
        officer.check()
