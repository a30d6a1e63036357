"""A dossier counts as settled once its result lies at the desk, wherever that is counted."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from tests.dossiers.world import World

from motcua.dossiers import queries, services
from motcua.dossiers.models import DailyFigure

pytestmark = pytest.mark.django_db


def settled(world: World) -> int:
    day = world.now.date()
    return sum(each.settled for each in queries.followed(world.agency.province, None, day, day, world.now))


def test_decision_alone_settles_nothing_and_its_result_does(world: World) -> None:
    act = world.until("approve")
    assert settled(world) == 0
    act = world.issue(act)
    assert settled(world) == 1
    world.give_back(world.announce(act))
    assert settled(world) == 1
    assert services.verify().difference is None


def test_what_is_withdrawn_after_its_decision_was_never_settled(world: World) -> None:
    act = world.until("approve")
    services.withdraw(**world._on(act, "an"), reason="Không còn nhu cầu")
    assert settled(world) == 0
    assert services.verify().difference is None


def test_figures_counted_at_the_decision_are_put_right_by_the_migration(world: World) -> None:
    world.until("approve")
    world.until("issue")
    world.issue(world.refuse(world.until("propose")), name="Thông báo")
    right = set(DailyFigure.objects.values_list("agency_id", "on_day", "figure", "count"))
    assert {"granted", "refused"} <= {figure for _, _, figure, _ in right}
    DailyFigure.objects.filter(figure="granted").update(count=2)
    assert services.verify().difference is not None
    with connection.cursor() as cursor:
        cursor.execute(import_module("motcua.dossiers.migrations.0034_settled_when_done").SETTLED)
    assert set(DailyFigure.objects.values_list("agency_id", "on_day", "figure", "count")) == right
    assert services.verify().difference is None
