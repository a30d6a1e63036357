"""What is kept in memory of agencies, with other threads that forget it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dossiers.world import make_world, moment

from motcua.agencies import queries
from motcua.agencies.models import Agency, Edition
from motcua.agencies.queries import memory, trees
from motcua.agencies.rules.cards import AgencyCard

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment("2024-03-04 08:00")


@pytest.fixture
def agency() -> Iterator[Agency]:
    memory.forget()
    yield make_world().agency
    memory.forget()


def look_again() -> None:
    """As if the seconds had gone by after which the edition is asked for."""
    memory._seen["looked"] = float("-inf")


def test_closures_stay_in_memory_until_somebody_changes_an_agency(agency: Agency) -> None:
    queries.closures_ahead([agency.pk], AT)
    look_again()
    with CaptureQueriesContext(connection) as asked:
        queries.closures_ahead([agency.pk], AT)
    assert [each["sql"].split(" FROM ")[1].split()[0] for each in asked] == ['"agencies_edition"']
    Edition.objects.update_or_create(id=1, defaults={"number": 99})
    look_again()
    queries.closures_ahead([agency.pk], AT)
    assert memory._seen["edition"] == 99
    with CaptureQueriesContext(connection) as asked:
        queries.closures_ahead([agency.pk], AT)
    assert not list(asked)


def test_what_was_read_before_a_change_is_not_kept_after_it(agency: Agency, monkeypatch: Any) -> None:
    """A thread that read the old card is overtaken by one that sees the new edition and forgets all."""
    read = trees._cards_of

    def overtaken(rows: Any) -> list[AgencyCard]:
        cards = list(read(rows))
        Agency.objects.filter(pk=agency.pk).update(name="Tên mới")
        Edition.objects.update_or_create(id=1, defaults={"number": 99})
        look_again()
        memory.forget_if_old()
        return cards

    monkeypatch.setattr(trees, "_cards_of", overtaken)
    assert queries.agency(agency.pk).name == agency.name
    monkeypatch.undo()
    assert queries.agency(agency.pk).name == "Tên mới"


def test_thread_that_forgets_all_disturbs_nobody_who_looks(agency: Agency) -> None:
    """The others look while one forgets as fast as it can: each finds what it asks for."""
    over = threading.Event()

    def ask() -> None:
        try:
            for _ in range(60):
                queries.closures_ahead([agency.pk], AT)
                queries.calendar_of(agency.pk, AT.date())
                assert queries.agency(agency.pk).id == agency.pk
        finally:
            connection.close()

    def forget() -> None:
        while not over.is_set():
            for kept in (memory.kept_cards, memory.kept_calendars, memory.kept_ahead):
                kept.clear()

    with ThreadPoolExecutor(3) as pool:
        forgetting = pool.submit(forget)
        try:
            for asking in [pool.submit(ask) for _ in range(2)]:
                asking.result()
        finally:
            over.set()
        forgetting.result()
