"""Two people act at once: real threads, real transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection
from tests.dossiers.test_services_turns import ask
from tests.dossiers.world import World, make_world

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.catalogue import services as catalogue
from motcua.catalogue.models import Promise
from motcua.catalogue.services import PromiseWish
from motcua.dossiers import services
from motcua.dossiers.enums import Correctable, Status
from motcua.dossiers.errors import FiledAnew, Stale, WrongState
from motcua.dossiers.models import CodeSerial, Dossier
from motcua.dossiers.rules.state import DocumentRef
from motcua.dossiers.services import late
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.incidents.errors import EndsBeforeEntry
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.limits import TimeLimit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    return make_world()  # type: ignore[return-value]


def alone(work: Callable[[], Any]) -> Any:
    """Run the work on a thread's own connection; a refusal comes back as a value."""
    try:
        return work()
    except Refusal as refusal:
        return refusal
    finally:
        connection.close()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run the works in threads that start together; refusals come back as values."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        barrier.wait(10)
        return alone(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@contextmanager
def cutting_in(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, work: Callable[[], object]
) -> Iterator[list[Any]]:
    """The first call of `where.name` lets another begin with the work, and goes on when that waits for the
    caller's transaction or has ended; in the list is then what came of it."""
    own = getattr(where, name)
    came: list[Any] = []
    begun: list[Future[Any]] = []
    with ThreadPoolExecutor(1) as pool:

        def called(*given: Any, **named: Any) -> Any:
            if not begun:
                begun.append(pool.submit(alone, work))
                until_it_waits(begun[0])
            return own(*given, **named)

        monkeypatch.setattr(where, name, called)
        yield came
        monkeypatch.setattr(where, name, own)
        came.append(begun[0].result(timeout=20))


def until_it_waits(other: Future[Any]) -> None:
    waits = "SELECT EXISTS(SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waits)
            if other.done() or cursor.fetchone() == (True,):
                return
        sleep(0.05)
    raise AssertionError("it neither waits nor ends")


def test_accepting_many_at_once_gives_codes_without_gap_or_duplicate(world: World) -> None:
    acts = [world.register() for _ in range(12)]
    at = world.later(minutes=5)
    chi = world.actor("chi")

    def accept(act: services.Act) -> Callable[[], object]:
        return lambda: services.accept(
            actor=chi, at=at, dossier_id=act.dossier_id, expected_version=act.version
        )

    at_once(*(accept(act) for act in acts))

    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"000.00.15.H15-240304-{number:04d}" for number in range(1, 13)]


def test_serial_goes_on_with_five_digits_past_9999(world: World) -> None:
    CodeSerial.objects.create(agency_code="000.00.15.H15", on_day="2024-03-04", last=9999)
    assert world.accept(world.register()).code == "000.00.15.H15-240304-10000"


def test_refused_acceptance_leaves_no_gap(world: World) -> None:
    act = world.register(documents=())
    with pytest.raises(Refusal):
        world.accept(act)
    assert world.accept(world.register()).code == "000.00.15.H15-240304-0001"


def test_two_officers_on_one_page_one_acts_and_the_other_is_told(world: World) -> None:
    act = world.submit(world.draft())
    at = world.later(minutes=5)
    chi = world.actor("chi")
    one = {"actor": chi, "at": at, "dossier_id": act.dossier_id, "expected_version": act.version}

    answers = at_once(
        lambda: services.accept(**one),
        lambda: services.decline(
            **one, ground="by_law", provision="Điều 17 Nghị định số 61/2018/NĐ-CP", reason="Theo quy định"
        ),
    )

    refused = [answer for answer in answers if isinstance(answer, Stale | WrongState)]
    assert len(refused) == 1
    assert world.state(act).version == act.version + 1
    assert services.verify().difference is None


def test_taking_a_decision_back_while_its_result_is_numbered_is_one_of_both(world: World) -> None:
    act = world.until("approve")
    at = world.later(minutes=5)
    on = {"at": at, "dossier_id": act.dossier_id, "expected_version": act.version}
    task, hanh, khoa = world.task(act), world.actor("hanh"), world.actor("khoa")

    answers = at_once(
        lambda: services.correct(**on, actor=hanh, what=Correctable.DECISION, reason="Bấm nhầm"),
        lambda: services.issue_result(**on, actor=khoa, task_key=task, number="1/GP", name="Giấy phép"),
    )

    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    assert world.state(act).version == act.version + 1
    assert services.verify().difference is None


def test_two_who_take_a_decline_back_at_once_take_it_back_once(world: World) -> None:
    act = world.submit(world.draft())
    given = {"ground": "by_law", "reason": "Theo quy định", "provision": "Điều 17 Nghị định số 61/2018/NĐ-CP"}
    act = services.decline(**world._on(act, "chi"), **given)
    Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD
    )
    at = world.later(minutes=5)
    on = {"at": at, "dossier_id": act.dossier_id, "expected_version": act.version}
    both = [world.actor("chi"), world.actor("giang")]

    def back(actor: Actor) -> Callable[[], object]:
        return lambda: services.correct(**on, actor=actor, what=Correctable.DECLINE, reason="Bấm nhầm")

    answers = at_once(*(back(actor) for actor in both))

    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    assert world.state(act).version == act.version + 1
    assert services.verify().difference is None


@pytest.mark.parametrize("by", ["giang", "chi"])
def test_two_who_take_an_ending_back_at_once_take_it_back_once(world: World, by: str) -> None:
    """Two officers, or one who presses twice."""
    act = world.withdraw_at_desk(world.until("assign"))
    Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD
    )
    at = world.later(minutes=5)
    on = {"at": at, "dossier_id": act.dossier_id, "expected_version": act.version}
    both = [world.actor("chi"), world.actor(by)]

    def back(actor: Actor) -> Callable[[], object]:
        return lambda: services.correct(**on, actor=actor, what=Correctable.ENDING, reason="Ghi nhầm")

    answers = at_once(*(back(actor) for actor in both))

    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    state = world.state(act)
    assert (state.version, state.status) == (act.version + 1, Status.IN_PROGRESS)
    assert len(state.tasks) == 1
    assert services.verify().difference is None


def test_filing_anew_while_an_ending_is_taken_back_breaks_nothing(world: World) -> None:
    act = world.withdraw_at_desk(world.until("assign"))
    anew, chi, at = world.draft(), world.actor("chi"), world.later(minutes=5)
    on = {"at": at, "dossier_id": act.dossier_id, "expected_version": act.version, "actor": chi}

    answers = at_once(
        lambda: services.correct(**on, what=Correctable.ENDING, reason="Ghi nhầm"),
        lambda: world.submit(anew, at=at),
    )

    assert getattr(answers[1], "status", None) == "submitted"
    is_refused = isinstance(answers[0], FiledAnew)
    assert world.state(act).status == ("withdrawn" if is_refused else "in_progress")
    assert services.verify().difference is None


def test_supplement_that_comes_while_its_request_is_taken_back_is_one_of_both(world: World) -> None:
    """Who comes second is told so: what was brought is looked at, or nothing has to be brought."""
    act = ask(world, world.submit(world.draft()), "chi")
    chi, an, at = world.actor("chi"), world.actor("an"), world.later(minutes=5)
    on = {"at": at, "dossier_id": act.dossier_id, "expected_version": act.version}
    papers = (DocumentRef("paper", originals=1),)

    answers = at_once(
        lambda: services.correct(**on, actor=chi, what=Correctable.SUPPLEMENT, reason="Bấm nhầm"),
        lambda: services.supplement(**on, actor=an, documents=papers),
    )

    (refused,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert isinstance(refused, Stale)
    state = world.state(act)
    (asked,) = state.supplements
    is_taken_back = refused is answers[1]
    assert (asked.taken_back_at is not None, asked.answered_at is not None) == (
        is_taken_back,
        not is_taken_back,
    )
    assert (state.version, state.status) == (act.version + 1, Status.SUBMITTED)
    assert services.verify().difference is None


def test_filing_anew_while_a_decline_is_taken_back_breaks_nothing(world: World) -> None:
    """Either the desk is told of the new one, or it came as if right after the old one stood again."""
    act = world.submit(world.draft())
    act = services.decline(
        **world._on(act, "chi"),
        ground="by_law",
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason="Theo quy định",
    )
    anew, chi, at = world.draft(), world.actor("chi"), world.later(minutes=5)
    on = {"at": at, "dossier_id": act.dossier_id, "expected_version": act.version, "actor": chi}

    answers = at_once(
        lambda: services.correct(**on, what=Correctable.DECLINE, reason="Bấm nhầm"),
        lambda: world.submit(anew, at=at),
    )

    assert getattr(answers[1], "status", None) == "submitted"
    is_refused = isinstance(answers[0], FiledAnew)
    assert world.state(act).status == ("declined" if is_refused else "submitted")
    assert services.verify().difference is None


def test_double_press_at_the_counter_is_one_dossier(world: World) -> None:
    at = world.later(minutes=1)
    answers = at_once(*(lambda: world.register(submission_key="one", at=at) for _ in range(4)))
    assert len({getattr(answer, "dossier_id", None) for answer in answers}) == 1
    assert Dossier.objects.count() == 1


def test_double_press_online_is_one_submission(world: World) -> None:
    act = world.draft()
    at = world.later(minutes=1)
    answers = at_once(*(lambda: world.submit(act, at=at) for _ in range(3)))
    assert {getattr(answer, "version", None) for answer in answers} == {2}


def test_one_key_for_several_drafts_sent_at_once_is_one_submission_and_refusals(world: World) -> None:
    drafts = [world.draft() for _ in range(4)]
    at = world.later(minutes=1)
    answers = at_once(
        *[lambda draft=draft: world.submit(draft, at=at, submission_key="one") for draft in drafts]
    )
    assert sorted(type(each).__name__ for each in answers) == ["Act", *["KeyTaken"] * 3]
    assert Dossier.objects.exclude(status="draft").count() == 1
    assert services.verify().difference is None


def test_two_first_promises_at_once_are_one_and_a_refusal(world: World) -> None:
    """Nothing but the competence is there to wait for."""
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    given = {"actor": world.actor("lan"), "at": world.now, "agency_id": world.agency.pk}
    wish = PromiseWish("1.000001", TimeLimit.parse("2wd"), "12/TB-STP", world.now.date())
    seen = catalogue.planned_promise(**given, wish=wish).seen
    done = at_once(*[lambda: catalogue.make_promise(**given, wish=wish, seen=seen)] * 2)
    assert sorted(type(each).__name__ for each in done) == ["BadPromise", "NoneType"]
    assert Promise.objects.count() == 1


def test_outage_is_not_ended_while_something_before_its_end_is_entered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends it waits for the entry, and then sees it."""
    act = world.register()
    began, done = world.now, world.now + timedelta(minutes=50)
    hanh, at = world.actor("hanh"), world.later(hours=2)
    lasting = incidents.declare(
        actor=hanh, at=at, scope=Scope.AGENCY, what="Mất điện", began_at=began, agency_id=world.agency.pk
    )
    incident_id = lasting.window.id

    def end() -> object:
        return incidents.end(
            actor=hanh, at=at, incident_id=incident_id, ended_at=done - timedelta(minutes=5), remedy="Có điện"
        )

    log = services.entered_late(incident_id=incident_id, page="3", entered_at=at)
    with cutting_in(monkeypatch, late, "entered", end) as came, log:
        services.accept(
            actor=world.actor("chi"), at=done, dossier_id=act.dossier_id, expected_version=act.version
        )
    assert isinstance(came[0], EndsBeforeEntry)
