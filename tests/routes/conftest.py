"""The place of the registry without a browser, built once for a file, and what every page answers there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tests.browser.conftest import forget_all
from tests.browser.town import make_town, working_clock
from tests.notify.mailroom import MailRoom
from tests.routes.place import Place, furnish
from tests.routes.reading import Read, read
from tests.routes.registry import PAGES, Visit

from motcua.desk import clock
from motcua.portal import who
from motcua.theme.foreign import mark_vietnamese

UNMARKED = [each for each in settings.MIDDLEWARE if not each.endswith(".VietnameseIsMarked")]


@dataclass(frozen=True)
class Looked:
    """One visit: what was answered in Vietnamese and English, read, and by how many queries.

    `english` is the page before what is Vietnamese on it was marked, `marked` the page as it goes out.
    """

    visit: Visit
    answer: HttpResponse
    read: Read
    english: Read
    marked: Read
    queries: int


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    now = working_clock(timezone.localtime())
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        forget_all()
        patch.setattr(who, "now", now)
        patch.setattr(clock, "now", now)
        yield furnish(make_town(now, MailRoom()))
        transaction.set_rollback(True)
    forget_all()


@pytest.fixture(scope="module")
def looked(place: Place) -> list[Looked]:
    found = []
    for visit in PAGES:
        with place.there(visit):
            found.append(look(place, visit))
    return found


def look(place: Place, visit: Visit) -> Looked:
    address = place.address(visit)
    client = place.client(visit)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)
    with override_settings(MIDDLEWARE=UNMARKED):
        english = place.client(visit, "en").get(address).content
    marked = mark_vietnamese(english.decode()).encode()
    return Looked(visit, answer, read(answer.content), read(english), read(marked), queries)
