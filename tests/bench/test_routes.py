"""The bench asks every page of the registry about what is stored, and the server answers."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.routes.conftest import place  # noqa: F401 - the fixture
from tests.routes.place import Place
from tests.routes.registry import PAGES
from tools.bench import routes

pytestmark = pytest.mark.django_db


def test_measure_every_page_is_asked_and_answered(place: Place) -> None:  # noqa: F811
    done: list[int] = []
    found = routes.measure(1, done.append)
    assert len(done) == len(PAGES)
    assert {visit.title for visit in PAGES if routes.is_stored(visit)} == {each["page"] for each in found}
    failed = {each["page"]: each["answers"] for each in found if not {200} >= each["answers"].keys()}
    assert failed == {}
    assert all(each["p50_ms"] <= each["p95_ms"] for each in found)


def test_client_carries_the_session_of_the_site_and_no_other_cookie() -> None:
    client = routes._client(PAGES[0], routes.Look(None, {}))
    assert list(client.cookies) == [settings.SESSION_COOKIE_NAME]
