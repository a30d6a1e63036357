"""What was late when its clock was stopped stays late: in lists, counts and figures, and after it goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY, World
from tests.resilience.scenery import ask

from motcua.agencies import queries as agencies
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Lateness, PauseGround, Status
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries import boxes
from motcua.dossiers.rules.choices import NO_DUE, Choice
from motcua.dossiers.rules.state import ClockPause, OpenTask, State, SupplementItem
from motcua.dossiers.services import Act
from motcua.dossiers.services.rows import dossier_columns, task_columns
from motcua.kernel.wire import from_wire

pytestmark = pytest.mark.django_db
ASKED = (SupplementItem("paper", "Bản rõ"),)


def due(world: World, act: Act) -> datetime:
    due_at = world.state(act).due_at
    assert due_at is not None
    return due_at


def stopped(world: World, how: str, *, late: bool, asks: bool = False) -> Act:
    """A dossier with its case officer whose clock stands since a day before its due moment, or after."""
    act = world.until("assign")
    if asks:
        act = ask(world, act)
    world.now = due(world, act) + timedelta(days=1 if late else -1)
    if how == "pause":
        act = services.pause(
            **world._on(act, "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế đất"
        )
        return world.tell(act)
    act = services.request_supplement(**world._on(act, "dung"), items=ASKED, reason="Mờ", guidance="Chụp lại")
    return world.release(act)


def shown(world: World, name: str, box: Box, choice: Choice | None = None) -> list[str]:
    posts = agencies.positions_of(world.people[name].pk, world.now.date())
    page = queries.listed(world.actor(name), box, choice or Choice(), posts=posts, at=world.now)
    return [item.dossier_id for item in page.items]


def counted(world: World, name: str, box: Box) -> tuple[int | None, bool]:
    posts = agencies.positions_of(world.people[name].pk, world.now.date())
    rail = queries.box_counts(world.actor(name), posts=posts, at=world.now)
    return rail.counts.get(box), box in rail.late


def overdue_now(world: World) -> int:
    lines = queries.followed(world.agency.province, None, *world.month, world.now)
    return sum(line.overdue for line in lines)


def without_letter(world: World) -> list[str]:
    found, _ = queries.overdue_without_letter(world.agency.province, None, world.now)
    return [each.dossier_id for each in found]


@pytest.mark.clause("DL24-12.6", "DL24-14.4#1")
@pytest.mark.parametrize("how", ["pause", "supplement"])
def test_dossier_stopped_when_it_was_late_stands_wherever_late_ones_do(world: World, how: str) -> None:
    act = stopped(world, how, late=True)
    world.later(days=7)
    mine = [act.dossier_id]
    assert world.state(act).is_paused
    assert (shown(world, "hanh", Box.PRESSING), counted(world, "hanh", Box.PRESSING)) == (mine, (1, True))
    assert (shown(world, "dung", Box.SOON), counted(world, "dung", Box.SOON)) == (mine, (1, True))
    assert (overdue_now(world), without_letter(world)) == (1, mine)
    assert shown(world, "chi", Box.WAITING, Choice(lateness=Lateness.LATE)) == mine
    assert shown(world, "dung", Box.MINE) == []  # nothing can be done there


@pytest.mark.clause("DL24-12.6", "DL24-14.4#1")
@pytest.mark.parametrize("how", ["pause", "supplement"])
def test_dossier_stopped_in_time_stands_in_no_list_of_late_ones(world: World, how: str) -> None:
    act = stopped(world, how, late=False)
    world.later(days=30)
    assert (shown(world, "hanh", Box.PRESSING), counted(world, "hanh", Box.PRESSING)) == ([], (0, False))
    assert (shown(world, "dung", Box.SOON), counted(world, "dung", Box.SOON)) == ([], (0, False))
    assert (overdue_now(world), without_letter(world)) == (0, [])
    assert shown(world, "chi", Box.WAITING, Choice(lateness=Lateness.LATE)) == []
    assert shown(world, "chi", Box.WAITING) == [act.dossier_id]


def test_what_stopped_late_is_late_when_it_goes_on_and_ends_and_its_date_stays(world: World) -> None:
    act = stopped(world, "pause", late=True)
    was = due(world, act)
    world.later(days=7)
    act = services.resume(**world._on(act, "dung"), note="Đã nộp")
    assert (due(world, act), overdue_now(world)) == (was, 1)
    assert world.state(act).is_overdue(world.now)
    act = world.issue(world.approve(world.propose(act)))
    assert (world.state(act).is_late, world.state(act).is_overdue(world.now)) == (True, False)
    assert (overdue_now(world), shown(world, "hanh", Box.PRESSING)) == (0, [])


def test_whoever_has_a_dossier_that_stopped_late_can_be_urged(world: World) -> None:
    chosen = [stopped(world, "pause", late=late).dossier_id for late in (False, True)]
    found = services.steered(actor=world.actor("lan"), at=world.now, dossier_ids=chosen, why="Đôn đốc")
    assert [len(each.lies_with) for each in found] == [0, 1]


def test_rows_that_are_late_are_found_by_their_indexes(world: World) -> None:
    """The queries must be written as the indexes are, or a list reads every dossier of the province."""
    stopped(world, "pause", late=True)
    posts = agencies.positions_of(world.people["dung"].pk, world.now.date())
    late = Dossier.objects.filter(
        agency_id=1, finished_at__isnull=True, ended_at__isnull=True, stands_still=False, due_at__lt=world.now
    )
    running = late.filter(is_paused=False)
    soon = boxes._is_soon(world.now, ())
    mine = DossierTask.objects.filter(soon, officer_id=5)
    ours = DossierTask.objects.filter(soon, unit_id=5, role="receiver", officer__isnull=True)
    open_now = DossierTask.objects.filter(officer_id=5, is_paused=False)
    assert boxes.soon(world.actor("dung"), posts, world.now, ()).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")  # else any index will do for so few rows
    assert "dossier_open_by_due" in late.order_by("due_at", "id").explain()
    assert "dossier_open_by_due" in running.order_by("due_at", "id").explain()
    for rows, index in ((mine, "task_of_officer"), (ours, "task_of_unit"), (open_now, "task_of_officer")):
        assert index in rows.order_by("sort_at", "dossier_id", "key").explain()


DUE = MONDAY + timedelta(days=2)
STATE = State(Status.AWAITING_PAYMENT, 1, TARGET, CONTENTS, due_at=DUE)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(("kind", "runs"), [("process", False), ("consult", True)])
def test_task_of_a_dossier_that_stopped_is_late_by_what_runs_only(kind: str, runs: bool, late: bool) -> None:
    start = DUE + timedelta(minutes=1) if late else DUE
    state = replace(STATE, pauses=(ClockPause(start, "financial_obligation"),))
    own, mark = DUE + timedelta(days=3), DUE + timedelta(days=1)
    task = OpenTask("k", "s", kind, "n", "receiver", 1, MONDAY, due_at=own, soon_at=mark)
    columns = task_columns(task, state)
    assert (columns["soon_at"], columns["sort_at"]) == ((DUE, DUE) if late else (mark if runs else None, own))
    assert dossier_columns(state)["stands_still"] is not late
    without_end = task_columns(replace(task, due_at=None, soon_at=None), state)
    assert without_end["sort_at"] == (DUE if late else NO_DUE)


@pytest.mark.parametrize("how", ["pause", "supplement"])
@pytest.mark.parametrize("late", [False, True])
def test_stored_dossiers_get_the_columns_that_their_events_give(world: World, how: str, late: bool) -> None:
    stopped(world, how, late=late, asks=True)
    world.accept(world.submit(world.draft()))
    wanted = rows()
    as_before()
    fill = import_module("motcua.dossiers.migrations.0029_stopped_when_late")
    with connection.cursor() as cursor:
        for statement in (fill.STANDS_STILL, fill.HALTED, fill.STOPPED_LATE):
            cursor.execute(statement)
    assert rows() == wanted


def rows() -> Any:
    dossiers = Dossier.objects.order_by("id").values_list("id", "stands_still")
    tasks = DossierTask.objects.order_by("dossier_id", "key")
    return list(dossiers), list(tasks.values_list("dossier_id", "key", "sort_at", "soon_at", "is_paused"))


def as_before() -> None:
    """As releases before wrote the rows."""
    Dossier.objects.update(stands_still=False)
    for row in Dossier.objects.all():
        state = from_wire(State, row.state)
        for task in state.tasks:
            marks = [at for at in (task.soon_at or task.due_at, state.measured_due_at) if at]
            ends = [at for at in (task.due_at, state.measured_due_at) if at]
            DossierTask.objects.filter(dossier_id=row.id, key=task.key).update(
                sort_at=min(ends, default=NO_DUE), soon_at=min(marks, default=None)
            )
