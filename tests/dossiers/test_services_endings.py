"""The last day of an agency or a unit: nobody is left without one, and each act stands in the chain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, World, make_world

from motcua.accounts.models import Account
from motcua.agencies import queries
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.errors import (
    AgenciesBelow,
    BadSuccessor,
    EndsBeforeItStarts,
    EndsInThePast,
    HasEnded,
    OnlyUnitOfItsKind,
    PostsLeft,
    UnitEnds,
)
from motcua.agencies.models import Agency, Position, Unit
from motcua.agencies.services import import_agencies
from motcua.audit import queries as audit
from motcua.catalogue import services as catalogue
from motcua.catalogue.models import Competence
from motcua.dossiers import services
from motcua.dossiers.errors import (
    ApplicantsLeft,
    CommuneWithoutSuccessor,
    ProceduresLeft,
    UnitIsAwaited,
    UnitSettles,
    WorkLeft,
)
from motcua.dossiers.queries import endings
from motcua.dossiers.rules.ending import Hanging, agency_refusals, unit_refusals
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden

AT, DAY = MONDAY, timedelta(days=1)
TODAY = AT.date()


@pytest.fixture
def world(db: None) -> World:
    """Giang administers the province, Lan the agency; `other` is there to take over."""
    queries.forget()
    made = make_world()
    Account.objects.filter(username="giang").update(is_admin=True)
    Position.objects.create(account=made.people["lan"], unit=made.units[UnitKind.OFFICE], role=Role.ADMIN)
    return made


@pytest.fixture
def other(world: World) -> Agency:
    made = Agency.objects.create(
        province=world.agency.province, key="ke-thua", name="Sở Kế thừa", level="province", kind="department"
    )
    Unit.objects.create(agency=made, key="division", name="Phòng chung", kind="division")
    queries.forget()
    return made


def end(world: World, successor: Agency | None = None, **changes: Any) -> None:
    wish = {"agency_id": world.agency.pk, "successor_id": successor and successor.pk, "last_day": TODAY}
    services.end_agency(**{"actor": world.actor("giang"), "at": AT} | wish | changes)


def second_division(world: World) -> int:
    return agency_services.add_unit(
        actor=world.actor("lan"), at=AT, agency_id=world.agency.pk, name="Phòng hai", kind=UnitKind.DIVISION
    )


def end_unit(world: World, unit_id: int, **changes: Any) -> None:
    services.end_unit(
        **{"actor": world.actor("lan"), "at": AT, "unit_id": unit_id, "last_day": TODAY} | changes
    )


def lend_competences(world: World, other: Agency) -> None:
    for row in Competence.objects.filter(agency=world.agency):
        unit = Unit.objects.get(agency=other)
        Competence.objects.create(procedure=row.procedure, agency=other, settling_unit=unit)


@given(st.builds(Hanging, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
       st.booleans(), st.booleans())  # fmt: skip
def test_agency_ends_only_if_nobody_is_left_without_one(
    hanging: Hanging, has_successor: bool, is_commune: bool
) -> None:
    found = agency_refusals(hanging, has_successor=has_successor, is_commune=is_commune)
    assert bool(found) == (not has_successor and (is_commune or hanging.dossiers > 0))
    assert bool(unit_refusals(hanging)) == (hanging.dossiers + hanging.tasks + hanging.procedures > 0)


def test_commune_needs_a_successor_and_what_nobody_would_settle_is_named() -> None:
    hanging = Hanging(procedures=7, unsettled=tuple(f"1.00{n}" for n in range(7)))
    found = agency_refusals(hanging, has_successor=False, is_commune=True)
    assert [type(each) for each in found] == [CommuneWithoutSuccessor, ProceduresLeft]
    assert found[1].params == {"count": 7, "codes": "1.000, 1.001, 1.002, 1.003, 1.004…"}


def test_preview_says_what_hangs_on_an_agency_and_writes_nothing(world: World, other: Agency) -> None:
    world.until("assign")
    plan = services.plan_end_of_agency(
        actor=world.actor("giang"), at=AT, agency_id=world.agency.pk, last_day=TODAY, successor_id=None
    )
    hanging = plan.hanging
    posts = Position.objects.filter(unit__agency=world.agency).count()
    assert (hanging.dossiers, hanging.tasks, hanging.posts, hanging.procedures) == (1, 1, posts, 1)
    assert [type(each) for each in plan.refusals] == [ApplicantsLeft, ProceduresLeft]
    assert (Agency.objects.get(pk=world.agency.pk).valid_to, audit.acts()) == (None, ())


def test_agency_ends_with_a_successor_that_settles_what_it_settled(world: World, other: Agency) -> None:
    act = world.until("assign")
    with pytest.raises(ProceduresLeft):
        end(world, other)
    lend_competences(world, other)
    end(world, other, last_day=TODAY + DAY)

    assert queries.agency(world.agency.pk).validity.end == TODAY + DAY
    named = queries.successors(world.agency.pk, TODAY + 2 * DAY)
    assert [card.id for card in named.agencies] == [other.pk]
    done = audit.acts(what=f"agency:{world.agency.pk}")[0]
    assert (done.act, done.facts["valid_to"], done.facts["successor_name"]) == (
        "agency_ended",
        str(TODAY + DAY),
        "Sở Kế thừa",
    )
    world.propose(act)  # who holds a post there settles what is open


def test_last_day_is_taken_back_while_it_is_not_over(world: World, other: Agency) -> None:
    lend_competences(world, other)
    end(world, other)
    keep = {"actor": world.actor("giang"), "agency_id": world.agency.pk}
    with pytest.raises(HasEnded):
        agency_services.keep_agency(at=AT + DAY, **keep)
    with pytest.raises(HasEnded):
        end(world, other, at=AT + DAY, last_day=TODAY + 2 * DAY)
    agency_services.keep_agency(at=AT, **keep)
    row = Agency.objects.get(pk=world.agency.pk)
    assert (row.valid_to, row.successor_id) == (None, None)
    assert [act.act for act in audit.acts(what=f"agency:{row.pk}")] == ["agency_kept", "agency_ended"]


def test_what_the_tree_does_not_allow_is_refused_and_changes_nothing(world: World, other: Agency) -> None:
    lend_competences(world, other)
    agency = world.agency.pk
    with pytest.raises(EndsInThePast):
        end(world, other, last_day=TODAY - DAY)
    Agency.objects.filter(pk=agency).update(valid_from=TODAY + 3 * DAY)
    queries.forget()
    with pytest.raises(EndsBeforeItStarts):
        end(world, other)
    Agency.objects.filter(pk=agency).update(valid_from=None)
    Agency.objects.filter(pk=other.pk).update(valid_to=TODAY)
    queries.forget()
    for successor in (other, world.agency):
        with pytest.raises(BadSuccessor):
            end(world, successor)
    Agency.objects.filter(pk=other.pk).update(valid_to=None, parent_id=None)
    Agency.objects.create(province="dak-lak", key="duoi", name="Trạm", level="province", kind="department",
                          parent=world.agency)  # fmt: skip
    queries.forget()
    with pytest.raises(AgenciesBelow) as refused:
        end(world, other)
    assert refused.value.params == {"names": "Trạm"}
    with pytest.raises(Forbidden):
        end(world, other, actor=world.actor("lan"))
    assert Agency.objects.get(pk=agency).valid_to is None


def test_unit_on_which_something_hangs_does_not_end(world: World) -> None:
    division = world.units[UnitKind.DIVISION].pk
    for kind in (UnitKind.DIVISION, UnitKind.DESK, UnitKind.LEADERSHIP):
        with pytest.raises(OnlyUnitOfItsKind):
            end_unit(world, world.units[kind].pk)
    second_division(world)
    with pytest.raises(PostsLeft):
        end_unit(world, division)
    Position.objects.filter(unit_id=division).update(valid_to=TODAY)
    with pytest.raises(UnitSettles):
        end_unit(world, division)
    with pytest.raises(Forbidden):
        end_unit(world, division, actor=world.actor("chi"))


def test_unit_with_open_work_does_not_end(world: World) -> None:
    world.until("assign")
    second = second_division(world)
    division = world.units[UnitKind.DIVISION].pk
    Position.objects.filter(unit_id=division).update(valid_to=TODAY)
    Competence.objects.filter(settling_unit_id=division).update(settling_unit_id=second)
    with pytest.raises(WorkLeft):
        end_unit(world, division)


def given_away(world: World) -> tuple[int, int]:
    """The division whose posts and procedures are another's now, and that other one."""
    old, new = world.units[UnitKind.DIVISION].pk, second_division(world)
    Competence.objects.filter(settling_unit_id=old).update(settling_unit_id=new)
    Position.objects.filter(unit_id=old).update(valid_to=TODAY)
    queries.forget()
    return old, new


def test_unit_by_which_dossiers_still_go_does_not_end_wherever_they_lie(world: World) -> None:
    """After the hand-over nobody could assign, settle or pass on what lay there."""
    act = world.until("accept")
    world.submit(world.draft())
    old, new = given_away(world)
    assert endings.open_tasks([old]) == 0
    plan = services.plan_end_of_unit(actor=world.actor("lan"), at=AT, unit_id=old, last_day=TODAY)
    assert (plan.hanging.dossiers, [type(each) for each in plan.refusals]) == (2, [UnitIsAwaited])
    with pytest.raises(UnitIsAwaited) as refused:
        end_unit(world, old)
    assert refused.value.params == {"count": 2}
    assert Unit.objects.get(pk=old).valid_to is None
    assert endings.going_by(world.agency.pk, new) == 0
    services.withdraw(**world._on(act, "an"), reason="Thôi")
    assert endings.going_by(world.agency.pk, old) == 1


def test_unit_is_needed_until_the_result_is_there_and_the_desk_until_it_is_handed_over(world: World) -> None:
    act = world.until("approve")
    kinds = (UnitKind.DESK, UnitKind.DIVISION, UnitKind.LEADERSHIP, UnitKind.OFFICE)

    def needed() -> list[int]:
        return [endings.going_by(world.agency.pk, world.units[kind].pk) for kind in kinds]

    assert needed() == [1, 1, 1, 1]
    act = world.issue(act)
    assert needed() == [1, 0, 0, 0]
    world.give_back(world.announce(act))
    assert needed() == [0, 0, 0, 0]


def test_unit_that_ends_is_offered_for_nothing_new(world: World) -> None:
    second = second_division(world)
    end_unit(world, second)
    card = queries.agency(world.agency.pk)
    assert second not in {unit.id for unit in card.offered_units}
    assert second in {unit.id for unit in card.units}
    given = {"actor": world.actor("giang"), "at": AT, "unit_id": second}
    with pytest.raises(UnitEnds):
        agency_services.appoint(
            account_id=world.people["em"].pk, role=Role.CASE_OFFICER, valid_from=TODAY, **given
        )
    code = Competence.objects.get().procedure.code
    with pytest.raises(UnitEnds):
        catalogue.give_competence(agency_id=world.agency.pk, code=code, **given)
    assert audit.acts(what=f"unit:{second}")[0].act == "unit_ended"
    with pytest.raises(HasEnded):
        agency_services.keep_unit(actor=world.actor("lan"), at=AT + DAY, unit_id=second)
    agency_services.keep_unit(actor=world.actor("lan"), at=AT, unit_id=second)
    assert second in {unit.id for unit in queries.agency(world.agency.pk).offered_units}


def test_import_that_says_no_last_day_takes_the_successor_away_too(world: World, other: Agency) -> None:
    end(world, world.agency, agency_id=other.pk)
    row = {"province": "dak-lak", "key": "ke-thua", "name_vi": "Sở Kế thừa", "level": "province"}
    row |= {"kind": "department"}
    assert import_agencies(rows=[row | {"valid_to": "2030-01-01"}], actor=SYSTEM, at=AT).failures == ()
    kept = Agency.objects.get(pk=other.pk)
    assert (str(kept.valid_to), kept.successor_id) == ("2030-01-01", world.agency.pk)
    import_agencies(rows=[row], actor=SYSTEM, at=AT)
    assert Agency.objects.get(pk=other.pk).successor_id is None
