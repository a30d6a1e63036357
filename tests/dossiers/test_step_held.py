"""A step that waits behind a supplement request is nobody's work until the request has gone its way."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from tests.dossiers.test_services_turns import ASK
from tests.dossiers.test_stopped_late import counted, shown
from tests.dossiers.world import World

from motcua.dossiers import services
from motcua.dossiers.enums import Box
from motcua.dossiers.models import DossierTask
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db


def proposed(world: World) -> Act:
    return services.request_supplement(**world._on(world.until("assign"), "dung") | ASK)


def task(world: World, act: Act, kind: str) -> str:
    return next(each.key for each in world.state(act).tasks if each.kind == kind)


def test_step_leaves_the_lists_and_counts_of_whoever_settles_while_its_request_waits(world: World) -> None:
    act = world.until("assign")
    assert shown(world, "dung", Box.MINE) == [act.dossier_id]
    assert counted(world, "dung", Box.MINE) == (1, False)
    act = services.request_supplement(**world._on(act, "dung") | ASK)
    for waits in ("hanh", "chi"):  # the control of the leader, then the sending by the desk
        assert shown(world, "dung", Box.MINE) == []
        assert counted(world, "dung", Box.MINE) == (0, False)
        assert shown(world, "dung", Box.OTHERS) == [act.dossier_id]  # what it waits for, once
        assert act.dossier_id in shown(world, waits, Box.APPROVALS if waits == "hanh" else Box.UNIT)
        if waits == "hanh":
            act = services.release_supplement(**world._on(act, waits), task_key=task(world, act, "control"))


def test_step_presses_nobody_who_cannot_do_it_but_the_dossier_does_whoever_can(world: World) -> None:
    act = proposed(world)
    due_at = world.state(act).due_at
    assert due_at is not None
    world.now = due_at + timedelta(hours=1)
    assert shown(world, "dung", Box.SOON) == []
    assert shown(world, "hanh", Box.SOON) == [act.dossier_id]
    assert shown(world, "hanh", Box.PRESSING) == [act.dossier_id]  # once: the control, not the step besides


def test_step_is_there_again_when_the_request_is_sent_back(world: World) -> None:
    act = proposed(world)
    control = task(world, act, "control")
    act = services.return_supplement(**world._on(act, "hanh"), task_key=control, reason="Đã có trong hồ sơ")
    assert shown(world, "dung", Box.MINE) == [act.dossier_id]
    assert counted(world, "dung", Box.MINE) == (1, False)
    assert services.verify().difference is None


def test_steps_held_before_are_found_by_the_migration(world: World) -> None:
    proposed(world)
    services.release_supplement(
        **world._on(act := proposed(world), "hanh"), task_key=task(world, act, "control")
    )
    world.until("assign")
    columns = ("dossier_id", "key", "is_held", "soon_at", "settling_unit_id", "is_assigned")
    wanted = list(DossierTask.objects.order_by("pk").values_list(*columns))
    assert sum(row[2] for row in wanted) == 2
    DossierTask.objects.filter(is_held=True).update(is_held=False, soon_at=world.now)
    DossierTask.objects.update(settling_unit=None, is_assigned=False)
    with connection.cursor() as cursor:
        filled = import_module("motcua.dossiers.migrations.0033_task_is_held")
        for statement in (filled.HELD, filled.WHOSE):
            cursor.execute(statement)
    assert list(DossierTask.objects.order_by("pk").values_list(*columns)) == wanted
