"""Who is away, who stands in, and who may say so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.dossiers.test_concurrency import at_once
from tests.dossiers.world import MONDAY, World, make_world

from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.errors import (
    AbsenceEndsFirst,
    AbsenceIsOver,
    AbsenceOverlaps,
    AbsenceTooLong,
    AbsenceUnexplained,
    OwnSubstitute,
    StandsInForOthers,
    SubstituteAway,
    SubstituteIsAbsent,
    SubstituteUnknown,
)
from motcua.agencies.models import Absence, Agency, Position, Unit
from motcua.agencies.rules.cards import Post
from motcua.audit import queries as audit
from motcua.audit.models import ActRecord
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.notify.models import OutboxMessage

DAY = MONDAY.date()


@pytest.fixture
def world(db: None) -> World:
    queries.forget()
    return make_world()


def record(
    world: World, by: str = "lan", absent: str = "dung", substitute: str = "em", **changes: object
) -> int:
    given: dict[str, object] = {
        "actor": world.actor(by),
        "at": MONDAY,
        "account_id": world.people[absent].pk,
        "substitute_id": world.people[substitute].pk,
        "first_day": DAY,
        "last_day": DAY + timedelta(days=4),
        "reason": "Nghỉ phép",
    }
    return services.record_absence(**given | changes)  # type: ignore[arg-type]


def stood_in_for(world: World, name: str, on: date) -> frozenset[Post]:
    return frozenset(post for post in queries.positions_of(world.people[name].pk, on) if post.for_id)


def test_substitute_holds_the_posts_of_the_absent_from_the_first_to_the_last_day(world: World) -> None:
    record(world)
    dung, unit = world.people["dung"], world.units[UnitKind.DIVISION]
    post = Post(unit.pk, world.agency.pk, Role.CASE_OFFICER, str(dung.pk), "Dung")
    found = [bool(stood_in_for(world, "em", DAY + timedelta(days=n))) for n in (-1, 0, 4, 5)]
    assert found == [False, True, True, False]
    assert stood_in_for(world, "em", DAY) == {post}


def test_substitute_gets_neither_administration_nor_what_the_absent_holds_for_others(world: World) -> None:
    Position.objects.create(
        account=world.people["dung"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN.value
    )
    record(world, by="hanh", absent="khoa", substitute="dung")
    record(world, leaves_others=True)
    assert {post.role for post in stood_in_for(world, "em", DAY)} == {Role.CASE_OFFICER}
    assert {post.role for post in stood_in_for(world, "dung", DAY)} == {Role.CLERK}


def test_absence_that_has_not_begun_is_cancelled_and_the_chain_says_so(world: World) -> None:
    absence = record(world, first_day=DAY + timedelta(days=2))
    assert services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence) is False
    assert audit.acts()[0].act == "absence_cancelled"
    absence = record(world)
    assert services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence) is True
    assert audit.acts()[0].act == "absence_ended"


def test_absence_ended_early_ends_the_substitution_at_once(world: World) -> None:
    absence = record(world)
    services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence)
    assert stood_in_for(world, "em", DAY) == frozenset()
    assert Absence.objects.get().ended_on == DAY
    with pytest.raises(NotFound):
        services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence)
    record(world)  # and may be recorded anew


@pytest.mark.parametrize(
    ("by", "absent"),
    [("dung", "dung"), ("em", "dung"), ("chi", "dung"), ("lan", "chi"), ("giang", "dung"), ("an", "dung")],
)
def test_only_heads_record_absences_of_their_own_people(world: World, by: str, absent: str) -> None:
    with pytest.raises(Forbidden):
        record(world, by=by, absent=absent)


def test_leader_records_for_the_whole_agency_but_a_substitute_head_for_nobody(world: World) -> None:
    record(world, by="hanh", absent="lan", substitute="em")
    with pytest.raises(Forbidden):
        record(world, by="em", absent="dung", substitute="chi")
    assert {each.full_name for each in services.answered_for(actor=world.actor("hanh"), on=DAY)} == {
        "Chi", "Dung", "Em", "Hanh", "Khoa", "Lan",
    }  # fmt: skip
    assert services.answered_for(actor=world.actor("em"), on=DAY) == ()


@pytest.mark.parametrize(
    ("substitute", "refusal"),
    [("dung", SubstituteIsAbsent), ("giang", SubstituteUnknown), ("an", SubstituteUnknown)],
)
def test_substitute_is_a_colleague_and_somebody_else(
    world: World, substitute: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        record(world, substitute=substitute)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "  "}, AbsenceUnexplained),
        ({"reason": "\u200b\u2060"}, AbsenceUnexplained),
        ({"last_day": DAY - timedelta(days=1), "first_day": DAY - timedelta(days=3)}, AbsenceIsOver),
        ({"last_day": DAY, "first_day": DAY + timedelta(days=1)}, AbsenceEndsFirst),
        ({"last_day": DAY + timedelta(days=366)}, AbsenceTooLong),
    ],
)
def test_absence_that_makes_no_sense_is_refused(
    world: World, changes: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        record(world, **changes)


def test_absences_of_one_officer_do_not_overlap(world: World) -> None:
    record(world)
    with pytest.raises(AbsenceOverlaps):
        record(world, first_day=DAY + timedelta(days=4), last_day=DAY + timedelta(days=9))
    record(world, first_day=DAY + timedelta(days=5), last_day=DAY + timedelta(days=9))
    assert [each.first_day.day for each in queries.absences([world.people["dung"].pk], DAY)] == [4, 9]


def test_who_is_away_stands_in_for_nobody_on_the_same_days(world: World) -> None:
    record(world, by="hanh", absent="em", substitute="lan", first_day=DAY + timedelta(days=4))
    with pytest.raises(SubstituteAway) as refused:
        record(world)
    assert refused.value.params == {"name": "Em", "days": "08/03/2024 – 08/03/2024"}
    assert Absence.objects.count() == 1
    record(world, last_day=DAY + timedelta(days=3))
    assert stood_in_for(world, "em", DAY + timedelta(days=3)) != frozenset()


def test_who_is_back_early_stands_in_again(world: World) -> None:
    absence = record(world, absent="em", substitute="dung")
    services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence)
    record(world)
    assert stood_in_for(world, "em", DAY) != frozenset()


def test_absence_of_a_substitute_names_for_whom_they_stand_in_until_it_is_known(world: World) -> None:
    record(world)
    away = {"by": "hanh", "absent": "em", "substitute": "lan", "first_day": DAY + timedelta(days=4)}
    with pytest.raises(StandsInForOthers) as refused:
        record(world, **away)
    assert refused.value.params == {"name": "Em", "whom": "Dung (04/03/2024 – 08/03/2024)"}
    assert Absence.objects.count() == 1
    record(world, **away, leaves_others=True)
    found = queries.absences([world.people["dung"].pk, world.people["em"].pk], DAY)
    assert [each.leaves_open(other) for each in found for other in found] == [False, True, False, False]


@pytest.mark.django_db(transaction=True)
def test_two_who_would_stand_in_for_each_other_at_once_are_not_both_recorded(
    transactional_db: None,
) -> None:
    queries.forget()
    world = make_world()
    said = at_once(
        lambda: record(world, absent="dung", substitute="em"),
        lambda: record(world, absent="em", substitute="dung"),
    )
    assert Absence.objects.count() == 1
    assert sum(isinstance(each, SubstituteAway | StandsInForOthers) for each in said) == 1


def elsewhere(world: World, name: str, kind: UnitKind, role: Role) -> None:
    """Give somebody a post at another agency as well."""
    agency = Agency.objects.create(
        province=world.agency.province,
        key="so-y-te",
        name="Sở Y tế",
        level=AgencyLevel.PROVINCE,
        kind=AgencyKind.DEPARTMENT,
    )
    unit = Unit.objects.create(agency=agency, key=kind.value, name=kind.value, kind=kind.value)
    Position.objects.create(account=world.people[name], unit=unit, role=role.value)


@pytest.mark.parametrize("by", ["lan", "hanh"])
def test_posts_at_another_agency_are_not_handed_on(world: World, by: str) -> None:
    elsewhere(world, "dung", UnitKind.LEADERSHIP, Role.APPROVER)
    record(world, by=by)
    assert {(post.agency_id, post.role) for post in stood_in_for(world, "em", DAY)} == {
        (world.agency.pk, Role.CASE_OFFICER)
    }


def test_head_hands_on_posts_of_the_unit_and_the_leader_those_of_the_agency(world: World) -> None:
    office = world.units[UnitKind.OFFICE]
    Position.objects.create(account=world.people["dung"], unit=office, role=Role.CLERK.value)
    absence = record(world)
    assert {post.role for post in stood_in_for(world, "em", DAY)} == {Role.CASE_OFFICER}
    services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence)
    record(world, by="hanh")
    assert {post.role for post in stood_in_for(world, "em", DAY)} == {Role.CASE_OFFICER, Role.CLERK}


def test_head_neither_hands_on_a_leaders_post_nor_takes_the_leaders_place(world: World) -> None:
    division, hanh = world.units[UnitKind.DIVISION], world.people["hanh"]
    Position.objects.create(account=hanh, unit=division, role=Role.APPROVER.value)
    with pytest.raises(Forbidden):
        record(world, absent="hanh", substitute="em")
    Position.objects.create(account=hanh, unit=division, role=Role.CASE_OFFICER.value)
    with pytest.raises(OwnSubstitute):
        record(world, absent="hanh", substitute="lan")
    record(world, absent="hanh", substitute="em")
    assert {post.role for post in stood_in_for(world, "em", DAY)} == {Role.CASE_OFFICER}


def test_colleague_at_another_agency_stands_in_for_nothing_here(world: World) -> None:
    elsewhere(world, "lan", UnitKind.DIVISION, Role.CASE_OFFICER)
    Position.objects.create(
        account=world.people["giang"],
        unit=Unit.objects.get(agency__key="so-y-te"),
        role=Role.CASE_OFFICER.value,
    )
    with pytest.raises(SubstituteUnknown):
        record(world, substitute="giang")


def test_posts_of_a_blocked_account_pass_on_nothing(world: World) -> None:
    record(world)
    Account.objects.filter(pk=world.people["dung"].pk).update(is_active=False)
    assert stood_in_for(world, "em", DAY) == frozenset()


def test_absence_and_its_end_stand_in_the_chain(world: World) -> None:
    absence = record(world)
    services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence)
    recorded, ended = ActRecord.objects.order_by("id")
    assert (recorded.act, recorded.actor_name, recorded.what) == (
        "absence_recorded",
        "Lan",
        f"account:{world.people['dung'].pk}",
    )
    assert (recorded.facts["name"], recorded.facts["substitute"]) == ("Dung", "Em")
    assert "Nghỉ phép" not in recorded.facts.values()
    assert (ended.act, ended.facts["name"]) == ("absence_ended", "Dung")


def told(world: World, key: str) -> dict[str, str]:
    """Who was told so in their inbox, and whether as the substitute."""
    rows = OutboxMessage.objects.filter(key=key, channel="in_app").order_by("id")
    return {row.account.username: row.context["is_substitute"] for row in rows if row.account}


def test_absent_and_substitute_are_told_when_it_is_recorded_and_when_it_ends(world: World) -> None:
    absence = record(world)
    assert told(world, "desk.absence_recorded") == {"em": "1", "dung": ""}
    row = OutboxMessage.objects.filter(key="desk.absence_recorded").first()
    assert row is not None
    assert "Nghỉ phép" not in row.context.values()  # why somebody is away is nobody else's business
    services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=absence)
    assert told(world, "desk.absence_ended") == {"em": "1", "dung": ""}


def test_leader_who_records_the_own_absence_is_not_told_but_the_substitute_is(world: World) -> None:
    absence = record(world, "hanh", "hanh", "lan", first_day=DAY + timedelta(days=1))
    assert told(world, "desk.absence_recorded") == {"lan": "1"}
    services.end_absence(actor=world.actor("hanh"), at=MONDAY, absence_id=absence)
    assert told(world, "desk.absence_ended") == {"lan": "1"}
    (ended,) = OutboxMessage.objects.filter(key="desk.absence_ended", channel="in_app")
    assert ended.context["has_begun"] == ""


def test_refused_absence_tells_nobody(world: World) -> None:
    record(world)
    with pytest.raises(AbsenceOverlaps):
        record(world)
    assert OutboxMessage.objects.filter(key="desk.absence_recorded", channel="in_app").count() == 2


def test_known_officer_is_away_from_the_first_to_the_last_day_and_sooner_where_asked_so(world: World) -> None:
    """Work that is due later is better not given to somebody who goes tomorrow."""
    record(world, first_day=DAY + timedelta(days=1), last_day=DAY + timedelta(days=2))
    dung = world.people["dung"].pk
    days = {
        n: queries.known_officers([dung], DAY + timedelta(days=n))[dung].away is not None for n in range(4)
    }
    assert days == {0: False, 1: True, 2: True, 3: False}
    ahead = queries.known_officers([dung], DAY, DAY + timedelta(days=1))[dung].away
    assert ahead is not None
    assert (ahead.first_day, ahead.substitute_name) == (DAY + timedelta(days=1), "Em")
    assert queries.known_officers([], DAY) == {}


def test_known_officer_has_a_substitute_only_at_posts_that_are_handed_on(world: World) -> None:
    dung, office = world.people["dung"], world.units[UnitKind.OFFICE]
    Position.objects.create(account=dung, unit=office, role=Role.CLERK.value)
    number = record(world)
    away = queries.known_officers([dung.pk], DAY)[dung.pk].away
    assert away is not None
    division = world.units[UnitKind.DIVISION].pk
    held = [away.has_substitute_at(*post) for post in ((division, "case_officer"), (division, "approver"))]
    assert held == [True, False]
    assert away.has_substitute_at(division)
    assert not away.has_substitute_at(office.pk)
    services.end_absence(actor=world.actor("lan"), at=MONDAY, absence_id=number)
    assert queries.known_officers([dung.pk], DAY)[dung.pk].away is None
