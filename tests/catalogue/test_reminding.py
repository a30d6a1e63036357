"""Duties that run out and roadmaps that were not sent reach those who act for the agency, each mark once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.province import CODE, ROW, Province
from tests.dossiers.world import moment

from motcua.agencies.enums import Role
from motcua.agencies.models import Position, Unit
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change
from motcua.catalogue.models import Competence, Procedure
from motcua.catalogue.rules import reminding as rules
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.services import reminding
from motcua.kernel.actors import SYSTEM
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage
from motcua.worktime.queries import published_calendar

pytestmark = pytest.mark.django_db
ProvinceOf = Callable[[str], Province]
CALENDAR = published_calendar("quang-ngai")
# In force on Friday 15 November 2024: five working days from Monday the 18th to Friday the 22nd.
FRIDAY, DUE = date(2024, 11, 15), moment("2024-11-22 17:00")


def told(key: str = reminding.DUTIES) -> list[tuple[str, str]]:
    """(who, share of the term) of the messages in accounts."""
    rows = OutboxMessage.objects.filter(key=key, channel="in_app").order_by("id")
    return [(row.account.full_name, row.context.get("share", "")) for row in rows if row.account]


@pytest.mark.parametrize(
    ("at", "mark"),
    [
        ("2024-11-15 16:00", 0),
        ("2024-11-19 16:00", 0),
        ("2024-11-20 16:00", 50),
        ("2024-11-21 16:30", 50),
        ("2024-11-22 07:30", 80),
        ("2024-11-22 17:00", 100),
        ("2025-03-01 08:00", 100),
    ],
)
def test_mark_is_reached_in_opening_time(at: str, mark: int) -> None:
    assert rules.mark_of(CALENDAR, FRIDAY, DUE, moment(at)) == mark


@given(st.integers(0, 60 * 24 * 12), st.integers(0, 60 * 24 * 12))
def test_mark_never_goes_back(one: int, other: int) -> None:
    start = moment("2024-11-15 00:00")
    first, last = sorted((start + timedelta(minutes=one), start + timedelta(minutes=other)))
    assert rules.mark_of(CALENDAR, FRIDAY, DUE, first) <= rules.mark_of(CALENDAR, FRIDAY, DUE, last)


@pytest.mark.clause("QN20-6.1.a")
def test_duty_is_told_at_each_mark_once_to_who_acts_for_the_agency(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    place.announce()
    assert reminding.remind_of_duties(at=moment("2024-11-19 09:00")) == 0
    for at in ("2024-11-21 09:00", "2024-11-21 10:00"):  # told once, however often it is looked
        reminding.remind_of_duties(at=moment(at))
    assert told() == [("Lead", "50")]  # the clerk; the case officer of the same agency acts for nobody
    reminding.remind_of_duties(at=moment("2024-11-22 14:00"))
    reminding.remind_of_duties(at=moment("2024-11-25 09:00"))
    assert [share for _, share in told()] == ["50", "80", "100"]
    last = OutboxMessage.objects.filter(key=reminding.DUTIES).latest("id")
    assert (last.context["is_late"], last.context["decision"]) == ("1", "12/QĐ-UBND")
    assert "QN20-6.1.a" in last.context["clauses"]


def test_duty_done_is_told_to_nobody(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    place.fulfil(place.announce()["content"], "lead", "2024-11-20")
    assert reminding.remind_of_duties(at=moment("2024-11-25 09:00")) == 0
    assert told() == []


def test_many_procedures_of_one_decision_are_one_message(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    names = tuple(Named(f"1.00000{n}", f"Thủ tục {n}", Change.NEW) for n in range(9))
    place.announce(procedures=names)
    assert reminding.remind_of_duties(at=moment("2024-11-25 09:00")) == 1
    (row,) = OutboxMessage.objects.filter(channel="in_app")
    assert (row.context["number"], row.context["items"].count("Thủ tục ")) == ("9", 8)


def settles(place: Province, who: str) -> None:
    """The agency settles the procedure of the tests."""
    services.import_procedures(
        rows=[ROW | {"publication_decision": "01/QĐ-UBND"}], actor=SYSTEM, at=moment("2019-01-02 08:00")
    )
    agency = place.agencies[who]
    unit = Unit.objects.create(agency=agency, key="p", name="Phòng", kind="division")
    procedure = Procedure.objects.get(code=CODE)
    Competence.objects.create(procedure=procedure, agency=agency, settling_unit=unit)


@pytest.mark.clause("KT18-17.3#2")
def test_roadmap_not_sent_is_told_before_its_day_and_once_it_is_late(province_of: ProvinceOf) -> None:
    place = province_of("kon-tum")
    settles(place, "lead")
    for day in ("2020-10-01", "2020-10-31", "2020-11-01", "2020-11-18", "2020-11-29", "2020-11-30"):
        reminding.remind_of_roadmaps(at=moment(f"{day} 09:00"))
    rows = OutboxMessage.objects.filter(key=reminding.ROADMAP, channel="in_app").order_by("id")
    assert [(row.posted_at.day, row.context["is_late"], row.context["last_day"]) for row in rows] == [
        (31, "", "2020-11-29"),
        (18, "", "2020-11-29"),
        (30, "1", "2020-11-29"),
    ]
    assert {row.account.full_name for row in rows if row.account} == {"Lead"}


def test_roadmap_sent_is_told_to_nobody(province_of: ProvinceOf) -> None:
    place = province_of("kon-tum")
    settles(place, "lead")
    services.send_roadmap(
        actor=place.people["lead"],
        at=moment("2020-10-20 09:00"),
        agency_id=place.agencies["lead"].pk,
        year=2021,
        note="Không có thay đổi",
    )
    assert reminding.remind_of_roadmaps(at=moment("2020-11-30 09:00")) == 0


@pytest.mark.clause("KT22-18.1")
def test_yearly_review_without_a_day_is_told_in_its_last_weeks_and_late_once_the_year_is_over(
    province_of: ProvinceOf,
) -> None:
    place = province_of("kon-tum")
    settles(place, "lead")
    assert [
        reminding.remind_of_roadmaps(at=moment(f"{day} 09:00")) for day in ("2022-11-30", "2022-12-05")
    ] == [
        0,
        1,
    ]
    reminding.remind_of_roadmaps(at=moment("2022-12-25 09:00"))
    assert [
        reminding.remind_of_roadmaps(at=moment(f"{day} 09:00")) for day in ("2022-12-31", "2023-01-01")
    ] == [0, 1]
    rows = OutboxMessage.objects.filter(key=reminding.ROADMAP, channel="in_app").order_by("id")
    assert [(row.context["is_late"], row.context["last_day"]) for row in rows] == [
        ("", "2022-12-31"),
        ("", "2022-12-31"),
        ("1", "2022-12-31"),
    ]
    services.send_roadmap(
        actor=place.people["lead"],
        at=moment("2023-01-04 09:00"),
        agency_id=place.agencies["lead"].pk,
        year=2023,
        note="Không có thay đổi",
    )
    (card,) = queries.roadmaps("kon-tum", 2023)
    assert (card.due_on, card.is_late) == (date(2022, 12, 31), True)


@pytest.mark.parametrize("name", ["QN20", "DL24", "PT24"])
def test_review_by_plan_or_with_every_change_has_no_last_day(name: str) -> None:
    regulation = law.regulation(name)
    assert rules.roadmap_last_day(regulation, 2026) is None
    assert {
        rules.roadmap_mark(regulation, 2026, date(2025, 1, 1) + timedelta(days=n)) for n in range(400)
    } == {0}


def test_last_day_on_which_a_regulation_was_not_in_force_is_none_and_bears_no_mark() -> None:
    kt22 = law.regulation("KT22")
    assert rules.roadmap_last_day(kt22, 2022) is None
    assert rules.roadmap_mark(kt22, 2022, date(2022, 3, 25)) == 0
    assert rules.roadmap_last_day(kt22, 2023) == date(2022, 12, 31)


def test_leader_is_told_too_and_who_left_is_not(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    place.announce()
    agency = place.agencies["lead"]
    unit = Unit.objects.create(agency=agency, key="ld", name="Lãnh đạo", kind="leadership")
    place.people["hanh"] = place._person("hanh", unit, Role.APPROVER)
    Position.objects.filter(account__username="lead").update(valid_to=date(2024, 11, 1))
    reminding.remind(at=at_late())
    assert [name for name, _ in told()] == ["Hanh"]


def at_late() -> datetime:
    return moment("2024-11-25 09:00")
