"""Who makes officers' accounts under each regulation, and who is told of changes of officers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts import queries as accounts
from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.errors import IssuedElsewhere, RoleNotOfUnit
from motcua.agencies.models import Agency, Position, Unit
from motcua.audit import queries as audit
from motcua.kernel.dates import day_in_words
from motcua.kernel.errors import Forbidden
from motcua.notify import queries as notified
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def office(world: World) -> World:
    """Lan administers the department, Oanh the Office of the province, Quy leads the Office."""
    Position.objects.create(account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    body = Agency.objects.create(
        province=world.agency.province,
        key="van-phong-ubnd-tinh",
        name="Văn phòng Ủy ban nhân dân tỉnh",
        level="province",
        kind="department",
    )
    for name, kind, role in (
        ("oanh", UnitKind.OFFICE, Role.ADMIN),
        ("quy", UnitKind.LEADERSHIP, Role.APPROVER),
    ):
        unit = Unit.objects.create(agency=body, key=kind.value, name=kind.value, kind=kind.value)
        world.people[name] = Account.objects.create(
            kind="officer", username=name, full_name=name.title(), created_at=world.now
        )
        Position.objects.create(account=world.people[name], unit=unit, role=role)
    return world


def add(world: World, who: str, *, role: Role = Role.RECEIVER, username: str = "moi", **more: Any) -> int:
    given = services.add_officer(
        actor=world.actor(who),
        at=world.now,
        full_name="Trần Thị Mới",
        username=username,
        **{"unit_id": world.units[UnitKind.DESK].pk, "role": role} | more,
    )
    return int(given.account.id)


def told(world: World) -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(key="desk.staff_changed", channel="in_app").order_by("id")
    return [(row.recipient_name, str(row.context["name"])) for row in rows]


@pytest.mark.clause("KT22-22.6")
@pytest.mark.parametrize("regulation", ["KT22", "DL24"], indirect=True)
def test_the_office_makes_accounts_for_all_agencies_and_an_agency_none(
    office: World, regulation: str
) -> None:
    with pytest.raises(IssuedElsewhere) as refused:
        add(office, "lan")
    clause = {"KT22": "KT22-22.6", "DL24": "DL24-6.2"}[regulation]
    assert refused.value.clauses == (clause,)
    assert "Văn phòng Ủy ban nhân dân tỉnh" in str(refused.value)
    assert (accounts.find_officer("moi"), audit.acts(), told(office)) == (None, (), [])

    made = add(office, "oanh")
    (post,) = queries.positions_of(made, office.now.date())
    assert (post.agency_id, post.role) == (office.agency.pk, Role.RECEIVER)
    without = add(office, "oanh", unit_id=None, role=None, username="hai")
    assert queries.positions_of(without, office.now.date()) == frozenset()
    services.appoint(  # the agency takes on whom the Office gave an account
        actor=office.actor("lan"),
        at=office.now,
        account_id=without,
        unit_id=office.units[UnitKind.DIVISION].pk,
        role=Role.CASE_OFFICER,
        valid_from=office.now.date(),
    )
    assert len(queries.positions_of(without, office.now.date())) == 1


@pytest.mark.clause("KT22-22.6")
def test_the_office_makes_no_administrators_and_gives_no_later_posts(office: World) -> None:
    with pytest.raises(Forbidden):
        add(office, "oanh", role=Role.ADMIN, unit_id=office.units[UnitKind.OFFICE].pk)
    assert accounts.find_officer("moi") is None
    with pytest.raises(Forbidden):
        services.appoint(
            actor=office.actor("oanh"),
            at=office.now,
            account_id=office.people["em"].pk,
            unit_id=office.units[UnitKind.DIVISION].pk,
            role=Role.UNIT_HEAD,
            valid_from=office.now.date(),
        )


@pytest.mark.clause("PT24-3.4", "QN20-4.3#1")
def test_elsewhere_an_agency_makes_the_accounts_of_its_own_people(office: World) -> None:
    """The account comes with a post there; the Office makes none for others."""
    made = add(office, "lan")
    (post,) = queries.positions_of(made, office.now.date())
    assert (post.agency_id, accounts.account_card(made).must_change_password) == (office.agency.pk, True)
    for who, more in (("lan", {"unit_id": None, "role": None}), ("oanh", {})):
        with pytest.raises(Forbidden):
            add(office, who, username="hai", **more)
    with pytest.raises(RoleNotOfUnit):
        add(office, "lan", role=Role.APPROVER, username="hai")
    assert accounts.find_officer("hai") is None
    assert [(act.act, act.actor_name) for act in audit.acts()] == [
        ("post_given", "Lan"),
        ("officer_created", "Lan"),
    ]


# --- who is told -------------------------------------------------------------------------------------------
def change(world: World) -> None:
    """What the department's administrator does with its officers, one after the other."""
    lan, at = world.actor("lan"), world.now
    em, chi = world.people["em"].pk, world.people["chi"].pk
    services.appoint(
        actor=lan,
        at=at,
        account_id=em,
        unit_id=world.units[UnitKind.DIVISION].pk,
        role=Role.UNIT_HEAD,
        valid_from=at.date(),
    )
    post = Position.objects.get(account_id=chi)
    services.relieve(actor=lan, at=at, position_id=post.pk, last_day=at.date())
    services.open_or_close(actor=lan, at=at, account_id=em, is_active=False)
    services.open_or_close(actor=lan, at=at, account_id=em, is_active=True)
    services.change_officer(actor=lan, at=at, account_id=em, phone="0905000111")


@pytest.mark.clause("DL24-11.6")
def test_the_office_is_told_of_each_change_of_an_agencys_officers(office: World) -> None:
    change(office)
    em, chi = office.people["em"].full_name, office.people["chi"].full_name
    assert told(office) == [(who, name) for name in (em, chi, em, em, em) for who in ("Oanh", "Quy")]
    found = [each.body for each in notified.inbox(office.people["oanh"].pk)][::-1]
    day = day_in_words(office.now.date())
    for text, words in zip(
        found,
        (f"được giao vị trí tại division từ {day}", f"sau {day}", "bị khóa", "mở lại", "sửa"),
        strict=True,
    ):
        assert words in text
        assert "DL24-11.6" in text
        assert "Người ghi nhận: Lan" in text


def test_whoever_is_of_the_office_is_not_told_of_what_the_office_did(office: World) -> None:
    add(office, "oanh")
    assert told(office) == []


@pytest.mark.parametrize("regulation", ["KT22", "PT24"], indirect=True)
def test_nobody_is_told_where_the_regulation_does_not_ask_for_it(office: World, regulation: str) -> None:
    change(office)
    assert told(office) == []


@pytest.mark.clause("KT22-22.6")
def test_pages_show_the_form_to_whom_the_regulation_names_and_the_others_whom_to_ask(
    office: World, at_desk: At
) -> None:
    new, listed = reverse("desk:new_officer"), reverse("desk:officers")
    lan, oanh = at_desk("lan"), at_desk("oanh")
    page = lan.get(listed).content.decode()
    assert f'href="{new}"' not in page
    assert "do Văn phòng Ủy ban nhân dân tỉnh tạo (KT22-22.6)" in page
    refused = lan.get(new)
    assert (refused.status_code, "Văn phòng Ủy ban nhân dân tỉnh" in refused.content.decode()) == (403, True)
    assert f'href="{new}"' in oanh.get(listed).content.decode()
    here = f"{new}?co_quan={office.agency.pk}"
    assert 'name="co_quan"' in oanh.get(new).content.decode()
    typed = {
        "full_name": "Trần Thị Mới",
        "username": "moi",
        "unit_id": office.units[UnitKind.DESK].pk,
        "role": "receiver",
        "valid_from": f"{office.now:%d/%m/%Y}",
    }
    answer = oanh.post(here, typed)
    assert answer.context["given"].password in answer.content.decode()
    made = Account.objects.get(username="moi")
    page = oanh.get(reverse("desk:officer", args=[made.pk])).content.decode()
    assert "Trần Thị Mới" in page
    assert reverse("desk:relieve", args=[Position.objects.get(account=made).pk]) not in page
    assert oanh.get(reverse("desk:account_act", args=[made.pk, "khoa"])).status_code == 403
