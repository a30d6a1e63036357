"""Laying things ready for an act that is still to come, and clearing them away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.documents import queries
from motcua.documents.errors import TrayBusy
from motcua.documents.models import Tray
from motcua.kernel.actors import Actor

_TRIES = 5


def lay(*, actor: Actor, purpose: str, contents: dict[str, Any], at: datetime) -> None:
    """Keep what lies ready for this purpose, instead of what lay there. Nobody but the actor finds it."""
    Tray.objects.update_or_create(
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        purpose=purpose,
        defaults={"contents": contents, "at": at},
    )


def alter(
    *, actor: Actor, purpose: str, change: Callable[[dict[str, Any]], dict[str, Any]], at: datetime
) -> None:
    """Change what lies ready for this purpose, one change after the other.

    Lets the refusals of `change` through; then nothing was changed.
    """
    with transaction.atomic():
        hold(actor=actor, purpose=purpose, at=at)
        lay(actor=actor, purpose=purpose, contents=change(queries.tray(actor, purpose)), at=at)


def clear(*, actor: Actor, purpose: str) -> None:
    """Throw away what lies ready for this purpose and for all that begin with it; the files stay."""
    mine = Tray.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id)
    mine.filter(purpose__startswith=purpose).delete()


def hold(*, actor: Actor, purpose: str, at: datetime) -> None:
    """Until the transaction ends nobody else changes what lies ready for this purpose.

    Raises TrayBusy if another device clears it away again and again.
    """
    whose = {"actor_kind": actor.kind.value, "actor_id": actor.id, "purpose": purpose}
    for _ in range(_TRIES):
        Tray.objects.bulk_create([Tray(**whose, contents={}, at=at)], ignore_conflicts=True)
        # The row that was found may be thrown away before it is held; then an empty one is laid anew.
        if Tray.objects.select_for_update().filter(**whose).first() is not None:
            return
    raise TrayBusy
