"""Positions, calendars, and what is kept in memory."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import Role
from motcua.agencies.errors import (
    HoursAhead,
    HoursHaveBegun,
    HoursSourceTooLong,
    HoursTooEarly,
    HoursWithoutSource,
    NoHours,
    NotTheNewestHours,
    PositionOverlaps,
    UnknownAgency,
    UnknownUnit,
)
from motcua.agencies.models import WorkingCalendar
from motcua.agencies.rules.cards import AgencyCard, Post
from motcua.audit.models import ActRecord
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden
from motcua.worktime.rules import ZONE, Hours, hours

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
TODAY = AT.date()
TOMORROW = TODAY + timedelta(days=1)


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


def boss() -> Actor:
    """An administrator of the province."""
    account, _ = Account.objects.get_or_create(
        username="tri",
        defaults={
            "kind": "officer",
            "full_name": "Vũ Minh Trí",
            "created_at": AT,
            "password": "!",
            "is_admin": True,
        },
    )
    return Actor(ActorKind.OFFICER, str(account.pk), account.full_name)


def publish(agency: AgencyCard, first: date, days: tuple[Hours, ...], source: str = "Thông báo 45") -> int:
    wish = services.HoursWish(agency.id, first, days, source)
    return services.publish_hours(actor=boss(), at=AT, wish=wish)


def test_position_counts_from_its_first_to_its_last_day(commune: AgencyCard, chi: Account) -> None:
    desk = commune.desk_unit_id or 0
    services.give_position(
        account_id=chi.pk,
        unit_id=desk,
        role=Role.RECEIVER,
        actor=SYSTEM,
        valid_from=TODAY,
        valid_to=date(2025, 12, 5),
    )
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
    days = (hours(["07:00-11:30", "13:30-17:00"]), *province.usual_week(TODAY)[1:])
    publish(commune, TOMORROW, days)
    own = queries.calendar_of(commune.id, TOMORROW)
    assert own.is_open(monday)
    assert (own.mark, own.holidays, own.make_up_days) == ("found", province.holidays, province.make_up_days)
    assert not queries.calendar_of(commune.id, TODAY).is_open(monday)


def test_calendar_published_ahead_counts_nothing_before_its_first_day(
    commune: AgencyCard, django_assert_num_queries: Any
) -> None:
    province = queries.calendar_of(commune.id, TODAY)
    next_year = date(TODAY.year + 1, 1, 1)
    for first, source in ((TOMORROW, "Năm nay"), (next_year, "Năm sau")):
        publish(commune, first, province.usual_week(TODAY), source)
    days = (TODAY, TOMORROW, next_year - timedelta(days=1), next_year)
    wanted = [province.source, "Năm nay", "Năm nay", "Năm sau"]
    assert [queries.calendar_of(commune.id, day).source for day in days] == wanted
    with django_assert_num_queries(0):
        assert [queries.calendar_of(commune.id, day).source for day in days] == wanted


def test_hours_are_refused_before_others_ahead_and_from_today_and_by_strangers(commune: AgencyCard) -> None:
    week = queries.calendar_of(commune.id, TODAY).usual_week(TODAY)
    publish(commune, TOMORROW + timedelta(days=9), week)
    for first in (TOMORROW, TOMORROW + timedelta(days=9)):
        with pytest.raises(HoursAhead) as refused:
            publish(commune, first, week)
        assert refused.value.params == {"day": TOMORROW + timedelta(days=9)}
    with pytest.raises(HoursTooEarly):
        publish(commune, TODAY, week)
    with pytest.raises(NoHours):
        publish(commune, TOMORROW + timedelta(days=20), ((),) * 7)
    for source, fault in ((" ", HoursWithoutSource), ("x" * 201, HoursSourceTooLong)):
        with pytest.raises(fault):
            publish(commune, TOMORROW + timedelta(days=20), week, source)
    wish = services.HoursWish(commune.id, TOMORROW + timedelta(days=20), week, "Thông báo 45")
    with pytest.raises(Forbidden):
        services.publish_hours(actor=Actor(ActorKind.OFFICER, "0", "Giang"), at=AT, wish=wish)
    assert WorkingCalendar.objects.count() == 1


def test_hours_ahead_are_taken_back_the_last_first_and_those_before_go_on(commune: AgencyCard) -> None:
    week = queries.calendar_of(commune.id, TODAY).usual_week(TODAY)
    first = publish(commune, TOMORROW, week, "một")
    second = publish(commune, TOMORROW + timedelta(days=9), week, "hai")
    with pytest.raises(NotTheNewestHours):
        services.withdraw_hours(actor=boss(), at=AT, calendar_id=first)
    services.withdraw_hours(actor=boss(), at=AT, calendar_id=second)
    assert [(each.id, each.validity.end) for each in queries.hours_versions(commune.id)] == [(first, None)]
    with pytest.raises(HoursHaveBegun):
        services.withdraw_hours(actor=boss(), at=AT + timedelta(days=1), calendar_id=first)
    acts = list(ActRecord.objects.order_by("id").values_list("act", flat=True))
    assert acts[-3:] == ["hours_published", "hours_published", "hours_withdrawn"]


def test_agency_card_is_kept_in_memory(commune: AgencyCard, django_assert_num_queries: object) -> None:
    queries.agency(commune.id)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.agency(commune.id) == commune
