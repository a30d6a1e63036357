"""The small province of the dossier tests, seen by citizens at their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client
from tests.dossiers.world import World, make_world

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.portal import who
from motcua.process import queries as process

Browser = Callable[[str], Client]


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
    """The world; the portal's clock follows it, a minute later at each look."""
    made = make_world(regulation=regulation)

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(who, "now", now)
    return made


@pytest.fixture
def browser_of(world: World) -> Browser:
    """`browser_of("an")` is An's browser, logged in."""

    def open_browser(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
        return client

    return open_browser
