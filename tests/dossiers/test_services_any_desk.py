"""A desk takes in what another agency of the province settles, since the law has it so."""

from __future__ import annotations

import pytest
from tests.dossiers.wards import ward
from tests.dossiers.world import World, moment

from motcua.agencies.enums import AgencyLevel
from motcua.agencies.models import Agency
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.errors import OnlyForItsOwn
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden

pytestmark = pytest.mark.django_db
SINCE = "2025-07-01 08:00"


def taken_in(world: World, agency: Agency, **changes: object) -> Act:
    given = {"actor": world.actor("hue"), "received_by": agency.pk}
    return world.register(**given | changes)


def test_dossier_taken_in_elsewhere_is_settled_by_the_competent_agency(world: World) -> None:
    world.now = moment(SINCE)
    agency, hue = ward(world), world.actor("hue")
    act = taken_in(world, agency)
    with pytest.raises(Forbidden):
        world.accept(act)
    act = world.accept(act, actor=hue)
    target = world.state(act).target
    assert (target.agency_id, target.received_by) == (world.agency.pk, agency.pk)
    row = Dossier.objects.get()
    assert (row.agency_id, row.desk_unit_id) == (world.agency.pk, target.posting.desk)
    assert row.code.startswith("000.00.15.H15-")  # one code, of the agency that settles
    act = world.hand_over(act, actor=hue)
    for verb in (Verb.ASSIGN, Verb.PROPOSE, Verb.APPROVE, Verb.ISSUE_RESULT):
        assert not policy.may(verb, hue, policy.footing_of(hue, world.now), world.state(act)), verb
    assert policy.may_read(hue, policy.footing_of(hue, world.now), world.state(act))
    act = world.issue(world.approve(world.propose(world.assign(act))))
    with pytest.raises(Forbidden):
        world.announce(act)
    act = world.give_back(world.announce(act, actor=hue), actor=hue)
    assert world.state(act).status is Status.RETURNED
    assert services.verify().difference is None


def test_where_it_was_received_is_said_to_officers_and_to_the_public(world: World) -> None:
    world.now = moment(SINCE)
    agency, hue = ward(world), world.actor("hue")
    act = world.accept(taken_in(world, agency), actor=hue)
    view = services.open_dossier(actor=hue, at=world.now, dossier_id=act.dossier_id, why="thử")
    found = queries.tracking(act.code or "")
    assert found is not None
    assert (view.received_at_desk, view.held_by) == ("desk, UBND phường", ("desk, UBND phường",))
    assert (found.received_at_desk, found.agency_name) == ("desk, UBND phường", "Sở Tư pháp")
    own = world.accept(world.register())
    assert queries.tracking(own.code or "").received_at_desk == ""


@pytest.mark.parametrize(("day", "is_taken"), [("2025-06-30 16:00", False), (SINCE, True)])
def test_desk_takes_in_for_others_since_the_day_of_the_law(world: World, day: str, is_taken: bool) -> None:
    world.now = moment(day)
    agency = ward(world)
    if is_taken:
        assert taken_in(world, agency).status == Status.SUBMITTED
        return
    with pytest.raises(OnlyForItsOwn) as refused:
        taken_in(world, agency)
    assert refused.value.clauses == ("DL24-19.2", "DL24-26#1")
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("change", [{"level": AgencyLevel.DISTRICT}, {"province": "kon-tum"}])
def test_desk_of_no_commune_of_the_province_takes_nothing_in_for_others(
    world: World, change: dict[str, str]
) -> None:
    world.now = moment(SINCE)
    agency = ward(world)
    Agency.objects.filter(pk=agency.pk).update(**change)
    with pytest.raises(OnlyForItsOwn):
        taken_in(world, agency)
    assert not Dossier.objects.exists()


def test_nobody_takes_in_at_a_desk_where_they_hold_no_post(world: World) -> None:
    world.now = moment(SINCE)
    agency = ward(world)
    with pytest.raises(Forbidden):
        taken_in(world, agency, actor=world.actor("chi"))
    assert taken_in(world, agency, agency_id=agency.pk).status == Status.SUBMITTED
    assert world.state(str(Dossier.objects.get().pk)).target.received_by == 0  # its own matter
