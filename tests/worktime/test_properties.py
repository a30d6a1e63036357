"""Laws that hold for every calendar: time runs one way, adds up, and none of it is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.periods import Period
from motcua.worktime import queries, rules
from motcua.worktime.enums import Counted, SegmentKind
from motcua.worktime.rules.timetables import Timetable

FIRST = datetime(2018, 1, 1, tzinfo=rules.ZONE)


@st.composite
def days_hours(draw: st.DrawFn) -> rules.Hours:
    edges = sorted(draw(st.sets(st.integers(0, 96), min_size=0, max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(rules.Range(start * 15, end * 15) for start, end in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> rules.Calendar:
    """Any week, with the public holidays, some local days and now and then a change of hours."""
    weeks = [tuple(draw(days_hours()) for _ in range(7)) for _ in range(draw(st.integers(1, 2)))]
    assume(all(any(week) for week in weeks))
    change = draw(st.dates(date(2018, 1, 1), date(2027, 12, 31)))
    if len(weeks) == 1:
        made = (rules.Week(Period(), weeks[0]),)
    else:
        before, after = Period(None, change - timedelta(days=1)), Period(change, None)
        made = (rules.Week(before, weeks[0]), rules.Week(after, weeks[1]))
    local = draw(st.dictionaries(st.dates(date(2018, 1, 1), date(2027, 12, 31)), days_hours(), max_size=5))
    public = queries.public_holidays()
    own = tuple(rules.LocalDay(on, "x", hours) for on, hours in local.items())
    return rules.Calendar("any", made, public.holidays, public.make_up_days, own)


moments = st.integers(0, 9 * 365 * 1440).map(lambda minutes: FIRST + timedelta(minutes=minutes))
lengths = st.integers(1, 20_000)
limits = st.one_of(
    st.builds(TimeLimit, st.integers(0, 400).map(lambda n: Fraction(n, 4)), st.just(TimeUnit.WORKING_HOUR)),
    st.builds(TimeLimit, st.integers(0, 100).map(lambda n: Fraction(n, 4)), st.just(TimeUnit.WORKING_DAY)),
    st.builds(TimeLimit, st.integers(0, 90).map(Fraction), st.just(TimeUnit.CALENDAR_DAY)),
    st.builds(TimeLimit, st.integers(0, 12).map(Fraction), st.just(TimeUnit.MONTH)),
    st.builds(TimeLimit, st.integers(0, 100).map(Fraction), st.just(TimeUnit.CLOCK_HOUR)),
)
pauses = st.lists(
    st.tuples(st.integers(-3000, 30_000), st.integers(0, 8000)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=3,
)
relaxed = settings(deadline=None, max_examples=60)
PUBLISHED = queries.published_calendar("dak-lak", "H15.MAU.01")
one_week = calendars().filter(lambda calendar: len(calendar.weeks) == 1)
some_calendar = st.one_of(st.just(PUBLISHED), calendars())


def minutes(count: int) -> TimeLimit:
    return TimeLimit(Fraction(count, 60), TimeUnit.WORKING_HOUR)


@given(some_calendar, moments, st.integers(0, 5000), limits)
@relaxed
def test_due_at_later_start_is_never_due_earlier(
    calendar: rules.Calendar, start: datetime, later: int, limit: TimeLimit
) -> None:
    assume(limit.unit is not TimeUnit.WORKING_DAY or len(calendar.weeks) == 1)  # a shorter normal day is less
    one = rules.due_at(calendar, start, limit)
    two = rules.due_at(calendar, start + timedelta(minutes=later), limit)
    assert start <= one <= two


@given(some_calendar, moments, limits, st.integers(0, 40))
@relaxed
def test_due_at_longer_limit_is_never_due_earlier(
    calendar: rules.Calendar, start: datetime, limit: TimeLimit, more: int
) -> None:
    longer = TimeLimit(limit.value + more, limit.unit)
    assert rules.due_at(calendar, start, limit) <= rules.due_at(calendar, start, longer)


@given(some_calendar, moments, lengths, lengths)
@relaxed
def test_due_at_two_steps_equal_one(calendar: rules.Calendar, start: datetime, one: int, two: int) -> None:
    between = rules.due_at(calendar, start, minutes(one))
    assert rules.due_at(calendar, between, minutes(two)) == rules.due_at(calendar, start, minutes(one + two))


@given(one_week, moments, st.integers(1, 20), st.integers(1, 20))
@relaxed
def test_due_at_two_steps_of_working_days_equal_one(
    calendar: rules.Calendar, start: datetime, one: int, two: int
) -> None:
    between = rules.due_at(calendar, start, TimeLimit.parse(f"{one}wd"))
    whole = rules.due_at(calendar, start, TimeLimit.parse(f"{one + two}wd"))
    assert rules.due_at(calendar, between, TimeLimit.parse(f"{two}wd")) == whole


@given(some_calendar, moments, lengths, st.integers(0, 20_000), st.integers(0, 8000))
@relaxed
def test_due_at_pause_moves_by_exactly_its_opening_minutes(
    calendar: rules.Calendar, start: datetime, length: int, offset: int, duration: int
) -> None:
    plain = rules.due_at(calendar, start, minutes(length))
    begins = start + timedelta(minutes=offset % max(1, int((plain - start).total_seconds() // 60)))
    pause = rules.Pause(begins, begins + timedelta(minutes=duration))
    assert pause.end is not None
    paused = rules.due_at(calendar, start, minutes(length), pauses=(pause,))
    assert calendar.open_minutes(plain, paused) == calendar.open_minutes(pause.start, pause.end)


@given(some_calendar, moments, limits, pauses)
@relaxed
def test_ledger_loses_no_minute(
    calendar: rules.Calendar, start: datetime, limit: TimeLimit, stretches: list[tuple[int, int]]
) -> None:
    halts = tuple(
        rules.Pause(start + timedelta(minutes=begins), start + timedelta(minutes=ends))
        for begins, ends in stretches
    )
    found = rules.due(calendar, start, limit, pauses=halts)
    assert found.due_at is not None
    edges = [start, *(segment.end for segment in found.segments)]
    assert [segment.start for segment in found.segments] == edges[:-1]
    assert edges[-1] == found.due_at
    assert sum(segment.minutes for segment in found.segments) == (found.due_at - start).total_seconds() // 60
    worked = sum(segment.minutes for segment in found.segments if segment.kind is SegmentKind.WORKED)
    if limit.unit in (TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR):
        assert worked == rules.working_minutes(calendar, limit, calendar.next_opening(start).date())
    elif limit.unit is TimeUnit.CLOCK_HOUR:
        assert worked == limit.value * 60


@given(some_calendar, moments, st.integers(0, 200_000))
@relaxed
def test_ledger_worked_minutes_are_the_open_minutes(
    calendar: rules.Calendar, start: datetime, duration: int
) -> None:
    end = start + timedelta(minutes=duration)
    worked = [s.minutes for s in rules.ledger(calendar, start, end) if s.kind is SegmentKind.WORKED]
    assert sum(worked) == calendar.open_minutes(start, end)


@given(some_calendar, moments)
@relaxed
def test_next_opening_is_open_and_nothing_opened_before(calendar: rules.Calendar, moment: datetime) -> None:
    opening = calendar.next_opening(moment)
    assert calendar.is_open(opening)
    assert calendar.open_minutes(moment, opening) == 0


@given(some_calendar, moments, lengths)
@relaxed
def test_fast_path_agrees_with_the_long_way(calendar: rules.Calendar, start: datetime, length: int) -> None:
    table = Timetable(calendar.hours_on)
    assert rules.due_at(calendar, start, minutes(length)) == table.after(calendar.next_opening(start), length)


@given(calendars())
@settings(deadline=None, max_examples=15)
def test_calendar_json_there_and_back_is_equal(calendar: rules.Calendar) -> None:
    assert rules.calendar_from_json(calendar.to_json()) == calendar


in_days = st.one_of(
    st.builds(TimeLimit, st.integers(0, 90).map(Fraction), st.just(TimeUnit.CALENDAR_DAY)),
    st.builds(TimeLimit, st.integers(0, 12).map(Fraction), st.just(TimeUnit.MONTH)),
)


@given(some_calendar, moments, in_days, pauses)
@relaxed
def test_days_of_a_term_are_all_told_and_as_many_count_as_it_has(
    calendar: rules.Calendar, start: datetime, limit: TimeLimit, offsets: list[tuple[int, int]]
) -> None:
    halted = tuple(
        rules.Pause(start + timedelta(minutes=since), start + timedelta(minutes=until))
        for since, until in offsets
    )
    due = rules.due(calendar, start, limit, pauses=halted)
    assert due.due_at is not None
    told = rules.counted_days(due)
    days = [each.first + timedelta(days=number) for each in told for number in range(each.count)]
    first, last = due.effective_start.date(), due.due_at.date()
    assert days == [first + timedelta(days=number) for number in range((last - first).days + 1)]
    counted = sum(each.count for each in told if each.kind is Counted.DAY)
    assert due.last_day is not None
    assert counted == (due.last_day - first).days


@given(some_calendar, moments, in_days, st.integers(0, 90 * 1440), st.integers(1, 8000))
@relaxed
def test_term_in_days_never_ends_while_it_stands_still(
    calendar: rules.Calendar, start: datetime, limit: TimeLimit, since: int, length: int
) -> None:
    pause = rules.Pause(start + timedelta(minutes=since), start + timedelta(minutes=since + length))
    assert pause.end is not None
    due = rules.due_at(calendar, start, limit, pauses=(pause,))
    assert due <= pause.start or due >= pause.end


def test_pause_on_the_day_that_stands_for_a_closed_last_day_leaves_the_day_of_its_end() -> None:
    monday, wednesday = (datetime(2024, 3, day, 8, tzinfo=rules.ZONE) for day in (11, 13))
    start, limit = datetime(2024, 3, 5, 8, tzinfo=rules.ZONE), TimeLimit(Fraction(5), TimeUnit.CALENDAR_DAY)
    due = rules.due_at(PUBLISHED, start, limit, pauses=(rules.Pause(monday, wednesday),))
    assert due == PUBLISHED.timetable.closing_of(date(2024, 3, 13))
    late = rules.Pause(monday, wednesday.replace(hour=20))
    assert rules.due_at(PUBLISHED, start, limit, pauses=(late,)).date() == date(2024, 3, 14)
