"""What people wrote beside a dossier: messages between applicant and desk, notes of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

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
    desk has not dealt with a message. `older_said` and `older_notes` say where older ones go on."""

    said: tuple[Said, ...]
    notes: tuple[Note, ...]
    waits: bool
    older_said: int | None = None
    older_notes: int | None = None


def written(dossier_id: str, *, with_notes: bool) -> Written:
    """All of it in one query; notes are for the office only."""
    key = UUID(dossier_id)
    waits = Exists(OpenThread.objects.filter(pk=OuterRef("dossier_id")))
    messages = ThreadMessage.objects.filter(dossier_id=key).annotate(is_note=_NO, waits=waits)
    rows = messages.order_by("-id").values_list(*_COLUMNS)[: MOST_SAID + 1]
    if with_notes:
        notes = OfficeNote.objects.filter(dossier_id=key).annotate(is_note=_YES, is_from_desk=_YES, waits=_NO)
        rows = rows.union(notes.order_by("-id").values_list(*_COLUMNS)[: MOST_NOTES + 1], all=True)
    found = sorted(rows, key=lambda row: row[1], reverse=True)
    said, older_said = _cut([row for row in found if not row[0]], MOST_SAID)
    noted, older_notes = _cut([row for row in found if row[0]], MOST_NOTES)
    return Written(
        said=tuple(reversed([_said(row) for row in said])),
        notes=tuple(_note(row) for row in noted),
        waits=any(row[3] for row in found),
        older_said=older_said,
        older_notes=older_notes,
    )


def said_before(dossier_id: str, before: int | None) -> tuple[tuple[Said, ...], int | None]:
    """One page of messages, the newest first, from before that number on; and where the next begins."""
    rows = ThreadMessage.objects.filter(dossier_id=UUID(dossier_id)).annotate(is_note=_NO, waits=_NO)
    found, more = _page(rows, before, MOST_SAID)
    return tuple(_said(row) for row in found), more


def notes_before(dossier_id: str, before: int | None) -> tuple[tuple[Note, ...], int | None]:
    """One page of notes, the newest first, as `said_before`."""
    rows = OfficeNote.objects.filter(dossier_id=UUID(dossier_id))
    rows = rows.annotate(is_note=_YES, is_from_desk=_YES, waits=_NO)
    found, more = _page(rows, before, MOST_NOTES)
    return tuple(_note(row) for row in found), more


def _page(rows: QuerySet[Any], before: int | None, most: int) -> tuple[list[Any], int | None]:
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _cut(list(rows.order_by("-id").values_list(*_COLUMNS)[: most + 1]), most)


def _cut(rows: list[Any], most: int) -> tuple[list[Any], int | None]:
    """As many as are shown, and the number of the last of them if there are more."""
    return rows[:most], rows[most - 1][1] if len(rows) > most else None


def _said(row: Any) -> Said:
    _is_note, number, from_desk, _waits, author, text, at = row
    return Said(number, from_desk, author, text, local(at))


def _note(row: Any) -> Note:
    return Note(row[4], row[5], local(row[6]))
