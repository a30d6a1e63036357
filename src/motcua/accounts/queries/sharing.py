"""Whether an account lets its registered data be shared, and when it said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.models import SharingChoice


@dataclass(frozen=True, slots=True)
class Said:
    is_allowed: bool
    wording: str
    at: datetime


def sharing_said(account_id: int, *, limit: int = 50) -> tuple[Said, ...]:
    """What the owner said of sharing, the newest first."""
    rows = SharingChoice.objects.filter(account_id=account_id).order_by("-id")[:limit]
    return tuple(Said(row.is_allowed, row.wording, row.at) for row in rows)


def may_share(account_id: int) -> bool:
    """Whether what was registered may go to a competent body for a related service. Who never said so has
    not allowed it; what the law gives to a body does not hang on this.

    Basis: DL24-24.9.
    """
    said = sharing_said(account_id, limit=1)
    return bool(said) and said[0].is_allowed
