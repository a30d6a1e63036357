"""What people wrote beside a dossier: messages between applicant and desk, notes of the office."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, Value

from motcua.dossiers.models import OfficeNote, OpenThread, ThreadMessage
from motcua.dossiers.queries.views import Note
from motcua.dossiers.rules.thread import Said
from motcua.worktime.rules import local

MOST_SAID, MOST_NOTES = 100, 50
_COLUMNS = ("is_note", "pk", "is_from_desk", "waits", "author_name", "text", "at")
_YES, _NO = Value(True, BooleanField()), Value(False, BooleanField())


@dataclass(frozen=True, slots=True)
class Written:
    """The newest messages, the oldest of them first, and the newest notes, the newest first. `waits`: the
    desk has not dealt with a message."""

    said: tuple[Said, ...]
    notes: tuple[Note, ...]
    waits: bool


def written(dossier_id: str, *, with_notes: bool) -> Written:
    """All of it in one query; notes are for the office only."""
    key = UUID(dossier_id)
    waits = Exists(OpenThread.objects.filter(pk=OuterRef("dossier_id")))
    messages = ThreadMessage.objects.filter(dossier_id=key).annotate(is_note=_NO, waits=waits)
    rows = messages.order_by("-id").values_list(*_COLUMNS)[:MOST_SAID]
    if with_notes:
        notes = OfficeNote.objects.filter(dossier_id=key).annotate(is_note=_YES, is_from_desk=_YES, waits=_NO)
        rows = rows.union(notes.order_by("-id").values_list(*_COLUMNS)[:MOST_NOTES], all=True)
    found = sorted(rows, key=lambda row: row[1], reverse=True)
    said = [
        Said(pk, from_desk, author, text, local(at))
        for is_note, pk, from_desk, _waits, author, text, at in found
        if not is_note
    ]
    return Written(
        said=tuple(reversed(said)),
        notes=tuple(Note(row[4], row[5], local(row[6])) for row in found if row[0]),
        waits=any(row[3] for row in found),
    )
