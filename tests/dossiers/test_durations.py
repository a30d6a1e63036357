"""How long dossiers really took: rounding, percentiles, and the counters that are folds of the events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.test_verify import difference, tamper
from tests.dossiers.world import MONDAY, World

from motcua.dossiers import queries, services
from motcua.dossiers.enums import Decision, Status
from motcua.dossiers.models import ServiceUse, SettlingTime
from motcua.dossiers.queries import Counts, RealTime, Use
from motcua.dossiers.rules import durations
from motcua.dossiers.rules.state import ResultPaper, State


@pytest.mark.parametrize(
    ("length", "hours"),
    [
        (timedelta(seconds=1), 1),
        (timedelta(hours=1), 1),
        (timedelta(hours=1, seconds=1), 2),
        (timedelta(hours=72), 72),
        (timedelta(hours=72, seconds=1), 96),
        (timedelta(days=10), 240),
        (timedelta(days=10, minutes=1), 264),
    ],
)
def test_rounded_goes_up_to_hours_then_to_days(length: timedelta, hours: int) -> None:
    assert durations.rounded(MONDAY, MONDAY + length) == hours


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=60), st.integers(1, 100))
def test_percentile_is_the_least_length_that_reaches_the_share(lengths: list[int], percent: int) -> None:
    counts = {length: lengths.count(length) for length in lengths}
    found = durations.percentile(counts, Fraction(percent, 100))
    assert found == sorted(lengths)[-(-len(lengths) * percent // 100) - 1]


def test_percentile_of_nothing_is_unknown_and_nobody_asks_for_more_than_all() -> None:
    assert durations.percentile({}, Fraction(1, 2)) is None
    with pytest.raises(AssertionError):
        durations.percentile({1: 1}, Fraction(2))


PAPER = ResultPaper("1", "Giấy phép", MONDAY, Decision.GRANT)
DONE = State(
    Status.RESULT_ISSUED,
    9,
    TARGET,
    CONTENTS,
    filed_at=MONDAY,
    finished_at=MONDAY + timedelta(hours=5),
    results=(PAPER,),
)
OPEN = replace(DONE, finished_at=None)


@pytest.mark.parametrize(
    ("before", "changes", "hours"),
    [
        (OPEN, {}, 5),
        (DONE, {}, None),  # counted when it came
        (None, {}, None),
        (OPEN, {"filed_at": None}, None),
        (OPEN, {"finished_at": None}, None),  # numbered, and not at the desk yet
    ],
)
def test_time_taken_is_counted_once_when_the_result_comes_to_the_desk(
    before: State | None, changes: dict[str, Any], hours: int | None
) -> None:
    assert durations.hours_taken(before, replace(DONE, **changes)) == hours


@pytest.mark.django_db
def test_real_time_counts_from_filing_to_result(world: World) -> None:
    act = world.until("approve")
    world.later(hours=30)
    world.issue(act)
    row = SettlingTime.objects.get()
    assert (row.procedure_version_id, row.on_month, row.hours, row.count) == (
        world.version.pk,
        date(2024, 3, 1),
        31,
        1,
    )
    code = world.version.procedure.code
    assert queries.real_time(code, world.now.date()) == RealTime(1, 31, 31)
    assert queries.real_time(code, date(2026, 1, 1)) is None
    assert queries.real_time("9.999999", world.now.date()) is None


@pytest.mark.django_db
def test_tampered_settling_time_is_named(world: World) -> None:
    world.until("issue")
    tamper("UPDATE dossiers_settlingtime SET count = 7")
    assert "stored 7, events make 1" in difference(world)


@pytest.mark.django_db
def test_figures_are_summed_by_day_and_by_agency(world: World) -> None:
    for _ in range(2):
        world.until("accept")
    world.until("give_back")
    day, province, agency = MONDAY.date(), world.agency.province, world.agency.pk
    whole = Counts(filed=3, settled=1, late=0, returned=1)
    assert queries.figures_by_day(province, day, day) == {day: whole}
    assert queries.figures_by_agency(province, day, day) == {agency: whole}
    assert queries.figures_by_day("kon-tum", day, day) == {}
    assert queries.figures_by_day(province, date(2024, 4, 1), date(2024, 4, 30)) == {}
    assert Counts() + whole + whole == Counts(filed=6, settled=2, late=0, returned=2)


@pytest.mark.django_db
def test_results_of_before_are_counted_as_they_would_have_been(world: World) -> None:
    for days in (0, 2, 3, 10):
        act = world.until("approve")
        world.later(days=days, minutes=7)
        world.issue(act)
    SettlingTime.objects.all().delete()
    fill = import_module("motcua.dossiers.migrations.0006_fill_settling_times").FILL
    with connection.cursor() as cursor:
        cursor.execute(fill)
    assert services.verify().difference is None


@pytest.mark.django_db
@pytest.mark.clause("KT18-5.1.b#2", "DL24-5.6")
def test_use_of_a_service_is_told_by_year_and_by_way_of_filing(world: World) -> None:
    code, year = world.version.procedure.code, world.now.year
    world.until("submit")
    world.until("give_back")
    world.register()
    world.draft()  # nobody has used the service by preparing something
    assert queries.use_by_year([code, "9.999999"], year - 1, year) == {
        code: {year: Use(online=2, otherwise=1, settled=1)}
    }
    assert queries.use_by_year([code], year + 1, year + 1) == {}
    assert queries.use_by_year([], year, year) == {}


@pytest.mark.django_db
def test_tampered_use_is_named_and_what_was_filed_before_is_counted_as_it_would_have_been(
    world: World,
) -> None:
    world.until("accept")
    world.register()
    tamper("UPDATE dossiers_serviceuse SET count = 7 WHERE channel = 'online'")
    assert "stored 7, events make 1" in difference(world)
    ServiceUse.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("motcua.dossiers.migrations.0026_use_of_services").FILL)
    assert services.verify().difference is None
    assert dict(ServiceUse.objects.values_list("channel", "count")) == {"online": 1, "counter": 1}
