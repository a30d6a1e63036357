"""Slips as files: rendered when first asked for, from what was written down when they were issued."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, UUIDField, Value, When

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.agencies.rules.naming import in_full, own_name
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.sheets import EFORM
from motcua.documents import services as documents
from motcua.documents.enums import SlipKind
from motcua.documents.rules import routing, slips
from motcua.dossiers import labels, policy, queries
from motcua.dossiers.errors import NoSlipYet
from motcua.dossiers.models import DossierEvent, IssuedSlip
from motcua.dossiers.rules import commands, events, refold
from motcua.dossiers.rules.completeness import handed_in
from motcua.dossiers.rules.events import IN_PLACE_OF, Event, read_event
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.life import CONTROL_STEP, RELAY_STEP
from motcua.dossiers.rules.publishing import public_where_masked
from motcua.dossiers.rules.receipt import came_off_hours
from motcua.dossiers.rules.register import entry_of
from motcua.dossiers.rules.routing import Handover
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import gather
from motcua.dossiers.services.record import Act, carry_out
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.wire import from_wire
from motcua.notify import queries as notify
from motcua.worktime.rules import local

_LAST_EVENT = 2**31 - 1


def slip_file(*, actor: Actor, at: datetime, dossier_id: str, event: int) -> str:
    """The id of the stored PDF of a slip; makes it if this is the first time. Raises NotFound, Forbidden.

    A reading by anybody but the owner is recorded.

    Basis: DL24-3.4, PT24-3.6.
    """
    footing, slips = policy.footing_of(actor, at), slips_named([(dossier_id, event)])
    return files_of_slips(actor=actor, at=at, footing=footing, slips=slips)[0]


def files_of_slips(*, actor: Actor, at: datetime, footing: Footing, slips: Sequence[IssuedSlip]) -> list[str]:
    """`slip_file` for several slips, read with their dossiers, in their order: all or none. `footing` is what
    the actor stands on.

    However many they are, they are recorded and kept by as many queries. Those that nobody has opened yet are
    drawn one after the other, before the transaction that keeps them.

    Basis: DL24-3.4, PT24-3.6.
    """
    told = []
    for slip in slips:
        current = from_wire(State, slip.dossier.state)
        if not policy.may_read_contents(actor, footing, current):
            raise policy.why_not(actor, footing, current, at)
        if not policy.is_owner(actor, footing, current):
            told.append(f"dossier:{slip.dossier_id}")
    if told:
        audit.record_reads(actor=actor, what=told, why="Xem phiếu của hồ sơ", at=at)
    drawn = _drawn([slip for slip in slips if slip.file_id is None], actor)
    return [str(slip.file_id or drawn[slip.pk]) for slip in slips]


def _drawn(unseen: Sequence[IssuedSlip], actor: Actor) -> dict[Any, UUID]:
    """The files of what nobody has opened yet. Two may print at once: the first file stays."""
    if not unseen:
        return {}
    kinds = [SlipKind(slip.kind) for slip in unseen]
    cards = documents.render_slips(several=list(zip(kinds, _contents(unseen), strict=True)), actor=actor)
    files = {slip.pk: UUID(card.id) for slip, card in zip(unseen, cards, strict=True)}
    rows = IssuedSlip.objects.filter(pk__in=list(files))
    cases = [When(pk=pk, then=Value(file_id, UUIDField())) for pk, file_id in files.items()]
    if rows.filter(file__isnull=True).update(file_id=Case(*cases)) == len(files):
        return files
    return dict(rows.values_list("pk", "file_id"))


def routing_slip(*, actor: Actor, at: datetime, dossier_id: str) -> bytes:
    """The routing slip as PDF, from the events up to now. Raises NotFound, Forbidden.

    Basis: KT22-14.2bis.a#4.
    """
    state = queries.state_of(dossier_id)
    if not actor.is_officer or not policy.is_of_office(policy.footing_of(actor, at), state):
        raise Forbidden()
    if state.accepted_at is None:
        raise NotFound()
    audit.record_read(actor=actor, what=f"dossier:{dossier_id}", why="In phiếu kiểm soát", at=at)
    return documents.render_routing_slip(_routing_content(state, queries.hands_of(dossier_id), at))


def _routing_content(state: State, rows: tuple[Handover, ...], at: datetime) -> routing.RoutingSlip:
    agency = agencies.agency(state.target.agency_id)
    settling = agency.name_of(state.target.posting.settling)
    sheet = catalogue.sheet(state.target.procedure_version_id)
    ids = {row.officer_id for row in rows if row.officer_id}
    names = {str(key): card.full_name for key, card in accounts.cards(list(ids)).items()} if ids else {}
    units = _unit_names(rows, agency)
    applicant = state.contents.applicant
    brought_by = state.contents.submitter_name or applicant.name
    return routing.RoutingSlip(
        agency=agency.name,
        desk=queries.desk_of(state.target),
        place=labels.place_of(agency),
        code=state.code,
        applicant=applicant.name,
        address=applicant.address,
        procedure=sheet.title,
        procedure_code=sheet.national_code,
        received_at=state.received_at,
        came_at=came_off_hours(state),
        due_at=state.due_at,
        paused_since=state.pauses[-1].start if state.is_paused else None,
        paused_for=labels.STATUS[state.status].lower() if state.is_paused else "",
        settled_by=in_full(settling, agency.name),
        rows=tuple(_routing_row(row, units, names, brought_by) for row in rows),
        tracking_url=f"{settings.PUBLIC_URL}/tra-cuu/{state.reference}",
        system_name=labels.system_name(agency.province),
        issued_at=at,
        is_sample=settings.DEMO,
    )


def _unit_names(rows: tuple[Handover, ...], agency: AgencyCard) -> dict[int, str]:
    """The units of all hands by name; those of other agencies with that of the agency."""
    ids = {unit for row in rows for unit in (row.from_unit, row.to_unit) if unit is not None}
    units = agencies.units(ids)
    of = {card.id: card.name for card in agencies.cards({unit.agency_id for unit in units})}
    return {
        unit.id: (own_name if unit.agency_id == agency.id else in_full)(unit.name, of[unit.agency_id])
        for unit in units
    }


def _routing_row(
    row: Handover, units: Mapping[int, str], names: Mapping[str, str], brought_by: str
) -> routing.Handover:
    """A row in words. What comes from the applicant's side comes from who brought it, whoever entered it."""
    log = labels.from_log(row.log.page, row.log.entered_at, row.log.done_by) if row.log else ""
    note = "; ".join(part for part in (row.step, row.note, log) if part)
    return routing.Handover(
        giver=_hand(units, row.from_unit, brought_by if row.from_unit is None else row.actor),
        taker=_by_post(row.taken_by)
        if row.by_post
        else _hand(units, row.to_unit, row.taken_by or names.get(row.officer_id, "")),
        at=row.at,
        verdict=labels.STEP_END[row.end] if row.end else "",
        note=note,
    )


def _by_post(to: str) -> str:
    """The post has it, nobody else yet; to whom it goes."""
    return f"Dịch vụ bưu chính, gửi {to}" if to else "Dịch vụ bưu chính"


def _hand(units: Mapping[int, str], unit_id: int | None, name: str) -> str:
    """Whose hand it is: a unit and, if known, the person; without a unit the applicant's side."""
    unit = "Người nộp hồ sơ" if unit_id is None else units.get(unit_id, "")
    return ": ".join(part for part in (unit, name) if part)


def preview_of(act: Callable[[], Act], *, after: int) -> bytes:
    """The slip that an act would issue on the version `after`, as PDF marked as a sample.

    The act is done as it would be and taken back, so that what is shown is what would be given. It may add
    more than one event: the mark of an entry from the paper log follows the one that issues the slip. A
    request for a supplement that somebody else must agree to, or the desk must send, is shown as if that had
    been done at once. A letter of apology also shows what everybody will read of its reason, where that tells
    of people. Raises what the act refuses, and NoSlipYet if it issues none.
    """
    with transaction.atomic():
        done = act()
        _send_if_waiting(done, after)
        slip = (
            IssuedSlip.objects.select_related("dossier")
            .filter(dossier_id=UUID(done.dossier_id), event__gt=after)
            .order_by("-event")
            .first()
        )
        content = replace(_contents([slip])[0], is_sample=True) if slip else None
        if isinstance(content, slips.ApologySlip):
            public = public_where_masked(content.reason, queries.state_of(done.dossier_id))
            content = replace(content, public_reason=public)
        transaction.set_rollback(True)
    if content is None:
        raise NoSlipYet()
    return documents.preview_slip(content)


def _send_if_waiting(done: Act, after: int) -> None:
    """Let a supplement that the act proposed or agreed to go on: to the agreement, and to the desk that sends
    it.

    Only the preview may: it takes it back.
    """
    kinds = (events.SupplementProposed.KIND, events.SupplementCleared.KIND)
    rows = DossierEvent.objects.filter(dossier_id=UUID(done.dossier_id), seq__gt=after)
    row = rows.filter(kind__in=kinds).first()
    if row is None:
        return
    actor = Actor(ActorKind(row.actor_kind), row.actor_id, row.actor_name)
    for step in (CONTROL_STEP, RELAY_STEP):
        before, state, _ = gather.lock(done.dossier_id, None, actor, row.at)
        facts = gather.facts_for(state.target, state.process_id, actor, row.at, gather.term_from(state))
        for waiting in (task for task in state.tasks if task.step_key == step):
            release = commands.ReleaseSupplement(waiting.key)
            carry_out(before, release, facts, actor, row.at)


def slips_named(wanted: Collection[tuple[str, int]]) -> list[IssuedSlip]:
    """In that order, with their dossiers, by one query. Raises NotFound if one is none."""
    try:
        keys = [(UUID(str(dossier_id)), event) for dossier_id, event in wanted]
    except ValueError:
        raise NotFound() from None
    if not all(0 <= event <= _LAST_EVENT for _dossier, event in keys):  # no column takes it
        raise NotFound()
    found = {row.pk: row for row in IssuedSlip.objects.select_related("dossier").filter(pk__in=keys)}
    if not all(key in found for key in keys):
        raise NotFound()
    return [found[key] for key in keys]


def _contents(issued: Sequence[IssuedSlip]) -> list[slips.AnySlip]:
    """The slips as they were when issued, by two queries for all of them."""
    rows = DossierEvent.objects.filter(dossier_id__in={slip.dossier_id for slip in issued}).order_by("seq")
    events_of: dict[UUID, list[DossierEvent]] = {}
    for row in rows:
        events_of.setdefault(row.dossier_id, []).append(row)
    words = notify.words_at_each([slip.issued_at for slip in issued])
    return [
        _content(
            slip,
            [row for row in events_of[slip.dossier_id] if row.seq <= slip.event],
            words[slip.issued_at].hotline or settings.HOTLINE,
        )
        for slip in issued
    ]


def _content(slip: IssuedSlip, rows: list[DossierEvent], hotline: str) -> slips.AnySlip:
    """The slip as it was when issued: from the events up to it, not from what the dossier is today."""
    history: list[tuple[Event, datetime]] = [
        (read_event(row.kind, row.schema, row.payload), local(row.at)) for row in rows
    ]
    state, issued = refold(history), history[-1][0]
    common = _common(state, slip, rows[-1].actor_name, hotline)
    match issued:
        case events.Accepted() | events.ReceiptIssued():
            return _intake_receipt(state, slip, common)
        case events.SupplementRequested():
            return _supplement_request(issued, common)
        case events.Extended():
            instead, signed_by = rows[-1].payload.get(IN_PLACE_OF), issued.signed_by
            if instead and signed_by is None:  # recorded before the event kept it: by the posts as they are
                held = agencies.positions_of(int(rows[-1].actor_id), local(slip.issued_at).date())
                signed_by = gather.signature(held, state.target.agency_id)
            common |= {"signed_as": _signed_as(signed_by)} if signed_by else {}
            return _apology(issued, state, slip, common)
        case events.Stopped():
            return _stop_notice(issued, state, refold(history[:-1]), slip, common)
    assert isinstance(issued, events.Declined)
    return _decline(issued, common)


def _intake_receipt(state: State, slip: IssuedSlip, common: dict[str, Any]) -> slips.IntakeReceipt:
    entry = entry_of(state)
    common |= {"number": queries.printed_number(state, SlipKind.INTAKE_RECEIPT, slip.number)}
    return slips.IntakeReceipt(
        **common,
        papers=_papers(state),
        sets=1,
        time_limit=labels.printed_term(state.term.limit, state.term.printed),
        received_at=state.received_at or slip.issued_at,
        came_at=came_off_hours(state),
        due_at=state.due_at,
        delivery=labels.delivery_sentence(state.contents.delivery),
        register_book=entry.book if entry else "",
        register_number=entry.number if entry else "",
        fees=_fees(state),
        settled_by=agencies.agency(state.target.agency_id).name if state.target.received_by else "",
    )


def _supplement_request(issued: events.SupplementRequested, common: dict[str, Any]) -> slips.SupplementSlip:
    """Who guides the applicant stands on it, where that is not who asked."""
    common |= {"officer": issued.guided_by or common["officer"]}
    items = tuple(item.what for item in issued.items)
    return slips.SupplementSlip(**common, items=items, reason=issued.reason, guidance=issued.guidance)


def _apology(
    issued: events.Extended, state: State, slip: IssuedSlip, common: dict[str, Any]
) -> slips.ApologySlip:
    common |= {"agency": agencies.agency(state.target.agency_id).name}  # of whom its leader speaks
    return slips.ApologySlip(
        **common,
        reason=issued.reason,
        received_at=state.received_at or slip.issued_at,
        came_at=came_off_hours(state),
        was_due_at=issued.was_due_at,
        due_at=issued.due_at,
        sector=catalogue.sheet(state.target.procedure_version_id).sector,
        receipt_number=_receipt_number(state),
        count=len(state.apologies),
    )


def _signed_as(signed_by: events.Signature) -> tuple[str, ...]:
    """What stands above the name of who signs in a leader's place, by the post held when the letter was
    signed: another leader "KT.", the head of a unit "TUQ.". Who held neither was recorded before the rank was
    asked for.

    By reference NĐ 30/2020 Đ13, from memory: a deputy signs KT., the authorised head of a part of the agency
    TUQ. Which title a leader bears is recorded nowhere, so that no other than that of a leader is printed.
    """
    if signed_by.role == Role.APPROVER:
        return ("KT. Thủ trưởng cơ quan", "Lãnh đạo cơ quan")
    if not signed_by.unit:
        return ("Người thay thủ trưởng vắng mặt",)
    return ("TUQ. Thủ trưởng cơ quan", f"Phụ trách {signed_by.unit}")


def _stop_notice(
    issued: events.Stopped, state: State, before: State, slip: IssuedSlip, common: dict[str, Any]
) -> slips.StopNotice:
    """`before` is the dossier before it was stopped: how far it had come stands on the notice."""
    sheet = catalogue.sheet(state.target.procedure_version_id)
    return slips.StopNotice(
        **common,
        receipt_number=_receipt_number(state),
        received_at=state.received_at or slip.issued_at,
        came_at=came_off_hours(state),
        requested_on=issued.requested_on,
        request=issued.request,
        reason=issued.reason,
        stage=labels.stage_sentence(before),
        fees=labels.stopped_fees_sentence(queries.refund_when_stopped(state, sheet)),
    )


def _decline(issued: events.Declined, common: dict[str, Any]) -> slips.DeclineSlip:
    reason = f"{labels.ground(issued.ground)}.\n{issued.told}"
    return slips.DeclineSlip(**common, reason=reason, guidance=issued.way)


def _receipt_number(state: State) -> str:
    """The number of the receipt that was given, empty if there was none."""
    given = [each.number for each in state.slips if each.kind is SlipKind.INTAKE_RECEIPT]
    return queries.printed_number(state, SlipKind.INTAKE_RECEIPT, given[-1]) if given else ""


def _common(state: State, slip: IssuedSlip, officer: str, hotline: str) -> dict[str, Any]:
    agency = queries.receiver_of(state.target)
    sheet = catalogue.sheet(state.target.procedure_version_id)
    applicant = state.contents.applicant
    return {
        "agency": agency.name,
        "desk": agency.name_of(state.target.posting.desk),
        "place": labels.place_of(agency),
        "number": slip.number,
        "code": state.code,
        "applicant": applicant.name,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "personal_id": applicant.personal_id or applicant.organisation_number,
        "submitter": state.contents.submitter_name,
        "procedure": sheet.title,
        "procedure_code": sheet.national_code,
        "officer": officer,
        "hotline": hotline,
        "tracking_url": f"{settings.PUBLIC_URL}/tra-cuu/{state.reference}",
        "system_name": labels.system_name(agency.province),
        "issued_at": slip.issued_at,
        "is_sample": settings.DEMO,
    }


def _fees(state: State) -> str:
    """What is to be paid and when, in words; empty where the regulation does not have it said, or it is
    nothing."""
    due = queries.fees_due(state, catalogue.sheet(state.target.procedure_version_id))
    return labels.fees_sentence(due.fees, due.copies, due.dues) if due else ""


def _papers(state: State) -> tuple[slips.Paper, ...]:
    """One line for each paper: several files of one paper are one. What was scanned counts as both."""
    sheet = catalogue.sheet(state.target.procedure_version_id)
    known = {component.key: component for component in sheet.components}
    lines: dict[str, slips.Paper] = {}
    for document in state.contents.documents:
        component = known.get(document.key)
        originals, copies = handed_in(document, component, state.target.channel)
        before = lines.get(document.key)
        lines[document.key] = slips.Paper(
            component.called if component else document.name,
            (before.originals if before else 0) + originals,
            (before.copies if before else 0) + copies,
            (before.electronic if before else 0) + bool(document.file_id),
            document.note or ("xuất trình" if component and component.is_shown_only else ""),
        )
    forms = (slips.Paper(EFORM, electronic=1),) if state.contents.form_data else ()
    return (*forms, *lines.values())
