"""A dossier's life through the services, and what the rows are after it."""

from __future__ import annotations

import pytest
from tests.dossiers.world import World, moment

from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status

pytestmark = pytest.mark.django_db


@pytest.mark.clause("KT22-2.1.b#1")
def test_life_online_from_draft_to_closed_ends_closed_and_verifies(world: World) -> None:
    act = world.until("close")

    assert act.status == Status.CLOSED
    assert act.code == "000.00.15.H15-240304-0001"
    assert [entry.kind for entry in queries.history(act.dossier_id)] == [
        "draft_saved",
        "submitted",
        "accepted",
        "handed_over",
        "assigned",
        "proposed",
        "approved",
        "result_issued",
        "announced",
        "result_returned",
        "closed",
    ]
    verification = services.verify()
    assert (verification.dossiers, verification.events, verification.difference) == (1, 11, None)


@pytest.mark.clause("PT24-8.1")
def test_life_at_counter_counts_from_registration(world: World) -> None:
    act = world.accept(world.register())
    state = world.state(act)

    assert state.received_at == moment("2024-03-04 08:01")
    assert state.due_at == moment("2024-03-07 08:01")
    assert [(task.step_key, task.kind) for task in state.tasks] == [("receive", "intake")]
