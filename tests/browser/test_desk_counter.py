"""The counter in the browser: who else is looking, sheets of several dossiers, the camera."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route, ViewportSize, expect, sync_playwright
from pypdf import PdfReader
from tests.accounts.people import citizen
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.test_desk_pages import enter, registered
from tests.browser.test_desk_work import QR, WITH_RECEIPT
from tests.browser.town import Town
from tests.documents import samples

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.accounts.rules.acting import NumberKind
from motcua.documents import queries as documents
from motcua.dossiers import queries
from motcua.dossiers.models import Bundle
from motcua.kernel.actors import SYSTEM

WITH_CASES = "1.013225"  # its term hangs on the case


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera sees: an identity card's code, lying a little askew on a table."""
    code = io.BytesIO()
    segno.make(QR, error="m").save(code, kind="png", scale=6, border=4)
    table = Image.new("L", (1280, 720), 150)
    card = Image.open(code).convert("L").rotate(7, expand=True, fillcolor=150)
    table.paste(card, ((1280 - card.width) // 2, (720 - card.height) // 2))
    path = tmp_path_factory.mktemp("film") / "card.y4m"
    grey = bytes([128]) * (1280 * 720 // 2)
    frame = b"FRAME\n" + table.tobytes() + grey
    path.write_bytes(b"YUV4MPEG2 W1280 H720 F10:1 Ip A1:1 C420jpeg\n" + frame * 3)
    return path


@pytest.fixture(scope="module")
def browser(chromium: str, film: Path) -> Iterator[Browser]:
    """A browser whose camera plays the film; whoever asks may use it."""
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        rest = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=[*camera, *rest])
        yield browser
        browser.close()


def test_same_again_is_warned_of_once_the_number_is_typed_and_a_text_ticks_its_paper(
    visitor: NewVisitor, town: Town
) -> None:
    act = registered(town)
    state = queries.state_of(act.dossier_id)
    chi = enter(visitor, "chi")
    page = chi.go("/noi-bo/tiep-nhan/")
    page.locator("#id_procedure_text").fill(state.target.procedure_code)
    page.locator("#found .mc-plain-button").first.click()
    page.locator("#papers").wait_for()
    page.locator("#id_personal_id").fill(state.contents.applicant.personal_id)
    page.locator("#id_personal_id").press("Tab")
    expect(page.locator(".mc-twins a")).to_contain_text(state.reference)
    page = chi.go(f"/noi-bo/ho-so/{act.dossier_id}/yeu-cau-bo-sung/")
    page.locator("[name=what_0]").fill("Ký vào trang 2")
    expect(page.locator("[name=ask_0]")).to_be_checked()
    expect(page.locator("[name=ask_1]")).not_to_be_checked()


def test_what_is_typed_while_a_number_is_looked_up_stays(visitor: NewVisitor, town: Town) -> None:
    page = enter(visitor, "chi").go("/noi-bo/tiep-nhan/")
    held: list[Route] = []
    page.route("**/noi-bo/tiep-nhan/", lambda route: held.append(route))
    page.locator("#id_personal_id").fill("000000000091")
    with page.expect_request("**/noi-bo/tiep-nhan/"):
        page.locator("#id_personal_id").press("Tab")
    page.locator("#id_name").click()
    page.keyboard.type("Nguyễn Thị Th")
    page.locator("#person details summary").click()
    page.locator("#id_name").press("End")
    held.pop().continue_()
    page.keyboard.type(
        "ử, như ghi trong giấy khai sinh", delay=15
    )  # before, during and after the part is put in anew
    page.locator("#person .mc-intake__word").first.wait_for()
    assert page.locator("#id_name").input_value() == "Nguyễn Thị Thử, như ghi trong giấy khai sinh"
    assert page.locator("#person details").get_attribute("open") is not None
    assert not held


def test_two_numbers_looked_up_at_once_both_bring_their_names(visitor: NewVisitor, town: Town) -> None:
    citizen("Trần Văn Bình", personal_id="066090000071", email="b71@example.vn", phone="0912345671")
    citizen("Lê Thị Mai", personal_id="066090000072", email="m72@example.vn", phone="0912345672")
    page = enter(visitor, "chi").go("/noi-bo/tiep-nhan/")
    held: list[Route] = []
    page.route("**/noi-bo/tiep-nhan/", lambda route: held.append(route))
    page.locator("#person details summary").click()
    page.locator("#id_submitter_number").fill("066090000072")
    page.locator("#id_personal_id").fill("066090000071")
    with page.expect_request(lambda request: "066090000071" in (request.post_data or "")):
        page.locator("#id_personal_id").press("Tab")
    for route in held:
        route.continue_()
    expect(page.locator("#id_name")).to_have_value("Trần Văn Bình")
    expect(page.locator("#id_submitter_name")).to_have_value("Lê Thị Mai")


def test_two_officers_hear_of_each_other_until_one_leaves(visitor: NewVisitor, town: Town) -> None:
    act = registered(town)
    chi, other = enter(visitor, "chi", 1280), enter(visitor, "hanh", 360)
    chi.page.clock.install()  # so that twenty seconds need not be waited for
    address = f"/noi-bo/ho-so/{act.dossier_id}/"
    page = chi.go(address)
    assert page.locator(".mc-also").count() == 0
    other.go(address)
    assert "Trần Thị Chi (từ " in other.page.locator("#lookers[role=status]").inner_text()
    page.clock.fast_forward(21_000)
    page.locator(".mc-also").wait_for()
    assert "Phạm Thị Hạnh (từ " in page.locator(".mc-also").inner_text()
    chi.check()
    other.go("/noi-bo/viec-cua-don-vi/")
    chi.go(address + "tiep-nhan/")
    assert page.locator(".mc-also").count() == 0


def test_many_dossiers_are_taken_in_by_keyboard_and_found_together(visitor: NewVisitor, town: Town) -> None:
    chi = enter(visitor, "chi")
    many_people(chi)
    one_person(chi)
    assert Bundle.objects.count() == 2


def many_people(chi: Visitor) -> None:
    """A village head brings three: two cards are scanned, the third is typed with a mistake."""
    page = chi.go("/noi-bo/tiep-nhan/nhieu-nguoi/")
    assert focused(page) == "procedure_text"
    page.keyboard.type(WITH_RECEIPT)
    enter_key(page)
    chi.check()
    for number in range(2):  # a scanner types the card and presses Enter
        assert focused(page) == f"personal_id_{number}"
        page.keyboard.insert_text(QR.replace("005678", f"00560{number}"))
        enter_key(page)
    chi.check()
    chi.fill(personal_id_2="123", name_2="Trần Văn Cường", submitter_name="Ông Hòa, trưởng thôn")
    page.locator("[name=submitter_capacity]").select_option("authorised")
    chi.fill(submitter_paper="Giấy ủy quyền số 12")
    for number in range(3):
        page.locator(f"[name=all_papers_{number}]").press("Space")
    enter_key(page, "Control+Enter")
    chi.check()
    assert page.title().startswith("Lỗi:")
    assert page.locator("[name=personal_id_0]").input_value() == "123"
    chi.fill(personal_id_0="066190005670")
    enter_key(page, "Control+Enter")
    chi.check()
    assert page.get_by_role("heading", level=1).inner_text() == "Lượt nộp của Ông Hòa, trưởng thôn"
    assert page.locator("tbody tr").count() == 3
    with page.context.expect_page() as receipts:
        page.keyboard.press("p")
    receipts.value.close()
    page.locator(".mc-work__name").first.click()
    chi.check()
    chi.follow("Các hồ sơ nộp cùng lượt")
    chi.follow("Các lượt nộp")


def one_person(chi: Visitor) -> None:
    page = chi.go("/noi-bo/tiep-nhan/nhieu-thu-tuc/")
    page.keyboard.insert_text(QR)
    enter_key(page)
    chi.check()
    for number, asked in enumerate((WITH_RECEIPT, "khai")):
        page.locator(f"[name=procedure_text_{number}]").fill(asked)
    look_up = page.get_by_role("button", name="Đọc thẻ, tra cứu các dòng")
    for button in (look_up, page.locator("[name=pick]"), page.locator("[name=open]")):
        with page.expect_event("load"):
            button.first.click()
        chi.check()
    page.locator(".mc-papers__fold summary").first.click()
    paper = {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    page.locator("[name=paper_file_0_0]").set_input_files([FilePayload(**paper)])
    chi.check()
    chi.press("Tiếp nhận tất cả")


def test_organisation_is_taken_in_by_keyboard_for_who_brings_it(visitor: NewVisitor, town: Town) -> None:
    """Chosen, found by its number, its courier by the card; then a foreigner is asked other things."""
    made = company(town)
    chi = enter(visitor, "chi")
    chi.page.set_viewport_size(ViewportSize(width=1280, height=900))
    page = chi.go("/noi-bo/tiep-nhan/")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "kind"
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("t")  # the first kind that begins with it
    page.get_by_label("Mã số thuế").wait_for()
    page.wait_for_function("document.activeElement.name === 'kind'")
    page.keyboard.press("Tab")
    assert focused(page) == "personal_id"
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    chi.check()
    page.keyboard.type("6001234567")
    enter_key(page)
    chi.check()
    assert page.locator("[name=name]").input_value() == "Công ty TNHH Hạt Cà Phê"
    assert focused(page) == "submitter_number"
    page.keyboard.insert_text(QR)
    enter_key(page)
    assert page.locator("[name=submitter_name]").input_value() == "Lê Thị Bình"
    assert "Hồ sơ sẽ gắn với Công ty TNHH Hạt Cà Phê" in page.locator("#person").inner_text()
    assert focused(page) == "procedure_text"
    page.keyboard.type(WITH_RECEIPT)
    enter_key(page)
    chi.check()
    page.locator(".mc-papers__fold summary").first.press("Enter")
    page.locator("[name=paper_note_0]").fill("bản chụp")
    page.locator("[name=all_papers]").press("Space")
    enter_key(page, "Control+Enter")
    chi.check()
    state = queries.state_of(page.url.rstrip("/").rpartition("/")[2])
    assert state.behalf is not None
    assert state.behalf.organisation_id == str(made)
    page = chi.go("/noi-bo/tiep-nhan/")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name=kind]").select_option("foreigner")
    page.locator("[name=nationality]").wait_for()
    chi.check()
    page.locator("[name=name]").fill("Anna Weber")
    page.locator("[name=procedure_text]").fill(WITH_CASES)
    enter_key(page)
    with page.expect_navigation():
        page.locator("button[value=accept]").click()
    chi.check()  # a case that nobody chose: its list and its error are as wide as the page, also a narrow one
    assert "Hãy chọn trường hợp giải quyết." in page.locator(".govuk-error-summary").inner_text()


def test_missing_case_is_told_and_led_to_on_a_telephone(visitor: NewVisitor, town: Town) -> None:
    """At 360 px neither the list of cases nor its error makes the page wider, and the error leads there."""
    chi = enter(visitor, "chi", 360)
    page = chi.go("/noi-bo/tiep-nhan/")
    page.locator("[name=name]").fill("Lê Thị Bình")
    page.locator("[name=procedure_text]").fill(WITH_CASES)
    enter_key(page)
    page.locator("[name=variant]").wait_for()
    with page.expect_navigation():
        page.locator("button[value=accept]").click()
    chi.check()
    page.locator(".govuk-error-summary").get_by_role("link", name="Hãy chọn trường hợp giải quyết.").click()
    assert focused(page) == "variant"
    cases = page.locator("[name=variant]").bounding_box()
    assert cases is not None
    assert cases["x"] >= 0
    assert cases["x"] + cases["width"] <= 360


def test_look_up_that_fails_says_so_and_leaves_what_was_typed(visitor: NewVisitor, town: Town) -> None:
    """An error answer takes nothing away, nor does a network that is gone; the next try clears the line."""
    citizen("Lê Thị Bình", personal_id="066190005678", email="binh@example.vn")
    chi = enter(visitor, "chi")
    page = chi.go("/noi-bo/tiep-nhan/")
    page.locator("[name=phone]").fill("0905123456")
    page.locator("[name=procedure_text]").fill("khai")
    page.locator("#found li, #found button").first.wait_for()
    here, number, line = page.url, page.locator("[name=personal_id]"), page.locator("[data-mc-failure]")
    heard = page.locator("body > [data-mc-live]")
    answers: list[tuple[Callable[[Route], None], str]] = [
        (lambda route: route.fulfill(status=500, body="<title>Lỗi</title>"), "hệ thống đang gián đoạn"),
        (lambda route: route.fulfill(status=503, body="<div id=person></div>"), "hệ thống đang gián đoạn"),
        (lambda route: route.fulfill(status=404, body=""), "hệ thống đang gián đoạn"),
        (lambda route: route.fulfill(status=403, body="<title>Lỗi</title>"), "tải lại trang"),
        (lambda route: route.abort("connectionreset"), "mất kết nối mạng"),
    ]
    for serial, (answer, words) in enumerate(answers):
        page.route(here, answer)
        number.fill(f"06619000567{serial}")
        number.press("Tab")
        page.get_by_text(words).and_(line).wait_for()
        assert line.count() == 1
        assert heard.inner_text() == line.inner_text()
        assert "Những gì đã nhập vẫn còn" in line.inner_text()
        assert number.input_value() == f"06619000567{serial}"
        assert page.locator("[name=phone]").input_value() == "0905123456"
        assert page.locator("[name=procedure_text]").input_value() == "khai"
        assert not page.title().startswith("Lỗi")
        page.unroute(here)
    page.context.set_offline(True)  # nor does a press while there is no network
    number.press("Enter")
    page.locator("[data-mc-sending]", has_text="Mất kết nối mạng.").wait_for()
    page.context.set_offline(False)
    assert page.locator("[name=phone]").input_value() == "0905123456"
    chi.complaints.clear()  # the browser's own word of the broken line
    chi.check()
    number.fill("066190005678")
    number.press("Tab")
    expect(page.locator("[name=name]")).to_have_value("Lê Thị Bình")
    assert line.count() == 0
    assert "Đã điền" in heard.inner_text() or "Có tài khoản" in heard.inner_text()


def company(town: Town) -> int:
    """The organisation of Bình, whose card is scanned; her account was compared with it."""
    given = {"email": "binh@example.vn", "identity_checked_at": town.now()}
    binh = citizen("Lê Thị Bình", personal_id="066190005678", **given)
    return account_services.declare_organisation(
        actor=accounts.actor_of(binh),
        name="Công ty TNHH Hạt Cà Phê",
        number_kind=NumberKind.TAX_CODE,
        number="6001234567",
        address="12 Lê Duẩn",
        phone="",
        email="",
        at=town.now(),
    )


def test_administrator_looks_at_the_stock_and_writes_words(visitor: NewVisitor, town: Town) -> None:
    officer = town.officers["lam"]
    account_services.set_admin(actor=SYSTEM, account_id=int(officer.id), is_admin=True, at=town.now())
    lam = enter(visitor, "lam")
    page = lam.go("/noi-bo/quan-tri/mau-thu-phieu/")
    page.locator("a[href$='/thu/dossier.accepted/']").click()
    lam.check()
    assert page.locator(".mc-letter").count() == 2
    lam.go("/noi-bo/quan-tri/mau-thu-phieu/loi-cua-tinh/")
    lam.press("Thay phần lời")
    assert page.title().startswith("Lỗi:")
    lam.fill(header="Ủy ban nhân dân tỉnh Đắk Lắk", closing="Xin không trả lời vào hộp thư này.")
    lam.fill(hotline="0262 3 811 022", why="Công văn số 12")
    lam.press("Xem trước")
    assert "Xin không trả lời" in page.locator(".mc-letter").first.inner_text()
    lam.press("Thay phần lời")
    assert page.get_by_text("đang dùng").count() == 1


def test_camera_reads_the_card_and_photographs_papers_where_it_may(visitor: NewVisitor, town: Town) -> None:
    may = "document.featurePolicy.allowsFeature('camera')"
    chi = enter(visitor, "chi", 320)
    assert chi.page.evaluate(may) is False
    page = chi.go("/noi-bo/tiep-nhan/")
    assert page.evaluate(may) is True
    with page.expect_navigation():
        page.get_by_role("button", name="Quét thẻ bằng máy ảnh").click()
    chi.check()
    read = [page.locator(f"[name={name}]").input_value() for name in ("personal_id", "name")]
    assert read == ["066190005678", "Lê Thị Bình"]
    page.keyboard.type(WITH_RECEIPT)
    enter_key(page)
    page.locator("button[data-mc-camera=shots]").first.click()
    for number in (1, 2):
        page.get_by_role("button", name="Chụp trang").click()
        page.get_by_role("img", name=str(number), exact=True).wait_for()
    chi.check()
    chi.press("Xong")
    page.locator("[name=all_papers]").check()
    chi.press("Tiếp nhận")
    assert pages_of_the_paper(page.url) == ("application/pdf", 2)


def pages_of_the_paper(url: str) -> tuple[str, int]:
    """Type and length of the one file of the dossier that was just taken in."""
    dossier_id = url.rstrip("/").rpartition("/")[2]
    (paper,) = [each for each in queries.state_of(dossier_id).contents.documents if each.file_id]
    card = documents.card(str(paper.file_id))
    with documents.open_card(card) as content:
        return card.media_type, len(PdfReader(content).pages)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def enter_key(page: Page, key: str = "Enter") -> None:
    """Press it and wait for the new page; what htmx notes in the history meanwhile is none."""
    with page.expect_event("load"):
        page.keyboard.press(key)


LEVEL = """() => [...document.querySelectorAll(".mc-intake__who, #person > .mc-intake__grid")].map((row) => {
    const tops = (what) => [...row.querySelectorAll(what)].slice(0, 2).map((each) =>
        Math.round(each.getBoundingClientRect().top));
    return [new Set(tops("label")).size, new Set(tops("input, select")).size];
})"""


def test_labels_and_fields_of_a_row_stand_level_with_and_without_a_hint(
    town: Town, visitor: NewVisitor
) -> None:
    chi = enter(visitor, "chi", 1280)
    chi.go("/noi-bo/tiep-nhan/")
    assert chi.page.evaluate(LEVEL) == [[1, 1], [1, 1]]
