"""Locking a dossier and gathering the facts that its rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.conf import settings

from motcua.accounts import services as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard, Officer, Post
from motcua.agencies.rules.standing_in import HEADS
from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import (
    DoerHadNoPost,
    FileNotYours,
    NoLongerActing,
    NoRegulationInForce,
    NotCompetent,
    NotYourTask,
    OnlyForItsOwn,
    OutsidePlace,
    Stale,
    WrongState,
)
from motcua.dossiers.queries.offers import gives_stop_notice
from motcua.dossiers.rules import any_desk, receipt
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.decide import grounded, is_open
from motcua.dossiers.rules.events import Signature
from motcua.dossiers.rules.facts import Elsewhere, Facts
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.life import CONSULT_STEP, OPEN_IN
from motcua.dossiers.rules.state import Behalf, OpenTask, Posting, State, Target
from motcua.dossiers.services import late, tables
from motcua.dossiers.services.record import Before
from motcua.dossiers.services.rights import has_a_post_for
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.rules import Regulation
from motcua.process import queries as process
from motcua.process.rules.definitions import ProcessDefinition
from motcua.worktime import rules as worktime
from motcua.worktime.rules import Calendar, local


def lock(
    dossier_id: str, expected_version: int | None, actor: Actor, at: datetime
) -> tuple[Before, State, Footing]:
    """The dossier, locked until the transaction ends, and what the actor stands on.

    Raises NotFound, or Stale if it has moved on.
    """
    identity = _uuid(dossier_id)
    row, footing = tables.lock(identity, lambda: policy.asked_footing_of(actor, at))
    if row is None:
        raise NotFound()
    stored, last_hash, version = row
    refuse_stale(version, expected_version)
    state = from_wire(State, stored)
    return Before(identity, state, last_hash), state, footing


def hold_accounts(owner_id: str, behalf: Behalf | None = None) -> bool:
    """Keep open, until the transaction ends, the accounts that a dossier is about to belong to; False if one
    of them was closed meanwhile.

    Whoever holds a dossier may ask this: a closing waits only for those that belong to the account already.

    Basis: our own reading (ADR 0069).
    """
    return accounts.hold_open((owner_id, behalf.account_id if behalf else ""))


def refuse_stale(version: int, expected: int | None) -> None:
    """Raise Stale if the page that somebody acted on showed another version; None looks at no page."""
    if expected is not None and version != expected:
        raise Stale()


def entitled(
    verb: Verb,
    actor: Actor,
    footing: Footing,
    state: State,
    at: datetime,
    task: OpenTask | None = None,
    fits: policy.Fits = lambda actor, footing: True,
) -> tuple[Actor, Footing]:
    """`policy.entitled`, with the posts by which it is done; a refusal names the clauses that give the verb
    to others.

    Who could do this here in another state of the dossier is told of the state (WrongState): that is why.
    What is entered from a paper log needs a right today of whoever enters it, and one at the moment on paper
    of whoever did it (DoerHadNoPost), by a post where the system was down (OutsidePlace).

    Basis: KT22-4.4, PT24-23.8; our own reading beyond them (ADR 0014).
    """
    regulation = _regulation(state.target.regulation, at)
    with grounded(verb, regulation.short_name, state.target.channel):
        try:
            log = late.open_log()
            if log is not None and actor.is_officer:
                return _entitled_late(log, verb, actor, footing, state, at, task, fits)
            found = policy.entitled(verb, actor, footing, state, task, fits)
            return found, policy.worn(found, footing)
        except NoLongerActing:
            raise policy.why_not(actor, footing, state, at) from None
        except (Forbidden, NotYourTask):
            is_closed = verb in OPEN_IN and not is_open(state, verb)
            was_filed = state.filed_at is not None  # nobody is told of a draft that never came
            if is_closed and was_filed and has_a_post_for(verb, footing, state.target.posting, regulation):
                raise WrongState(status=state.status.value) from None
            raise


def _entitled_late(
    log: late.PaperLog,
    verb: Verb,
    actor: Actor,
    footing: Footing,
    state: State,
    at: datetime,
    task: OpenTask | None,
    fits: policy.Fits,
) -> tuple[Actor, Footing]:
    """Who enters what was done on paper, and the posts by which it was done then: those that the outage
    reached, for who had the system could record it at its own moment."""
    today = policy.footing_of(actor, log.entered_at)
    enters = policy.entitled(verb, actor, today, state, task, fits)
    window = late.window_of(log)
    had_the_system = False
    is_own = late.is_own(log, actor)
    named = [] if is_own else agencies.officers_named(log.done_by)
    others = (Actor(ActorKind.OFFICER, str(officer_id), log.done_by) for officer_id in named)

    def doing(doer: Actor, held: Footing) -> Actor | None:
        try:
            return policy.entitled(verb, doer, held, state, task, fits)
        except (Forbidden, NotYourTask):
            return None

    for doer in (actor,) if is_own else others:
        held = footing if is_own else policy.footing_of(doer, at)
        hit = (post for post in held.posts if window.reaches(post.agency_id, post.unit_id))
        there = Footing(frozenset(hit))
        if (did := doing(doer, there)) is not None:
            return (did if is_own else enters), policy.worn(did, there)
        had_the_system |= doing(doer, held) is not None
    clauses = late.clauses_of_entering(_regulation(state.target.regulation, at).short_name)
    if had_the_system:
        raise OutsidePlace(clauses=clauses)
    raise DoerHadNoPost(name=log.done_by or actor.name, clauses=clauses)


def facts_for(
    target: Target, process_id: int | None, actor: Actor, at: datetime, term_from: datetime | None = None
) -> Facts:
    """The published things under which the dossier is handled at `at`.

    A dossier stays under the regulation and the process under which it was received, and is counted by the
    calendar of the day from which its term runs; while none runs, by that of the day of the act. Of closures
    those count that were known at the act: what was promised on paper is not put off by what was announced
    before it could be entered (ADR 0018).
    """
    sheet = catalogue.sheet(target.procedure_version_id)
    return Facts(
        actor=actor,
        sheet=sheet,
        regulation=_regulation(target.regulation, at),
        calendar=calendar_of(target, term_from or at, at),
        **_process(process.definition(process_id) if process_id is not None else None, target),
        most_attached=settings.MOST_OTHER_DOCUMENTS,
        has_stop_notice=gives_stop_notice(at),
    )


def with_meanwhile(facts: Facts, before: Before, at: datetime) -> Facts:
    """The facts with what was recorded already and lies after the moment on paper, where the act is entered
    after an outage. One query, and only where something does.

    Basis: PT24-23.8.
    """
    newest = before.state.last_at if before.state else None
    if late.open_log() is None or newest is None or newest <= at:
        return facts
    return replace(facts, meanwhile=queries.events_after(str(before.id), at))


def for_acceptance(facts: Facts, state: State, at: datetime) -> Facts:
    """The facts with process, calendar and promise under which a dossier accepted at `at` will run."""
    target, starts = state.target, receipt.term_starts(state, facts.regulation, at)
    definition = process.definition_for(facts.sheet.code, target.variant or None, local(at).date())
    return replace(
        facts,
        **_process(definition, target),
        calendar=calendar_of(target, starts, at),
        promise=catalogue.promise_for(target.procedure_version_id, target.agency_id, local(at).date()),
    )


def term_from(state: State) -> datetime | None:
    """From when the term of the dossier runs; None while none does."""
    return state.received_at if state.accepted_at else None


def calendar_of(target: Target, starts: datetime, at: datetime) -> Calendar:
    """The agency's calendar for what runs from `starts` on, as it was known at `at`."""
    return worktime.known_at(agencies.calendar_of(target.agency_id, local(starts).date()), at)


class _Process(TypedDict):
    definition: ProcessDefinition | None
    elsewhere: Mapping[str, Elsewhere]


def _process(definition: ProcessDefinition | None, target: Target) -> _Process:
    """The process, with the agencies of other levels that its steps name."""
    names = {step.place for step in definition.steps if step.place} if definition else set()
    found = {name: _elsewhere(name, target) for name in names}
    return _Process(definition=definition, elsewhere={name: one for name, one in found.items() if one})


def _elsewhere(name: str, target: Target) -> Elsewhere | None:
    """The units of the agency that does steps there: the division named, or the one that settles there."""
    place = agencies.place(target.agency_id, name)
    if place is None:
        return None
    card, division = place
    settling = division or catalogue.settling_unit(target.procedure_version_id, card.id) or card.division_id
    if settling is None:
        return None
    desk, leadership, office = card.desk_unit_id, card.leadership_unit_id, card.office_unit_id
    posting = Posting(desk or settling, settling, leadership or settling, office or settling)
    return Elsewhere(card.name, posting)


def signature(posts: Iterable[Post], agency_id: int) -> Signature:
    """As what the holder of these posts signs in the place of a leader of the agency: by a post of their own
    there, that of a leader before that of a head, of whose units the oldest counts."""
    own = [post for post in posts if post.agency_id == agency_id and not post.for_id]
    if any(post.role is Role.APPROVER for post in own):
        return Signature(Role.APPROVER.value)
    heads = [post for post in own if post.role in HEADS]
    if not heads:
        return Signature()
    first = min(heads, key=lambda post: post.unit_id)
    return Signature(first.role.value, agencies.unit(first.unit_id).name)


def officers_for(target: Target, task: OpenTask | None, at: datetime) -> tuple[Officer, ...]:
    """The officers who may be given an open task, or without one the case, in Vietnamese order."""
    (found,) = officers_for_each(target, (task,), at)
    return found


def officers_for_each(
    target: Target, tasks: Sequence[OpenTask | None], at: datetime
) -> tuple[tuple[Officer, ...], ...]:
    """The same for each of several tasks, in their order: one query."""
    return officers_for_several([(target, tasks)], at)[0]


def officers_for_several(
    wanted: Sequence[tuple[Target, Sequence[OpenTask | None]]], at: datetime
) -> tuple[tuple[tuple[Officer, ...], ...], ...]:
    """The same for the tasks of several dossiers: one query."""
    posts = [[_posts_for(target, task) for task in tasks] for target, tasks in wanted]
    flat = {post for tasks in posts for each in tasks for post in each}
    found = agencies.officers_of_each(flat, local(at).date())
    return tuple(
        tuple(tuple(officer for post in each for officer in found[post]) for each in tasks) for tasks in posts
    )


def _posts_for(target: Target, task: OpenTask | None) -> tuple[tuple[int, str], ...]:
    """The units with the roles whose holders may be given the task, those who come first first."""
    if task is None:
        return ((target.posting.settling, Role.CASE_OFFICER.value),)
    if task.kind == CONSULT_STEP or task.duty:
        return ((task.unit_id, Role.UNIT_HEAD.value), (task.unit_id, Role.CASE_OFFICER.value))
    return ((task.unit_id, str(task.role)),)


def target_for(
    *, procedure_version_id: int, agency_id: int, channel: str, variant: str, received_by: int = 0
) -> Target:
    """Where a filing goes, and which other agency's desk takes it in, if one does (`received_by`).

    Raises NotCompetent if the agency does not settle the procedure, OnlyForItsOwn if the other has no desk
    that takes in for agencies of this province.
    """
    sheet = catalogue.sheet(procedure_version_id)
    settling = catalogue.settling_unit(procedure_version_id, agency_id)
    card = agencies.agency(agency_id)
    desk, leadership, office = card.desk_unit_id, card.leadership_unit_id, card.office_unit_id
    if settling is None or desk is None or leadership is None or office is None:
        raise NotCompetent()
    elsewhere = 0 if received_by == agency_id else received_by
    posting = Posting(_desk_for_others(elsewhere, card) if elsewhere else desk, settling, leadership, office)
    return Target(
        procedure_version_id, sheet.code, agency_id, posting, channel, variant, received_by=elsewhere
    )


def _desk_for_others(agency_id: int, competent: AgencyCard) -> int:
    card = agencies.agency(agency_id)
    desk = card.desk_unit_id
    if desk is None or card.province != competent.province or not any_desk.has_such_a_desk(card.level):
        raise OnlyForItsOwn()
    return desk


def regulation_now(at: datetime) -> Regulation:
    """The regulation in force in the province at that moment. Raises NoRegulationInForce."""
    return _regulation("", at)


def regulation_of(state: State, at: datetime) -> Regulation:
    """The regulation of a dossier: from when it came in (was filed online, or entered at the desk) the one
    that was in force then, whenever it is accepted; of a draft the one in force now. Raises
    NoRegulationInForce.

    Basis: KT18-QD2, KT22-QD2; reading A1.
    """
    return _regulation(state.target.regulation, at)


def _regulation(short_name: str, at: datetime) -> Regulation:
    if short_name:
        return law.regulation(short_name, local(at).date())
    try:
        return law.regulation_in_force(settings.PROVINCE, local(at).date())
    except NoRegulation:
        raise NoRegulationInForce() from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound() from None


def check_files(actor: Actor, file_ids: Iterable[str | None], state: State | None) -> None:
    """Refuse files that the actor did not send and the dossier does not hold: an id is not a right.

    For an organisation somebody else of its people may have laid them ready.
    """
    held = {d.file_id for d in state.contents.documents} if state else set()
    new = {file_id for file_id in file_ids if file_id and file_id not in held}
    others = new - documents.sent_by(actor, new) if new else new
    if not others:
        return
    side = tray_owner(actor, state.behalf) if state else actor
    if side == actor or documents.lying_ready((side.id,), others) != others:
        raise FileNotYours()


def plain(form_data: Mapping[str, object]) -> dict[str, object]:
    """Form data as it may be stored: text, numbers, truth values and lists of text."""
    return {str(key): value for key, value in form_data.items() if isinstance(value, str | int | bool | list)}
