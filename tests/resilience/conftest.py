"""The small province of the dossier tests behind both faces, for whoever wants to break it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings
from tests.dossiers.world import World, make_world

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
def _nothing_remembered() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


@pytest.fixture(autouse=True)
def _quick_hasher(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    return world_with_clocks(monkeypatch)


def world_with_clocks(patch: pytest.MonkeyPatch) -> World:
    """The world; the clocks of both faces follow it, a second later at each look."""
    made = make_world()

    def now() -> datetime:
        return made.later(seconds=1)

    patch.setattr(clock, "now", now)
    patch.setattr(who, "now", now)
    return made
