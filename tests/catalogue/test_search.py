"""Search: without accents, with everyday words, in spite of slips, in one query."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue import queries, services
from motcua.kernel.actors import SYSTEM
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> None:
    at = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
    services.import_file(services.PROCEDURES, actor=SYSTEM, at=at)


FIRST = {
    "khai sinh": "1.001193",
    "KHAI SINH": "1.001193",
    "Đăng ký khai sinh": "1.001193",
    "dang ky khai sin": "1.001193",
    "làm khai sinh": "1.001193",
    "giấy khai sinh": "1.001193",
    "khai sinhh": "1.001193",
    "1.001193": "1.001193",
    "1001193": "1.001193",
    "thủ tục 1001193": "1.001193",
    "cưới": "1.000894",
    "ket hno": "1.000894",
    "sổ đỏ": "1.012783",
    "mở quán": "1.001612",
    "xây nhà": "1.013225",
    "bằng lái": "3.000347",
    "thường trú": "1.004222",
    "lý lịch tư pháp": "3.000333",
    "độc thân": "1.004873",
}


@pytest.mark.usefixtures("published")
def test_search_finds_what_people_mean_first() -> None:
    assert {text: queries.search(text)[0].code for text in FIRST} == FIRST


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "!!!", "' | & :* (", "\x00"])
def test_search_for_nothing_finds_nothing(text: str) -> None:
    assert queries.search(text) == ()


@pytest.mark.usefixtures("published")
def test_search_takes_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        queries.search("giấy khai sinh", 3)
    assert len(asked) == 1


@pytest.mark.usefixtures("published")
def test_search_gives_no_more_than_asked_for() -> None:
    assert len(queries.search("đăng ký", 3)) == 3
