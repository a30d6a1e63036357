"""What administrators may do, and that each act stands in the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.dossiers.world import MONDAY, START, World, make_world

from motcua.accounts import services as account_services
from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.errors import (
    AgencyExists,
    BadAgency,
    EndsBeforeItStarts,
    OwnPost,
    PositionOverlaps,
    PostEndsEarlier,
    PostIsOver,
    RoleNotOfUnit,
    UnitExists,
)
from motcua.agencies.models import Agency, Position, Unit
from motcua.agencies.rules.cards import Post
from motcua.agencies.services import Entry
from motcua.audit import queries as audit
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden

pytestmark = pytest.mark.django_db
AT = MONDAY
TODAY = AT.date()


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Lan is administrator of the agency, Giang of the province, Mai works in another agency."""
    queries.forget()
    made = make_world()
    made.people["mai"] = Account.objects.create(
        kind="officer", username="mai", full_name="Mai", created_at=AT
    )
    Position.objects.create(account=made.people["lan"], unit=made.units[UnitKind.OFFICE], role=Role.ADMIN)
    Account.objects.filter(username="giang").update(is_admin=True)
    other = Agency.objects.create(
        province="dak-lak", key="khac", code="H15.16", name="Sở Khác", level="province", kind="department"
    )
    desk = Unit.objects.create(agency=other, key="desk", name="Quầy", kind="desk")
    Position.objects.create(account=made.people["mai"], unit=desk, role=Role.RECEIVER)
    yield made
    queries.forget()


def acts() -> list[tuple[str, str]]:
    return [(act.act, act.actor_name) for act in audit.acts()]


def appoint(world: World, actor: str, who: str = "em", **changes: object) -> int:
    given: dict[str, object] = {
        "account_id": world.people[who].pk,
        "unit_id": world.units[UnitKind.DIVISION].pk,
        "role": Role.UNIT_HEAD,
        "valid_from": TODAY,
    }
    return services.appoint(actor=world.actor(actor), at=AT, **given | changes)  # type: ignore[arg-type]


def test_post_given_holds_on_its_days_and_stands_in_the_chain(world: World) -> None:
    end = TODAY + timedelta(days=5)
    appoint(world, "lan", valid_from=TODAY + timedelta(days=1), valid_to=end)
    em = world.people["em"].pk
    held = {
        day: any(post.role is Role.UNIT_HEAD for post in queries.positions_of(em, day))
        for day in (TODAY, end, end + timedelta(days=1))
    }
    assert list(held.values()) == [False, True, False]
    (act,) = audit.acts(what=f"account:{em}")
    assert (act.act, act.actor_name, act.facts["to"]) == ("post_given", "Lan", str(end))


@pytest.mark.parametrize(
    ("actor", "changes", "refusal"),
    [
        ("dung", {}, Forbidden),
        ("an", {}, Forbidden),
        ("lan", {"role": Role.ADMIN, "unit": UnitKind.OFFICE}, Forbidden),
        ("lan", {"who": "lan"}, OwnPost),
        ("giang", {"who": "giang"}, OwnPost),
        ("lan", {"role": Role.RECEIVER}, RoleNotOfUnit),
        ("lan", {"valid_to": TODAY - timedelta(days=1)}, EndsBeforeItStarts),
        ("lan", {"role": Role.CASE_OFFICER}, PositionOverlaps),
    ],
)
def test_post_that_may_not_be_given_is_refused_and_changes_nothing(
    world: World, actor: str, changes: dict[str, object], refusal: type[Exception]
) -> None:
    before = Position.objects.count()
    given = dict(changes)
    if kind := given.pop("unit", None):
        given["unit_id"] = world.units[kind].pk  # type: ignore[index]
    with pytest.raises(refusal):
        appoint(world, actor, **given)
    assert (Position.objects.count(), acts()) == (before, [])


def test_administrator_of_an_agency_ends_at_its_border(world: World) -> None:
    desk = Unit.objects.get(agency__key="khac", key="desk")
    mai = world.people["mai"].pk
    lan = world.actor("lan")
    for act in (
        lambda: appoint(world, "lan", unit_id=desk.pk, role=Role.RECEIVER),
        lambda: services.add_unit(
            actor=lan, at=AT, agency_id=desk.agency_id, name="Phòng", kind=UnitKind.DIVISION
        ),
        lambda: services.rename_unit(actor=lan, at=AT, unit_id=desk.pk, name="Quầy 2"),
        lambda: services.give_password(actor=lan, at=AT, account_id=mai),
        lambda: services.open_or_close(actor=lan, at=AT, account_id=mai, is_active=False),
        lambda: services.unlock(actor=lan, at=AT, account_id=mai),
        lambda: services.relieve(actor=lan, at=AT, position_id=_post_of(mai), last_day=TODAY),
        lambda: services.take_back(actor=lan, at=AT, position_id=_post_of(mai)),
        lambda: services.add_agency(actor=lan, at=AT, entry=_entry()),
        lambda: services.add_officer(actor=lan, at=AT, full_name="Người Mới", username="moi"),
    ):
        with pytest.raises(Forbidden):
            act()
    assert acts() == []


def test_administrator_of_the_province_is_nobody_elses_to_look_after(world: World) -> None:
    """Else an agency's administrator could take over the province by a new password."""
    Account.objects.filter(username="dung").update(is_admin=True)
    with pytest.raises(Forbidden):
        services.give_password(actor=world.actor("lan"), at=AT, account_id=world.people["dung"].pk)


def test_administrator_with_a_given_password_may_do_nothing_yet(world: World) -> None:
    Account.objects.filter(username="lan").update(must_change_password=True)
    with pytest.raises(Forbidden):
        appoint(world, "lan")


def test_administrator_whose_post_has_ended_may_do_nothing_more(world: World) -> None:
    Position.objects.filter(role=Role.ADMIN).update(valid_to=TODAY - timedelta(days=1))
    with pytest.raises(Forbidden):
        appoint(world, "lan")


def test_post_ended_ends_after_its_last_day(world: World) -> None:
    position = _post_of(world.people["em"].pk)
    services.relieve(actor=world.actor("lan"), at=AT, position_id=position, last_day=TODAY)
    em = world.people["em"].pk
    assert [bool(queries.positions_of(em, day)) for day in (TODAY, TODAY + timedelta(days=1))] == [
        True,
        False,
    ]
    held, yesterday = appoint(world, "lan", valid_from=TODAY), TODAY - timedelta(days=1)
    with pytest.raises(EndsBeforeItStarts):
        services.relieve(actor=world.actor("lan"), at=AT, position_id=held, last_day=yesterday)


def test_end_of_a_post_only_comes_nearer(world: World) -> None:
    """A day more is given like a post: an agency's administrator would else make administrators, and anybody
    hold one post twice."""
    em, ends = world.people["em"].pk, TODAY + timedelta(days=5)
    held = appoint(world, "giang", role=Role.ADMIN, unit_id=world.units[UnitKind.OFFICE].pk, valid_to=ends)
    lan, known = world.actor("lan"), len(acts())
    with pytest.raises(PostEndsEarlier) as refusal:
        services.relieve(actor=lan, at=AT, position_id=held, last_day=ends + timedelta(days=1))
    assert refusal.value.params == {"day": ends}
    services.relieve(actor=lan, at=AT, position_id=held, last_day=ends)  # as it is: no act
    assert len(acts()) == known
    services.relieve(actor=lan, at=AT, position_id=held, last_day=TODAY)
    assert queries.positions_of(em, TODAY + timedelta(days=1)) == queries.positions_of(em, TODAY) - {
        Post(world.units[UnitKind.OFFICE].pk, world.agency.pk, Role.ADMIN)
    }


@pytest.mark.parametrize("actor", ["lan", "giang"])
def test_post_that_is_over_or_was_taken_back_gets_no_other_end(world: World, actor: str) -> None:
    held = appoint(world, "lan", valid_from=TODAY - timedelta(days=9))
    services.take_back(actor=world.actor("lan"), at=AT, position_id=held)
    known = acts()
    for day in (TODAY - timedelta(days=2), TODAY + timedelta(days=3650)):
        with pytest.raises(PostIsOver):
            services.relieve(actor=world.actor(actor), at=AT, position_id=held, last_day=day)
    assert Position.objects.get(pk=held).valid_to == TODAY - timedelta(days=1)
    assert acts() == known


@pytest.mark.parametrize("start", [TODAY, TODAY - timedelta(days=9)])
def test_post_taken_back_gives_no_right_any_more_and_stands_in_the_chain(world: World, start: date) -> None:
    held, em = appoint(world, "lan", valid_from=start), world.people["em"].pk
    assert Role.UNIT_HEAD in {post.role for post in queries.positions_of(em, TODAY)}
    services.take_back(actor=world.actor("lan"), at=AT, position_id=held)
    assert Role.UNIT_HEAD not in {post.role for post in queries.positions_of(em, TODAY)}
    (given, taken) = [
        act for act in audit.acts(what=f"account:{em}", limit=9) if act.act.startswith("post_")
    ][::-1]
    assert (given.act, taken.act) == ("post_given", "post_taken_back")
    assert (taken.facts["role"], taken.facts["from"]) == ("unit_head", str(start))
    appoint(world, "lan", valid_from=TODAY)  # and may be given again


def test_post_that_is_over_or_ones_own_is_not_taken_back(world: World) -> None:
    over = _post_of(world.people["em"].pk)
    services.relieve(actor=world.actor("lan"), at=AT, position_id=over, last_day=TODAY - timedelta(days=1))
    with pytest.raises(PostIsOver):
        services.take_back(actor=world.actor("lan"), at=AT, position_id=over)
    own = Position.objects.get(account=world.people["lan"], role=Role.ADMIN).pk
    with pytest.raises(OwnPost):
        services.take_back(actor=world.actor("lan"), at=AT, position_id=own)
    assert Position.objects.filter(pk__in=[over, own]).count() == 2


@pytest.mark.parametrize(
    ("do", "act"),
    [
        (lambda actor, who: services.give_password(actor=actor, at=AT, account_id=who), "password_given"),
        (lambda actor, who: services.unlock(actor=actor, at=AT, account_id=who), "officer_unlocked"),
        (
            lambda actor, who: services.open_or_close(actor=actor, at=AT, account_id=who, is_active=False),
            "officer_closed",
        ),
    ],
)
@pytest.mark.parametrize("name", ["lan", "giang"])
def test_account_is_looked_after_by_agency_and_province(
    world: World, do: Callable[..., object], act: str, name: str
) -> None:
    do(world.actor(name), world.people["em"].pk)
    assert acts() == [(act, name.title())]


def _entry(**changes: object) -> Entry:
    given = {
        "province": "dak-lak",
        "name": "Ủy ban nhân dân xã Thử Nghiệm",
        "level": AgencyLevel.COMMUNE.value,
        "kind": AgencyKind.COMMUNE_COMMITTEE.value,
        "valid_from": START,
    }
    return Entry(**given | changes)  # type: ignore[arg-type]


def test_new_agency_comes_with_the_units_a_dossier_needs(world: World) -> None:
    made = services.add_agency(actor=world.actor("giang"), at=AT, entry=_entry())
    card = queries.agency(made)
    assert {unit.kind for unit in card.units} == set(UnitKind)
    assert (card.name, card.code_is_synthetic) == ("Ủy ban nhân dân xã Thử Nghiệm", True)
    assert acts() == [("agency_added", "Giang")]


@pytest.mark.parametrize(
    "changes",
    [{"code": "H15.16"}, {"code": "x"}, {"kind": "?"}, {"kind": "department"}, {"parent_key": "khong"}],
)
def test_agency_that_cannot_be_is_refused(world: World, changes: dict[str, object]) -> None:
    before = Agency.objects.count()
    with pytest.raises(BadAgency):
        services.add_agency(actor=world.actor("giang"), at=AT, entry=_entry(**changes))
    assert (Agency.objects.count(), acts()) == (before, [])


@pytest.mark.parametrize("begins", [date(2025, 7, 1), None])
def test_agency_of_a_district_does_not_begin_after_there_were_any(world: World, begins: date | None) -> None:
    of_district = {
        "name": "Ủy ban nhân dân huyện Thử Nghiệm",
        "level": AgencyLevel.DISTRICT.value,
        "kind": AgencyKind.VERTICAL_AGENCY.value,
    }
    at, entry = datetime(2026, 11, 29, 9, tzinfo=AT.tzinfo), _entry(**of_district, valid_from=begins)
    with pytest.raises(BadAgency, match="cấp huyện chỉ có đến ngày 30/6/2025") as refused:
        services.add_agency(actor=world.actor("giang"), at=at, entry=entry)
    assert refused.value.params["column"] == "level"
    before = _entry(**of_district, valid_from=date(2025, 6, 30))
    assert queries.agency(services.add_agency(actor=world.actor("giang"), at=AT, entry=before))


def test_agency_is_not_added_twice(world: World) -> None:
    services.add_agency(actor=world.actor("giang"), at=AT, entry=_entry())
    with pytest.raises(AgencyExists, match="Tỉnh này đã có cơ quan"):
        services.add_agency(actor=world.actor("giang"), at=AT, entry=_entry())


def test_agency_changed_is_known_at_once(world: World) -> None:
    services.change_agency(
        actor=world.actor("giang"),
        at=AT,
        agency_id=world.agency.pk,
        name="Sở Tư pháp mới",
        address="1 Lê Duẩn",
    )
    card = queries.agency(world.agency.pk)
    assert (card.name, card.validity.end) == ("Sở Tư pháp mới", None)
    with pytest.raises(Forbidden):
        services.change_agency(
            actor=world.actor("lan"), at=AT, agency_id=world.agency.pk, name="X", address=""
        )


def test_unit_added_and_renamed(world: World) -> None:
    unit = services.add_unit(
        actor=world.actor("lan"),
        at=AT,
        agency_id=world.agency.pk,
        name="Phòng Hộ tịch",
        kind=UnitKind.DIVISION,
    )
    services.rename_unit(actor=world.actor("lan"), at=AT, unit_id=unit, name="Phòng Hộ tịch, quốc tịch")
    assert queries.unit(unit).name == "Phòng Hộ tịch, quốc tịch"
    with pytest.raises(UnitExists):  # one desk only
        services.add_unit(
            actor=world.actor("lan"), at=AT, agency_id=world.agency.pk, name="Quầy hai", kind=UnitKind.DESK
        )


# --- the chain --------------------------------------------------------------------------------------------
def test_chain_of_acts_holds_and_a_changed_row_is_found(world: World) -> None:
    for name in ("cb.mot", "cb.hai", "cb.ba"):
        account_services.create_officer(actor=SYSTEM, username=name, full_name="Người Mới", at=AT)
    assert audit.verify_acts() is None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_actrecord DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_actrecord SET actor_name = 'Ai đó' WHERE id = 2")
        cursor.execute("ALTER TABLE audit_actrecord ENABLE TRIGGER USER")
    broken = audit.verify_acts()
    assert broken is not None
    assert broken.ref == "2"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_actrecord SET act = 'x'", "DELETE FROM audit_actrecord", "TRUNCATE audit_actrecord"],
)
def test_acts_are_never_changed(world: World, statement: str) -> None:
    account_services.create_officer(actor=SYSTEM, username="cb.mot", full_name="Người Mới", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _post_of(account_id: int) -> int:
    return Position.objects.get(account_id=account_id).pk
