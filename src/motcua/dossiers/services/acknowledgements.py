"""The acknowledgement of what was sent online as a paper to keep: drawn from the events up to the sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.sheets import EFORM
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.enums import SlipKind
from motcua.documents.rules.acknowledgement import Acknowledgement, SentPaper, file_name
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.packing import Drawn
from motcua.dossiers import labels, policy, queries
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.rules import events, refold
from motcua.dossiers.rules.answering import asks_for_form, sent_online
from motcua.dossiers.rules.completeness import is_followed_by_post
from motcua.dossiers.rules.events import Event, read_event
from motcua.dossiers.rules.receipt import came_off_hours, is_acknowledged, reply_awaited, stated_receipt
from motcua.dossiers.rules.state import State
from motcua.kernel.actors import Actor
from motcua.kernel.dates import in_words
from motcua.kernel.errors import NotFound
from motcua.law import queries as law
from motcua.notify import queries as notify
from motcua.worktime.rules import local


def acknowledgement(*, actor: Actor, at: datetime, dossier_id: str) -> Drawn:
    """The acknowledgement as PDF with its name: what was sent online, and what was told then.

    What came after the sending, also a correction or another agency, does not change it. Raises NotFound
    for what was not filed online, and Forbidden. A reading by anybody but the owner is recorded.

    Basis: QN20-11.1#2, DL24-3.4, PT24-3.6, KT18-7.2.a#2; reading A20.
    """
    state = _readable(actor, at, dossier_id, "Xem xác nhận hồ sơ gửi trực tuyến")
    if not is_acknowledged(state):
        raise NotFound()
    filed = _filed(_history(dossier_id))
    if filed is None:
        raise NotFound()
    return _drawn([filed])[0]


def supplement_acknowledgement(*, actor: Actor, at: datetime, dossier_id: str, number: int) -> Drawn:
    """The acknowledgement of what was sent online for the supplement request of this number, from 1.

    Raises NotFound for what was not sent online, and Forbidden. A reading by anybody but the owner is
    recorded.

    Basis: DL24-8.1.a#3, DL24-3.4, PT24-3.6, QN20-11.2#1.
    """
    _readable(actor, at, dossier_id, "Xem xác nhận phần bổ sung gửi trực tuyến")
    history = _history(dossier_id)
    place = _answers(history).get(number)
    if place is None:
        raise NotFound()
    return _drawn([_supplemented(history, place)])[0]


def acknowledgements_of(state: State, dossier_id: str) -> list[Drawn]:
    """What was said when the dossier and its supplements were sent online, the oldest first, by three
    queries. Whether the reader may have them was asked before."""
    if not (is_acknowledged(state) or state.supplements):
        return []
    history = _history(dossier_id)
    filed = _filed(history) if is_acknowledged(state) else None
    later = [_supplemented(history, place) for place in _answers(history).values()]
    return _drawn([*([filed] if filed else []), *later])


def _answers(history: list[_Happened]) -> dict[int, int]:
    return sent_online((each.event.KIND, each.by) for each in history)


def _readable(actor: Actor, at: datetime, dossier_id: str, why: str) -> State:
    """The state, for who may read the contents; looking at somebody else's is recorded."""
    state, posts = queries.state_of(dossier_id), policy.footing_of(actor, at)
    if not policy.may_read_contents(actor, posts, state):
        raise policy.why_not(actor, posts, state, at)
    if not policy.is_owner(actor, posts, state):
        audit.record_read(actor=actor, what=f"dossier:{dossier_id}", why=why, at=at)
    return state


@dataclass(frozen=True, slots=True)
class _Happened:
    event: Event
    at: datetime
    by: str  # of which kind who did it is


def _history(dossier_id: str) -> list[_Happened]:
    return [
        _Happened(read_event(row.kind, row.schema, row.payload), local(row.at), row.actor_kind)
        for row in DossierEvent.objects.filter(dossier_id=UUID(dossier_id)).order_by("seq")
    ]


def _after(history: list[_Happened], place: int) -> State:
    """The state that the event at this place led to."""
    return refold([(each.event, each.at) for each in history[: place + 1]])


@dataclass(frozen=True, slots=True)
class _Sending:
    """The dossier as it was sent, and what stands on the slip otherwise than it says."""

    sent: State
    changes: Mapping[str, Any]

    @property
    def at(self) -> datetime:
        assert self.sent.filed_at is not None  # it is the state that the sending led to
        return self.sent.filed_at


def _drawn(sendings: Sequence[_Sending]) -> list[Drawn]:
    if not sendings:
        return []
    words = notify.words_at_each([each.at for each in sendings])
    papers = [paper for each in sendings for paper in each.sent.contents.documents]
    cards = stored.cards(tuple(paper.file_id for paper in papers if paper.file_id))
    slips = [
        replace(_content(each, words[each.at].hotline or settings.HOTLINE, cards), **each.changes)
        for each in sendings
    ]
    return [Drawn(file_name(slip), documents.render_acknowledgement(slip)) for slip in slips]


def _filed(history: list[_Happened]) -> _Sending | None:
    """The filing itself; None if it was not sent."""
    first = next((n for n, each in enumerate(history) if isinstance(each.event, events.Submitted)), None)
    if first is None:
        return None
    sent = _after(history, first)
    return _Sending(sent, {"post_to": _posted_to(sent)})


def _supplemented(history: list[_Happened], place: int) -> _Sending:
    """The slip of a supplement: as that of the filing, with what was brought in place of all papers."""
    state, event = _after(history, place), history[place].event
    assert isinstance(event, events.Supplemented)  # it is what answers a request
    answered = state.supplements[-1]
    sheet = catalogue.sheet(state.target.procedure_version_id)
    contents = replace(state.contents, documents=event.added)
    if not asks_for_form(sheet, answered):
        contents = replace(contents, form_data={})
    assert answered.answered_at is not None  # the event is the answer
    changes = {
        "number": state.reference,
        "asked": tuple(item.what for item in answered.items),
        "tracking_url": f"{settings.PUBLIC_URL}/tra-cuu/{state.reference}",
        "due_at": None if answered.before_acceptance else state.due_at,
    }
    return _Sending(replace(state, contents=contents, filed_at=answered.answered_at), changes)


def _content(sending: _Sending, hotline: str, cards: Mapping[str, FileCard]) -> Acknowledgement:
    state, sent_at = sending.sent, sending.at
    agency = agencies.agency(state.target.agency_id)
    sheet = catalogue.sheet(state.target.procedure_version_id)
    applicant, submitter = state.contents.applicant, state.contents.submitter_name
    return Acknowledgement(
        agency=agency.name,
        desk=queries.desk_of(state.target),
        place=labels.place_of(agency),
        number=state.filing_number,
        applicant=applicant.name,
        submitter=submitter if submitter != applicant.name else "",
        address=applicant.address,
        phone=applicant.phone,
        email=applicant.email,
        procedure=sheet.matter,
        procedure_code=sheet.national_code,
        papers=_papers(state, cards),
        delivery=labels.delivery_sentence(state.contents.delivery),
        fees=labels.fees_told(queries.fees_of(state, sheet, local(sent_at).date())),
        receipt=_receipt(state),
        reply_by=reply_awaited(state),
        receipt_form=stored.forms_on(sent_at).number(SlipKind.INTAKE_RECEIPT),
        hotline=hotline,
        tracking_url=f"{settings.PUBLIC_URL}/tra-cuu/{state.filing_number}",
        system_name=labels.system_name(agency.province),
        issued_at=sent_at,
        is_sample=settings.DEMO,
    )


def _receipt(state: State) -> str:
    receipt = stated_receipt(state, law.regulation(state.target.regulation))
    if receipt is None:
        return labels.RECEIPT_ON_ACCEPTANCE
    words = labels.RECEIPT_OFF_HOURS if came_off_hours(state) else labels.RECEIPT_IF_VALID
    return words % {"at": in_words(receipt)}


def _posted_to(sent: State) -> str:
    """Where the certified papers go that have to follow; empty where none have."""
    sheet = catalogue.sheet(sent.target.procedure_version_id)
    waits = is_followed_by_post(sheet, sent.target, law.regulation(sent.target.regulation))
    return queries.posted_to(sent.target) if waits else ""


def _papers(state: State, cards: Mapping[str, FileCard]) -> tuple[SentPaper, ...]:
    """The e-form, then one line for each paper, in the order in which they were sent."""
    sheet = catalogue.sheet(state.target.procedure_version_id)
    names = {component.key: component.called for component in sheet.components}
    lines = {EFORM: SentPaper(EFORM)} if state.contents.form_data else {}
    for each in state.contents.documents:
        before = lines.get(each.key, SentPaper(names.get(each.key, each.name)))
        card = cards.get(each.file_id) if each.file_id else None
        files = (*before.files, card.name if card else each.name) if each.file_id else before.files
        lines[each.key] = SentPaper(before.name, files, each.note or before.note)
    return tuple(lines.values())
