"""Processes on a screen: written, checked, compared, sent, put in force; dossiers keep theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.province import CODE, ROW, Province
from tests.dossiers.world import World, make_world, moment, next_version, sheet

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.models import Unit
from motcua.audit import queries as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.catalogue.models import Competence, Duty, Procedure
from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.dossiers import services as dossiers
from motcua.dossiers.enums import Decision
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.kernel.limits import TimeLimit
from motcua.process import queries, services
from motcua.process.enums import DraftState, StepKind
from motcua.process.errors import (
    BadApproval,
    BrokenDraft,
    DoesNotSettle,
    DraftClosed,
    DraftMoved,
    DraftOpen,
    HasFindings,
    UnknownOutcome,
)
from motcua.process.models import Process, ProcessDraft
from motcua.process.rules import drafts, reading
from motcua.process.rules.drafts import StepEntry
from motcua.process.services import Approval, DraftView

pytestmark = pytest.mark.django_db
ProvinceOf = Callable[[str], Province]
DAYS = {
    "KT18": ("kon-tum", "2019-10-07"),
    "KT22": ("kon-tum", "2024-10-07"),
    "QN20": ("quang-ngai", "2024-10-07"),
    "DL24": ("dak-lak", "2024-10-07"),
    "PT24": ("phu-tho", "2024-11-04"),
}
STEPS = (
    StepEntry(StepKind.INTAKE, "Tiếp nhận hồ sơ", "Quầy", "0.5", "working_day"),
    StepEntry(StepKind.PROCESS, "Thẩm định", "Phòng chuyên môn", "1.5", "working_day"),
    StepEntry(StepKind.APPROVE, "Ký duyệt", "Lãnh đạo", "1", "working_day", back_to=2),
    StepEntry(StepKind.RETURN, "Trả kết quả", "Quầy"),
)


class Board:
    """Sở Khác settles a procedure of three working days; it has all its units."""

    def __init__(self, place: Province, regulation: str) -> None:
        self.place, self.day = place, DAYS[regulation][1]
        lead = place.agencies["lead"]
        for key, name, kind in (
            ("q", "Quầy", "desk"),
            ("p", "Phòng chuyên môn", "division"),
            ("l", "Lãnh đạo", "leadership"),
        ):
            Unit.objects.create(agency=lead, key=key, name=name, kind=kind)
        agencies.forget()
        at = moment(f"{self.day} 07:00")
        past = date.fromisoformat(self.day) - timedelta(days=300)
        catalogue_services.import_procedures(
            rows=[ROW], actor=SYSTEM, at=at, valid_from=past, is_bundled=True
        )
        procedure = Procedure.objects.get(code=CODE)
        Competence.objects.create(
            procedure=procedure, agency=lead, settling_unit=Unit.objects.get(agency=lead, key="p")
        )
        services.generate_standards(actor=SYSTEM, at=at, valid_from=past)

    def at(self, hour: str = "09:00") -> dict[str, object]:
        return {"at": moment(f"{self.day} {hour}")}

    def begin(self, who: str = "lead") -> int:
        lead = self.place.agencies["lead"].pk
        return services.begin_draft(
            actor=self.place.people[who],
            agency_id=lead,
            code=CODE,
            **self.at(),  # type: ignore[arg-type]
        )

    def of(self, number: int) -> dict[str, object]:
        return {"draft_id": number, "version": ProcessDraft.objects.get(id=number).version}

    def write(self, number: int, *steps: StepEntry, who: str = "lead", **more: object) -> None:
        given = {"name": "Quy trình thử", "steps": steps or STEPS} | self.of(number) | self.at("09:10") | more
        services.write_draft(actor=self.place.people[who], **given)  # type: ignore[arg-type]

    def submit(self, number: int, who: str = "lead", override: str = "") -> None:
        given = self.of(number) | self.at("09:20")
        services.submit_draft(actor=self.place.people[who], override=override, **given)  # type: ignore[arg-type]

    def approve(self, draft: int, who: str, **changes: object) -> None:
        day = date.fromisoformat(self.day)
        approval = Approval("15/QĐ-UBND", "Chủ tịch", day, day + timedelta(days=3))
        services.approve_draft(
            actor=self.place.people[who],
            approval=replace(approval, **changes),  # type: ignore[arg-type]
            **self.of(draft),  # type: ignore[arg-type]
            **self.at("10:00"),  # type: ignore[arg-type]
        )

    def view(self, number: int, who: str = "lead") -> DraftView:
        return services.open_draft(
            actor=self.place.people[who],
            draft_id=number,
            **self.at("09:30"),  # type: ignore[arg-type]
        )

    def in_force(self, days: int) -> Process:
        day = date.fromisoformat(self.day) + timedelta(days=days)
        return Process.objects.get(id=queries.definition_for(CODE, None, day).id)


@pytest.fixture
def board_of(province_of: ProvinceOf) -> Callable[[str], Board]:
    return lambda regulation: Board(province_of(DAYS[regulation][0]), regulation)


BoardOf = Callable[[str], Board]


@pytest.mark.clause(
    "KT22-19.2.b", "QN20-6.2.b-2", "KT18-13.3", "PT24-20.1", "KT22-23.3", "PT24-23.3", "DL24-14.3"
)
@pytest.mark.parametrize(
    ("name", "decides"),
    [("KT18", "lead"), ("KT22", "office"), ("QN20", "dttt"), ("DL24", "office"), ("PT24", "office")],
)
def test_a_process_is_put_in_force_by_the_body_of_the_regulation(
    board_of: BoardOf, name: str, decides: str
) -> None:
    board = board_of(name)
    number = board.begin()
    board.write(number)
    board.submit(number)
    for who in {"lead", "office", "dttt", "justice", "officer"} - {decides}:
        with pytest.raises(Forbidden):
            board.approve(number, who)
    board.approve(number, decides)
    assert [board.in_force(days).is_generated for days in (0, 2, 3)] == [True, True, False]
    made = board.in_force(3)
    assert [step["name"] for step in made.body["steps"]] == [step.action for step in STEPS]
    assert made.body["marks"]["source"] == "15/QĐ-UBND"
    assert made.province == DAYS[name][0]


@pytest.mark.clause("KT22-23.3", "PT24-23.3", "QN20-6.2.a", "QN20-22.2")
def test_drafts_are_written_by_the_agency_and_the_office_for_agencies_that_settle(
    board_of: BoardOf, regulation: str
) -> None:
    board = board_of(regulation)
    for who in ("justice", "officer"):
        with pytest.raises(Forbidden):
            board.begin(who)
    number = board.begin()
    board.write(number, who="office")
    with pytest.raises(Forbidden):
        board.write(number, who="justice")
    with pytest.raises(DraftOpen):
        board.begin("office")
    with pytest.raises(DoesNotSettle):
        services.begin_draft(
            actor=board.place.people["office"],
            agency_id=board.place.agencies["office"].pk,
            code=CODE,
            **board.at(),  # type: ignore[arg-type]
        )


def test_a_draft_begins_with_the_steps_in_force(board_of: BoardOf) -> None:
    board = board_of("KT22")
    view = board.view(board.begin())
    assert (len(view.steps), view.total) == (7, {"value": "3", "unit": "working_day"})
    assert [each.is_same for each in view.differences] == [True] * 7


@pytest.mark.parametrize("name", ["KT22", pytest.param("DL24", marks=pytest.mark.clause("DL24-14.3"))])
def test_sums_ways_and_units_are_checked(board_of: BoardOf, name: str) -> None:
    """Before anybody works by it: a table whose checks find something is not sent without a reason."""
    board = board_of(name)
    number = board.begin()
    board.write(number)
    assert board.view(number).findings == ()
    board.write(number, *STEPS[:1], replace(STEPS[1], time="9"), *STEPS[2:])
    with pytest.raises(HasFindings):
        board.submit(number)
    board.write(number, *STEPS[:1], replace(STEPS[1], unit="Phòng không có"), *STEPS[2:])
    assert any("Phòng không có" in text for text in board.view(number).findings)
    Unit.objects.filter(agency=board.place.agencies["lead"], kind="desk").delete()
    agencies.forget()
    board.write(number, replace(STEPS[0], unit=""), *STEPS[1:3], replace(STEPS[3], unit=""))
    assert [text for text in board.view(number).findings if "Trả kết quả" in text] != []
    board.submit(number, override="Bảng đã ký như vậy")
    board.approve(number, "office")
    (row,) = {each["reason"] for each in board.in_force(3).overrides}
    assert row == "Bảng đã ký như vậy"


def test_a_step_of_another_agency_stays_there(board_of: BoardOf) -> None:
    board = board_of("KT22")
    key = board.place.agencies["office"].key
    number = board.begin()
    board.write(number, STEPS[0], replace(STEPS[1], unit="", at=key), *STEPS[2:])
    assert board.view(number).findings == ()
    board.submit(number)
    board.approve(number, "office")
    made = queries.definition(board.in_force(3).pk)
    assert [step.place for step in made.steps] == ["", key, "", ""]
    assert [step.at for step in drafts.entries_from(made, ())] == ["", key, "", ""]


def test_a_step_of_an_agency_that_is_not_there_is_odd_and_the_lead_keeps_its_own(board_of: BoardOf) -> None:
    board = board_of("KT22")
    number = board.begin()
    board.write(number, STEPS[0], replace(STEPS[1], unit="", at="khong-co"), *STEPS[2:])
    assert [text for text in board.view(number).findings if "khong-co" in text] != []
    board.write(number, replace(STEPS[0], unit="", at="above:province"), *STEPS[1:])
    assert "chủ trì" in board.view(number).broken


def test_what_cannot_be_a_process_is_neither_kept_nor_sent(board_of: BoardOf) -> None:
    board = board_of("KT22")
    number = board.begin()
    for bad in (
        StepEntry(StepKind.PROCESS, ""),
        StepEntry(StepKind.PROCESS, "Thẩm định", time="nhanh", time_unit="working_day"),
        StepEntry(StepKind.PROCESS, "Thẩm định", time="2"),
        StepEntry(StepKind.PROCESS, "Thẩm định", back_to=5),
    ):
        with pytest.raises(BrokenDraft):
            board.write(number, bad)
    services.write_draft(
        actor=board.place.people["lead"],
        name="Trống",
        steps=(),
        **board.of(number),  # type: ignore[arg-type]
        **board.at("09:15"),  # type: ignore[arg-type]
    )
    assert board.view(number).broken
    with pytest.raises(BrokenDraft):
        board.submit(number)
    assert ProcessDraft.objects.get(id=number).state == DraftState.DRAFT


CASES = (
    StepEntry(StepKind.INTAKE, "Tiếp nhận hồ sơ", time="0.5", time_unit="working_day"),
    StepEntry(StepKind.PROCESS, "Thẩm định", time="1.5", time_unit="working_day"),
    StepEntry(StepKind.OPINION, "Niêm yết", only_if="có khiếu nại", shares_time=True),
    StepEntry(StepKind.APPROVE, "Ký duyệt", time="1", time_unit="working_day"),
    StepEntry(StepKind.RETURN, "Trả kết quả"),
)


def test_a_step_of_some_cases_and_a_time_over_several_go_in_force_and_begin_the_next_draft(
    board_of: BoardOf,
) -> None:
    board = board_of("KT22")
    number = board.begin()
    board.write(number, *CASES)
    view = board.view(number)
    assert (view.findings, view.steps) == ((), CASES)
    board.submit(number)
    board.approve(number, "office")
    made = queries.definition(board.in_force(3).pk)
    assert [out.to for out in made.steps[1].outcomes] == [("s4",), ("s3",)]
    assert made.condition_of(made.steps[2]) == "có khiếu nại"
    assert [made.shared_time(step) is not None for step in made.steps] == [False, True, True, False, False]
    assert drafts.entries_from(made, ()) == CASES
    changed = (*CASES[:2], replace(CASES[2], only_if="", shares_time=False), *CASES[3:])
    row = drafts.row_of(name="Thử", variant="", source="", steps=changed, total=None)
    told = drafts.compare(made, reading.definition(row, procedure_code=CODE))
    assert told[2].fields == ("condition", "shares_time")


def test_a_case_that_nobody_can_choose_and_an_approval_that_may_be_passed_over_are_odd(
    board_of: BoardOf,
) -> None:
    board = board_of("KT22")
    number = board.begin()
    board.write(number, CASES[0], CASES[1], CASES[3], replace(CASES[2], shares_time=False), CASES[4])
    assert [text for text in board.view(number).findings if "có khiếu nại" in text] != []
    board.write(number, *CASES[:2], replace(CASES[3], only_if="vượt thẩm quyền"), CASES[4])
    assert [text for text in board.view(number).findings if "không ai quyết định" in text] != []


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (0, {"shares_time": True, "time": "", "time_unit": "none"}),
        (0, {"only_if": "có khiếu nại"}),
        (4, {"only_if": "có khiếu nại"}),
        (2, {"time": "1", "time_unit": "working_day"}),
        (2, {"group": "A"}),
        (2, {"only_if": "x" * 201}),
    ],
)
def test_cases_and_shared_times_that_make_no_sense_are_not_kept(
    board_of: BoardOf, place: int, changes: dict[str, object]
) -> None:
    board = board_of("KT22")
    number = board.begin()
    before = ProcessDraft.objects.get(id=number).body
    steps = list(CASES)
    steps[place] = replace(steps[place], **changes)  # type: ignore[arg-type]
    with pytest.raises(BrokenDraft):
        board.write(number, *steps)
    assert ProcessDraft.objects.get(id=number).body == before


def test_an_older_page_and_a_closed_draft_are_refused(board_of: BoardOf) -> None:
    board = board_of("KT22")
    number = board.begin()
    with pytest.raises(DraftMoved):
        board.write(number, version=7)
    board.write(number)
    board.submit(number)
    with pytest.raises(DraftClosed):
        board.write(number)
    services.return_draft(
        actor=board.place.people["office"],
        reason="Thiếu văn thư",
        **board.of(number),  # type: ignore[arg-type]
        **board.at("09:40"),  # type: ignore[arg-type]
    )
    board.write(number)
    services.drop_draft(
        actor=board.place.people["lead"],
        **board.of(number),  # type: ignore[arg-type]
        **board.at("09:50"),  # type: ignore[arg-type]
    )
    with pytest.raises(DraftClosed):
        board.submit(number)
    assert board.begin() != number


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"signer": ""}, "signer"),
        ({"signed_on": date(2024, 10, 8)}, "signed_on"),
        ({"signed_on": date(2024, 10, 1), "effective_on": date(2024, 10, 4)}, "effective_on"),
    ],
)
def test_approval_needs_a_decision_and_a_day_from_today_on(
    board_of: BoardOf, changes: dict[str, object], field: str
) -> None:
    board = board_of("KT22")
    number = board.begin()
    board.write(number)
    board.submit(number)
    with pytest.raises(BadApproval) as refused:
        board.approve(number, "office", **changes)
    assert field in refused.value.fields
    assert ProcessDraft.objects.get(id=number).state == DraftState.SUBMITTED
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessDraft.objects.filter(id=number).update(state="approved")


def test_the_next_version_follows_the_one_that_was_approved(board_of: BoardOf) -> None:
    board = board_of("KT22")
    first = board.begin()
    board.write(first)
    board.submit(first)
    board.approve(first, "office", effective_on=date(2024, 10, 7))
    board.day = "2024-10-21"
    second = board.begin()
    board.write(second, *STEPS[:2], replace(STEPS[2], action="Phê duyệt kết quả"), STEPS[3])
    changed = [each for each in board.view(second).differences if not each.is_same]
    assert [each.fields for each in changed] == [("name",)]
    board.submit(second)
    with pytest.raises(BadApproval):
        board.approve(second, "office", signed_on=date(2024, 10, 7), effective_on=date(2024, 10, 7))
    board.approve(second, "office")
    assert [(board.in_force(days).key, board.in_force(days).number) for days in (0, 3)] == [
        ("qt-1-009999", 1),
        ("qt-1-009999", 2),
    ]


@pytest.mark.clause("QN20-6.1.b-1", "QN20-6.2.b-2", "QN20-6.2.a")
def test_sending_and_setting_up_close_the_duties_after_an_announcement(board_of: BoardOf) -> None:
    board = board_of("QN20")
    day = date.fromisoformat(board.day)
    rows = board.place.announce(at=f"{board.day} 08:00", signed_on=day, effective_on=day, has_process=False)
    number = board.begin()
    board.write(number)
    board.submit(number)
    sent = Duty.objects.get(pk=rows["process"].pk)
    assert (sent.done_on, sent.done_by) == (day, "Lead")
    assert Duty.objects.get(pk=rows["set_up"].pk).done_on is None
    board.approve(number, "dttt")
    assert Duty.objects.get(pk=rows["set_up"].pk).done_by == "Dttt"


def test_every_act_stands_in_the_chain(board_of: BoardOf) -> None:
    board = board_of("KT22")
    number = board.begin()
    board.write(number)
    board.submit(number)
    board.approve(number, "office")
    acts = [act.act for act in audit.acts(what=f"process_draft:{number}")]
    assert acts == ["process_approved", "process_draft_submitted", "process_draft_begun"]
    assert audit.verify_acts() is None


@pytest.mark.clause("KT18-15.1.a", "DL24-20.1.a")
def test_dossiers_that_run_keep_the_process_of_their_acceptance(db: None, regulation: str) -> None:
    agencies.forget()
    catalogue.forget()
    queries.forget()
    world: World = make_world(regulation=regulation)
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    code, lead = world.version.procedure.code, world.agency
    giang = world.actor("khoa" if regulation == "KT18" else "giang")  # KT18: each agency its own
    act = world.until("accept")
    number = services.begin_draft(actor=giang, at=world.later(minutes=1), agency_id=lead.pk, code=code)
    names = [unit.name for unit in agencies.agency(lead.pk).units]
    steps = (
        StepEntry(StepKind.INTAKE, "Tiếp nhận kiểu mới"),
        StepEntry(StepKind.APPROVE, "Duyệt kiểu mới"),
        StepEntry(StepKind.RETURN, "Trả kiểu mới"),
    )
    assert names
    version = services.write_draft(
        actor=giang, at=world.later(minutes=1), draft_id=number, version=1, name="Kiểu mới", steps=steps
    )
    services.submit_draft(
        actor=giang, at=world.later(minutes=1), draft_id=number, version=version, override="Thử"
    )
    today = world.now.date()
    services.approve_draft(
        actor=giang,
        at=world.later(minutes=1),
        draft_id=number,
        version=version + 1,
        approval=Approval("1/QĐ", "Chủ tịch", today, today),
    )
    assert world.state(act).process_id == world.process.pk
    assert world.state(world.hand_over(act)).process_id == world.process.pk
    later = world.until("accept")
    assert world.state(later).process_id != world.process.pk
    agencies.forget()
    catalogue.forget()
    queries.forget()


def test_a_shared_time_runs_from_the_first_of_its_steps(db: None) -> None:
    row = drafts.row_of(
        name="Chung",
        variant="",
        source="",
        total=None,
        steps=(
            StepEntry(StepKind.INTAKE, "Tiếp nhận"),
            StepEntry(StepKind.PROCESS, "Thẩm định", time="3", time_unit="working_day"),
            StepEntry(StepKind.REVIEW, "Xét duyệt", shares_time=True),
            StepEntry(StepKind.APPROVE, "Ký duyệt", time="1", time_unit="working_day"),
            StepEntry(StepKind.RETURN, "Trả kết quả"),
        ),
    )
    queries.forget()
    longer = OfferedLimit(None, None, TimeLimit.parse("15wd"), "15", "working_day")
    world = make_world(sheet(limits=(longer,)))  # no promise cuts a step short
    next_version(world, reading.definition(row, procedure_code=world.version.procedure.code))
    act = world.hand_over(world.until("accept"))
    began = world.now

    def task() -> tuple[str, object, object]:
        (only,) = world.state(act).tasks
        return only.step_key, only.due_at, only.limit

    shared = began + timedelta(days=3)  # Monday to Thursday, all ordinary working days
    assert task() == ("s2", shared, "3wd")
    world.later(days=1)
    act = world.propose(act)
    assert task() == ("s3", shared, "")
    act = world.send_back(act, actor=world.actor("lan"), to_step="s2")
    assert task() == ("s2", shared, "")
    act = world.propose(act)
    act = dossiers.complete_step(**world._on_task(act, "lan"))
    assert task() == ("s4", world.now + timedelta(days=1), "1wd")
    act = world.send_back(act, to_step="s2")
    assert task() == ("s2", world.now + timedelta(days=3), "3wd")
    queries.forget()


def test_who_hands_over_assigns_or_proposes_says_which_case_it_is(db: None) -> None:
    case = StepEntry(StepKind.OPINION, "Niêm yết", only_if="có khiếu nại")
    steps = (
        StepEntry(StepKind.INTAKE, "Tiếp nhận"),
        replace(case, action="Hỏi trước"),
        StepEntry(StepKind.ASSIGN, "Phân công"),
        replace(case, action="Hỏi giữa"),
        StepEntry(StepKind.PROCESS, "Thẩm định"),
        replace(case, action="Hỏi sau"),
        StepEntry(StepKind.APPROVE, "Ký duyệt"),
        StepEntry(StepKind.RETURN, "Trả kết quả"),
    )
    row = drafts.row_of(name="Thử", variant="", source="", steps=steps, total=None)
    definition = reading.definition(row, procedure_code=CODE)
    assert drafts.findings_of_conditions(definition) == ()
    queries.forget()
    world = make_world(rows=definition.steps)

    def opened(act: dossiers.Act) -> str:
        (only,) = world.state(act).tasks
        return only.step_key

    act = world.until("accept")
    for unknown in ("back", "if-s6", "x"):
        with pytest.raises(UnknownOutcome):
            world.hand_over(act, outcome=unknown)
    (task,) = world.state(act).tasks
    assert [way.key for way in dossiers.reading.cases_of(world.state(act), task)] == ["done", "if-s2"]
    walk = [opened(act := world.hand_over(act, outcome="if-s2"))]
    walk.append(opened(act := dossiers.complete_step(**world._on_task(act, "dung"))))
    walk.append(opened(act := world.assign(act, outcome="if-s4")))
    walk.append(opened(act := dossiers.complete_step(**world._on_task(act, "dung"))))
    walk.append(opened(act := world.propose(act, outcome="if-s6")))
    walk.append(opened(act := dossiers.complete_step(**world._on_task(act, "dung"))))
    assert walk == ["s2", "s3", "s4", "s5", "s6", "s7"]
    assert world.state(world.approve(act)).decision is Decision.GRANT
    straight = world.until("propose")
    assert opened(straight) == "s7"
    queries.forget()


TEXT = st.text(alphabet="aăâbc đé", min_size=1, max_size=12).filter(lambda text: text.strip())
ENTRY = st.builds(
    StepEntry,
    kind=st.sampled_from([StepKind.PROCESS, StepKind.REVIEW, StepKind.CLERICAL]),
    action=TEXT,
    unit=st.sampled_from(["", "Phòng"]),
    actor=st.sampled_from(["", "Công chức thụ lý"]),
    time=st.just("1"),
    time_unit=st.just("working_day"),
    is_counted=st.booleans(),
    at=st.sampled_from(["", "so-noi-vu", "above:province"]),
    only_if=st.sampled_from(["", "có khiếu nại"]),
    shares_time=st.booleans(),
)


def _fitting(entries: list[StepEntry]) -> list[StepEntry]:
    """Steps as the editor lets them through: who shares a time has none of its own, the first shares none."""
    return [
        replace(entry, shares_time=entry.shares_time and bool(place))
        if not (entry.shares_time and place)
        else replace(entry, time="", time_unit="none")
        for place, entry in enumerate(entries)
    ]


@given(entries=st.lists(ENTRY, min_size=1, max_size=8).map(_fitting))
def test_a_row_gives_its_entries_back_and_a_process_that_is_the_same_as_itself(
    entries: list[StepEntry],
) -> None:
    row = drafts.row_of(name="Thử", variant="", source="", steps=entries, total=None)
    assert drafts.entries_of(row) == tuple(entries)
    made = reading.definition(row, procedure_code=CODE)
    assert all(each.is_same for each in drafts.compare(made, made))
    gone = drafts.compare(made, reading.definition(row | {"steps": row["steps"][:1]}, procedure_code=CODE))
    assert {each.after for each in gone if each.before is None} <= set(made.steps) | {
        each.after for each in gone
    }


@given(entries=st.lists(ENTRY, min_size=1, max_size=8).map(_fitting))
def test_the_next_draft_begins_with_the_cases_and_shared_times_of_the_process(
    entries: list[StepEntry],
) -> None:
    first, approve, last = CASES[0], CASES[3], CASES[4]
    row = drafts.row_of(name="Thử", variant="", source="", steps=[first, *entries, approve, last], total=None)
    began = drafts.entries_from(reading.definition(row, procedure_code=CODE), ())
    assert [(each.only_if, each.shares_time, each.time) for each in began[1:-2]] == [
        (each.only_if, each.shares_time, each.time) for each in entries
    ]
