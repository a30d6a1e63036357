"""Steps at another level: whose they are, who may read meanwhile, and what stays with the lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dossiers.wards import ward
from tests.dossiers.world import World, make_world, sheet, steps

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Correctable, Verb
from motcua.dossiers.errors import WrongTask
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage
from motcua.process import queries as process

pytestmark = pytest.mark.django_db


def world_with(place: str, key: str = "examine") -> World:
    """A world whose process gives one step to the agency that `place` names."""
    agencies.forget()
    process.forget()
    rows = tuple(replace(each, place=place) if each.key == key else each for each in steps())
    made = make_world(sheet(), rows)
    _committee(made)
    return made


def _committee(world: World) -> Agency:
    """The provincial committee above the department, with Quý in its division."""
    above = Agency.objects.create(
        province="dak-lak",
        key="ubnd-tinh",
        code="H15",
        name="UBND tỉnh",
        level=AgencyLevel.CENTRAL,
        kind=AgencyKind.PROVINCE_COMMITTEE,
    )
    for kind in UnitKind:
        Unit.objects.create(agency=above, key=f"tinh-{kind.value}", name=kind.value, kind=kind.value)
    division = Unit.objects.get(agency=above, kind=UnitKind.DIVISION.value)
    world.people["quy"] = Account.objects.create(
        kind="officer", username="quy", full_name="Quý", created_at=world.now
    )
    Position.objects.create(account=world.people["quy"], unit=division, role=Role.CASE_OFFICER.value)
    Agency.objects.filter(pk=world.agency.pk).update(parent=above)
    agencies.forget()
    return above


def complete(world: World, act: Act, by: str) -> Act:
    return services.complete_step(**world._on_task(act, by))


@pytest.mark.clause("DL24-9.1.đ")
@pytest.mark.parametrize("place", ["above:central", "ubnd-tinh", "ubnd-tinh/tinh-division"])
def test_step_goes_to_the_agency_that_the_process_names(db: None, place: str) -> None:
    world = world_with(place)
    act = world.until("assign")
    (task,) = world.state(act).tasks
    assert (task.step_key, task.elsewhere, task.officer_id) == ("examine", "UBND tỉnh", None)
    (line,) = queries.worklist(world.actor("quy"), Box.UNIT, at=world.now).items
    assert line.dossier_id == act.dossier_id
    with pytest.raises(Forbidden):
        complete(world, act, "dung")
    act = complete(world, act, "quy")
    (task,) = world.state(act).tasks
    assert (task.step_key, task.elsewhere) == ("approve", "")
    assert services.verify().difference is None


@pytest.mark.clause("DL24-9.1.đ")
@pytest.mark.parametrize("place", ["above:district", "so-khong-co", "ubnd-tinh/khong-co"])
def test_step_of_an_agency_that_does_not_exist_is_the_leads(db: None, place: str) -> None:
    world = world_with(place)
    (task,) = world.state(world.until("assign")).tasks
    assert (task.elsewhere, task.unit_id) == ("", world.units[UnitKind.DIVISION].pk)
    assert task.officer_id == str(world.people["dung"].pk)


@pytest.mark.clause("DL24-9.1.đ")
def test_named_agency_works_in_the_unit_that_settles_the_procedure_there(db: None) -> None:
    world = world_with("phuong")
    there = ward(world)
    other = Unit.objects.create(agency=there, key="van-hoa", name="Văn hóa", kind=UnitKind.DIVISION.value)
    agencies.forget()
    (task,) = world.state(world.until("assign")).tasks
    assert task.elsewhere == "UBND phường"
    assert task.unit_id == Unit.objects.get(agency=there, key=UnitKind.DIVISION.value).pk != other.pk


@pytest.mark.clause("DL24-9.1.đ")
def test_other_level_reads_while_its_step_is_open_and_meets_no_applicant(db: None) -> None:
    world = world_with("ubnd-tinh")
    act = world.until("assign")
    view = services.open_dossier(actor=world.actor("quy"), at=world.now, dossier_id=act.dossier_id)
    offered = {offer.verb for offer in view.verbs}
    assert Verb.PROPOSE in offered
    assert not offered & {
        Verb.PAUSE,
        Verb.STOP,
        Verb.REQUEST_SUPPLEMENT,
        Verb.CONSULT,
        Verb.EXTEND,
        Verb.ENTRUST,
    }
    act = services.propose(**world._on_task(act, "quy") | {"decision": "grant", "text": "Đủ"})
    with pytest.raises((NotFound, Forbidden)):
        services.open_dossier(actor=world.actor("quy"), at=world.now, dossier_id=act.dossier_id)


@pytest.mark.clause("DL24-9.1.đ")
def test_due_date_of_the_dossier_is_the_leads(db: None) -> None:
    world = world_with("ubnd-tinh")
    act = world.until("accept")
    promised = world.state(act).due_at
    act = world.assign(world.hand_over(act))
    world.later(days=2)
    state = world.state(complete(world, act, "quy"))
    assert (state.due_at, state.promised_at) == (promised, None)


@pytest.mark.clause("DL24-9.1.đ")
def test_step_of_another_level_cannot_be_entrusted_to_a_third(db: None) -> None:
    agencies.forget()
    process.forget()
    rows = tuple(
        replace(each, kind=each.kind.OPINION, place="ubnd-tinh") if each.key == "examine" else each
        for each in steps()
    )
    world = make_world(sheet(), rows)
    _committee(world)
    act = world.until("assign")
    ward(world)
    unit = Unit.objects.get(agency__key="phuong", kind=UnitKind.DIVISION.value)
    Position.objects.create(account=world.people["em"], unit=unit, role=Role.UNIT_HEAD.value)
    asked = world._on_task(act, "lan") | {"unit_id": unit.pk, "duty": "Xem giúp"}
    with pytest.raises(WrongTask):
        services.entrust(**asked)


@pytest.mark.clause("DL24-9.1.đ")
def test_pause_moves_the_step_and_tells_nobody_anew(db: None) -> None:
    world = world_with("ubnd-tinh", key="number")
    act = world.until("assign")
    act = services.pause(**world._on(act, "dung") | {"reason": "Nộp lệ phí"})
    world.later(hours=1)
    act = services.resume(**world._on(act, "chi") | {"note": "Biên lai 12"})
    act = world.approve(world.propose(act))
    (task,) = world.state(act).tasks
    assert (task.step_key, task.elsewhere) == ("number", "UBND tỉnh")
    assert task.opened_at <= world.now + timedelta(0)


def test_step_of_another_level_that_a_decision_taken_back_ends_is_told_there(db: None) -> None:
    world = world_with("ubnd-tinh", key="number")
    office = Unit.objects.get(agency__key="ubnd-tinh", kind=UnitKind.OFFICE.value)
    Position.objects.create(account=world.people["quy"], unit=office, role=Role.CLERK.value)
    act = world.approve(world.propose(world.until("assign")))
    (task,) = world.state(act).tasks
    assert task.elsewhere == "UBND tỉnh"
    world.later(minutes=1)
    act = services.correct(
        **world._on(act, "hanh"), what=Correctable.DECISION, values={}, reason="Quyết định nhầm hồ sơ"
    )
    assert [task.elsewhere for task in world.state(act).tasks] == [""]
    told = OutboxMessage.objects.filter(key="desk.part_ended")
    assert set(told.values_list("account_id", flat=True)) == {world.people["quy"].pk}
