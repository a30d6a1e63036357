"""Inbox, outbox and the words of every message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries, Settings
from tests.accounts.people import MORNING, citizen, officer

from motcua.accounts.queries import actor_of
from motcua.kernel.errors import NotFound
from motcua.notify import queries, services
from motcua.notify.models import OutboxMessage
from motcua.notify.rules import messages
from motcua.notify.rules.places import KINDS, parts_of
from motcua.notify.rules.rewording import OURS
from motcua.notify.rules.samples import facts
from motcua.notify.services import Recipient

FULL = {
    "applicant": "Nguyễn Văn An",
    "code": "H15-1",
    "procedure": "Đăng ký khai sinh",
    "agency": "UBND phường Tân Lợi",
    "due": "16 giờ 30 ngày 06/03/2024",
    "reason": "Thiếu giấy chứng sinh",
    "guidance": "Bổ sung giấy chứng sinh",
    "link": "https://dichvucong.example.vn/h/1",
    "fees": "- Lệ phí: 8.000 đồng",
    "pay_ways": "online postal",
    "pay_at_acceptance": "Lệ phí",
    "pay_at_unsaid": "Phí thẩm định",
    "pay_come": "acceptance",
    "no_refund": "1",
    "hotline": "0262 3 811 811",
    "minutes": "10",
    "moment": "08:00 04/03/2024",
}
LEAST = {name: FULL[name] for name in ("code", "minutes", "moment")}
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("context", [FULL, LEAST], ids=["full", "least"])
@pytest.mark.parametrize("key", messages.KEYS)
def test_wording_of_every_message_leaves_no_holes(key: str, context: dict[str, str], language: str) -> None:
    text = queries.wording(key, context, recipient="Nguyễn Văn An", language=language)

    whole = f"{text.subject}\n{text.body}"
    assert text.subject == text.subject.strip() != ""
    assert len(text.subject) < 80
    for wrong in ("{{", "{%", "None", " ,", " .", "  ", "()", "\n\n\n", "“”"):
        assert wrong not in whole, wrong


@pytest.mark.parametrize("key", messages.KEYS)
def test_wording_in_english_says_nothing_in_vietnamese(key: str) -> None:
    bare = dict.fromkeys(FULL, "X") | {"code": "H15-1"}
    text = queries.wording(key, bare, recipient="An", language="en")

    said = (text.subject + text.body).replace("Đắk Lắk Province", "")  # a name
    assert _VIETNAMESE.findall(said) == []


@pytest.mark.parametrize("key", [key for key in messages.KEYS if key.startswith("dossier.")])
def test_wording_of_dossier_message_names_code_link_and_hotline(key: str) -> None:
    body = queries.wording(key, FULL, recipient="Nguyễn Văn An").body

    assert body.startswith("Kính gửi Ông/Bà Nguyễn Văn An,\n\n")
    for fact in ("H15-1", "Đăng ký khai sinh", FULL["hotline"], FULL["agency"]):
        assert fact in body, fact
    # Whoever's account it left has no business on its page any more.
    assert (FULL["link"] in body) is (key != "dossier.left_account")


def test_wording_does_not_escape_what_people_typed() -> None:
    text = queries.wording("dossier.declined", FULL | {"reason": 'Tên "A & B" <sai>'}, recipient="An")

    assert 'Lý do: Tên "A & B" <sai>' in text.body


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("vi", "Ngày hẹn trả kết quả: 16 giờ 30 phút, ngày 06 tháng 3 năm 2024."),
        ("en", "The result is due on: 16:30, 6 March 2024."),
    ],
)
def test_wording_writes_a_moment_in_the_readers_language(language: str, line: str) -> None:
    context = FULL | {"due_at": "2024-03-06T09:30:00+00:00"}
    text = queries.wording("dossier.accepted", context, recipient="An", language=language)

    assert line in text.body.splitlines()


@pytest.mark.parametrize(
    ("facts", "says", "in_person"),
    [
        (
            {"delivery": "counter", "desk": "bộ phận một cửa Tân Lợi"},
            "đến nhận tại bộ phận một cửa Tân Lợi",
            True,
        ),
        ({"delivery": "online", "has_file": "1", "own_link": "https://x/1/"}, "tải kết quả về", False),
        ({"delivery": "online", "has_file": "1"}, "hãy thêm bằng mã hồ sơ", False),
        ({"delivery": "online"}, "chưa có tệp trên Cổng Dịch vụ công", False),
        ({"delivery": "postal", "address": "12 Lê Duẩn"}, "qua dịch vụ bưu chính", False),
        ({}, "theo hình thức đã đăng ký", False),
    ],
)
@pytest.mark.parametrize("key", ["dossier.result_ready", "dossier.refused"])
def test_letter_on_a_result_says_how_it_comes_and_to_bring_papers_only_to_the_desk(
    key: str, facts: dict[str, str], says: str, in_person: bool
) -> None:
    start = queries.letter_to_start_from(key)
    for own in (OURS, start):
        body = queries.wording(key, LEAST | facts, recipient="An", own=own).body
        assert says in body
        assert ("giấy tờ tùy thân" in body) is in_person
        assert all(facts.get(name, "") in body for name in ("own_link", "address"))


def test_letter_to_an_organisation_itself_calls_nobody_sir_or_madam() -> None:
    company = {"applicant": "Công ty TNHH Lộc", "is_organisation": "1"}
    for own in (OURS, queries.letter_to_start_from("dossier.accepted")):
        letter = queries.wording("dossier.accepted", FULL | company, recipient="Công ty TNHH Lộc", own=own)
        assert letter.body.startswith("Kính gửi Công ty TNHH Lộc,")
        to_member = queries.wording("dossier.accepted", FULL | company, recipient="Lê Văn Bình", own=own)
        assert to_member.body.startswith("Kính gửi Ông/Bà Lê Văn Bình,")


@pytest.mark.parametrize("key", ["incident.overdue", "incident.urged"])
def test_letter_on_an_outage_that_lasts_says_where_it_is_and_of_the_system_only_if_all_of_it_is(
    key: str,
) -> None:
    at_a_place = queries.wording(key, LEAST | {"place": "Sở Tư pháp", "is_part": "1"}, recipient="An").body
    assert "Sự cố tại Sở Tư pháp" in at_a_place
    assert "hệ thống đến nay" not in at_a_place
    assert "Phạm vi" not in at_a_place
    whole = queries.wording(key, LEAST | {"place": "Toàn tỉnh", "is_part": ""}, recipient="An").body
    assert ("Sự cố của hệ thống" in whole, "Phạm vi: Toàn tỉnh." in whole) == (True, True)


def test_templates_are_those_of_the_messages() -> None:
    folder = Path(queries.__file__).parent.parent / "templates" / "notify"
    wanted = {f"{key}{ending}" for key in messages.KEYS for ending in (".txt", ".en.txt")}

    assert {path.name for path in folder.glob("*.txt")} == wanted


def test_sentences_with_a_template_of_their_own_are_those_of_the_places() -> None:
    folder = Path(queries.__file__).parent.parent / "templates" / "notify" / "parts"
    wanted = {f"{part}{ending}" for key in KINDS for part in parts_of(key) for ending in (".txt", ".en.txt")}

    assert {path.name for path in folder.iterdir()} == wanted


def _post(account_id: int, key: str = "dossier.accepted", about: str = "d-1") -> None:
    services.post(
        key=key, recipients=[Recipient(account_id, None, "An")], context=FULL, about=about, at=MORNING
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_inbox_with_any_number_of_messages_is_one_query(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    an = citizen()
    for _ in range(number):
        _post(an.id)

    with django_assert_num_queries(1):
        assert len(queries.inbox(an.id)) == number


@pytest.mark.django_db
def test_inbox_shows_newest_first_and_pages_on() -> None:
    an = citizen()
    for key in ("dossier.acknowledged", "dossier.accepted", "dossier.returned"):
        _post(an.id, key)

    first = queries.inbox(an.id, limit=2)
    rest = queries.inbox(an.id, before=first[-1].id, limit=2)

    assert [message.key for message in first] == ["dossier.returned", "dossier.accepted"]
    assert [message.key for message in rest] == ["dossier.acknowledged"]
    assert rest[0].subject == "Đã nhận được hồ sơ H15-1"
    assert (rest[0].about, rest[0].posted_at, rest[0].is_read) == ("d-1", MORNING, False)
    assert not any(message.is_read for message in queries.inbox(an.id))


@pytest.mark.django_db
def test_inbox_by_unread_shows_what_is_unread_first_and_pages_through_all() -> None:
    chi, dung = officer(), officer("Phạm Văn Dũng", username="dung")
    for _ in range(7):
        _post(chi.id, "desk.assigned")
        _post(dung.id, "desk.assigned")
    ids = [message.id for message in queries.inbox(chi.id)]
    for read in (ids[0], ids[2], ids[6]):
        services.mark_read(actor=actor_of(chi), message_id=read, at=MORNING)

    pages, after = [], ""
    while not pages or after:
        page = queries.inbox_by_unread(chi.id, after=after, limit=3)
        pages.append([message.id for message in page.messages])
        after = page.after

    assert pages == [[ids[1], ids[3], ids[4]], [ids[5], ids[0], ids[2]], [ids[6]]]
    assert queries.unread(chi.id).count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["", "x", "u", "r-1", "u" + "9" * 40, "r٣", "\0"])
def test_inbox_by_unread_with_a_broken_cursor_is_the_first_page(cursor: str) -> None:
    chi = officer()
    _post(chi.id, "desk.assigned")
    assert len(queries.inbox_by_unread(chi.id, after=cursor).messages) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://cu.example.vn/noi-bo/ho-so/1/?muc=a", "/noi-bo/ho-so/1/?muc=a"),
        ("", ""),
        ("https://khac.example.vn//khac.example.vn/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_message_leads_to_a_page_of_this_system_whatever_its_address_was(link: str, path: str) -> None:
    chi = officer()
    recipient = Recipient(chi.id, None, "Chi")
    services.post(
        key="desk.assigned", recipients=[recipient], context={"link": link}, about="d-1", at=MORNING
    )
    assert queries.inbox(chi.id)[0].leads_to == path


@pytest.mark.django_db
def test_opening_of_a_message_is_its_first_paragraph_with_what_that_leads_up_to() -> None:
    chi = officer()
    for key in ("desk.assigned", "desk.consulted"):
        context = {"code": "H15-1", "question": "Đất có tranh chấp\nkhông?", "due": "mai"}
        recipient = Recipient(chi.id, None, "Chi")
        services.post(key=key, recipients=[recipient], context=context, about="", at=MORNING)
    assert [message.opening for message in queries.inbox(chi.id)] == [
        "Đơn vị bạn được hỏi ý kiến về hồ sơ H15-1: Đất có tranh chấp không?",
        "Hồ sơ H15-1 đã được giao cho bạn xử lý.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_letter_is_told_without_the_code_and_the_name_that_stand_beside_it(language: str) -> None:
    an = citizen()
    keys = [key for key in messages.KEYS if key.startswith("dossier.")]
    context = facts("dossier.accepted", hotline="0262 000 000")
    for key in keys:
        recipient = Recipient(an.id, None, "An")
        services.post(key=key, recipients=[recipient], context=context, about="d", at=MORNING)
    letters = queries.inbox(an.id, language=language, limit=100)
    assert {letter.key for letter in letters} == set(keys)
    assert {(each.procedure, each.code) for each in letters} == {(context["procedure"], context["code"])}
    told = [text for each in letters for text in (each.headline, each.said)]
    assert [text for text in told if context["code"] in text or context["procedure"] in text] == []
    assert [text for text in told if re.search(r"\s[.,:;]|  |“”|^$", text)] == []
    assert [text for text in told if text.startswith(("Kính gửi", "Dear"))] == []


@pytest.mark.django_db
def test_inbox_message_of_somebody_else_is_not_found() -> None:
    an = citizen()
    giang = citizen("Lê Thị Giang", personal_id="066190000002", email="giang@example.vn")
    _post(an.id)
    message = queries.inbox(an.id)[0]

    assert queries.inbox_message(an.id, message.id) == message
    with pytest.raises(NotFound):
        queries.inbox_message(giang.id, message.id)


@pytest.mark.django_db
def test_outbox_is_narrowed_by_dossier_state_and_key() -> None:
    an = citizen()
    _post(an.id, about="d-1")
    _post(an.id, "dossier.returned", about="d-2")

    assert [line.key for line in queries.outbox(about="d-1")] == ["dossier.accepted", "dossier.accepted"]
    assert [line.channel for line in queries.outbox(state="waiting")] == ["email", "email"]
    assert [line.about for line in queries.outbox(key="dossier.returned", limit=1)] == ["d-2"]
    assert queries.outbox_counts() == {"waiting": 2, "failed": 0}


@pytest.mark.django_db
def test_outbox_is_counted_only_as_far_as_anybody_reads() -> None:
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            key="dossier.accepted",
            channel="email",
            address="an@example.vn",
            recipient_name="An",
            posted_at=MORNING,
            next_try_at=MORNING,
        )
        for _ in range(queries.COUNT_UP_TO + 1)
    )
    assert queries.outbox_counts() == {"waiting": queries.COUNT_UP_TO, "failed": 0}


@pytest.mark.parametrize("key", ["dossier.extended", "desk.extended"])
def test_date_that_was_promised_is_written_in_the_language_of_the_letter(key: str) -> None:
    said = queries.sample_of(key, language="en").body
    assert "17:00, 4 March 2026" in said
    assert "tháng" not in said
    assert "17 giờ 00 phút, ngày 04 tháng 3 năm 2026" in queries.sample_of(key).body


@pytest.mark.parametrize(
    ("key", "moment"),
    [
        ("dossier.verification_planned", "09:00, 4 March 2026"),
        ("dossier.verification_called_off", "09:00, 4 March 2026"),
        ("dossier.verification_called_off", "14:00, 5 March 2026"),
        ("incident.declared", "08:00, 2 March 2026"),
        ("incident.ended", "11:00, 2 March 2026"),
        ("incident.overdue", "08:00, 2 March 2026"),
        ("account.closed", "09:15, 2 March 2026"),
    ],
)
def test_moments_beside_the_term_are_written_in_the_language_of_the_letter(key: str, moment: str) -> None:
    said = queries.sample_of(key, language="en").body
    assert moment in said
    assert "tháng" not in said


@pytest.mark.parametrize(
    ("key", "vietnamese", "english"),
    [
        ("dossier.withdrawn", "ngày 02 tháng 3 năm 2026", "on 2 March 2026"),
        ("dossier.stopped", "ngày 02 tháng 3 năm 2026", "on 2 March 2026"),
        ("mandate.accepted", "từ ngày 02 tháng 3 năm 2026 đến ngày 01 tháng 3 năm 2027", "to 1 March 2027"),
        ("mandate.ending", "sau ngày 01 tháng 3 năm 2027", "1 March 2027"),
        ("mandate.offered", "từ ngày 02 tháng 3 năm 2026", "from 2 March 2026"),
        ("desk.absence_recorded", "đến hết ngày 29 tháng 11 năm 2026", "29 November 2026"),
        ("desk.absence_ended", "đến ngày 29 tháng 11 năm 2026", "29 November 2026"),
        ("desk.staff_changed", "từ ngày 02 tháng 3 năm 2026", "2 March 2026"),
        ("desk.roadmap_due", "ngày 29 tháng 11 năm 2026", "29 November 2026"),
        ("account.new_device", "lúc 09 giờ 15 phút, ngày 02 tháng 3 năm 2026", "09:15, 2 March 2026"),
    ],
)
def test_days_of_a_letter_are_written_in_words(key: str, vietnamese: str, english: str) -> None:
    assert vietnamese in queries.sample_of(key).body
    assert english in queries.sample_of(key, language="en").body


def test_day_that_was_stored_in_figures_stays_as_it_was_written() -> None:
    kept = queries.wording("dossier.withdrawn", {"requested_on": "05/03/2024"}, recipient="An")
    assert "Ông/Bà ngày 05/03/2024" in kept.body


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "key",
    ["email_changed", "closed", "phone_changed", "password_changed", "new_device", "identity_checked"],
)
def test_letter_that_guards_an_account_says_where_to_report(
    key: str, language: str, settings: Settings
) -> None:
    def body(**context: str) -> str:
        said = {"moment": "08:00 04/03/2024", **context}
        return queries.wording(f"account.{key}", said, recipient="An", language=language).body

    assert ("0262 3 811 811" in body(hotline="0262 3 811 811"), "/lien-he/" in body()) == (True, True)
    assert resolve("/lien-he/").view_name == "portal:contact"
    assert f"{settings.PUBLIC_URL}/lien-he/" in body(hotline="")
