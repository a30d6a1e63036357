"""Declaring, following and ending an incident."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.dossiers.world import World

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position
from motcua.agencies.rules.cards import Post
from motcua.incidents import queries, services
from motcua.incidents.enums import Scope, Whom
from motcua.incidents.errors import (
    AlreadyDeclared,
    AlreadyEnded,
    BadScope,
    EvidenceRequired,
    ForLeaders,
    NotYet,
    TooLongAgo,
    WhatHappened,
)
from motcua.incidents.models import Incident, IncidentBreach, IncidentEnd
from motcua.incidents.queries import IncidentCard
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db


def declare(world: World, name: str = "hanh", **changes: Any) -> IncidentCard:
    given: dict[str, Any] = {
        "actor": world.actor(name),
        "at": world.now,
        "scope": Scope.AGENCY,
        "what": "Mất mạng",
        "began_at": world.now - timedelta(minutes=10),
        "agency_id": world.agency.pk,
    }
    return services.declare(**given | changes)


def end(world: World, card: IncidentCard, name: str = "hanh", **changes: Any) -> IncidentCard:
    given: dict[str, Any] = {
        "actor": world.actor(name),
        "at": world.now,
        "incident_id": card.window.id,
        "ended_at": world.now,
        "remedy": "Thay bộ định tuyến",
    }
    return services.end(**given | changes)


def test_declared_incident_says_where_since_when_and_by_whom(world: World) -> None:
    card = declare(world)
    assert (card.place, card.what, card.declared_by, card.regulation) == (
        "Sở Tư pháp",
        "Mất mạng",
        "Hanh",
        "DL24",
    )
    assert (card.window.began_at, card.window.ended_at, card.recover_by) == (
        world.now - timedelta(minutes=10),
        None,
        None,
    )
    assert queries.lasting() == (card,)


def test_declared_incident_is_told_to_those_whose_address_is_set(world: World, settings: Any) -> None:
    settings.INCIDENT_CONTACTS = ["dttt=a@x.vn", "dttt=b@x.vn", "office=c@x.vn", "nobody=d@x.vn", "dttt="]
    card = declare(world)
    assert card.told == {Whom.DTTT: 2, Whom.OFFICE: 1, Whom.ASSIGNED_UNIT: 0}
    sent = OutboxMessage.objects.values_list("key", "address", "about").order_by("id")
    assert list(sent) == [
        ("incident.declared", each, card.window.id) for each in ("a@x.vn", "b@x.vn", "c@x.vn")
    ]


@pytest.mark.parametrize(
    ("name", "role", "unit", "allowed"),
    [
        ("chi", Role.DESK_HEAD, UnitKind.DESK, {Scope.DESK}),
        ("giang", Role.ADMIN, UnitKind.OFFICE, {Scope.DESK, Scope.AGENCY}),
        ("giang", Role.APPROVER, UnitKind.LEADERSHIP, {Scope.DESK, Scope.AGENCY}),
        ("giang", Role.CASE_OFFICER, UnitKind.DIVISION, set()),
        ("giang", Role.DESK_HEAD, UnitKind.DIVISION, set()),
    ],
)
def test_who_may_declare_follows_from_the_post(
    world: World, name: str, role: Role, unit: UnitKind, allowed: set[Scope]
) -> None:
    Position.objects.create(account=world.people[name], unit=world.units[unit], role=role.value)
    places = {
        Scope.DESK: {"scope": Scope.DESK, "agency_id": None, "unit_id": world.units[UnitKind.DESK].pk},
        Scope.AGENCY: {"scope": Scope.AGENCY},
        Scope.PROVINCE: {"scope": Scope.PROVINCE, "agency_id": None},
    }
    found = set()
    for scope, place in places.items():
        try:
            declare(world, name, **place)
            found.add(scope)
        except Forbidden:
            pass
    assert found == allowed


def test_administrators_declare_for_the_province(world: World) -> None:
    world.people["giang"].is_admin = True
    world.people["giang"].save()
    assert declare(world, "giang", scope=Scope.PROVINCE, agency_id=None).place == ""
    with pytest.raises(Forbidden):
        declare(world, "an", scope=Scope.PROVINCE, agency_id=None)


@pytest.mark.parametrize(
    "place",
    [
        {"agency_id": None},
        {"agency_id": 999999},
        {"scope": Scope.PROVINCE},
        {"scope": Scope.DESK, "agency_id": None, "unit_id": None},
        {"scope": Scope.DESK, "agency_id": None, "unit_id": 999999},
    ],
)
def test_scope_without_its_place_is_refused(world: World, place: dict[str, Any]) -> None:
    with pytest.raises(BadScope):
        declare(world, **place)
    assert Incident.objects.count() == 0


def test_second_declaration_of_a_lasting_incident_is_refused(world: World) -> None:
    card = declare(world)
    with pytest.raises(AlreadyDeclared):
        declare(world)
    end(world, card)
    declare(world)
    assert Incident.objects.count() == 2


def test_declaration_of_the_future_or_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(NotYet):
        declare(world, began_at=world.now + timedelta(minutes=1))
    with pytest.raises(WhatHappened):
        declare(world, what=" ")
    with pytest.raises(WhatHappened):
        declare(world, what="\u200b\u2060")


def test_declaration_of_what_began_long_ago_needs_what_shows_it(world: World, settings: Any) -> None:
    world.later(days=4)  # a Friday: no day off lies within the hours before
    began_at = world.now - timedelta(hours=24)
    with pytest.raises(EvidenceRequired) as caught:
        declare(world, began_at=began_at - timedelta(minutes=1))
    assert caught.value.params == {"hours": 24}
    with pytest.raises(EvidenceRequired):
        declare(world, began_at=began_at - timedelta(days=40), evidence="\u200b ")
    settings.INCIDENT_DECLARE_WITHIN_HOURS = 23
    with pytest.raises(EvidenceRequired):
        declare(world, began_at=began_at)
    assert Incident.objects.count() == 0
    settings.INCIDENT_DECLARE_WITHIN_HOURS = 24
    assert declare(world, began_at=began_at).evidence == ""
    long = declare(
        world, "hanh", began_at=began_at - timedelta(days=3), evidence=" Biên bản 12 ", **at_desk(world)
    )
    assert (long.evidence, long.window.began_at) == ("Biên bản 12", began_at - timedelta(days=3))


def at_desk(world: World) -> dict[str, Any]:
    return {"scope": Scope.DESK, "agency_id": None, "unit_id": world.units[UnitKind.DESK].pk}


@pytest.mark.clause("PT24-23.8")
@pytest.mark.parametrize(
    ("role", "unit", "may"),
    [
        (Role.DESK_HEAD, UnitKind.DESK, False),
        (Role.ADMIN, UnitKind.OFFICE, True),
        (Role.APPROVER, UnitKind.LEADERSHIP, True),
    ],
)
def test_what_began_long_ago_is_declared_by_who_leads(
    world: World, role: Role, unit: UnitKind, may: bool
) -> None:
    Position.objects.create(account=world.people["giang"], unit=world.units[unit], role=role.value)
    world.later(days=4)
    long = {"began_at": world.now - timedelta(hours=53), "evidence": "Biên bản 12"}
    if may:
        assert declare(world, "giang", **at_desk(world), **long).evidence == "Biên bản 12"
        return
    with pytest.raises(ForLeaders):
        declare(world, "giang", **at_desk(world), **long)
    assert declare(world, "giang", **at_desk(world)).evidence == ""


@pytest.mark.clause("PT24-23.8", "PT24-21.6")
def test_outage_that_is_over_is_declared_whole_and_soon_after_its_end(world: World, settings: Any) -> None:
    settings.PROVINCE = "phu-tho"
    settings.INCIDENT_CONTACTS = ["provider=a@x.vn"]
    world.later(days=365)
    long = {"began_at": world.now - timedelta(hours=53), "evidence": "Biên bản 12", "remedy": "Thay máy chủ"}
    with pytest.raises(TooLongAgo) as caught:
        declare(world, ended_at=world.now - timedelta(hours=24, minutes=1), **long)
    assert caught.value.params == {"hours": 24}
    for wrong in ({"remedy": " "}, {"began_at": world.now}):
        with pytest.raises((WhatHappened, NotYet)):
            declare(world, **long | {"ended_at": world.now - timedelta(minutes=1)} | wrong)
    assert (Incident.objects.count(), OutboxMessage.objects.count()) == (0, 0)
    card = declare(world, ended_at=world.now - timedelta(hours=24), **long)
    assert (card.window.ended_at, card.is_late, card.remedy) == (
        world.now - timedelta(hours=24),
        True,
        "Thay máy chủ",
    )
    assert OutboxMessage.objects.get().key == "incident.ended"
    assert queries.lasting() == ()


def test_outage_declared_as_lasting_had_not_ended_long_before(world: World) -> None:
    """Else whoever says that it lasts would open a door into a past that is over."""
    world.later(days=4)
    card = declare(world, began_at=world.now - timedelta(hours=53), evidence="Biên bản 12")
    declared_at = world.now
    world.later(days=3)
    with pytest.raises(TooLongAgo):
        end(world, card, ended_at=declared_at - timedelta(hours=24, minutes=1))
    assert IncidentEnd.objects.count() == 0
    at = declared_at - timedelta(hours=24)
    assert end(world, card, ended_at=at).window.ended_at == at


def test_end_keeps_when_and_how_and_comes_once(world: World) -> None:
    card = end(world, declare(world))
    assert (card.window.ended_at, card.remedy, card.ended_by, card.is_late) == (
        world.now,
        "Thay bộ định tuyến",
        "Hanh",
        False,
    )
    assert queries.lasting() == ()
    with pytest.raises(AlreadyEnded):
        end(world, card)


def test_end_by_somebody_else_or_of_nothing_is_refused(world: World) -> None:
    card = declare(world)
    with pytest.raises(Forbidden):
        end(world, card, "dung")
    with pytest.raises(NotYet):
        end(world, card, ended_at=world.now - timedelta(hours=1))
    with pytest.raises(NotFound):
        services.end(actor=world.actor("hanh"), at=world.now, incident_id="x", ended_at=world.now, remedy="x")
    assert IncidentEnd.objects.count() == 0


def test_breach_is_noted_once_and_told(world: World, settings: Any) -> None:
    settings.PROVINCE = "phu-tho"
    settings.INCIDENT_CONTACTS = ["provider=a@x.vn"]
    later = world.now + timedelta(days=365)
    card = declare(world, at=later, began_at=later)
    assert card.recover_by == later + timedelta(hours=12)
    assert services.note_breaches(at=later + timedelta(hours=12)) == 0
    noted = later + timedelta(hours=12, seconds=1)
    assert [services.note_breaches(at=noted), services.note_breaches(at=noted)] == [1, 0]
    card = queries.incident(card.window.id)
    assert (card.breach_noted_at, card.is_late) == (noted, True)
    assert list(OutboxMessage.objects.order_by("id").values_list("key", flat=True)) == [
        "incident.declared",
        "incident.overdue",
    ]
    assert end(world, card, at=noted, ended_at=noted).is_late is True


def test_lasting_outage_is_asked_after_daily_until_it_is_ended(world: World, settings: Any) -> None:
    settings.PROVINCE = "phu-tho"
    settings.INCIDENT_CONTACTS = ["provider=a@x.vn"]
    later = world.now + timedelta(days=365)
    card = declare(world, at=later, began_at=later)
    over = later + timedelta(hours=12, minutes=1)
    assert services.note_breaches(at=over) == 1
    # told just now that the term is missed; then once a day, however often the worker looks
    looks = (
        timedelta(),
        timedelta(hours=23),
        timedelta(days=1),
        timedelta(days=1, hours=1),
        timedelta(days=2),
    )
    assert [services.urge(at=over + each) for each in looks] == [0, 0, 1, 0, 1]
    message = OutboxMessage.objects.filter(key="incident.urged").latest("id")
    assert (message.about, message.address) == (card.window.id, "a@x.vn")
    end(world, card, at=over + timedelta(days=3), ended_at=over + timedelta(days=2))
    assert services.urge(at=over + timedelta(days=9)) == 0


def test_outage_without_a_term_is_asked_after_from_the_next_day_on(world: World, settings: Any) -> None:
    settings.INCIDENT_CONTACTS = ["office=b@x.vn"]
    card = declare(world)
    began = card.window.began_at
    assert card.recover_by is None
    assert [services.urge(at=began + timedelta(hours=hours)) for hours in (24, 25, 48, 49)] == [0, 1, 0, 1]


def test_end_after_the_term_is_late_even_if_no_worker_noted_it(world: World, settings: Any) -> None:
    settings.PROVINCE = "phu-tho"
    later = world.now + timedelta(days=365)
    card = declare(world, at=later, began_at=later)
    over = later + timedelta(hours=13)
    assert end(world, card, at=over, ended_at=over).is_late is True
    assert IncidentBreach.objects.count() == 0


def test_incidents_of_another_province_are_not_seen(world: World, settings: Any) -> None:
    card = declare(world)
    settings.PROVINCE = "kon-tum"
    assert (queries.lasting(), queries.incidents()) == ((), ())
    with pytest.raises(NotFound):
        queries.incident(card.window.id)


@pytest.mark.parametrize(
    "statement", ["UPDATE incidents_incident SET what = ''", "DELETE FROM incidents_incident"]
)
def test_what_was_declared_is_never_changed(world: World, statement: str) -> None:
    from django.db import connection

    declare(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_windows_are_those_that_hit_the_desk_after_the_last_event(world: World) -> None:
    desk = (Post(world.units[UnitKind.DESK].pk, world.agency.pk, Role.RECEIVER),)
    card = end(world, declare(world))
    assert [c.window.id for c in queries.windows_at(world.agency.pk, desk, at=world.now)] == [card.window.id]
    assert queries.windows_at(world.agency.pk, desk, at=world.now, since=world.now) != ()
    assert (
        queries.windows_at(world.agency.pk, desk, at=world.now, since=world.now + timedelta(seconds=1)) == ()
    )
    over = world.now + timedelta(days=7)  # five working days
    assert len(queries.windows_at(world.agency.pk, desk, at=over)) == 1
    assert queries.windows_at(world.agency.pk, desk, at=over + timedelta(days=1)) == ()
    other = Agency.objects.create(
        province=world.agency.province,
        key="so-xay-dung",
        name="Sở Xây dựng",
        level="province",
        kind="department",
    )
    elsewhere = (Post(desk[0].unit_id + 1, other.pk, Role.RECEIVER),)
    assert queries.windows_at(other.pk, elsewhere, at=world.now) == ()
    # who sits elsewhere had the system, though the dossier is of the agency that was hit
    assert queries.windows_at(world.agency.pk, elsewhere, at=world.now) == ()
    assert queries.windows_at(other.pk, desk, at=world.now) != ()
