"""What lies within an incident, and until when it must be mended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.incidents.enums import Scope, Whom
from motcua.incidents.errors import (
    EndsBeforeEntry,
    EvidenceRequired,
    ForLeaders,
    NotYet,
    TooLongAgo,
    WhatHappened,
)
from motcua.incidents.rules import windows
from motcua.incidents.rules.windows import Window
from motcua.kernel.dates import ZONE
from motcua.kernel.limits import TimeLimit
from motcua.worktime.queries import published_calendar

NINE = datetime(2024, 11, 4, 9, 0, tzinfo=ZONE)
DAY = timedelta(days=1)
CALENDAR = published_calendar("phu-tho")
HOURS = st.integers(0, 48).map(lambda hours: NINE + timedelta(hours=hours))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("scope", "agency_id", "unit_id", "covered"),
    [
        (Scope.PROVINCE, None, None, True),
        (Scope.AGENCY, 1, None, True),
        (Scope.AGENCY, 2, None, False),
        (Scope.DESK, 1, 11, True),
        (Scope.DESK, 1, 12, False),
    ],
)
def test_window_covers_its_place(scope, agency_id, unit_id, covered):
    assert Window("w", scope, NINE, agency_id, unit_id).reaches(1, 11) is covered


@given(begin=HOURS, end=HOURS, at=HOURS)
def test_window_covers_from_begin_to_end_and_nothing_else(begin, end, at):
    window = Window("w", Scope.PROVINCE, begin, ended_at=end)
    assert window.lasts_at(at) is (begin <= at <= end)
    assert Window("w", Scope.PROVINCE, begin).lasts_at(at) is (begin <= at)


@pytest.mark.parametrize(
    ("began", "due"),
    [("2024-11-04 09:00", "2024-11-04 21:00"), ("2024-11-02 15:00", "2024-11-03 03:00")],
)
def test_recovery_is_counted_in_hours_of_the_clock(began, due):
    """PT24-21.6, reading A15: nights and Sundays count."""
    at, wanted = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (began, due))
    assert windows.recover_by(at, TimeLimit.parse("12h")) == wanted
    assert windows.recover_by(at, None) is None


@pytest.mark.parametrize(
    ("due", "ended", "at", "breached"),
    [
        (None, None, 99, False),
        (12, None, 12, False),
        (12, None, 13, True),
        (12, 12, 99, False),
        (12, 13, 99, True),
    ],
)
def test_recovery_is_breached_after_its_term(due, ended, at, breached):
    moments = [None if hours is None else NINE + timedelta(hours=hours) for hours in (due, ended, at)]
    assert windows.is_breached(*moments) is breached


def test_told_are_those_the_regulation_names_else_department_and_office():
    assert windows.whom_to_tell(["dttt", "provider"]) == (Whom.DTTT, Whom.PROVIDER)
    assert windows.whom_to_tell([]) == (Whom.DTTT, Whom.OFFICE)


def check_begin(
    begin: datetime, at: datetime, within: timedelta = DAY, what: str = "Mất điện", **known: Any
) -> None:
    given = {"evidence": "", "reaches_back": False} | known
    windows.check_begin(begin, what, at, within, CALENDAR, **given)


def test_begin_in_the_future_or_of_nothing_is_refused():
    check_begin(NINE, NINE)
    with pytest.raises(NotYet):
        check_begin(NINE + timedelta(minutes=1), NINE)
    with pytest.raises(WhatHappened):
        check_begin(NINE, NINE, what="  ")


@given(begin=HOURS, at=HOURS, within=st.integers(0, 48))
def test_begin_lies_further_back_only_for_who_leads_and_shows_it(begin, at, within):
    length = timedelta(hours=within)
    shown = {"evidence": "Biên bản 12", "reaches_back": True}
    if begin > at:
        with pytest.raises(NotYet):
            check_begin(begin, at, length, **shown)
    elif at - begin <= length:
        check_begin(begin, at, length)
    else:
        check_begin(begin, at, length, **shown)
        with pytest.raises(ForLeaders):
            check_begin(begin, at, length, **shown | {"reaches_back": False})
        with pytest.raises(EvidenceRequired):
            check_begin(begin, at, length, **shown | {"evidence": " "})


def check_end(begin: datetime, end: datetime, remedy: str, at: datetime, **known: Any) -> None:
    given = {"declared_at": end, "within": DAY, "calendar": CALENDAR} | known
    windows.check_end(begin, end, remedy, at, **given)


@given(end=HOURS, declared=HOURS, within=st.integers(0, 48))
def test_end_lies_no_further_before_the_declaration_than_allowed(end, declared, within):
    length = timedelta(hours=within)
    known = {"declared_at": declared, "within": length}
    if declared - end <= length:
        check_end(NINE, end, "Có điện", NINE + 3 * DAY, **known)
    else:
        with pytest.raises(TooLongAgo):
            check_end(NINE, end, "Có điện", NINE + 3 * DAY, **known)


@given(end=HOURS, at=HOURS)
def test_log_is_open_while_the_incident_lasts_and_for_a_while_after_its_end(end, at):
    assert Window("w", Scope.PROVINCE, NINE).takes_entries(at)
    closed = Window("w", Scope.PROVINCE, NINE, ended_at=end)
    assert closed.takes_entries(at) is (end >= at)


@pytest.mark.parametrize(
    ("at", "days", "since"),
    [
        ("2025-02-03T07:40", 5, "2025-01-20T00:00"),  # Tết, 25 January to 2 February, uses nothing up
        ("2024-11-08T23:00", 5, "2024-11-01T00:00"),
        ("2024-11-09T08:00", 5, "2024-11-04T00:00"),  # on a Saturday the fifth day of the week before is over
        ("2024-11-08T08:00", 1, "2024-11-07T00:00"),
        ("2024-11-08T08:00", 0, "2024-11-08T00:00"),
    ],
)
def test_log_is_open_for_working_days(at: str, days: int, since: str):
    assert windows.logs_open_since(CALENDAR, moment(at), days) == moment(since)


@pytest.mark.parametrize(
    ("began", "at", "fresh"),
    [
        ("2025-01-24T14:00", "2025-02-03T07:40", True),  # the afternoon before Tết, the morning after it
        ("2025-01-24T14:00", "2025-02-03T14:01", False),
        ("2024-11-05T09:00", "2024-11-06T09:00", True),
        ("2024-11-05T09:00", "2024-11-06T09:01", False),
        ("2024-11-08T14:00", "2024-11-11T14:00", True),
        ("2026-11-27T17:10", "2026-11-29T21:20", True),  # Friday evening, on the Sunday itself
        ("2026-11-27T17:10", "2026-11-30T07:30", True),
        ("2026-11-27T17:10", "2026-11-30T17:11", False),
        ("2026-11-28T10:00", "2026-12-01T00:00", True),  # what broke on a day off: Monday alone counts
        ("2026-11-28T10:00", "2026-12-01T00:01", False),
    ],
)
def test_days_off_do_not_make_an_outage_old(began: str, at: str, fresh: bool):
    assert windows.is_fresh(CALENDAR, moment(began), moment(at), DAY) is fresh


_TET = st.integers(0, 30 * 24 * 60).map(
    lambda minutes: moment("2025-01-20T00:00") + timedelta(minutes=minutes)
)


def counted_by_the_minute(since: datetime, until: datetime) -> timedelta:
    """The slow way: every quarter of an hour that lies on a working day."""
    step, at, found = timedelta(minutes=15), since, timedelta(0)
    while at < until:
        found += step if CALENDAR.is_working_day(at.date()) else timedelta(0)
        at += step
    return found


@given(since=_TET, quarters=st.integers(0, 14 * 96), hours=st.integers(0, 72))
def test_time_on_days_off_is_not_counted_whenever_it_is_asked(
    since: datetime, quarters: int, hours: int
) -> None:
    since = since.replace(minute=since.minute // 15 * 15)
    at, within = since + quarters * timedelta(minutes=15), timedelta(hours=hours)
    assert windows.is_fresh(CALENDAR, since, at, within) is (counted_by_the_minute(since, at) <= within)


@given(since=_TET, first=_TET, second=_TET, hours=st.integers(0, 72))
def test_what_is_fresh_no_longer_never_is_again(
    since: datetime, first: datetime, second: datetime, hours: int
) -> None:
    since, earlier, later = sorted((since, first, second))
    within = timedelta(hours=hours)
    if windows.is_fresh(CALENDAR, since, later, within):
        assert windows.is_fresh(CALENDAR, since, earlier, within)


@given(end=HOURS, entry=st.none() | HOURS)
def test_end_lies_not_before_what_was_entered_from_the_log(end: datetime, entry: datetime | None) -> None:
    now = NINE + 3 * DAY
    if entry is None or entry <= end:
        check_end(NINE, end, "Có điện", now, last_entry=entry)
    else:
        with pytest.raises(EndsBeforeEntry) as refused:
            check_end(NINE, end, "Có điện", now, last_entry=entry)
        assert refused.value.params == {"moment": entry}


@given(begin=HOURS, end=HOURS, at=HOURS)
def test_end_lies_between_begin_and_now(begin, end, at):
    if begin <= end <= at:
        check_end(begin, end, "Xong", at)
    else:
        with pytest.raises(NotYet):
            check_end(begin, end, "Xong", at)


def test_end_that_does_not_say_what_was_done_is_refused():
    with pytest.raises(WhatHappened):
        check_end(NINE, NINE, "", NINE)


@pytest.mark.parametrize(
    ("due", "told", "hours", "urged"),
    [
        (12, None, 12, False),  # the term for recovery has not run out
        (12, None, 13, True),
        (12, 13, 36, False),  # told less than a day ago
        (12, 13, 37, True),
        (None, None, 24, False),  # no term: from a day after the beginning
        (None, None, 25, True),
    ],
)
def test_outage_that_nobody_ends_is_asked_after_every_day(
    due: int | None, told: int | None, hours: int, urged: bool
) -> None:
    due_at, told_at = (None if each is None else NINE + timedelta(hours=each) for each in (due, told))
    assert windows.is_to_be_urged(NINE, due_at, told_at, NINE + timedelta(hours=hours)) is urged
