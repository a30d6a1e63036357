"""Sessions as Django keeps them, but no request writes away what another one has written meanwhile.

Django writes a session as a whole, so of two requests of one browser at the same moment the last one wins.
Here each name in it stands for itself (ADR 0108). What says until when it is kept goes afterwards. Like
Django's own it looks at the clock itself: nobody who saves a session tells it the moment.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

UNTIL = "until"  # in a value: the second after which nobody is shown it


class SessionStore(db.SessionStore):
    """A session of which a request writes what it has changed itself."""

    _read: str | None = None  # what stood in the row when this request last read or wrote it

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # Django's own
        self._read = row.session_data if row else None
        return self.decode(row.session_data) if row else {}

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        self._read = row.session_data
        return row

    def save(self, must_create: bool = False) -> None:
        """Write what has changed; whatever others have changed since it was read stays as they wrote it.

        Raises UpdateError if the session was ended meanwhile: no request under way brings it back.
        """
        if must_create or self.session_key is None or self._read is None:
            super().save(must_create)
            return
        read, own = self._read, _standing(dict(self.items()), timezone.now())
        row = self._as_row(own)
        rows = self.model.objects.filter(session_key=self.session_key)
        # Mostly nobody was faster, and that is one statement.
        written = rows.filter(session_data=read)
        if written.update(session_data=row.session_data, expire_date=row.expire_date):
            return
        with transaction.atomic():
            stored = rows.select_for_update().first()
            if stored is None:
                raise UpdateError
            self._as_row(merged(stored.get_decoded(), self.decode(read), own)).save(force_update=True)

    def _as_row(self, data: dict[str, Any]) -> AbstractBaseSession:
        self._session_cache = data
        return self.create_model_instance(data)


def merged(stored: dict[str, Any], read: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """What is stored with what one request has changed, who had read it before others changed it."""
    changed = {name: value for name, value in own.items() if name not in read or read[name] != value}
    gone = read.keys() - own.keys()
    return {name: value for name, value in stored.items() if name not in gone} | changed


def forget_what_is_over(*, at: datetime) -> int:
    """Take out of the sessions what was to be kept until now and no longer; out of how many."""
    store, count = SessionStore(), 0
    for row in Session.objects.filter(expire_date__gt=at).iterator():
        data = store.decode(row.session_data)
        standing = _standing(data, at)
        if len(standing) < len(data):  # one that is written meanwhile has lost it by that
            same = Session.objects.filter(pk=row.pk, session_data=row.session_data)
            count += same.update(session_data=store.encode(standing))
    return count


def _standing(data: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {name: value for name, value in data.items() if not _is_over(value, at)}


def _is_over(value: Any, at: datetime) -> bool:
    return isinstance(value, dict) and value.get(UNTIL, at.timestamp()) < at.timestamp()
