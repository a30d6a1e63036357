"""Who is away, who stands in, and who may say so."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
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
    AuthorityUndated,
    AuthorityUnnumbered,
    OwnSubstitute,
    StandsInForOthers,
    SubstituteAway,
    SubstituteDoesNotLead,
    SubstituteIsAbsent,
    SubstituteOfAnotherUnit,
    SubstituteUnknown,
)
from motcua.agencies.models import Absence, Agency, Position, Unit
from motcua.agencies.rules.cards import Post
from motcua.agencies.rules.standing_in import Authority
from motcua.audit import queries as audit
from motcua.audit.models import ActRecord
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.notify.models import OutboxMessage

DAY = MONDAY.date()
PAPER = Authority("05/GUQ", date(2024, 3, 1))


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
    absence = record(world, "hanh", "hanh", "lan", first_day=DAY + timedelta(days=1), authority=PAPER)
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


def test_leaders_post_passes_to_a_leader_or_to_a_head_by_a_paper_and_to_nobody_else(world: World) -> None:
    for name in ("chi", "khoa", "em", "lan"):  # receiver, clerk, case officer; a head without a paper
        with pytest.raises(SubstituteDoesNotLead) as refused:
            record(world, "hanh", "hanh", name)
        assert refused.value.clauses == ("DL24-20.2",)
    for name in ("chi", "khoa", "em"):
        with pytest.raises(SubstituteDoesNotLead):
            record(world, "hanh", "hanh", name, authority=PAPER)
    assert not Absence.objects.exists()
    record(world, "hanh", "hanh", "lan", authority=PAPER)
    assert {post.role for post in stood_in_for(world, "lan", DAY)} == {Role.APPROVER}
    assert audit.acts()[0].facts["authority"] == "số 05/GUQ ngày 01/03/2024"


@pytest.mark.parametrize(
    ("number", "day", "refusal"),
    [
        (".", date(2024, 3, 1), AuthorityUnnumbered),
        ("\u200b", date(2024, 3, 1), AuthorityUnnumbered),
        ("05/GUQ", None, AuthorityUndated),
        ("05/GUQ", MONDAY.date() + timedelta(days=1), AuthorityUndated),
    ],
)
def test_leaders_power_passes_by_no_paper_without_number_and_day(
    world: World, number: str, day: date | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        record(world, "hanh", "hanh", "lan", authority=Authority(number, day))
    assert not Absence.objects.exists()


def test_another_leader_stands_in_for_a_leader_without_a_paper(world: World) -> None:
    place = world.units[UnitKind.LEADERSHIP]
    Position.objects.create(account=world.people["giang"], unit=place, role=Role.APPROVER.value)
    record(world, "hanh", "hanh", "giang")
    assert {post.for_name for post in stood_in_for(world, "giang", DAY)} == {"Hanh"}


def test_heads_post_passes_within_the_unit_or_to_who_heads_or_leads(world: World) -> None:
    with pytest.raises(SubstituteOfAnotherUnit):
        record(world, "hanh", "lan", "khoa")
    record(world, "hanh", "lan", "hanh")
    assert {post.role for post in stood_in_for(world, "hanh", DAY)} == {Role.UNIT_HEAD}


def test_what_was_recorded_for_a_leader_before_is_kept_and_passes_nothing_on(world: World) -> None:
    hanh, em = world.people["hanh"].pk, world.people["em"].pk
    Absence.objects.create(
        account_id=hanh, substitute_id=em, first_day=DAY, last_day=DAY, reason="Nghỉ", recorded_by="Hanh",
        recorded_at=MONDAY, agency_ids=[world.agency.pk],
    )  # fmt: skip
    assert stood_in_for(world, "em", DAY) == frozenset()
    (shown,) = queries.absences([hanh], DAY)
    assert shown.substitute_name == "Em"
    known = queries.known_officers([hanh], DAY)[hanh].away
    assert known is not None
    assert known.handed_on == frozenset()  # whoever gives them work reads so


def acts_from(post: Position, on: date) -> bool:
    sql, values = queries.acting_posts(on)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return (post.unit_id, post.role, post.account_id) in cursor.fetchall()


@pytest.mark.parametrize("authority", ["", "số 05/GUQ ngày 01/03/2024"])
@pytest.mark.parametrize("where", ["agency", "unit", "nowhere"])
def test_post_of_somebody_away_is_held_where_the_rule_lets_it_pass(
    world: World, where: str, authority: str
) -> None:
    """The condition in queries says what `may_stand_in` says, whatever post is whose."""
    dung, em = world.people["dung"], world.people["em"]
    division, office = world.units[UnitKind.DIVISION], world.units[UnitKind.OFFICE]
    Position.objects.filter(account__in=(dung, em)).delete()
    Absence.objects.create(
        account=dung,
        substitute=em,
        first_day=DAY,
        last_day=DAY,
        reason="Ốm",
        recorded_by="Lan",
        recorded_at=MONDAY,
        agency_ids=[world.agency.pk] if where == "agency" else [],
        unit_ids=[division.pk] if where == "unit" else [],
        authority=authority,
    )
    for role, own_role, own_unit in product(Role, Role, (division, office)):
        if role is Role.ADMIN:
            continue  # nothing lies with administrators
        post = Position.objects.create(account=dung, unit=division, role=role.value)
        own = Position.objects.create(account=em, unit=own_unit, role=own_role.value)
        passed = any(each.role is role and each.for_id for each in queries.positions_of(em.pk, DAY))
        held = acts_from(post, DAY)
        assert held is passed, (role, own_role, own_unit.name)
        post.delete()
        own.delete()
    away = Position.objects.create(account=dung, unit=division, role=Role.CASE_OFFICER.value)
    Account.objects.filter(pk=em.pk).update(is_active=False)
    assert not acts_from(away, DAY)
    assert acts_from(away, DAY + timedelta(days=1))
