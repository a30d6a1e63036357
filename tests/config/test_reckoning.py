"""Terms reckoned a second time agree with the rules, and see it when a rule is broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import moment

from motcua.config.simulation import reckoning
from motcua.dossiers.enums import Status
from motcua.dossiers.rules.state import ClockPause, State, Term
from motcua.kernel.limits import TimeLimit
from motcua.worktime import queries, rules

CALENDAR = queries.published_calendar("dak-lak")
moments = st.integers(0, 60 * 24 * 700).map(lambda late: moment("2024-02-01 00:00") + timedelta(minutes=late))
lengths = st.integers(1, 60 * 24 * 12).map(lambda long: timedelta(minutes=long))


def reckoned(
    limit: str, received: datetime, pauses: tuple[ClockPause, ...], cutoff: time | None
) -> list[str]:
    """What the second reckoning says of the due moment that the rules give."""
    apart = tuple(rules.Pause(each.start, each.end, each.reason) for each in pauses)
    due = rules.due(CALENDAR, received, TimeLimit.parse(limit), pauses=apart, same_day_cutoff=cutoff)
    return said(due, pauses, cutoff)


def said(due: rules.Due, pauses: tuple[ClockPause, ...] = (), cutoff: time | None = None) -> list[str]:
    facts = {"due_at": due.due_at, "pauses": pauses, "term": Term(str(due.limit), cutoff)}
    state = State(Status.ACCEPTED, 3, TARGET, CONTENTS, **facts)  # type: ignore[arg-type]  # facts are of many types
    if cutoff:
        return list(reckoning.counted_by_a_cutoff(due, state))
    if due.limit.unit in reckoning.BY_THE_CALENDAR:
        return list(reckoning.counted_by_the_calendar(due, state))
    return list(reckoning.counted_by_the_clock(due, state))


@settings(max_examples=60)
@given(
    st.sampled_from(["1cd", "15cd", "90cd", "1mo", "7mo", "24mo", "12h"]),
    moments,
    st.lists(st.tuples(lengths, lengths), max_size=3),
)
def test_days_months_and_hours_are_counted_alike(
    limit: str, received: datetime, apart: list[tuple[timedelta, timedelta]]
) -> None:
    pauses: list[ClockPause] = []
    at = received
    for before, long in apart:
        at += before
        pauses.append(ClockPause(at, "bổ sung", at + long))
        at += long
    assert reckoned(limit, received, tuple(pauses), None) == []


@settings(max_examples=40)
@given(st.sampled_from(["1wd", "0.5wd", "3wd", "10wd"]), moments, st.sampled_from([time(15), time(10, 30)]))
def test_terms_with_a_cutoff_are_counted_alike(limit: str, received: datetime, cutoff: time) -> None:
    assert reckoned(limit, received, (), cutoff) == []


@pytest.mark.parametrize("limit", ["15cd", "1mo", "12h"])
@pytest.mark.parametrize("wrong", [timedelta(days=7), timedelta(days=-1), timedelta(hours=-1)])
def test_due_moment_that_is_wrong_is_seen(limit: str, wrong: timedelta) -> None:
    due = rules.due(CALENDAR, moment("2024-03-04 08:00"), TimeLimit.parse(limit))
    assert due.due_at is not None
    assert said(due) == []
    assert said(replace(due, due_at=due.due_at + wrong)) != []


def test_cutoff_that_is_not_kept_is_seen() -> None:
    due = rules.due(CALENDAR, moment("2024-03-04 15:10"), TimeLimit.parse("1wd"), same_day_cutoff=time(15))
    assert due.due_at == moment("2024-03-05 17:30")
    assert said(replace(due, due_at=moment("2024-03-04 17:30")), cutoff=time(15)) != []


def test_pause_that_is_not_given_back_is_seen() -> None:
    received = moment("2024-03-04 08:00")
    due = rules.due(CALENDAR, received, TimeLimit.parse("15cd"))
    pause = ClockPause(moment("2024-03-06 09:00"), "bổ sung", moment("2024-03-11 09:00"))
    assert said(due, (pause,)) != []


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2024-03-05 08:00", True), ("2024-03-05 08:01", False), ("2024-03-06 09:00", False)],
)
def test_notice_is_a_whole_working_day(at: str, expected: bool) -> None:
    due_at = moment("2024-03-06 08:00")
    assert reckoning.had_notice(CALENDAR, moment(at), due_at, TimeLimit.parse("1wd")) is expected


@pytest.mark.parametrize(("at", "expected"), [("2024-03-05 23:59", True), ("2024-03-06 00:00", False)])
def test_notice_is_not_given_on_the_day_on_which_the_term_ends(at: str, expected: bool) -> None:
    closing = CALENDAR.closing_of(moment("2024-03-06 08:00").date())
    assert reckoning.had_notice(CALENDAR, moment(at), closing, TimeLimit.parse("1wd")) is expected
