"""Pages are added at one device while another throws away what lies there: a supplement was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from tests.dossiers.test_concurrency import cutting_in

from motcua.documents import queries, services
from motcua.documents.services import trays
from motcua.kernel.actors import Actor, ActorKind

AN = Actor(ActorKind.CITIZEN, "7", "An")
AT = datetime(2024, 3, 4, 8, tzinfo=UTC)
PURPOSE = "draft:x:paper"


def added() -> None:
    services.alter(actor=AN, purpose=PURPOSE, change=lambda lies: {**lies, "b": 2}, at=AT)


@pytest.mark.django_db(transaction=True)
def test_tray_that_is_thrown_away_before_it_is_held_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    services.lay(actor=AN, purpose=PURPOSE, contents={"a": 1}, at=AT)
    throw_away = partial(services.clear, actor=AN, purpose=PURPOSE)
    with cutting_in(monkeypatch, trays, "hold", throw_away):
        added()
    assert queries.tray(AN, PURPOSE) == {"b": 2}
