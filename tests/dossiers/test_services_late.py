"""What was done on paper during an outage, entered afterwards through the same services."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Literal, cast
from unicodedata import normalize

import pytest
from tests.dossiers.world import World, _officer

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import LocalClosure, Position
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Correctable, PauseGround
from motcua.dossiers.errors import (
    BeforeLastEvent,
    DoerHadNoPost,
    EnteredTooLate,
    OutsidePlace,
    OutsideWindow,
    Overtaken,
    PageRequired,
)
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.awaiting import unanswered
from motcua.dossiers.rules.decide import lateness
from motcua.dossiers.rules.decide.overtaken import check_not_overtaken
from motcua.dossiers.rules.state import Consultation, State
from motcua.dossiers.services import Act
from motcua.dossiers.services.late import PaperLog, is_own
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.incidents.errors import EndsBeforeEntry, EvidenceRequired, TooLongAgo
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.dates import ZONE
from motcua.kernel.errors import Forbidden, NotFound
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage
from motcua.theme.refusals import sentence
from motcua.worktime import rules as worktime

pytestmark = pytest.mark.django_db

MORNING = datetime(2024, 3, 5, 9, tzinfo=ZONE)


class Outage:
    """From the world's now for an hour; `inside` is a moment in it, `after` one when all works again."""

    def __init__(self, world: World, scope: Scope = Scope.AGENCY, **place: Any) -> None:
        self.began_at = world.now
        self.inside = world.now + timedelta(minutes=30)
        self.ended_at = world.now + timedelta(hours=1)
        self.after = world.now + timedelta(hours=2)
        world.people["giang"].is_admin = True
        world.people["giang"].save()
        who = {"actor": world.actor("giang"), "at": self.after}
        place = place or {"agency_id": world.agency.pk}
        card = incidents.declare(**who, scope=scope, what="Mất điện", began_at=self.began_at, **place)
        self.id = card.window.id
        incidents.end(**who, incident_id=self.id, ended_at=self.ended_at, remedy="Có điện")

    def log(self, page: str = "12", **changes: Any) -> Any:
        given = {"incident_id": self.id, "page": page, "entered_at": self.after}
        return services.entered_late(**given | changes)


def accept(world: World, act: Act, at: datetime) -> Act:
    return services.accept(
        actor=world.actor("chi"), at=at, dossier_id=act.dossier_id, expected_version=act.version
    )


def test_late_act_has_its_own_moment_and_bears_the_mark(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    world.people["mai"] = _officer("mai")
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["mai"], unit=desk, role=Role.DESK_HEAD.value)
    with outage.log(done_by=" mai "):
        done = accept(world, act, outage.inside)
    state = world.state(done)
    assert (state.accepted_at, state.last_at, done.version) == (outage.inside, outage.inside, 3)
    assert [(e.event, e.page, e.entered_at) for e in state.late_entries] == [(2, "12", outage.after)]
    entry = queries.history(act.dossier_id)[-1]
    assert (entry.kind, entry.seq, entry.late.page, entry.late.done_by) == ("accepted", 2, "12", "mai")
    assert [e.late for e in queries.history(act.dossier_id)[:-1]] == [None]
    assert services.verify().difference is None


def test_what_was_promised_on_paper_is_not_put_off_by_what_was_announced_since(world: World) -> None:
    """Date and notice are counted by the same closures: those that were known at the moment on paper."""
    act, twin = world.register(), world.register()
    outage = Outage(world)
    day = (world.now + timedelta(days=2)).replace(hour=0, minute=0)
    LocalClosure.objects.create(
        agency=world.agency,
        starts_at=day,
        ends_at=day + timedelta(days=1),
        reason="Bão",
        moved=0,
        in_vain=0,
        announced_at=outage.inside + timedelta(minutes=10),
    )
    agencies.forget()
    with outage.log():
        state = world.state(accept(world, act, outage.inside))
    later = world.state(accept(world, twin, outage.after))
    assert state.due_at is not None
    assert later.due_at is not None
    assert later.due_at - state.due_at >= timedelta(days=1)  # promised since then, and known to be closed
    for each in (state, later):
        rules, calendar = law.regulation(each.target.regulation), queries.calendar_of(each, each.received_at)
        letter_by = lateness.letter_due(each, rules, calendar)
        assert letter_by is not None
        ran = worktime.known_at(calendar, each.accepted_at)
        assert ran.open_minutes(letter_by, each.due_at) == 8 * 60
    assert services.verify().difference is None


def test_late_act_is_marked_where_the_public_looks(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    with outage.log():
        done = accept(world, act, outage.inside)
    steps = queries.tracking(world.state(done).code).steps
    assert [(step.kind, step.is_entered_late) for step in steps] == [
        ("registered", False),
        ("accepted", True),
    ]


def test_acts_after_the_log_is_closed_are_not_marked(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    with outage.log():
        act = accept(world, act, outage.inside)
    world.now = outage.after
    assert len(world.state(world.hand_over(act)).late_entries) == 1


def test_dossier_taken_in_on_paper_is_registered_late(world: World) -> None:
    outage = Outage(world)
    with outage.log(page="3"):
        act = world.register(at=outage.inside)
    state = world.state(act)
    assert (state.received_at, [e.event for e in state.late_entries]) == (outage.inside, [1])


@pytest.mark.parametrize(
    ("minutes", "page", "refusal"),
    [
        (-1, "12", OutsideWindow),
        (61, "12", OutsideWindow),
        (30, " ", PageRequired),
    ],
)
def test_late_act_outside_the_window_or_without_a_page_is_refused(
    world: World, minutes: int, page: str, refusal: type[Exception]
) -> None:
    act = world.register()
    world.later(minutes=5)
    outage = Outage(world)
    with pytest.raises(refusal), outage.log(page=page):
        accept(world, act, outage.began_at + timedelta(minutes=minutes))
    assert DossierEvent.objects.filter(dossier_id=act.dossier_id).count() == 1


@pytest.mark.parametrize("minutes", [0, 60])
def test_begin_and_end_belong_to_the_window(world: World, minutes: int) -> None:
    act = world.register()
    outage = Outage(world)
    with outage.log():
        done = accept(world, act, outage.began_at + timedelta(minutes=minutes))
    assert done.status == "accepted"


def hand_over(world: World, act: Act, at: datetime) -> Act:
    return services.hand_over(
        actor=world.actor("chi"),
        at=at,
        dossier_id=act.dossier_id,
        expected_version=act.version,
        task_key=world.task(act),
    )


def test_late_act_before_what_opened_its_task_is_refused_by_its_name(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    world.now = outage.inside + timedelta(minutes=5)
    act = world.accept(act)
    with pytest.raises(Overtaken) as refused, outage.log():
        hand_over(world, act, outage.inside)
    assert refused.value.params == {"event": "accepted", "when": world.state(act).accepted_at}
    assert "Tiếp nhận hồ sơ" in sentence(refused.value)
    assert world.state(act).version == act.version
    with pytest.raises(BeforeLastEvent):  # without a log nothing lies before what was recorded
        hand_over(world, act, outage.inside)


def test_late_act_lies_before_what_does_not_bear_on_it_and_the_newest_moment_stays(world: World) -> None:
    act = world.accept(world.register())
    outage = Outage(world)
    world.now = outage.inside + timedelta(minutes=5)
    act = services.correct(
        **world._on(act, "chi"), what=Correctable.CONTACT, values={"phone": "0905000009"}, reason="Ghi nhầm"
    )
    newest = world.state(act).last_at
    with outage.log():
        done = hand_over(world, act, outage.inside)
    state = world.state(done)
    assert (state.status, state.last_at) == ("in_progress", newest)
    assert [task.opened_at for task in state.tasks] == [outage.inside]
    assert [entry.kind for entry in queries.history(act.dossier_id)][-2:] == ["corrected", "handed_over"]
    assert services.verify().difference is None


_LETTER = events.Extended("Chờ", MORNING, MORNING + timedelta(days=3), True, "1/PXL")
_ANSWER = events.Answered(1, "Đồng ý", None, False, events.Move(closed=("consult-1",)))
_OTHER_STEP = events.StepCompleted("b", "done", events.Move(closed=("b-2",)))
_SAME_STEP = events.SentBack("a", "a", "Thiếu", events.Move(closed=("a-1",)))
_PAUSE = events.Paused(PauseGround.FINANCIAL_OBLIGATION, "Nộp phí")
_WORK = commands.CompleteStep("a-1")
_OPINION = commands.Answer("consult-1", "Đồng ý")
_NEW_DATE = commands.Extend(MORNING.date(), "Chờ")


@pytest.mark.parametrize(
    ("event", "command", "bears"),
    [
        (_LETTER, _WORK, False),
        (_LETTER, _OPINION, False),
        (_LETTER, _NEW_DATE, True),
        (_ANSWER, _WORK, False),
        (_ANSWER, _NEW_DATE, False),
        (_ANSWER, _OPINION, True),
        (_OTHER_STEP, _WORK, False),
        (_OTHER_STEP, _OPINION, False),
        (_OTHER_STEP, _NEW_DATE, True),
        (_SAME_STEP, _WORK, True),
        (_PAUSE, _WORK, True),
        (_PAUSE, _OPINION, True),
        (_PAUSE, _NEW_DATE, True),
    ],
)
def test_what_was_recorded_meanwhile_bears_on_an_act_or_does_not(
    event: events.Event, command: commands.Command, bears: bool
) -> None:
    nothing_open = cast(State, SimpleNamespace(task=lambda key: None))
    with pytest.raises(Overtaken) if bears else nullcontext():
        check_not_overtaken(nothing_open, command, ((event, MORNING),), MORNING - timedelta(hours=1))


def test_decision_on_paper_names_who_had_not_answered_when_it_was_made() -> None:
    hour = timedelta(hours=1)
    asked = Consultation(1, "?", 1, 1, "Công an xã", MORNING, "Dung", MORNING + hour)
    answered = replace(asked, answer="Đồng ý", answered_at=MORNING + 2 * hour)
    state = cast(State, SimpleNamespace(consultations=(answered,)))
    assert unanswered(state, MORNING + hour) == "Công an xã"
    assert unanswered(state, MORNING + 3 * hour) == ""


def test_letter_on_what_was_done_on_paper_bears_the_moment_at_which_it_went(world: World) -> None:
    act = world.submit(world.draft())
    outage = Outage(world)
    with outage.log():
        done = accept(world, act, outage.inside)
    assert world.state(done).accepted_at == outage.inside
    letters = OutboxMessage.objects.filter(about=act.dossier_id, key="dossier.accepted")
    assert {each.posted_at for each in letters} == {outage.after}
    assert {each.settled_at for each in letters if each.channel == "in_app"} == {outage.after}


def test_late_act_of_another_place_is_refused(world: World) -> None:
    act = world.register()
    outage = Outage(world, Scope.DESK, unit_id=world.units[UnitKind.OFFICE].pk)
    with pytest.raises(OutsidePlace), outage.log():
        accept(world, act, outage.inside)


def test_late_act_before_it_is_entered_or_of_no_incident_is_refused(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    with pytest.raises(OutsideWindow), outage.log(entered_at=outage.inside - timedelta(minutes=1)):
        accept(world, act, outage.inside)
    with pytest.raises(NotFound), outage.log(incident_id="0190a0a0-0000-7000-8000-000000000000"):
        accept(world, act, outage.inside)


def test_citizens_enter_nothing_late(world: World) -> None:
    outage = Outage(world)
    with pytest.raises(Forbidden), outage.log():
        world.draft(at=outage.inside)
    assert Dossier.objects.count() == 0


def test_late_act_needs_the_same_right(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    with pytest.raises(Forbidden), outage.log():
        services.accept(
            actor=world.actor("dung"),
            at=outage.inside,
            dossier_id=act.dossier_id,
            expected_version=act.version,
        )


def changed_post(world: World, outage: Outage) -> None:
    """Yen takes over Chi's post at the desk the day after the outage."""
    desk, day = world.units[UnitKind.DESK], outage.began_at.date()
    Position.objects.filter(account=world.people["chi"], unit=desk).update(valid_to=day)
    world.people["yen"] = _officer("yen")
    Position.objects.create(
        account=world.people["yen"], unit=desk, role=Role.RECEIVER.value, valid_from=day + timedelta(days=1)
    )


def accept_as(world: World, who: str, act: Act, at: datetime) -> Act:
    return services.accept(
        actor=world.actor(who), at=at, dossier_id=act.dossier_id, expected_version=act.version
    )


@pytest.mark.clause("KT22-4.4", "PT24-23.8")
def test_who_holds_the_post_no_more_enters_nothing_and_who_took_it_over_enters_what_was_done(
    world: World,
) -> None:
    act = world.register()
    outage = Outage(world)
    changed_post(world, outage)
    later = outage.ended_at + timedelta(days=2)
    with pytest.raises(Forbidden) as refused, outage.log(entered_at=later):
        accept_as(world, "chi", act, outage.inside)
    assert refused.value.clauses
    for nobody in ("", "Khoa", "Nguyễn Văn Lạ"):  # not Yen's to do then, not the clerk's, not a stranger's
        with pytest.raises(DoerHadNoPost) as refused, outage.log(entered_at=later, done_by=nobody):
            accept_as(world, "yen", act, outage.inside)
        assert refused.value.clauses
    assert DossierEvent.objects.filter(dossier_id=act.dossier_id).count() == act.version
    with outage.log(entered_at=later, done_by=world.actor("chi").name):
        done = accept_as(world, "yen", act, outage.inside)
    entry = queries.history(done.dossier_id)[-1]
    assert (entry.actor_name, entry.late.done_by) == (world.actor("yen").name, world.actor("chi").name)


@pytest.mark.parametrize("kept", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_name_in_the_log_is_known_however_its_accents_are_typed(
    world: World, kept: Literal["NFC", "NFD"], typed: Literal["NFC", "NFD"]
) -> None:
    act = world.register()
    outage = Outage(world)
    changed_post(world, outage)
    later = outage.ended_at + timedelta(days=2)
    chi = Account.objects.filter(pk=world.people["chi"].pk)
    chi.update(full_name=normalize(kept, "Lê Thị Chí"))
    with outage.log(entered_at=later, done_by=normalize(typed, "Lê  Thị Chí")):
        done = accept_as(world, "yen", act, outage.inside)
    assert queries.history(done.dossier_id)[-1].kind == "accepted"
    own = PaperLog(str(outage.id), "1", later, normalize(typed, "lê thị chí"))
    assert is_own(own, Actor(ActorKind.OFFICER, "1", normalize(kept, "Lê Thị Chí")))


def test_what_was_taken_in_on_paper_is_registered_by_who_took_the_post_over(world: World) -> None:
    outage = Outage(world)
    changed_post(world, outage)
    later = outage.ended_at + timedelta(days=2)
    with pytest.raises(Forbidden), outage.log(entered_at=later):
        world.register(at=outage.inside)
    with outage.log(entered_at=later, done_by=world.actor("chi").name):
        act = world.register(at=outage.inside, actor=world.actor("yen"))
    assert world.state(act).received_at == outage.inside


def test_outage_declared_weeks_later_does_not_undo_a_late_answer(world: World) -> None:
    act = world.submit(world.draft())
    filed_at = world.state(act).filed_at
    assert filed_at is not None
    world.later(days=21)
    over = {"evidence": "Nhật ký máy chủ", "ended_at": filed_at + timedelta(hours=4), "remedy": "Có điện lại"}
    for said, why in (({}, EvidenceRequired), (over, TooLongAgo)):
        with pytest.raises(why):
            incidents.declare(
                actor=world.actor("hanh"), at=world.now, scope=Scope.AGENCY, what="Mất điện",
                began_at=filed_at, agency_id=world.agency.pk, **said,
            )  # fmt: skip
    done = accept(world, act, world.now)
    assert world.state(done).answered_late_at == world.now


@pytest.mark.parametrize("days", [7, 8])  # five working days: a weekend lies between
def test_log_is_entered_within_working_days_of_the_end(world: World, days: int) -> None:
    act = world.submit(world.draft())
    outage = Outage(world)
    entered_at = outage.ended_at + timedelta(days=days)
    if days == 7:
        with outage.log(entered_at=entered_at):
            done = accept(world, act, outage.inside)
        state = world.state(done)
        assert state.answered_late_at is None
        assert [each.entered_at for each in state.late_entries] == [entered_at]
        return
    with outage.log(entered_at=entered_at), pytest.raises(EnteredTooLate) as caught:
        accept(world, act, outage.inside)
    assert (caught.value.params, caught.value.clauses) == ({"days": 5}, ())
    assert DossierEvent.objects.filter(dossier_id=act.dossier_id).count() == act.version


def test_outage_ends_not_before_what_was_entered_from_its_log(world: World) -> None:
    """Entered while it lasted, it would lie outside of every outage."""
    act, other = world.register(), world.register()
    began, done = world.now, world.now + timedelta(minutes=90)
    lasting = incidents.declare(
        actor=world.actor("hanh"), at=world.later(hours=2), scope=Scope.AGENCY, what="Mất điện",
        began_at=began, agency_id=world.agency.pk,
    )  # fmt: skip
    log = {"incident_id": lasting.window.id, "page": "3", "entered_at": world.now}
    with services.entered_late(**log):
        accept(world, act, done)
    with services.entered_late(**log):
        accept(world, other, done - timedelta(minutes=20))
    said = {
        "actor": world.actor("hanh"),
        "at": world.now,
        "incident_id": lasting.window.id,
        "remedy": "Có điện",
    }
    with pytest.raises(EndsBeforeEntry) as refused:
        incidents.end(**said, ended_at=done - timedelta(minutes=1))
    assert (refused.value.params, refused.value.clauses) == ({"moment": done}, ())
    assert "lúc đó" in sentence(refused.value)
    assert incidents.end(**said, ended_at=done).window.ended_at == done
