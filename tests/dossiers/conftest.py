"""The small province, made anew for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.dossiers.world import World, make_world

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.process import queries as process


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Ids are given anew by every test, so nothing that was kept by id may outlive one."""
    for queries in (agencies, catalogue, process):
        queries.forget()
    yield
    for queries in (agencies, catalogue, process):
        queries.forget()


@pytest.fixture
def world(db: None, regulation: str) -> World:
    return make_world(regulation=regulation)
