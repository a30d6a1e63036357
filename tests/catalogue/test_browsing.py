"""Ways to a procedure beside the search: life events and agencies."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.dossiers.world import make_world

from motcua.catalogue import queries, services
from motcua.catalogue.rules.cards import LifeEvent

TODAY = date(2024, 3, 4)


def test_life_events_name_known_procedures_once_each() -> None:
    rows = json.loads(services.PROCEDURES.read_text("utf-8"))["procedures"]
    known = {row["code"] for row in rows}
    events = queries.life_events()
    assert {code for event in events for code in event.codes} <= known
    assert [event.key for event in events if len(set(event.codes)) != len(event.codes)] == []
    assert len({event.key for event in events}) == len(events)
    assert {event.whose for event in events} == {"person", "organisation"}


@pytest.mark.parametrize("event", queries.life_events(), ids=lambda event: event.key)
def test_life_event_says_of_each_procedure_when_somebody_needs_it(event: LifeEvent) -> None:
    """In one sentence that a page can show beside the title, and in no two the same."""
    for name in ("why", "why_english"):
        words = [getattr(each, name) for each in event.calls_for]
        assert len(set(words)) == len(words)
        assert [each for each in words if not each.endswith(".") or ". " in each] == []
        assert [each for each in words if len(each.split()) > 25] == []
    assert [each.why for each in event.calls_for if not each.why.startswith(("Khi ", "Để "))] == []


@pytest.mark.django_db
def test_procedures_are_found_by_codes_and_by_agency() -> None:
    world = make_world()
    code = world.version.procedure.code
    assert [card.code for card in queries.with_codes(["9.999999", code], TODAY)] == [code]
    assert [card.code for card in queries.settled_by(world.agency.pk, TODAY)] == [code]
    assert queries.settling_agencies(world.agency.province, TODAY) == {world.agency.pk: 1}
    assert queries.settling_agencies("kon-tum", TODAY) == {}
