"""Services of applicants, and of desks that enter what applicants bring."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Capacity, Status, Verb
from motcua.dossiers.errors import (
    BringerNotEntrusted,
    KeyTaken,
    NotEntrusted,
    OnlyForItsOwn,
    ProcedureOver,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import any_desk, commands, events
from motcua.dossiers.rules.behalf import brought
from motcua.dossiers.rules.decide import grounded
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.state import Applicant, Contents, DocumentRef, ResultDelivery, State, Target
from motcua.dossiers.services import gather
from motcua.dossiers.services.act import act, act_on
from motcua.dossiers.services.record import Act, act_of, carry_out, new
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.ids import uuid7, uuid7_for
from motcua.kernel.wire import from_wire
from motcua.worktime.rules import local

AT_COUNTER = ResultDelivery()
BY_POST = ResultDelivery(how="postal")
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letters that look like digits


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who brings a dossier to a desk by a right on the portal, and which: `acting_by` is the grant's key."""

    account_id: str
    acting_by: str


def save_draft(
    *,
    actor: Actor,
    at: datetime,
    procedure_version_id: int,
    agency_id: int,
    applicant: Applicant,
    form_data: Mapping[str, object],
    documents: Sequence[DocumentRef] = (),
    delivery: ResultDelivery = AT_COUNTER,
    variant: str = "",
    dossier_id: str | None = None,
    expected_version: int | None = None,
    submitter_name: str = "",
    capacity: Capacity | None = None,
    authority: str = "",
    unfinished: Mapping[str, str] | None = None,
    acting_by: str = "",
    submission_key: UUID | None = None,
) -> Act:
    """Keep what the applicant has prepared; makes the dossier at the first call. Nobody is told.

    `unfinished` is what was typed and cannot be taken as it stands, by question. `acting_by` names the
    mandate or the organisation under which a new one is made; it then keeps it, and the applicant's name and
    number are those of whoever gave the right. With the same `submission_key` one person makes one draft:
    `draft_of` finds it, and a second call at the same moment changes nothing in it. Raises NotEntrusted, and
    Forbidden for an account that was closed meanwhile.

    Basis: KT22-8.2#1, DL24-12.4#1.
    """
    target = gather.target_for(
        procedure_version_id=procedure_version_id,
        agency_id=agency_id,
        channel=Channel.ONLINE,
        variant=variant,
    )
    filed = (applicant, gather.plain(form_data), tuple(documents), delivery)
    contents = Contents(*filed, submitter_name, capacity, authority, dict(unfinished or {}))
    command = commands.SaveDraft(target, contents, owner_id=actor.id)
    if dossier_id is not None:
        return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)
    _must_go_on(target, Verb.SAVE_DRAFT, at)
    footing = policy.footing_of(actor, at)
    behalf = policy.entrusted(acting_by, target.procedure_code, footing) if acting_by else None
    command = replace(command, behalf=behalf)
    mine = State(Status.DRAFT, 0, target, contents, actor.id, behalf=behalf)
    actor, _ = gather.entitled(Verb.SAVE_DRAFT, actor, footing, mine, at)
    identity = uuid7(at) if submission_key is None else uuid7_for(submission_key, actor.id)
    try:
        with transaction.atomic():
            if not gather.hold_accounts(command.owner_id, behalf):
                raise NotEntrusted() if behalf else Forbidden()
            gather.check_files(actor, commands.files_of(command), None)
            facts = gather.facts_for(target, None, actor, at)
            return carry_out(new(identity), command, facts, actor, at)
    except IntegrityError:
        if submission_key is None or draft_of(actor=actor, submission_key=submission_key) is None:
            raise
        return act_of(identity, queries.state_of(str(identity)))


def draft_of(*, actor: Actor, submission_key: UUID) -> str | None:
    """The dossier that the actor has begun with this key, None if there is none yet."""
    identity = uuid7_for(submission_key, actor.id)
    is_made = Dossier.objects.filter(pk=identity, owner_id=int(actor.id)).exists()
    return str(identity) if is_made else None


def submit(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    submission_key: str,
    consent: str,
) -> Act:
    """Send a prepared dossier. Sent again with the same key it is the same dossier, and nothing happens.

    `consent` names the words on the use of personal data that the sender agreed to (`CONSENT`). Refuses with
    everything that is missing (`Incomplete`), without consent, and the key of another dossier (`KeyTaken`).
    """
    try:
        with transaction.atomic():
            before, state, footing = gather.lock(dossier_id, None, actor, at)
            is_again = bool(state.submission_key) and state.submission_key == submission_key
            if is_again and policy.is_owner(actor, footing, state):
                return act_of(before.id, state)
            gather.refuse_stale(state.version, expected_version)
            _must_go_on(state.target, Verb.SUBMIT, at)
            sender = policy.sender_of(actor, footing, state)
            command = commands.Submit(submission_key, _filing_number(), consent, sender)
            return act_on(before, state, command, actor=actor, footing=footing, at=at)
    except IntegrityError:  # only the database knows what another sending at the same moment has written
        if Dossier.objects.filter(submission_key=submission_key).exists():
            raise KeyTaken() from None
        raise


def register_at_counter(
    *,
    actor: Actor,
    at: datetime,
    procedure_version_id: int,
    agency_id: int,
    applicant: Applicant,
    submission_key: str,
    form_data: Mapping[str, object] | None = None,
    documents: Sequence[DocumentRef] = (),
    delivery: ResultDelivery = AT_COUNTER,
    variant: str = "",
    owner_id: str = "",
    submitter_name: str = "",
    capacity: Capacity | None = None,
    authority: str = "",
    authority_seen: bool = False,
    note: str = "",
    bringer: Bringer | None = None,
    received_by: int = 0,
) -> Act:
    """Enter a dossier handed over at the counter. The same `submission_key` gives the same dossier.

    `bringer` is who brought it by a right of theirs on the portal; the dossier is then linked as if they had
    filed it there. `received_by` is the agency at whose desk it is handed over, where that is not the one
    that settles it. Raises BringerNotEntrusted, and Forbidden from staff under contract who name one.

    Basis: DL24-19.2, KT22-1.2.c, PT24-8.2.
    """
    filed = (applicant, gather.plain(form_data or {}), tuple(documents), delivery)
    contents = Contents(*filed, submitter_name, capacity, authority, authority_seen=authority_seen)
    return _register(
        actor=actor,
        at=at,
        target=_target(
            at=at,
            procedure_version_id=procedure_version_id,
            agency_id=agency_id,
            channel=Channel.COUNTER,
            variant=variant,
            received_by=received_by,
        ),
        contents=contents,
        submission_key=submission_key,
        owner_id=owner_id,
        note=note,
        bringer=bringer,
    )


def register_by_post(
    *,
    actor: Actor,
    at: datetime,
    procedure_version_id: int,
    agency_id: int,
    applicant: Applicant,
    submission_key: str,
    postal_number: str,
    form_data: Mapping[str, object] | None = None,
    documents: Sequence[DocumentRef] = (),
    delivery: ResultDelivery = BY_POST,
    variant: str = "",
    owner_id: str = "",
    submitter_name: str = "",
    capacity: Capacity | None = None,
    authority: str = "",
    authority_seen: bool = False,
    note: str = "",
    bringer: Bringer | None = None,
    received_by: int = 0,
) -> Act:
    """Enter a dossier that came by post; the postal number begins its note. Else as at the counter.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    filed = (applicant, gather.plain(form_data or {}), tuple(documents), delivery)
    contents = Contents(*filed, submitter_name, capacity, authority, authority_seen=authority_seen)
    return _register(
        actor=actor,
        at=at,
        target=_target(
            at=at,
            procedure_version_id=procedure_version_id,
            agency_id=agency_id,
            channel=Channel.POSTAL,
            variant=variant,
            received_by=received_by,
        ),
        contents=contents,
        submission_key=submission_key,
        owner_id=owner_id,
        note="; ".join(part for part in (postal_number, note) if part),
        bringer=bringer,
    )


def supplement(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    documents: Sequence[DocumentRef],
    form_data: Mapping[str, object] | None = None,
    beside: Collection[str] = (),
) -> Act:
    """Bring what was asked: by the applicant online, or by the desk for them at the counter.

    Of papers whose keys stand in `beside` what was handed in stays; of others it is replaced.
    """
    plain = gather.plain(form_data) if form_data else None
    command = commands.Supplement(tuple(documents), plain, frozenset(beside))
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def withdraw(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    reason: str,
    requested_on: date | None = None,
    request: str = "",
    file_id: str | None = None,
) -> Act:
    """Take the dossier back, by the applicant; or by the desk, as they asked for it on that day and in that
    form, by the paper `file_id` if there is one."""
    command = commands.Withdraw(reason, requested_on, request, file_id)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def _must_go_on(target: Target, verb: Verb, at: datetime) -> None:
    """Refuse what is filed anew, and was prepared before, once the procedure has ended. What was filed goes
    on. Raises ProcedureOver.

    Basis: KT22-17.2; beyond it our own reading (ADR 0077).
    """
    last = catalogue.ended_on(target.procedure_code, local(at).date())
    if last is None:
        return
    regulation = gather.regulation_now(at)
    clauses = regulation.clauses("catalogue.only_announced")
    with grounded(verb, regulation.short_name, target.channel):
        raise ProcedureOver(day=last, clauses=clauses)


def _target(*, at: datetime, **where: Any) -> Target:
    """`gather.target_for`; a refusal names the clauses under which desks take in."""
    regulation = gather.regulation_now(at)
    with grounded(Verb.REGISTER_AT_COUNTER, regulation.short_name, str(where["channel"])):
        try:
            return gather.target_for(**where)
        except OnlyForItsOwn:
            raise any_desk.refusal(regulation) from None


def _register(
    *,
    actor: Actor,
    at: datetime,
    target: Target,
    contents: Contents,
    submission_key: str,
    owner_id: str,
    note: str,
    bringer: Bringer | None,
) -> Act:
    under = replace(target, regulation=gather.regulation_now(at).short_name)
    blank = State(Status.SUBMITTED, 0, under, contents)
    verb = Verb.REGISTER_BY_POST if target.channel == Channel.POSTAL else Verb.REGISTER_AT_COUNTER
    footing = policy.footing_of(actor, at)
    actor, _ = gather.entitled(verb, actor, footing, blank, at, fits=partial(_may_link, bringer, blank))
    command = commands.Register(
        target, contents, submission_key, _filing_number(), bringer.account_id if bringer else owner_id, note
    )
    _must_go_on(under, Verb.REGISTER_AT_COUNTER, at)
    try:
        with transaction.atomic():
            if bringer is not None:
                behalf = policy.entrusted_to(bringer.account_id, bringer.acting_by, target.procedure_code, at)
                command = replace(command, behalf=behalf)
            if not gather.hold_accounts(command.owner_id, command.behalf):
                if bringer is not None:
                    raise BringerNotEntrusted()
                command = replace(command, owner_id="")  # as for anybody who has no account
            gather.check_files(actor, commands.files_of(command), None)
            facts = gather.facts_for(target, None, actor, at)
            return carry_out(new(uuid7(at)), command, facts, actor, at)
    except IntegrityError:
        known = _made_before(command)
        if known is None:
            raise
        return known


def _may_link(bringer: Bringer | None, state: State, actor: Actor, footing: Footing) -> bool:
    return bringer is None or policy.may_name_bringer(footing, state)


def _made_before(command: commands.Register) -> Act | None:
    """The dossier that the same press made a moment ago. Raises KeyTaken if what was pressed differs."""
    row = Dossier.objects.filter(submission_key=command.submission_key).values_list("id", "state").first()
    if row is None:
        return None
    first = queries.events_of(str(row[0]))[0][0]
    if not isinstance(first, events.Registered) or _pressed(first) != _pressed(command):
        raise KeyTaken()
    return act_of(row[0], from_wire(State, row[1]))


def _pressed(filing: events.Registered | commands.Register) -> tuple[object, ...]:
    """What a press holds. Files sent again have new ids, so papers are compared without them."""
    papers = tuple(replace(paper, file_id=None) for paper in filing.contents.documents)
    filed = brought(filing.contents, filing.behalf) if filing.behalf else filing.contents
    contents = replace(filed, documents=papers)
    return replace(filing.target, regulation=""), contents, filing.owner_id, filing.note


def _filing_number() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"YC-{letters[:4]}-{letters[4:]}"
