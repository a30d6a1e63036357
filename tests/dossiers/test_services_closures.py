"""Closing an agency: who may, what it touches, what stays promised, who is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.dossiers.test_concurrency import at_once
from tests.dossiers.world import MONDAY, World, make_world, moment
from tests.resilience.scenery import ask

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.errors import (
    ClosesNothing,
    ClosureEndsBeforeItBegins,
    ClosureHasBegun,
    ClosureInThePast,
    ClosureOverlaps,
    ClosureReasonTooLong,
    ClosuresChanged,
    ClosureSourceTooLong,
    ClosureTooFarAhead,
    ClosureTooLong,
    ClosureWithoutReason,
    ClosureWithoutSource,
)
from motcua.agencies.models import LocalClosure, Position
from motcua.agencies.rules.cards import ClosureCard
from motcua.agencies.services import ClosureWish
from motcua.audit import queries as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, TermKind
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import ResultDelivery
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording
from motcua.process import queries as process
from motcua.worktime import rules as worktime

TUESDAY, WEDNESDAY = ("2024-03-05 00:00", "2024-03-06 00:00"), ("2024-03-06 00:00", "2024-03-07 00:00")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    for each in (agencies, catalogue, process):
        each.forget()
    yield
    for each in (agencies, catalogue, process):
        each.forget()


def with_head(made: World) -> World:
    """The world with Em as the head of its desk."""
    Position.objects.create(account=made.people["em"], unit=made.units[UnitKind.DESK], role=Role.DESK_HEAD)
    return made


@pytest.fixture
def world(db: None) -> World:
    return with_head(make_world())


def wish(world: World, days: tuple[str, str] = TUESDAY, **changes: Any) -> ClosureWish:
    starts, ends = (moment(each) for each in days)
    asked = ClosureWish(world.agency.pk, starts, ends, "Tránh bão", "Thông báo 45/TB-STP")
    return replace(asked, **changes)


def close(
    world: World, days: tuple[str, str] = TUESDAY, who: str = "em", at: datetime | None = None, **changes: Any
) -> ClosureCard:
    return services.close_agency(
        actor=world.actor(who),
        at=at or world.later(minutes=1),
        wish=wish(world, days, **changes),
        seen=agencies.closures_mark(world.agency.pk),
    )


def accepted(world: World) -> services.Act:
    """A dossier received on Monday morning: three working days, due on Thursday."""
    return world.accept(world.register())


@pytest.mark.parametrize("who", ["chi", "lan", "hanh", "dung", "giang"])
def test_closure_by_who_is_not_the_head_is_refused(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        close(world, who=who)
    assert not LocalClosure.objects.exists()


def test_closure_by_administrators_of_agency_and_province(world: World) -> None:
    Position.objects.create(account=world.people["khoa"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    world.people["giang"].is_admin = True
    world.people["giang"].save()
    found = [close(world, TUESDAY, "khoa"), close(world, WEDNESDAY, "giang")]
    assert [card.announced_by for card in found] == ["Khoa", "Giang"]


def test_administrator_of_another_agency_may_not(world: World) -> None:
    other = make_other(world)
    Position.objects.create(account=world.people["giang"], unit=other, role=Role.DESK_HEAD)
    with pytest.raises(Forbidden):
        close(world, who="giang")


def make_other(world: World) -> Any:
    unit = world.units[UnitKind.DESK]
    agency = type(world.agency).objects.create(
        province="dak-lak", key="so-khac", name="Sở Khác", level="province", kind="department"
    )
    return type(unit).objects.create(agency=agency, key="desk", name="desk", kind=UnitKind.DESK.value)


@pytest.mark.parametrize(
    ("days", "changes", "refusal"),
    [
        (TUESDAY, {"reason": "  "}, ClosureWithoutReason),
        (TUESDAY, {"source": ""}, ClosureWithoutSource),
        (TUESDAY, {"reason": "x" * 201}, ClosureReasonTooLong),
        (TUESDAY, {"source": "x" * 201}, ClosureSourceTooLong),
        ((TUESDAY[1], TUESDAY[0]), {}, ClosureEndsBeforeItBegins),
        ((TUESDAY[0], TUESDAY[0]), {}, ClosureEndsBeforeItBegins),
        (("2024-03-05 00:00", "2024-04-05 00:01"), {}, ClosureTooLong),
        (("2024-03-01 00:00", "2024-03-02 00:00"), {}, ClosureInThePast),
        (("2025-03-20 00:00", "2025-03-21 00:00"), {}, ClosureTooFarAhead),
        (("2024-03-09 00:00", "2024-03-11 00:00"), {}, ClosesNothing),
    ],
)
def test_closure_that_cannot_be_is_refused_and_changes_nothing(
    world: World, days: tuple[str, str], changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        close(world, days, **changes)
    assert not LocalClosure.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_closure_of_today_begins_when_it_is_announced(world: World) -> None:
    card = close(world, ("2024-03-04 00:00", "2024-03-05 00:00"), at=moment("2024-03-04 09:10"))
    assert card.span.starts_at == moment("2024-03-04 09:10")
    calendar = agencies.calendar_of(world.agency.pk, MONDAY.date())
    assert [str(each) for each in calendar.hours_on(MONDAY.date())] == ["07:30-09:10"]


def test_preview_shows_old_and_new_moment_and_writes_nothing(world: World) -> None:
    act = accepted(world)
    plan = services.plan_closure(actor=world.actor("em"), at=world.later(minutes=1), wish=wish(world))
    due_at = world.state(act).due_at
    assert due_at is not None
    (item,) = plan.page.items
    assert (item.dossier_id, item.due_at, item.is_in_vain) == (act.dossier_id, due_at, False)
    assert item.new_due_at == due_at + timedelta(days=1)
    assert (plan.counts.moved, plan.counts.in_vain) == (1, 0)
    assert not LocalClosure.objects.exists()


def test_preview_leaves_out_what_the_closure_does_not_move(world: World) -> None:
    world.until("issue")  # has its result
    accepted(world)  # due on Thursday, before the closure
    paused = accepted(world)
    Dossier.objects.filter(id=paused.dossier_id).update(is_paused=True)
    days = ("2024-03-08 00:00", "2024-03-09 00:00")
    plan = services.plan_closure(actor=world.actor("em"), at=world.later(minutes=1), wish=wish(world, days))
    assert (plan.page.items, plan.counts.moved) == ((), 0)


def test_preview_walks_every_dossier_once_page_by_page(world: World) -> None:
    ids = {accepted(world).dossier_id for _ in range(5)}
    Dossier.objects.update(due_at=moment("2024-03-07 08:00"))  # all at one moment: the id decides
    span, seen, after = wish(world), [], None
    closure = agency_services.planned_closure(actor=world.actor("em"), at=MONDAY, wish=span)
    for _page in range(4):
        page = queries.touched(world.agency.pk, closure, after=after, limit=2)
        seen += [item.dossier_id for item in page.items]
        after = page.next_cursor
        if after is None:
            break
    assert (set(seen), len(seen)) == (ids, 5)


def test_page_goes_on_behind_dossiers_that_are_due_late_enough_anyway(world: World) -> None:
    """Those stand first and are no longer than a first piece; what is touched behind them is found."""
    early = [accepted(world).dossier_id for _ in range(3)]
    world.later(hours=6)
    touched = {accepted(world).dossier_id for _ in range(2)}
    Dossier.objects.filter(id__in=early).update(due_at=moment("2024-03-08 12:00"))  # Friday, a day late
    Dossier.objects.filter(id__in=touched).update(due_at=moment("2024-03-08 13:30"))
    closure = agency_services.planned_closure(actor=world.actor("em"), at=MONDAY, wish=wish(world))
    page = queries.touched(world.agency.pk, closure, limit=2)
    assert ({item.dossier_id for item in page.items}, page.next_cursor) == (touched, None)


def test_page_unpacks_no_more_dossiers_than_it_shows(world: World) -> None:
    for _ in range(5):
        accepted(world)
    closure = agency_services.planned_closure(actor=world.actor("em"), at=MONDAY, wish=wish(world))
    with CaptureQueriesContext(connection) as asked:
        page = queries.touched(world.agency.pk, closure, limit=2)
    read = [each["sql"] for each in asked if "dossiers_dossier" in each["sql"]]
    unpacked = [sql.rpartition("LIMIT ")[2] for sql in read if '"state"' in sql]
    assert (len(page.items), unpacked) == (2, ["3"])


def test_preview_asks_no_query_for_each_dossier(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            services.plan_closure(actor=world.actor("em"), at=MONDAY + timedelta(hours=4), wish=wish(world))
        return len(caught)

    accepted(world)
    asked()  # what is kept in memory is kept now
    few = asked()
    for _ in range(4):
        accepted(world)
    assert asked() == few


def put_off_late(world: World) -> services.Act:
    """A dossier that was due on Thursday and, by a letter sent after that, is due on Tuesday the 12th."""
    act = world.assign(world.hand_over(accepted(world)))
    world.now = moment("2024-03-07 17:00")
    asked = world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": "Chờ xác minh"}
    return services.extend(**asked)


SECOND_TUESDAY = ("2024-03-12 00:00", "2024-03-13 00:00")


def test_date_that_a_late_letter_set_is_touched_and_its_applicant_told(world: World) -> None:
    """The lists sort it by its first date, which was before the closure."""
    first = world.state(accepted(world)).due_at
    act = put_off_late(world)
    stood = Dossier.objects.get(id=act.dossier_id).due_at
    assert first is not None
    assert stood is not None
    assert stood < moment("2024-03-08 00:00")
    plan = planned(world, SECOND_TUESDAY)
    (item,) = plan.page.items
    assert (item.dossier_id, item.due_at) == (act.dossier_id, moment("2024-03-12 17:30"))
    assert (item.first_due_at, item.new_due_at) == (stood, moment("2024-03-13 17:30"))
    assert (plan.counts.moved, plan.counts.in_vain, item.is_in_vain) == (1, 1, True)
    card = close(world, SECOND_TUESDAY, at=world.later(minutes=1))
    moved = queries.moved_to(world.agency.pk, card.span, [UUID(act.dossier_id)], closure_id=card.id)
    assert moved == {act.dossier_id: moment("2024-03-13 17:30")}
    [told] = queries.promised_within(world.agency.pk, card.span)
    assert (str(told.id), told.due_at) == (act.dossier_id, moment("2024-03-12 17:30"))


def test_first_date_within_a_closure_counts_no_more_once_a_late_letter_has_set_another(world: World) -> None:
    act = put_off_late(world)
    first = Dossier.objects.get(id=act.dossier_id).due_at
    assert first is not None
    around = worktime.Closure(first - timedelta(hours=1), first + timedelta(hours=1), "Mất điện")
    assert queries.promised_within(world.agency.pk, around) == ()


def test_page_goes_on_behind_what_a_late_letter_put_off(world: World) -> None:
    late = put_off_late(world)
    world.now = moment("2024-03-08 08:00")
    others = [accepted(world).dossier_id for _ in range(2)]
    closure = agency_services.planned_closure(
        actor=world.actor("em"), at=world.now, wish=wish(world, SECOND_TUESDAY)
    )
    seen, after = [], None
    for _page in range(3):
        page = queries.touched(world.agency.pk, closure, after=after, limit=1)
        seen += [item.dossier_id for item in page.items]
        after = page.next_cursor
    assert (seen, after) == ([late.dossier_id, *others], None)


def test_who_has_neither_account_nor_mailbox_is_named_to_be_called(world: World) -> None:
    """Before the closure is announced, and once the others were told."""
    reached = world.accept(world.submit(world.draft()))
    alone = world.accept(world.register())  # at the counter, with a number alone
    plan = planned(world, THURSDAY)
    assert plan.reach is not None
    (line,) = plan.reach.lines
    assert (plan.reach.reached, plan.reach.unreached, plan.reach.after) == (1, 1, "")
    assert (line.dossier_id, line.code, line.phone) == (alone.dossier_id, alone.code, "0905000001")
    assert line.due_at == world.state(alone).due_at
    card = close(world, THURSDAY)
    at = world.later(minutes=1)
    waiting = services.reach_of_closure(actor=world.actor("em"), at=at, card=card)
    assert (waiting.reached, [each.code for each in waiting.lines]) == (1, [alone.code])
    assert services.tell_of_closure(closure_id=card.id, is_withdrawn=False, at=at) == 1
    told = agencies.closure(card.id)
    assert told is not None
    found = services.reach_of_closure(actor=world.actor("em"), at=at, card=told)
    assert (found.reached, [each.code for each in found.lines]) == (1, [alone.code])
    letters = OutboxMessage.objects.filter(key="dossier.closure").values_list("about", flat=True)
    assert set(letters) == {reached.dossier_id}
    stranger = services.reach_of_closure(actor=world.actor("dung"), at=at, card=told)
    assert [(each.code, each.name, each.phone) for each in stranger.lines] == [(alone.code, "", "")]


def test_whom_to_call_is_read_page_by_page_in_the_same_number_of_queries(world: World) -> None:
    def look(after: str = "") -> tuple[services.ClosureReach, int]:
        with CaptureQueriesContext(connection) as caught:
            found = services.reach_of_closure(actor=world.actor("em"), at=at, card=card, after=after)
        return found, len(caught)

    one = world.accept(world.register())
    made = close(world, THURSDAY)
    at = world.later(minutes=1)
    services.tell_of_closure(closure_id=made.id, is_withdrawn=False, at=at)
    found = agencies.closure(made.id)
    assert found is not None
    card = found
    look()
    (few, asked) = look()
    Dossier.objects.filter(id=one.dossier_id).update(due_at=moment("2024-03-07 08:00"))
    for _ in range(services.CALLED):
        act = world.accept(world.register())
        Dossier.objects.filter(id=act.dossier_id).update(due_at=moment("2024-03-07 09:00"))
    many, again = look()
    assert (few.unreached, many.unreached, len(many.lines), again) == (1, 51, 50, asked)
    rest, _ = look(many.after)
    assert (len(rest.lines), rest.after) == (1, "")
    assert rest.lines[0].dossier_id not in {each.dossier_id for each in many.lines}


THURSDAY = ("2024-03-07 00:00", "2024-03-08 00:00")


def planned(world: World, days: tuple[str, str]) -> services.ClosurePlan:
    return services.plan_closure(actor=world.actor("em"), at=world.later(minutes=1), wish=wish(world, days))


def test_preview_says_which_answers_fall_into_the_closure_and_none_of_them_moves(world: World) -> None:
    """Filed on Monday at eight: to be answered within eight working hours, which end on Tuesday."""
    filed = world.submit(world.draft())
    (task,) = world.state(filed).tasks
    assert task.due_at is not None
    assert task.due_at.date() == moment("2024-03-05 00:00").date()
    (terms,) = planned(world, TUESDAY).terms
    assert (terms.kind, terms.moved, terms.in_vain) == (TermKind.ANSWER, 1, 1)
    (item,) = terms.first
    assert (item.dossier_id, item.reference) == (filed.dossier_id, world.state(filed).filing_number)
    assert (item.due_at, item.new_due_at) == (task.due_at, task.due_at + timedelta(days=1))
    assert (item.name, item.is_in_vain) == ("Nguyễn Văn An", True)
    close(world)
    assert world.state(filed).tasks == (task,)
    assert DossierTask.objects.get(dossier_id=filed.dossier_id).due_at == task.due_at
    later = world.submit(world.draft())
    (with_it,) = world.state(later).tasks
    assert with_it.due_at is not None
    assert with_it.due_at.date() == moment("2024-03-06 00:00").date()


def test_preview_says_which_steps_and_opinions_end_later_and_none_of_them_moves(world: World) -> None:
    act = world.assign(world.hand_over(accepted(world)))
    (step,) = world.state(act).tasks
    assert step.due_at is not None
    act = ask(world, act)
    asked = world.state(act).tasks
    opinion = next(task for task in asked if task.key != step.key)
    assert opinion.due_at is not None
    terms = {each.kind: each for each in planned(world, TUESDAY).terms}
    assert sorted(terms) == [TermKind.OPINION, TermKind.STEP]
    assert [(each.step, each.due_at, each.new_due_at) for each in terms[TermKind.STEP].first] == [
        (step.name, step.due_at, step.due_at + timedelta(days=1))
    ]
    assert [(each.due_at, each.new_due_at) for each in terms[TermKind.OPINION].first] == [
        (opinion.due_at, opinion.due_at + timedelta(days=1))
    ]
    assert (terms[TermKind.STEP].in_vain, terms[TermKind.OPINION].in_vain) == (1, 0)
    close(world)
    assert world.state(act).tasks == asked


def test_preview_leaves_out_terms_that_the_closure_does_not_move(world: World) -> None:
    world.submit(world.draft())  # answered by Tuesday
    paused = world.assign(world.hand_over(accepted(world)))
    services.pause(**world._on(paused, "lan") | {"reason": "Nộp thuế", "ground": "financial_obligation"})
    assert planned(world, ("2024-03-08 00:00", "2024-03-09 00:00")).terms == ()
    assert {each.kind for each in planned(world, TUESDAY).terms} == {TermKind.ANSWER}


def test_preview_names_the_first_few_terms_and_asks_no_query_for_each(world: World) -> None:
    closure = agency_services.planned_closure(actor=world.actor("em"), at=MONDAY, wish=wish(world))
    filed = [world.submit(world.draft()).dossier_id for _ in range(4)]
    queries.touched_terms(world.agency.pk, closure)  # what is kept in memory is kept now
    with CaptureQueriesContext(connection) as asked:
        (terms,) = queries.touched_terms(world.agency.pk, closure, limit=3)
    assert [each.dossier_id for each in terms.first] == filed[:3]  # the earliest due
    assert (terms.moved, terms.in_vain, terms.first[0].name) == (4, 4, "")
    assert len([each for each in asked if "dossiers_" in each["sql"]]) == 1


def test_terms_stand_beside_the_first_page_of_dossiers_only(world: World) -> None:
    world.submit(world.draft())
    asked = {"actor": world.actor("em"), "at": world.later(minutes=1), "wish": wish(world)}
    assert [len(services.plan_closure(**asked, after=each).terms) for each in (None, "", "WzEsMl0=")] == [
        1,
        1,
        0,
    ]


def test_promise_stays_while_new_dossiers_count_with_the_closure(world: World) -> None:
    before = accepted(world)
    promised = world.state(before).due_at
    close(world)
    after = accepted(world)
    new = world.state(after).due_at
    assert promised is not None
    assert new is not None
    assert world.state(before).due_at == promised
    assert world.state(before).measured_due_at == promised
    assert new.date() == promised.date() + timedelta(days=1)
    due = queries.due_of(world.state(before))
    assert due is not None
    assert (due.due_at, due.calendar_changed) == (promised, True)


def test_closure_announced_later_puts_off_nothing_that_counts_as_received(world: World) -> None:
    world.now = moment("2024-03-04 20:00")  # out of hours: counts from Tuesday morning
    before = world.accept(world.submit(world.draft()))
    first = queries.due_of(world.state(before))
    close(world)  # all of Tuesday
    due = queries.due_of(world.state(before))
    assert first is not None
    assert due is not None
    assert due.calendar_changed
    assert due.effective_start == first.effective_start == moment("2024-03-05 07:30")
    after = queries.due_of(world.state(world.accept(world.submit(world.draft()))))
    assert after is not None
    assert after.effective_start.date() == moment("2024-03-06 07:30").date()


def test_term_that_runs_on_after_a_pause_counts_with_the_closure(world: World) -> None:
    act = world.assign(world.hand_over(accepted(world)))
    paused = services.pause(
        **world._on(act, "lan") | {"reason": "Nộp thuế", "ground": "financial_obligation"}
    )
    close(world)
    world.now = moment("2024-03-04 10:00")
    resumed = services.resume(**world._on(paused, "lan") | {"note": "Đã nộp"})
    due_at = world.state(resumed).due_at
    assert due_at is not None
    assert due_at.date() == moment("2024-03-08 00:00").date()


def test_closure_is_in_the_chain_and_officers_are_told(world: World) -> None:
    accepted(world)
    OutboxMessage.objects.all().delete()
    card = close(world)
    (act,) = audit.acts(what=f"agency:{world.agency.pk}")
    assert act.act == "closure_announced"
    assert (act.facts["moved"], act.facts["from"], act.facts["to"]) == (1, "2024-03-05", "2024-03-05")
    told = OutboxMessage.objects.filter(key="desk.closure")
    assert sorted(told.values_list("recipient_name", flat=True)) == [
        "Chi",
        "Dung",
        "Em",
        "Hanh",
        "Khoa",
        "Lan",
    ]
    job = ProcrastinateJob.objects.get(task_name="dossiers.tell_of_closure")
    assert job.args == {"closure_id": card.id, "is_withdrawn": False}


def test_who_would_come_in_vain_is_told_once_and_the_date_stays(world: World) -> None:
    inside = world.accept(world.submit(world.draft()))
    promised = world.state(inside).due_at
    assert promised is not None
    thursday = ("2024-03-07 00:00", "2024-03-08 00:00")
    card = close(world, thursday)
    later = world.accept(world.register())  # promised with the closure: nobody to be told
    at = world.later(minutes=1)
    counts = [services.tell_of_closure(closure_id=card.id, is_withdrawn=False, at=at) for _ in range(2)]
    letters = OutboxMessage.objects.filter(key="dossier.closure")
    assert (counts, card.in_vain) == ([1, 0], 1)
    assert {letter.about for letter in letters} == {inside.dossier_id}
    assert letters[0].context["opening"] == "07 giờ 30 phút, ngày 08 tháng 3 năm 2024"
    assert world.state(inside).due_at == promised
    assert not letters.filter(about=later.dossier_id).exists()


@pytest.mark.parametrize("announced", [False, True])
def test_who_was_told_to_come_for_a_result_that_lies_ready_is_told_of_the_closure(
    world: World, announced: bool
) -> None:
    """With an account: a letter; with a number alone: named to be told in person."""
    written = world.until("announce" if announced else "issue")
    world.now = world.moment("2024-03-04 08:30")
    act = world.accept(world.register())
    alone = world.issue(world.approve(world.propose(world.assign(world.hand_over(act)))))
    plan = planned(world, THURSDAY)
    assert plan.counts.in_vain == 2
    assert plan.reach is not None
    assert (plan.reach.reached, [each.code for each in plan.reach.lines]) == (1, [alone.code])
    card = close(world, THURSDAY)
    assert card.in_vain == 2
    at = world.later(minutes=1)
    assert services.tell_of_closure(closure_id=card.id, is_withdrawn=False, at=at) == 1
    assert OutboxMessage.objects.get(key="dossier.closure", channel="email").about == written.dossier_id
    world.give_back(alone)
    assert [each.id for each in queries.promised_within(world.agency.pk, card.span)] == [
        UUID(written.dossier_id)
    ]


def test_result_that_comes_by_itself_is_not_fetched_before_a_closed_door(world: World) -> None:
    act = world.accept(world.submit(world.draft(delivery=ResultDelivery("postal", "Buôn Ma Thuột"))))
    world.issue(world.approve(world.propose(world.assign(world.hand_over(act)))))
    plan = planned(world, THURSDAY)
    assert (plan.counts.in_vain, plan.reach and plan.reach.reached) == (0, 0)


def test_nobody_is_told_of_a_closure_that_is_over(world: World) -> None:
    world.accept(world.submit(world.draft()))
    card = close(world, ("2024-03-07 00:00", "2024-03-08 00:00"))
    over = moment("2024-03-08 00:00")
    assert services.tell_of_closure(closure_id=card.id, is_withdrawn=False, at=over) == 0
    kept = agencies.closure(card.id)
    assert kept is not None
    assert kept.told_at is None


def test_withdrawn_closure_counts_no_more_and_who_was_told_is_told(world: World) -> None:
    world.accept(world.submit(world.draft()))
    card = close(world, ("2024-03-07 00:00", "2024-03-08 00:00"))
    services.tell_of_closure(closure_id=card.id, is_withdrawn=False, at=world.later(minutes=1))
    services.reopen_agency(actor=world.actor("em"), at=world.later(minutes=1), closure_id=card.id)
    told = services.tell_of_closure(closure_id=card.id, is_withdrawn=True, at=world.later(minutes=1))
    assert told == 1
    assert OutboxMessage.objects.filter(key="dossier.closure_withdrawn").exists()
    assert agencies.calendar_of(world.agency.pk, MONDAY.date()).is_working_day(
        moment("2024-03-07 08:00").date()
    )
    assert [act.act for act in audit.acts(what=f"agency:{world.agency.pk}")] == [
        "closure_withdrawn",
        "closure_announced",
    ]


def test_closure_withdrawn_before_anybody_was_told_tells_nobody(world: World) -> None:
    world.accept(world.submit(world.draft()))
    card = close(world, ("2024-03-07 00:00", "2024-03-08 00:00"))
    services.reopen_agency(actor=world.actor("em"), at=world.later(minutes=1), closure_id=card.id)
    told = [
        services.tell_of_closure(closure_id=card.id, is_withdrawn=each, at=world.later(minutes=1))
        for each in (False, True)
    ]
    assert told == [0, 0]
    close(world, ("2024-03-07 00:00", "2024-03-08 00:00"))  # and the time is free again


def test_closure_that_has_begun_or_is_withdrawn_stays(world: World) -> None:
    card = close(world)
    with pytest.raises(ClosureHasBegun):
        services.reopen_agency(actor=world.actor("em"), at=moment("2024-03-05 08:00"), closure_id=card.id)
    with pytest.raises(Forbidden):
        services.reopen_agency(actor=world.actor("chi"), at=world.now, closure_id=card.id)
    services.reopen_agency(actor=world.actor("em"), at=world.later(minutes=1), closure_id=card.id)
    with pytest.raises(ClosureHasBegun):
        services.reopen_agency(actor=world.actor("em"), at=world.later(minutes=1), closure_id=card.id)
    with pytest.raises(NotFound):
        services.reopen_agency(actor=world.actor("em"), at=world.now, closure_id=card.id + 1)


def test_closure_from_an_old_preview_or_over_another_is_refused(world: World) -> None:
    seen = agencies.closures_mark(world.agency.pk)
    close(world)
    given = {"actor": world.actor("em"), "at": world.later(minutes=1)}
    with pytest.raises(ClosuresChanged):
        services.close_agency(**given, wish=wish(world, WEDNESDAY), seen=seen)
    with pytest.raises(ClosureOverlaps):
        close(world, ("2024-03-05 13:30", "2024-03-05 17:30"))


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_make_one_closure(transactional_db: None) -> None:
    world = with_head(make_world())
    seen, at, actor = agencies.closures_mark(world.agency.pk), world.later(minutes=1), world.actor("em")

    def announce(days: tuple[str, str]) -> object:
        return services.close_agency(actor=actor, at=at, wish=wish(world, days), seen=seen)

    found = at_once(lambda: announce(TUESDAY), lambda: announce(WEDNESDAY))
    assert sorted(type(each).__name__ for each in found) == ["ClosureCard", "ClosuresChanged"]
    assert LocalClosure.objects.count() == 1


def test_closure_of_an_agency_is_not_that_of_the_agencies_below(world: World) -> None:
    below = type(world.agency).objects.create(
        province="dak-lak",
        key="chi-cuc",
        name="Chi cục",
        level="province",
        kind="department",
        parent=world.agency,
    )
    close(world)
    on = moment("2024-03-05 08:00")
    assert agencies.calendar_of(below.pk, MONDAY.date()).is_open(on)
    assert not agencies.calendar_of(world.agency.pk, MONDAY.date()).is_open(on)


def soon(world: World, who: str, at: datetime) -> tuple[list[str], int]:
    """What the list of what is about to be late shows, and what the rail counts."""
    actor = world.actor(who)
    posts = agencies.positions_of(int(actor.id), at.date())
    page = queries.listed(actor, Box.SOON, Choice(), posts=posts, at=at)
    counted = queries.box_counts(actor, posts=posts, at=at).counts[Box.SOON]
    return [item.dossier_id for item in page.items], counted


def test_closure_brings_the_tasks_due_behind_it_to_the_list_in_time(world: World) -> None:
    """Half of eight hours is over at 14:04, and an hour of opening time sooner where two hours behind it are
    closed."""
    act = world.assign(world.hand_over(accepted(world)))
    (task,) = world.state(act).tasks
    assert (task.soon_at, task.due_at) == (moment("2024-03-04 14:04"), moment("2024-03-05 08:04"))
    before, after = moment("2024-03-04 11:03"), moment("2024-03-04 14:10")
    made = close(world, ("2024-03-04 15:30", "2024-03-04 17:30"), at=moment("2024-03-04 09:00"))
    at = moment("2024-03-04 11:04")
    assert soon(world, "dung", before) == ([], 0)
    assert soon(world, "dung", at) == ([act.dossier_id], 1)
    assert services.verify().difference is None  # nothing that events made was written over
    world.now = moment("2024-03-04 09:30")
    world.assign(world.hand_over(accepted(world)))  # reckoned with it already: not brought nearer twice
    assert soon(world, "dung", at) == ([act.dossier_id], 1)
    services.reopen_agency(actor=world.actor("em"), at=moment("2024-03-04 10:00"), closure_id=made.id)
    assert soon(world, "dung", at) == ([], 0)
    assert soon(world, "dung", after)[0][0] == act.dossier_id


@pytest.mark.parametrize(
    ("days", "subject", "english"),
    [
        (TUESDAY, "Cơ quan nghỉ làm việc ngày 05/03/2024", "The agency is closed on 05/03/2024"),
        (
            ("2024-03-05 00:00", "2024-03-07 00:00"),
            "Cơ quan nghỉ làm việc từ 05/03/2024 đến hết 06/03/2024",
            "The agency is closed from 05/03/2024 to 06/03/2024",
        ),
        (
            ("2024-03-05 13:30", "2024-03-05 17:30"),
            "Cơ quan nghỉ làm việc từ 13:30 05/03/2024",
            "The agency is closed from 13:30 05/03/2024",
        ),
    ],
)
def test_notice_of_whole_days_names_days_and_no_midnight(
    world: World, days: tuple[str, str], subject: str, english: str
) -> None:
    close(world, days)
    context = OutboxMessage.objects.filter(key="desk.closure").values_list("context", flat=True)[0]
    told = [wording("desk.closure", context, recipient="Em", language=each) for each in ("vi", "en")]
    assert [each.subject for each in told] == [subject, english]
    assert "00:00" not in "".join(each.body for each in told)
