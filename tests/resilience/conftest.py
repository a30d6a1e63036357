"""The small province of the dossier tests behind both faces, for whoever wants to break it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests.dossiers.world import World, make_world
from tests.regulations import USUAL
from tests.resilience import scenery
from tests.resilience.hostile import Site

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.desk import clock
from motcua.portal import who
from motcua.process import queries as process


def forget_all() -> None:
    """Ids are given anew by every test, so nothing that was kept by id may outlive one."""
    for queries in (agencies, catalogue, process):
        queries.forget()


@pytest.fixture(autouse=True)
def _nothing_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Except where the rows stay through a module, and what is kept by id with them."""
    rows_stay = {"site", "server"} & set(request.fixturenames)
    if not rows_stay:
        forget_all()
    yield
    if not rows_stay:
        forget_all()


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, regulation: str) -> World:
    return world_with_clocks(monkeypatch, regulation)


def world_with_clocks(patch: pytest.MonkeyPatch, regulation: str = USUAL) -> World:
    """The world; the clocks of both faces follow it, a second later at each look."""
    made = make_world(regulation=regulation)

    def now() -> datetime:
        return made.later(seconds=1)

    patch.setattr(clock, "now", now)
    patch.setattr(who, "now", now)
    return made


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Made and committed once for all the tests here: each takes back what it does."""
    forget_all()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        world = world_with_clocks(patch)
        world.people["admin"] = Account.objects.create(
            kind="officer", username="admin", full_name="Quản trị", is_admin=True, created_at=world.now
        )
        there = scenery.make_scenery(world)
        names = ("an", "binh", "chi", "dung", "lan", "hanh", "khoa", "giang", "quang", "admin")
        clients = {name: scenery.browser(world.people[name]) for name in names}
        connection.close()
        yield Site(there, clients | {"": scenery.browser(None)})
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True, inhibit_post_migrate=True)
        connection.close()
    forget_all()
