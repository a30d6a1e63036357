"""Laying things ready for an act that is still to come, and clearing them away."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.documents.models import Tray
from motcua.kernel.actors import Actor

# An update that changes nothing waits for whoever holds the row, and answers what they left.
_HELD = """
INSERT INTO documents_tray AS held (actor_kind, actor_id, purpose, contents, at) VALUES (%s, %s, %s, '{}', %s)
ON CONFLICT (actor_kind, actor_id, purpose) DO UPDATE SET at = held.at
RETURNING contents::text"""


def lay(*, actor: Actor, purpose: str, contents: dict[str, Any], at: datetime) -> None:
    """Keep what lies ready for this purpose, instead of what lay there. Nobody but the actor finds it."""
    row = Tray(actor_kind=actor.kind.value, actor_id=actor.id, purpose=purpose, contents=contents, at=at)
    Tray.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["actor_kind", "actor_id", "purpose"],
        update_fields=["contents", "at"],
    )


def alter(
    *, actor: Actor, purpose: str, change: Callable[[dict[str, Any]], dict[str, Any]], at: datetime
) -> None:
    """Change what lies ready for this purpose, one change after the other.

    Lets the refusals of `change` through; then nothing was changed.
    """
    with transaction.atomic():
        contents = hold(actor=actor, purpose=purpose, at=at)
        lay(actor=actor, purpose=purpose, contents=change(contents), at=at)


def clear(*, actor: Actor, purpose: str) -> None:
    """Throw away what lies ready for this purpose and for all that begin with it; the files stay."""
    mine = Tray.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id)
    mine.filter(purpose__startswith=purpose).delete()


def hold(*, actor: Actor, purpose: str, at: datetime) -> dict[str, Any]:
    """What lies ready for this purpose, empty if nothing does; until the transaction ends nobody else changes
    it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [actor.kind.value, actor.id, purpose, at])
        return dict(json.loads(cursor.fetchone()[0]))
