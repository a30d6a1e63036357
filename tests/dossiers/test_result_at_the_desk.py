"""A dossier is done when its result lies at the desk, not when it has its number; one that ends without a
result is late if it was."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.dossiers.test_queries_lists import ids, listed
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY, STEPS, World, next_version, steps

from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Correctable, Decision, Lateness, Status, Verb
from motcua.dossiers.errors import WrongState
from motcua.dossiers.models import Dossier, DossierTask, SettlingTime
from motcua.dossiers.queries import lines
from motcua.dossiers.rules import events, fold
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.services import Act
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition

BRING = ("bring", StepKind.CLERICAL, None)
RETURN = OpenTask("return-9", "return", "return", "Trả kết quả", "receiver", 1, MONDAY)
DECIDED = State(Status.DECIDED, 5, TARGET, CONTENTS, decision=Decision.GRANT, accepted_at=MONDAY)
LATER = MONDAY + timedelta(days=2)


def kept(world: World) -> Act:
    """A result that has its number; the clerk still has to bring it to the desk."""
    rows = steps((*STEPS[:-1], BRING, STEPS[-1]))
    next_version(world, ProcessDefinition(0, "Quy trình", world.version.procedure.code, rows))
    return world.issue(world.until("approve"))


def bring(world: World, act: Act) -> Act:
    return services.complete_step(**world._on_task(act, "khoa"))


def due(world: World, act: Act) -> datetime:
    found = world.state(act).due_at
    assert found is not None
    return found


def test_number_that_opens_no_return_leaves_the_dossier_open_until_a_step_does() -> None:
    issued = events.ResultIssued("1", "Giấy phép", None, events.Move(), is_on_its_way=True)
    on_its_way = fold(DECIDED, issued, MONDAY)
    assert (on_its_way.status, on_its_way.finished_at) == (Status.RESULT_ISSUED, None)
    passed_on = fold(on_its_way, events.StepCompleted("seal", "next", events.Move()), LATER)
    assert passed_on.finished_at is None
    brought = events.StepCompleted("bring", "next", events.Move(opened=(RETURN,)))
    assert fold(passed_on, brought, LATER).finished_at == LATER


def test_results_of_before_ended_with_their_number_and_still_do() -> None:
    issued = fold(DECIDED, events.ResultIssued("1", "Giấy phép", None, events.Move()), MONDAY)
    assert issued.finished_at == MONDAY
    brought = events.StepCompleted("bring", "next", events.Move(opened=(RETURN,)))
    assert fold(issued, brought, LATER).finished_at == MONDAY


@pytest.mark.django_db
def test_result_that_is_kept_is_overdue_everywhere_and_counts_when_it_comes(world: World) -> None:
    act = kept(world)
    here, late = world.agency.province, due(world, act) + timedelta(hours=3)
    assert SettlingTime.objects.count() == 0
    (line,) = queries.followed(here, None, *world.month, late)
    assert (line.overdue, line.finished_late, line.letter_missed) == (1, 0, 0)
    owed, _ = queries.overdue_without_letter(here, None, late)
    assert [each.reference for each in owed] == [world.state(act).code]
    assert DossierTask.objects.get(soon_at__lte=late).step_key == "bring"
    world.now = late
    bring(world, act)
    (line,) = queries.followed(here, None, *world.month, world.now)
    assert (line.overdue, line.finished_late, line.letter_missed) == (0, 1, 1)
    assert queries.overdue_without_letter(here, None, world.now)[0] == ()
    assert SettlingTime.objects.count() == 1
    assert services.verify().difference is None


@pytest.mark.django_db
def test_letter_is_offered_until_the_result_is_at_the_desk(world: World) -> None:
    act, leader = kept(world), world.actor("hanh")

    def offered() -> bool:
        view = services.open_dossier(actor=leader, dossier_id=act.dossier_id, at=world.now, why="test")
        return Verb.EXTEND in {each.verb for each in view.verbs}

    assert offered()
    act = bring(world, act)
    assert not offered()
    with pytest.raises(WrongState):
        services.extend(
            **world._on(act, "hanh") | {"new_day": world.now.date() + timedelta(days=7), "reason": "Chậm"}
        )


def followed(world: World, at: datetime) -> tuple[int, int, int]:
    (line,) = queries.followed(world.agency.province, None, *world.month, at)
    return line.overdue, line.finished_late, line.letter_missed


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["withdraw_at_desk", "stop"])
def test_overdue_dossier_that_ends_moves_to_what_is_late_and_back(world: World, ending: str) -> None:
    act = world.until("assign")
    world.now = due(world, act) + timedelta(hours=2)
    assert followed(world, world.now) == (1, 0, 0)
    act = getattr(world, ending)(act)
    assert followed(world, world.now) == (0, 1, 1)
    assert world.state(act).is_late
    back = {"what": Correctable.ENDING, "values": {}, "reason": "Nhầm hồ sơ"}
    act = services.correct(**world._on(act, "chi") | back)
    assert followed(world, world.now) == (1, 0, 0)
    assert services.verify().difference is None


@pytest.mark.django_db
def test_lists_and_exports_say_how_late_a_dossier_ended_and_of_no_other(world: World) -> None:
    late, in_time, stood = (world.until("assign") for _ in range(3))
    stood = services.pause(**world._on(stood, "dung") | {"reason": "Chờ nộp thuế"})
    world.withdraw_at_desk(in_time)
    world.now = due(world, late) + timedelta(days=1)
    world.withdraw_at_desk(late)
    world.stop(stood)
    rows = Dossier.objects.annotate(end=lines.broken_off_of())
    ends = {str(row.id): row.end for row in rows}
    assert ends == {each.dossier_id: world.state(each).broken_off_at for each in (late, in_time, stood)}
    done = listed(world, "chi", Box.DONE, Choice(lateness=Lateness.LATE), at=world.now + timedelta(days=9))
    assert ids(done) == [late.dossier_id]
