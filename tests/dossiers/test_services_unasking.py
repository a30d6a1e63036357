"""A supplement request that was sent by mistake is taken back, as if nothing had been asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.dossiers.test_services_turns import ASK, add_desk_head, ask, bring
from tests.dossiers.world import World, make_world
from tests.regulations import PLACES

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.agencies.services import record_absence
from motcua.config.simulation import invariants
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import Correctable, DeclineGround, Status, Verb
from motcua.dossiers.errors import (
    AlreadyGuided,
    NotAskedYet,
    NotCorrectable,
    ReasonRequired,
    Stale,
    WrongState,
)
from motcua.dossiers.models import DailyFigure
from motcua.dossiers.rules import commands, decide, events, refold
from motcua.dossiers.rules.indexed import is_late_in_index
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import Act
from motcua.dossiers.services.gather import facts_for
from motcua.kernel.errors import Forbidden
from motcua.kernel.wire import from_wire, to_wire
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording

pytestmark = pytest.mark.django_db
KEY = "dossier.supplement_taken_back"


def take_back(world: World, act: Act, by: str = "chi", **changes: Any) -> Act:
    given = {"what": Correctable.SUPPLEMENT, "reason": "Bấm nhầm hồ sơ khác"}
    return services.correct(**world._on(act, by) | given | changes)


def figures() -> set[tuple[date, str, int]]:
    return set(DailyFigure.objects.filter(count__gt=0).values_list("on_day", "figure", "count"))


def as_before(before: State, after: State) -> bool:
    """But for what says that there were more events, and that something was asked and taken back."""
    counted = {"version": before.version, "last_at": before.last_at, "task_serial": before.task_serial}
    listed = {"slips": before.slips, "supplements": before.supplements}
    return replace(after, **counted, **listed) == before


def settling(world: World) -> Act:
    return world.until("assign")


def desk_task(state: State) -> str:
    return next(task.key for task in state.tasks if task.kind == "intake")


@pytest.mark.parametrize("channel", ["online", "counter"])
def test_request_taken_back_at_the_check_leaves_the_dossier_as_it_was(world: World, channel: str) -> None:
    act = world.until("submit") if channel == "online" else world.register()
    before, counted = world.state(act), figures()
    act = ask(world, act, "chi")
    world.later(days=3)
    act = take_back(world, act)
    after = world.state(act)
    assert as_before(before, after)
    (asked,), (slip,) = after.supplements, after.slips
    assert (asked.taken_back_at, asked.is_open, after.requests) == (after.last_at, False, ())
    assert (slip.taken_back_at, slip.number) == (after.last_at, f"{after.reference}/HDHS-1")
    assert [each.kind for each in queries.history(act.dossier_id)][-2:] == [
        "supplement_requested",
        "corrected",
    ]
    assert figures() == counted
    assert services.verify().difference is None
    act = world.accept(act)
    assert world.state(act).answered_late_at == (world.state(act).last_at if channel == "online" else None)


def test_request_taken_back_while_settling_leaves_every_date_as_it_was(world: World) -> None:
    """The clock stood still until then, and has not."""
    act = settling(world)
    before, due = world.state(act), queries.due_of(world.state(act))
    act = ask(world, act, "dung")
    assert world.state(act).is_paused
    world.later(days=2)
    act = take_back(world, act, "dung")
    after = world.state(act)
    assert as_before(before, after)
    assert (after.pauses, after.tasks, queries.due_of(after)) == ((), before.tasks, due)
    assert services.verify().difference is None


def test_what_happened_meanwhile_stays_and_the_dossier_goes_on_where_it_lies(world: World) -> None:
    act = ask(world, world.until("accept"), "chi")
    due = world.state(act).due_at
    act = services.hand_over(**world._on(act, "chi"), task_key=desk_task(world.state(act)))
    handed = world.state(act)
    act = take_back(world, act, "lan")
    after = world.state(act)
    assert (after.status, after.tasks, after.due_at) == (Status.IN_PROGRESS, handed.tasks, due)
    still_there = ask(world, world.until("accept"), "chi")
    assert take_back(world, still_there).status == Status.ACCEPTED
    assert services.verify().difference is None


def test_step_opened_meanwhile_ends_by_the_promise_that_stands_again(world: World) -> None:
    """Handed over while papers are awaited, it was held against a promise that moved with the pause."""
    act = ask(world, world.until("accept"), "chi")
    due = world.state(act).due_at
    world.later(days=2, hours=8)
    act = services.hand_over(**world._on(act, "chi"), task_key=desk_task(world.state(act)))
    before = world.state(act)
    (opened,) = before.tasks
    assert due is not None
    assert opened.due_at is not None
    assert opened.opened_at < due < opened.due_at
    act = take_back(world, act, "lan")
    after = world.state(act)
    (task,) = after.tasks
    assert (task.due_at, after.measured_due_at) == (due, due)
    assert task.soon_at is not None
    assert opened.soon_at is not None
    assert task.soon_at < opened.soon_at
    assert replace(task, due_at=opened.due_at, soon_at=opened.soon_at) == opened
    who, now = world.actor("lan"), world.now
    done = invariants.Done(act.dossier_id, before, after, Verb.CORRECT, who, now, Correctable.SUPPLEMENT)
    assert not list(invariants.no_step_outlasts_the_promise(done))
    assert not list(invariants.a_request_taken_back_stopped_no_clock(done))
    stood = replace(before, tasks=(replace(opened, opened_at=before.pauses[-1].start),))
    assert list(invariants.a_request_taken_back_stopped_no_clock(replace(done, before=stood)))
    assert services.verify().difference is None


def test_earlier_pauses_stay_and_go_on_counting(world: World) -> None:
    act = settling(world)
    act = services.pause(**world._on(act, "dung"), reason="Chờ nộp lệ phí")
    world.later(hours=3)
    act = services.resume(**world._on(act, "dung"), note="Đã nộp")
    before = world.state(act)
    act = ask(world, act, "dung")
    assert len(world.state(act).pauses) == 2
    world.later(days=1)
    act = take_back(world, act, "lan")
    assert as_before(before, world.state(act))
    assert len(before.pauses) == 1


def under(regulation: str, settings: Any) -> World:
    settings.PROVINCE = PLACES[regulation][0]
    return make_world(regulation=regulation)


def test_letter_that_came_while_the_term_ran_on_stays(db: None, settings: Any) -> None:
    world = under("KT18", settings)
    act = settling(world)
    act = ask(world, act, "dung")
    assert not world.state(act).is_paused
    due = world.state(act).due_at
    assert due is not None
    world.later(hours=1)
    given = {"new_day": (due + timedelta(days=7)).date(), "reason": "Cần thêm thời gian xác minh"}
    act = services.extend(**world._on(act, "hanh"), **given)
    extended = world.state(act)
    act = take_back(world, act, "lan")
    after = world.state(act)
    assert (after.due_at, after.promised_at, after.apologies) == (
        extended.due_at,
        extended.promised_at,
        extended.apologies,
    )
    assert services.verify().difference is None


def test_second_request_needs_no_ground_and_its_slip_has_a_number_of_its_own(world: World) -> None:
    act = take_back(world, ask(world, world.until("submit"), "chi"))
    with pytest.raises(NotAskedYet):
        services.decline(
            **world._on(act, "chi"), ground=DeclineGround.NOT_SUPPLEMENTED, reason="Không bổ sung"
        )
    act = ask(world, act, "chi")
    state = world.state(act)
    assert [slip.number for slip in state.slips] == [f"{act.reference}/HDHS-{n}" for n in (1, 2)]
    assert not is_late_in_index(state, law.regulation("DL24"))
    act = bring(world, act)
    with pytest.raises(AlreadyGuided):
        ask(world, act, "chi")


def test_figures_forget_the_request_that_was_one_too_many(world: World) -> None:
    act = bring(world, ask(world, world.until("submit"), "chi"))
    counted = figures()
    act = ask(world, act, "chi", again_ground="Giấy mới nộp đã hết hạn")
    assert ("asked_again" in {name for _, name, _ in figures()}, figures() > counted) == (True, True)
    assert is_late_in_index(world.state(act), law.regulation("DL24"))
    act = take_back(world, act, at=world.later(days=1))
    assert figures() == counted
    assert not is_late_in_index(world.state(act), law.regulation("DL24"))


def test_an_answer_that_was_late_and_none_leaves_the_figures_too(world: World) -> None:
    act = world.until("submit")
    counted, due = figures(), world.state(act).reply_due_at
    assert due is not None
    act = ask(world, act, "chi", at=due + timedelta(hours=1))
    assert "answered_late" in {name for _, name, _ in figures()}
    act = take_back(world, act, at=due + timedelta(hours=2))
    assert (figures(), world.state(act).answered_late_at) == (counted, None)


def test_applicant_gets_a_letter_that_says_how_the_dossier_stands(world: World) -> None:
    checked = take_back(world, ask(world, world.until("submit"), "chi"))
    settled = take_back(world, ask(world, world.until("accept"), "chi"))
    sent = OutboxMessage.objects.filter(key=KEY, channel="email").order_by("id")
    assert [(row.address, row.account_id) for row in sent] == [("", world.people["an"].pk)] * 2
    said = [wording(KEY, row.context, recipient="An").body for row in sent]
    english = [wording(KEY, row.context, recipient="An", language="en").body for row in sent]
    reply_by, due = world.state(checked).reply_due_at, world.state(settled).due_at
    assert reply_by is not None
    assert due is not None
    (item,) = world.state(settled).supplements[-1].items
    for body in said:
        assert "phiếu yêu cầu không còn giá trị" in body
        assert "Lý do: Bấm nhầm hồ sơ khác" in body
        assert f"- {item.what}" in body.splitlines()
        assert "mà chưa gửi thì không cần gửi nữa" in body
    assert f"hạn trả lời vẫn như trước khi có yêu cầu: {reply_by:%H} giờ {reply_by:%M} phút" in said[0]
    assert f"ngày hẹn trả kết quả vẫn như trước khi có yêu cầu: {due:%H} giờ {due:%M} phút" in said[1]
    assert all("You need not do anything more" in body for body in english)


@pytest.mark.parametrize(("verb", "name"), [("submit", "hạn trả lời"), ("accept", "ngày hẹn trả kết quả")])
def test_letter_says_that_the_date_has_passed(world: World, verb: str, name: str) -> None:
    act = ask(world, world.until(verb), "chi")
    take_back(world, act, at=world.later(days=40))
    (row,) = OutboxMessage.objects.filter(key=KEY, channel="email")
    body = wording(KEY, row.context, recipient="An").body
    assert f"{name} là" in body
    assert "nay đã quá h" in body
    assert "thời gian đã mất là do cơ quan" in body
    english = wording(KEY, row.context, recipient="An", language="en").body
    assert "the time lost is the agency’s" in english


def test_whoever_had_asked_and_whoever_has_the_case_are_told_to_go_on(world: World) -> None:
    act = ask(world, settling(world), "dung")
    take_back(world, act, "lan")
    told = set(OutboxMessage.objects.filter(key__startswith="desk.").values_list("key", "account_id"))
    assert ("desk.supplement_taken_back", world.people["dung"].pk) in told
    assert ("desk.applicant_told", world.people["chi"].pk) in told
    assert ("desk.supplement_taken_back", world.people["lan"].pk) not in told


@pytest.mark.parametrize("by", ["dung", "hanh", "chi", "lan"])
def test_those_through_whom_it_went_out_and_the_head_of_the_unit_take_it_back(world: World, by: str) -> None:
    act = ask(world, settling(world), "dung")
    assert take_back(world, act, by).status == Status.IN_PROGRESS


@pytest.mark.parametrize("by", ["em", "khoa", "giang", "an", "binh"])
def test_nobody_else_takes_it_back(world: World, by: str) -> None:
    act = ask(world, settling(world), "dung")
    with pytest.raises(Forbidden):
        take_back(world, act, by)
    assert world.state(act).version == act.version


def test_head_of_the_unit_has_no_say_before_the_acceptance_and_the_head_of_the_desk_always(
    world: World,
) -> None:
    act = ask(world, world.until("submit"), "chi")
    for by in ("lan", "dung", "hanh"):
        with pytest.raises(Forbidden):
            take_back(world, act, by)
    Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.RECEIVER
    )
    with pytest.raises(Forbidden):
        take_back(world, act, "giang")
    Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD
    )
    assert take_back(world, act, "giang").status == Status.SUBMITTED
    settled = ask(world, settling(world), "dung")
    assert take_back(world, settled, "giang").status == Status.IN_PROGRESS


def test_who_stands_in_for_whoever_asked_takes_it_back(world: World) -> None:
    act = ask(world, settling(world), "dung")
    with pytest.raises(Forbidden):
        take_back(world, act, "em")
    day = world.now.date()
    record_absence(
        actor=world.actor("lan"),
        at=world.now,
        account_id=world.people["dung"].pk,
        substitute_id=world.people["em"].pk,
        first_day=day,
        last_day=day,
        reason="Nghỉ phép",
    )
    assert take_back(world, act, "em").status == Status.IN_PROGRESS


def test_who_left_the_units_of_the_dossier_takes_nothing_back(world: World) -> None:
    act = ask(world, world.until("submit"), "chi")
    Position.objects.filter(account=world.people["chi"]).update(unit=world.units[UnitKind.OFFICE])
    with pytest.raises(Forbidden):
        take_back(world, act)


def test_control_before_acceptance_is_not_opened_again(db: None, settings: Any) -> None:
    world = under("QN20", settings)
    head = add_desk_head(world)
    act = world.until("submit")
    before = world.state(act)
    act = services.request_supplement(**world._on(act, "chi"), **ASK)
    task = next(each.key for each in world.state(act).tasks if each.kind == "control")
    act = services.release_supplement(**world._on(act, head), task_key=task)
    act = take_back(world, act, head)
    after = world.state(act)
    assert (after.tasks, after.proposed_supplement) == (before.tasks, None)
    assert services.verify().difference is None


def test_taking_back_needs_a_reason(world: World) -> None:
    act = ask(world, world.until("submit"), "chi")
    with pytest.raises(ReasonRequired):
        take_back(world, act, reason=" ")
    assert world.state(act).version == act.version


def test_what_was_answered_lapsed_or_taken_back_already_is_no_mistake_any_more(world: World) -> None:
    act = bring(world, ask(world, world.until("submit"), "chi"))
    with pytest.raises(Forbidden):
        take_back(world, act)
    act = ask(world, world.until("accept"), "chi")
    world.later(days=10)
    act = services.resume(**world._on(act, "chi"), note="Giải quyết với giấy tờ đang có")
    with pytest.raises(Forbidden):
        take_back(world, act)
    asked = ask(world, world.until("submit"), "chi")
    back = take_back(world, asked)
    with pytest.raises(Stale):
        take_back(world, asked)
    with pytest.raises(Forbidden):
        take_back(world, back)


def test_nothing_is_taken_for_a_request_that_was_taken_back(world: World) -> None:
    asked = ask(world, world.until("submit"), "chi")
    back = take_back(world, asked)
    with pytest.raises(Stale):
        bring(world, asked)
    with pytest.raises(WrongState):
        bring(world, back)
    settled = take_back(world, ask(world, world.until("accept"), "chi"))
    with pytest.raises(WrongState):
        bring(world, settled)


def test_request_is_still_taken_back_once_a_decline_that_came_meanwhile_was(world: World) -> None:
    act = world.until("submit")
    before = world.state(act)
    act = ask(world, act, "chi")
    world.later(days=8)
    act = services.decline(
        **world._on(act, "chi"), ground=DeclineGround.NOT_SUPPLEMENTED, reason="Không bổ sung"
    )
    with pytest.raises(Forbidden):
        take_back(world, act)
    act = services.correct(**world._on(act, "chi"), what=Correctable.DECLINE, reason="Bấm nhầm")
    act = take_back(world, act)
    after = world.state(act)
    assert (after.status, after.tasks, after.reply_due_at) == (
        Status.SUBMITTED,
        before.tasks,
        before.reply_due_at,
    )
    assert all(slip.taken_back_at for slip in after.slips)
    assert services.verify().difference is None


def test_request_that_does_not_say_through_whom_it_went_out_stays(world: World) -> None:
    """As those do that were recorded before the event kept it."""
    act = ask(world, world.until("submit"), "chi")
    history = queries.events_of(act.dossier_id)
    (event, at) = history[-1]
    old = {name: value for name, value in to_wire(event).items() if name != "let_out_by"}
    state = refold([*history[:-1], (from_wire(events.SupplementRequested, old), at)])
    assert (state.status, state.asking) == (Status.AWAITING_SUPPLEMENT, None)
    facts = facts_for(state.target, None, world.actor("chi"), at)
    with pytest.raises(NotCorrectable):
        decide(state, commands.Correct(Correctable.SUPPLEMENT, {}, "Nhầm"), facts, at)
    footing = policy.footing_of(world.actor("chi"), at)
    assert not policy.may_correct(Correctable.SUPPLEMENT, world.actor("chi"), footing, state)


def test_case_officer_is_offered_to_put_right_what_they_asked(world: World) -> None:
    act = ask(world, settling(world), "dung")

    def offered(name: str) -> bool:
        view = services.open_dossier(actor=world.actor(name), at=world.now, dossier_id=act.dossier_id)
        return any(offer.verb is Verb.CORRECT for offer in view.verbs)

    assert {name: offered(name) for name in ("dung", "hanh", "lan", "em", "khoa")} == {
        "dung": True,
        "hanh": True,
        "lan": True,
        "em": False,
        "khoa": False,
    }


def test_entered_late_from_a_paper_log_it_says_so_and_folds_again(world: World) -> None:
    """A request that is taken back on paper during an outage is entered like every other act."""
    act = ask(world, world.until("submit"), "chi")
    state = refold(queries.events_of(act.dossier_id))
    mark = events.EnteredLate("1", "12", world.now, "Chi")
    facts = facts_for(state.target, None, world.actor("chi"), world.now)
    (back,) = decide(state, commands.Correct(Correctable.SUPPLEMENT, {}, "Nhầm"), facts, world.now)
    history = [*queries.events_of(act.dossier_id), (back, world.now), (mark, world.now)]
    after = refold(history)
    assert after.status is Status.SUBMITTED
    assert [each.event for each in after.late_entries] == [state.version + 1]
