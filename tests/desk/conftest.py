"""The small province of the dossier tests, seen from the desk: officers at their browsers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client
from tests.dossiers.world import World, make_world

from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.desk import clock
from motcua.process import queries as process

At = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Ids are given anew by every test, so nothing that was kept by id may outlive one."""
    for queries in (agencies, catalogue, process):
        queries.forget()
    yield
    for queries in (agencies, catalogue, process):
        queries.forget()


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, regulation: str) -> World:
    """The world; the desk's clock follows it, a minute later at each look."""
    made = make_world(regulation=regulation)

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(clock, "now", now)
    return made


@pytest.fixture
def at_desk(world: World) -> At:
    """`at_desk("chi")` is Chi's browser, logged in."""

    def open_browser(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
        session = client.session
        session[SEEN_AT] = int(time.time())
        session.save()
        return client

    return open_browser
