"""What administrators may say of who settles what, and that each act stands in the chain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.dossiers.world import MONDAY, World, make_world

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.errors import UnknownUnit
from motcua.agencies.models import Agency, Position, Unit
from motcua.audit import queries as audit
from motcua.catalogue import queries, services
from motcua.catalogue.errors import NothingToTakeOver, NotSettledHere, UnitCannotSettle, UnknownProcedure
from motcua.catalogue.models import Competence
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import fold

pytestmark = pytest.mark.django_db
AT, TODAY, CODE = MONDAY, MONDAY.date(), "1.000001"


@pytest.fixture
def world(db: None, regulation: str) -> Iterator[World]:
    """Giang administers the province, Lan the one agency; another agency has a division of the same key."""
    agencies.forget()
    queries.forget()
    made = make_world(regulation=regulation)
    Account.objects.filter(username="giang").update(is_admin=True)
    Position.objects.create(account=made.people["lan"], unit=made.units[UnitKind.OFFICE], role=Role.ADMIN)
    other = Agency.objects.create(
        province=made.agency.province,
        key="khac",
        code="H15.16",
        name="Sở Khác",
        level="province",
        kind="department",
    )
    Unit.objects.create(agency=other, key="quay", name="Quầy", kind="desk")
    yield made
    agencies.forget()
    queries.forget()


def other() -> Agency:
    return Agency.objects.get(key="khac")


def division(world: World, agency: Agency) -> Unit:
    key = world.units[UnitKind.DIVISION].key
    return Unit.objects.create(agency=agency, key=key, name="Phòng khác", kind="division")


def acts() -> list[str]:
    return [act.act for act in audit.acts()]


def settled(agency: Agency) -> list[tuple[str, str]]:
    return [(each.code, each.unit_name) for each in queries.competences_of(agency.pk, TODAY)]


def test_competence_is_given_changed_and_ended_by_the_province(world: World) -> None:
    giang, agency = world.actor("giang"), other()
    first, second = division(world, agency), Unit.objects.create(agency=agency, name="Hai", kind="division")
    for unit in (first, second):
        services.give_competence(actor=giang, at=AT, agency_id=agency.pk, code=CODE, unit_id=unit.pk)
        assert settled(agency) == [(CODE, unit.name)]
    services.end_competence(actor=giang, at=AT, agency_id=agency.pk, code=CODE)
    assert settled(agency) == []
    assert acts()[:3] == ["competence_ended", "competence_given", "competence_given"]


def test_only_the_province_says_who_settles_what(world: World) -> None:
    agency = world.agency
    for name in ("lan", "chi", "an"):
        common = {"actor": world.actor(name), "at": AT, "agency_id": agency.pk}
        with pytest.raises(Forbidden):
            services.give_competence(**common, code=CODE, unit_id=world.units[UnitKind.DIVISION].pk)
        with pytest.raises(Forbidden):
            services.take_over_competences(**common, like_id=agency.pk)
        with pytest.raises(Forbidden):
            services.end_competence(**common, code=CODE)
    assert acts() == []
    assert len(settled(agency)) == Competence.objects.filter(agency=agency).count()


def test_what_makes_no_sense_is_refused_and_changes_nothing(world: World) -> None:
    giang, agency = world.actor("giang"), other()
    desk, elsewhere = agency.units.get(kind="desk"), world.units[UnitKind.DIVISION]
    own = division(world, agency)
    cases = [
        (CODE, desk.pk, UnitCannotSettle),
        (CODE, elsewhere.pk, UnitCannotSettle),
        (CODE, 10**9, UnknownUnit),
        ("9.999999", own.pk, UnknownProcedure),
    ]
    for code, unit_id, refusal in cases:
        with pytest.raises(refusal):
            services.give_competence(actor=giang, at=AT, agency_id=agency.pk, code=code, unit_id=unit_id)
    with pytest.raises(NotSettledHere):
        services.end_competence(actor=giang, at=AT, agency_id=agency.pk, code=CODE)
    with pytest.raises(NothingToTakeOver):
        services.take_over_competences(actor=giang, at=AT, agency_id=world.agency.pk, like_id=agency.pk)
    assert (settled(agency), acts()) == ([], [])


def test_an_agency_settles_as_another_does_by_units_of_the_same_key(world: World) -> None:
    giang, agency = world.actor("giang"), other()
    alike = {"actor": giang, "at": AT, "agency_id": agency.pk, "like_id": world.agency.pk}
    without = services.take_over_competences(**alike)
    assert (without.added, len(without.left_out)) == (0, len(settled(world.agency)))
    unit = division(world, agency)
    taken = services.take_over_competences(**alike)
    assert taken.added == len(settled(world.agency))
    assert settled(agency) == [(code, unit.name) for code, _ in settled(world.agency)]
    assert services.take_over_competences(**alike) == services.TakenOver(0, ())


def test_filed_dossiers_are_settled_to_their_end(world: World) -> None:
    act = world.submit(world.draft())
    services.end_competence(actor=world.actor("giang"), at=AT, agency_id=world.agency.pk, code=CODE)
    act = world.propose(world.assign(world.hand_over(world.accept(act))))
    assert world.approve(act).status == "decided"


def test_list_is_filtered_without_accents_and_bounded(world: World) -> None:
    agency = world.agency
    title = fold(queries.competences_of(agency.pk, TODAY)[0].title).upper()
    assert [fold(each.title).upper() for each in queries.competences_of(agency.pk, TODAY, text=title)] == [
        title
    ]
    assert queries.competences_of(agency.pk, TODAY, text="zzzz") == ()
    assert len(queries.competences_of(agency.pk, TODAY, limit=1)) == 1
