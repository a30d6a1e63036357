"""What an applicant and the desk write to one another: beside the dossier, no way around the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.errors import AnsweredMeanwhile, NothingToAnswer, SettledMeanwhile, WrittenMeanwhile
from motcua.dossiers.models import Dossier, OfficeNote, OpenThread, ThreadMessage
from motcua.dossiers.queries import DossierView, Written
from motcua.dossiers.rules import thread as rules
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.thread import Said
from motcua.dossiers.services.notices import accounts_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.notify import services as notify

BEGINNING = 160  # characters of an answer in the refusal of the next one; the page shows it whole
NOTHING_TO_SAY = "Đã đọc tin nhắn của người nộp; không cần trả lời."  # data, like any note


@dataclass(frozen=True, slots=True)
class Thread:
    """The newest messages, the oldest of them first; `is_open` while the desk has not dealt with one."""

    said: tuple[Said, ...]
    is_open: bool
    may_write: bool

    @property
    def seen(self) -> int:
        """The number of the last message that whoever looks has seen; 0 if there is none."""
        return self.said[-1].number if self.said else 0


def thread_of(*, actor: Actor, view: DossierView, written: Written | None = None) -> Thread:
    """The thread of a dossier that the actor has opened just now; nothing for staff under contract.

    `written` if it was read already.
    """
    if not (actor.is_citizen or view.is_of_office):
        return Thread((), is_open=False, may_write=False)
    found = written or queries.written(view.id, with_notes=False)
    said, is_open = found.said, found.waits
    if actor.is_citizen:
        return Thread(said, is_open, policy.may_write_to_desk(actor, view.footing, view.state))
    at_desk = policy.may_answer_for_desk(actor, view.footing, view.state)
    return Thread(said, is_open, bool(said) and at_desk)


def write_to_desk(*, actor: Actor, at: datetime, dossier_id: str, text: str) -> None:
    """The applicant writes to the desk of a dossier that was filed; the desk sees it in its lists.

    Raises NotFound, Forbidden, BadMessage, TooManyMessages.

    Basis: DL24-5.4
    """
    with transaction.atomic():
        state = _locked(dossier_id)
        footing = policy.footing_of(actor, at)
        if not policy.may_write_to_desk(actor, footing, state):
            raise policy.why_not(actor, footing, state, at)
        clean = rules.words(text)
        newest = ThreadMessage.objects.filter(dossier_id=UUID(dossier_id)).order_by("-id")
        waits = OpenThread.objects.filter(pk=UUID(dossier_id)).exists()
        if waits and _is_said(dossier_id, clean, is_from_desk=False):
            return
        rules.must_have_room(list(newest.values_list("is_from_desk", flat=True)[: rules.MOST_UNANSWERED]))
        _add(actor, at, dossier_id, clean, is_from_desk=False)
        OpenThread.objects.get_or_create(dossier_id=UUID(dossier_id), defaults={"since": at})


def answer_from_desk(
    *, actor: Actor, at: datetime, dossier_id: str, text: str, seen: int, waited: bool = False
) -> None:
    """The desk answers; the applicant is told. What came after the message `seen` still waits.

    Raises NotFound, Forbidden, BadMessage, NothingToAnswer where nobody has written, AnsweredMeanwhile
    where the desk has answered after `seen`, SettledMeanwhile where somebody else said after `seen` that
    nothing is to be answered; `waited` says whether anything waited on the page from which this comes.
    """
    with transaction.atomic():
        state = _open_to_desk(actor, at, dossier_id)
        clean = rules.words(text)
        if not ThreadMessage.objects.filter(dossier_id=UUID(dossier_id)).exists():
            raise NothingToAnswer
        if _is_said(dossier_id, clean, is_from_desk=True):
            return
        _must_have_seen_answers(dossier_id, seen)
        if waited:
            _must_still_wait(dossier_id)
        _add(actor, at, dossier_id, clean, is_from_desk=True)
        _close(dossier_id, seen)
        _tell(dossier_id, state, at)


def settle_thread(*, actor: Actor, at: datetime, dossier_id: str, seen: int) -> None:
    """The desk has read what was written and nothing is to be answered; a note of the office says so.

    Raises NotFound, Forbidden, NothingToAnswer if nothing waits, WrittenMeanwhile where the applicant has
    written after the message `seen`: then nothing is noted.
    """
    with transaction.atomic():
        _open_to_desk(actor, at, dossier_id)
        if not OpenThread.objects.filter(pk=UUID(dossier_id)).exists():
            raise NothingToAnswer
        if not _close(dossier_id, seen):
            raise WrittenMeanwhile
        OfficeNote.objects.create(
            dossier_id=UUID(dossier_id),
            author_id=int(actor.id),
            author_name=actor.name[:200],
            text=NOTHING_TO_SAY,
            at=at,
        )


def _open_to_desk(actor: Actor, at: datetime, dossier_id: str) -> State:
    state = _locked(dossier_id)
    if not policy.may_answer_for_desk(actor, policy.footing_of(actor, at), state):
        raise Forbidden
    return state


def _locked(dossier_id: str) -> State:
    """The state of the dossier, whose thread nobody else writes to until the transaction ends."""
    queries.state_of(dossier_id)  # raises NotFound
    Dossier.objects.select_for_update(of=("self",)).only("id").get(pk=UUID(dossier_id))
    return queries.state_of(dossier_id)


def _is_said(dossier_id: str, text: str, *, is_from_desk: bool) -> bool:
    """Whether the last words are these, from this side: the same press once more."""
    newest = ThreadMessage.objects.filter(dossier_id=UUID(dossier_id)).order_by("-id")
    return newest.values_list("is_from_desk", "text").first() == (is_from_desk, text)


def _must_have_seen_answers(dossier_id: str, seen: int) -> None:
    later = ThreadMessage.objects.filter(dossier_id=UUID(dossier_id), is_from_desk=True, pk__gt=seen)
    newest = later.order_by("-id").first()
    if newest is not None:
        begins = shorten(newest.text, BEGINNING, placeholder="…")
        raise AnsweredMeanwhile(name=newest.author_name, text=begins)


def _must_still_wait(dossier_id: str) -> None:
    """Whoever saw a message wait is told that a colleague has settled it since, and decides anew."""
    if OpenThread.objects.filter(pk=UUID(dossier_id)).exists():
        return
    notes = OfficeNote.objects.filter(dossier_id=UUID(dossier_id), text=NOTHING_TO_SAY).order_by("-id")
    newest = notes.first()
    if newest is not None:
        raise SettledMeanwhile(name=newest.author_name)


def _add(actor: Actor, at: datetime, dossier_id: str, text: str, *, is_from_desk: bool) -> None:
    ThreadMessage.objects.create(
        dossier_id=UUID(dossier_id),
        author_id=int(actor.id),
        author_name=actor.name[:200],
        is_from_desk=is_from_desk,
        text=text,
        at=at,
    )


def _close(dossier_id: str, seen: int) -> bool:
    """Nothing waits any more, unless the applicant has written again meanwhile; whether that is so."""
    later = ThreadMessage.objects.filter(dossier_id=UUID(dossier_id), is_from_desk=False, pk__gt=seen)
    if later.exists():
        return False
    OpenThread.objects.filter(pk=UUID(dossier_id)).delete()
    return True


def _tell(dossier_id: str, state: State, at: datetime) -> None:
    if not state.owner_id:
        return
    notify.post(
        key="dossier.answered",
        recipients=accounts_of(state, at),
        context={
            "applicant": state.contents.applicant.name,
            "is_organisation": "1" if state.contents.applicant.organisation_number else "",
            "code": state.reference,
            "procedure": catalogue.sheet(state.target.procedure_version_id).matter,
            "link": f"{settings.PUBLIC_URL}/ho-so-cua-toi/{dossier_id}/tin-nhan/",
            "hotline": settings.HOTLINE,
        },
        about=dossier_id,
        at=at,
    )
