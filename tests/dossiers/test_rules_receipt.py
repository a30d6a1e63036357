"""When a dossier counts as received, in each regulation's own words. No database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.dossiers.test_rules_life import TARGET
from tests.dossiers.world import MONDAY, moment, sheet, steps

from motcua.dossiers.rules import receipt
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.moves import check_task
from motcua.dossiers.rules.state import ClockPause, Term
from motcua.kernel.actors import SYSTEM
from motcua.law import queries as law
from motcua.process.rules.definitions import ProcessDefinition
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Pause

PROVINCE = {"KT18": "kon-tum", "KT22": "kon-tum", "QN20": "quang-ngai", "DL24": "dak-lak", "PT24": "phu-tho"}


def facts(regulation: str) -> Facts:
    return Facts(
        actor=SYSTEM,
        sheet=sheet(),
        regulation=law.regulation(regulation),
        calendar=worktime.published_calendar(PROVINCE[regulation]),
        definition=ProcessDefinition(1, "Quy trình", "1.000001", steps()),
    )


@pytest.mark.parametrize(
    ("regulation", "entered", "received"),
    [
        ("DL24", "2024-03-04 09:15", "2024-03-04 09:15"),  # DL24-8.1.c: in working time, at entry
        ("DL24", "2024-03-04 22:00", "2024-03-05 07:30"),  # DL24-8.1.c: off hours, next working period
        ("DL24", "2024-03-08 17:30", "2024-03-11 07:30"),  # Friday evening to Monday morning
        ("DL24", "2024-02-08 09:00", "2024-02-15 07:30"),  # Tết 2024
        ("PT24", "2024-12-07 10:00", "2024-12-09 07:30"),  # PT24-9.2.c: Saturday
        ("KT18", "2019-03-04 22:00", "2019-03-04 22:00"),  # silent: the moment of entry
        ("QN20", "2021-03-06 10:00", "2021-03-06 10:00"),  # silent: Saturday entry stays Saturday
    ],
)
@pytest.mark.clause("DL24-8.1.c#2", "PT24-9.2.c#2")
def test_official_receipt_follows_the_regulation(regulation: str, entered: str, received: str) -> None:
    assert receipt.official_receipt(moment(entered), facts(regulation)) == moment(received)


@pytest.mark.parametrize(
    ("regulation", "channel", "received", "complete", "due"),
    [
        # KT18-14.4: half a working day from when it was found complete.
        ("KT18", "online", "2019-03-04 08:00", "2019-03-04 09:30", "2019-03-04 15:30"),
        # DL24-8.1.b: at most eight working hours from receipt by the system, whenever it was accepted.
        ("DL24", "online", "2024-03-04 08:00", "2024-03-04 14:00", "2024-03-05 08:00"),
        # PT24-9.2.b: the term of the internal process's first step (4 working hours here).
        ("PT24", "online", "2024-12-09 08:00", "2024-12-09 09:30", "2024-12-09 15:30"),
    ],
)
@pytest.mark.clause("KT18-14.4", "DL24-8.1.b", "DL24-19.1.d", "PT24-9.2.b#2")
def test_forwarding_term_follows_the_regulation(
    regulation: str, channel: str, received: str, complete: str, due: str
) -> None:
    found = receipt.forwarding_due(moment(complete), moment(received), channel, facts(regulation))
    assert found == moment(due)


@pytest.mark.parametrize("regulation", ["KT22", "QN20", "DL24"])
@pytest.mark.parametrize("channel", ["counter", "postal"])
@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2023-03-06 10:00", "2023-03-06 17:30"),  # before 15:00: the same working day
        ("2023-03-06 15:00", "2023-03-06 17:30"),  # at 15:00 sharp: still the same day
        ("2023-03-06 15:30", "2023-03-07 11:30"),  # after: in the morning of the next working day
        ("2023-03-06 18:00", "2023-03-07 11:30"),  # after closing: likewise, not at the end of that day
        ("2023-03-10 15:30", "2023-03-13 11:30"),  # Friday afternoon: Monday
        ("2023-04-28 15:30", "2023-05-04 11:30"),  # eve of holidays: the first working day after them
        ("2023-03-10 17:45", "2023-03-13 11:30"),  # after closing on Friday: likewise
        ("2023-03-11 09:00", "2023-03-13 11:30"),  # on a closed day: no sooner and no later than on its eve
        ("2023-03-11 15:30", "2023-03-13 11:30"),
        ("2023-03-13 06:00", "2023-03-13 17:30"),  # before opening: that day
    ],
)
@pytest.mark.clause("KT22-1.1.b")
def test_paper_goes_by_the_cutoff_where_the_law_is_referred_to(
    regulation: str, channel: str, accepted: str, due: str
) -> None:
    found = receipt.forwarding_due(moment(accepted), moment(accepted), channel, facts(regulation))
    assert found == moment(due)


@pytest.mark.parametrize("regulation", ["KT22", "QN20"])
@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2023-03-06 10:00", "2023-03-06 17:30"),
        ("2023-03-06 16:59", "2023-03-06 17:30"),  # the hour of paper is not for online filings
        ("2023-03-06 20:00", "2023-03-07 17:30"),  # accepted off hours: the next working day
    ],
)
@pytest.mark.clause("KT22-6.2#1", "QN20-11.3#2")
def test_online_filing_forwarded_at_once_is_late_when_its_day_is_over(
    regulation: str, accepted: str, due: str
) -> None:
    found = receipt.forwarding_due(moment(accepted), moment(accepted), "online", facts(regulation))
    assert found == moment(due)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2024-12-09 10:00", "2024-12-09 17:30"),
        ("2024-12-09 20:00", "2024-12-10 17:30"),  # accepted off hours: the next working day
    ],
)
@pytest.mark.clause("PT24-10.0")
def test_first_step_without_a_term_leaves_at_once(accepted: str, due: str) -> None:
    whole = facts("PT24")
    first, *others = whole.process.steps
    process = replace(whole.process, steps=(replace(first, limit=None), *others))
    open_ended = replace(whole, definition=process)
    found = receipt.forwarding_due(moment(accepted), moment(accepted), "online", open_ended)
    assert found == moment(due)


@pytest.mark.parametrize(("on", "due"), [("2018-06-20", None), ("2018-06-21", "2018-06-21 17:30")])
def test_decree_that_came_after_the_regulation_binds_from_its_first_day(on: str, due: str | None) -> None:
    accepted = moment(f"{on} 09:00")
    whole = facts("KT18")
    then = replace(whole, regulation=whole.regulation.on(accepted.date()))
    found = receipt.forwarding_due(accepted, accepted, "counter", then)
    assert found == (moment(due) if due else None)


@pytest.mark.clause("KT18-14.1", "QN20-1.3", "QN20-11.3#1", "KT22-6.2#1", "DL24-1.2", "PT24-9.2.0#1")
def test_reply_to_an_online_filing_is_due_after_eight_working_hours(regulation: str) -> None:
    filed = moment("2024-03-04 14:00")
    assert receipt.reply_due(filed, "online", facts(regulation)) == moment("2024-03-05 14:00")


@pytest.mark.parametrize("channel", ["counter", "postal"])
def test_no_term_runs_for_the_check_of_what_came_to_the_counter_or_by_post(
    regulation: str, channel: str
) -> None:
    """The eight hours are those of the electronic environment; no text gives the other channels any."""
    known = facts(regulation)
    target = replace(TARGET, channel=channel)
    task = check_task(target, 1, MONDAY, MONDAY, known)
    assert (task.due_at, task.soon_at, receipt.reply_due(MONDAY, channel, known)) == (None, None, None)
    assert check_task(replace(target, channel="online"), 1, MONDAY, MONDAY, known).due_at is not None


def test_same_day_procedure_before_and_after_its_cutoff() -> None:
    calendar = facts("DL24").calendar
    term = Term("1wd", moment("2024-03-04 15:00").time())
    assert receipt.due_of(calendar, moment("2024-03-04 14:59"), term) == moment("2024-03-04 17:30")
    assert receipt.due_of(calendar, moment("2024-03-04 15:01"), term) == moment("2024-03-05 17:30")


@pytest.mark.parametrize(
    ("received", "accepted", "is_left_out"),
    [
        ("2024-03-04 08:00", "2024-03-04 08:05", True),
        ("2024-03-04 14:40", "2024-03-04 15:30", True),  # in time, and still due today
        ("2024-03-04 15:01", "2024-03-04 15:05", False),  # after the cut-off: tomorrow
        ("2024-03-09 09:00", "2024-03-09 09:05", False),  # a Saturday: Monday
        ("2024-03-04 08:00", "2024-03-05 08:00", False),  # accepted when it should have been given already
    ],
)
@pytest.mark.parametrize(("regulation", "may"), [("DL24", True), ("PT24", True), ("KT22", False)])
@pytest.mark.clause("DL24-8.2#3", "PT24-9.2bis#3")
def test_receipt_is_left_out_only_where_the_result_comes_the_same_day(
    regulation: str, may: bool, received: str, accepted: str, is_left_out: bool
) -> None:
    known = facts(regulation)
    term = Term("1wd", moment("2024-03-04 15:00").time())
    due = receipt.due_of(known.calendar, moment(received), term)
    left_out = receipt.is_receipt_left_out(term, moment(received), due, known.regulation, moment(accepted))
    assert left_out is (may and is_left_out)


def test_pause_moves_the_due_moment_by_its_opening_time() -> None:
    calendar = facts("DL24").calendar
    paused = ClockPause(moment("2024-03-05 09:00"), "supplement", moment("2024-03-06 09:00"))
    due = receipt.due_of(
        calendar, moment("2024-03-04 08:00"), Term("3wd"), (Pause(paused.start, paused.end, paused.reason),)
    )
    assert due == moment("2024-03-08 08:00")


@pytest.mark.parametrize(
    ("regulation", "channel", "counts"),
    [
        ("QN20", "online", "2024-03-09 09:00"),  # as it enters, on Saturday
        ("DL24", "online", "2024-03-11 07:30"),  # moved to the next opening
        ("KT22", "online", "2024-03-11 07:30"),  # the acceptance, not before somebody is there
        ("QN20", "counter", "2024-03-11 07:30"),
    ],
)
def test_what_is_sent_now_counts_from_its_entry_or_from_when_the_desk_takes_it_in(
    regulation: str, channel: str, counts: str
) -> None:
    known = facts(regulation)
    found = receipt.receipt_if_sent(moment("2024-03-09 09:00"), channel, known.regulation, known.calendar)
    assert found == moment(counts)


@pytest.mark.parametrize(("limit", "due"), [("5cd", "2024-03-14 17:30"), ("1mo", "2024-04-09 17:30")])
def test_days_and_months_are_counted_from_the_receipt_itself(limit: str, due: str) -> None:
    assert receipt.due_of(facts("QN20").calendar, moment("2024-03-09 09:00"), Term(limit)) == moment(due)
