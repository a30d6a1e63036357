"""Filing as people live it: left and resumed elsewhere, of many pages, with everything going wrong."""

from __future__ import annotations

import io
import time
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader
from pytest_django import Settings
from tests.browser.conftest import NewVisitor, Visitor, forget_all
from tests.dossiers.world import World, make_world
from tests.portal import samples

from motcua.accounts import services as accounts
from motcua.accounts.models import Account
from motcua.accounts.services.sessions import SEEN_AT
from motcua.desk import clock
from motcua.documents import queries as documents
from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import State, SupplementItem
from motcua.portal import who

PASSWORD = "trời xanh mây trắng 7"
START = "/nop-ho-so/1.000001/"
_colours = count(40, 17)


@pytest.fixture
def world(site: str, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> World:
    """The small world behind the live server; An and Bình can log in, and both faces follow its clock."""
    forget_all()
    settings.DOCUMENTS_MAX_MEGABYTES = 1
    made = make_world()

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    monkeypatch.setattr(clock, "now", now)
    for name in ("an", "binh"):
        Account.objects.filter(pk=made.people[name].pk).update(password=make_password(PASSWORD))
        made.people[name].refresh_from_db()
        version = str(accounts.terms_in_force(made.now.date()))
        accounts.acknowledge(actor=made.actor(name), version=version, at=made.now)
    return made


def log_in(device: Visitor, world: World, name: str, *, at: str = "/dang-nhap/") -> None:
    if at:
        device.go(at)
    device.fill(identifier=world.people[name].personal_id or "", password=PASSWORD)
    device.press("Đăng nhập")


def at_the_desk(visitor: NewVisitor, world: World, name: str) -> Visitor:
    """An officer's browser, logged in by the clock on the wall, not by the world's."""
    client, device = Client(), visitor()
    client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    session = client.session
    session[SEEN_AT] = int(time.time())
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    device.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": device.site}])
    return device


def picture(name: str, size: tuple[int, int] = (900, 1200)) -> Any:
    """A page as a telephone takes it: each of another colour, so that each is another file."""
    target, shade = io.BytesIO(), next(_colours) % 200
    Image.new("RGB", size, (shade, 120, 90)).save(target, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": target.getvalue()}


def pdf(name: str, content: bytes = samples.PDF) -> Any:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def state_of_newest() -> State:
    return queries.state_of(str(Dossier.objects.latest("id").pk))


def details(an: Visitor) -> None:
    """For oneself; there is one agency only, and no case."""
    an.press("Tiếp tục")
    an.press("Lưu và tiếp tục")
    an.fill(address="12 Lê Duẩn, Buôn Ma Thuột", phone="0905000001")
    an.press("Lưu và tiếp tục")


def agree(an: Visitor) -> None:
    for name in ("consented", "declared"):
        an.page.locator(f"[name={name}]").check()


def test_filing_is_left_resumed_elsewhere_supplemented_and_sent(visitor: NewVisitor, world: World) -> None:
    """On a telephone without script, at home with it."""
    phone, home = visitor(width=360, script=False), visitor(width=1280)
    log_in(phone, world, "an")
    phone.go(START)
    details(phone)
    assert status_of(phone, "Giấy tờ kèm theo") == "Chưa làm"
    phone.follow("Làm tiếp: Nội dung")
    phone.fill(purpose="Xin học bổng")
    phone.press("Lưu và tiếp tục")
    dossier_id = str(Dossier.objects.get().pk)
    put_together(phone)
    phone.press("Lưu và về danh sách việc")
    log_in(home, world, "an")  # the other device goes on where the first one stopped
    home.go("/ho-so-cua-toi/")
    home.page.locator(f"main a[href*='{dossier_id}']").first.click()
    home.check()
    assert status_of(home, "Giấy tờ kèm theo") == "Xong"
    assert home.page.locator(".govuk-task-list__link", has_text="Xem lại và gửi").count() == 0
    home.follow("Giấy tờ kèm theo")
    expect(home.page.locator(".mc-file__name")).to_contain_text("PDF")
    home.press("Lưu và tiếp tục")
    home.page.locator("[name=delivery][value=counter]").check()
    home.press("Lưu và tiếp tục")
    assert "Xin học bổng" in home.page.locator("main").inner_text()
    agree(home)
    home.press("Gửi hồ sơ")
    assert home.page.title().startswith("Đã gửi hồ sơ")
    (paper,) = state_of_newest().contents.documents
    with documents.open_content(paper.file_id or "") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    assert [page.rotation for page in pages[2:]] == [90]
    assert len(pages) == 3
    supplement(phone, home, world, dossier_id)


def status_of(device: Visitor, title: str) -> str:
    """What the link of a part says of how far it has come, as a screen reader hears it."""
    link = device.page.get_by_role("link", name=title, exact=True)
    told = (link.get_attribute("aria-describedby") or "").split()[-1]
    return device.page.locator(f"#{told}").inner_text().strip()


def put_together(phone: Visitor) -> None:
    """Two pictures and a PDF: the last page comes first, the first goes away, one is turned."""
    phone.follow("Giấy có nhiều trang? Chụp và ghép từng trang Giấy chứng minh")
    shots = phone.page.locator(".mc-page")
    phone.page.locator("[name=files]").set_input_files(
        [picture("1.jpg"), picture("2.jpg"), picture("mo.jpg")]
    )
    phone.press("Thêm vào")
    expect(shots).to_have_count(3)
    phone.page.locator("[name=files]").set_input_files(pdf("to-cuoi.pdf"))
    phone.press("Thêm vào")
    phone.press("Trang 4: Lên")
    expect(phone.page.locator(":focus")).to_have_text("Trang 3: Lên")  # ready to be pressed again
    expect(phone.page.locator("[data-mc-said-first]")).to_have_text("Trang 4 nay là trang 3.")
    phone.press("Trang 3: Xoay")
    phone.press("Trang 4: Bỏ")
    phone.press("Trang 2: Lên")
    phone.page.locator("[name=files]").set_input_files(pdf("hong.pdf", b"%PDF-1.4 hong"))
    phone.press("Thêm vào")
    expect(phone.page.locator(".govuk-error-summary")).to_contain_text("bị hỏng")
    expect(shots).to_have_count(3)
    names = [each.split("\n")[0] for each in phone.page.locator(".mc-page .mc-row__meta").all_inner_texts()]
    assert names == ["2.jpg", "1.jpg", "to-cuoi.pdf"]
    phone.press("Ghép thành một tệp")
    expect(phone.page.locator(".mc-file")).to_contain_text("PDF")


def supplement(phone: Visitor, home: Visitor, world: World, dossier_id: str) -> None:
    """Begun on the telephone, with words and a paper, finished at home."""
    version = queries.state_of(dossier_id).version
    services.request_supplement(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=dossier_id, expected_version=version,
        items=(SupplementItem("paper", "Bản chụp rõ bốn góc"), SupplementItem("form", "Ghi lại mục đích")),
        reason="Ảnh mờ", guidance="Chụp lại ở nơi sáng",
    )  # fmt: skip
    phone.page.goto(f"{phone.site}/ho-so-cua-toi/{dossier_id}/bo-sung/to-khai/1/")
    phone.fill(purpose="Xin học bổng du học")
    phone.press("Lưu và tiếp tục")
    phone.page.locator("[name=file-paper]").set_input_files([picture("a.jpg"), picture("b.jpg")])
    phone.press("Tải lên, ở lại trang này")
    home.go(f"/ho-so-cua-toi/{dossier_id}/bo-sung/")
    assert status_of(home, "Nội dung") == "Xong"
    home.page.locator(".govuk-task-list__link", has_text="Giấy chứng minh").click()
    home.page.get_by_role("link", name="Ghép, sắp xếp hoặc xoay các trang").click()
    expect(home.page.locator(".mc-page")).to_have_count(2)
    home.page.get_by_role("button", name="Ghép thành một tệp").click()
    expect(home.page.locator(".mc-page")).to_have_count(0)
    home.press("Lưu và tiếp tục")
    assert "Xin học bổng du học" in home.page.locator("main").inner_text()
    home.page.locator("[name=declared]").check()
    home.press("Gửi phần bổ sung")
    assert home.page.url.endswith(f"/ho-so-cua-toi/{dossier_id}/bo-sung/1/da-gui/")
    assert queries.state_of(dossier_id).supplement_awaited() is None


@pytest.mark.parametrize("script", [True, False])
def test_session_that_ends_in_mid_form_loses_nothing(visitor: NewVisitor, world: World, script: bool) -> None:
    an = visitor(width=360, script=script)
    log_in(an, world, "an")
    an.go(START)
    an.press("Tiếp tục")
    an.fill(name="Nguyễn Thị An", date_of_birth="40/13/1990")
    begun = an.page.url
    Session.objects.all().delete()
    an.press("Lưu và tiếp tục")
    assert "được giữ lại" in an.page.locator("main").inner_text()
    log_in(an, world, "an", at="")
    assert an.page.url == begun
    assert an.page.locator("[name=name]").input_value() == "Nguyễn Thị An"
    assert an.page.locator("[name=date_of_birth]").input_value() == "40/13/1990"
    an.press("Lưu và về danh sách việc")
    assert status_of(an, "Chủ hồ sơ") == "Đang làm"
    contents = state_of_newest().contents
    assert (contents.applicant.name, contents.unfinished["date_of_birth"]) == ("Nguyễn Thị An", "40/13/1990")


def test_filing_for_somebody_else_is_left_faulty_mended_from_the_last_page_and_sent(
    visitor: NewVisitor, world: World
) -> None:
    """Enter in a field goes on, the way back saves, and what is changed at the end leads back there."""
    an = visitor(width=320, script=False)
    log_in(an, world, "an")
    an.go(START)
    an.page.locator("[name=cho][value=khac]").check()
    an.press("Tiếp tục")
    an.fill(name="Trần Bình", personal_id="066090000777")
    an.page.locator("[name=personal_id]").press("Enter")
    an.page.get_by_role("heading", name="Tư cách nộp thay").wait_for()
    an.fill(authority="Giấy ủy quyền số 12")
    an.press("Quay lại")
    assert an.page.locator("[name=name]").input_value() == "Trần Bình"
    an.press("Lưu và về danh sách việc")
    assert status_of(an, "Tư cách nộp thay") == "Đang làm"
    an.go(an.page.url + "xem-lai/")
    assert an.page.get_by_role("button", name="Gửi hồ sơ").count() == 0
    links = an.page.locator(".mc-notice", has_text="phải làm trước khi gửi").locator("a")
    assert links.all_inner_texts()[:2] == [
        "Nộp thay người khác thì phải ghi tư cách và giấy tờ chứng minh tư cách đó.",
        "Chưa xong: Cách liên hệ.",
    ]
    links.first.click()
    an.check()
    assert an.page.locator("[name=authority]").input_value() == "Giấy ủy quyền số 12"
    an.page.locator("[name=capacity][value=authorised]").check()
    an.press("Lưu và tiếp tục")
    an.fill(phone="0905000777", address="Thôn 3, xã Ea Kao")
    an.press("Lưu và tiếp tục")
    an.fill(purpose="Xin học bổng")
    an.press("Lưu và tiếp tục")
    an.page.locator("[name=file-paper]").set_input_files(pdf("giay-to.pdf"))
    an.page.locator("[name=file-quyen-nop-thay]").set_input_files(pdf("uy-quyen.pdf"))
    an.press("Lưu và tiếp tục")
    an.press("Lưu và tiếp tục")
    assert an.page.url.endswith("/xem-lai/")
    agree(an)
    an.press("Gửi hồ sơ")
    assert an.page.title().startswith("Đã gửi hồ sơ")
    assert state_of_newest().contents.applicant.name == "Trần Bình"


def test_photographs_and_files_of_a_paper_are_gathered_before_they_travel(
    visitor: NewVisitor, world: World
) -> None:
    """One after another, as on a telephone, and one that was taken by mistake goes before it is sent."""
    an, draft = visitor(width=360), world.draft(with_papers=False)
    log_in(an, world, "an")
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/")
    paper = page.locator(".mc-upload-row", has=page.locator("#file-paper"))
    expect(paper.locator(".govuk-file-upload-button__pseudo-button")).to_have_text(["Chụp ảnh", "Chọn tệp"])
    for name in ("1.jpg", "2.jpg"):
        page.locator("[name=camera-paper]").set_input_files(picture(name))
    page.locator("[name=file-paper]").set_input_files(pdf("a.pdf"))
    waiting = paper.locator(".mc-chosen__file")
    expect(waiting).to_have_text(["1.jpgBỏ", "2.jpgBỏ", "a.pdfBỏ"])
    an.check()
    an.press("Bỏ 2.jpg")
    expect(waiting).to_have_text(["1.jpgBỏ", "a.pdfBỏ"])
    an.press("Tải lên, ở lại trang này")
    expect(paper.locator(".mc-file__name a")).to_have_text(["1.jpg", "a.pdf"])
    expect(waiting).to_have_count(0)


def test_network_lost_while_uploading_keeps_the_file_and_the_words(visitor: NewVisitor, world: World) -> None:
    an, draft = visitor(width=360), world.draft(with_papers=False)
    log_in(an, world, "an")
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/")
    said = page.locator("[data-mc-sending]")
    page.locator("[name=file-paper]").set_input_files(pdf("giay-to.pdf"))
    page.route("**/giay-to/", lambda route: route.abort("connectionreset"))
    button = page.get_by_role("button", name="Tải lên, ở lại trang này", exact=True)
    button.click()
    expect(said).to_contain_text("mạng bị ngắt giữa chừng")
    an.complaints.clear()  # the browser's own word of the broken line
    page.unroute_all()
    an.context.set_offline(True)
    expect(said).to_contain_text("Mất kết nối mạng")
    button.click()
    expect(said).to_contain_text("Mất kết nối mạng")
    assert page.locator("[name=file-paper]").evaluate("field => field.files[0].name") == "giay-to.pdf"
    an.context.set_offline(False)
    expect(said).to_contain_text("Đã có mạng trở lại")
    an.press("Tải lên, ở lại trang này")
    expect(page.locator(".mc-file__name")).to_contain_text("giay-to.pdf")


def test_pressed_twice_and_gone_back_it_is_one_dossier(visitor: NewVisitor, world: World) -> None:
    an, draft = visitor(), world.draft()
    log_in(an, world, "an")
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/xem-lai/")
    agree(an)
    page.get_by_role("button", name="Gửi hồ sơ").dblclick()
    page.wait_for_url("**/da-gui/")
    an.check()
    page.go_back()
    an.check()
    if page.get_by_role("button", name="Gửi hồ sơ").count():  # the browser shows the page as it was
        agree(an)
        an.press("Gửi hồ sơ")
    an.go(f"/nop-ho-so/{draft.dossier_id}/xem-lai/")
    assert page.url.endswith("/da-gui/")
    assert Dossier.objects.filter(status="submitted").count() == 1


def test_two_officers_on_one_dossier_are_told_of_each_other(visitor: NewVisitor, world: World) -> None:
    act = world.submit(world.draft())
    first, second = (at_the_desk(visitor, world, "chi") for _ in range(2))
    for officer in (first, second):
        officer.go(f"/noi-bo/ho-so/{act.dossier_id}/yeu-cau-bo-sung/")
        officer.page.locator("main [type=checkbox]").first.check()
        officer.page.locator("[name=guidance]").fill("Ký ở cuối trang")
    second.page.locator("[name=reason]").fill("Thiếu chữ ký ở trang hai")
    first.go(f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/")
    first.page.locator("main form button[type=submit]:not([name=preview])").last.click()
    first.check()
    second.page.locator("main form button[type=submit]:not([name=preview])").last.click()
    page = second.check()
    assert "Thiếu chữ ký ở trang hai" in page.locator("main").inner_text()
    assert world.state(act).supplements == ()


def test_file_too_big_is_told_at_its_paper_and_spoils_nothing(visitor: NewVisitor, world: World) -> None:
    an, draft = visitor(width=360), world.draft(with_papers=False)
    log_in(an, world, "an")
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/")
    page.locator("[name=file-paper]").set_input_files(pdf("qua-lon.pdf", samples.PDF + b" " * 1_200_000))
    page.locator("[name=file-proxy]").set_input_files(pdf("uy-quyen.pdf"))
    an.press("Tải lên, ở lại trang này")
    expect(page.locator(".govuk-error-summary")).to_contain_text("“qua-lon.pdf” lớn hơn 1 MB")
    expect(page.locator("#file-paper-error")).to_contain_text("lớn hơn 1 MB")
    expect(page.locator(".mc-file__name")).to_contain_text("uy-quyen.pdf")


def test_pages_and_files_of_others_are_closed(visitor: NewVisitor, world: World) -> None:
    draft = world.draft(with_papers=False)
    an, binh = visitor(), visitor(width=360)
    log_in(an, world, "an")
    an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/")
    an.page.locator("[name=file-paper]").set_input_files(picture("giay.jpg"))
    an.press("Tải lên, ở lại trang này")
    address = an.page.locator(".mc-file__picture").get_attribute("src")
    assert address is not None
    log_in(binh, world, "binh")
    for closed in (f"/nop-ho-so/{draft.dossier_id}/giay-to/paper/trang/", address, "/noi-bo/"):
        binh.go(closed)
        assert binh.page.locator("h1").inner_text() in ("Không tìm thấy trang", "Bạn không mở được trang này")
