"""Giving parts of a dossier to other agencies, at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address
from tests.dossiers.test_services_people import PARALLEL, entrust, ward
from tests.dossiers.world import World, _officer, make_world

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position, Unit
from motcua.desk import clock
from motcua.dossiers.enums import Verb
from motcua.dossiers.services import Act
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


@pytest.fixture
def out(world: World) -> tuple[World, Act, int]:
    """The part of the police lies with another agency: with Quang, whose it is not."""
    unit = Unit.objects.get(agency=ward(world), kind=UnitKind.DIVISION.value)
    world.people["quang"] = quang = _officer("quang")
    Position.objects.create(account=quang, unit=unit, role=Role.UNIT_HEAD.value)
    return world, entrust(world, world.until("assign"), unit.pk, limit="1wd"), unit.pk


def test_part_that_is_out_is_given_once_more_from_the_same_form(
    out: tuple[World, Act, int], at_desk: At
) -> None:
    world, act, unit = out
    dung, page = at_desk("dung"), address(act, Verb.ENTRUST)
    asked = dung.get(page)
    text = asked.content.decode()
    assert "police, đang ở" in text
    assert "Lấy lại, đơn vị thụ lý tự làm" in text
    part = next(task for task in world.state(act).tasks if task.step_key == "police")
    version = str(asked.context["form"]["version"].value())
    given = {"version": version, "step": part.key, "unit": str(world.units[UnitKind.DIVISION].pk)}
    assert set(dung.post(page, given).context["form"].errors) == {"reason"}
    assert set(dung.post(page, given | {"unit": str(unit), "reason": "Nhầm"}).context["form"].errors) == {
        "unit"
    }
    assert world.state(act).version == act.version
    assert dung.post(page, given | {"reason": "Giao nhầm nơi"}).status_code == 302
    back = next(task for task in world.state(act).tasks if task.step_key == "police")
    assert not back.is_given_away
    inbox = at_desk("quang").get(reverse("desk:inbox")).content.decode()
    assert "Phần việc của bạn" in inbox
    shown = dung.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Giao nhầm nơi" in shown


def test_form_of_sending_back_says_which_parts_end(out: tuple[World, Act, int], at_desk: At) -> None:
    world, act, _ = out
    own = next(task for task in world.state(act).tasks if task.step_key == "land")
    part = next(task for task in world.state(act).tasks if task.step_key == "police")
    text = at_desk("dung").get(f"{address(act, Verb.SEND_BACK)}?viec={own.key}").content.decode()
    assert f"phần việc đang giao cũng kết thúc, nơi làm được báo: {part.elsewhere}: police" in text
