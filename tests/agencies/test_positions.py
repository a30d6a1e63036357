"""Positions, calendars, and what is kept in memory."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import Role
from motcua.agencies.errors import PositionOverlaps, UnknownAgency, UnknownUnit
from motcua.agencies.rules.cards import AgencyCard, Post
from motcua.kernel.actors import SYSTEM
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
TODAY = AT.date()


@pytest.fixture
def commune() -> AgencyCard:
    row = {
        "province": "dak-lak",
        "key": "xa-thu",
        "name_vi": "Ủy ban nhân dân xã Thử",
        "kind": "commune_committee",
        "level": "commune",
        "valid_from": "2025-07-01",
    }
    services.import_agencies(rows=[row], actor=SYSTEM, at=AT)
    return queries.agency_by_key("dak-lak", "xa-thu")


@pytest.fixture
def chi() -> Account:
    return Account.objects.create(
        kind="officer", username="chi", full_name="Phạm Thị Chi", created_at=AT, password="!"
    )


def test_position_counts_from_its_first_to_its_last_day(commune: AgencyCard, chi: Account) -> None:
    desk = commune.desk_unit_id or 0
    position = services.give_position(
        account_id=chi.pk, unit_id=desk, role=Role.RECEIVER, actor=SYSTEM, valid_from=TODAY
    )
    services.end_position(position_id=position, last_day=date(2025, 12, 5), actor=SYSTEM)
    post = frozenset({Post(desk, commune.id, Role.RECEIVER)})
    held = [
        queries.positions_of(chi.pk, date(2025, month, day))
        for month, day in ((11, 30), (12, 1), (12, 5), (12, 6))
    ]
    assert held == [frozenset(), post, post, frozenset()]


def test_same_position_twice_at_once_is_refused(commune: AgencyCard, chi: Account) -> None:
    desk = commune.desk_unit_id or 0
    services.give_position(account_id=chi.pk, unit_id=desk, role=Role.RECEIVER, actor=SYSTEM)
    with pytest.raises(PositionOverlaps):
        services.give_position(
            account_id=chi.pk, unit_id=desk, role=Role.RECEIVER, actor=SYSTEM, valid_from=TODAY
        )


def test_position_at_unknown_unit_is_refused(chi: Account) -> None:
    with pytest.raises(UnknownUnit):
        services.give_position(account_id=chi.pk, unit_id=-1, role=Role.CLERK, actor=SYSTEM)


def test_officers_of_unit_leaves_out_those_who_may_not_log_in(commune: AgencyCard, chi: Account) -> None:
    desk = commune.desk_unit_id or 0
    services.give_position(account_id=chi.pk, unit_id=desk, role=Role.RECEIVER, actor=SYSTEM)
    assert [officer.full_name for officer in queries.officers_of(desk, Role.RECEIVER, TODAY)] == [
        "Phạm Thị Chi"
    ]
    Account.objects.filter(pk=chi.pk).update(is_active=False)
    assert queries.officers_of(desk, Role.RECEIVER, TODAY) == ()


def test_unknown_agency_is_refused() -> None:
    with pytest.raises(UnknownAgency):
        queries.agency(-1)


def test_calendar_of_agency_is_that_of_the_province_until_it_publishes_its_own(commune: AgencyCard) -> None:
    monday = datetime.combine(date(2025, 12, 8), time(7, 15), tzinfo=ZONE)
    province = queries.calendar_of(commune.id, TODAY)
    assert not province.is_open(monday)
    body = province.to_json()
    for week in body["weeks"]:
        week["monday"] = ["07:00-11:30", "13:30-17:00"]
    services.publish_calendar(agency_id=commune.id, body=body, valid_from=TODAY, actor=SYSTEM, at=AT)
    assert queries.calendar_of(commune.id, TODAY).is_open(monday)
    assert not queries.calendar_of(commune.id, date(2025, 11, 3)).is_open(monday)


def test_calendar_published_ahead_counts_nothing_before_its_first_day(
    commune: AgencyCard, django_assert_num_queries: Any
) -> None:
    province = queries.calendar_of(commune.id, TODAY)
    bodies = [province.to_json() | {"name": name} for name in ("Năm nay", "Năm sau")]
    next_year = date(TODAY.year + 1, 1, 1)
    for body, first in zip(bodies, (TODAY, next_year), strict=True):
        services.publish_calendar(agency_id=commune.id, body=body, valid_from=first, actor=SYSTEM, at=AT)
    days = (TODAY - timedelta(days=1), TODAY, next_year - timedelta(days=1), next_year)
    wanted = [province.name, "Năm nay", "Năm nay", "Năm sau"]
    assert [queries.calendar_of(commune.id, day).name for day in days] == wanted
    with django_assert_num_queries(0):
        assert [queries.calendar_of(commune.id, day).name for day in days] == wanted


def test_agency_card_is_kept_in_memory(commune: AgencyCard, django_assert_num_queries: object) -> None:
    queries.agency(commune.id)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.agency(commune.id) == commune
