"""The register and the routing slip, from the events."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.documents.test_services_slips import text_of
from tests.dossiers.wards import ward
from tests.dossiers.world import MONDAY, World, _officer, moment

from motcua.accounts.queries import actor_of
from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.agencies.queries.memory import forget
from motcua.audit.models import ReadRecord
from motcua.documents import queries as documents
from motcua.documents.rules import register, wording
from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import Box, Capacity, PauseGround, Status, StepEnd
from motcua.dossiers.errors import PeriodNotUsable, TooManyLines
from motcua.dossiers.rules.choices import Choice, Sort
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.register import entry_of
from motcua.dossiers.rules.routing import ended
from motcua.dossiers.rules.state import DocumentRef, OpenTask, SupplementItem
from motcua.dossiers.services import Act, registers
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.kernel.actors import Actor
from motcua.kernel.dates import in_words
from motcua.kernel.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db
MARCH = (date(2024, 3, 1), date(2024, 3, 31))


def desk(world: World) -> int:
    return world.units[UnitKind.DESK].pk


def page(world: World, name: str = "chi", **given):
    asked = {"desk_unit_id": desk(world), "first": MARCH[0], "last": MARCH[1]} | given
    return services.register_of(actor=world.actor(name), at=world.now, **asked)


def test_entry_is_the_year_and_the_tail_of_the_code(world: World) -> None:
    act = world.accept(world.register())
    entry = entry_of(world.state(act))
    assert (entry.book, entry.number) == ("2024", "240304-0001")
    assert entry_of(world.state(world.register())) is None


def test_receipt_bears_its_place_in_the_register(world: World) -> None:
    act = world.accept(world.register())
    file_id = services.slip_file(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=2)
    with documents.open_content(file_id) as file:
        found = text_of(file.read())
    assert "Vào Sổ theo dõi hồ sơ, Quyển số: 2024" in found
    assert "Số thứ tự: 240304-0001" in found


def test_slip_read_by_anybody_but_the_owner_is_recorded(world: World) -> None:
    act = world.until("accept")
    given = {"at": world.now, "dossier_id": act.dossier_id, "event": world.state(act).slips[0].event}
    services.slip_file(actor=world.actor("an"), **given)
    assert not ReadRecord.objects.exists()
    for _ in range(2):  # the file is there the second time, and read all the same
        services.slip_file(actor=world.actor("chi"), **given)
    assert (
        list(ReadRecord.objects.values_list("actor_name", "what", "why"))
        == [("Chi", f"dossier:{act.dossier_id}", "Xem phiếu của hồ sơ")] * 2
    )


def test_register_holds_what_was_taken_in_and_nothing_else(world: World) -> None:
    world.register()  # not taken in yet
    done = world.until("give_back")
    open_ = world.accept(world.register())
    lines = page(world).lines
    assert [(line.number, line.code) for line in lines] == [
        ("240304-0001", world.state(done).code),
        ("240304-0002", world.state(open_).code),
    ]
    assert (lines[0].applicant, lines[0].returned_at) == ("Nguyễn Văn An", world.state(done).returned_at)
    assert lines[0].signed.startswith("Nguyễn Văn An")
    assert (lines[1].returned_at, lines[1].signed, lines[1].note) == (None, "", "")


def test_register_of_a_withdrawn_dossier_says_so(world: World) -> None:
    act = world.accept(world.register())
    world.withdraw_at_desk(act)
    assert [line.note for line in page(world).lines] == ["Người nộp rút hồ sơ"]


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (Status.AWAITING_PAYMENT, "Chờ nghĩa vụ tài chính"),
        (Status.AWAITING_SUPPLEMENT, "Chờ bổ sung"),
        (Status.IN_PROGRESS, ""),
    ],
)
def test_register_says_what_a_dossier_waits_for(world: World, status: Status, note: str) -> None:
    state = world.state(world.until("accept"))
    assert labels.register_note(replace(state, status=status), world.now) == note


def test_register_says_of_an_open_dossier_that_it_is_late_by_now(world: World) -> None:
    act = world.until("accept")
    assert page(world).lines[0].note == ""
    world.later(days=30)
    assert page(world).lines[0].note == "Đang trễ hạn"
    world.give_back(
        world.announce(world.issue(world.approve(world.propose(world.assign(world.hand_over(act))))))
    )
    assert page(world).lines[0].note == "Trễ hạn"


def test_register_says_of_a_paused_dossier_that_its_date_is_that_from_before(world: World) -> None:
    act = world.until("assign")
    due = world.state(act).due_at
    assert due is not None
    services.pause(**world._on(act, "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế")
    (line,) = page(world).lines
    assert line.note == "Chờ nghĩa vụ tài chính; sẽ hẹn lại khi hồ sơ tiếp tục"
    assert f"Hẹn trả trước khi tạm dừng: {due:%H:%M %d/%m/%Y}" in register.cells(line, 1)
    assert "Hẹn trả kết quả" not in register.moments(line)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("2024-03-04", "2024-03-04", 1), ("2024-03-05", "2024-03-31", 0), ("2024-01-01", "2024-03-03", 0)],
)
def test_register_of_days_ends_at_midnight(world: World, first: str, last: str, count: int) -> None:
    world.accept(world.register())
    found = page(world, first=date.fromisoformat(first), last=date.fromisoformat(last))
    assert len(found.lines) == count


def test_register_is_read_by_keyset_in_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [world.state(world.accept(world.register())).code for _ in range(5)]
    with django_assert_num_queries(1):
        first, cursor = queries.register_lines(desk(world), *MARCH, at=world.now, limit=2)
    second, cursor = queries.register_lines(desk(world), *MARCH, at=world.now, after=cursor, limit=2)
    third, end = queries.register_lines(desk(world), *MARCH, at=world.now, after=cursor, limit=2)
    assert [line.code for line in (*first, *second, *third)] == codes
    assert end is None


def test_register_with_a_cursor_that_is_none_is_the_first_page(world: World) -> None:
    world.accept(world.register())
    assert len(page(world, after="zzz").lines) == 1


@pytest.mark.parametrize(
    ("name", "allowed"), [("chi", True), ("hanh", True), ("dung", False), ("giang", False)]
)
def test_register_is_for_the_desk_and_its_leaders(world: World, name: str, allowed: bool) -> None:
    if allowed:
        assert page(world, name).lines == ()
        assert list(ReadRecord.objects.values_list("what", flat=True)) == [
            f"register:{desk(world)}:2024-03-01:2024-03-31"
        ]
    else:
        with pytest.raises(Forbidden):
            page(world, name)


@pytest.mark.parametrize(("first", "last"), [("2024-03-02", "2024-03-01"), ("2023-12-31", "2024-01-01")])
def test_register_of_a_period_that_is_none_is_refused(world: World, first: str, last: str) -> None:
    with pytest.raises(PeriodNotUsable):
        page(world, first=date.fromisoformat(first), last=date.fromisoformat(last))


def test_register_too_long_for_one_request_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "PDF_LINES", 1)
    given = {"actor": world.actor("chi"), "at": world.now, "desk_unit_id": desk(world)}
    world.accept(world.register())
    assert services.register_pdf(**given, first=MARCH[0], last=MARCH[1]).startswith(b"%PDF")
    world.accept(world.register())
    with pytest.raises(TooManyLines):
        services.register_pdf(**given, first=MARCH[0], last=MARCH[1])


@pytest.mark.parametrize(
    ("level", "place"), [(AgencyLevel.COMMUNE, "Âu Cơ, ngày"), (AgencyLevel.PROVINCE, "Đắk Lắk, ngày")]
)
def test_papers_are_dated_where_the_agency_sits(world: World, level: AgencyLevel, place: str) -> None:
    Agency.objects.filter(pk=world.agency.pk).update(name="Ủy ban nhân dân phường Âu Cơ", level=level.value)
    forget()
    act = world.accept(world.register())
    file_id = services.slip_file(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=2)
    with documents.open_content(file_id) as file:
        receipt = text_of(file.read())
    assert place.casefold() in receipt.casefold()


def test_papers_of_one_dossier_call_the_desk_alike_by_its_place(world: World) -> None:
    Agency.objects.filter(pk=world.agency.pk).update(name="Ủy ban nhân dân phường Âu Cơ")
    level = "Trung tâm Phục vụ hành chính công cấp xã"
    Unit.objects.filter(pk=desk(world)).update(name=level)
    forget()
    act = world.accept(world.register())
    file_id = services.slip_file(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=2)
    with documents.open_content(file_id) as file:
        receipt = text_of(file.read())
    given = {"actor": world.actor("chi"), "at": world.now, "desk_unit_id": desk(world)}
    register = text_of(services.register_pdf(**given, first=MARCH[0], last=MARCH[1]))
    for paper in (receipt, register, slip_of(world, act)):
        assert "trung tâm phục vụ hành chính công phường âu cơ" in paper.casefold()
        assert "cấp xã" not in paper.casefold()
    posts = agencies.positions_of(world.people["chi"].pk, world.now.date())
    (line,) = queries.listed(
        world.actor("chi"), Box.UNIT, Choice(sort=Sort.FILED), posts=posts, at=world.now
    ).items
    assert line.unit_name == "Trung tâm Phục vụ hành chính công phường Âu Cơ"


# --- the routing slip ---------------------------------------------------------------------------------------
def test_handovers_go_from_the_applicant_through_every_hand_and_back(world: World) -> None:
    act = world.until("give_back")
    units = {unit.pk: kind.value for kind, unit in world.units.items()} | {None: "applicant"}
    found = [(units[h.from_unit], units[h.to_unit], h.actor) for h in queries.hands_of(act.dossier_id)]
    assert found == [
        ("applicant", "desk", "An"),
        ("desk", "division", "Chi"),
        ("division", "division", "Lan"),
        ("division", "leadership", "Dung"),
        ("leadership", "office", "Hanh"),
        ("office", "desk", "Khoa"),
        ("desk", "applicant", "Chi"),
    ]
    assert {h.end for h in queries.hands_of(act.dossier_id)} <= {None, StepEnd.ON_TIME, StepEnd.EARLY}


@pytest.mark.parametrize(
    ("due", "end"),
    [
        (None, None),
        ("2024-03-04 07:59", StepEnd.LATE),
        ("2024-03-04 08:00", StepEnd.ON_TIME),
        ("2024-03-04 17:00", StepEnd.ON_TIME),
        ("2024-03-05 08:00", StepEnd.EARLY),
    ],
)
def test_step_ends_early_on_time_or_late(due: str | None, end: StepEnd | None) -> None:
    task = OpenTask(
        "a-1", "a", "process", "A", "case_officer", 1, MONDAY, due_at=moment(due) if due else None
    )
    assert ended(task, MONDAY) is end


def test_supplement_asked_after_acceptance_is_no_handover(world: World) -> None:
    act = world.until("assign")
    before = queries.hands_of(act.dossier_id)
    asked = services.request_supplement(
        **world._on(act, "dung"),
        items=(SupplementItem("paper", "Bản rõ hơn"),),
        reason="Mờ",
        guidance="Nộp lại",
    )
    asked = world.release(asked)
    services.supplement(**world._on(asked, "an"), documents=(DocumentRef("paper", originals=1),))
    assert queries.hands_of(act.dossier_id) == before


def test_slip_and_register_name_the_page_of_the_paper_log(world: World) -> None:
    act = world.accept(world.register())
    world.people["giang"].is_admin = True
    world.people["giang"].save()
    began, happened = world.now, world.now + timedelta(minutes=30)
    world.now = entered_at = happened + timedelta(hours=1)
    who = {"actor": world.actor("giang"), "at": entered_at}
    incident = incidents.declare(
        **who, scope=Scope.AGENCY, what="Mất điện", began_at=began, agency_id=world.agency.pk
    )
    log = {"incident_id": incident.window.id, "page": "Sổ 3, trang 12", "entered_at": entered_at}
    with services.entered_late(**log, done_by="Chi"):
        act = world.hand_over(act, at=happened)
    assert [(row.at, row.log.page if row.log else "") for row in queries.hands_of(act.dossier_id)] == [
        (row.at, "Sổ 3, trang 12" if row.at == happened else "") for row in queries.hands_of(act.dossier_id)
    ]
    found = " ".join(
        text_of(
            services.routing_slip(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
        ).split()
    )
    said = f"Nhập bổ sung từ sổ giấy, trang Sổ 3, trang 12, lúc {wording.moment(entered_at)}"
    assert f"{said}; người đã làm: Chi" in found
    assert [line.note for line in page(world).lines] == [said]


def test_routing_slip_is_printed_from_the_events(world: World) -> None:
    act = world.until("give_back")
    content = services.routing_slip(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    found = text_of(content)
    for words in (world.state(act).code, "1. Giao: Người nộp hồ sơ: Nguyễn Văn An", ": Dung", ": Hanh"):
        assert words in found
    assert io.BytesIO(content).read(4) == b"%PDF"


def test_number_of_a_receipt_is_the_same_on_paper_and_on_the_page(world: World) -> None:
    act = world.accept(world.register())
    state = world.state(act)
    (slip,) = state.slips
    assert queries.printed_number(state, slip.kind, slip.number) == f"{state.code}/BPTNTKQ"


def test_first_row_of_what_was_brought_to_the_counter_names_who_brought_it_and_who_took_it(
    world: World,
) -> None:
    act = world.accept(
        world.register(
            submitter_name="Trần Thị Bình", capacity=Capacity.AUTHORISED, authority="Giấy ủy quyền"
        )
    )
    found = slip_of(world, act)
    assert "1. Giao: Người nộp hồ sơ: Trần Thị Bình 2. Nhận: desk: Chi" in found
    alone = slip_of(world, world.accept(world.register()))
    assert "1. Giao: Người nộp hồ sơ: Nguyễn Văn An 2. Nhận: desk: Chi" in alone
    assert "Người nộp hồ sơ: Chi" not in alone


def test_question_to_another_unit_is_no_handover(world: World) -> None:
    act = world.until("assign")
    before = queries.hands_of(act.dossier_id)
    far, head = elsewhere(UnitKind.DIVISION), _officer("head")
    Position.objects.create(account=head, unit=far, role=Role.UNIT_HEAD.value)
    asked = services.consult(**world._on(act, "dung"), unit_id=far.pk, question="?", limit="2wd")
    question = next(task for task in world.state(asked).tasks if task.kind == CONSULT_STEP)
    given = world._on(asked, "dung") | {"actor": actor_of(head), "task_key": question.key, "answer": "Có"}
    services.answer(**given)
    assert queries.hands_of(asked.dossier_id) == before


def test_other_officer_is_a_handover_that_ends_no_step(world: World) -> None:
    act = world.until("assign")
    given = {"officer_id": str(world.people["em"].pk), "reason": "Chuyển công tác"}
    act = services.reassign(**world._on(act, "lan") | given)
    last, unit = queries.hands_of(act.dossier_id)[-1], world.units[UnitKind.DIVISION].pk
    assert (last.from_unit, last.to_unit, last.officer_id) == (unit, unit, given["officer_id"])
    assert (last.actor, last.end, last.note) == ("Lan", None, "Chuyển công tác")
    assert "Nhận: division: Em" in slip_of(world, act)


def test_routing_slip_names_the_units_of_other_agencies(world: World) -> None:
    act, other = world.submit(world.draft()), ward(world)
    act = services.redirect(**world._on(act, "chi"), agency_id=other.pk, reason="Của phường")
    act = world.accept(act, actor=world.actor("hue"))
    found = slip_of(world, act, world.actor("hue"))
    assert "Giao: desk, Sở Tư pháp: Chi" in found
    assert found.count("Giao: Người nộp hồ sơ") == 1
    assert "Nhận: Người nộp hồ sơ" not in found


def elsewhere(kind: UnitKind) -> Unit:
    agency, _ = Agency.objects.get_or_create(
        province="dak-lak",
        key="so-y-te",
        code="H15.16",
        name="Sở Y tế",
        level=AgencyLevel.PROVINCE,
        kind=AgencyKind.DEPARTMENT,
    )
    return Unit.objects.create(agency=agency, key=kind.value, name=f"{kind.value} Y", kind=kind.value)


def slip_of(world: World, act: Act, actor: Actor | None = None) -> str:
    given = {"actor": actor or world.actor("chi"), "at": world.now, "dossier_id": act.dossier_id}
    return text_of(services.routing_slip(**given))


def test_routing_slip_is_for_officers_of_the_dossier_once_it_is_taken_in(world: World) -> None:
    act = world.register()
    given = {"at": world.now, "dossier_id": act.dossier_id}
    with pytest.raises(NotFound):
        services.routing_slip(actor=world.actor("chi"), **given)
    world.accept(act)
    for name in ("giang", "an"):
        with pytest.raises(Forbidden):
            services.routing_slip(actor=world.actor(name), **given)


def test_routing_slip_says_that_the_clock_stands_still_and_what_the_date_was(world: World) -> None:
    act = world.until("assign")
    due_at = world.state(act).due_at
    assert due_at is not None
    act = services.pause(
        **world._on(act, "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế đất"
    )
    since = world.now
    words = " ".join(slip_of(world, act).split())
    stands = f"tạm dừng từ {in_words(since)} (chờ nghĩa vụ tài chính)"
    assert f"{stands}; trước đó hẹn {in_words(due_at)}" in words
    services.resume(**world._on(act, "dung"), note="Đã nộp")
    assert "tạm dừng từ" not in " ".join(slip_of(world, act).split())
