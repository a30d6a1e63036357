"""An officer's lists in the browser: chosen by keyboard, kept, walked through from dossier to dossier."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, ViewportSize
from pytest_django import Settings
from tests.browser.conftest import NewVisitor
from tests.browser.inspection import SCROLLING, SPACED, over
from tests.browser.test_desk_pages import accepted, enter, registered, waiting
from tests.browser.town import PROCEDURE, Town
from tests.documents import samples

from motcua.accounts import services as account_services
from motcua.catalogue import queries as catalogue
from motcua.desk import clock
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.models import ThreadMessage
from motcua.dossiers.rules.state import DocumentRef, ResultDelivery
from motcua.dossiers.services import Act
from motcua.kernel.actors import SYSTEM
from motcua.worktime.rules import local

# Of a list of many columns, scrolled to its end: whether the last cell and whose line it is are in sight.
IN_SIGHT = """() => {
    const box = document.querySelector(".mc-scroll"), row = box.querySelector("tbody tr");
    box.scrollTo(box.scrollWidth, 0);
    const frame = box.getBoundingClientRect();
    return [row.lastElementChild, row.querySelector(".mc-row-head")].map((cell) => {
        const at = cell.getBoundingClientRect();
        return at.left >= frame.left - 1 && at.right <= frame.right + 1;
    });
}"""


def test_list_is_narrowed_kept_and_walked_through(visitor: NewVisitor, town: Town) -> None:
    registered(town), accepted(town), waiting(town), registered(town)
    chi = enter(visitor, "chi")
    for slug in ("viec-cua-don-vi", "sap-tre", "cho-nguoi-khac", "da-lam-hom-nay"):
        chi.go(f"/noi-bo/{slug}/")
    page = chi.go("/noi-bo/viec-cua-don-vi/")
    page.locator(".mc-setting__summary").focus()
    page.keyboard.press("Enter")
    page.locator("[name=trang_thai]").select_option("submitted")
    for column in ("status", "unit", "officer", "channel", "filed", "opened"):
        page.locator(f"[name=cot][value={column}]").check()
    chi.press("Áp dụng")
    assert page.locator("tbody tr").count() == 2
    assert page.locator(".mc-work thead th").count() == 10  # each of the nine in a column of its own
    page.set_viewport_size(ViewportSize(width=1280, height=900))
    (scrolls,) = page.evaluate(SCROLLING)
    assert 'class="mc-scroll"' in scrolls
    assert page.evaluate(IN_SIGHT) == [True, True]
    chi.fill(name="Chờ tiếp nhận")
    chi.press("Giữ bộ lọc này")
    assert page.locator(".mc-rail [aria-current]").inner_text() == "Chờ tiếp nhận"
    page.locator(".mc-work__name").first.click()
    chi.check()
    first = page.url
    chi.follow("Hồ sơ tiếp theo")
    assert page.url != first
    chi.follow("Hồ sơ tiếp theo")  # there are two: the list begins anew
    assert page.get_by_role("heading", level=1).inner_text() == "Chờ tiếp nhận"
    chi.press("Xuất bảng tính")
    services.write_export(export_id=int(page.url.rstrip("/").rpartition("/")[2]), at=town.now())
    page.get_by_role("link", name="Tải bảng tính").wait_for()  # the page asks by itself
    chi.check()
    chi.go("/noi-bo/viec-cua-don-vi/")
    chi.follow("Chờ tiếp nhận")
    chi.press("Bỏ bộ lọc này")


# A list as long as a full page: its one line many times over.
FULL_PAGE = """() => {
    const body = document.querySelector(".mc-work tbody"), line = body.rows[0];
    for (let at = 2; at <= 25; at += 1) {
        const other = body.appendChild(line.cloneNode(true));
        other.querySelector("input").id = other.querySelector("label").htmlFor = `pick-${at}`;
    }
}"""
# However the page lies: what would be pressed instead of a button, looked at in all of its width.
COVERED = """() => {
    const found = [];
    for (let way = 0; way < document.body.scrollHeight - innerHeight; way += 23) {
        scrollTo(0, way);
        for (const button of document.querySelectorAll(".mc-buttons--stay .govuk-button")) {
            const box = button.getBoundingClientRect();
            if (box.bottom > innerHeight) continue; // the list lies below the window still
            for (let x = box.left + 3; x < box.right - 3; x += 9) {
                const there = document.elementFromPoint(x, (box.top + box.bottom) / 2);
                if (!button.contains(there)) found.push(`${way}: ${there?.outerHTML.slice(0, 80)}`);
            }
        }
    }
    scrollTo(0, 0);
    return found;
}"""
# What lies over the middle and the edges of that which has the focus.
OVER_THE_FOCUS = """() => {
    const has = document.activeElement, box = has.getBoundingClientRect();
    const own = (there) => has.contains(there) || there?.contains(has) || has.labels?.[0]?.contains(there);
    const seen = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].every((y) =>
        own(document.elementFromPoint((box.left + box.right) / 2, y)));
    return seen ? "" : `${has.outerHTML.slice(0, 90)} at ${box.top}`;
}"""
WHICH_HAS_IT = "[...document.querySelectorAll('a, input, button')].indexOf(document.activeElement)"
MANY_COLUMNS = "?" + "&".join(
    f"cot={each}" for each in ("procedure", "work", "term", "status", "unit", "officer", "filed")
)


@pytest.mark.parametrize("columns", ["", MANY_COLUMNS])
def test_buttons_below_a_list_cover_no_focus_and_are_covered_by_nothing(
    columns: str, visitor: NewVisitor, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(town)
    much_later = town.now() + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: much_later)
    hanh = enter(visitor, "hanh")
    hanh.is_looked_at = False
    page = hanh.go(f"/noi-bo/can-don-doc/{columns}")
    page.evaluate(FULL_PAGE)
    for width, height, spaced in (
        (1366, 768, False),
        (1280, 800, True),  # spaced, the buttons take more lines
        (360, 740, False),
        (320, 640, True),
    ):
        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.evaluate(SPACED, spaced)
        assert page.evaluate(COVERED) == [], width
        assert walked(page, ".mc-work__name", "j", 24) == [], width
        assert walked(page, "#pick-1", "Tab", 51) == [], width


def walked(page: Page, start: str, key: str, presses: int) -> list[str]:
    """What has the focus and is not seen, on the way down from here; every press goes on."""
    page.evaluate("scrollTo(0, 0)")
    page.locator(start).first.focus()
    found, before = [], ""
    for _ in range(presses):
        page.keyboard.press(key)
        covered, now = page.evaluate(OVER_THE_FOCUS), str(page.evaluate(WHICH_HAS_IT))
        found += [covered] if covered else [f"no further than {now}"] if now == before else []
        before = now
    return found


def proposed(town: Town, **changes: object) -> Act:
    """A dossier that waits for the leader."""
    act = accepted(town, **changes)
    while True:
        task = queries.state_of(act.dossier_id).tasks[0]
        common = {"at": town.now(), "dossier_id": act.dossier_id, "expected_version": act.version}
        match task.kind:
            case "intake":
                act = services.hand_over(actor=town.officers["chi"], task_key=task.key, **common)
            case "assign":
                dung = town.officers["dung"]
                act = services.assign(
                    actor=town.officers["lam"], task_key=task.key, officer_id=dung.id, **common
                )
            case "process":
                text = "Hồ sơ đủ điều kiện theo Điều 16; đề nghị cấp bản sao trích lục."
                act = services.propose(
                    actor=town.officers["dung"], task_key=task.key, decision="grant", text=text, **common
                )
            case _:
                return act


def with_result(town: Town, **changes: object) -> Act:
    """A dossier whose result lies at the desk."""
    act = proposed(town, **changes)
    while True:
        task = queries.state_of(act.dossier_id).tasks[0]
        common = {"at": town.now(), "dossier_id": act.dossier_id, "expected_version": act.version}
        match task.kind:
            case "approve":
                act = services.approve(actor=town.officers["hanh"], task_key=task.key, **common)
            case "return" if act.status == "decided":  # a process without a clerical step
                act = services.issue_result(
                    actor=town.officers["chi"],
                    task_key=task.key,
                    number="12/TLHT",
                    name="Trích lục",
                    **common,
                )
            case _:
                return act


def test_leader_decides_several_at_once(visitor: NewVisitor, town: Town) -> None:
    acts = [proposed(town) for _ in range(3)]
    hanh = enter(visitor, "hanh")
    page = hanh.page
    assert page.get_by_role("heading", level=1).inner_text() == "Chờ phê duyệt"
    ticked = page.locator("[data-mc-picking] [role=status]")
    for number in range(2):
        page.locator("[name=ho-so]").nth(number).check()
        assert ticked.inner_text() == f"Đã chọn {number + 1} hồ sơ."
    page.get_by_role("link", name="Chọn cả trang này").click()
    assert page.locator("[name=ho-so]:checked").count() == 3
    page.locator("[name=ho-so]").first.uncheck()
    assert ticked.inner_text() == "Đã chọn 2 hồ sơ."
    page.locator("[name=ho-so]").first.check()
    assert ticked.inner_text() == "Đã chọn 3 hồ sơ."
    hanh.press("Xem và quyết định các hồ sơ đã chọn")
    page.locator("main details summary").first.click()
    hanh.check()
    page.locator("input[value=send_back]").first.check()
    letters_do_nothing(page)
    hanh.press("Ghi quyết định")
    assert page.title().startswith("Lỗi:")
    page.get_by_role("button", name="Chọn theo đề xuất cho tất cả").click()
    assert page.locator("input[value=approve]:checked").count() == 3
    chosen = page.locator(".mc-approvals__all [role=status]")
    assert chosen.inner_text().startswith("Đã chọn theo đề xuất cho 3")
    page.locator("input[value=send_back]").first.check()
    assert chosen.inner_text().startswith("Đã chọn theo đề xuất cho 2")
    page.locator("input[value=approve]").first.check()
    assert chosen.inner_text().startswith("Đã chọn theo đề xuất cho 3")
    services.stop(
        actor=town.officers["chi"],
        at=town.now(),
        dossier_id=acts[0].dossier_id,
        expected_version=acts[0].version,
        reason="Trùng hồ sơ",
        requested_on=local(town.now()).date(),
        request="Đơn",
    )
    hanh.press("Ghi quyết định")
    assert page.locator("#done").inner_text() == "2 hồ sơ đã xong"
    assert page.locator("#refused").inner_text() == "1 hồ sơ không làm được, còn nguyên như trước"


def letters_do_nothing(page: Page) -> None:
    """Where the focus is now, a letter that elsewhere leads to the inbox leads nowhere."""
    script = """() => document.querySelector("[data-mc-key=b]").addEventListener("click", event => {
        event.preventDefault();
        document.body.dataset.left = "yes";
    })"""
    page.evaluate(script)
    page.keyboard.press("b")
    assert page.evaluate("document.body.dataset.left ?? 'no'") == "no"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name ?? ''"))


def scan(page: Page, text: str) -> None:
    page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_return_desk_by_scanner_hands_over_and_closes(visitor: NewVisitor, town: Town) -> None:
    act = with_result(town)
    proposed(town)
    chi = enter(visitor, "chi")
    page = chi.go("/noi-bo/tra-ket-qua/")
    scan(page, "000.00")  # as a scanner does: letters that would be keys elsewhere, then Enter
    chi.check()
    assert page.title().startswith("Lỗi:")
    for typed in (act.code, f"{chi.site}/tra-cuu/{act.code}"):
        scan(page, typed)  # in the place of what was typed in vain
        assert page.get_by_role("heading", level=1).inner_text() == "Trả kết quả"
        assert focused(page) == "how"
        last = page.url
        page.goto(f"{chi.site}/noi-bo/tra-ket-qua/")
    page.goto(last)
    chi.check()
    chi.fill(proof="Đã ký sổ trả kết quả")
    page.locator("[name=and_close]").check()
    letters_do_nothing(page)
    chi.press("Trả kết quả")
    assert page.url.endswith("/noi-bo/tra-ket-qua/")
    assert focused(page) == "number"
    assert queries.state_of(act.dossier_id).status == "closed"


def test_who_takes_a_result_is_not_asked_where_it_goes_online(visitor: NewVisitor, town: Town) -> None:
    act = with_result(town, delivery=ResultDelivery("online"))
    chi = enter(visitor, "chi")
    page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/tra-ket-qua/")
    chi.fill(proof="Đã ký sổ")
    proof = page.locator("[name=proof]")
    page.locator("[name=how][value=online]").check()
    assert (proof.is_visible(), proof.is_disabled()) == (False, True)
    page.locator("[name=how][value=counter]").check()
    assert (proof.is_visible(), proof.input_value()) == (True, "Đã ký sổ")
    chi.check()


def test_somebody_else_takes_a_result_and_only_then_is_asked_who(visitor: NewVisitor, town: Town) -> None:
    act = with_result(town)
    chi = enter(visitor, "chi")
    page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/tra-ket-qua/")
    asked = page.locator("[name=taker_number], [name=received_by], [name=taker_authority]")
    assert [asked.nth(i).is_visible() for i in range(asked.count())] == [False] * 3
    page.get_by_label("Người khác").check()
    assert [asked.nth(i).is_visible() for i in range(asked.count())] == [True] * 3
    chi.check()
    chi.press("Trả kết quả")
    chi.check()
    assert page.locator(".govuk-error-summary li").count() == 5
    chi.fill(received_by="Trần Thị Giang", taker_number="066190000002", proof="Đã ký sổ")
    page.locator("[name=taker_capacity]").select_option("authorised")
    chi.fill(taker_authority="Giấy ủy quyền ngày 01/03/2024")
    chi.press("Trả kết quả")
    assert "Giấy tờ tùy thân của người nhận: Căn cước 066190000002" in page.inner_text("main")
    assert queries.state_of(act.dossier_id).status == "returned"


def test_new_date_of_an_apology_says_at_once_how_far_beyond_it_lies(visitor: NewVisitor, town: Town) -> None:
    act = proposed(town)
    due = queries.state_of(act.dossier_id).due_at
    assert due is not None
    hanh = enter(visitor, "hanh")
    page = hanh.go(f"/noi-bo/ho-so/{act.dossier_id}/xin-loi-hen-lai/")
    hanh.fill(reason="Chờ ý kiến", new_day=f"{due - timedelta(days=7):%d/%m/%Y}")
    for days, said in ((-7, "Ngày này không sau ngày đang hẹn"), (14, "Muộn hơn ngày đang hẹn")):
        hanh.fill(new_day=f"{due + timedelta(days=days):%d/%m/%Y}")
        page.locator("[name=reason]").focus()
        page.locator("#beyond").filter(has_text=said).wait_for()
    hanh.check()
    assert page.locator("[name=reason]").input_value() == "Chờ ý kiến"
    assert queries.state_of(act.dossier_id).version == act.version


def test_papers_are_read_beside_the_form_and_notes_left(visitor: NewVisitor, town: Town) -> None:
    acts = []
    for name, content in (("don.pdf", samples.pdf()), ("anh.png", samples.picture("PNG", (400, 300)))):
        upload = SimpleUploadedFile(name, content)
        card = documents.store(upload=upload, name=name, actor=town.officers["chi"], at=town.now())
        papers = [DocumentRef(key, originals=1, file_id=card.id) for key in component_keys(town)]
        acts.append(registered(town, documents=papers))
    chi = enter(visitor, "chi")
    for act in acts:
        page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/")
        page.get_by_role("link", name="Xem bên cạnh").first.click()
        chi.check()
    page.get_by_role("button", name="Xoay phải").focus()
    page.keyboard.press("Enter")
    page.locator(".mc-preview canvas").wait_for()
    page.keyboard.press("+")
    assert page.locator("[data-mc-size]").inner_text() == "150%"
    chi.check()
    chi.fill(text="Đã gọi điện cho người nộp, hẹn sáng thứ Hai.")
    chi.press("Ghi")
    assert page.locator(".mc-note__text").inner_text() == "Đã gọi điện cho người nộp, hẹn sáng thứ Hai."


def test_main_key_sends_the_note_and_leaving_with_one_asks(visitor: NewVisitor, town: Town) -> None:
    act = registered(town)
    ThreadMessage.objects.create(
        dossier_id=act.dossier_id,
        author_id=int(town.officers["chi"].id),
        author_name="Bình",
        is_from_desk=False,
        text="Bao giờ xong?",
        at=town.now(),
    )
    chi = enter(visitor, "chi")
    page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/")
    for form, text, shown in (
        ("ghi-chu", "Hẹn sáng thứ Hai.", ".mc-note__text"),
        ("tin-nhan", "Chiều mai, thưa ông.", ".mc-talk__said--own .mc-talk__text"),
    ):
        box = page.locator(f"form[action$='/{form}/'] textarea")
        box.fill(text)
        page.keyboard.press("Control+Enter")
        page.locator(shown).wait_for()
        assert page.locator(shown).inner_text() == text
        box.fill("Chưa gửi.")
        asked: list[str] = []
        page.once("dialog", lambda dialog, asked=asked: (asked.append(dialog.type), dialog.dismiss()))
        page.locator(".mc-verbs a").first.click()
        page.wait_for_timeout(0)
        assert asked == ["beforeunload"]
        assert box.input_value() == "Chưa gửi."
        box.fill("")
    page.locator(".mc-verbs a").first.focus()
    with page.expect_navigation():  # elsewhere the key goes on to the page's own work, and nobody is asked
        page.keyboard.press("Control+Enter")
    assert page.url != f"{chi.site}/noi-bo/ho-so/{act.dossier_id}/"


def test_papers_are_leafed_through_beside_a_form_that_keeps_what_was_typed(
    visitor: NewVisitor, town: Town, settings: Settings
) -> None:
    settings.DOCUMENTS_DRAWING_SECONDS = 1  # for the second paper, which would take for ever
    files = {"don.pdf": samples.pdf(pages=2), "mai-mai.pdf": samples.pdf_that_takes_for_ever()}
    cards = [
        documents.store(
            upload=SimpleUploadedFile(name, content), name=name, actor=town.officers["chi"], at=town.now()
        )
        for name, content in files.items()
    ]
    keys = component_keys(town)
    papers = [DocumentRef(key, originals=1, file_id=cards[0].id) for key in keys]
    act = registered(town, documents=[*papers, DocumentRef(keys[0], file_id=cards[1].id)])
    chi = enter(visitor, "chi")
    page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/tu-choi-tiep-nhan/")
    chi.fill(reason="Chưa đủ căn cứ")
    shown, form = page.locator(".mc-preview").bounding_box(), page.locator(".mc-act form").bounding_box()
    assert shown is not None
    assert form is not None
    assert shown["x"] >= form["x"] + form["width"]
    page.evaluate("document.activeElement.blur()")  # out of the field: letters are keys again
    for key, picture in ((".", "/trang/2/"), (",", "/trang/1/")):
        page.keyboard.press(key)
        page.locator(f".mc-preview img[src$='{picture}']").wait_for()
    page.locator(".mc-act input[type=radio]").first.focus()  # which takes no letters either
    page.keyboard.press("x")
    page.locator(".mc-preview canvas").wait_for()
    page.keyboard.press("0")
    assert page.locator("[data-mc-look=fit]").get_attribute("aria-pressed") == "true"
    chi.check()
    assert focus_after_a_swap_of(page, "looking") == "BODY"
    assert focus_after_a_swap_of(page, "preview") == "DIV"
    page.locator(".mc-preview__choice").last.click()
    page.locator(".mc-preview__failed").wait_for()
    assert page.locator("[data-mc-live]").inner_text() == page.locator(".mc-preview__failed").inner_text()
    assert page.locator("[data-mc-look]:not(:disabled)").count() == 0
    chi.check()
    assert page.locator("[name=reason]").input_value() == "Chưa đủ căn cứ"
    assert len(page.context.pages) == 1


def focus_after_a_swap_of(page: Page, part: str) -> str:
    """The kind of element that has the focus once this part of the page was put in anew, if none had it."""
    script = """part => {
        document.activeElement.blur();
        const target = Object.assign(document.createElement("div"), { id: part });
        document.dispatchEvent(new CustomEvent("htmx:after:swap", { detail: { ctx: { target } } }));
        return document.activeElement.tagName;
    }"""
    return str(page.evaluate(script, part))


def component_keys(town: Town) -> list[str]:
    sheet = catalogue.sheet(catalogue.version_in_force(PROCEDURE, town.now().date()))
    return [each.key for each in sheet.components_for("counter", None)]


WITH_RECEIPT = "1.001758"  # not settled on the day of receipt, so that a receipt is given unasked
QR = "066190005678|240512345|Lê Thị Bình|05031990|Nữ|12 Lê Duẩn, phường Bình Kiến, Đắk Lắk|10052022"


SCREEN = ViewportSize(width=1280, height=900)


def height_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


class Keys:
    """An officer's hands: every key action is counted, a scanner's typing is not."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def scan(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("networkidle")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def go(self, key: str) -> None:
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_load_state("networkidle")


def test_simple_dossier_takes_at_most_twelve_key_actions_after_the_scan(
    visitor: NewVisitor, town: Town
) -> None:
    """Person by the card, procedure by the end of its code, papers by one tick, receipt printed, the next;
    all of it on one screen."""
    chi = enter(visitor, "chi", 1280)
    chi.page.set_viewport_size(SCREEN)
    page = chi.go("/noi-bo/tiep-nhan/")
    assert height_of(page) <= SCREEN["height"]
    hands = Keys(page)
    hands.scan(QR)
    chi.check()
    assert page.locator("[name=name]").input_value() == "Lê Thị Bình"
    assert page.locator("[name=date_of_birth]").input_value() == "05/03/1990"
    hands.press(*WITH_RECEIPT[-3:])
    hands.go("Enter")
    chi.check()
    assert height_of(page) <= SCREEN["height"]
    hands.press("Space")
    hands.go("Control+Enter")
    chi.check()
    assert page.get_by_role("heading", level=1).inner_text() == "Đã tiếp nhận hồ sơ"
    with page.context.expect_page() as receipt:
        hands.press("Enter")
    receipt.value.close()
    hands.go("n")
    page.locator("[name=personal_id]:focus").wait_for()
    assert hands.count <= 12


def test_shortcuts_are_listed_walk_the_list_and_can_be_switched_off(visitor: NewVisitor, town: Town) -> None:
    registered(town), registered(town)
    chi = enter(visitor, "chi")
    page, hands = chi.page, Keys(chi.page)
    hands.press("j", "j", "k")
    assert page.evaluate("document.activeElement.className").endswith("mc-work__name")
    hands.go("Enter")
    first = page.url
    hands.go("t")
    assert page.url != first
    hands.press("/")
    page.keyboard.type("?n")
    assert page.locator("#desk-search").input_value() == "?n"
    page.locator("#desk-search").blur()
    hands.go("?")
    assert page.get_by_role("heading", level=1).inner_text() == "Phím tắt"
    chi.check()
    chi.press("Tắt phím một chữ")
    hands.press("n")
    assert page.get_by_role("heading", level=1).inner_text() == "Phím tắt"


def test_empty_box_keeps_its_distance_from_what_follows(visitor: NewVisitor, town: Town) -> None:
    chi = enter(visitor, "chi")
    page = chi.go("/noi-bo/su-co/")
    gap = page.evaluate(
        """() => {
            const box = document.querySelector("main .mc-empty");
            return box.nextElementSibling.getBoundingClientRect().top - box.getBoundingClientRect().bottom;
        }"""
    )
    assert gap >= 24


def test_what_is_chosen_and_what_is_late_shows_with_forced_colours(visitor: NewVisitor, town: Town) -> None:
    act = accepted(town)
    chi = enter(visitor, "chi", 1280)
    chi.page.emulate_media(forced_colors="active")
    page = chi.go("/noi-bo/ho-so/" + act.dossier_id + "/")
    edges = {
        selector: page.eval_on_selector_all(
            f"{selector}:not(:focus)",
            """(all, side) => all.map((each) => [
                each.hasAttribute("aria-current"), getComputedStyle(each)[`border${side}Color`]
            ])""",
            side,
        )
        for selector, side in ((".mc-rail__link", "Left"), (".mc-filters__link", "Bottom"))
    }
    page.goto(f"{chi.site}/noi-bo/")
    edges[".mc-rail__link"] += page.eval_on_selector_all(
        ".mc-rail__link",
        """all => all.map((each) => [
            each.hasAttribute("aria-current"), getComputedStyle(each).borderLeftColor
        ])""",
    )
    for found in edges.values():
        chosen = {colour for is_chosen, colour in found if is_chosen}
        others = {colour for is_chosen, colour in found if not is_chosen}
        assert len(chosen) == len(others) == 1
        assert chosen != others
    looks = page.evaluate(
        """() => [
            "mc-pill mc-pill--late", "mc-rail__count mc-rail__count--late", "mc-rail__count"
        ].map((name) => {
            const part = document.body.appendChild(document.createElement("span"));
            part.className = name;
            const mark = getComputedStyle(part, name.includes("pill") ? "::before" : null);
            return [mark.backgroundColor, getComputedStyle(document.body).backgroundColor];
        })"""
    )
    (mark, sheet), (late, _), (usual, _) = looks
    assert mark != sheet
    assert late != usual


def test_address_within_a_text_of_law_is_broken_on_a_telephone(visitor: NewVisitor, town: Town) -> None:
    """The walk through all routes reads the regulations of one province, in which there is none."""
    account_services.set_admin(
        actor=SYSTEM, account_id=int(town.officers["lam"].id), is_admin=True, at=town.now()
    )
    page = enter(visitor, "lam", 320).go("/noi-bo/quan-tri/quy-che/DL24/")
    page.evaluate(
        """() => {
            const words = document.querySelector(".mc-law__text dd p");
            words.textContent = "(https://dichvucong.phutho.gov.vn)"; // as PT24 has it
        }"""
    )
    page.evaluate(SPACED, True)
    assert over(page) == ""
