"""A decline at intake that was recorded by mistake is taken back, as if it had never been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dossiers.test_services_turns import ask
from tests.dossiers.wards import ward
from tests.dossiers.world import World

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import Correctable, DeclineGround, Status, Verb
from motcua.dossiers.errors import (
    FiledAnew,
    NotCorrectable,
    ReasonRequired,
    Stale,
    TooEarlyToGiveUp,
    WrongState,
)
from motcua.dossiers.models import DailyFigure
from motcua.dossiers.rules import commands, decide, events, refold
from motcua.dossiers.rules.state import Applicant, DocumentRef, State
from motcua.dossiers.services import Act
from motcua.dossiers.services.gather import facts_for
from motcua.kernel.errors import Forbidden, Refusal
from motcua.kernel.wire import from_wire, to_wire
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording

pytestmark = pytest.mark.django_db
KEY = "dossier.decline_taken_back"
CHILD = Applicant("Lê Minh Anh", date_of_birth=date(2023, 5, 1))
JOHN = Applicant("John Smith", passport="M1234567", nationality="Anh")
COMPANY = Applicant("Công ty Mẫu", organisation_number="0100109106")


def decline(world: World, act: Act, by: str = "chi", ground: str = "by_law", **changes: Any) -> Act:
    given = {
        "ground": DeclineGround(ground),
        "reason": "Theo quy định",
        "provision": "Điều 17 Nghị định số 61/2018/NĐ-CP",
    }
    return services.decline(**world._on(act, by) | given | changes)


def take_back(world: World, act: Act, by: str = "chi", **changes: Any) -> Act:
    given = {"what": Correctable.DECLINE, "reason": "Bấm nhầm hồ sơ khác"}
    return services.correct(**world._on(act, by) | given | changes)


def figures() -> set[tuple[date, str, int]]:
    return set(DailyFigure.objects.filter(count__gt=0).values_list("on_day", "figure", "count"))


def as_before(before: State, after: State) -> bool:
    """But for what says that there were two more events."""
    counted = {"version": before.version, "last_at": before.last_at, "task_serial": before.task_serial}
    return replace(after, **counted, slips=before.slips) == before


@pytest.mark.parametrize("channel", ["online", "counter"])
def test_decline_taken_back_leaves_the_dossier_as_it_was(world: World, channel: str) -> None:
    act = world.until("submit") if channel == "online" else world.register()
    before, counted = world.state(act), figures()
    act = decline(world, act)
    world.later(days=3)
    act = take_back(world, act)
    after = world.state(act)
    assert as_before(before, after)
    assert after.reply_due_at == before.reply_due_at
    (slip,) = after.slips
    assert (slip.taken_back_at, slip.number) == (after.last_at, f"{after.reference}/TC")
    assert [each.kind for each in queries.history(act.dossier_id)][-2:] == ["declined", "corrected"]
    assert figures() == counted
    assert services.verify().difference is None
    act = world.accept(act)
    assert world.state(act).answered_late_at == (world.state(act).last_at if channel == "online" else None)


def test_figures_are_those_of_the_right_decision_alone(world: World) -> None:
    right = world.until("submit")
    mistaken = world.until("submit")
    due = world.state(mistaken).reply_due_at
    assert due is not None
    late = {"at": due + timedelta(hours=1)}
    mistaken = take_back(world, decline(world, mistaken, **late), at=due + timedelta(days=2))
    world.accept(mistaken, at=due + timedelta(days=3))
    of_both = figures()
    world.accept(right, at=due + timedelta(days=3))
    doubled = {row for row in figures() if row[1] in ("accepted", "answered_late")}
    assert doubled == {(day, name, 2 * n) for day, name, n in of_both if name != "submitted"}


def test_papers_are_waited_for_again_and_the_days_to_bring_them_begin_anew(world: World) -> None:
    act = ask(world, world.until("submit"), "chi")
    world.later(days=7)
    act = take_back(world, decline(world, act, ground="not_supplemented"))
    state = world.state(act)
    asked = state.supplements[-1]
    assert (state.status, state.tasks, asked.is_open) == (Status.AWAITING_SUPPLEMENT, (), True)
    assert asked.reopened_at == state.last_at
    with pytest.raises(TooEarlyToGiveUp):
        decline(world, act, ground="not_supplemented")
    papers = (DocumentRef("paper", originals=1),)
    act = services.supplement(**world._on(act, "an"), documents=papers)
    assert act.status == Status.SUBMITTED
    assert services.verify().difference is None


def test_applicant_gets_a_letter_that_says_how_the_dossier_stands(world: World) -> None:
    checked = take_back(world, decline(world, world.until("submit")))
    waiting = ask(world, world.until("submit"), "chi")
    world.later(days=7)
    take_back(world, decline(world, waiting, ground="not_supplemented"))
    sent = OutboxMessage.objects.filter(key=KEY, channel="email").order_by("id")
    assert [(row.address, row.account_id) for row in sent] == [("", world.people["an"].pk)] * 2
    said = [wording(KEY, row.context, recipient="An").body for row in sent]
    english = wording(KEY, sent[0].context, recipient="An", language="en").body
    due = world.state(checked).reply_due_at
    assert due is not None
    assert "phiếu từ chối không còn giá trị" in said[0]
    assert "Lý do: Bấm nhầm hồ sơ khác" in said[0]
    assert f"hạn trả lời vẫn như trước khi từ chối: {due:%H} giờ {due:%M} phút" in said[0]
    assert "You need not file again" in english
    (item,) = world.state(waiting).supplements[-1].items
    assert "Hồ sơ lại chờ Ông/Bà bổ sung" in said[1]
    assert f"- {item.what}" in said[1].splitlines()


def test_head_of_the_desk_and_whoever_stands_in_take_back_what_a_colleague_declined(world: World) -> None:
    act = decline(world, world.until("submit"))
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["giang"], unit=desk, role=Role.RECEIVER)
    with pytest.raises(Forbidden):
        take_back(world, act, by="giang")
    Position.objects.create(account=world.people["em"], unit=desk, role=Role.DESK_HEAD)
    assert take_back(world, act, by="em").status == Status.SUBMITTED


@pytest.mark.parametrize("by", ["dung", "lan", "hanh", "khoa", "giang", "an", "binh"])
def test_decline_is_taken_back_by_nobody_else(world: World, by: str) -> None:
    act = decline(world, world.until("submit"))
    with pytest.raises(Forbidden):
        take_back(world, act, by=by)
    assert world.state(act).version == act.version


def test_who_left_the_desk_takes_nothing_back(world: World) -> None:
    act = decline(world, world.until("submit"))
    Position.objects.filter(account=world.people["chi"]).update(unit=world.units[UnitKind.OFFICE])
    with pytest.raises(Forbidden):
        take_back(world, act)


def test_decline_that_does_not_say_who_declined_stays(world: World) -> None:
    """As those do that were recorded before the event kept it."""
    act = decline(world, world.until("submit"))
    history = queries.events_of(act.dossier_id)
    (event, at) = history[-1]
    old = {name: value for name, value in to_wire(event).items() if not name.startswith("declined_")}
    state = refold([*history[:-1], (from_wire(events.Declined, old), at)])
    assert (state.status, state.declining) == (Status.DECLINED, None)
    facts = facts_for(state.target, None, world.actor("chi"), at)
    with pytest.raises(NotCorrectable):
        decide(state, commands.Correct(Correctable.DECLINE, {}, "Nhầm"), facts, at)
    assert not policy.may(Verb.CORRECT, world.actor("chi"), policy.footing_of(world.actor("chi"), at), state)


@pytest.mark.parametrize(
    ("what", "reason", "refusal"),
    [("decline", " ", ReasonRequired), ("contact", "Đổi số", WrongState), ("delivery", "Đổi", WrongState)],
)
def test_taking_back_needs_a_reason_and_puts_nothing_else_right(
    world: World, what: str, reason: str, refusal: type[Refusal]
) -> None:
    act = decline(world, world.until("submit"))
    with pytest.raises(refusal):
        take_back(world, act, what=Correctable(what), reason=reason, values={"phone": "0905999999"})
    assert world.state(act).version == act.version


def test_decline_taken_back_twice_from_one_page_is_taken_back_once(world: World) -> None:
    act = decline(world, world.until("submit"))
    back = take_back(world, act)
    with pytest.raises(Stale):
        take_back(world, act)
    with pytest.raises(Forbidden):
        take_back(world, back)


def test_second_decline_has_a_slip_of_its_own_number(world: World) -> None:
    act = decline(world, take_back(world, decline(world, world.until("submit"))))
    numbers = [slip.number for slip in world.state(act).slips]
    assert numbers == [f"{act.reference}/TC", f"{act.reference}/TC-2"]
    assert take_back(world, act).status == Status.SUBMITTED
    assert services.verify().difference is None


def filing(world: World, person: Applicant, **changes: Any) -> Act:
    return world.register(applicant=person, **changes)


@pytest.mark.parametrize("person", [Applicant("Nguyễn Văn An", "066090000001"), JOHN, COMPANY])
def test_who_has_filed_anew_is_told_to_the_desk_and_nothing_changes(world: World, person: Applicant) -> None:
    act = decline(world, filing(world, person))
    anew = filing(world, person)
    told = OutboxMessage.objects.count()
    with pytest.raises(FiledAnew) as refused:
        take_back(world, act)
    assert refused.value.params == {"reference": anew.reference}
    assert refused.value.clauses
    assert (world.state(act).version, OutboxMessage.objects.count()) == (act.version, told)
    assert take_back(world, decline(world, anew)).status == Status.SUBMITTED  # the newest one is


def test_what_was_filed_before_or_by_others_or_only_drafted_does_not_hold_it_up(world: World) -> None:
    an, passport = Applicant("Nguyễn Văn An", "066090000001"), replace(JOHN, nationality="Mỹ")
    filing(world, an)
    act = decline(world, world.until("submit"))
    foreigner = decline(world, filing(world, JOHN))
    world.draft()
    filing(world, passport)
    filing(world, COMPANY)
    assert take_back(world, act).status == Status.SUBMITTED
    assert take_back(world, foreigner).status == Status.SUBMITTED


def test_another_matter_filed_before_the_decline_and_a_filing_that_lives_no_more_do_not_hold_it_up(
    world: World,
) -> None:
    """A second child's dossier replaces nothing, nor does one that was withdrawn or declined itself."""
    an = Applicant("Nguyễn Văn An", "066090000001")
    first, second = filing(world, an), filing(world, an)
    act = decline(world, first)
    assert queries.filed_anew(act.dossier_id, world.state(act)) == ""
    decline(world, filing(world, an))
    assert queries.filed_anew(act.dossier_id, world.state(act)) == ""
    assert take_back(world, act).status == Status.SUBMITTED
    assert world.state(second).status == Status.SUBMITTED


def test_filing_at_another_agency_counts(world: World) -> None:
    act = decline(world, world.until("submit"))
    other = ward(world)
    anew = world.submit(world.draft(agency_id=other.pk))
    with pytest.raises(FiledAnew) as refused:
        take_back(world, act)
    assert refused.value.params == {"reference": anew.reference}


def test_of_who_has_no_number_the_account_tells(world: World) -> None:
    act = decline(world, world.submit(world.draft(applicant=CHILD)))
    assert queries.is_known(world.state(act))
    world.submit(world.draft(applicant=replace(CHILD, name="Lê Minh Em")))
    assert queries.filed_anew(act.dossier_id, world.state(act)) == ""
    anew = world.submit(world.draft(applicant=CHILD))
    assert queries.filed_anew(act.dossier_id, world.state(act)) == anew.reference


def test_looking_for_what_was_filed_anew_is_one_query_by_an_index(world: World) -> None:
    act = decline(world, world.until("submit"))
    world.submit(world.draft())
    state = world.state(act)
    with CaptureQueriesContext(connection) as asked:
        queries.filed_anew(act.dossier_id, state)
    assert len(asked) == 1
    theirs = queries.known_as(state.contents.applicant)
    assert theirs is not None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "dossier_of_person" in theirs.values("id").explain()
