"""The common turns: supplement, decline, refusal, withdrawal, stop, send back; and what is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from pytest_django import Settings
from tests.documents.test_services_slips import text_of
from tests.dossiers.world import WALK, World, make_world, moment, published, sheet, steps

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.documents import queries as documents
from motcua.documents.enums import SlipKind
from motcua.dossiers import errors, queries, services
from motcua.dossiers.enums import Box, Capacity, Decision, DeclineGround, Status, TermKind, Verb
from motcua.dossiers.models import DailyFigure, Dossier
from motcua.dossiers.rules import receipt
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery, SupplementItem
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording
from motcua.process.enums import StepKind
from motcua.process.errors import CannotSendBack
from motcua.worktime.rules import Closure

pytestmark = pytest.mark.django_db

PAPER = (SupplementItem("paper", "Giấy chứng minh có công chứng"),)
ASK = {"items": PAPER, "reason": "Bản chụp không rõ", "guidance": "Chụp lại đủ bốn góc"}


def ask(world: World, act: services.Act, who: str, **changes: object) -> services.Act:
    """Ask, and let the request go out where a leader controls it."""
    act = services.request_supplement(**world._on(act, who) | ASK | changes)
    return world.release(act, at=world.now) if world.state(act).proposed_supplement else act


def add_desk_head(world: World) -> str:
    """Lan heads the desk as well, and controls there what is asked for."""
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    return "lan"


def bring(world: World, act: services.Act, **changes: object) -> services.Act:
    given = {"documents": (DocumentRef("paper", originals=1, note="mới"),)}
    return services.supplement(**world._on(act, "an") | given | changes)


@pytest.mark.clause("QN20-11.2#1", "QN20-27.2", "DL24-12.6")
def test_supplement_before_acceptance_starts_the_receipt_anew(world: World, regulation: str) -> None:
    """Brought after closing time: received when it came, or when the office opens where the text says so."""
    control = add_desk_head(world) if regulation == "QN20" else "hanh"
    act = world.submit(world.draft())
    act = services.request_supplement(**world._on(act, "chi") | ASK)
    if world.state(act).proposed_supplement:
        act = world.release(act, actor=world.actor(control))
    assert world.state(act).tasks == ()
    world.now = moment("2024-03-05 18:30")
    act = bring(world, act)

    state = world.state(act)
    received = {"QN20": world.now, "DL24": moment("2024-03-06 07:30")}[regulation]
    assert (state.status, state.received_at) == (Status.SUBMITTED, received)
    assert services.verify().difference is None


def test_papers_recorded_at_the_desk_complete_a_registration_and_verify(world: World) -> None:
    act = world.register(documents=(DocumentRef("form", originals=1),))
    first = world.state(act).tasks[0].key
    act = services.supplement(**world._on(act, "chi"), documents=(DocumentRef("paper", copies=1),))
    state = world.state(act)
    assert [(each.key, each.originals, each.copies) for each in state.contents.documents] == [
        ("form", 1, 0),
        ("paper", 0, 1),
    ]
    assert (state.received_at, [task.key == first for task in state.tasks]) == (world.now, [False])
    assert receipt.arrival(state) == world.now
    assert services.verify().difference is None


def test_papers_recorded_for_a_complete_registration_leave_its_receipt(world: World) -> None:
    act = world.register()
    received = world.state(act).received_at
    act = services.supplement(**world._on(act, "chi"), documents=(DocumentRef("paper", originals=2),))
    assert world.state(act).received_at == received


@pytest.mark.parametrize(
    ("documents", "refusal"),
    [
        ((), errors.NothingBrought),
        ((DocumentRef("paper", note="chưa thấy"),), errors.NothingBrought),
        ((DocumentRef("la", originals=1),), errors.NotAComponent),
    ],
    ids=["nothing", "only a remark on a paper that is here", "not of the procedure"],
)
def test_papers_recorded_at_the_desk_are_those_of_the_procedure(
    world: World, documents: tuple[DocumentRef, ...], refusal: type[Refusal]
) -> None:
    act = world.register()
    with pytest.raises(refusal):
        services.supplement(**world._on(act, "chi"), documents=documents)


def test_papers_of_a_registration_are_not_the_owners_to_change(world: World) -> None:
    act = world.register(owner_id=world.actor("an").id)
    with pytest.raises(errors.WrongState):
        bring(world, act)
    assert "supplement" not in {
        offer.verb.value
        for offer in services.open_dossier(
            actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id
        ).verbs
    }


def test_supplement_during_settlement_moves_due_moments_by_the_opening_time_lost(world: World) -> None:
    act = world.until("assign")
    before = world.state(act)
    world.now = moment("2024-03-04 09:59")
    act = ask(world, act, "dung")
    assert world.state(act).is_paused
    assert queries.worklist(world.actor("dung"), "mine", at=world.now).items == ()
    world.now = moment("2024-03-05 09:59")
    act = bring(world, act)

    after = world.state(act)
    assert before.due_at == moment("2024-03-07 08:02")
    assert after.due_at == moment("2024-03-08 08:02")  # one working day later
    assert after.tasks[0].due_at == moment("2024-03-06 08:05")
    assert after.status == Status.IN_PROGRESS
    assert services.verify().difference is None


def test_letter_that_asks_for_a_supplement_names_the_papers(world: World) -> None:
    act = ask(world, world.submit(world.draft()), "chi")
    letter = OutboxMessage.objects.filter(key="dossier.supplement_requested").first()
    assert letter is not None
    text = wording(letter.key, letter.context, recipient="An", language="vi").body
    asked = [f"- {item.what}" for item in world.state(act).supplements[-1].items]
    assert asked
    assert all(line in text.splitlines() for line in asked)


@pytest.mark.clause("DL24-8.1.a#3")
def test_second_supplement_request_without_ground_is_refused_by_the_regulation(world: World) -> None:
    act = bring(world, ask(world, world.submit(world.draft()), "chi"))
    with pytest.raises(errors.AlreadyGuided) as refused:
        ask(world, act, "chi")

    assert refused.value.clauses == ("DL24-8.1.a#3",)
    assert ask(world, act, "chi", again_ground="Giấy nộp lại là của người khác").version == act.version + 1


def test_supplement_request_for_a_paper_outside_the_procedure_is_refused(world: World) -> None:
    act = world.submit(world.draft())
    with pytest.raises(errors.NotAComponent):
        ask(world, act, "chi", items=(SupplementItem("photo", "Ảnh chân dung"),))


@pytest.mark.parametrize("gap", [{"reason": " "}, {"guidance": ""}, {"items": ()}])
def test_supplement_request_without_full_guidance_is_refused(world: World, gap: dict[str, object]) -> None:
    act = world.submit(world.draft())
    with pytest.raises(errors.GuidanceRequired):
        ask(world, act, "chi", **gap)


def test_supplement_that_lacks_what_was_asked_names_it(world: World) -> None:
    act = ask(world, world.submit(world.draft()), "chi")
    with pytest.raises(errors.StillMissing) as refused:
        bring(world, act, documents=(DocumentRef("paper"),))
    assert refused.value.params == {"names": "Giấy chứng minh"}


@pytest.mark.clause("KT22-14.2bis.a#3", "DL24-8.1.a#3")
def test_decline_gives_slip_message_and_end(world: World) -> None:
    act = world.submit(world.draft())
    said = {"ground": DeclineGround.NOT_COMPETENT, "reason": "Thuộc thẩm quyền cấp xã"}
    with pytest.raises(errors.WayRequired):
        services.decline(**world._on(act, "chi"), **said)
    way = {"competent": "UBND xã Ea Kao", "guidance": "Nộp tại quầy của xã"}
    act = services.decline(**world._on(act, "chi"), **said, **way)

    sent = OutboxMessage.objects.get(key="dossier.declined", channel="email")
    letter = wording(sent.key, sent.context, recipient="An").body
    assert "Cơ quan có thẩm quyền: UBND xã Ea Kao. Nộp tại quầy của xã" in letter
    assert "nộp lại hồ sơ khi đã đủ điều kiện" not in letter
    slip = services.slip_file(
        actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id, event=act.version
    )
    with documents.open_content(slip) as file:
        words = " ".join(text_of(file.read()).split())
    assert "Thuộc thẩm quyền cấp xã" in words
    assert "Hướng dẫn: Cơ quan có thẩm quyền: UBND xã Ea Kao." in words
    state = world.state(act)
    assert (state.status, state.tasks, [slip.kind for slip in state.slips]) == (
        Status.DECLINED,
        (),
        [SlipKind.DECLINE],
    )
    assert OutboxMessage.objects.filter(key="dossier.declined", channel="email").count() == 1


def test_decline_without_reason_is_refused(world: World) -> None:
    act = world.submit(world.draft())
    with pytest.raises(errors.ReasonRequired):
        services.decline(
            **world._on(act, "chi"),
            ground=DeclineGround.BY_LAW,
            provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
            reason="  ",
        )


@pytest.mark.clause("PT24-10.2#1", "PT24-10.2#2")
def test_refusal_on_the_merits_goes_to_the_applicant_as_a_result(world: World) -> None:
    act = world.propose(world.until("assign"), decision="refuse", text="Thiếu điều kiện về trụ sở")
    with pytest.raises(errors.ReasonRequired):
        world.approve(act)
    act = world.announce(world.issue(world.refuse(act), name="Thông báo không giải quyết"))

    state = world.state(act)
    assert (state.decision, state.status) == (Decision.REFUSE, Status.READY)
    assert OutboxMessage.objects.filter(key="dossier.refused", channel="in_app").count() == 1
    assert not OutboxMessage.objects.filter(key="dossier.result_ready").exists()
    assert world.give_back(act).status == Status.RETURNED
    assert services.verify().difference is None


def test_approve_without_proposal_is_refused(world: World) -> None:
    act = world.until("assign")
    act = services.complete_step(**world._on_task(act, "dung"))
    with pytest.raises(errors.ProposalFirst):
        world.approve(act)


def test_send_back_returns_to_the_same_case_officer_and_forgets_the_proposal(world: World) -> None:
    act = world.until("propose")
    act = services.send_back(**world._on_task(act, "hanh"), to_step="examine", reason="Chưa nêu căn cứ")

    state = world.state(act)
    assert state.proposal is None
    assert [(t.step_key, t.officer_id) for t in state.tasks] == [("examine", str(world.people["dung"].pk))]
    assert (
        world.close(world.give_back(world.announce(world.issue(world.approve(world.propose(act)))))).status
        == Status.CLOSED
    )
    assert services.verify().difference is None


def test_send_back_after_the_decision_is_refused_for_the_state_and_not_for_the_leaders_post(
    world: World,
) -> None:
    act = world.until("approve")
    with pytest.raises(errors.WrongState) as refused:
        world.send_back(act)
    assert refused.value.params == {"status": Status.DECIDED.value}
    with pytest.raises(Forbidden):
        world.send_back(act, actor=world.actor("chi"))


def test_send_back_to_a_step_ahead_is_refused(world: World) -> None:
    act = world.until("propose")
    with pytest.raises(CannotSendBack):
        services.send_back(**world._on_task(act, "hanh"), to_step="number", reason="Nhầm")


def test_withdraw_by_the_applicant_ends_tasks_and_tells(world: World) -> None:
    act = services.withdraw(**world._on(world.until("assign"), "an"), reason="Không còn nhu cầu")
    assert (act.status, world.state(act).tasks) == (Status.WITHDRAWN, ())
    assert services.verify().difference is None


def asked_for(world: World, act: services.Act, who: str) -> set[Verb]:
    view = services.open_dossier(actor=world.actor(who), at=world.now, dossier_id=act.dossier_id)
    return {offer.verb for offer in view.verbs} & {Verb.WITHDRAW, Verb.STOP}


def test_decision_that_has_no_number_yet_goes_with_the_dossier_that_is_withdrawn(world: World) -> None:
    act = world.until("approve")
    both = {Verb.WITHDRAW, Verb.STOP}
    assert (asked_for(world, act, "an"), asked_for(world, act, "chi")) == ({Verb.WITHDRAW}, both)
    act = services.withdraw(**world._on(act, "an"), reason="Không còn nhu cầu")
    state = world.state(act)
    assert (act.status, state.decision, state.decided, state.tasks) == (Status.WITHDRAWN, None, None, ())
    assert services.verify().difference is None


def test_since_the_circular_a_decision_ends_what_the_applicant_may_ask_for(world: World) -> None:
    world.now = moment("2025-09-15 08:00")
    act = world.until("approve")
    assert (asked_for(world, act, "an"), asked_for(world, act, "chi")) == (set(), set())
    with pytest.raises(errors.TooLate) as refused:
        services.withdraw(**world._on(act, "an"), reason="Không còn nhu cầu")
    assert refused.value.clauses == ("DL24-1.2", "DL24-26#1")


def test_stop_as_asked_while_waiting_closes_the_pause_and_the_request(world: World) -> None:
    act = ask(world, world.until("assign"), "dung")
    act = world.stop(act)

    state = world.state(act)
    assert (state.status, state.is_paused, state.pauses[0].end) == (Status.STOPPED, False, world.now)
    assert state.supplement_awaited() is None
    assert services.verify().difference is None


def stopped(world: World, day: str) -> services.Act:
    """A dossier that its applicant asked to stop while it was examined on that day."""
    world.now = moment(f"{day} 08:00")
    return world.stop(world.until("assign"), request="Đơn nộp tại quầy", reason="Sẽ nộp lại sau.")


@pytest.mark.parametrize(
    ("day", "given"), [("2025-09-12", []), ("2025-09-15", [SlipKind.STOP_NOTICE])]
)  # Friday and Monday: the forms of 2025 hold from Monday on
def test_stop_is_told_by_a_notice_since_the_forms_know_one(world: World, day: str, given: list) -> None:
    act = stopped(world, day)
    kinds = [slip.kind for slip in world.state(act).slips if slip.kind is not SlipKind.INTAKE_RECEIPT]
    assert kinds == given
    assert services.verify().difference is None


def test_notice_of_stopping_says_who_asked_where_it_stood_and_what_of_fees(world: World) -> None:
    act = stopped(world, "2026-03-02")
    slip = world.state(act).slips[-1]
    file_id = services.slip_file(
        actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id, event=slip.event
    )
    with documents.open_content(file_id) as file:
        found = text_of(file.read())
    for words in (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        f"Số: {act.code}/ TBD",  # over two lines
        "Hình thức đề nghị: Đơn nộp tại quầy",
        "Sẽ nộp lại sau.",
        "Giai đoạn giải quyết khi dừng: examine",
        "Hồ sơ kết thúc mà không có quyết định",
        "Về phí, lệ phí: ",
        "Mẫu số 05, Thông tư số 03/2025/TT-VPCP.",
    ):
        assert words in found


@pytest.mark.clause("QN20-10.2", "PT24-7.2")
def test_submit_incomplete_names_everything_missing_at_once(world: World) -> None:
    act = world.draft(with_papers=False, form_data={})
    with pytest.raises(errors.Incomplete) as refused:
        world.submit(act)

    assert refused.value.params["documents"] == ("Tờ khai", "Giấy chứng minh")
    assert [*cast("dict[str, str]", refused.value.params["fields"])] == ["purpose"]
    assert world.state(act).status == Status.DRAFT


@pytest.mark.clause("PT24-7.2")
def test_submit_with_all_papers_and_a_faulty_form_is_refused(world: World) -> None:
    act = world.draft(form_data={"purpose": "x" * 20_000})
    with pytest.raises(errors.Incomplete) as refused:
        world.submit(act)
    assert refused.value.params["documents"] == ()
    assert [*cast("dict[str, str]", refused.value.params["fields"])] == ["purpose"]
    assert world.state(act).status == Status.DRAFT


def test_submit_twice_with_one_key_is_one_dossier(world: World) -> None:
    draft = world.draft()
    first = world.submit(draft)
    again = world.submit(draft)
    assert (again, world.state(first).version) == (first, 2)


def test_register_twice_with_one_key_is_one_dossier(world: World) -> None:
    first = world.register(submission_key="pressed-twice")
    assert world.register(submission_key="pressed-twice") == first


def test_acting_on_a_stale_page_is_refused_and_changes_nothing(world: World) -> None:
    seen = world.submit(world.draft())
    world.accept(seen)
    with pytest.raises(errors.Stale):
        services.decline(
            **world._on(seen, "chi"),
            ground=DeclineGround.BY_LAW,
            provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
            reason="Nhầm",
        )
    assert world.state(seen).status == Status.ACCEPTED


@pytest.mark.parametrize("who", ["an", "giang", "dung", "hanh", "khoa"])
@pytest.mark.clause("PT24-3.4")
def test_accept_by_anybody_but_the_desk_is_forbidden(world: World, who: str) -> None:
    act = world.submit(world.draft())
    with pytest.raises(Forbidden):
        world.accept(act, actor=world.actor(who))


@pytest.mark.clause("KT22-6.2#2")
def test_task_of_a_named_officer_is_not_his_neighbours(world: World) -> None:
    act = world.until("assign")
    with pytest.raises((errors.NotYourTask, Forbidden)):
        world.propose(act, actor=world.actor("em"))


def test_assign_to_somebody_outside_the_unit_is_refused(world: World) -> None:
    act = world.until("hand_over")
    with pytest.raises(errors.BadAssignee):
        world.assign(act, officer_id=str(world.people["khoa"].pk))


def test_verb_in_the_wrong_state_is_refused(world: World) -> None:
    act = world.submit(world.draft())
    with pytest.raises(errors.WrongState):
        world.close(act)


def test_issue_before_decision_is_refused(world: World) -> None:
    act = world.until("propose")
    with pytest.raises((Forbidden, errors.WrongState)):
        world.issue(act)


def test_return_at_the_counter_without_proof_is_refused(world: World) -> None:
    act = world.until("announce")
    with pytest.raises(errors.BadHanding):
        world.give_back(act, proof="")


def test_return_online_without_electronic_result_is_refused(world: World) -> None:
    act = world.draft(delivery=ResultDelivery("online"))
    for verb in WALK[: WALK.index("announce") + 1]:
        act = getattr(world, verb)(act)
    with pytest.raises(errors.NoElectronicResult):
        world.give_back(act, how="online")


def test_attaching_a_file_somebody_else_sent_is_refused(world: World) -> None:
    with pytest.raises(errors.FileNotYours):
        world.draft(documents=(DocumentRef("paper", "0190a2c4-0000-7000-8000-000000000001"),))


def test_act_dated_before_the_last_event_is_refused(world: World) -> None:
    act = world.submit(world.draft())
    with pytest.raises(errors.BeforeLastEvent):
        world.accept(act, at=moment("2024-03-01 08:00"))


def test_open_dossier_by_a_stranger_is_forbidden_and_by_the_desk_is_recorded(world: World) -> None:
    act = world.submit(world.draft())
    for stranger in ("giang", "binh"):
        with pytest.raises(Forbidden):
            services.open_dossier(actor=world.actor(stranger), at=world.now, dossier_id=act.dossier_id)
    view = services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    assert [offer.verb for offer in view.verbs] == [
        "accept",
        "decline",
        "redirect",
        "request_supplement",
        "attach_document",
        "correct",
        "withdraw",
    ]


@pytest.mark.parametrize("bad", ["", "no-uuid", "0190a2c4-0000-7000-8000-00000000ffff"])
def test_open_dossier_that_is_not_there_is_not_found(world: World, bad: str) -> None:
    with pytest.raises(NotFound):
        services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=bad)


@pytest.mark.clause("KT22-11.1.a", "QN20-14.1.a", "PT24-11.1.a", "PT24-11.2", "PT24-9.2bis#2", "DL24-8.2#2")
def test_tracking_shows_milestones_and_nothing_personal(world: World) -> None:
    act = world.until("announce")
    tracking = queries.tracking(f" {act.code} ")
    assert tracking is not None
    assert tracking.due is not None
    assert (tracking.due.due_at, tracking.due_at) == (world.state(act).due_at,) * 2
    assert [step.kind for step in tracking.steps] == [
        "submitted",
        "accepted",
        "handed_over",
        "approved",
        "result_issued",
        "announced",
    ]
    assert "An" not in repr(replace(tracking, due=None))
    assert queries.tracking("000.00.00.H15-240304-9999") is None


def test_procedure_without_a_limit_has_no_due_moment(db: None) -> None:
    world = make_world(sheet(limits=(OfferedLimit(None, None, None, "", "none"),)))
    act = world.until("close")
    state = world.state(act)
    assert (state.due_at, queries.due_of(state), state.is_late) == (None, None, False)


def test_applicant_without_account_and_email_gets_no_message(world: World) -> None:
    world.accept(world.register(applicant=Applicant("Bà Ba")))
    assert OutboxMessage.objects.count() == 0


def test_pause_at_the_desk_does_not_put_off_the_handing_over(world: World) -> None:
    act = world.accept(world.submit(world.draft()))
    before = world.state(act).tasks[0].due_at
    world.now = moment("2024-03-04 09:59")
    act = ask(world, act, "chi")
    world.now = moment("2024-03-05 09:59")
    act = bring(world, act)
    assert before == moment("2024-03-05 08:02")
    assert world.state(act).tasks[0].due_at == before
    assert services.verify().difference is None


def test_send_back_to_the_desk_is_refused(world: World) -> None:
    act = world.until("propose")
    with pytest.raises(CannotSendBack):
        services.send_back(**world._on_task(act, "hanh"), to_step="receive", reason="Nhầm")


def test_return_in_an_unknown_way_is_refused(world: World) -> None:
    act = world.until("announce")
    with pytest.raises(errors.BadHanding):
        world.give_back(act, how="banana")


def test_process_without_an_examining_step_is_approved_without_proposal(db: None) -> None:
    rows = steps(
        (
            ("receive", StepKind.INTAKE, "4wh"),
            ("lead", StepKind.APPROVE, "4wh"),
            ("sign", StepKind.APPROVE, "4wh"),
            ("return", StepKind.RETURN, None),
        )
    )
    world = make_world(rows=rows)
    act = world.until("hand_over")
    view = services.open_dossier(actor=world.actor("hanh"), at=world.now, dossier_id=act.dossier_id)
    assert {"approve", "refuse"} <= {offer.verb for offer in view.verbs}
    act = world.approve(world.approve(act))
    assert world.state(act).decision == Decision.GRANT
    act = services.issue_result(**world._on_task(act, "chi"), number="1/QĐ", name="Quyết định")
    assert world.close(world.give_back(world.announce(act))).status == Status.CLOSED


def test_counter_key_of_another_procedure_is_not_answered_with_its_dossier(world: World) -> None:
    world.register(submission_key="same")
    other = published(sheet(code="1.000002"), world.agency, world.units[UnitKind.DIVISION])
    with pytest.raises(errors.KeyTaken):
        world.register(submission_key="same", procedure_version_id=other.pk)


def test_counter_key_of_another_person_is_not_answered_with_their_dossier(world: World) -> None:
    first = world.register(submission_key="same")
    applicant = replace(world.state(first).contents.applicant, name="Lê Thị Tám")
    with pytest.raises(errors.KeyTaken):
        world.register(submission_key="same", applicant=applicant)
    assert Dossier.objects.count() == 1


def test_counter_key_after_the_dossier_went_on_is_still_its_own(world: World) -> None:
    first = world.register(submission_key="same")
    world.accept(first)
    assert world.register(submission_key="same").dossier_id == first.dossier_id


def test_key_of_another_dossier_is_refused_when_a_draft_is_sent(world: World) -> None:
    world.submit(world.draft(), submission_key="same")
    draft = world.draft()
    with pytest.raises(errors.KeyTaken):
        world.submit(draft, submission_key="same")
    assert world.state(draft).status is Status.DRAFT


@pytest.mark.parametrize(
    "typed",
    [
        "000.00.15.H15-240304-0001",
        "000 00 15 h15 240304 0001",
        "0000015H152403040001",
        " 000.00.15.h15–240304–0001 ",
    ],
)
def test_tracking_forgives_how_the_code_was_typed(world: World, typed: str) -> None:
    act = world.until("accept")
    found = queries.tracking(typed)
    assert found is not None
    assert found.code == act.code


def test_tracking_forgives_how_the_filing_number_was_typed(world: World) -> None:
    act = world.submit(world.draft())
    for typed in (act.reference.lower(), act.reference.replace("-", " "), act.reference.replace("-", "")):
        assert queries.tracking(typed) is not None


def test_supplement_request_names_the_paper_it_is_about(world: World) -> None:
    act = ask(world, world.submit(world.draft()), "chi", items=(SupplementItem("paper", "bản rõ hơn"),))
    assert [item.what for item in world.state(act).supplements[0].items] == ["Giấy chứng minh: bản rõ hơn"]


def test_history_hides_the_saving_of_drafts_from_officers(world: World) -> None:
    draft = world.draft()
    again = world.draft(dossier_id=draft.dossier_id, expected_version=draft.version)
    act = world.submit(again)
    seen = {
        name: [
            entry.kind
            for entry in services.open_dossier(
                actor=world.actor(name), at=world.now, dossier_id=act.dossier_id
            ).history
        ]
        for name in ("an", "chi")
    }
    assert seen == {"an": ["draft_saved", "submitted"], "chi": ["submitted"]}


def test_worklist_puts_an_overdue_dossier_before_a_fresh_step(world: World) -> None:
    old = world.until("accept")
    world.now = moment("2024-03-11 08:00")
    fresh = world.until("hand_over")
    late = world.hand_over(old)  # its assign step is opened only now, its promised date has passed
    items = queries.worklist(world.actor("lan"), "unit", at=world.now).items
    assert [item.dossier_id for item in items] == [late.dossier_id, fresh.dossier_id]


# --- control of supplement requests, the answer in time, filing for another --------------------------------
def test_proposed_request_tells_nobody_and_holds_the_dossier_until_the_leader_agrees(world: World) -> None:
    act = world.until("assign")
    proposed = services.request_supplement(**world._on(act, "dung") | ASK)
    state = world.state(proposed)
    assert (state.status, state.is_paused, state.supplements) == (Status.IN_PROGRESS, False, ())
    assert [
        item.task_key for item in queries.worklist(world.actor("hanh"), Box.APPROVALS, at=world.now).items
    ] == [state.tasks[-1].key]
    with pytest.raises(errors.AwaitingControl):
        world.propose(proposed)
    with pytest.raises(errors.NotYourTask):
        services.release_supplement(**world._on(proposed, "dung"), task_key=state.tasks[-1].key)
    sent = OutboxMessage.objects.count()
    released = world.release(proposed)
    state = world.state(released)
    assert (state.status, state.is_paused) == (Status.AWAITING_SUPPLEMENT, True)
    assert [task.kind for task in state.tasks] == ["process"]
    assert OutboxMessage.objects.count() > sent
    assert services.verify().difference is None


def test_returned_proposal_leaves_the_dossier_as_it_was(world: World) -> None:
    act = world.until("assign")
    before = world.state(act)
    proposed = services.request_supplement(**world._on(act, "dung") | ASK)
    key = world.state(proposed).tasks[-1].key
    given = world._on(proposed, "hanh") | {"task_key": key}
    with pytest.raises(errors.ReasonRequired):
        services.return_supplement(**given, reason=" ")
    back = services.return_supplement(**given, reason="Đủ rồi")
    after = world.state(back)
    assert (after.tasks, after.proposed_supplement, after.due_at) == (before.tasks, None, before.due_at)
    assert queries.history(act.dossier_id)[-1].note == "Đủ rồi"
    world.propose(back)


def test_proposal_goes_with_the_dossier_that_is_withdrawn(world: World) -> None:
    act = world.until("assign")
    proposed = services.request_supplement(**world._on(act, "dung") | ASK)
    services.withdraw(**world._on(proposed, "an"), reason="Thôi")
    assert world.state(act).proposed_supplement is None
    assert services.verify().difference is None


def test_slip_of_a_released_request_names_who_guides(world: World) -> None:
    asked = ask(world, world.until("assign"), "dung")
    number = world.state(asked).slips[-1].event
    file_id = services.slip_file(
        actor=world.actor("an"), at=world.now, dossier_id=asked.dossier_id, event=number
    )
    with documents.open_content(file_id) as file:
        found = text_of(file.read())
    assert "liên hệ với Chi" in found  # the desk's officer, who sent it
    assert "Dung" not in found
    assert "Hanh" not in found


@pytest.mark.clause("DL24-20.2")
def test_request_of_the_settling_side_is_sent_by_the_desk_and_nobody_hears_of_it_before(world: World) -> None:
    act = services.request_supplement(**world._on(world.until("assign"), "dung") | ASK)
    control = world.state(act).tasks[-1].key
    sent = keys_told()
    act = services.release_supplement(**world._on(act, "hanh"), task_key=control)
    assert keys_told() - sent == Counter({"desk.relay": 1})
    assert world.state(act).status == Status.IN_PROGRESS
    relay = world.state(act).tasks[-1]
    assert (relay.kind, relay.unit_id) == ("relay", world.units[UnitKind.DESK].pk)
    listed = queries.worklist(world.actor("chi"), Box.UNIT, at=world.now).items
    assert relay.key in {item.task_key for item in listed}
    for other in ("dung", "hanh", "lan"):
        with pytest.raises((Forbidden, errors.NotYourTask)):
            services.release_supplement(**world._on(act, other), task_key=relay.key)
    act = world.relay(act)
    told = {"desk.relay": 1, "dossier.supplement_requested": 1, "desk.supplement_sent": 1}
    assert keys_told() - sent == Counter(told)
    assert services.verify().difference is None


def keys_told() -> Counter[str]:
    return Counter(OutboxMessage.objects.filter(channel="in_app").values_list("key", flat=True))


def test_letter_and_slip_of_the_settling_side_name_the_desk_and_who_of_it_sent_them(
    world: World, settings: Settings
) -> None:
    settings.PROVINCE = "phu-tho"
    world.now = moment("2024-11-04 08:00")
    person = Applicant("Nguyễn Văn An", "066090000001", "0905000001", "an@example.vn")
    act = world.assign(world.hand_over(world.accept(world.register(applicant=person))))
    act = services.request_supplement(**world._on(act, "dung") | ASK)
    assert world.state(act).status == Status.IN_PROGRESS
    assert not OutboxMessage.objects.filter(key="dossier.supplement_requested").exists()
    told = OutboxMessage.objects.get(key="desk.relay", channel="in_app")
    assert str(told.account_id) == str(world.people["chi"].pk)
    act = world.relay(act)
    assert world.state(act).status == Status.AWAITING_SUPPLEMENT
    letter = OutboxMessage.objects.get(key="dossier.supplement_requested")
    assert (letter.context["desk"], letter.context["guide"]) == ("desk", "Chi")
    assert "vui lòng liên hệ desk" in wording(letter.key, letter.context, recipient="An").body
    file_id = services.slip_file(
        actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=act.version
    )
    with documents.open_content(file_id) as file:
        assert "liên hệ với Chi" in text_of(file.read())


def test_second_request_is_counted_once(world: World) -> None:
    act = ask(world, world.submit(world.draft()), "chi")
    act = bring(world, act)
    act = ask(world, act, "chi", again_ground="Giấy hết hạn")
    act = bring(world, act)
    ask(world, act, "chi", again_ground="Giấy lại hết hạn")
    assert figure("asked_again") == 1


def figure(name: str) -> int:
    return sum(DailyFigure.objects.filter(figure=name).values_list("count", flat=True))


def test_answer_to_an_online_filing_after_its_term_is_counted(world: World) -> None:
    in_time, late = world.submit(world.draft()), world.submit(world.draft())
    assert world.state(late).reply_due_at == moment("2024-03-05 08:04")
    world.accept(in_time, at=moment("2024-03-05 08:02"))
    late = world.accept(late, at=moment("2024-03-05 08:05"))
    assert (world.state(late).reply_due_at, figure("answered_late")) == (None, 1)
    counter = world.register()
    world.accept(counter, at=moment("2024-03-08 08:00"))
    assert figure("answered_late") == 1
    assert services.verify().difference is None


def test_filing_for_another_without_capacity_or_paper_is_refused(world: World) -> None:
    for given in ({}, {"capacity": Capacity.HIRED}, {"authority": "Giấy số 1"}):
        with pytest.raises(errors.CapacityRequired):
            world.register(submitter_name="Trần Bình", **given)
        with pytest.raises(errors.CapacityRequired):
            world.submit(world.draft(submitter_name="Trần Bình", **given))
    act = world.register(submitter_name="Trần Bình", capacity=Capacity.HIRED, authority="Hợp đồng số 1")
    filed = world.state(act).contents
    assert (filed.submitter_name, filed.capacity, filed.authority) == (
        "Trần Bình",
        Capacity.HIRED,
        "Hợp đồng số 1",
    )


@pytest.mark.clause("QN20-11.2#2")
def test_control_of_a_supplement_is_due_when_the_answer_is_and_counted_once(
    world: World, regulation: str
) -> None:
    head = add_desk_head(world)
    act = world.submit(world.draft())
    (check,) = world.state(act).tasks
    act = services.request_supplement(**world._on(act, "chi") | ASK)
    control = next(task for task in world.state(act).tasks if task.kind == "control")
    assert check.due_at is not None
    assert (regulation, control.due_at) == ("QN20", check.due_at)
    actor, late = world.actor(head), check.due_at + timedelta(hours=1)
    posts = agencies.positions_of(int(actor.id), late.date())
    for box in (Box.APPROVALS, Box.PRESSING):
        page = queries.listed(actor, box, Choice(), posts=posts, at=late)
        lines = {item.kind: item.due_at for item in page.items}
        assert lines["control"] == check.due_at
    closure = Closure(check.due_at - timedelta(minutes=30), check.due_at + timedelta(hours=2), "Mất điện")
    (answers,) = queries.touched_terms(world.agency.pk, closure)
    assert (answers.kind, answers.moved) == (TermKind.ANSWER, 1)
