"""The data files: what they say, and how a mistake in them is reported."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from motcua.worktime import queries
from motcua.worktime.errors import BadCalendar, NoCalendar
from motcua.worktime.queries.files import MARKS
from motcua.worktime.rules.hours import minutes

WEEK = '[[week]]\nmonday = ["07:30-11:30"]\n'
HEAD = 'name = "x"\nsource = "y"\nmark = "sample"\nvalid_from = 2018-01-01\nvalid_to = 2027-12-31\n'
NOTHING = queries.PublicHolidays((), ())


def test_provinces_are_the_four() -> None:
    assert queries.provinces() == ("dak-lak", "kon-tum", "phu-tho", "quang-ngai")


@pytest.mark.parametrize("province", queries.provinces())
def test_published_calendar_has_a_day_of_eight_hours_and_says_that_it_is_a_sample(province: str) -> None:
    calendar = queries.published_calendar(province)
    assert (calendar.day_minutes, calendar.mark) == (480, "sample")
    assert calendar.validity.start == date(2018, 1, 1)


def test_published_calendar_agency_with_its_own_hours_is_open_on_saturday_morning() -> None:
    own = queries.published_calendar("dak-lak", "H15.MAU.01")
    assert minutes(own.hours_on(date(2024, 3, 16))) == 240
    assert queries.agency_codes("dak-lak") == ("H15.MAU.01",)


def test_published_calendar_agency_without_its_own_has_the_hours_of_the_province() -> None:
    assert queries.published_calendar("dak-lak", "H15.07") == queries.published_calendar("dak-lak")


def test_published_calendar_unknown_province_is_refused() -> None:
    with pytest.raises(NoCalendar, match=r"no calendar for province 'ha-noi'; there are: dak-lak"):
        queries.published_calendar("ha-noi")


def test_public_holidays_agree_with_the_package_but_for_the_known_swap() -> None:
    known = {day for year in range(2018, 2028) for day in holidays.country_holidays("VN", years=year)}
    assert {item.on for item in queries.public_holidays().holidays} - known == {date(2026, 1, 2)}
    assert known - {item.on for item in queries.public_holidays().holidays} == set()


def test_make_up_days_are_the_announced_saturdays() -> None:
    assert [(item.on, item.instead_of) for item in queries.public_holidays().make_up_days] == [
        (date(2019, 1, 5), date(2018, 12, 31)),
        (date(2019, 5, 4), date(2019, 4, 29)),
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 1, 10), date(2026, 1, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
    ]


def test_public_holidays_every_entry_has_source_and_mark() -> None:
    public = queries.public_holidays()
    assert all(item.source and item.mark in MARKS for item in (*public.holidays, *public.make_up_days))


def test_public_holidays_only_the_last_year_is_a_forecast() -> None:
    forecast = Counter(item.on.year for item in queries.public_holidays().holidays if item.forecast)
    assert list(forecast) == [2027]
    assert queries.published_calendar("phu-tho").forecast_from == date(2027, 1, 1)


def test_tet_has_five_days_off_and_the_days_of_rest_among_them() -> None:
    tet = Counter(i.on.year for i in queries.public_holidays().holidays if i.name == "Tết Nguyên Đán")
    weekdays = Counter(
        i.on.year
        for i in queries.public_holidays().holidays
        if i.name == "Tết Nguyên Đán" and i.on.weekday() < 5
    )
    assert dict(weekdays) == dict.fromkeys(range(2018, 2028), 5)
    assert set(tet.values()) <= {5, 6, 7}


def test_weekday_holidays_a_year_are_at_least_ten() -> None:
    for year in range(2018, 2028):
        off = {i.on for i in queries.public_holidays().holidays if i.on.year == year and i.on.weekday() < 5}
        made_up = {i.instead_of for i in queries.public_holidays().make_up_days}
        assert len(off - made_up) == {2018: 10, 2019: 10, 2020: 10}.get(year, 12 if year >= 2026 else 11)


BAD_CALENDARS = [
    ("name = ", "(file)", "Invalid value"),
    (HEAD, "week", "a calendar needs opening hours"),
    (HEAD.replace('"sample"', '"sure"') + WEEK, "mark", "expected one of found, memory, derived"),
    (
        HEAD.replace("2018-01-01", '"2018"') + WEEK,
        "valid_from",
        "expected a date such as 2024-02-08, got '2018'",
    ),
    (HEAD.replace('name = "x"', "") + WEEK, "name", "missing"),
    (HEAD + "colour = 1\n" + WEEK, "colour", "unknown key"),
    (HEAD + '[[week]]\nmonday = ["7-11"]\n', "week[0].monday", "not opening hours: '7-11'"),
    (HEAD + '[[week]]\nmontag = ["07:30-11:30"]\n', "week[0].montag", "unknown key"),
    (HEAD + "[[week]]\n", "week[0]", "a week needs opening hours"),
    (HEAD + WEEK + 'tueday = ["07:30-11:30"]\n', "week[0].tueday", "unknown key"),
    (HEAD + WEEK + WEEK, "week", "two weeks of opening hours are valid on the same days"),
    (HEAD + WEEK + '[[local_day]]\nname = "z"\n', "local_day[0].from", "missing"),
    (HEAD + WEEK + "[[agency]]\ncode = 7\n", "agency[0].code", "expected text, got 7"),
    (HEAD + "week = 3\n", "week", "expected [[tables]]"),
]


@pytest.mark.parametrize(("text", "key", "reason"), BAD_CALENDARS)
def test_calendar_file_with_a_mistake_names_file_key_and_reason(
    tmp_path: Path, text: str, key: str, reason: str
) -> None:
    path = tmp_path / "test.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadCalendar) as caught:
        queries.calendar_at(path, NOTHING)
    assert str(caught.value).startswith(f"test.toml: {key}: ")
    assert reason in str(caught.value)


ENTRY = 'name = "x"\nsource = "y"\nmark = "found"\n'
BAD_HOLIDAYS = [
    ("[[holiday]]\non = 2024-01-01\n", "holiday[0].name", "missing"),
    ("[[holiday]]\nfrom = 2024-01-02\nto = 2024-01-01\n" + ENTRY, "holiday[0].to", "is before"),
    ("[[holiday]]\non = 2024-01-01T00:00:00\n" + ENTRY, "holiday[0].on", "expected a date"),
    ("[[holiday]]\non = 2024-01-01\nforecast = 1\n" + ENTRY, "holiday[0].forecast", "expected true or false"),
    ("[[swap]]\noff = 2024-04-29\nworked = 2024-05-03\n" + ENTRY, "swap[0].worked", "for a day of rest"),
    ("[[feast]]\non = 2024-01-01\n", "feast", "unknown key"),
]


@pytest.mark.parametrize(("text", "key", "reason"), BAD_HOLIDAYS)
def test_holiday_file_with_a_mistake_names_file_key_and_reason(
    tmp_path: Path, text: str, key: str, reason: str
) -> None:
    path = tmp_path / "days.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadCalendar) as caught:
        queries.holidays_at(path)
    assert str(caught.value).startswith(f"days.toml: {key}: ")
    assert reason in str(caught.value)


def test_calendar_file_agency_adds_its_local_days_to_those_of_the_province(tmp_path: Path) -> None:
    path = tmp_path / "test.toml"
    day = '[[local_day]]\nname = "z"\non = 2024-03-11\nhours = ["08:00-09:00"]\n'
    own = '[[agency]]\ncode = "A"\nname = "x"\nsource = "y"\nmark = "sample"\n'
    path.write_text(HEAD + WEEK + day + own + day.replace("[[", "[[agency.").replace("11\n", "18\n"), "utf-8")
    calendar = queries.calendar_at(path, NOTHING, "A")
    assert [item.on for item in calendar.local_days] == [date(2024, 3, 11), date(2024, 3, 18)]
    assert queries.calendar_at(path, NOTHING).hours_on(date(2024, 3, 18)) != calendar.hours_on(
        date(2024, 3, 18)
    )
    assert calendar.hours_on(date(2024, 3, 18) + timedelta(days=7)) == calendar.weeks[0].days[0]
