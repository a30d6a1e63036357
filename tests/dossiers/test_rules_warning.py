"""The marks at 50, 80 and 100 per cent of a step's term."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.world import moment
from tests.worktime.test_properties import calendars, moments

from motcua.dossiers import labels
from motcua.dossiers.enums import WarningLevel
from motcua.dossiers.rules.warning import MARKS, reached_until, soon_at, warning_level
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import queries, rules

LEVELS = list(MARKS)


@pytest.fixture
def calendar() -> rules.Calendar:
    return queries.published_calendar("dak-lak", None)


@pytest.mark.parametrize(
    ("at", "level"),
    [
        ("2024-03-04 08:00", WarningLevel.NONE),
        ("2024-03-04 13:59", WarningLevel.NONE),
        ("2024-03-04 14:00", WarningLevel.HALF),
        ("2024-03-04 16:23", WarningLevel.HALF),
        ("2024-03-04 16:24", WarningLevel.NEARLY),
        ("2024-03-05 07:59", WarningLevel.NEARLY),
        ("2024-03-05 08:00", WarningLevel.USED_UP),
        ("2025-03-05 08:00", WarningLevel.USED_UP),
    ],
)
def test_mark_of_an_eight_hour_step_is_reached_in_opening_time(
    calendar: rules.Calendar, at: str, level: WarningLevel
) -> None:
    """Opened at 08:00: 50 % is 4 hours and 80 % 6 h 24 min of opening time, the midday break left out."""
    opened = moment("2024-03-04 08:00")
    due = rules.due_at(calendar, opened, TimeLimit.parse("8wh"))
    assert due == moment("2024-03-05 08:00")
    assert warning_level(opened, due, moment(at), calendar) is level


def test_mark_without_a_term_is_never_reached(calendar: rules.Calendar) -> None:
    opened = moment("2024-03-04 08:00")
    assert warning_level(opened, None, moment("2030-01-01 08:00"), calendar) is WarningLevel.NONE


def test_pause_brings_no_mark_nearer(calendar: rules.Calendar) -> None:
    opened = moment("2024-03-04 08:00")
    pauses = (rules.Pause(moment("2024-03-04 09:00"), moment("2024-03-06 09:00"), "supplement"),)
    due = rules.due_at(calendar, opened, TimeLimit.parse("8wh"), pauses=pauses)
    assert warning_level(opened, due, moment("2024-03-06 13:59"), calendar, pauses) is WarningLevel.NONE
    assert warning_level(opened, due, moment("2024-03-06 14:00"), calendar, pauses) is WarningLevel.HALF


def test_every_level_has_its_words() -> None:
    assert set(labels.WARNING) == set(WarningLevel)
    assert set(MARKS) == set(WarningLevel) - {WarningLevel.NONE}


def _reached(
    calendar: rules.Calendar, opened: datetime, minutes: int, pauses: tuple[rules.Pause, ...], due: datetime
) -> dict[WarningLevel, datetime]:
    """The moments of the marks, found from the other side: the due moment of a share of the term."""
    shares = {level: -(-minutes * percent // 100) for level, percent in MARKS.items()}
    moments = {
        level: rules.due_at(
            calendar, opened, TimeLimit(Fraction(share, 60), TimeUnit.WORKING_HOUR), pauses=pauses
        )
        if share
        else opened
        for level, share in shares.items()
    }
    return {level: min(moment, due) for level, moment in moments.items()} | {WarningLevel.USED_UP: due}


@given(calendars(), moments, st.integers(0, 5000), st.lists(st.integers(0, 20_000), max_size=4), st.data())
@settings(deadline=None, max_examples=60)
def test_level_is_the_mark_whose_share_of_the_term_is_over(
    calendar: rules.Calendar, opened: datetime, length: int, edges: list[int], data: st.DataObject
) -> None:
    sorted_edges = sorted(edges)
    pauses = tuple(
        rules.Pause(opened + timedelta(minutes=start), opened + timedelta(minutes=end))
        for start, end in zip(sorted_edges[::2], sorted_edges[1::2], strict=False)
    )
    limit = TimeLimit(Fraction(length, 60), TimeUnit.WORKING_HOUR)
    due = rules.due_at(calendar, opened, limit, pauses=pauses)
    reached = _reached(calendar, opened, length, pauses, due)
    assert [reached[level] for level in LEVELS] == sorted(reached.values())
    assert soon_at(opened, due, calendar, pauses) == reached[WarningLevel.HALF]
    at = opened + timedelta(minutes=data.draw(st.integers(0, 40_000)))
    expected = max((x for x in LEVELS if reached[x] <= at), key=LEVELS.index, default=WarningLevel.NONE)
    assert warning_level(opened, due, at, calendar, pauses) is expected


@pytest.mark.parametrize("hours", ["07:30-11:30", "07:30-17:30"])
@pytest.mark.parametrize(
    "text", ["2024-03-04 10:00", "2024-03-05 07:40", "2024-03-05 15:00", "2024-03-06 09:00"]
)
def test_mark_kept_from_before_a_closure_is_reached_when_the_calendar_with_it_says_so(
    calendar: rules.Calendar, hours: str, text: str
) -> None:
    """Of five days from Monday on, Thursday is closed, or its morning: up to each minute before and in it."""
    opens, closes = (moment(f"2024-03-07 {each}") for each in hours.split("-"))
    closure, opened = rules.Closure(opens, closes), moment("2024-03-04 07:30")
    with_it = rules.closed(calendar, [closure])
    at = moment(text)
    for minutes in range(0, 600, 10):
        due = moment("2024-03-08 07:30") + timedelta(minutes=minutes)
        kept = soon_at(opened, due, calendar)
        assert kept is not None
        (until,) = reached_until(at, [closure], calendar)
        is_half = warning_level(opened, due, at, with_it) is not WarningLevel.NONE
        assert (kept <= until) is is_half, due


def test_closures_together_bring_a_mark_nearer_by_what_both_take(calendar: rules.Calendar) -> None:
    first = rules.Closure(moment("2024-03-06 00:00"), moment("2024-03-07 00:00"))
    second = rules.Closure(moment("2024-03-07 13:30"), moment("2024-03-08 00:00"))
    morning = moment("2024-03-05 07:30")
    assert reached_until(morning, [first, second], calendar) == (
        moment("2024-03-05 11:30"),  # half of the eight hours of Wednesday
        moment("2024-03-05 15:30"),  # and two of the afternoon of Thursday
    )
    within = reached_until(moment("2024-03-06 10:00"), [first], calendar)
    assert within == (moment("2024-03-06 11:30"),)  # as when its doors closed, and half of what it takes
