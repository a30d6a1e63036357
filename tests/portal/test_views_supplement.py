"""What the agency asked for: a list of it, a page for each thing, sent once, and what is said of it then."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from tests.dossiers.test_services_turns import add_desk_head
from tests.dossiers.world import World, make_world, sheet
from tests.portal.conftest import Browser
from tests.portal.samples import PROGRAM, upload

from motcua.accounts.services.sessions import SEEN_AT
from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.documents import queries as documents
from motcua.documents import services as laying
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Correctable, Status
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.notify.models import OutboxMessage
from motcua.portal import who

pytestmark = pytest.mark.django_db

SECTIONS = (
    FormSection("Người yêu cầu", (FormField("name", "Họ và tên"),)),
    FormSection("Mẹ của trẻ", (FormField("born", "Ngày sinh của mẹ", FieldKind.DATE),)),
)


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def asked(world: World, *keys: str, what: str = "", **more: Any) -> Act:
    act = more.pop("act", None) or world.until("submit")
    return services.request_supplement(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=queries.state_of(act.dossier_id).version,
        items=tuple(SupplementItem(key, what or f"Bổ sung {key}") for key in keys),
        reason="Ảnh chụp bị mờ", guidance="Chụp lại rõ cả bốn góc", **more,
    )  # fmt: skip


def at(act: Act, name: str = "") -> str:
    return f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/{name}"


def tasks(client: Client, act: Act) -> dict[str, list[tuple[str, str]]]:
    """By group: what stands in the list, and how far it has come."""
    groups = client.get(at(act)).context["groups"]
    return {group.key: [(task.title, task.said) for task in group.tasks] for group in groups}


def send(client: Client, act: Act) -> Any:
    seen = client.get(at(act, "xem-lai/")).context
    return client.post(
        at(act, "xem-lai/"), {"version": seen["version"], "seen": seen["seen"], "declared": "on"}
    )


def test_each_thing_that_is_asked_for_is_a_task_with_a_page(world: World, an: Client) -> None:
    act = asked(world, "form", "paper")
    assert tasks(an, act) == {
        "asked": [("Nội dung", "Chưa làm"), ("Giấy chứng minh", "Chưa làm")],
        "send": [("Xem lại và gửi", "Chưa thể làm")],
    }
    text = an.get(at(act)).content.decode()
    for expected in ("Bổ sung paper", "Ảnh chụp bị mờ", "Chụp lại rõ cả bốn góc", "Bắt đầu: Nội dung"):
        assert expected in text
    answer = an.post(at(act, "to-khai/1/"), {"purpose": "Xin học bổng", "go_on": "yes"})
    assert answer.headers["Location"] == at(act, "giay-to/paper/")
    assert "Bổ sung paper" in an.get(at(act, "giay-to/paper/")).content.decode()
    answer = an.post(at(act, "giay-to/paper/"), {"file-paper": upload(), "later": "yes"})
    assert answer.headers["Location"] == at(act)
    assert tasks(an, act)["send"] == [("Xem lại và gửi", "Chưa làm")]


def test_new_answers_are_vouched_for_as_those_of_the_filing_were(world: World, an: Client) -> None:
    act = asked(world, "form")
    assert an.get(at(act, "xem-lai/")).context["form"] is None  # nothing was answered yet
    an.post(at(act, "to-khai/1/"), {"purpose": "Xin học bổng", "go_on": "yes"})
    seen = an.get(at(act, "xem-lai/")).context
    assert "Tôi cam đoan" in an.get(at(act, "xem-lai/")).content.decode()
    answer = an.post(at(act, "xem-lai/"), {"version": seen["version"], "seen": seen["seen"]})
    assert answer.status_code == 422
    assert [(str(e.text), e.href) for e in answer.context["page_errors"]] == [
        ("Hãy đánh dấu vào ô cam đoan trước khi gửi.", "#id_declared")
    ]
    assert queries.state_of(act.dossier_id).contents.form_data["purpose"] != "Xin học bổng"
    assert send(an, act).headers["Location"] == at(act, "1/da-gui/")
    assert queries.state_of(act.dossier_id).contents.form_data["purpose"] == "Xin học bổng"


def test_papers_alone_are_sent_without_vouching_anew(world: World, an: Client) -> None:
    act = asked(world, "paper")
    an.post(at(act, "giay-to/paper/"), {"file-paper": upload(), "go_on": "yes"})
    page = an.get(at(act, "xem-lai/"))
    assert "Tôi cam đoan" not in page.content.decode()
    pressed = {"version": page.context["version"], "seen": page.context["seen"]}
    assert an.post(at(act, "xem-lai/"), pressed).headers["Location"] == at(act, "1/da-gui/")


def test_section_left_unchanged_is_done_once_it_was_saved(world: World, an: Client) -> None:
    act = asked(world, "form")
    page = an.get(at(act, "to-khai/1/")).context["form"]
    same = {"purpose": page["purpose"].value(), "go_on": "yes"}
    assert an.post(at(act, "to-khai/1/"), same).headers["Location"] == at(act, "xem-lai/")


def named(monkeypatch: pytest.MonkeyPatch, what: str) -> tuple[Client, Act]:
    world = make_world(sheet(eform=SECTIONS))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    draft = world.draft(form_data={"name": "Nguyễn Văn An", "born": "1990-01-02"})
    return client, asked(world, "form", what=what, act=world.submit(draft))


@pytest.mark.parametrize("what", ["Mục “Mẹ của trẻ” ghi sai", "Ngày sinh của mẹ không khớp giấy chứng sinh"])
def test_section_that_the_agency_names_comes_first_and_alone_is_asked(
    db: None, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    an, act = named(monkeypatch, what)
    assert tasks(an, act) == {
        "asked": [("Mẹ của trẻ", "Chưa làm")],
        "others": [("Người yêu cầu", "Chỉ khi cần")],
        "send": [("Xem lại và gửi", "Chưa thể làm")],
    }
    assert what in an.get(at(act, "to-khai/2/")).content.decode()
    an.post(at(act, "to-khai/2/"), {"born": "02/01/1991", "go_on": "yes"})
    text = an.get(at(act, "xem-lai/")).content.decode()
    assert "02/01/1991" in text
    assert "giữ nguyên" in text
    assert send(an, act).status_code == 302
    assert dict(queries.state_of(act.dossier_id).contents.form_data)["born"] == "1991-01-02"


def test_all_sections_are_asked_where_the_agency_names_none(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, act = named(monkeypatch, "Ghi lại cho rõ")
    assert [title for title, _ in tasks(an, act)["asked"]] == ["Người yêu cầu", "Mẹ của trẻ"]


def test_faulty_answer_is_kept_and_stands_in_the_way(world: World, an: Client) -> None:
    act = asked(world, "form")
    answer = an.post(at(act, "to-khai/1/"), {"purpose": "", "go_on": "yes"})
    assert [error.href for error in answer.context["page_errors"]] == ["#id_purpose"]
    assert answer.status_code == 422
    assert an.post(at(act, "to-khai/1/"), {"purpose": "", "later": "yes"}).headers["Location"] == at(act)
    assert tasks(an, act)["asked"] == [("Nội dung", "Đang làm")]
    answer = send(an, act)
    assert [e.href for e in answer.context["page_errors"]] == [at(act, "to-khai/1/?ve=xem-lai#id_purpose")]


def test_what_is_lacking_is_named_with_its_page_and_nothing_is_sent(world: World, an: Client) -> None:
    act = asked(world, "form", "paper")
    answer = send(an, act)
    assert answer.status_code == 422
    assert [(error.text, error.href) for error in answer.context["page_errors"]] == [
        ("Chưa xong: Nội dung.", at(act, "to-khai/1/?ve=xem-lai")),
        ("Hãy gửi “Giấy chứng minh”.", at(act, "giay-to/paper/?ve=xem-lai#file-paper")),
    ]
    assert queries.state_of(act.dossier_id).status is Status.AWAITING_SUPPLEMENT


def test_change_from_the_last_page_leads_back_to_it(world: World, an: Client) -> None:
    act = asked(world, "form")
    an.post(at(act, "to-khai/1/"), {"purpose": "Xin việc"})
    answer = an.post(at(act, "to-khai/1/?ve=xem-lai"), {"purpose": "Xin học bổng", "back": "yes"})
    assert answer.headers["Location"] == at(act, "xem-lai/")


def test_file_that_cannot_be_taken_is_told_beside_its_field(world: World, an: Client) -> None:
    act = asked(world, "paper")
    answer = an.post(at(act, "giay-to/paper/"), {"file-paper": upload(PROGRAM), "go_on": "yes"})
    assert answer.status_code == 422
    assert [error.href for error in answer.context["page_errors"]] == ["#file-paper"]


@pytest.mark.clause("KT22-26.3", "KT18-6.2#2", "QN20-27.2")
def test_supplement_pressed_twice_is_sent_once_and_acknowledged(world: World, an: Client) -> None:
    act = asked(world, "paper")
    if queries.state_of(act.dossier_id).proposed_supplement:  # which the head of the desk controls
        act = world.release(act, actor=world.actor(add_desk_head(world)))
    an.post(at(act, "giay-to/paper/"), {"file-paper": upload(), "go_on": "yes"})
    seen = an.get(at(act, "xem-lai/")).context
    pressed = {"version": seen["version"], "seen": seen["seen"], "declared": "on"}
    first, second = (an.post(at(act, "xem-lai/"), pressed) for _ in range(2))
    assert [first.headers["Location"], second.headers["Location"]] == [at(act, "1/da-gui/")] * 2
    state = queries.state_of(act.dossier_id)
    assert state.status is Status.SUBMITTED
    assert [each.KIND for each, _ in queries.events_of(act.dossier_id)].count("supplemented") == 1
    page = an.get(at(act, "1/da-gui/")).content.decode()
    assert state.reference in page
    assert "Bổ sung paper" in page
    paper = an.get(at(act, "1/xac-nhan-da-gui/"))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert at(act, "1/xac-nhan-da-gui/") in an.get(f"/ho-so-cua-toi/{act.dossier_id}/").content.decode()


def test_letter_says_what_was_sent_and_where_the_acknowledgement_lies(world: World, an: Client) -> None:
    act = asked(world, "paper")
    an.post(at(act, "giay-to/paper/"), {"file-paper": upload(), "go_on": "yes"})
    send(an, act)
    letter = OutboxMessage.objects.filter(key="dossier.supplemented").latest("pk")
    assert letter.context["items"] == "- Giấy chứng minh: Bổ sung paper"
    assert (letter.context["sent"], letter.context["is_checked"]) == ("- Giấy chứng minh", "1")
    page = an.get(at(act, "1/da-gui/"))
    assert page.context["brought"] == ["Giấy chứng minh"]
    assert letter.context["paper"].endswith(at(act, "1/xac-nhan-da-gui/"))


def test_what_the_desk_took_in_has_no_acknowledgement(world: World, an: Client) -> None:
    act = asked(world, "paper")
    services.supplement(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=queries.state_of(act.dossier_id).version,
        documents=[DocumentRef("paper", originals=1)],
    )  # fmt: skip
    assert an.get(at(act, "1/da-gui/")).headers["Location"] == f"/ho-so-cua-toi/{act.dossier_id}/"
    assert an.get(at(act, "1/xac-nhan-da-gui/")).status_code == 404
    letter = OutboxMessage.objects.filter(key="dossier.supplemented").latest("pk")
    assert letter.context.get("paper", "") == ""


def test_acknowledgement_is_nobody_elses(world: World, an: Client, browser_of: Browser) -> None:
    act = asked(world, "paper")
    an.post(at(act, "giay-to/paper/"), {"file-paper": upload(), "go_on": "yes"})
    send(an, act)
    for name in ("1/da-gui/", "1/xac-nhan-da-gui/"):
        assert browser_of("binh").get(at(act, name)).status_code == 403


def names(files: Any) -> list[str]:
    return [each.name for each in files]


def handed_in(world: World, *files: str) -> Act:
    """A filing sent with these files of one paper, for which the desk asks for a supplement."""
    client = Client()
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    draft = world.draft(with_papers=False)
    for name in files:
        page = f"/nop-ho-so/{draft.dossier_id}/giay-to/"
        version = queries.state_of(draft.dossier_id).version
        client.post(page, {"version": version, "file-paper": upload(name=name), "upload": "yes"})
    act = world.submit(replace(draft, version=queries.state_of(draft.dossier_id).version))
    return asked(world, "paper", act=act)


def kept(act: Act) -> list[str]:
    files = [each.file_id or "" for each in queries.state_of(act.dossier_id).contents.documents]
    return [documents.card(each).name for each in files if each]


def test_what_was_handed_in_is_shown_and_what_comes_joins_it_unless_chosen_otherwise(
    world: World, an: Client
) -> None:
    act = handed_in(world, "a.pdf", "b.pdf")
    page = an.get(at(act, "giay-to/paper/"))
    assert names(page.context["row"].before) == ["a.pdf", "b.pdf"]
    assert 'value="beside" aria-describedby="how-beside-hint" checked' in page.content.decode()
    bring = {"how": "beside", "was-how": "beside", "file-paper": upload(name="c.pdf"), "go_on": "yes"}
    an.post(at(act, "giay-to/paper/"), bring)
    assert "Gửi thêm, bên cạnh:" in an.get(at(act, "xem-lai/")).content.decode()
    send(an, act)
    assert kept(act) == ["a.pdf", "b.pdf", "c.pdf"]


def test_what_is_replaced_stays_readable_for_both_sides(
    world: World, an: Client, browser_of: Browser
) -> None:
    act = handed_in(world, "a.pdf", "b.pdf")
    bring = {"how": "instead", "was-how": "beside", "file-paper": upload(name="c.pdf"), "go_on": "yes"}
    an.post(at(act, "giay-to/paper/"), bring)
    assert "Thay cho:" in an.get(at(act, "xem-lai/")).content.decode()
    send(an, act)
    assert kept(act) == ["c.pdf"]
    own = an.get(f"/ho-so-cua-toi/{act.dossier_id}/")
    (row,) = [row for row in own.context["worth_showing"] if row.paper.key == "paper"]
    assert [each.file.name for each in row.earlier] == ["a.pdf", "b.pdf"]
    first = row.earlier[0].file.file_id
    answer = an.get(f"/ho-so-cua-toi/{act.dossier_id}/tep/{first}/")
    assert (answer.status_code, b"".join(answer.streaming_content)[:4]) == (200, b"%PDF")
    chi = browser_of("chi")
    session = chi.session
    session[SEEN_AT] = int(time.time())
    session.save()
    desk = chi.get(f"/noi-bo/ho-so/{act.dossier_id}/?giay={first}")
    assert [each.file_name for each in desk.context["page"].earlier_papers] == ["b.pdf", "a.pdf"]
    assert "được thay lúc" in desk.content.decode()
    assert "Bản trước: Giấy chứng minh" in desk.content.decode()


def test_package_marks_what_was_replaced(world: World, an: Client) -> None:
    """Whoever hands on the package must not take the blurred paper for the one that counts."""
    act = handed_in(world, "a.pdf")
    bring = {"how": "instead", "was-how": "beside", "file-paper": upload(name="c.pdf"), "go_on": "yes"}
    an.post(at(act, "giay-to/paper/"), bring)
    send(an, act)
    answer = an.get(f"/ho-so-cua-toi/{act.dossier_id}/tai-ve/")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as package:
        papers = [name for name in package.namelist() if name.endswith(".pdf") and name.startswith("1 ")]
        lines = package.read("Danh sách.txt").decode("utf-8-sig").splitlines()
    folder = "1 Giấy tờ đã nộp"
    assert papers == [f"{folder}/c.pdf", f"{folder}/a, bản trước.pdf"]
    of = {name: next(line for line in lines if line.startswith(name)) for name in papers}
    assert of[papers[0]].endswith(": Giấy chứng minh")
    assert ": Giấy chứng minh, được thay lúc " in of[papers[1]]


def test_upload_and_removal_say_so_where_they_happened(world: World, an: Client) -> None:
    act = asked(world, "paper")
    page = at(act, "giay-to/paper/")
    answer = an.post(page, {"file-paper": upload(name="a.pdf"), "upload": "yes"})
    assert answer.headers["Location"] == f"{page}#paper-paper"
    shown = an.get(page)
    assert "Đã nhận: a.pdf." in shown.content.decode()
    (file,) = shown.context["row"].sent
    assert an.post(page, {"remove": file.file_id}).headers["Location"] == f"{page}#paper-paper"
    assert "Đã bỏ: a.pdf." in an.get(page).content.decode()
    assert an.post(page, {"upload": "yes"}).headers["Location"] == page


def test_choice_of_an_old_page_does_not_undo_that_of_another(world: World, an: Client) -> None:
    act = handed_in(world, "a.pdf")
    page = at(act, "giay-to/paper/")
    an.post(page, {"how": "instead", "was-how": "beside", "upload": "yes"})
    seen = an.get(at(act, "xem-lai/")).context["seen"]
    an.post(page, {"how": "beside", "was-how": "beside", "upload": "yes"})
    assert an.get(page).context["row"].is_instead
    an.post(page, {"how": "beside", "was-how": "instead", "upload": "yes"})
    assert not an.get(page).context["row"].is_instead
    assert an.get(at(act, "xem-lai/")).context["seen"] != seen


@pytest.mark.parametrize("name", ["to-khai/9/", "to-khai/0/", "giay-to/khong-co/", "giay-to/proxy/"])
def test_what_was_not_asked_for_has_no_page(world: World, an: Client, name: str) -> None:
    assert an.get(at(asked(world, "form", "paper"), name)).status_code == 404


def unasked(world: World, act: Act) -> None:
    """The desk has sent the request by mistake, and takes it back."""
    services.correct(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=queries.state_of(act.dossier_id).version,
        what=Correctable.SUPPLEMENT, reason="Bấm nhầm hồ sơ khác",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "pressed"),
    [
        ("to-khai/1/", {"purpose": "Xin học bổng", "go_on": "yes"}),
        ("giay-to/paper/", {"go_on": "yes"}),
        ("giay-to/paper/trang/", {"use": "yes"}),
        ("xem-lai/", {"version": "2", "seen": "-", "declared": "on"}),
    ],
)
def test_page_that_is_open_when_the_request_is_taken_back_is_refused_in_plain_words(
    world: World, an: Client, name: str, pressed: dict[str, str]
) -> None:
    act = asked(world, "form", "paper")
    assert an.get(at(act, name)).status_code == 200
    unasked(world, act)
    before = queries.state_of(act.dossier_id)
    answer = an.post(at(act, name), pressed, follow=True)
    assert answer.redirect_chain[-1][0] == f"/ho-so-cua-toi/{act.dossier_id}/"
    page = answer.content.decode()
    assert "bạn không phải bổ sung nữa, nên nội dung vừa gửi ở đây không vào hồ sơ" in page
    assert "đã được gửi từ một trang khác" not in page
    assert queries.state_of(act.dossier_id) == before
    assert an.get(at(act, name)).headers["Location"] == f"/ho-so-cua-toi/{act.dossier_id}/"


def test_request_taken_back_between_opening_and_saving_takes_nothing(
    world: World, an: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was drawn from what stood there, and is saved when it stands there no more."""
    act = asked(world, "form", "paper")
    alter = laying.alter

    def then(**given: Any) -> None:
        unasked(world, act)
        alter(**given)

    monkeypatch.setattr(laying, "alter", then)
    answer = an.post(at(act, "to-khai/1/"), {"purpose": "Xin học bổng", "go_on": "yes"}, follow=True)
    assert "bạn không phải bổ sung nữa" in answer.content.decode()


def test_what_lay_ready_for_it_stays_in_sight_and_can_be_taken(
    world: World, an: Client, browser_of: Browser
) -> None:
    act = asked(world, "form", "paper")
    an.post(at(act, "to-khai/1/"), {"purpose": "Xin học bổng", "go_on": "yes"})
    an.post(at(act, "giay-to/paper/"), {"file-paper": upload(name="a.pdf"), "go_on": "yes"})
    unasked(world, act)
    page = an.get(f"/ho-so-cua-toi/{act.dossier_id}/")
    text = page.content.decode()
    for words in ("Không phải bổ sung nữa", "không vào hồ sơ", "Giấy chứng minh: ", "a.pdf", "Xin học bổng"):
        assert words in text
    (paper,) = page.context["unasked"].papers
    own_file = f"/tep-cua-toi/{paper.file.file_id}/"
    assert own_file in text
    answer = an.get(own_file)
    assert (answer.status_code, b"".join(answer.streaming_content)[:4]) == (200, b"%PDF")
    assert browser_of("binh").get(own_file).status_code == 404
    again = asked(world, "paper", act=act)
    text = an.get(f"/ho-so-cua-toi/{again.dossier_id}/").content.decode()
    assert "Đã chuẩn bị cho yêu cầu bổ sung trước" in text
    assert "a.pdf" in text
    assert tasks(an, again)["asked"] == [("Giấy chứng minh", "Chưa làm")]


def test_pages_that_were_not_joined_yet_stay_in_sight_too(world: World, an: Client) -> None:
    act = asked(world, "paper")
    an.post(at(act, "giay-to/paper/trang/"), {"files": upload(name="trang-1.pdf")})
    assert an.get(at(act, "giay-to/paper/trang/")).context["lines"]
    unasked(world, act)
    papers = an.get(f"/ho-so-cua-toi/{act.dossier_id}/").context["unasked"].papers
    assert [(each.name, each.file.name) for each in papers] == [("Giấy chứng minh", "trang-1.pdf")]
