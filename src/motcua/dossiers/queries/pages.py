"""One dossier: its history for those who may read it, and what anybody with its number may know."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q

from motcua.accounts.queries import contacts
from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.documents.enums import SlipKind
from motcua.documents.rules.slips import receipt_number
from motcua.dossiers.enums import DeclineGround, Status
from motcua.dossiers.models import Dossier, DossierEvent, DossierTask
from motcua.dossiers.queries.boxes import is_stuck
from motcua.dossiers.queries.course import acted, changed_by, undone_by
from motcua.dossiers.queries.desks import received_at_desk, receiver_of
from motcua.dossiers.queries.fetched import fetched_whole, fetching_marks
from motcua.dossiers.queries.offers import goes_back, signs_form, to_bring
from motcua.dossiers.queries.views import (
    Counted,
    Fetched,
    HistoryEntry,
    LateMark,
    Tracking,
    TrackingStep,
)
from motcua.dossiers.rules.events import IN_PLACE_OF, DraftSaved, Event, read_event
from motcua.dossiers.rules.notices import untold
from motcua.dossiers.rules.publishing import masked_reason
from motcua.dossiers.rules.receipt import (
    arrival,
    awaits_its_receipt,
    came_off_hours,
    is_receipt_moved,
    reply_awaited,
    stated_receipt,
    was_completed,
)
from motcua.dossiers.rules.state import State
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.limits import TimeLimit
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.worktime import rules as worktime
from motcua.worktime.rules import Calendar, Due, local

# What the public timeline shows: milestones, nothing of who and why.
_PUBLIC_KINDS = frozenset(
    {
        "submitted",
        "registered",
        "accepted",
        "declined",
        "redirected",
        "supplement_requested",
        "supplemented",
        "paused",
        "resumed",
        "extended",
        "handed_over",
        "approved",
        "refused",
        "result_issued",
        "announced",
        "result_returned",
        "withdrawn",
        "stopped",
    }
)
_FILING = re.compile(r"YC([0-9A-Z]{4})([0-9A-Z]{4})")
_CODE = re.compile(r"(\d{3})(\d{2})(\d{2})([A-Z]\d{2})(\d{6})(\d{4,5})")
# Asked by all who follow a dossier, so it is plain SQL: building the queries took longer than answering.
_TRACKED = """
SELECT dossier.id, dossier.state::text,
       (SELECT json_agg(json_build_array(
                   CASE kind
                       WHEN 'corrected'
                       THEN coalesce(nullif(payload ->> 'undone', ''), payload ->> 'what') || '_taken_back'
                       ELSE kind
                   END,
                   at, seq) ORDER BY seq)
        FROM dossiers_dossierevent
        WHERE dossier_id = dossier.id AND (
            kind = ANY(%s::text[])
            OR kind = 'corrected' AND payload ->> 'what' IN ('decline', 'decision', 'supplement', 'ending')))
FROM dossiers_dossier AS dossier
WHERE dossier.code = ANY(%s::text[]) OR dossier.filing_number = ANY(%s::text[])
ORDER BY dossier.id LIMIT 1"""
_COUNTING = ("submitted", "redirected", "supplemented")  # they say from when a filing counts
_NOTE_FIELDS = ("note", "reason", "text", "guidance", "question", "answer", "content", "duty")


def how_many() -> int:
    """About how many dossiers there are (the planner's figure): for progress bars, not for reports."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE relname = 'dossiers_dossier'"
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def state_of(dossier_id: str) -> State:
    """The state of a dossier, with its moments in local time. Raises NotFound. Asks nobody's right."""
    row = Dossier.objects.filter(id=_uuid(dossier_id)).values_list("state", flat=True).first()
    if row is None:
        raise NotFound()
    return from_wire(State, row)


def lay_with(dossier_id: str, units: Collection[int], actor: Actor) -> bool:
    """Whether one of these units was ever given a task of the dossier, or the actor did something to it."""
    was_given = (Q(payload__move__opened__contains=[{"unit_id": unit}]) for unit in sorted(units))
    own = Q(actor_kind=actor.kind.value, actor_id=actor.id)
    return DossierEvent.objects.filter(reduce(or_, was_given, own), dossier_id=_uuid(dossier_id)).exists()


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier as its page opens it.

    `bundle_id` is empty if it came by itself. `contacts_now`: by the mailbox and the number with which it was
    filed, what its owner has put in their place since; nothing for what holds (ADR 0071).
    """

    state: State
    bundle_id: str
    contacts_now: Mapping[str, str]
    stuck: frozenset[str] = frozenset()
    fetched: Fetched | None = None


def opened(dossier_id: str, stuck_on: date | None = None) -> Opened:
    """`state_of`, and what stands beside it: one query. Raises NotFound. Asks nobody's right.

    With a day also the keys of the open tasks that nobody could do on it, as the lists mark them.
    """
    given_up = contacts.given_up(("owner", "principal"), "organisation")
    rows = Dossier.objects.filter(id=_uuid(dossier_id)).annotate(given_up=given_up, marks=fetching_marks())
    columns = ["state", "bundled__bundle_id", "given_up", "marks"]
    if stuck_on is not None:
        stuck = DossierTask.objects.filter(is_stuck(stuck_on), dossier_id=OuterRef("id"), is_paused=False)
        rows = rows.annotate(stuck=ArraySubquery(stuck.values("key")))
        columns.append("stuck")
    row = rows.values_list(*columns).first()
    if row is None:
        raise NotFound()
    state = from_wire(State, row[0])
    person = state.contents.applicant
    now = contacts.in_place_of((person.email, person.phone), row[2])
    return Opened(state, str(row[1] or ""), now, frozenset(*row[4:]), fetched_whole(state, row[3]))


def history(dossier_id: str) -> tuple[HistoryEntry, ...]:
    """All that happened, oldest first; what was entered late says so itself."""
    rows = list(DossierEvent.objects.filter(dossier_id=_uuid(dossier_id)).order_by("seq"))
    marks = {row.seq - 1: _late_mark(row.payload) for row in rows if row.kind == "entered_late"}
    chain = [(row.seq, row.kind, row.payload) for row in rows]
    bodies, changes, undone = acted(chain), changed_by(chain), undone_by(chain)
    return tuple(
        replace(
            _entry(row, marks.get(row.seq)),
            acted=bodies.get(row.seq),
            changed=changes.get(row.seq, ()),
            is_undone=row.seq in undone,
        )
        for row in rows
        if row.kind != "entered_late"
    )


def events_of(dossier_id: str) -> tuple[tuple[Event, datetime], ...]:
    """The events themselves with their moments, oldest first, to fold or replay them."""
    rows = DossierEvent.objects.filter(dossier_id=_uuid(dossier_id)).order_by("seq")
    return tuple(
        (read_event(kind, schema, payload), local(at))
        for kind, schema, payload, at in rows.values_list("kind", "schema", "payload", "at")
    )


def events_after(dossier_id: str, at: datetime) -> tuple[tuple[Event, datetime], ...]:
    """The events that lie after a moment, the earliest first."""
    rows = DossierEvent.objects.filter(dossier_id=_uuid(dossier_id), at__gt=at).order_by("at", "seq")
    return tuple(
        (read_event(kind, schema, payload), local(moment))
        for kind, schema, payload, moment in rows.values_list("kind", "schema", "payload", "at")
    )


def draft_at(dossier_id: str, version: int) -> DraftSaved | None:
    """What a draft said at an earlier version, None if that version was not the saving of a draft."""
    rows = DossierEvent.objects.filter(dossier_id=_uuid(dossier_id), seq=version, kind=DraftSaved.KIND)
    found = rows.values_list("kind", "schema", "payload").first()
    event = read_event(*found) if found else None
    return event if isinstance(event, DraftSaved) else None


def id_of(number: str) -> str:
    """The id of the dossier with this code or filing number. Raises NotFound."""
    found = Dossier.objects.filter(numbered(number)).values_list("id", flat=True).first()
    if found is None:
        raise NotFound()
    return str(found)


def was_done(dossier_id: str, *, seq: int, actor: Actor, kinds: Collection[str]) -> bool:
    """Whether the event of this number is one of these kinds and this actor's."""
    events = DossierEvent.objects.filter(dossier_id=_uuid(dossier_id), seq=seq, kind__in=kinds)
    return events.filter(actor_kind=actor.kind.value, actor_id=actor.id).exists()


def calendar_of(state: State, at: datetime) -> Calendar:
    """The calendar by which a dossier is counted: that of its official receipt, before it that of `at`."""
    return agencies.calendar_of(state.target.agency_id, local(state.received_at or at).date())


def due_of(state: State) -> Due | None:
    """The term of a dossier with its ledger; None where no term runs or none is fixed.

    The ledger is drawn with the calendar as it is published today and ends at the moment that was promised
    first: a new date that an apology has set is no end of the term. Where this calendar would end elsewhere,
    `calendar_changed` says so, or `moved_by_pause`. A term that stood still when the dossier was broken off
    has no end.
    """
    if not state.term.limit or state.received_at is None or state.accepted_at is None:
        return None
    due = worktime.due(
        calendar_of(state, state.received_at),
        state.received_at,
        TimeLimit.parse(state.term.limit),
        pauses=tuple(worktime.Pause(p.start, state.end_of(p), p.reason) for p in state.pauses),
        same_day_cutoff=state.term.cutoff,
    )
    promised = state.promised_at or state.due_at
    if promised is None or due.due_at is None:
        return due
    return due.promised(promised, moved=state.is_promise_moved)


def printed_number(state: State, kind: SlipKind, number: str) -> str:
    """The number of a slip as it stands on paper: that of a receipt bears the sign of its desk."""
    if kind is not SlipKind.INTAKE_RECEIPT:
        return number
    return receipt_number(number, receiver_of(state.target).name_of(state.target.posting.desk))


def tracking(number: str) -> Tracking | None:
    """What the public may know of the dossier with this code or filing number; None if there is none.

    Basis: KT22-2.1, KT22-2.1.a, DL24-1.1, PT24-2.1, QN20-14.2, DL24-8.2#2, DL24-12.7, PT24-9.2bis#2,
    PT24-11.1.a, PT24-11.2, KT22-11.1.a, QN20-14.1.a, QN20-4.1; nothing personal (A22).
    """
    numbers = _forms_of(number)
    with connection.cursor() as cursor:
        cursor.execute(_TRACKED, [sorted(_PUBLIC_KINDS), numbers, numbers])
        row = cursor.fetchone()
    if row is None:
        return None
    dossier_id, stored, steps = row
    state = from_wire(State, json.loads(stored))
    gone = untold([kind for kind, _, _ in steps or ()])
    told = [step for place, step in enumerate(steps or ()) if place not in gone]
    found = told_of(state, ((kind, datetime.fromisoformat(at), seq) for kind, at, seq in told))
    found = replace(found, is_receipt_moved=was_receipt_moved(dossier_id, state))
    return _with_way_out(found, state, dossier_id) if state.status is Status.DECLINED else found


def was_receipt_moved(dossier_id: UUID, state: State) -> bool:
    """Whether a supplement before the acceptance moved the moment from which the dossier counts.

    The state keeps the last moment only; who asked for no supplement is not looked up.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1; reading A10.
    """
    if not state.supplements:
        return False
    rows = DossierEvent.objects.filter(dossier_id=dossier_id, kind__in=_COUNTING).order_by("seq")
    told = rows.values_list("kind", "payload__received_at")
    return is_receipt_moved(state, ((kind, datetime.fromisoformat(at)) for kind, at in told if at))


def _with_way_out(found: Tracking, state: State, dossier_id: UUID) -> Tracking:
    is_elsewhere, competent, _ = way_out(state, str(dossier_id))
    return replace(found, is_elsewhere=is_elsewhere, competent=competent)


def way_out(state: State, dossier_id: str) -> tuple[bool, tuple[str, ...], str]:
    """Of a dossier that was declined: whether the agency was not competent, which agencies of the province
    the reason for that names, and which one the desk wrote down as competent.

    The reason itself may hold what is nobody else's business (A22), and so may what the desk wrote: that is
    for whom the dossier is; the name of an agency that is known as one is for anybody.
    """
    declined = DossierEvent.objects.filter(dossier_id=_uuid(dossier_id), kind="declined").order_by("-seq")
    last = declined.values_list("payload__ground", "at", "payload__competent").first()
    if last is None or last[0] != DeclineGround.NOT_COMPETENT.value:
        return False, (), ""
    own = agencies.agency(state.target.agency_id)
    reason = state.reason.casefold()
    known = agencies.agencies(own.province, local(last[1]).date())
    named = [card.name for card in known if card.id != own.id and card.name.casefold() in reason]
    # "Phường Tân Lập" is also in "Phường Tân Lập Đông": the longest name was meant
    longest = tuple(one for one in named if not any(one != other and one in other for other in named))
    return True, longest, last[2] or ""


def counted(state: State) -> Counted:
    """From when a dossier counts, and when it came in.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.2.c#1, PT24-9.2.c#2, QN20-11.1#2, KT18-14.3#1; readings A10,
    A20.
    """
    # A draft stands under no regulation yet.
    regulation = law.regulation(state.target.regulation) if state.received_at is not None else None
    return Counted(
        received_at=state.received_at,
        off_hours_at=came_off_hours(state),
        is_accepted=state.accepted_at is not None,
        is_supplement=was_completed(state),
        is_stated=regulation is not None and stated_receipt(state, regulation) is not None,
        awaits_supplement=regulation is not None and awaits_its_receipt(state, regulation),
    )


def told_of(state: State, steps: Iterable[tuple[str, datetime, int]] = ()) -> Tracking:
    """What the public may know of a dossier in this state; `steps` are kind, moment and number of events."""
    sheet = catalogue.sheet(state.target.procedure_version_id)
    late = {entry.event for entry in state.late_entries}
    is_at_desk = state.status is Status.READY and goes_back(state) == "counter"
    return Tracking(
        reference=state.reference,
        code=state.code,
        procedure=sheet.title,
        agency_id=state.target.agency_id,
        agency_name=agencies.agency(state.target.agency_id).name,
        status=state.status,
        filed_at=state.filed_at,
        counted=counted(state),
        arrived_at=arrival(state),
        due_at=state.due_at,
        measured_due_at=state.measured_due_at,
        promised_at=state.promised_at,
        apologies=tuple(replace(each, reason=masked_reason(each.reason, state)) for each in state.apologies),
        finished_at=state.finished_at,
        returned_at=state.returned_at,
        stands_still=state.stands_still,
        stopped_late=state.stopped_late,
        is_date_open=state.stands_still_for(state.due_at),
        is_refused=state.decision == "refuse",
        steps=tuple(TrackingStep(kind, local(at), seq in late) for kind, at, seq in steps),
        due=due_of(state),
        is_sample=sheet.is_sample,
        comes=_comes(state),
        is_fetched=goes_back(state) == "counter",
        collect_at=state.target.posting.desk if is_at_desk else None,
        to_bring=to_bring(state, sheet) if is_at_desk else (),
        signs_form=is_at_desk and signs_form(state, sheet),
        reply_by=reply_awaited(state),
        received_at_desk=received_at_desk(state.target),
        broken_off_at=state.broken_off_at,
    )


def _comes(state: State) -> str:
    """How a result that is ready reaches its owner without anybody asking; empty where it is fetched."""
    how = goes_back(state) if state.status is Status.READY else ""
    is_file = any(each.file_id for each in state.results)
    return how if how == "postal" or (how == "online" and is_file) else ""


def numbered(number: str) -> Q:
    """The dossier with this code or filing number; nothing if none is given.

    Case is forgiven, and in numbers of the usual form blanks and marks too; what a province writes otherwise
    is to be typed as it stands.
    """
    found = _forms_of(number)
    return Q(code__in=found) | Q(filing_number__in=found)


def is_of_usual_form(number: str) -> bool:
    """Whether this reads as a code or filing number of the usual form; of what dossier is not asked."""
    bare = "".join(letter for letter in number.upper() if letter.isalnum())
    return bool(_FILING.fullmatch(bare) or _CODE.fullmatch(bare))


def _forms_of(number: str) -> list[str]:
    """What may be meant by a number that somebody typed."""
    typed = number.strip().upper()[:60]
    bare = "".join(letter for letter in typed if letter.isalnum())
    found = {typed} if typed else set()
    if match := _FILING.fullmatch(bare):
        found.add(f"YC-{match[1]}-{match[2]}")
    if match := _CODE.fullmatch(bare):
        found.add("{}.{}.{}.{}-{}-{}".format(*match.groups()))
    return sorted(found)


def _late_mark(payload: dict[str, Any]) -> LateMark:
    entered_at = local(datetime.fromisoformat(payload["entered_at"]))
    return LateMark(payload["page"], entered_at, payload["done_by"])


def _entry(row: DossierEvent, late: LateMark | None = None) -> HistoryEntry:
    notes = [str(row.payload[field]) for field in _NOTE_FIELDS if row.payload.get(field)]
    return HistoryEntry(
        seq=row.seq,
        kind=row.kind,
        at=local(row.at),
        actor_name=row.actor_name,
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
        note="\n".join(dict.fromkeys(notes)),
        details=_details(row.kind, row.payload),
        in_place_of=row.payload.get(IN_PLACE_OF, {}).get("name", ""),
        late=late,
    )


_OF_CORRECTION = ("seen", "left_account", "undone", "requested_on", "request")


def _details(kind: str, payload: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Facts of an event beside its note, as (name of the field, text)."""
    found = {
        "accepted": ("code", "certified_by_post"),
        "assigned": ("officer_name",),
        "reassigned": ("task_name", "officer_name"),
        "extended": ("was_due_at", "due_at", "is_timely"),
        "redirected": ("agency_name",),
        "entrusted": ("to_name", "task_name"),
        "consulted": ("to_name", "due_at"),
        "answered": ("is_late",),
        "reminded": ("to_name",),
        "verification_planned": ("planned_for", "place", "participants", "ground_of_visit"),
        "verification_called_off": ("was_for", "was_at", "planned_for", "place", "ground_of_visit"),
        "verification_recorded": ("held_at", "place", "participants"),
        "document_attached": ("title", "part", "for_applicant"),
        "proposed": ("decision", "taken_back", "called_off"),
        "approved": ("against", "unanswered"),
        "refused": ("against", "unanswered"),
        "step_completed": ("missed_letter", "moot_letter"),
        "result_issued": ("number", "name", "missed_letter", "moot_letter"),
        "declined": ("ground", "competent", "guidance"),
        "withdrawn": ("requested_on", "request", "answer_by", "forward_by", "missed_letter"),
        "stopped": ("requested_on", "request", "forward_by", "missed_letter"),
    }.get(kind, ())
    if kind == "result_returned":
        handing = dict(payload["handing"])
        taker = handing.pop("taker", None) or {}
        paper = f"{taker['paper']}\n{taker['number']}" if taker.get("paper") else ""
        found_of = {"taker_capacity": taker.get("capacity"), "taker_authority": taker.get("authority")}
        said_of = handing | found_of | {"taker_paper": paper, "is_late": payload.get("is_late")}
        return tuple((k, str(v)) for k, v in said_of.items() if v)
    if kind == "handed_over":
        return (("forward_by", payload["forward_by"]),) if payload.get("is_late") else ()
    if kind == "corrected":
        changes = ((f"change_{c['field']}", f"{c['before']}\n{c['after']}") for c in payload["changes"])
        beside = ((name, payload[name]) for name in _OF_CORRECTION if payload.get(name))
        return (("what", payload["what"]), *changes, *beside)
    if kind in ("verification_planned", "verification_called_off"):
        payload = payload | {"ground_of_visit": payload.get("ground")}
    if kind == "invited":
        said = (
            ("visit", payload["visit_at"]),
            ("purpose", payload["purpose"]),
            ("ground_of_visit", payload["ground"]),
        )
        return tuple((k, v) for k, v in said if v)
    if kind in ("supplement_requested", "supplement_proposed"):
        return tuple(("item", item["what"]) for item in payload["items"])
    if kind == "supplemented":
        return tuple(("brought", each) for each in dict.fromkeys(d["name"] for d in payload["added"]) if each)
    return tuple((field, str(payload[field])) for field in found if payload.get(field) not in (None, ""))


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound() from None
