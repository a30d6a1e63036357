"""Where the term of an open task would end with a closure."""

from __future__ import annotations

import pytest
from tests.dossiers.world import moment

from motcua.dossiers.rules.closing import is_sent_before, term_with
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Closure, Pause, closed

BEFORE = worktime.published_calendar("dak-lak")
TUESDAY = Closure(moment("2024-03-05 00:00"), moment("2024-03-06 00:00"))
AFTER = closed(BEFORE, [TUESDAY])


@pytest.mark.parametrize(
    ("opened", "due", "limit", "with_it"),
    [
        ("2024-03-04 08:00", "2024-03-05 08:00", "8wh", "2024-03-06 08:00"),
        ("2024-03-04 08:00", "2024-03-05 08:00", "1wd", "2024-03-06 08:00"),
        ("2024-03-04 08:00", "2024-03-05 08:00", "", "2024-03-06 08:00"),  # a moment that was set
        ("2024-03-04 08:00", "2024-03-04 17:30", "", "2024-03-04 17:30"),  # over before it begins
        ("2024-03-04 08:00", "2024-03-07 17:30", "3cd", "2024-03-07 17:30"),  # days run on, closed or not
        ("2024-03-04 08:00", "2024-03-05 17:30", "1cd", "2024-03-06 17:30"),  # but none ends on a closed one
        ("2024-03-05 08:00", "2024-03-05 10:00", "2wh", "2024-03-06 09:30"),  # opened within it
        (
            "2024-03-04 08:00",
            "2024-03-05 09:00",
            "8wh",
            "2024-03-06 09:00",
        ),  # set otherwise than by its limit
        ("2024-03-09 08:00", "2024-03-09 09:00", "", "2024-03-09 09:00"),  # nothing open in between
        (
            "2024-03-04 08:00",
            "2024-03-04 20:00",
            "",
            "2024-03-04 20:00",
        ),  # set off hours, and nothing is lost
    ],
)
def test_term_ends_later_by_what_the_closure_takes(opened: str, due: str, limit: str, with_it: str) -> None:
    found = term_with(moment(opened), moment(due), limit, BEFORE, AFTER)
    assert found == moment(with_it)


def test_term_that_stood_still_runs_on_behind_the_closure() -> None:
    pauses = (Pause(moment("2024-03-04 09:00"), moment("2024-03-04 10:00"), "Nộp thuế"),)
    found = term_with(moment("2024-03-04 08:00"), moment("2024-03-05 09:00"), "8wh", BEFORE, AFTER, pauses)
    assert found == moment("2024-03-06 09:00")


AFTERNOON = Closure(moment("2024-03-05 13:30"), moment("2024-03-06 00:00"))
FRIDAY = Closure(moment("2024-03-08 00:00"), moment("2024-03-09 00:00"))


@pytest.mark.parametrize(
    ("closure", "letter_by", "expected"),
    [
        (TUESDAY, "2024-03-05 09:05", True),  # in the middle of it
        (TUESDAY, "2024-03-05 23:59", True),  # its last opening time was in it
        (TUESDAY, "2024-03-06 07:30", True),  # the agency opens again at that minute
        (TUESDAY, "2024-03-06 07:31", False),
        (TUESDAY, "2024-03-04 23:59", False),  # over before it begins
        (TUESDAY, "2024-03-05 07:00", False),  # nobody would have been there anyhow
        (AFTERNOON, "2024-03-05 13:30", False),
        (AFTERNOON, "2024-03-05 23:59", True),
        (FRIDAY, "2024-03-10 23:59", True),  # the weekend follows
        (FRIDAY, "2024-03-11 08:00", False),
    ],
)
def test_letter_is_better_sent_before_a_closure_that_leaves_no_time_for_it(
    closure: Closure, letter_by: str, expected: bool
) -> None:
    with_it = closed(BEFORE, [closure])
    assert is_sent_before(moment(letter_by), closure, BEFORE, with_it) is expected
