"""Worked examples, in the published sample calendar: 07:30-11:30 and 13:30-17:30, Monday to Friday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.worktime import queries, rules
from motcua.worktime.enums import OffHours, Reason, SegmentKind
from motcua.worktime.errors import NeverOpens, OpenPause

DAY = rules.hours(["07:30-11:30", "13:30-17:30"])
HALF = rules.hours(["07:30-11:30"])
WEEK = rules.Week(Period(), (DAY, DAY, DAY, DAY, DAY, (), ()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=rules.ZONE)


def published() -> rules.Calendar:
    return queries.published_calendar("dak-lak")


def due(received: str, limit: str, **more: object) -> str:
    calendar = more.pop("calendar", None) or published()
    moment = rules.due_at(calendar, at(received), TimeLimit.parse(limit), **more)  # type: ignore[arg-type]
    return moment.strftime("%Y-%m-%dT%H:%M")


WORKING_TIME = [
    ("Tết 2024 from 8 to 14 February", "2024-02-07T16:45", "3wd", "2024-02-19T16:45"),
    ("eight working hours are a working day", "2024-03-12T09:00", "8wh", "2024-03-13T09:00"),
    ("four hours over midday", "2024-03-12T09:00", "4wh", "2024-03-12T15:00"),
    ("half a working day, KT18-14.4", "2024-03-12T09:00", "0.5wd", "2024-03-12T15:00"),
    ("used up exactly at closing", "2024-03-12T13:30", "4wh", "2024-03-12T17:30"),
    ("used up exactly at midday", "2024-03-12T07:30", "4wh", "2024-03-12T11:30"),
    ("received at closing", "2024-03-12T17:30", "1wd", "2024-03-13T17:30"),
    ("received at the minute of opening", "2024-03-12T07:30", "1wd", "2024-03-12T17:30"),
    ("received at midday", "2024-03-12T12:15", "2wh", "2024-03-12T15:30"),
    ("received in the night, DL24-8.1.c", "2024-03-12T22:00", "8wh", "2024-03-13T17:30"),
    ("received on Saturday", "2024-03-16T09:00", "1wh", "2024-03-18T08:30"),
    ("over a weekend", "2024-03-15T16:30", "2wh", "2024-03-18T08:30"),
    ("the make-up Saturday 4 May 2024", "2024-05-03T16:45", "1wd", "2024-05-04T16:45"),
    ("Monday 29 April 2024 is off instead", "2024-04-26T16:30", "2wh", "2024-05-02T08:30"),
    ("received on the make-up Saturday", "2024-05-04T10:00", "8wh", "2024-05-06T10:00"),
    ("2 January 2026 off, 10 January worked", "2025-12-31T16:30", "2wh", "2026-01-05T08:30"),
    ("the make-up Saturday 10 January 2026", "2026-01-09T16:30", "2wh", "2026-01-10T08:30"),
    ("24 November 2026 is a holiday", "2026-11-23T16:30", "2wh", "2026-11-25T08:30"),
    ("24 November 2025 was not", "2025-11-21T16:30", "2wh", "2025-11-24T08:30"),
    ("New Year's Eve 2018 swapped into 2019", "2018-12-28T16:30", "2wh", "2019-01-02T08:30"),
    ("a zero limit is the next opening", "2024-03-16T09:00", "0wd", "2024-03-18T07:30"),
    ("thirteen working days, DL24-21.4", "2022-08-22T07:30", "13wd", "2022-09-09T17:30"),
]


@pytest.mark.parametrize(("why", "received", "limit", "expected"), WORKING_TIME)
def test_due_at_working_time_runs_through_opening_hours(
    why: str, received: str, limit: str, expected: str
) -> None:
    assert due(received, limit) == expected


CALENDAR_TIME = [
    ("the first day is not counted", "2024-03-11T09:00", "3cd", "2024-03-14T17:30"),
    ("ends on Saturday: next working day", "2024-03-11T09:00", "5cd", "2024-03-18T17:30"),
    ("ends in Tết: the first working day after", "2024-01-26T09:00", "15cd", "2024-02-15T17:30"),
    ("ends on a make-up Saturday", "2024-04-24T09:00", "10cd", "2024-05-04T17:30"),
    ("received on Saturday: Sunday is the first day", "2024-03-16T09:00", "3cd", "2024-03-19T17:30"),
    ("received after closing: no day is added, A52", "2022-04-29T18:00", "15cd", "2022-05-16T17:30"),
    ("a month from late in the evening, A52", "2022-03-04T23:00", "1mo", "2022-04-04T17:30"),
    ("31 January plus a month in a leap year", "2024-01-31T09:00", "1mo", "2024-02-29T17:30"),
    ("31 January plus a month in a common year", "2023-01-31T09:00", "1mo", "2023-02-28T17:30"),
    ("29 February plus twelve months", "2024-02-29T09:00", "12mo", "2025-02-28T17:30"),
    ("over the turn of the year", "2023-11-30T09:00", "3mo", "2024-02-29T17:30"),
    ("a month that ends on Sunday", "2024-03-14T09:00", "1mo", "2024-04-15T17:30"),
    ("clock hours run at night, PT24-21.6", "2024-03-16T22:00", "12h", "2024-03-17T10:00"),
]


@pytest.mark.parametrize(("why", "received", "limit", "expected"), CALENDAR_TIME)
def test_due_at_calendar_time_ends_at_closing_of_the_last_day(
    why: str, received: str, limit: str, expected: str
) -> None:
    assert due(received, limit) == expected


def test_due_at_off_hours_rule_moves_days_and_months_and_no_working_time() -> None:
    moved = OffHours.NEXT_WORKING_PERIOD
    assert due("2024-03-16T09:00", "3cd", off_hours=moved) == "2024-03-21T17:30"
    assert due("2022-03-04T23:00", "1mo", off_hours=moved) == "2022-04-07T17:30"
    for rule in OffHours:
        assert due("2024-03-16T09:00", "2wh", off_hours=rule) == "2024-03-18T09:30"
        assert due("2024-03-12T20:00", "0cd", off_hours=rule) == "2024-03-13T17:30"


CUTOFFS = [
    ("before the cut-off: the same day", "2024-03-12T14:59", "1wd", "2024-03-12T17:30"),
    ("at the cut-off: the same day", "2024-03-12T15:00", "1wd", "2024-03-12T17:30"),
    ("after the cut-off: the next working day", "2024-03-12T15:01", "1wd", "2024-03-13T17:30"),
    ("after it on Friday: Monday", "2024-03-15T16:00", "1wd", "2024-03-18T17:30"),
    ("after closing: within the next working day", "2024-03-12T18:00", "1wd", "2024-03-13T17:30"),
    ("half a day is within the day too", "2024-03-12T09:00", "0.5wd", "2024-03-12T17:30"),
    ("three working days: the third of them", "2024-03-12T09:00", "3wd", "2024-03-14T17:30"),
]


@pytest.mark.parametrize(("why", "received", "limit", "expected"), CUTOFFS)
def test_due_at_same_day_cutoff_gives_closing_time(
    why: str, received: str, limit: str, expected: str
) -> None:
    assert due(received, limit, same_day_cutoff=time(15)) == expected


def test_due_at_cutoff_with_calendar_days_is_refused() -> None:
    with pytest.raises(ValueError, match="a same-day cut-off belongs to working time, not to 3cd"):
        due("2024-03-12T09:00", "3cd", same_day_cutoff=time(15))


PAUSES = [
    ("by its opening minutes", "3wd", "2024-03-13T10:00", "2024-03-14T10:00", "2024-03-18T09:00"),
    ("a pause at night moves nothing", "3wd", "2024-03-13T18:00", "2024-03-14T07:00", "2024-03-15T09:00"),
    (
        "a pause after the due moment moves nothing",
        "3wd",
        "2024-03-15T09:00",
        "2024-03-20T09:00",
        "2024-03-15T09:00",
    ),
    ("before the receipt nothing runs", "3wd", "2024-03-01T09:00", "2024-03-12T09:00", "2024-03-15T09:00"),
    (
        "calendar days: by the days between",
        "10cd",
        "2024-03-13T10:00",
        "2024-03-15T08:00",
        "2024-03-25T17:30",
    ),
    (
        "calendar days: within a day nothing",
        "10cd",
        "2024-03-13T08:00",
        "2024-03-13T16:00",
        "2024-03-22T17:30",
    ),
    ("clock hours: by the clock", "12h", "2024-03-12T10:00", "2024-03-12T10:20", "2024-03-12T21:20"),
]


@pytest.mark.parametrize(("why", "limit", "start", "end", "expected"), PAUSES)
def test_due_at_pause_moves_the_due_moment(why: str, limit: str, start: str, end: str, expected: str) -> None:
    assert due("2024-03-12T09:00", limit, pauses=(rules.Pause(at(start), at(end)),)) == expected


def test_due_at_overlapping_pauses_count_once() -> None:
    one = rules.Pause(at("2024-03-13T08:00"), at("2024-03-13T10:00"))
    two = rules.Pause(at("2024-03-13T09:00"), at("2024-03-13T11:00"))
    assert due("2024-03-12T09:00", "1wd", pauses=(two, one)) == "2024-03-13T14:00"


def test_due_pause_that_brings_the_next_within_reach_moves_by_both() -> None:
    one = rules.Pause(at("2024-03-13T08:00"), at("2024-03-13T09:00"))
    two = rules.Pause(at("2024-03-13T09:30"), at("2024-03-13T10:30"))
    assert due("2024-03-12T09:00", "1wd", pauses=(one, two)) == "2024-03-13T11:00"


def test_due_open_pause_has_no_due_moment() -> None:
    pauses = (rules.Pause(at("2024-03-13T10:00"), None, "chờ bổ sung"),)
    found = rules.due(published(), at("2024-03-12T09:00"), TimeLimit.parse("3wd"), pauses=pauses)
    assert found.due_at is None
    assert found.segments[-1].end == at("2024-03-13T10:00")
    assert found.to_json()["due_at"] is None
    with pytest.raises(OpenPause):
        rules.due_at(published(), at("2024-03-12T09:00"), TimeLimit.parse("3wd"), pauses=pauses)


def test_due_open_pause_after_the_due_moment_does_not_matter() -> None:
    pauses = (rules.Pause(at("2024-03-20T10:00")),)
    found = rules.due(published(), at("2024-03-12T09:00"), TimeLimit.parse("3wd"), pauses=pauses)
    assert found.due_at == at("2024-03-15T09:00")


def test_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="a pause cannot end"):
        rules.Pause(at("2024-03-13T10:00"), at("2024-03-13T09:00"))


def test_due_seconds_are_dropped() -> None:
    moment = at("2024-03-12T09:00:59.9")
    found = rules.due(published(), moment, TimeLimit.parse("1wh"))
    assert (found.received_at, found.due_at) == (at("2024-03-12T09:00"), at("2024-03-12T10:00"))


def test_due_other_offset_is_the_same_moment() -> None:
    utc = datetime(2024, 3, 12, 2, 0, tzinfo=UTC)
    assert rules.due_at(published(), utc, TimeLimit.parse("1wh")) == at("2024-03-12T10:00")


def test_due_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="a moment needs a time zone"):
        rules.due(published(), datetime(2024, 3, 12, 9), TimeLimit.parse("1wh"))  # noqa: DTZ001


def test_due_fraction_of_a_minute_is_cut_so_that_parts_never_exceed_the_whole() -> None:
    limit = TimeLimit.of("1/7", "working_day")
    assert rules.working_minutes(published(), limit, date(2024, 3, 12)) == 68
    assert 7 * 68 <= 480


LEDGER = [
    ("worked", "2024-02-07T16:45", "2024-02-07T17:30", 45, "opening hours"),
    ("closed", "2024-02-07T17:30", "2024-02-08T00:00", 390, "night"),
    ("closed", "2024-02-08T00:00", "2024-02-15T00:00", 10080, "Tết Nguyên Đán"),
    ("closed", "2024-02-15T00:00", "2024-02-15T07:30", 450, "night"),
    ("worked", "2024-02-15T07:30", "2024-02-15T11:30", 240, "opening hours"),
    ("closed", "2024-02-15T11:30", "2024-02-15T13:30", 120, "midday"),
    ("worked", "2024-02-15T13:30", "2024-02-15T17:30", 240, "opening hours"),
    ("closed", "2024-02-15T17:30", "2024-02-16T07:30", 840, "night"),
    ("worked", "2024-02-16T07:30", "2024-02-16T11:30", 240, "opening hours"),
    ("closed", "2024-02-16T11:30", "2024-02-16T13:30", 120, "midday"),
    ("worked", "2024-02-16T13:30", "2024-02-16T17:30", 240, "opening hours"),
    ("closed", "2024-02-16T17:30", "2024-02-17T00:00", 390, "night"),
    ("closed", "2024-02-17T00:00", "2024-02-19T00:00", 2880, "weekend"),
    ("closed", "2024-02-19T00:00", "2024-02-19T07:30", 450, "night"),
    ("worked", "2024-02-19T07:30", "2024-02-19T11:30", 240, "opening hours"),
    ("closed", "2024-02-19T11:30", "2024-02-19T13:30", 120, "midday"),
    ("worked", "2024-02-19T13:30", "2024-02-19T16:45", 195, "opening hours"),
]


def told(segments: tuple[rules.Segment, ...]) -> list[tuple[str, str, str, int, str]]:
    stamp = "%Y-%m-%dT%H:%M"
    return [
        (s.kind.value, f"{s.start:{stamp}}", f"{s.end:{stamp}}", s.minutes, str(s.reason)) for s in segments
    ]


def test_ledger_over_tet_names_every_stretch() -> None:
    found = rules.due(published(), at("2024-02-07T16:45"), TimeLimit.parse("3wd"))
    assert told(found.segments) == LEDGER


@pytest.mark.parametrize(
    ("rule", "start"),
    [(OffHours.NONE, "2024-05-03T18:00"), (OffHours.NEXT_WORKING_PERIOD, "2024-05-04T07:30")],
)
def test_ledger_off_hours_receipt_is_closed_until_the_agency_opens(rule: OffHours, start: str) -> None:
    found = rules.due(published(), at("2024-05-03T18:00"), TimeLimit.parse("1wh"), off_hours=rule)
    assert found.effective_start == at(start)
    assert told(found.segments) == [
        ("closed", "2024-05-03T18:00", "2024-05-04T07:30", 810, "night"),
        ("worked", "2024-05-04T07:30", "2024-05-04T08:30", 60, "make-up day"),
    ]


def test_ledger_pause_takes_only_opening_time() -> None:
    pauses = (rules.Pause(at("2024-03-12T11:00"), at("2024-03-12T14:00"), "chờ bổ sung"),)
    found = rules.due(published(), at("2024-03-12T10:00"), TimeLimit.parse("2wh"), pauses=pauses)
    assert told(found.segments) == [
        ("worked", "2024-03-12T10:00", "2024-03-12T11:00", 60, "opening hours"),
        ("paused", "2024-03-12T11:00", "2024-03-12T11:30", 30, "chờ bổ sung"),
        ("closed", "2024-03-12T11:30", "2024-03-12T13:30", 120, "midday"),
        ("paused", "2024-03-12T13:30", "2024-03-12T14:00", 30, "chờ bổ sung"),
        ("worked", "2024-03-12T14:00", "2024-03-12T15:00", 60, "opening hours"),
    ]


def test_ledger_clock_hours_runs_day_and_night() -> None:
    found = rules.due(published(), at("2024-03-16T22:00"), TimeLimit.parse("12h"))
    assert told(found.segments) == [("worked", "2024-03-16T22:00", "2024-03-17T10:00", 720, "clock hours")]


def test_ledger_local_closure_and_half_day_are_named() -> None:
    days = (
        rules.LocalDay(date(2024, 3, 13), "Chuyển trụ sở"),
        rules.LocalDay(date(2024, 3, 14), "Đại hội", HALF),
        rules.LocalDay(date(2024, 3, 16), "Trực thứ Bảy", HALF),
    )
    calendar = rules.Calendar("x", (WEEK,), local_days=days)
    segments = rules.ledger(calendar, at("2024-03-12T17:00"), at("2024-03-17T12:00"))
    assert [(s.minutes, str(s.reason), s.detail) for s in segments] == [
        (30, "opening hours", ""),
        (840, "night", ""),
        (240, "local closure", "Chuyển trụ sở"),
        (120, "midday", ""),
        (240, "local closure", "Chuyển trụ sở"),
        (840, "night", ""),
        (240, "opening hours", ""),
        (120, "midday", ""),
        (240, "local closure", "Đại hội"),
        (840, "night", ""),
        (240, "opening hours", ""),
        (120, "midday", ""),
        (240, "opening hours", ""),
        (840, "night", ""),
        (240, "opening hours", ""),
        (750 + 720, "weekend", ""),
    ]


def test_ledger_saturday_morning_then_weekend() -> None:
    calendar = queries.published_calendar("dak-lak", "H15.MAU.01")
    segments = rules.ledger(calendar, at("2024-03-16T10:00"), at("2024-03-18T08:00"))
    assert told(segments) == [
        ("worked", "2024-03-16T10:00", "2024-03-16T11:30", 90, "opening hours"),
        ("closed", "2024-03-16T11:30", "2024-03-18T00:00", 2190, "weekend"),
        ("closed", "2024-03-18T00:00", "2024-03-18T07:30", 450, "night"),
        ("worked", "2024-03-18T07:30", "2024-03-18T08:00", 30, "opening hours"),
    ]


def test_ledger_empty_stretch_has_no_segments() -> None:
    assert rules.ledger(published(), at("2024-03-16T10:00"), at("2024-03-16T10:00")) == ()


def test_normal_day_with_saturday_morning_is_the_full_day() -> None:
    assert queries.published_calendar("dak-lak", "H15.MAU.01").day_minutes == 480


def test_normal_day_equal_counts_is_the_longer() -> None:
    week = rules.Week(Period(), (DAY, HALF, (), (), (), (), ()))
    assert week.day_minutes == 480


def test_due_at_hours_that_change_use_the_normal_day_of_the_start() -> None:
    short = rules.Week(Period(date(2024, 3, 13), None), (HALF,) * 5 + ((), ()))
    calendar = rules.Calendar(
        "x", (rules.Week(Period(None, date(2024, 3, 12)), (DAY,) * 5 + ((), ())), short)
    )
    assert due("2024-03-12T13:30", "1wd", calendar=calendar) == "2024-03-13T11:30"
    assert due("2024-03-13T07:30", "1wd", calendar=calendar) == "2024-03-13T11:30"
    assert due("2024-03-12T18:00", "1wd", calendar=calendar) == "2024-03-13T11:30"


def test_make_up_day_takes_the_hours_of_the_day_it_replaces() -> None:
    week = rules.Week(Period(), (HALF, DAY, DAY, DAY, DAY, (), ()))
    public = queries.public_holidays()
    calendar = rules.Calendar("x", (week,), public.holidays, public.make_up_days)
    assert calendar.hours_on(date(2024, 5, 4)) == HALF  # worked instead of Monday, 29 April


def test_is_open_at_the_minute_of_closing_is_false() -> None:
    assert published().is_open(at("2024-03-12T11:29:59"))
    assert not published().is_open(at("2024-03-12T11:30"))
    assert published().is_open(at("2024-03-12T07:30"))


def test_next_opening_when_open_is_the_moment_itself() -> None:
    assert published().next_opening(at("2024-03-12T08:00")) == at("2024-03-12T08:00")
    assert published().next_opening(at("2024-02-08T08:00")) == at("2024-02-15T07:30")


def test_timetable_grows_beyond_its_years() -> None:
    calendar = rules.Calendar("x", (WEEK,))
    assert due("2040-03-12T09:00", "1wd", calendar=calendar) == "2040-03-13T09:00"
    assert due("2001-03-12T09:00", "1wd", calendar=calendar) == "2001-03-13T09:00"
    assert due("2029-12-20T09:00", "2000wd", calendar=calendar) == "2037-08-20T09:00"
    assert calendar.open_minutes(at("2001-03-12T09:00"), at("2001-03-12T10:00")) == 60


def test_due_at_calendar_that_ends_never_opens_again() -> None:
    week = rules.Week(Period(None, date(2024, 12, 31)), (DAY,) * 7)
    calendar = rules.Calendar("x", (week,))
    with pytest.raises(NeverOpens):
        due("2025-03-12T09:00", "1wd", calendar=calendar)
    with pytest.raises(NeverOpens):
        calendar.next_opening(at("2025-03-12T09:00"))


def test_is_forecast_from_the_first_year_not_announced() -> None:
    found = rules.due(published(), at("2026-12-31T16:45"), TimeLimit.parse("1wd"))
    assert (found.due_at, found.is_forecast) == (at("2027-01-04T16:45"), True)
    assert not rules.due(published(), at("2026-12-01T16:45"), TimeLimit.parse("1wd")).is_forecast


def test_calendar_json_there_and_back_is_equal() -> None:
    days = (rules.LocalDay(date(2024, 3, 14), "Đại hội", HALF),)
    public = queries.public_holidays()
    calendar = rules.Calendar(
        "x", (WEEK,), public.holidays, public.make_up_days, days, Period(date(2024, 1, 1))
    )
    assert rules.calendar_from_json(calendar.to_json()) == calendar


def test_due_json_has_the_published_shape() -> None:
    found = rules.due(published(), at("2024-03-12T09:00"), TimeLimit.parse("1wh")).to_json()
    assert found == {
        "received_at": "2024-03-12T09:00:00+07:00",
        "effective_start": "2024-03-12T09:00:00+07:00",
        "due_at": "2024-03-12T10:00:00+07:00",
        "limit": "1wh",
        "same_day_cutoff": None,
        "calendar": published().card(),
        "is_forecast": False,
        "segments": [
            {
                "kind": "worked",
                "from": "2024-03-12T09:00:00+07:00",
                "to": "2024-03-12T10:00:00+07:00",
                "minutes": 60,
                "reason": "opening hours",
                "detail": "",
            }
        ],
    }


BAD_HOURS = [
    (["7:30-11:30"], "not opening hours"),
    (["07:30-07:30"], "must lie within one day and not be empty"),
    (["07:30-11:60"], "not opening hours"),
    (["07:30-24:01"], "must lie within one day"),
    (["07:30-11:30", "11:30-12:00"], "overlap or touch"),
]


@pytest.mark.parametrize(("texts", "reason"), BAD_HOURS)
def test_hours_that_make_no_sense_are_refused(texts: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        rules.hours(texts)


def test_calendar_with_two_weeks_at_once_is_refused() -> None:
    with pytest.raises(ValueError, match="two weeks of opening hours are valid on the same days"):
        rules.Calendar("x", (WEEK, WEEK))


def test_calendar_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="a calendar needs opening hours"):
        rules.Calendar("x", ())
    with pytest.raises(ValueError, match="a week needs opening hours on at least one day"):
        rules.Week(Period(), ((),) * 7)


def test_calendar_with_a_day_twice_is_refused() -> None:
    twice = (rules.Holiday(date(2024, 1, 1), "a"), rules.Holiday(date(2024, 1, 1), "b"))
    with pytest.raises(ValueError, match="2024-01-01 is given twice"):
        rules.Calendar("x", (WEEK,), twice)


def test_words_are_stable() -> None:
    assert [kind.value for kind in SegmentKind] == ["worked", "paused", "closed"]
    assert Reason("local closure") is Reason.LOCAL_CLOSURE
    assert timedelta(minutes=published().day_minutes) == timedelta(hours=8)
