"""The lists that officers keep: how they like to see a box, under a name or as last seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from motcua.dossiers.enums import Box
from motcua.dossiers.models import KeptList
from motcua.dossiers.rules.choices import Choice, Kept
from motcua.kernel.actors import Actor
from motcua.kernel.wire import WireError, from_wire


def kept_lists(actor: Actor) -> tuple[Kept, ...]:
    """What the officer has kept, by name; an entry that can no longer be read is passed over."""
    return read_kept(kept_rows(actor))


def kept_rows(actor: Actor) -> QuerySet[Any]:
    """Number, name, box and choice of each, for whoever reads them in a query of theirs by `read_kept`."""
    rows = KeptList.objects.filter(account_id=int(actor.id)).order_by("name", "box")
    return rows.values_list("id", "name", "box", "body")


def read_kept(rows: Iterable[Any]) -> tuple[Kept, ...]:
    """What was kept in rows of `kept_rows`."""
    return tuple(kept for row in rows if (kept := _kept(*row)) is not None)


def _kept(number: int, name: str, box: str, body: Any) -> Kept | None:
    try:
        return Kept(number, name, Box(box), from_wire(Choice, body))
    except (WireError, ValueError):
        return None
