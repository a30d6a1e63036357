"""A withdrawal or a stop that the desk recorded by mistake is taken back, as if it had never been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.dossiers.test_registers import elsewhere
from tests.dossiers.test_services_attaching import paper
from tests.dossiers.test_services_declining import filing
from tests.dossiers.test_services_late import Outage
from tests.dossiers.test_services_turns import ask
from tests.dossiers.world import World, moment

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position, Unit
from motcua.agencies.queries.memory import forget
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import Correctable, PauseGround, Status, Verb
from motcua.dossiers.errors import (
    FiledAnew,
    NotCorrectable,
    ReasonRequired,
    Stale,
    TooEarlyToGiveUp,
    UnitIsOver,
    WrongState,
)
from motcua.dossiers.models import DailyFigure
from motcua.dossiers.rules import commands, decide, events, refold
from motcua.dossiers.rules.files import internal
from motcua.dossiers.rules.state import Applicant, DocumentRef, State
from motcua.dossiers.services import Act
from motcua.dossiers.services.gather import facts_for
from motcua.kernel.errors import Forbidden, Refusal
from motcua.kernel.wire import from_wire, to_wire
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording

pytestmark = pytest.mark.django_db
KEY = "dossier.ending_taken_back"
AN = Applicant("Nguyễn Văn An", "066090000001")


def end(world: World, act: Act, verb: str = "withdraw", by: str = "chi", **changes: Any) -> Act:
    """As the desk records it for the applicant; by the applicant themselves without a request."""
    asked = {"requested_on": world.now.date(), "request": "Đơn nộp tại quầy"} if by != "an" else {}
    given = world._on(act, by) | {"reason": "Không cần nữa"} | asked | changes
    return services.withdraw(**given) if verb == "withdraw" else services.stop(**given)


def take_back(world: World, act: Act, by: str = "chi", **changes: Any) -> Act:
    given = {"what": Correctable.ENDING, "reason": "Ghi nhầm hồ sơ khác"}
    return services.correct(**world._on(act, by) | given | changes)


def figures() -> set[tuple[date, str, int]]:
    return set(DailyFigure.objects.filter(count__gt=0).values_list("on_day", "figure", "count"))


def as_before(before: State, after: State) -> bool:
    """But for what says that there were two more events, and from when who was asked has their days."""
    counted = {"version": before.version, "last_at": before.last_at, "task_serial": before.task_serial}
    asked = tuple(replace(each, reopened_at=None) for each in after.supplements)
    return replace(after, **counted, slips=before.slips, supplements=asked) == before


def paused(world: World) -> Act:
    act = world.until("assign")
    return services.pause(
        **world._on(act, "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế"
    )


def consulted(world: World) -> Act:
    act, far = world.until("assign"), elsewhere(UnitKind.DIVISION)
    Position.objects.create(account=world.people["giang"], unit=far, role=Role.UNIT_HEAD)
    return services.consult(**world._on(act, "dung"), unit_id=far.pk, question="Có ý kiến gì?", limit="2wd")


WHERE = {
    "checked": lambda world: world.until("submit"),
    "at the counter": lambda world: world.register(),
    "asked before": lambda world: ask(world, world.until("submit"), "chi"),
    "accepted": lambda world: world.until("accept"),
    "settled": lambda world: world.until("assign"),
    "asked after": lambda world: ask(world, world.until("assign"), "dung"),
    "paused": paused,
    "consulted": consulted,
    "proposed": lambda world: world.until("propose"),
    "decided": lambda world: world.until("approve"),
}
WAYS = [(where, verb) for where in WHERE for verb in ("withdraw", "stop")]
WAYS = [
    each
    for each in WAYS
    if each[1] == "withdraw" or each[0] not in ("checked", "at the counter", "asked before")
]


@pytest.mark.parametrize(("where", "verb"), WAYS)
def test_ending_taken_back_leaves_the_dossier_as_it_lay(world: World, where: str, verb: str) -> None:
    act = WHERE[where](world)
    before, counted = world.state(act), figures()
    act = end(world, act, verb)
    assert world.state(act).tasks == ()
    assert figures() != counted
    world.later(days=3)
    act = take_back(world, act)
    after = world.state(act)
    assert as_before(before, after)
    assert [each.reopened_at for each in after.supplements if each.is_open] == [
        after.last_at for each in before.supplements if each.is_open
    ]
    assert all(slip.taken_back_at for slip in after.slips if slip not in before.slips)
    kind = "withdrawn" if verb == "withdraw" else "stopped"
    told = queries.history(act.dossier_id)
    assert [each.kind for each in told][-2:] == [kind, "corrected"]
    assert [each.kind for each in told if each.is_undone] == [kind]
    assert figures() == counted
    assert services.verify().difference is None


def resumed(world: World, act: Act, outage: Outage) -> Act:
    with outage.log():
        return services.resume(**world._on(act, "dung") | {"at": outage.inside}, note="Đã có")


def decided_late(world: World, act: Act, outage: Outage) -> Act:
    def own(step: str, who: str) -> dict[str, Any]:
        (task,) = (each for each in world.state(act).tasks if each.step_key == step)
        return world._on(act, who) | {"task_key": task.key, "at": outage.inside}

    with outage.log():
        act = services.propose(**own("examine", "dung"), decision="grant", text="Đủ điều kiện")
        return services.approve(**own("approve", "hanh"))


def asked_long_ago(world: World) -> Act:
    act = ask(world, world.until("assign"), "dung")
    world.later(days=40)
    return act


SAME_MINUTE = {"pause": (paused, resumed), "request": (asked_long_ago, resumed)}


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
@pytest.mark.parametrize("what", SAME_MINUTE)
def test_what_had_ended_in_the_same_minute_before_stays_ended(world: World, what: str, verb: str) -> None:
    """What is entered late bears whole minutes, so that two acts may well bear the same one."""
    begin, end_it = SAME_MINUTE[what]
    act = begin(world)
    world.later(days=1)
    outage = Outage(world)
    act = end_it(world, act, outage)
    before = world.state(act)
    with outage.log():
        act = end(world, act, verb, at=outage.inside)
    world.now = outage.after
    act = take_back(world, act)
    after = replace(world.state(act), late_entries=before.late_entries)
    assert as_before(before, after)
    assert (after.is_paused, after.supplement_awaited()) == (False, None)
    assert services.verify().difference is None
    world.issue(world.approve(world.propose(act)))


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
def test_opinions_that_a_decision_let_lapse_in_the_same_minute_are_not_awaited_again(
    world: World, verb: str
) -> None:
    act = consulted(world)
    world.later(days=3)
    act = services.remind(**world._on(act, "dung"), number=1)
    outage = Outage(world)
    act = decided_late(world, act, outage)
    before = world.state(act)
    assert [each.is_open for each in before.consultations] == [False]
    with outage.log():
        act = end(world, act, verb, at=outage.inside)
    world.now = outage.after
    act = take_back(world, act)
    assert as_before(before, replace(world.state(act), late_entries=before.late_entries))
    assert services.verify().difference is None


def test_notice_taken_back_before_keeps_when_it_was(world: World) -> None:
    world.now = moment("2026-03-05 08:00")
    act = end(world, world.until("assign"), "stop")
    at = world.now
    first = take_back(world, act, at=at)
    again = end(world, first, "stop", at=at)
    world.later(days=1)
    take_back(world, again)
    marked = [slip.taken_back_at for slip in world.state(act).slips if "/TBD" in slip.number]
    assert marked == [at, world.now]


def test_work_goes_on_where_it_lay_and_the_result_is_as_late_as_it_is(world: World) -> None:
    act = world.until("assign")
    due_at = world.state(act).due_at
    assert due_at is not None
    act = end(world, act, "stop")
    act = take_back(world, act, at=due_at + timedelta(days=1))
    world.now = due_at + timedelta(days=1)
    act = world.issue(world.approve(world.propose(act)))
    state = world.state(act)
    assert (state.due_at, state.is_late) == (due_at, True)
    assert services.verify().difference is None


def test_decision_comes_back_and_may_be_taken_back_itself(world: World) -> None:
    act = end(world, world.until("approve"))
    act = take_back(world, act)
    assert world.state(act).status is Status.DECIDED
    act = services.correct(**world._on(act, "hanh"), what=Correctable.DECISION, reason="Nhầm")
    assert world.state(act).status is Status.IN_PROGRESS
    assert services.verify().difference is None


def test_papers_are_waited_for_again_and_the_days_to_bring_them_begin_anew(world: World) -> None:
    act = ask(world, world.until("assign"), "dung")
    (was,) = world.state(act).pauses
    act = end(world, act, "stop")
    world.later(days=9)
    act = take_back(world, act)
    state = world.state(act)
    assert state.pauses == (was,)
    with pytest.raises(TooEarlyToGiveUp):
        services.resume(**world._on(act, "dung"), note="Không bổ sung")
    act = services.supplement(**world._on(act, "an"), documents=(DocumentRef("paper", originals=1),))
    assert act.status == Status.IN_PROGRESS
    assert services.verify().difference is None


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
def test_applicant_gets_a_letter_that_says_how_the_dossier_stands(world: World, verb: str) -> None:
    act = take_back(world, end(world, world.until("assign"), verb))
    (sent,) = OutboxMessage.objects.filter(key=KEY, channel="email")
    assert sent.account_id == world.people["an"].pk
    said = wording(KEY, sent.context, recipient="An")
    english = wording(KEY, sent.context, recipient="An", language="en")
    due_at = world.state(act).due_at
    assert due_at is not None
    word, foreign = ("được rút", "withdrawn") if verb == "withdraw" else ("dừng giải quyết", "stopped")
    assert f"{word} theo đề nghị của Ông/Bà. Việc ghi nhầm đó đã được thu hồi" in said.body
    assert "Lý do: Ghi nhầm hồ sơ khác" in said.body
    assert f"ngày hẹn trả kết quả vẫn như trước: {due_at:%H} giờ {due_at:%M} phút" in said.body
    assert f"was {foreign} at your request" in english.body
    assert "You need not file again" in english.body


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("checked", "hạn trả lời vẫn như trước"),
        ("asked after", "Hồ sơ lại chờ Ông/Bà bổ sung"),
        ("paused", "lại chờ Ông/Bà hoàn thành nghĩa vụ tài chính"),
    ],
)
def test_letter_says_for_whom_the_dossier_waits(world: World, where: str, said: str) -> None:
    take_back(world, end(world, WHERE[where](world)))
    (sent,) = OutboxMessage.objects.filter(key=KEY, channel="email")
    assert said in wording(KEY, sent.context, recipient="An").body


def test_letter_says_that_the_day_has_passed(world: World) -> None:
    act = end(world, world.until("assign"))
    world.later(days=30)
    take_back(world, act)
    (sent,) = OutboxMessage.objects.filter(key=KEY, channel="email")
    assert (
        "nay đã quá hẹn, và thời gian đã mất là do cơ quan" in wording(KEY, sent.context, recipient="An").body
    )


def told(key: str = "desk.ending_taken_back") -> set[int | None]:
    return set(OutboxMessage.objects.filter(key=key).values_list("account_id", flat=True))


def test_those_who_had_the_work_are_told_to_go_on(world: World) -> None:
    act = end(world, consulted(world))
    asked = told("desk.consulted")
    take_back(world, act)
    assert told() == {world.people["dung"].pk, *asked}
    assert asked
    row = OutboxMessage.objects.filter(key="desk.ending_taken_back").first()
    assert row is not None
    assert "Hồ sơ nằm lại đúng nơi đã nằm" in wording(row.key, row.context, recipient="Dũng").body


def test_those_who_may_take_a_task_that_bears_no_name_are_told_too(world: World) -> None:
    """A leader before whom a proposal lay finds it again, and knows why."""
    take_back(world, end(world, world.until("propose")))
    assert told() == {world.people["dung"].pk, world.people["hanh"].pk}


def test_head_of_the_desk_and_whoever_stands_in_take_back_what_a_colleague_recorded(world: World) -> None:
    act = end(world, world.until("assign"))
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["giang"], unit=desk, role=Role.RECEIVER)
    with pytest.raises(Forbidden):
        take_back(world, act, by="giang")
    Position.objects.create(account=world.people["em"], unit=desk, role=Role.DESK_HEAD)
    assert take_back(world, act, by="em").status == Status.IN_PROGRESS


@pytest.mark.parametrize("by", ["dung", "lan", "hanh", "khoa", "giang", "an", "binh"])
def test_ending_is_taken_back_by_nobody_else(world: World, by: str) -> None:
    act = end(world, world.until("assign"), "stop")
    with pytest.raises(Forbidden):
        take_back(world, act, by=by)
    assert world.state(act).version == act.version


def test_what_applicants_did_themselves_is_their_own_will(world: World) -> None:
    act = end(world, world.until("assign"), by="an")
    Position.objects.create(account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    for by in ("chi", "em", "an"):
        with pytest.raises(Forbidden):
            take_back(world, act, by=by)
    state = world.state(act)
    facts = facts_for(state.target, None, world.actor("chi"), world.now)
    with pytest.raises(NotCorrectable):
        decide(state, commands.Correct(Correctable.ENDING, {}, "Nhầm"), facts, world.now)
    assert world.state(act).status is Status.WITHDRAWN


def test_who_left_the_desk_takes_nothing_back(world: World) -> None:
    act = end(world, world.until("assign"))
    Position.objects.filter(account=world.people["chi"]).update(unit=world.units[UnitKind.OFFICE])
    with pytest.raises(Forbidden):
        take_back(world, act)


@pytest.mark.parametrize(("verb", "event"), [("withdraw", events.Withdrawn), ("stop", events.Stopped)])
def test_ending_that_does_not_say_who_recorded_it_stays(world: World, verb: str, event: type) -> None:
    """As those do that were recorded before the event kept it."""
    act = end(world, world.until("assign"), verb)
    history = queries.events_of(act.dossier_id)
    (last, at) = history[-1]
    old = {name: value for name, value in to_wire(last).items() if not name.startswith("recorded_")}
    state = refold([*history[:-1], (from_wire(event, old), at)])
    assert (state.status in (Status.WITHDRAWN, Status.STOPPED), state.ending) == (True, None)
    actor = world.actor("chi")
    assert not policy.may_correct(Correctable.ENDING, actor, policy.footing_of(actor, at), state)


@pytest.mark.parametrize(
    ("what", "reason", "refusal"),
    [("ending", " ", ReasonRequired), ("contact", "Đổi số", WrongState), ("delivery", "Đổi", WrongState)],
)
def test_taking_back_needs_a_reason_and_puts_nothing_else_right(
    world: World, what: str, reason: str, refusal: type[Refusal]
) -> None:
    act = end(world, world.until("assign"))
    with pytest.raises(refusal):
        take_back(world, act, what=Correctable(what), reason=reason, values={"phone": "0905999999"})
    assert world.state(act).version == act.version


def test_ending_taken_back_twice_from_one_page_is_taken_back_once(world: World) -> None:
    act = end(world, world.until("assign"))
    back = take_back(world, act)
    with pytest.raises(Stale):
        take_back(world, act)
    with pytest.raises(Forbidden):
        take_back(world, back)


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
def test_who_has_filed_anew_is_told_to_the_desk_and_nothing_changes(world: World, verb: str) -> None:
    act = filing(world, AN)
    act = end(world, world.accept(act) if verb == "stop" else act, verb)
    anew = filing(world, AN)
    sent = OutboxMessage.objects.count()
    with pytest.raises(FiledAnew) as refused:
        take_back(world, act)
    assert refused.value.params == {"reference": anew.reference}
    assert refused.value.clauses
    assert (world.state(act).version, OutboxMessage.objects.count()) == (act.version, sent)


def test_what_was_stopped_since_replaces_nothing(world: World) -> None:
    first, second = filing(world, AN), filing(world, AN)
    act = end(world, first)
    end(world, world.accept(filing(world, AN)), "stop")
    assert queries.filed_anew(act.dossier_id, world.state(act)) == ""
    assert take_back(world, act).status == Status.SUBMITTED
    assert world.state(second).status == Status.SUBMITTED


def test_nothing_is_opened_again_where_nobody_works_any_more(world: World) -> None:
    act = end(world, world.until("assign"))
    division = world.units[UnitKind.DIVISION]
    Unit.objects.filter(pk=division.pk).update(valid_to=world.now.date() - timedelta(days=1))
    forget()
    with pytest.raises(UnitIsOver) as refused:
        take_back(world, act)
    assert refused.value.params["unit"]
    assert world.state(act).version == act.version
    Unit.objects.filter(pk=division.pk).update(valid_to=world.now.date())
    forget()
    assert take_back(world, act).status == Status.IN_PROGRESS


def test_second_notice_of_stopping_has_a_number_of_its_own(world: World) -> None:
    world.now = moment("2026-03-05 08:00")
    act = end(world, world.until("assign"), "stop")
    act = end(world, take_back(world, act), "stop")
    numbers = [slip.number for slip in world.state(act).slips if "/TBD" in slip.number]
    assert numbers == [f"{act.reference}/TBD", f"{act.reference}/TBD-2"]
    assert [bool(slip.taken_back_at) for slip in world.state(act).slips if "/TBD" in slip.number] == [
        True,
        False,
    ]


def test_paper_by_which_another_asked_stays_with_the_office(world: World) -> None:
    file_id = paper(world, "chi")
    act = end(world, world.until("assign"), file_id=file_id)
    assert internal(world.state(act)) == ()
    act = take_back(world, act)
    state = world.state(act)
    (asked,) = state.request_papers
    assert (asked.file_id, asked.taken_back_at) == (file_id, state.last_at)
    assert internal(state) == (file_id,)


def test_of_an_ended_dossier_the_desk_is_offered_nothing_but_that(world: World) -> None:
    act = end(world, world.until("assign"))
    actor, at = world.actor("chi"), world.now
    view = services.open_dossier(actor=actor, at=at, dossier_id=act.dossier_id)
    assert list(services.reading.correctable(actor=actor, view=view)) == [Correctable.ENDING]
    assert Verb.CORRECT in {offer.verb for offer in view.verbs}
