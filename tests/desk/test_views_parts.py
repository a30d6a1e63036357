"""Giving parts of a dossier to other agencies, at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address
from tests.dossiers.test_services_people import PARALLEL
from tests.dossiers.world import World, make_world

from motcua.desk import clock
from motcua.dossiers.enums import Verb
from motcua.theme.wording import short_moment


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, regulation: str) -> World:
    """Its process does two parts at once; only one of them has a term."""
    rows = tuple(replace(step, limit=None) if step.key == "police" else step for step in PARALLEL)
    made = make_world(rows=rows, regulation=regulation)

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(clock, "now", now)
    return made


def test_form_says_of_every_part_by_when_it_must_be_done(world: World, at_desk: At) -> None:
    act = world.until("assign")
    state = world.state(act)
    land = next(task for task in state.tasks if task.step_key == "land")
    assert state.due_at is not None
    assert land.due_at is not None
    assert land.due_at < state.due_at
    text = at_desk("dung").get(address(act, Verb.ENTRUST)).content.decode()
    assert f"police, xong chậm nhất {short_moment(state.due_at)}" in text
    assert f"land, xong chậm nhất {short_moment(land.due_at)}" in text
    assert "không muộn hơn lúc ghi ở từng phần việc" in text
