"""The pages of an agency's closures: form, preview, announcement, withdrawal."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World, moment

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, LocalClosure, Position
from motcua.dossiers import services
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db
PRESSING = "/noi-bo/can-don-doc/"
ASKED = {"first_day": "2024-03-07", "reason": "Tránh bão", "source": "Thông báo 45/TB-STP"}


@pytest.fixture
def em(world: World, at_desk: At) -> Client:
    """The head of the desk."""
    Position.objects.create(account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    return at_desk("em")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def new(world: World) -> str:
    return address("new_closure", world.agency.pk)


def whom(made: LocalClosure) -> str:
    """The page of whom its notice reaches."""
    return address("closure_reach", made.pk)


def announce(world: World, client: Client, **typed: str) -> LocalClosure:
    plan = client.post(new(world), ASKED | typed | {"preview": "1"}).context["plan"]
    client.post(new(world), ASKED | typed | {"save": "1", "seen": plan.seen})
    return LocalClosure.objects.latest("id")


def test_only_agency_is_opened_at_once_and_names_the_closure(world: World, em: Client, at_desk: At) -> None:
    made = announce(world, em)
    assert em.get(address("closures")).url == address("agency_closures", world.agency.pk)
    for client, may_close in ((em, True), (at_desk("chi"), False)):
        page = client.get(address("agency_closures", world.agency.pk))
        assert [line["card"].id for line in page.context["ahead"]] == [made.pk]
        assert page.context["may_close"] is may_close


def test_pages_are_closed_to_strangers_and_new_to_who_only_works_there(
    world: World, em: Client, at_desk: At
) -> None:
    made = announce(world, em)
    giang, chi = at_desk("giang"), at_desk("chi")
    places = [address("closures"), address("agency_closures", world.agency.pk), address("closure", made.pk)]
    assert [giang.get(each).status_code for each in places] == [403, 403, 403]
    assert [chi.get(each).status_code for each in places[1:]] == [200, 200]
    assert chi.get(new(world)).status_code == 403
    assert chi.post(new(world), ASKED | {"save": "1", "seen": "0.0"}).status_code == 403
    assert chi.post(address("withdraw_closure", made.pk)).status_code == 403


def test_preview_lists_old_and_new_moment_before_anything_is_saved(world: World, em: Client) -> None:
    act = world.accept(world.register())
    page = em.post(new(world), ASKED | {"preview": "1"})
    assert page.status_code == 200
    text = page.content.decode()
    assert act.code in text
    promised = world.state(act).due_at
    assert promised is not None
    assert f"{promised:%H:%M} 07/03/2024" in text
    assert f"{promised:%H:%M} 08/03/2024" in text
    assert "Nguyễn Văn An" in text  # the desk works on every dossier of the agency
    assert (page.context["plan"].counts.moved, page.context["plan"].counts.in_vain) == (1, 1)
    assert not LocalClosure.objects.exists()


def test_preview_names_letters_of_apology_to_be_sent_before_the_closure(
    world: World, em: Client, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Due on Thursday morning, the letter by Wednesday morning: a closure of Wednesday leaves Tuesday."""
    acts = [world.accept(world.register()) for _ in range(12)]
    wednesday = ASKED | {"first_day": "2024-03-06", "preview": "1"}
    em.post(new(world), wednesday)  # what is kept in memory is kept now
    with django_assert_max_num_queries(15):
        page = em.post(new(world), wednesday)
    found, text = page.context["plan"].letters, page.content.decode()
    due = world.state(acts[0]).due_at
    assert due is not None
    assert (found.count, found.is_cut, len(found.first)) == (12, False, 10)
    assert {each.due_at - each.letter_by for each in found.first} == {timedelta(days=1)}
    assert found.first[0].due_at == due
    assert "Phiếu xin lỗi nên gửi trước lúc nghỉ" in text
    assert f"Hạn gửi phiếu </span>{due:%H:%M} 06/03/2024" in text
    thursday = em.post(new(world), ASKED | {"preview": "1"})
    assert thursday.context["plan"].letters.count == 0
    assert "Phiếu xin lỗi nên gửi" not in thursday.content.decode()


def test_closure_moves_no_letter_and_drops_none_from_the_list_of_those_due(
    world: World, em: Client, at_desk: At
) -> None:
    act, other = (world.accept(world.register()) for _ in range(2))
    world.now = moment("2024-03-05 16:00")
    hanh = at_desk("hanh")
    before = [(each.owed.dossier_id, each.owed.letter_by) for each in hanh.get(PRESSING).context["letters"]]
    assert [each for each, _ in before] == [act.dossier_id, other.dossier_id]
    announce(world, em, first_day="2024-03-06")
    page = hanh.get(PRESSING)
    after = [(each.owed.dossier_id, each.owed.letter_by) for each in page.context["letters"]]
    assert (after, "Đã qua hạn gửi phiếu" in page.content.decode()) == (before, False)


def test_preview_says_of_answers_and_steps_that_they_stay(
    world: World, em: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked = ASKED | {"first_day": "2024-03-05", "preview": "1"}
    filed = [world.submit(world.draft()) for _ in range(11)]
    act = world.assign(world.hand_over(world.accept(world.register())))
    em.post(new(world), asked)  # what is kept in memory is kept now
    with django_assert_max_num_queries(15):
        page = em.post(new(world), asked)
    text = page.content.decode()
    assert [(title, found.moved, found.in_vain) for title, found in page.context["terms"]] == [
        ("Hạn trả lời hồ sơ mới nộp", 11, 11),
        ("Hạn của các bước đang mở", 1, 1),
    ]
    numbers = [world.state(each).filing_number for each in filed]
    assert [number in text for number in numbers] == [True] * 10 + [False]  # the first ten
    assert "11, trong đó 11 rơi vào lúc nghỉ" in text
    (step,) = world.state(act).tasks
    assert (f"Bước: {step.name}" in text, "Các hạn này giữ nguyên" in text) == (True, True)
    assert "05/03/2024" in text
    assert "06/03/2024" in text


def test_who_must_be_called_is_said_before_and_after_announcing(
    world: World, em: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    act = world.accept(world.register())
    em.post(new(world), ASKED | {"preview": "1"})  # what is kept in memory is kept now
    with django_assert_max_num_queries(14):  # one more where organisations filed
        before = em.post(new(world), ASKED | {"preview": "1"}).content.decode()
    assert "không báo được cho người nộp 1 hồ sơ" in before
    assert "1 hồ sơ có số điện thoại: hãy gọi." in before
    assert "nhận thông báo qua Cổng" not in before  # nobody does
    made = announce(world, em)
    first = em.get(address("closure", made.pk)).content.decode()  # no job has run
    assert (f'href="{whom(made)}"' in first, "Người cần báo trực tiếp</h2>" in first) == (True, False)
    with django_assert_max_num_queries(14):
        at_once = em.get(whom(made)).content.decode()
    assert "Không gửi được cho 1 hồ sơ đang giải quyết." in at_once
    assert "cho 0 hồ sơ" not in at_once
    services.tell_of_closure(closure_id=made.pk, is_withdrawn=False, at=world.later(minutes=2))
    page = em.get(whom(made))
    text = page.content.decode()
    for each in (before, at_once, text):
        called = each.partition("Người cần báo trực tiếp</h2>")[2].partition("</table>")[0]
        assert f'href="{reverse("desk:dossier", args=[act.dossier_id])}"' in called
    assert "Không gửi được cho 1 hồ sơ đang giải quyết." in text
    assert "Thông báo đã gửi" not in text
    called = text.partition("Người cần báo trực tiếp</h2>")[2].partition("</table>")[0]
    assert (act.code in called, "0905000001" in called) == (True, True)


BY_LETTER = Applicant("Trần Thị Mận", "066090000002", "", "", "12 Lê Duẩn")
BY_NOTHING = Applicant("Phạm Văn Đào", "066090000003", "", "", "")
TO_TELL = {
    BY_LETTER.name: "Hãy gửi phiếu tới địa chỉ: 12 Lê Duẩn.",
    BY_NOTHING.name: "Hồ sơ không ghi số điện thoại hay địa chỉ: hãy báo khi người nộp đến.",
}


def test_who_has_no_telephone_is_to_be_written_to_or_told_when_they_come(world: World, em: Client) -> None:
    for applicant in (BY_LETTER, BY_NOTHING):
        world.accept(world.register(applicant=applicant))
    page = em.post(new(world), ASKED | {"preview": "1"}).content.decode()
    assert "Hãy gọi cho họ" not in page
    for words in (
        "1 hồ sơ chỉ ghi địa chỉ: hãy gửi thư.",
        "1 hồ sơ không ghi số điện thoại, địa chỉ: hãy báo khi người nộp đến.",
        "gửi thư tới 12 Lê Duẩn",
        "khi người nộp đến: hồ sơ không ghi số điện thoại, địa chỉ",
    ):
        assert words in page


def test_apology_says_before_and_after_whom_nothing_reaches_and_keeps_them_listed(
    world: World, em: Client, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    alone = [world.accept(world.register(applicant=each)) for each in (BY_LETTER, BY_NOTHING)]
    online = world.accept(world.submit(world.draft()))
    made, hanh = announce(world, em), at_desk("hanh")
    services.tell_of_closure(closure_id=made.pk, is_withdrawn=False, at=world.later(minutes=2))
    where = address("apologise", made.pk)
    some = hanh.get(where, {"ho-so": [alone[0].dossier_id, online.dossier_id]}).content.decode()
    assert "Riêng người nộp 1 hồ sơ thì hệ thống không báo được" in some
    assert "người nộp được báo ngày hẹn lại và lý do" in some
    none = hanh.get(where, {"ho-so": [act.dossier_id for act in alone]})
    assert [said for *_, said in none.context["lines"]] == [
        f"Hệ thống không báo được cho người nộp. {each}" for each in TO_TELL.values()
    ]
    text = none.content.decode()
    assert ("người nộp được báo" in text, "Lập phiếu xin lỗi</button>" in text) == (False, True)

    sent = hanh.post(where, apologies(world, made, [*alone, online]), follow=True)
    assert {each.name: (each.said, each.to_tell) for each in sent.context["done"]} == {
        name: ("Đã lập phiếu xin lỗi, hẹn lại 08/03/2024.", f"Hệ thống không báo được cho người nộp. {how}")
        for name, how in TO_TELL.items()
    } | {"Nguyễn Văn An": ("Đã gửi phiếu xin lỗi, hẹn lại 08/03/2024.", "")}
    assert TO_TELL[BY_LETTER.name] in sent.content.decode()
    em.get(whom(made))
    with django_assert_max_num_queries(15):
        page = em.get(whom(made))
    reach = page.context["reach"]
    assert (reach.reached, [each.name for each in reach.lines]) == (1, list(TO_TELL))
    assert {f"{each.renewed_at:%d/%m/%Y}" for each in reach.lines} == {"08/03/2024"}
    assert "nay hẹn lại" in page.content.decode()


def test_who_was_put_off_by_a_closure_before_their_date_stays_to_be_told(
    world: World, em: Client, at_desk: At
) -> None:
    """The closure takes time from the term; on the promised day itself the agency would be open."""
    act = world.accept(world.register(applicant=BY_LETTER))
    made, hanh = announce(world, em, first_day="2024-03-05"), at_desk("hanh")
    services.tell_of_closure(closure_id=made.pk, is_withdrawn=False, at=world.later(minutes=2))
    assert hanh.get(whom(made)).context["reach"].lines == ()
    hanh.post(address("apologise", made.pk), apologies(world, made, [act]))
    (line,) = hanh.get(whom(made)).context["reach"].lines
    assert (line.dossier_id, f"{line.renewed_at:%d/%m}") == (act.dossier_id, "08/03")


def test_preview_can_be_changed_and_keeps_what_was_typed(world: World, em: Client) -> None:
    page = em.post(new(world), ASKED | {"change": "1"})
    assert page.status_code == 200
    assert 'value="Thông báo 45/TB-STP"' in page.content.decode()


def test_saved_closure_is_shown_with_whom_it_touches_and_withdrawn(world: World, em: Client) -> None:
    act = world.accept(world.register())
    made = announce(world, em)
    page = em.get(address("closure", made.pk))
    assert [item.dossier_id for item in page.context["page"].items] == [act.dossier_id]
    assert page.context["may_withdraw"] is True
    em.post(address("withdraw_closure", made.pk))
    assert em.get(address("closure", made.pk)).context["page"] is None
    assert em.post(address("withdraw_closure", made.pk)).status_code == 409


def test_part_of_a_day_is_closed_by_the_hour(world: World, em: Client) -> None:
    hours = {"from_hour": "13:30", "to_hour": "17:30"}
    seen = em.post(new(world), ASKED | hours | {"preview": "1"}).context["plan"].seen
    em.post(new(world), ASKED | hours | {"save": "1", "seen": seen})
    on = moment("2024-03-07 08:00").date()
    assert [str(each) for each in agencies.calendar_of(world.agency.pk, on).hours_on(on)] == ["07:30-11:30"]


def test_preview_of_somebody_slower_is_drawn_again_and_nothing_saved(world: World, em: Client) -> None:
    announce(world, em)
    page = em.post(new(world), ASKED | {"first_day": "2024-03-08", "save": "1", "seen": "0.0"})
    assert page.status_code == 409
    assert "Vừa có người khác thay đổi lịch nghỉ" in page.content.decode()
    assert page.context["plan"].seen != "0.0"
    assert LocalClosure.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_day": ""}, "first_day"),
        ({"first_day": "0001-01-01"}, "first_day"),
        ({"first_day": "9999-12-31"}, "first_day"),
        ({"first_day": "nonsense"}, "first_day"),
        ({"last_day": "2024-03-06"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"from_hour": "13:30"}, "to_hour"),
        ({"from_hour": "13:30", "to_hour": "13:30"}, "to_hour"),
        ({"last_day": "2024-03-08", "from_hour": "13:30", "to_hour": "17:30"}, "last_day"),
        ({"reason": ""}, "reason"),
        ({"reason": "x\x07y"}, "reason"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_bad_entry_is_told_beside_its_field(
    world: World, em: Client, typed: dict[str, str], field: str
) -> None:
    for button in ({"preview": "1"}, {"save": "1", "seen": "0.0"}):
        page = em.post(new(world), ASKED | typed | button)
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not LocalClosure.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"last_day": "2024-04-07"}, "last_day", "không dài quá 31 ngày"),  # the 32nd
        ({"first_day": "2024-03-01"}, "first_day", "Thời gian nghỉ đã qua"),
        ({"first_day": "2025-03-20"}, "first_day", "Thời gian nghỉ còn xa quá một năm"),
        ({"first_day": "2024-03-09"}, "first_day", "Cơ quan vốn không làm việc"),
        ({"first_day": "2024-03-12"}, "first_day", "Cơ quan đã có thông báo nghỉ trùng"),
    ],
)
def test_refused_closure_is_told_beside_the_field_that_mends_it(
    world: World, em: Client, typed: dict[str, str], field: str, said: str
) -> None:
    announce(world, em, first_day="2024-03-12")
    for button in ({"preview": "1"}, {"save": "1", "seen": agencies.closures_mark(world.agency.pk)}):
        page = em.post(new(world), ASKED | typed | button)
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        (told,) = page.context["page_errors"]
        assert (said in told.text, told.href) == (True, f"#id_{field}")


def test_closure_of_the_most_days_is_taken(world: World, em: Client) -> None:
    page = em.post(new(world), ASKED | {"last_day": "2024-04-06", "preview": "1"})
    assert (page.status_code, "plan" in page.context) == (200, True)


@pytest.mark.parametrize("after", ["nonsense", "WzEsMl0=", "é"])
def test_forged_cursor_starts_from_the_beginning(world: World, em: Client, after: str) -> None:
    act = world.accept(world.register())
    page = em.post(new(world), ASKED | {"after": after})
    assert [item.dossier_id for item in page.context["page"].items] == [act.dossier_id]


def test_agency_or_closure_that_is_not_there_is_not_found(world: World, em: Client) -> None:
    for number in (Agency.objects.latest("id").pk + 1, 2**70):
        assert em.get(address("agency_closures", number)).status_code == 404
        assert em.get(address("closure", number)).status_code == 404


def test_applicants_are_named_to_desk_and_leaders_only(world: World, em: Client, at_desk: At) -> None:
    act = world.accept(world.register())
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    made, seen = announce(world, em), {}
    for who in ("em", "hanh", "lan", "dung"):
        page = at_desk(who).get(address("closure", made.pk)).content.decode()
        assert act.code in page
        seen[who] = "Nguyễn Văn An" in page
    assert seen == {"em": True, "hanh": True, "lan": False, "dung": False}
    plan = at_desk("lan").post(new(world), ASKED | {"first_day": "2024-03-08", "preview": "1"})
    assert "Nguyễn Văn An" not in plan.content.decode()


def apologies(world: World, closure: LocalClosure, acts: list[Act], **typed: str) -> dict[str, object]:
    """What the page of apologies sends for these dossiers."""
    days = {f"day_{act.dossier_id}": "08/03/2024" for act in acts}
    picks = [f"{act.dossier_id}:{world.state(act).version}" for act in acts]
    return {"pick": picks, "reason": "Cơ quan nghỉ tránh bão"} | days | typed


def outcomes(page: HttpResponse) -> list[tuple[str, bool]]:
    shown = [*page.context["done"], *page.context["refused"]]
    return [(each.dossier_id, each.is_done) for each in shown]


def test_leader_apologises_for_several_that_a_closure_touches(world: World, em: Client, at_desk: At) -> None:
    acts = [world.accept(world.register()) for _ in range(3)]
    made, hanh = announce(world, em), at_desk("hanh")
    listed = hanh.get(address("closure", made.pk))
    assert listed.context["may_apologise"] is True
    where = address("apologise", made.pk)
    page = hanh.get(where, {"ho-so": [act.dossier_id for act in acts]})
    assert [(each.id, f"{each.new_day:%d/%m}", each.is_timely) for each, *_ in page.context["lines"]] == [
        (act.dossier_id, "08/03", True) for act in acts
    ]
    assert "Tránh bão" in page.content.decode()
    bad = {f"day_{acts[1].dossier_id}": "07/03/2024"}  # the agency is closed then
    done = hanh.post(where, apologies(world, made, acts[:2], **bad), follow=True)
    assert outcomes(done) == [(acts[0].dossier_id, True), (acts[1].dossier_id, False)]
    assert [len(world.state(act).apologies) for act in acts] == [1, 0, 0]
    assert world.state(acts[0]).apologies[0].reason == "Cơ quan nghỉ tránh bão"
    elsewhere = announce(world, em, first_day="2024-03-12")
    assert outcomes(hanh.get(address("apologies_sent", elsewhere.pk))) == []


def test_dossier_that_has_its_letter_is_not_tickable_and_is_named_with_the_reason(
    world: World, em: Client, at_desk: At
) -> None:
    act = world.accept(world.register())
    first, hanh = announce(world, em), at_desk("hanh")
    assert f'value="{act.dossier_id}"' in hanh.get(address("closure", first.pk)).content.decode()
    hanh.post(address("apologise", first.pk), apologies(world, first, [act]))
    made = announce(world, em, first_day="2024-03-08")  # on the day of the letter
    where = address("apologise", made.pk)
    page = hanh.get(where, {"ho-so": act.dossier_id})
    text = page.content.decode()
    assert (page.context["lines"], page.context["missing"]) == ([], 0)
    assert ("đã được xin lỗi, hẹn lại" in text, act.code in text, "Về thông báo nghỉ" in text) == (True,) * 3
    listed = hanh.get(whom(made)).content.decode()
    assert (act.code in listed, f'value="{act.dossier_id}"' in listed) == (True, False)


def test_apology_pressed_twice_is_sent_once_and_told_as_sent(world: World, em: Client, at_desk: At) -> None:
    act = world.accept(world.register())
    made, hanh = announce(world, em), at_desk("hanh")
    typed = apologies(world, made, [act])
    for _ in range(2):
        done = hanh.post(address("apologise", made.pk), typed, follow=True)
        assert outcomes(done) == [(act.dossier_id, True)]
    assert len(world.state(act).apologies) == 1
    again = hanh.post(address("apologise", made.pk), apologies(world, made, [act]), follow=True)
    assert outcomes(again) == [(act.dossier_id, False)]


def test_letter_of_one_dossier_is_shown_before_any_is_sent(world: World, em: Client, at_desk: At) -> None:
    acts = [world.accept(world.register()) for _ in range(2)]
    made, hanh = announce(world, em), at_desk("hanh")
    where, other = address("apologise", made.pk), f"day_{acts[1].dossier_id}"
    typed = apologies(world, made, acts, **{other: ""}) | {"preview": acts[0].dossier_id}
    shown = hanh.post(where, typed)
    assert (shown.headers["Content-Type"], shown.content[:5]) == ("application/pdf", b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(shown.content)).pages)
    assert ("Cơ quan nghỉ tránh bão" in text, str(acts[0].code) in text) == (True, True)
    closed = hanh.post(where, typed | {f"day_{acts[0].dossier_id}": "07/03/2024"})
    assert (closed.status_code, list(closed.context["form"].errors)) == (422, [f"day_{acts[0].dossier_id}"])
    gone = hanh.post(where, typed | {"preview": "nothing"})
    assert "form" in gone.context
    assert [world.state(act).apologies for act in acts] == [(), ()]


def test_apologies_want_a_reason_a_day_and_a_dossier(world: World, em: Client, at_desk: At) -> None:
    act = world.accept(world.register())
    made, hanh = announce(world, em), at_desk("hanh")
    where, day = address("apologise", made.pk), f"day_{act.dossier_id}"
    for typed, field in (({"reason": " "}, "reason"), ({day: ""}, day), ({day: "x"}, day)):
        page = hanh.post(where, apologies(world, made, [act], **typed))
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    empty = hanh.post(f"{where}?ho-so={act.dossier_id}", {"reason": "x"})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["__all__"])
    assert hanh.get(where).headers["Location"] == address("closure", made.pk)
    assert not world.state(act).apologies


def test_apologies_are_the_leaders_to_send(world: World, em: Client, at_desk: At) -> None:
    """The letter bears the name of who leads the agency: the head of its desk sends none."""
    act = world.accept(world.register())
    made = announce(world, em)
    for client in (em, at_desk("dung"), at_desk("giang")):
        for answer in (
            client.get(address("apologise", made.pk), {"ho-so": act.dossier_id}),
            client.post(address("apologise", made.pk), apologies(world, made, [act])),
        ):
            assert answer.status_code == 403
    assert em.get(address("closure", made.pk)).context["may_apologise"] is False
    assert not world.state(act).apologies


def test_closure_that_was_withdrawn_meanwhile_is_apologised_for_no_more(
    world: World, em: Client, at_desk: At
) -> None:
    act = world.accept(world.register())
    made, hanh = announce(world, em), at_desk("hanh")
    typed = apologies(world, made, [act])
    em.post(address("withdraw_closure", made.pk))
    answer = hanh.post(address("apologise", made.pk), typed)
    assert answer.headers["Location"] == address("closure", made.pk)
    assert not world.state(act).apologies


def test_page_of_apologies_costs_the_same_for_one_and_for_several(
    world: World, em: Client, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    acts = [world.accept(world.register()) for _ in range(4)]
    made, hanh = announce(world, em), at_desk("hanh")
    where = address("apologise", made.pk)
    hanh.get(where, {"ho-so": acts[0].dossier_id})
    with django_assert_max_num_queries(15):
        hanh.get(where, {"ho-so": [act.dossier_id for act in acts]})


def test_page_of_a_dossier_whose_result_lies_ready_says_that_the_agency_is_closed_then(
    world: World, em: Client, at_desk: At
) -> None:
    page = address("dossier", world.until("announce").dossier_id)
    assert "cơ quan không làm việc" not in at_desk("chi").get(page).content.decode()
    announce(world, em)
    assert "Đúng lúc đã hẹn, cơ quan không làm việc" in at_desk("chi").get(page).content.decode()
