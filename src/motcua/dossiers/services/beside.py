"""What stands beside a dossier: notes of the office, letters sent, other dossiers of the applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import EmptyNote
from motcua.dossiers.models import OfficeNote
from motcua.dossiers.queries import DossierView, Note, Related, Written
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.thread import Said
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import visible
from motcua.kernel.wire import from_wire
from motcua.notify import queries as notify
from motcua.notify.queries import OutboxLine

NOTE_LENGTH = 2000
_LOOKED_THROUGH = 20
_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Beside:
    """`letters` are the newest messages about the dossier, to whomever; their texts are not among them.
    `older_letters` says where older ones go on, if any do."""

    written: Written
    related: tuple[Related, ...]
    letters: tuple[OutboxLine, ...]
    older_letters: int | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.written.notes


class Side(StrEnum):
    """What stands beside a dossier in numbers that no page shows all of."""

    LETTERS = "letters"
    MESSAGES = "messages"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Earlier:
    """One page of one side, the newest first; `more` says where the next begins, None at the end."""

    letters: tuple[OutboxLine, ...] = ()
    said: tuple[Said, ...] = ()
    notes: tuple[Note, ...] = ()
    more: int | None = None


def beside(*, actor: Actor, at: datetime, view: DossierView) -> Beside:
    """For an officer who has opened the dossier just now.

    Other dossiers of the applicant are shown only as far as the officer may read them.

    Basis: DL24-3.4, PT24-3.6, KT18-4.3.
    """
    if not policy.is_of_office(view.footing, view.state):  # notes and letters are for the office
        return Beside(queries.Written((), (), waits=False), (), ())
    letters, older = _letters(view, None)
    return Beside(queries.written(view.id, with_notes=True), _related(actor, view), letters, older)


def earlier(*, view: DossierView, side: Side, before: int | None) -> Earlier:
    """Older letters, messages or notes, for an officer who has opened the dossier just now; from the newest
    on without `before`. Raises Forbidden for whoever does not work on it.

    Basis: DL24-3.4, PT24-3.6, KT18-4.3.
    """
    if not policy.is_of_office(view.footing, view.state):
        raise Forbidden()
    if side is Side.LETTERS:
        letters, more = _letters(view, before)
        return Earlier(letters=letters, more=more)
    if side is Side.MESSAGES:
        said, more = queries.said_before(view.id, before)
        return Earlier(said=said, more=more)
    notes, more = queries.notes_before(view.id, before)
    return Earlier(notes=notes, more=more)


def _letters(view: DossierView, before: int | None) -> tuple[tuple[OutboxLine, ...], int | None]:
    """What was told at one moment stays together, or the page would say that only some were told."""
    found = notify.outbox(about=view.id, before=before, limit=_LETTERS + 1)
    if len(found) <= _LETTERS:
        return found, None
    shown, next_one = found[:_LETTERS], found[_LETTERS]
    whole = [each for each in shown if (each.posted_at, each.key) != (next_one.posted_at, next_one.key)]
    kept = tuple(whole) or shown
    return kept, kept[-1].id


def add_note(*, actor: Actor, at: datetime, dossier_id: str, text: str) -> None:
    """Leave a note for the office. Raises NotFound, Forbidden, EmptyNote."""
    state = queries.state_of(dossier_id)
    if not actor.is_officer or not policy.is_of_office(policy.footing_of(actor, at), state):
        raise Forbidden()
    clean = visible(text)
    if not clean or len(clean) > NOTE_LENGTH:
        raise EmptyNote()
    OfficeNote.objects.create(
        dossier_id=UUID(dossier_id),
        author_id=int(actor.id),
        author_name=actor.name[:200],
        text=clean,
        at=at,
    )


def _related(actor: Actor, view: DossierView) -> tuple[Related, ...]:
    """Other dossiers of the same person, foreigner or organisation: by what the applicant is known by.

    Of who is known by no number nothing could tell which dossiers are theirs.
    """
    person = view.state.contents.applicant
    theirs = queries.known_as(person)
    if theirs is None:
        return ()
    rows = (
        theirs.filter(filed_at__isnull=False, agency_id__in={post.agency_id for post in view.footing.posts})
        .exclude(id=UUID(view.id))
        .order_by("-filed_at")
        .values_list("id", "state", "procedure_version__title")[:_LOOKED_THROUGH]
    )
    found = [(str(pk), from_wire(State, state), title) for pk, state, title in rows]
    return tuple(
        Related(pk, state.reference, title, Status(state.status), state.filed_at)
        for pk, state, title in found
        if queries.is_same(person, state.contents.applicant) and policy.may_read(actor, view.footing, state)
    )[:8]
