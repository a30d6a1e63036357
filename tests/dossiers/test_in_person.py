"""A procedure whose result is handed over at the desk, such as marriage: filing, intake, corrections."""

from __future__ import annotations

import pytest
from tests.dossiers.world import World, make_world, sheet

from motcua.catalogue.enums import OnlineLevel
from motcua.dossiers.enums import Correctable
from motcua.dossiers.errors import WayNotOfProcedure
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services import correct

pytestmark = pytest.mark.django_db
TEXT = "Điều 18 Luật Hộ tịch"
BY_POST = ResultDelivery("postal", "12 Lê Duẩn")


@pytest.fixture
def world(db: None, regulation: str) -> World:
    content = sheet(online_level=OnlineLevel.PARTIAL, result_ways=("counter",), result_ways_basis=TEXT)
    return make_world(content, regulation=regulation)


@pytest.mark.parametrize("how", ["postal", "online"])
def test_filing_that_wants_it_otherwise_is_refused_when_it_is_sent(world: World, how: str) -> None:
    draft = world.draft(delivery=ResultDelivery(how, "12 Lê Duẩn"))
    with pytest.raises(WayNotOfProcedure) as refused:
        world.submit(draft)
    assert refused.value.params["basis"] == TEXT
    assert refused.value.clauses
    assert world.state(draft).status == "draft"


def test_counter_promises_nothing_else(world: World) -> None:
    with pytest.raises(WayNotOfProcedure) as refused:
        world.register(delivery=BY_POST)
    assert refused.value.clauses
    assert not Dossier.objects.exists()
    assert world.register().status == "submitted"


def test_choice_is_not_corrected_to_another_way(world: World) -> None:
    act = world.register()
    with pytest.raises(WayNotOfProcedure):
        correct(
            actor=world.actor("chi"),
            at=world.later(minutes=1),
            dossier_id=act.dossier_id,
            expected_version=act.version,
            what=Correctable.DELIVERY,
            values={"how": "postal", "delivery_address": "12 Lê Duẩn"},
            reason="Người nộp đề nghị.",
        )
    assert world.state(act).contents.delivery.how == "counter"
