"""What the tests of the catalogue share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings
from tests.catalogue.province import Province

from motcua.agencies import queries as agencies
from motcua.catalogue import queries
from motcua.process import queries as process


@pytest.fixture
def province_of(db: None, settings: Settings) -> Iterator[Callable[[str], Province]]:
    agencies.forget()
    queries.forget()
    process.forget()

    def make(name: str) -> Province:
        settings.PROVINCE = name
        return Province(name)

    yield make
    agencies.forget()
    queries.forget()
    process.forget()
