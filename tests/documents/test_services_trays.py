"""Pages are added at one device while another throws away what lies there: a supplement was sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import QuerySet
from tests.dossiers.test_concurrency import cutting_in

from motcua.documents import queries, services
from motcua.documents.errors import TrayBusy
from motcua.documents.models import Tray
from motcua.kernel.actors import Actor, ActorKind

AN = Actor(ActorKind.CITIZEN, "7", "An")
AT = datetime(2024, 3, 4, 8, tzinfo=UTC)
PURPOSE = "draft:x:paper"


def added() -> None:
    services.alter(actor=AN, purpose=PURPOSE, change=lambda lies: {**lies, "b": 2}, at=AT)


@pytest.mark.django_db(transaction=True)
def test_tray_that_is_thrown_away_before_it_is_held_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    services.lay(actor=AN, purpose=PURPOSE, contents={"a": 1}, at=AT)
    throw_away = lambda: services.clear(actor=AN, purpose=PURPOSE)  # noqa: E731
    with cutting_in(monkeypatch, QuerySet, "select_for_update", throw_away):
        added()
    assert queries.tray(AN, PURPOSE) == {"b": 2}


@pytest.mark.django_db
def test_tray_that_is_thrown_away_again_and_again_is_said_to_be_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    own = QuerySet.select_for_update

    def too_late(rows: QuerySet[Tray], *given: object, **named: object) -> QuerySet[Tray]:
        services.clear(actor=AN, purpose=PURPOSE)
        return own(rows)

    monkeypatch.setattr(QuerySet, "select_for_update", too_late)
    with pytest.raises(TrayBusy):
        added()
