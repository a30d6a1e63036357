"""How far it is from the home page to where a procedure is filed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.dossiers.world import World, published, sheet

from motcua.agencies.enums import UnitKind

pytestmark = pytest.mark.django_db


def test_every_service_is_filed_after_three_clicks_from_the_home_page(world: World) -> None:
    """Links only, as people with a telephone and search engines follow them."""
    for code, sector in (("1.000002", "Xây dựng"), ("1.000003", "Hộ tịch")):
        published(sheet(code=code, sector=sector), world.agency, world.units[UnitKind.DIVISION])
    anybody = Client()
    seen, reached = set(), {"/"}
    for _ in range(3):
        pages, reached = reached - seen, set()
        for path in pages:
            reached |= set(re.findall(r'href="(/[^"#?]*)[^"]*"', anybody.get(path).content.decode()))
        seen |= pages
    wanted = {f"/nop-ho-so/1.00000{number}/" for number in (1, 2, 3)}
    assert wanted - seen - reached == set()
