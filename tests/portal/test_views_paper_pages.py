"""Pages of one paper on their own page: every press keeps what was chosen, and nobody else sees any of it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from tests.documents import samples as files
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.samples import PDF, upload
from tests.portal.test_views_filing import AGREED

from motcua.documents import queries as documents
from motcua.documents.rules.pages import Page, Pages
from motcua.dossiers import queries, services
from motcua.dossiers.rules.state import DocumentRef, SupplementItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


@pytest.fixture
def draft(world: World) -> str:
    return world.draft(with_papers=False).dossier_id


def photo(name: str, colour: str = "#a11") -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(target, "JPEG")
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/jpeg")


def address(draft: str, key: str = "paper") -> str:
    return f"/nop-ho-so/{draft}/giay-to/{key}/trang/"


def press(client: Client, draft: str, **data: Any) -> Any:
    return client.post(address(draft), data)


def lying(world: World, draft: str) -> Pages:
    return documents.pages_of(world.actor("an"), f"draft:{draft}:paper")


def papers(draft: str) -> list[DocumentRef]:
    return [each for each in queries.state_of(draft).contents.documents if each.key == "paper"]


def sheets_of(found: list[DocumentRef]) -> list[int]:
    """How many sheets each of these papers has as it lies in the store."""
    counts = []
    for each in found:
        with documents.open_content(each.file_id or "") as stored:
            counts.append(len(PdfReader(io.BytesIO(stored.read())).pages))
    return counts


def names(answer: Any) -> list[tuple[str, int]]:
    return [(line.card.name, line.page.turn) for line in answer.context["lines"]]


def said(answer: Any) -> list[str]:
    """What is read out when the page is shown."""
    return re.findall(r"data-mc-said-first>([^<]*)<", answer.content.decode())


def test_pages_are_added_by_camera_and_file_ordered_turned_and_joined(
    world: World, an: Client, draft: str
) -> None:
    press(
        an, draft, camera=photo("chup.jpg"), files=[photo("b.jpg", "#1a1"), upload(name="c.pdf")], add="yes"
    )
    assert said(an.get(address(draft))) == ["Đã thêm 3 trang. Nay có 3 trang."]
    first, second, third = lying(world, draft).pages
    turned = press(an, draft, turn=second.key)
    assert turned.headers["Location"] == f"{address(draft)}#p-{second.key}-turn"
    assert said(an.get(address(draft))) == ["Đã xoay trang 2 sang phải."]
    press(an, draft, up=third.key)
    assert said(an.get(address(draft))) == ["Trang 3 nay là trang 2."]
    press(an, draft, down=first.key)
    press(an, draft, drop=first.key)
    assert names(an.get(address(draft))) == [("c.pdf", 0), ("b.jpg", 90)]
    done = press(an, draft, use="yes")
    assert done.headers["Location"] == f"/nop-ho-so/{draft}/giay-to/"
    (paper,) = papers(draft)
    assert documents.card(paper.file_id or "").name == "Giấy chứng minh.pdf"
    text = an.get(done.headers["Location"]).content.decode()
    assert "Đã ghép 2 trang thành một tệp PDF." in text


def test_files_sent_on_the_page_of_papers_are_pages_and_give_way_to_the_joined_one(
    world: World, an: Client, draft: str
) -> None:
    an.post(
        f"/nop-ho-so/{draft}/giay-to/",
        {"version": "1", "camera-paper": photo("a.jpg"), "file-paper": upload(name="b.pdf"), "upload": "yes"},
    )
    assert names(an.get(address(draft))) == [("a.jpg", 0), ("b.pdf", 0)]
    assert lying(world, draft) == Pages()  # looking changes nothing
    press(an, draft, use="yes")
    assert len(papers(draft)) == 1


def test_joined_paper_can_be_put_together_anew_from_its_pages(world: World, an: Client, draft: str) -> None:
    press(an, draft, files=[photo("a.jpg"), photo("b.jpg", "#1a1")], use="yes")
    (before,) = papers(draft)
    press(an, draft, drop=lying(world, draft).pages[0].key)
    press(an, draft, use="yes")
    (after,) = papers(draft)
    assert after.file_id != before.file_id
    assert names(an.get(address(draft))) == [("b.jpg", 0)]


def test_paper_taken_back_begins_anew(world: World, an: Client, draft: str) -> None:
    press(an, draft, files=[photo("a.jpg")], use="yes")
    (paper,) = papers(draft)
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"remove": paper.file_id})
    assert papers(draft) == []
    assert names(an.get(address(draft))) == []


def test_pages_not_joined_yet_are_told_on_the_page_of_papers(world: World, an: Client, draft: str) -> None:
    press(an, draft, files=[photo("a.jpg"), photo("b.jpg", "#1a1")], add="yes")
    text = an.get(f"/nop-ho-so/{draft}/giay-to/").content.decode()
    assert "Ghép tiếp 2 trang đang để dở" in text


def test_page_dropped_of_files_that_came_before_stays_away(world: World, an: Client, draft: str) -> None:
    """It is neither shown again, nor joined, nor sent as a file of its own."""
    list_of_papers = f"/nop-ho-so/{draft}/giay-to/"
    three = [photo("1.jpg"), photo("2.jpg", "#1a1"), photo("3.jpg", "#11a")]
    an.post(list_of_papers, {"version": "1", "file-paper": three, "upload": "yes"})
    second = papers(draft)[1].file_id or ""
    press(an, draft, drop=f"{second}.1")
    page = an.get(address(draft))
    assert said(page) == ["Đã bỏ trang 2. Còn 2 trang."]
    assert names(page) == [("1.jpg", 0), ("3.jpg", 0)]
    assert second not in {each.file_id for each in papers(draft)}  # though nothing is joined yet
    assert "đang để dở" not in an.get(list_of_papers).content.decode()
    press(an, draft, use="yes")
    assert sheets_of(papers(draft)) == [2]


def test_page_dropped_of_a_pdf_that_came_before_stays_away(world: World, an: Client, draft: str) -> None:
    list_of_papers = f"/nop-ho-so/{draft}/giay-to/"
    an.post(list_of_papers, {"version": "1", "file-paper": upload(files.pdf(pages=3)), "upload": "yes"})
    (paper,) = papers(draft)
    press(an, draft, drop=f"{paper.file_id}.2")
    assert "Ghép tiếp 2 trang đang để dở" in an.get(list_of_papers).content.decode()
    press(an, draft, use="yes")
    assert sheets_of(papers(draft)) == [2]
    assert "đang để dở" not in an.get(list_of_papers).content.decode()
    press(an, draft, drop=lying(world, draft).pages[0].key)
    assert "Ghép tiếp 1 trang đang để dở" in an.get(list_of_papers).content.decode()


def test_pages_of_a_file_taken_back_are_gone(world: World, an: Client, draft: str) -> None:
    list_of_papers = f"/nop-ho-so/{draft}/giay-to/"
    two = [photo("1.jpg"), photo("2.jpg", "#1a1")]
    an.post(list_of_papers, {"version": "1", "file-paper": two, "upload": "yes"})
    first, second = (each.file_id or "" for each in papers(draft))
    press(an, draft, down=f"{first}.1")
    assert "Ghép tiếp 2 trang đang để dở" in an.get(list_of_papers).content.decode()
    an.post(list_of_papers, {"remove": second})
    assert "đang để dở" not in an.get(list_of_papers).content.decode()
    assert names(an.get(address(draft))) == [("1.jpg", 0)]
    press(an, draft, use="yes")
    assert sheets_of(papers(draft)) == [1]


def test_page_dropped_in_a_supplement_stays_away(world: World, an: Client) -> None:
    act = asked(world, world.submit(world.draft()))
    page = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/giay-to/paper/"
    an.post(page, {"file-paper": [photo("1.jpg"), photo("2.jpg", "#1a1"), photo("3.jpg", "#11a")]})
    pages = an.get(page).context["row"].pages_href
    second = an.get(page).context["row"].sent[1].file_id
    an.post(pages, {"drop": f"{second}.1"})
    assert names(an.get(pages)) == [("1.jpg", 0), ("3.jpg", 0)]
    assert [file.name for file in an.get(page).context["row"].sent] == ["1.jpg", "3.jpg"]
    an.post(pages, {"use": "yes"})
    (joined,) = an.get(page).context["row"].sent
    assert sheets_of([DocumentRef("paper", joined.file_id)]) == [2]


def test_pages_of_a_pdf_locked_against_printing_are_joined(world: World, an: Client, draft: str) -> None:
    """Everybody can open it; what is made of it is locked no more."""
    locked = SimpleUploadedFile("khoa.pdf", files.pdf(owner_password="x", pages=2))
    press(an, draft, files=[locked], add="yes")
    assert names(an.get(address(draft))) == [("khoa.pdf", 0), ("khoa.pdf", 0)]
    press(an, draft, use="yes")
    assert len(papers(draft)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (files.docx(), "a.docx", "không ghép thành trang được"),
        (files.pdf(password="x"), "a.pdf", "có mật khẩu"),
        (b"%PDF-1.4 hong", "a.pdf", "bị hỏng"),
        (files.EXECUTABLE, "a.jpg", "nội dung không phải JPEG"),
        (PDF + b" " * (21 * 1024 * 1024), "a.pdf", "lớn hơn 20 MB"),
        (PDF + b"\n%/ByteRange\n", "a.pdf", "có chữ ký số"),
        (files.pdf(pages=61), "a.pdf", "nhiều nhất 60 trang"),
    ],
)
def test_file_that_gives_no_page_is_told_at_its_field_and_the_others_are_kept(
    world: World, an: Client, draft: str, content: bytes, name: str, said: str
) -> None:
    answer = press(an, draft, files=[photo("tot.jpg"), SimpleUploadedFile(name, content)], use="yes")
    assert answer.status_code == 422
    (error,) = answer.context["page_errors"]
    assert (said in error.text, error.href) == (True, "#files")
    assert 'aria-describedby="files-error"' in answer.content.decode()
    assert names(answer) == [("tot.jpg", 0)]
    assert papers(draft) == []


def test_use_without_pages_says_what_to_do(an: Client, draft: str) -> None:
    answer = press(an, draft, use="yes")
    assert (answer.status_code, "Chưa có trang nào" in answer.content.decode()) == (422, True)


def test_words_that_name_no_page_change_nothing(world: World, an: Client, draft: str) -> None:
    press(an, draft, files=[photo("a.jpg")], add="yes")
    before = lying(world, draft)
    for name in ("up", "down", "turn", "drop"):
        press(an, draft, **{name: "../../etc"})
    assert lying(world, draft) == before


def test_pages_of_others_and_of_no_paper_are_closed(world: World, draft: str, browser_of: Browser) -> None:
    an, binh = browser_of("an"), browser_of("binh")
    press(an, draft, files=[photo("a.jpg")], add="yes")
    (page,) = lying(world, draft).pages
    assert an.get(f"/tep-cua-toi/{page.file_id}/trang/1/").headers["Content-Type"] == "image/jpeg"
    assert an.get(f"/tep-cua-toi/{page.file_id}/trang/1/?xoay=90").status_code == 200
    whole = an.get(f"/tep-cua-toi/{page.file_id}/")
    assert b"".join(whole.streaming_content)[:3] == b"\xff\xd8\xff"
    for closed in (f"/tep-cua-toi/{page.file_id}/trang/1/", f"/tep-cua-toi/{page.file_id}/"):
        assert binh.get(closed).status_code == 404
    assert binh.get(address(draft)).status_code == 403
    assert an.get(address(draft, "khong-co")).status_code == 404
    assert an.get(address(draft, "form")).status_code == 404
    assert an.get(f"/tep-cua-toi/{page.file_id}/trang/9/").status_code == 404


def test_filing_that_was_sent_keeps_no_pages(world: World, an: Client, draft: str) -> None:
    press(an, draft, files=[photo("a.jpg")], use="yes")
    version = queries.state_of(draft).version
    sent = an.post(f"/nop-ho-so/{draft}/xem-lai/", {"version": version, **AGREED})
    assert sent.headers["Location"].endswith("/da-gui/")
    assert lying(world, draft) == Pages()
    assert an.get(address(draft)).headers["Location"] == f"/ho-so-cua-toi/{draft}/"


def asked(world: World, act: services.Act) -> services.Act:
    return services.request_supplement(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=act.version,
        items=(SupplementItem("paper", "Chụp lại"), SupplementItem("form", "Sửa")),
        reason="Ảnh mờ", guidance="Chụp rõ",
    )  # fmt: skip


def test_answer_waits_with_us_and_is_finished_on_another_device(world: World, browser_of: Browser) -> None:
    act = asked(world, world.submit(world.draft()))
    phone, home = browser_of("an"), browser_of("an")
    page = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/"
    phone.post(f"{page}to-khai/1/", {"purpose": "Xin học bổng"})
    phone.post(f"{page}giay-to/paper/", {"file-paper": [photo("a.jpg"), photo("b.jpg", "#1a1")]})
    assert home.get(f"{page}to-khai/1/").context["form"]["purpose"].value() == "Xin học bổng"
    pages = home.get(f"{page}giay-to/paper/").context["row"].pages_href
    assert names(home.get(pages)) == [("a.jpg", 0), ("b.jpg", 0)]
    home.post(pages, {"use": "yes"})
    row = phone.get(f"{page}giay-to/paper/").context["row"]
    assert [(file.name, file.kind) for file in row.sent] == [("Giấy chứng minh.pdf", "PDF")]
    seen = home.get(f"{page}xem-lai/").context
    home.post(f"{page}xem-lai/", {"version": seen["version"], "seen": seen["seen"], "declared": "on"})
    state = queries.state_of(act.dossier_id)
    assert state.supplement_awaited() is None
    (paper,) = [each for each in state.contents.documents if each.key == "paper" and each.file_id]
    assert paper.file_id == row.sent[0].file_id
    assert documents.tray(world.actor("an"), f"supplement:{act.dossier_id}:") == {}


def test_answer_to_an_earlier_request_is_not_in_the_way_of_the_next(world: World, an: Client) -> None:
    act = asked(world, world.submit(world.draft()))
    page = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/"
    an.post(f"{page}to-khai/1/", {"purpose": "Cũ"})
    an.post(f"{page}giay-to/paper/", {"file-paper": photo("a.jpg")})
    seen = an.get(f"{page}xem-lai/").context
    an.post(f"{page}xem-lai/", {"version": seen["version"], "seen": seen["seen"], "declared": "on"})
    version = queries.state_of(act.dossier_id).version
    again = services.request_supplement(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=version, items=(SupplementItem("paper", "Lại mờ"),), reason="Mờ", guidance="Rõ",
        again_ground="Ảnh bổ sung không đọc được",
    )  # fmt: skip
    assert again.dossier_id == act.dossier_id
    assert an.get(f"{page}giay-to/paper/").context["row"].sent == ()


def test_pages_of_a_closed_answer_lead_to_the_dossier(world: World, an: Client) -> None:
    act = world.submit(world.draft())
    answer = an.get(f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/giay-to/paper/trang/")
    assert answer.headers["Location"] == f"/ho-so-cua-toi/{act.dossier_id}/"


def test_enter_in_a_field_takes_no_file_back(an: Client, draft: str) -> None:
    """The browser presses the first button of the form: it must not be the one that removes."""
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"file-paper": photo("a.jpg")})
    text = an.get(f"/nop-ho-so/{draft}/giay-to/").content.decode()
    assert text.index('name="upload"') < text.index('name="back"') < text.index('name="remove"')


def test_form_sent_by_script_is_told_where_to_go(an: Client, draft: str) -> None:
    by_script = {"X-Sent-By": "script"}
    answer = an.post(address(draft), {"files": photo("a.jpg"), "add": "yes"}, headers=by_script)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(address(draft))
    refused = an.post(address(draft), {"files": upload(b"x"), "add": "yes"}, headers=by_script)
    assert refused.status_code == 422


def test_page_that_was_left_counts_no_page_twice(world: World, an: Client, draft: str) -> None:
    """Two presses at once: what came for the paper is added by the first, not again by the second."""
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"file-paper": photo("a.jpg")})
    (paper,) = papers(draft)
    for _ in range(2):
        press(an, draft, turn=f"{paper.file_id}.1")
    assert lying(world, draft).pages == (Page(paper.file_id or "", 1, 180),)
