"""Notices of planned stops, for the frame of every page of the portal: who files now must know of tonight."""

from __future__ import annotations

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import get_language

from motcua.notify import queries
from motcua.notify.queries import Notice


def stops() -> tuple[Notice, ...]:
    """Those that are shown now; none while the database is away: pages that say so have this frame too."""
    try:
        found = queries.notices(timezone.localtime(), language=get_language() or "vi")
    except DatabaseError:
        return ()
    return tuple(notice for notice in found if notice.is_stop)
