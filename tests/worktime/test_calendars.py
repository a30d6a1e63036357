"""What a calendar says of a day, at the edges where a rule that is a little wrong would still look right."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.worktime.errors import NeverOpens
from motcua.worktime.rules import (
    ZONE,
    Calendar,
    Closure,
    Holiday,
    Pause,
    Range,
    Week,
    closed,
    counted_days,
    due,
    due_at,
    hours,
    local,
)
from motcua.worktime.rules.pauses import merged

DAY = hours(["07:30-11:30", "13:30-17:30"])
WEEK = Week(Period(), (*[DAY] * 5, (), ()))
KNOWN, GUESSED, LATER = (
    Holiday(date(2024, 1, 1), "Tết Dương lịch"),
    Holiday(date(2025, 1, 1), "Tết Dương lịch", forecast=True),
    Holiday(date(2027, 1, 1), "Tết Dương lịch", forecast=True),
)
AT = datetime(2024, 3, 5, 9, 0, tzinfo=ZONE)
CALENDAR = Calendar("Lịch", (WEEK,), (KNOWN, GUESSED, LATER))


def test_day_that_is_given_twice_is_the_one_that_is_named() -> None:
    with pytest.raises(ValueError, match="2025-01-01 is given twice"):
        Calendar("Lịch", (WEEK,), (KNOWN, GUESSED, GUESSED))


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (date(2025, 1, 2), True)],
)
def test_forecast_begins_with_the_first_day_of_its_year(on: date, expected: bool) -> None:
    assert CALENDAR.is_forecast(on) is expected


def test_card_says_from_when_holidays_are_a_forecast() -> None:
    assert CALENDAR.card()["forecast_from"] == "2025-01-01"
    assert Calendar("Lịch", (WEEK,)).card()["forecast_from"] is None
    assert Calendar("Lịch", (WEEK,), (GUESSED, LATER)).card()["forecast_from"] == "2025-01-01"


def test_years_of_which_no_holiday_is_known_are_named_with_the_first_and_the_last() -> None:
    assert CALENDAR.years_without_holidays(date(2023, 12, 31), date(2028, 1, 1)) == (2023, 2026, 2028)
    assert CALENDAR.years_without_holidays(date(2024, 1, 1), date(2025, 12, 31)) == ()
    assert Calendar("Lịch", (WEEK,)).years_without_holidays(date(2023, 1, 1), date(2028, 1, 1)) == ()


def test_closing_of_a_closed_day_is_that_of_the_next_working_day() -> None:
    assert CALENDAR.closing_of(date(2024, 3, 8)) == datetime(2024, 3, 8, 17, 30, tzinfo=ZONE)
    assert CALENDAR.closing_of(date(2024, 3, 9)) == datetime(2024, 3, 11, 17, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("texts", "ends"),
    [
        (["07:30-11:30", "13:30-17:30"], "11:30"),
        (["07:00-09:00", "09:30-11:00", "13:30-17:30"], "11:00"),  # a break within the morning
        (["08:00-16:00"], "12:00"),  # open without a break: noon
        (["08:00-12:00"], "12:00"),
        (["12:00-15:00", "16:00-18:00"], "15:00"),  # no morning: its first session
        (["13:30-17:30"], "17:30"),
    ],
)
def test_morning_ends_with_its_last_session_at_noon_at_the_latest(texts: list[str], ends: str) -> None:
    calendar = Calendar("Lịch", (Week(Period(), (*[hours(texts)] * 5, (), ())),))
    assert f"{calendar.morning_end_of(date(2024, 3, 8)):%Y-%m-%d %H:%M}" == f"2024-03-08 {ends}"
    assert f"{calendar.morning_end_of(date(2024, 3, 9)):%Y-%m-%d %H:%M}" == f"2024-03-11 {ends}"


def test_working_day_is_one_with_opening_hours() -> None:
    days = (date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 6))
    assert [CALENDAR.is_working_day(on) for on in days] == [False, True, False]


def test_two_weeks_after_one_another_each_have_their_days() -> None:
    morning = hours(["07:30-11:30"])
    old = Week(Period(None, date(2024, 3, 5)), (*[DAY] * 5, (), ()))
    new = Week(Period(date(2024, 3, 6), None), (*[morning] * 5, (), ()))
    calendar = Calendar("Lịch", (old, new))
    assert (calendar.hours_on(date(2024, 3, 5)), calendar.hours_on(date(2024, 3, 6))) == (DAY, morning)
    received = datetime(2024, 3, 5, 16, 30, tzinfo=ZONE)
    assert due_at(calendar, received, TimeLimit.parse("5wh")) == datetime(2024, 3, 6, 11, 30, tzinfo=ZONE)


def test_office_that_is_open_at_midnight_is_closed_from_the_first_minute_of_a_closure() -> None:
    always = Calendar("Trực", (Week(Period(), (hours(["00:00-24:00"]),) * 7),))
    storm = Closure(datetime(2024, 3, 5, tzinfo=ZONE), datetime(2024, 3, 7, tzinfo=ZONE), "Tránh bão")
    found = closed(always, [storm])
    assert [found.hours_on(date(2024, 3, day)) for day in (5, 6)] == [(), ()]
    assert found.is_open(datetime(2024, 3, 7, tzinfo=ZONE))


def test_limit_beyond_every_calendar_is_refused_where_only_the_moment_is_asked_for() -> None:
    with pytest.raises(NeverOpens, match="a limit of 99999999cd ends beyond"):
        due_at(CALENDAR, datetime(2024, 3, 5, 9, 0, tzinfo=ZONE), TimeLimit.parse("99999999cd"))


@pytest.mark.parametrize("text", ["07:60-11:30", "07:30-11:60", "07:75-11:30"])
def test_hour_has_sixty_minutes(text: str) -> None:
    with pytest.raises(ValueError, match="not opening hours"):
        Range.parse(text)


def test_last_minute_of_an_hour_is_one() -> None:
    assert Range.parse("07:59-08:59") == Range(7 * 60 + 59, 8 * 60 + 59)


def test_week_of_six_days_is_none() -> None:
    with pytest.raises(ValueError, match="a week has seven days"):
        Week(Period(), (*[DAY] * 5, ()))


def test_week_is_written_with_the_days_that_are_open() -> None:
    morning = hours(["07:30-11:30"])
    assert Week(Period(), ((), morning, *[()] * 5)).to_json() == {
        "valid_from": None,
        "valid_to": None,
        "tuesday": ["07:30-11:30"],
    }


@pytest.mark.parametrize("rest", [{"second": 59}, {"microsecond": 1}, {"second": 1, "microsecond": 1}])
def test_moment_is_cut_to_the_minute(rest: dict[str, int]) -> None:
    at = datetime(2024, 3, 5, 9, 0, tzinfo=ZONE)
    assert local(at.replace(**rest)) == at  # type: ignore[arg-type]


def test_limit_of_no_hours_by_the_clock_has_an_empty_ledger() -> None:
    assert due(CALENDAR, AT, TimeLimit.parse("0h")).segments == ()


def test_pause_without_length_is_not_in_the_ledger() -> None:
    later = datetime(2024, 3, 5, 10, 0, tzinfo=ZONE)
    found = due(CALENDAR, AT, TimeLimit.parse("2wh"), pauses=(Pause(later, later, "x"),))
    assert [(each.kind, each.minutes) for each in found.segments] == [("worked", 120)]


def test_promise_says_whether_the_calendar_would_end_elsewhere() -> None:
    found = due(CALENDAR, AT, TimeLimit.parse("2wh"))
    assert found.due_at is not None
    same, later = found.promised(found.due_at), found.promised(found.due_at.replace(hour=15))
    assert (same.calendar_changed, later.calendar_changed) == (False, True)
    assert later.due_at == datetime(2024, 3, 5, 15, 0, tzinfo=ZONE)


def test_due_date_names_its_calendar_and_the_years_it_does_not_know() -> None:
    received = datetime(2025, 12, 31, 9, 0, tzinfo=ZONE)
    found = due(CALENDAR, received, TimeLimit.parse("2wd"))
    assert (found.calendar_name, found.years_without_holidays) == ("Lịch", (2026,))


def test_calendar_reaches_from_its_earliest_to_its_latest_year_and_no_further() -> None:
    limit = TimeLimit.parse("2wh")
    for year in (1990, 2150):
        received = datetime(year, 3, 5, 9, 0, tzinfo=ZONE)
        assert due_at(Calendar("Lịch", (WEEK,)), received, limit).year == year
    for year in (1989, 2151):
        with pytest.raises(NeverOpens, match=f"not to {year}"):
            due_at(Calendar("Lịch", (WEEK,)), datetime(year, 3, 5, 9, 0, tzinfo=ZONE), limit)


def test_pause_is_written_with_its_end_if_it_has_one() -> None:
    later = datetime(2024, 3, 5, 10, 0, tzinfo=ZONE)
    assert Pause(AT, later, "x").to_json() == {
        "from": "2024-03-05T09:00:00+07:00",
        "to": "2024-03-05T10:00:00+07:00",
        "reason": "x",
    }
    assert Pause(AT, None, "x").to_json()["to"] is None


def test_week_of_a_day_before_all_hours_has_seven_closed_days() -> None:
    calendar = Calendar("Lịch", (Week(Period(date(2024, 3, 6), None), (*[DAY] * 5, (), ())),))
    assert calendar.usual_week(date(2024, 3, 5)) == ((),) * 7
    assert calendar.usual_week(date(2024, 3, 6)) == (*[DAY] * 5, (), ())


def test_calendar_without_a_holiday_in_the_first_year_says_so_when_it_is_asked_first() -> None:
    fresh = Calendar("Lịch", (WEEK,), (KNOWN,))
    assert fresh.years_without_holidays(date(2023, 1, 1), date(2024, 1, 1)) == (2023,)


@pytest.mark.parametrize(
    ("hour", "moved", "says"),
    [
        (11, False, (False, False)),
        (11, True, (False, False)),
        (15, False, (True, False)),
        (15, True, (False, True)),
    ],
)
def test_promise_that_ends_elsewhere_was_moved_by_a_pause_or_by_the_calendar(
    hour: int, moved: bool, says: tuple[bool, bool]
) -> None:
    found = due(CALENDAR, AT, TimeLimit.parse("2wh")).promised(AT.replace(hour=hour), moved=moved)
    assert (found.calendar_changed, found.moved_by_pause) == says


@pytest.mark.parametrize(
    ("received", "limit", "last"),
    [
        (datetime(2024, 1, 31, 9, 0, tzinfo=ZONE), "1mo", date(2024, 2, 29)),
        (datetime(2024, 8, 30, 9, 0, tzinfo=ZONE), "6mo", date(2025, 2, 28)),
        (datetime(2024, 1, 29, 9, 0, tzinfo=ZONE), "1mo", None),
        (datetime(2024, 1, 31, 9, 0, tzinfo=ZONE), "2mo", None),
        (datetime(2024, 1, 31, 9, 0, tzinfo=ZONE), "29cd", None),
        (datetime(2024, 1, 31, 9, 0, tzinfo=ZONE), "1wd", None),
    ],
)
def test_term_in_months_names_the_end_of_a_month_that_lacks_its_day(
    received: datetime, limit: str, last: date | None
) -> None:
    assert due(CALENDAR, received, TimeLimit.parse(limit)).month_end == last


def test_term_in_days_ends_with_its_last_day_when_a_pause_ends_at_that_closing() -> None:
    tuesday = AT.replace(hour=10), AT.replace(hour=17, minute=30)
    received = datetime(2024, 3, 4, 9, 0, tzinfo=ZONE)
    found = due_at(CALENDAR, received, TimeLimit.parse("1cd"), pauses=(Pause(*tuesday, "x"),))
    assert found == tuesday[1]


def test_pause_that_ends_when_the_doors_open_leaves_no_empty_line_in_the_ledger() -> None:
    pause = Pause(AT.replace(hour=10), AT.replace(hour=13, minute=30), "x")
    found = due(CALENDAR, AT, TimeLimit.parse("2wh"), pauses=(pause,))
    assert [(each.kind, each.minutes) for each in found.segments] == [
        ("worked", 60), ("paused", 90), ("closed", 120), ("worked", 60),
    ]  # fmt: skip


def test_pause_without_length_or_before_the_term_is_none() -> None:
    early, later = AT.replace(hour=8), AT.replace(hour=10)
    pauses = (Pause(early, AT, "x"), Pause(later, later, "y"), Pause(early, later, "z"))
    assert merged(pauses, AT) == (Pause(AT, later, "z"),)
    assert merged((Pause(early, AT, "x"), Pause(later, later, "y")), AT) == ()


def test_days_are_counted_for_a_term_in_days_up_to_the_pause_that_is_open() -> None:
    assert counted_days(due(CALENDAR, AT, TimeLimit.parse("2wd"))) == ()
    still = due(
        CALENDAR, AT, TimeLimit.parse("5cd"), pauses=(Pause(datetime(2024, 3, 7, 9, 0, tzinfo=ZONE)),)
    )
    assert [(each.kind, each.count) for each in counted_days(still)] == [("first", 1), ("day", 2)]
