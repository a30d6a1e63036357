"""Copies that the bench makes are as good as dossiers that were played: every one refolds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from tests.dossiers.world import make_world
from tools.bench import bulk

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import services
from motcua.dossiers.models import CodeSerial, Dossier
from motcua.process import queries as process

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    for queries in (agencies, catalogue, process):
        queries.forget()
    yield
    for queries in (agencies, catalogue, process):
        queries.forget()


def test_multiply_copies_refold_and_have_codes_of_their_own() -> None:
    world = make_world()
    for verb in ("draft", "submit", "assign", "close"):
        world.until(verb)
    settings = connection.settings_dict
    dsn = make_conninfo(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], dbname=settings["NAME"]
    )

    done: list[int] = []
    assert bulk.multiply(dsn, 20, done.append) == 20

    verification = services.verify()
    assert (verification.dossiers, verification.difference) == (20, None)
    codes = sorted(Dossier.objects.exclude(code=None).values_list("code", flat=True))
    assert codes == [f"000.00.15.H15-240304-{serial:04d}" for serial in range(1, 11)]
    assert CodeSerial.objects.get().last == 10
    assert done == [8, 12, 16, 20]
    assert bulk.sizes(dsn, 20)["total"] > 0
