"""Recording decisions that announce procedures, and what was done after them. Every act is in the chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from motcua.agencies import queries as agencies
from motcua.audit import services as audit
from motcua.catalogue import policy
from motcua.catalogue.enums import Change, DutyKind, Publication
from motcua.catalogue.errors import (
    AnnouncementKnown,
    BadAnnouncement,
    BadAsking,
    BadProof,
    CorrectionsOpen,
    DutyDone,
    NotCorrected,
    NothingToCheck,
    NotOnTheSystem,
    StillOnTheSystem,
)
from motcua.catalogue.models import AnnouncedProcedure, Announcement, Duty, ProcedureVersion
from motcua.catalogue.rules import announcing, duties
from motcua.catalogue.services.announced import end_repealed
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden, NotFound
from motcua.kernel.text import visible_line
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.rules import Regulation
from motcua.law.services import rests_on
from motcua.notify import services as notify
from motcua.worktime.rules import ZONE, local

MOST = 300  # procedures of one decision
PROOF = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is entered. `procedures` are those that it announces."""

    number: str
    title: str
    signer: str
    signed_on: date
    effective_on: date
    lead_agency_id: int
    procedures: tuple[announcing.Named, ...]
    has_process: bool


@rests_on(policy.may_announce)
@transaction.atomic
def record_announcement(*, actor: Actor, at: datetime, decision: Decision) -> int:
    """Record a decision and the duties that follow from it under the regulation of the day it was signed.

    A procedure that it repeals is in force until the day before the decision takes effect. Its id. Raises
    Forbidden, BadAnnouncement, AnnouncementKnown, UnknownAgency.

    Basis: QN20-6.1.a, QN20-6.1.b-1, PT24-20.2, PT24-23.7, KT18-13.4#2, DL24-11.4, QN20-6.1.c,
    KT22-17.2.
    """
    standing = policy.standing_of(actor, at, settings.PROVINCE)
    if not policy.may_announce(standing, decision.lead_agency_id):
        raise Forbidden()
    lead = agencies.agency(decision.lead_agency_id)
    decision = replace(decision, procedures=_titled(decision.procedures))
    clean = announcing.cleaned(_plain(decision), local(at).date(), most=MOST)
    if lead.province != settings.PROVINCE:
        clean = clean | {"lead_agency": N_("Cơ quan này không thuộc tỉnh.")}
    regulation = _regulation(decision.signed_on)
    if regulation is None:
        clean = clean | {"signed_on": N_("Không có quy chế nào của tỉnh có hiệu lực vào ngày này.")}
    if clean or regulation is None:
        raise BadAnnouncement(clean)
    made = _write(decision, regulation, actor, at)
    for named in decision.procedures:
        _write_procedure(made, named, decision.has_process, regulation)
        if named.change is Change.REPEALED:
            end_repealed(named.code, made.effective_on)
    facts = {
        "name": f"{made.number}: {made.title}",
        "number": made.number,
        "signed_on": str(made.signed_on),
        "effective_on": str(made.effective_on),
        "procedures": [f"{named.change} {named.code}" for named in decision.procedures],
        "regulation": made.regulation,
    }
    audit.record_act(
        actor=actor, act="announcement_recorded", what=f"announcement:{made.pk}", at=at, facts=facts
    )
    return made.pk


def _titled(procedures: tuple[announcing.Named, ...]) -> tuple[announcing.Named, ...]:
    """With the title that stands here where none was entered."""
    wanted = [each.code for each in procedures if not each.title]
    rows = ProcedureVersion.objects.filter(procedure__code__in=wanted, state=Publication.PUBLISHED)
    known = dict(rows.order_by("number").values_list("procedure__code", "title"))
    return tuple(replace(each, title=each.title or known.get(each.code, "")) for each in procedures)


def _plain(decision: Decision) -> announcing.Entry:
    return announcing.Entry(
        decision.number,
        decision.title,
        decision.signer,
        decision.signed_on,
        decision.effective_on,
        decision.procedures,
    )


def _regulation(on: date) -> Regulation | None:
    try:
        return law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return None


def _write(decision: Decision, regulation: Regulation, actor: Actor, at: datetime) -> Announcement:
    try:
        with transaction.atomic():
            return Announcement.objects.create(
                province=settings.PROVINCE,
                number=visible_line(decision.number),
                title=visible_line(decision.title),
                signer=visible_line(decision.signer),
                signed_on=decision.signed_on,
                effective_on=decision.effective_on,
                lead_agency_id=decision.lead_agency_id,
                regulation=regulation.short_name,
                recorded_at=at,
                recorded_by=actor.name[:200],
            )
    except IntegrityError:
        raise AnnouncementKnown(number=decision.number) from None


def _write_procedure(
    made: Announcement, named: announcing.Named, has_process: bool, regulation: Regulation
) -> None:
    announced = AnnouncedProcedure.objects.create(
        announcement=made,
        code=named.code,
        title=named.title[:500],
        change=named.change,
        has_process=has_process and named.change is not Change.REPEALED,
    )
    specs = duties.duties_of(regulation, change=named.change, has_process=announced.has_process)
    Duty.objects.bulk_create(_duties(made, announced, specs))


def _duties(
    made: Announcement, announced: AnnouncedProcedure, specs: Iterable[duties.DutySpec]
) -> Iterable[Duty]:
    for spec in specs:
        agency_id: int | None = made.lead_agency_id
        if spec.party != policy.AGENCY:
            body = agencies.agency_of_party(made.province, spec.party, made.signed_on)
            agency_id = body.id if body else None
        day = duties.counted_on(spec, made.signed_on, made.effective_on)
        calendar = agencies.calendar_of(agency_id or made.lead_agency_id, day)
        due = duties.due_of(calendar, spec.limit, day)
        yield Duty(
            announced=announced,
            province=made.province,
            kind=spec.kind,
            party=spec.party,
            agency_id=agency_id,
            clauses=list(spec.clauses),
            limit=str(spec.limit) if spec.limit else "",
            counted_from=spec.counted_from,
            counted_on=day,
            due_at=due,
            sort_at=due or datetime.combine(day, time(), ZONE),
        )


@rests_on()
@transaction.atomic
def fulfil_duty(*, actor: Actor, at: datetime, duty_id: int, done_on: date, proof: str) -> None:
    """Record that a duty was done: on which day, by what it can be seen.

    Of what stands on this system the system itself tells the day: `done_on` is then not asked. Raises
    NotFound, Forbidden, DutyDone, BadProof, NotOnTheSystem, StillOnTheSystem, NotCorrected, CorrectionsOpen.

    Basis: QN20-6.1.a, QN20-6.1.b-1, QN20-6.2.a, QN20-6.2.b-1, QN20-6.3, PT24-20.2, PT24-23.7, KT18-11,
    KT18-13.4#2, DL24-11.4, KT22-16, PT24-17.
    """
    row = _locked(duty_id)
    if not policy.standing_of(actor, at, row.province).acts_for(row.agency_id, row.party):
        raise Forbidden()
    if row.done_on is not None:
        raise DutyDone(clauses=tuple(row.clauses))
    today, seen = local(at).date(), None
    if row.kind == DutyKind.PUBLISH:
        seen = day_on_the_system(row, today)
    elif row.kind == DutyKind.CORRECT:
        seen = day_corrected(row)
    elif row.kind == DutyKind.CHECK and _corrections(row).filter(done_on__isnull=True).exists():
        raise CorrectionsOpen(clauses=tuple(row.clauses))
    faults = announcing.faults_of_proof(proof, seen or done_on, row.announced.announcement.signed_on, today)
    if faults:
        raise BadProof(faults)
    _close(row, seen or done_on, visible_line(proof), actor, at)


@rests_on()
@transaction.atomic
def ask_correction(*, actor: Actor, at: datetime, duty_id: int, to: str, asked: str) -> int:
    """Whoever checks what was published asks a body to put it right; the id of what that body has to do now.

    `duty_id` is the check, also one that is done: it goes on. `to` is one of `duties.correctors_of`; its
    people are told. Raises NotFound, Forbidden, NothingToCheck, BadAsking.

    Basis: QN20-6.3, KT22-16, PT24-17, PT24-20.1, KT18-11.
    """
    row = _locked(duty_id)
    if not policy.standing_of(actor, at, row.province).acts_for(row.agency_id, row.party):
        raise Forbidden(clauses=tuple(row.clauses))
    if row.kind != DutyKind.CHECK:
        raise NothingToCheck(clauses=tuple(row.clauses))
    decision = row.announced.announcement
    if faults := duties.faults_of_asking(asked, to, law.regulation(decision.regulation)):
        raise BadAsking(faults)
    today, body = local(at).date(), None
    if to != policy.AGENCY:
        body = agencies.agency_of_party(row.province, to, today)
    made = Duty.objects.create(
        announced=row.announced,
        province=row.province,
        kind=DutyKind.CORRECT,
        party=to,
        agency_id=decision.lead_agency_id if to == policy.AGENCY else (body.id if body else None),
        clauses=row.clauses,
        counted_from=duties.ASKING,
        counted_on=today,
        sort_at=at,
        asked=" ".join(asked.split()),
    )
    facts = {
        "name": f"{row.announced.code} {row.announced.title}"[:300],
        "asked": made.asked,
        "agency": made.agency_id,
        "clauses": row.clauses,
    }
    audit.record_act(actor=actor, act="correction_asked", what=f"duty:{made.pk}", at=at, facts=facts)
    _tell_of_asking(made, actor, at)
    return made.pk


def _tell_of_asking(made: Duty, actor: Actor, at: datetime) -> None:
    if made.agency_id is None:
        return
    roles = policy.acting_roles(made.province, at)
    people = agencies.holders_of([made.agency_id], roles, local(at).date()).get(made.agency_id, ())
    notify.post(
        key="desk.correction_asked",
        recipients=[
            notify.Recipient(each.account_id, None, each.full_name)
            for each in people
            if str(each.account_id) != actor.id
        ],
        context={
            "procedure": made.announced.title,
            "asked": made.asked,
            "by": actor.name,
            "clauses": ", ".join(made.clauses),
            "link": f"{settings.PUBLIC_URL}/noi-bo/danh-muc/viec/{made.pk}/",
        },
        about=f"duty:{made.pk}",
        at=at,
    )


def _corrections(check: Duty) -> QuerySet[Duty]:
    return Duty.objects.filter(announced_id=check.announced_id, kind=DutyKind.CORRECT)


def _locked(duty_id: int) -> Duty:
    row = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("announced__announcement")
        .filter(id=duty_id, province=settings.PROVINCE)
        .first()
    )
    if row is None:
        raise NotFound()
    return row


def day_corrected(duty: Duty) -> date:
    """The day on which the content was first brought up to date after it was asked for. Raises NotCorrected.

    Basis: QN20-6.3, KT22-16, PT24-17, KT18-11.
    """
    found = (
        ProcedureVersion.objects.filter(
            procedure__code=duty.announced.code, state=Publication.PUBLISHED, published_at__gt=duty.sort_at
        )
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first()
    )
    if found is None:
        raise NotCorrected(code=duty.announced.code, asked_at=duty.sort_at, clauses=tuple(duty.clauses))
    return local(found).date()


def day_on_the_system(duty: Duty, today: date) -> date | None:
    """The day on which the system itself saw the procedure brought up to date as the decision has it: the
    first edition after the signing that names the decision. Any other edition may be a mended word.

    None for one that was repealed, once no version is in force today or later. Raises NotOnTheSystem,
    StillOnTheSystem.

    Basis: PT24-23.7, QN20-6.2.b-1, KT18-13.4#2, DL24-11.4.
    """
    announced, signed_on = duty.announced, duty.announced.announcement.signed_on
    versions = ProcedureVersion.objects.filter(
        procedure__code=announced.code, state=Publication.PUBLISHED
    ).order_by("number")
    if announced.change == Change.REPEALED:
        if versions.exclude(valid_to__lt=today).exists():
            raise StillOnTheSystem(code=announced.code, clauses=tuple(duty.clauses))
        return None
    since = datetime.combine(signed_on, time(), ZONE)
    number = announced.announcement.number
    editions = versions.filter(published_at__gte=since).values_list(
        "published_at", "body__publication_decision"
    )
    for published_at, named in editions:
        if published_at is not None and announcing.carries_out(named, number):
            return local(published_at).date()
    raise NotOnTheSystem(code=announced.code, number=number, day=signed_on, clauses=tuple(duty.clauses))


def complete_by_system(*, code: str, kind: DutyKind, actor: Actor, at: datetime, proof: str) -> int:
    """What the system sees done closes the open duties of that kind for the procedure; how many.

    Within the transaction of the act that did it.

    Basis: QN20-6.2.b-2, KT22-19.2.b, KT18-13.3, PT24-20.1.
    """
    rows = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("announced__announcement")
        .filter(announced__code=code, kind=kind, done_on__isnull=True, province=settings.PROVINCE)
    )
    done = list(rows)
    for row in done:
        _close(row, local(at).date(), proof[:PROOF], actor, at)
    return len(done)


def _close(row: Duty, done_on: date, proof: str, actor: Actor, at: datetime) -> None:
    row.done_on, row.done_by, row.proof, row.recorded_at = done_on, actor.name[:200], proof, at
    row.save(update_fields=["done_on", "done_by", "proof", "recorded_at"])
    facts = {
        "name": f"{row.announced.code} {row.announced.title}"[:300],
        "duty": row.kind,
        "done_on": str(done_on),
        "state": str(duties.state_of(row.due_at, done_on, at)),
        "proof": proof,
        "clauses": row.clauses,
    }
    audit.record_act(actor=actor, act="duty_fulfilled", what=f"duty:{row.pk}", at=at, facts=facts)
