"""Rules of acting for others: days, numbers, names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.acting import day

from motcua.accounts.rules import acting
from motcua.accounts.rules.acting import Grant, NumberKind
from motcua.accounts.rules.limits import limit

TODAY = date(2024, 3, 4)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@given(DAYS, DAYS)
def test_term_is_taken_exactly_if_it_is_ahead_and_not_too_long(since: date, until: date) -> None:
    fits = since <= until >= TODAY and until <= acting.years_after(since, limit("mandate.longest_years"))
    assert (acting.check_term(since, until, TODAY) == {}) is fits


@given(DAYS, DAYS, DAYS)
def test_mandate_holds_on_both_its_days_and_between(since: date, until: date, today: date) -> None:
    inside = (today - since).days >= 0 and (until - today).days >= 0
    assert acting.in_force(since, until, today) is inside


def test_term_without_days_says_which_is_missing() -> None:
    assert acting.check_term(None, None, TODAY) == {"since": acting.NO_START, "until": acting.NO_END}
    assert acting.check_term(TODAY, None, TODAY) == {"until": acting.NO_END}
    assert acting.check_term(None, TODAY, TODAY) == {"since": acting.NO_START}


@pytest.mark.parametrize(
    ("since", "until", "fault"),
    [
        ("2024-03-05", "2024-03-04", acting.ENDS_FIRST),
        ("2024-03-01", "2024-03-03", acting.IS_OVER),
        ("2024-03-04", "2029-03-05", acting.TOO_LONG),
    ],
)
def test_term_that_is_refused_says_why(since: str, until: str, fault: str) -> None:
    assert acting.check_term(day(since), day(until), TODAY) == {"until": fault}


def test_29_february_has_its_anniversary_on_the_28th() -> None:
    assert acting.years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("6001234567", "6001234567"),
        (" 60 0123 4567 ", "6001234567"),
        ("6001234567-001", "6001234567-001"),
        ("6001234567001", "6001234567-001"),
        ("066090001234", "066090001234"),
        ("600123456", None),
        ("６００１２３４５６７", None),
        ("6001234567-01", None),
        ("", None),
    ],
)
def test_tax_code_is_brought_to_one_form(typed: str, known: str | None) -> None:
    assert acting.tax_code(typed) == known


@given(st.text(max_size=80))
def test_number_of_foundation_is_printable_and_short(typed: str) -> None:
    known = acting.organisation_number(NumberKind.ESTABLISHMENT, typed)
    assert known is None or (known.isprintable() and 0 < len(known) <= 50)


@given(st.frozensets(st.sampled_from(["1.000001", "1.000002", "1.000003"])), st.text(max_size=10))
def test_grant_covers_what_it_names_and_everything_if_it_names_nothing(
    codes: frozenset[str], asked: str
) -> None:
    grant = Grant("uy-quyen-1", "An", "066090000001", may_act=True, principal_id="1", procedures=codes)
    assert grant.covers(asked) is (not codes or asked in codes)
    assert all(grant.covers(code) for code in codes)


def test_name_is_compared_without_case_and_accents() -> None:
    assert acting.is_named("Nguyễn Văn An", "NGUYEN VAN AN")
    assert not acting.is_named("Nguyễn Văn An", "Nguyễn Văn Anh")


@pytest.mark.parametrize(
    ("typed", "may_be"),
    [
        ("NGUYEN VAN AN", True),
        ("An Nguyễn Văn", True),
        ("Nguyễn An", True),
        ("Nguyễn Văn Hoài An", True),
        ("Nguyễn Văn Anh", False),
        ("Trần Thị Khác", False),
        ("Trần Văn An", False),
    ],
)
def test_same_person_may_write_a_name_shorter_or_in_another_order(typed: str, may_be: bool) -> None:
    assert acting.may_be_named("Nguyễn Văn An", typed) is may_be
