"""Setting up and changing processes: a draft is written, checked, submitted, put in force by a decision.

Dossiers keep the process under which they were accepted. Every act is in the chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.agencies.services.rows import BadRow
from motcua.audit import services as audit
from motcua.catalogue import policy
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.catalogue.enums import Channel, DutyKind
from motcua.catalogue.rules import announcing, codes
from motcua.catalogue.rules.reading import slug
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden, NotFound
from motcua.kernel.limits import TimeLimit
from motcua.kernel.text import visible, visible_line
from motcua.law.services import rests_on
from motcua.process import queries
from motcua.process.enums import DraftState
from motcua.process.errors import (
    BadApproval,
    BrokenDraft,
    DoesNotSettle,
    DraftClosed,
    DraftMoved,
    DraftOpen,
    HasFindings,
    UnknownProcess,
)
from motcua.process.models import Process, ProcessDraft
from motcua.process.rules import checking, drafts, reading
from motcua.process.rules.checking import Finding
from motcua.process.rules.definitions import ProcessDefinition
from motcua.process.rules.drafts import StepEntry
from motcua.process.services.versions import store
from motcua.worktime.rules import local

AGENCY = policy.AGENCY


def may_write(actor: Actor, at: datetime, agency_id: int) -> bool:
    """Drafts are written by the agency that settles, by the Office, and by whoever sets up processes for all.

    Basis: KT18-13.3, KT22-23.3, QN20-6.2.a, QN20-22.2, PT24-23.3.
    """
    standing = policy.standing_of(actor, at, settings.PROVINCE)
    return writes(standing, agency_id, _decides(standing, at, agency_id))


def may_decide(actor: Actor, at: datetime, agency_id: int) -> bool:
    """A process is put in force by the body that the regulation names; in KT18 each agency issues its own.

    Basis: KT22-19.2.b, QN20-6.2.b-2, KT18-13.3, PT24-20.1, DL24-14.3.
    """
    return _decides(policy.standing_of(actor, at, settings.PROVINCE), at, agency_id)


@rests_on(may_write)
@transaction.atomic
def begin_draft(*, actor: Actor, at: datetime, agency_id: int, code: str, variant: str = "") -> int:
    """A draft for a procedure that the agency settles, beginning with the process in force; its id.

    Raises Forbidden, UnknownProcedure, DoesNotSettle, DraftOpen.

    Basis: QN20-6.2.a, QN20-6.2.b-2, KT18-13.3, KT22-19.2.b, KT22-23.3, PT24-23.3, DL24-14.5.
    """
    if not may_write(actor, at, agency_id):
        raise Forbidden()
    today = local(at).date()
    sheet = catalogue.by_code(code, today)
    if catalogue.settling_unit(sheet.version_id, agency_id) is None:
        raise DoesNotSettle()
    try:
        known: ProcessDefinition | None = queries.definition_for(sheet.code, variant or None, today)
    except UnknownProcess:
        known = None
    names = [unit.name for unit in agencies.agency(agency_id).units]
    row = drafts.row_of(
        name=known.name if known else sheet.title,
        variant=variant,
        source="",
        steps=drafts.entries_from(known, names) if known else (),
        total=_total(sheet, variant),
    )
    try:
        with transaction.atomic():
            made = ProcessDraft.objects.create(
                province=settings.PROVINCE,
                agency_id=agency_id,
                procedure_code=sheet.code,
                variant=variant,
                key=_key(known, sheet, variant),
                body=row,
                state=DraftState.DRAFT,
                changed_at=at,
                changed_by=actor.name[:200],
            )
    except IntegrityError:
        raise DraftOpen() from None
    _record(actor, "process_draft_begun", made, at)
    return made.pk


@rests_on(may_write)
@transaction.atomic
def write_draft(
    *, actor: Actor, at: datetime, draft_id: int, version: int, name: str, steps: Sequence[StepEntry]
) -> int:
    """Keep the steps as they are typed, also while they do not fit together yet; the new version.

    Raises NotFound, Forbidden, DraftMoved, DraftClosed, BrokenDraft.
    """
    row = _locked(draft_id, version)
    if not may_write(actor, at, row.agency_id):
        raise Forbidden()
    if row.state != DraftState.DRAFT:
        raise DraftClosed()
    if not 0 < len(visible(name)) <= 500 or len(steps) > drafts.MOST_STEPS:
        raise BrokenDraft(reason=_("tên còn thiếu, hoặc có quá nhiều bước"))
    if any(drafts.is_odd(step, place) for place, step in enumerate(steps, start=1)):
        raise BrokenDraft(
            reason=_("một bước thiếu tên, hoặc thời gian, trường hợp và bước trả lại không hợp lệ")
        )
    total = row.body["total_declared"]
    row.body = drafts.row_of(name=name, variant=row.variant, source="", steps=steps, total=total)
    return _save(row, actor, at)


@rests_on(may_write)
@transaction.atomic
def submit_draft(*, actor: Actor, at: datetime, draft_id: int, version: int, override: str = "") -> None:
    """Send the draft to whoever decides on it. One with findings needs the reason why it is sent anyhow.

    Raises NotFound, Forbidden, DraftMoved, DraftClosed, BrokenDraft, HasFindings.

    Basis: QN20-6.1.b-1, QN20-6.2.a, KT22-23.3, PT24-23.3, DL24-14.3.
    """
    row = _locked(draft_id, version)
    if not may_write(actor, at, row.agency_id):
        raise Forbidden()
    if row.state != DraftState.DRAFT:
        raise DraftClosed()
    _check(row, visible_line(override)[:500])
    row.state, row.submitted_at = DraftState.SUBMITTED, at
    _save(row, actor, at)
    proof = _("Dự thảo quy trình nội bộ đã gửi trên Hệ thống")
    code = row.procedure_code
    catalogue_services.complete_by_system(code=code, kind=DutyKind.PROCESS, actor=actor, at=at, proof=proof)
    _record(actor, "process_draft_submitted", row, at)


@rests_on(may_decide, names="duty.set_up")
@transaction.atomic
def return_draft(*, actor: Actor, at: datetime, draft_id: int, version: int, reason: str) -> None:
    """Whoever decides gives it back to be changed. Raises NotFound, Forbidden, DraftMoved, DraftClosed,
    BadApproval.

    Basis: QN20-6.3.
    """
    row = _locked(draft_id, version)
    if not may_decide(actor, at, row.agency_id):
        raise Forbidden()
    if row.state != DraftState.SUBMITTED:
        raise DraftClosed()
    clean = visible_line(reason)[:500]
    if not clean:
        raise BadApproval({"reason": N_("Hãy ghi nội dung cần sửa.")})
    row.state = DraftState.DRAFT
    _save(row, actor, at)
    _record(actor, "process_draft_returned", row, at, reason=clean)


@rests_on(may_write)
@transaction.atomic
def drop_draft(*, actor: Actor, at: datetime, draft_id: int, version: int) -> None:
    """Raises NotFound, Forbidden, DraftMoved, DraftClosed."""
    row = _locked(draft_id, version)
    if not may_write(actor, at, row.agency_id):
        raise Forbidden()
    if row.state not in (DraftState.DRAFT, DraftState.SUBMITTED):
        raise DraftClosed()
    row.state = DraftState.DROPPED
    _save(row, actor, at)
    _record(actor, "process_draft_dropped", row, at)


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision that approves a process, and the day from which dossiers are accepted under it."""

    number: str
    signer: str
    signed_on: date
    effective_on: date


@rests_on(may_decide, names="duty.set_up")
@transaction.atomic
def approve_draft(
    *, actor: Actor, at: datetime, draft_id: int, version: int, approval: Approval
) -> ProcessDefinition:
    """Put the draft in force as the next version of its process. Dossiers accepted before keep theirs.

    Raises NotFound, Forbidden, DraftMoved, DraftClosed, BadApproval, BrokenDraft, HasFindings.

    Basis: KT22-19.2.b, KT22-23.3, QN20-6.2.b-2, KT18-13.3, PT24-20.1, PT24-23.3.
    """
    row = _locked(draft_id, version)
    if not may_decide(actor, at, row.agency_id):
        raise Forbidden()
    if row.state != DraftState.SUBMITTED:
        raise DraftClosed()
    _check_approval(row, approval, local(at).date())
    definition = _check(row, row.override)
    number = visible_line(approval.number)
    definition = replace(definition, marks=definition.marks | {"source": number})
    override = [{"finding": text, "reason": row.override} for text in _said(findings_of(row))]
    try:
        store(
            row.key,
            definition,
            actor,
            at,
            approval.effective_on,
            province=row.province,
            overrides=override,
        )
    except BadRow:
        raise BadApproval({"effective_on": _TOO_EARLY}) from None
    made = Process.objects.get(key=row.key, procedure_code=row.procedure_code, valid_to=None)
    row.state, row.published = DraftState.APPROVED, made
    row.decision, row.signer = number, visible_line(approval.signer)
    row.signed_on = approval.signed_on
    _save(row, actor, at)
    proof = _("Quy trình theo Quyết định %(number)s đã được thiết lập trên Hệ thống") % {"number": number}
    code = row.procedure_code
    catalogue_services.complete_by_system(code=code, kind=DutyKind.SET_UP, actor=actor, at=at, proof=proof)
    _record(actor, "process_approved", row, at, number=number, effective_on=str(approval.effective_on))
    return queries.definition(made.pk)


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its page shows it, with the processes `before` and `after` it. `broken` says why the steps
    make no process yet. `regulation` is the decision under which it is drawn up, `is_agencys_own`: the agency
    that settles decides on it."""

    id: int
    version: int
    agency_id: int
    procedure_code: str
    name: str
    variant: str
    state: DraftState
    total: Mapping[str, str] | None
    steps: tuple[StepEntry, ...]
    broken: str
    findings: tuple[str, ...]
    differences: tuple[drafts.Difference, ...]
    before: ProcessDefinition | None
    after: ProcessDefinition | None
    override: str
    changed_at: datetime
    changed_by: str
    decision: str
    signer: str
    signed_on: date | None
    effective_on: date | None
    may_write: bool
    may_decide: bool
    regulation: str
    is_agencys_own: bool


@rests_on(may_write)
def open_draft(*, actor: Actor, at: datetime, draft_id: int) -> DraftView:
    """The draft with what is odd about it and what differs from the process in force.

    Raises NotFound, Forbidden.

    Basis: KT22-23.3, PT24-23.3, QN20-6.3, QN20-21.4.
    """
    row = (
        ProcessDraft.objects.select_related("published")
        .filter(id=draft_id, province=settings.PROVINCE)
        .first()
    )
    if row is None:
        raise NotFound()
    standing = policy.standing_of(actor, at, settings.PROVINCE)
    decides = _decides(standing, at, row.agency_id)
    if not writes(standing, row.agency_id, decides):
        raise Forbidden()
    regulation = policy.regulation_of(settings.PROVINCE, at)
    broken = ""
    said: tuple[str, ...] = ()
    differences: tuple[drafts.Difference, ...] = ()
    before, after = _before(row, at), None
    try:
        after = definition_of(row)
        differences = drafts.compare(before, after)
        said = tuple(_said(findings_of(row)))
    except BrokenDraft as refusal:
        broken = str(refusal.params["reason"])
    return DraftView(
        id=row.pk,
        version=row.version,
        agency_id=row.agency_id,
        procedure_code=row.procedure_code,
        name=row.body["name_vi"],
        variant=row.variant,
        state=DraftState(row.state),
        total=row.body["total_declared"],
        steps=drafts.entries_of(row.body),
        broken=broken,
        findings=said,
        differences=differences,
        before=before,
        after=after,
        override=row.override,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        decision=row.decision,
        signer=row.signer,
        signed_on=row.signed_on,
        effective_on=row.published.valid_from if row.published else None,
        may_write=row.state == DraftState.DRAFT,
        may_decide=decides and row.state == DraftState.SUBMITTED,
        regulation=regulation.decision if regulation else "",
        is_agencys_own=bool(regulation and regulation.choice("duty.set_up") == AGENCY),
    )


def _before(row: ProcessDraft, at: datetime) -> ProcessDefinition | None:
    """The process that the draft follows: of one that was approved, the version before it."""
    if row.published is not None:
        older = Process.objects.filter(key=row.key, procedure_code=row.procedure_code)
        found = older.filter(number__lt=row.published.number).order_by("-number").values_list("id", flat=True)
        return queries.definition(found[0]) if found else None
    try:
        return queries.definition_for(row.procedure_code, row.variant or None, local(at).date())
    except UnknownProcess:
        return None


_TOO_EARLY = N_("Ngày áp dụng phải từ hôm nay và sau ngày bắt đầu của quy trình hiện có.")


def _check_approval(row: ProcessDraft, approval: Approval, today: date) -> None:
    faults = announcing.faults_of_days(approval.signed_on, approval.effective_on, today)
    for field, text, longest in (("number", approval.number, 60), ("signer", approval.signer, 200)):
        if not 0 < len(visible_line(text)) <= longest:
            faults[field] = N_("Nội dung này còn thiếu hoặc quá dài.")
    newest = Process.objects.select_for_update(no_key=True).filter(
        key=row.key, procedure_code=row.procedure_code
    )
    latest = newest.order_by("-number").values_list("valid_from", flat=True).first()
    if approval.effective_on < today or (latest is not None and approval.effective_on <= latest):
        faults["effective_on"] = _TOO_EARLY
    if faults:
        raise BadApproval(faults)


def findings_of(row: ProcessDraft) -> tuple[Finding, ...]:
    """What is odd about a draft: sums, ways, units. Raises BrokenDraft if the steps make no process."""
    definition = definition_of(row)
    units = [(unit.name, unit.kind) for unit in agencies.agency(row.agency_id).units]
    legal = _legal(definition)

    def there_is(place: str) -> bool:
        return agencies.place(row.agency_id, place) is not None

    return (
        *checking.check(definition, legal, _),
        *drafts.findings_of_conditions(definition),
        *drafts.findings_of_units(definition, drafts.entries_of(row.body), units, there_is),
    )


def definition_of(row: ProcessDraft) -> ProcessDefinition:
    """The process that the draft describes. Raises BrokenDraft."""
    if not row.body["steps"]:
        raise BrokenDraft(reason=_("chưa có bước nào"))
    try:
        return reading.definition(row.body, procedure_code=row.procedure_code)
    except ValueError as error:
        raise BrokenDraft(reason=_(str(error))) from None


def writes(standing: policy.Standing, agency_id: int, decides: bool) -> bool:
    """`may_write` for a caller who knows the standing and whether it decides."""
    return standing.acts_for(agency_id) or "office" in standing.parties or decides


def _decides(standing: policy.Standing, at: datetime, agency_id: int) -> bool:
    regulation = policy.regulation_of(settings.PROVINCE, at)
    party = regulation.choice("duty.set_up") if regulation else None
    if party in (None, AGENCY):
        return decides(standing, party, None, agency_id)
    body = agencies.agency_of_party(settings.PROVINCE, party, local(at).date())
    return decides(standing, party, body.id if body else None, agency_id)


def decides(standing: policy.Standing, party: str | None, body_id: int | None, agency_id: int) -> bool:
    """`may_decide` for a caller who knows who sets processes up, and which agency that is."""
    if party is None:
        return False
    return standing.acts_for(agency_id if party == AGENCY else body_id, party)


def _check(row: ProcessDraft, override: str) -> ProcessDefinition:
    definition = definition_of(row)
    found = _said(findings_of(row))
    if found and not override:
        raise HasFindings(findings=" ".join(found))
    row.override = override if found else ""
    return definition


def _said(findings: Sequence[Finding]) -> list[str]:
    return [_(found.message) % found.params if found.params else _(found.message) for found in findings]


def _legal(definition: ProcessDefinition) -> TimeLimit | None:
    sheet = catalogue.by_code(definition.procedure_code)
    offered = sheet.limit_for(Channel.COUNTER, definition.variant)
    return offered.limit if offered else None


def _total(sheet: ProcedureSheet, variant: str) -> dict[str, str] | None:
    """The term of the procedure as it is published: what the times of the steps have to add up to."""
    offered = sheet.limit_for(Channel.COUNTER, variant)
    return {"value": offered.printed_value, "unit": offered.printed_unit} if offered else None


def _key(known: ProcessDefinition | None, sheet: ProcedureSheet, variant: str) -> str:
    """The approved process is followed by its next version; a generated one stays behind a new process."""
    if known is not None and not known.is_generated and (known.variant or "") == variant:
        return Process.objects.values_list("key", flat=True).get(id=known.id)
    return f"qt-{slug(codes.comparable(sheet.code))}" + (f"-{slug(variant)}"[:90] if variant else "")


def _locked(draft_id: int, version: int) -> ProcessDraft:
    row = ProcessDraft.objects.select_for_update().filter(id=draft_id, province=settings.PROVINCE).first()
    if row is None:
        raise NotFound()
    if row.version != version:
        raise DraftMoved()
    return row


def _save(row: ProcessDraft, actor: Actor, at: datetime) -> int:
    row.version, row.changed_at, row.changed_by = row.version + 1, at, actor.name[:200]
    row.save()
    return row.version


def _record(actor: Actor, act: str, row: ProcessDraft, at: datetime, **more: str) -> None:
    facts = {"name": f"{row.procedure_code} {row.body['name_vi']}"[:300], "steps": len(row.body["steps"])}
    audit.record_act(actor=actor, act=act, what=f"process_draft:{row.pk}", at=at, facts=facts | more)
