"""What another regulation would say to a dossier: its acts are decided again under other law.

Pure: the events that happened, the facts with the other regulation, and nothing else. An act whose outcome
hangs on the regulation (sending, registering, accepting, bringing a supplement, apologising with a new date,
letting the clock run on, taking back a decline, a request, a withdrawal or a stop) is decided anew and what
follows is folded. An act that it may only allow or refuse (asking for a supplement, pausing, inviting,
recording a verification, asking for an opinion, handing the result over) is asked about and folded as it
happened, but for whether the term runs while a supplement is awaited, which is as that regulation has it.
Where the other regulation would have refused, the refusal is noted and the story goes on: what was sent or
registered comes in all the same, for when it counts as received hangs on nothing that could be refused; an
acceptance is decided as if the certified papers had come, where only they are missing; else the act is folded
as it happened, with the moments that its own regulation gave it, and the objection says so. A filing that was
passed on comes to the other agency as the other regulation has it. Every other act is folded as it happened:
who was assigned, what was entrusted to others and who did an act are not asked about. The dossier itself
stays under its own regulation (reading A1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.catalogue.rules.return_ways import ways
from motcua.dossiers.enums import Correctable, Verb
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.behalf import Sender
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.decide import decide, filing, grounded
from motcua.dossiers.rules.decide.lateness import apologies_allowed, notice_of
from motcua.dossiers.rules.decide.supplements import controller, is_running, requests_allowed
from motcua.dossiers.rules.fold import fold
from motcua.dossiers.rules.money import fees_due, payment_terms, refunds, times_of
from motcua.dossiers.rules.receipt import (
    arrival_when_passed_on,
    forwarding_due_of,
    receipt_when_passed_on,
    reply_due,
)
from motcua.dossiers.rules.resting import Ground, grounds_of
from motcua.dossiers.rules.returning import (
    check_handing,
    papers_to_bring,
    visits_allowed,
    visits_made,
)
from motcua.kernel.errors import Refusal
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.catalogue.rules.fees import FeeDue
    from motcua.catalogue.rules.sheets import Fee
    from motcua.dossiers.enums import RefundAnswer, RefundGround
    from motcua.dossiers.rules.events import Event
    from motcua.dossiers.rules.facts import Facts
    from motcua.dossiers.rules.state import State
    from motcua.kernel.limits import TimeLimit


_DECIDED_ANEW = (
    events.Submitted,
    events.Registered,
    events.Accepted,
    events.Supplemented,
    events.Extended,
    events.Resumed,
    events.Corrected,
)
_GIVES_MOMENTS = (events.Accepted, events.Supplemented, events.Extended, events.Resumed)
_UNSAID = frozenset({Correctable.DECLINE, Correctable.SUPPLEMENT})  # the applicant was told in vain
_REPLIES = (events.Accepted, events.Declined, events.SupplementRequested)


@dataclass(frozen=True, slots=True)
class Objection:
    """An act that the regulation would have refused. `seq` is its number among the events; where it
    `keeps_own_law`, the moments that follow from it are still those of the dossier's own regulation."""

    seq: int
    kind: str
    at: datetime
    code: str
    message: str
    params: dict[str, object]
    clauses: tuple[str, ...]
    keeps_own_law: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The dossier under one regulation. A moment is None where the text or the life gives none.

    `controlled` are the requests for supplement that somebody must have agreed to; `apologies_late` came
    without the notice; `visits_made` counts the visit for a result collected at the desk. `grounds` say on
    what each point rests, by the name of its field; of what is `kept` it is nothing, for that moment is still
    the one of the dossier's own regulation.
    """

    regulation: str
    received_at: datetime | None
    reply_due: datetime | None
    replied_late: bool
    forwarding_due: datetime | None
    forwarded_late: bool
    due_at: datetime | None
    is_late: bool
    supplements_made: int
    supplements_allowed: int | None
    supplement_clock: str | None
    supplement_control: str | None
    controlled: int
    pause_grounds: tuple[str, ...]
    pauses_made: int
    apology_notice: TimeLimit | None
    apologies_made: int
    apologies_late: int
    apologies_allowed: int | None
    result_ways: tuple[str, ...]
    visits_made: int
    visits_allowed: int | None
    papers_to_bring: tuple[str, ...]
    payment_ways: tuple[str, ...]
    paid_when: tuple[tuple[str, FeeDue], ...]
    fees: tuple[Fee, ...]
    refunds: Mapping[RefundGround, RefundAnswer]
    grounds: Mapping[str, Ground]
    objections: tuple[Objection, ...]
    kept: tuple[str, ...] = ()


def verdict(
    history: Iterable[tuple[Event, datetime]], facts: Facts, asked_at: datetime | None = None
) -> Verdict:
    """What `facts.regulation` says to what happened, and to what is open when it is asked; without a moment,
    when the last act was done. Raises ValueError for an empty history."""
    state: State | None = None
    objections: list[Objection] = []
    accepted_at = handed_over_at = replied_at = first_receipt = None
    controlled: list[bool] = []
    passed_on_late = False
    kept: set[str] = set()
    for seq, (event, at) in enumerate(history, start=1):
        decided: tuple[Event, ...] = (event,)
        then = _on(facts, at)
        command = _command(event, state)
        if command is not None:
            try:
                answer = decide(state, command, then, at)
                decided = answer if isinstance(event, _DECIDED_ANEW) else decided
            except Refusal as refusal:
                nevertheless = _nevertheless(event, state, command, then, at)
                decided = nevertheless or decided
                keeps = isinstance(event, _DECIDED_ANEW) and not nevertheless
                kept |= _kept(event, state, then) if keeps else set()
                objections.append(_objection(seq, event, at, refusal, keeps=keeps))
        if isinstance(event, events.ResultReturned) and state is not None:
            try:
                _ask_of_return(state, event, then)
            except Refusal as refusal:
                objections.append(_objection(seq, event, at, refusal, keeps=False))
        if isinstance(event, events.Redirected) and state is not None:
            decided = (_passed_on(event, state, then, at),)
        if isinstance(event, events.SupplementRequested) and state is not None:
            decided = (replace(event, clock_runs=is_running(state, then.regulation)),)
            controlled.append(bool(controller(state, facts.regulation)))
        if isinstance(event, events.Corrected) and event.what in _UNSAID and state is not None:
            was = state.asking if event.what is Correctable.SUPPLEMENT else state.declining
            if was is not None and replied_at == was.at:
                replied_at = None  # it was no answer
            if event.what is Correctable.SUPPLEMENT:
                controlled.pop()
        for one in decided:
            state = fold(state, one, at)
        if first_receipt is None and state is not None:
            first_receipt = state.received_at
        if isinstance(event, events.Redirected) and state is not None and replied_at is None:
            answer_due = reply_due(first_receipt, state.target.channel, then) if first_receipt else None
            passed_on_late = passed_on_late or _after(at, answer_due)
            first_receipt = state.passed_on_at  # the other agency has a term of its own
        if isinstance(event, events.Accepted):
            accepted_at = at
        if isinstance(event, _REPLIES):
            replied_at = replied_at or at
        if isinstance(event, events.HandedOver):
            handed_over_at = handed_over_at or at
    if state is None:
        raise ValueError("a dossier has at least one event")
    found = _verdict(
        state,
        facts,
        tuple(objections),
        sum(controlled),
        first_receipt,
        replied_at,
        accepted_at,
        handed_over_at,
        asked_at or at,
    )
    grounds = {key: Ground(()) if key in kept else ground for key, ground in found.grounds.items()}
    is_late = found.replied_late or passed_on_late
    return replace(found, replied_late=is_late, grounds=grounds, kept=tuple(sorted(kept)))


def _verdict(
    state: State,
    facts: Facts,
    objections: tuple[Objection, ...],
    controlled: int,
    first_receipt: datetime | None,
    replied_at: datetime | None,
    accepted_at: datetime | None,
    handed_over_at: datetime | None,
    asked_at: datetime,
) -> Verdict:
    regulation, channel = facts.regulation, state.target.channel
    reply = reply_due(first_receipt, channel, _on(facts, first_receipt)) if first_receipt else None
    forwarding = None
    if accepted_at is not None and state.received_at is not None:
        forwarding = forwarding_due_of(state, state.received_at, accepted_at, _on(facts, accepted_at))
    level = str(facts.sheet.online_level)
    payment = payment_terms(level, regulation)
    fees = fees_due(state, facts.sheet, regulation)
    return Verdict(
        regulation=regulation.short_name,
        received_at=state.received_at,
        reply_due=reply,
        replied_late=_after(replied_at or state.ended_at or asked_at, reply),
        forwarding_due=forwarding,
        forwarded_late=_after(handed_over_at or state.ended_at or asked_at, forwarding),
        due_at=state.due_at,
        is_late=state.is_late or state.is_overdue(asked_at),
        supplements_made=len(state.requests),
        supplements_allowed=requests_allowed(channel, regulation),
        supplement_clock=regulation.choice("supplement.clock"),
        supplement_control=regulation.choice("supplement.control"),
        controlled=controlled,
        pause_grounds=regulation.words("pause.grounds"),
        pauses_made=sum(each.reason != "supplement" for each in state.pauses),
        apology_notice=notice_of(regulation),
        apologies_made=len(state.apologies),
        apologies_late=sum(not each.is_timely for each in state.apologies),
        apologies_allowed=apologies_allowed(regulation),
        result_ways=ways(facts.sheet, channel, regulation),
        visits_made=visits_made(state, regulation),
        visits_allowed=visits_allowed(state, regulation),
        papers_to_bring=papers_to_bring(state, facts.sheet, regulation),
        payment_ways=payment.ways if channel == "online" else (),
        paid_when=times_of(state, facts.sheet, regulation),
        fees=fees.fees if fees else (),
        refunds=refunds(state, _on(facts, state.last_at).regulation if state.last_at else regulation),
        grounds=grounds_of(state, facts),
        objections=objections,
    )


def _on(facts: Facts, at: datetime) -> Facts:
    """The facts with the regulation as it read on that day."""
    return replace(facts, regulation=facts.regulation.on(local(at).date()))


def _after(done_at: datetime | None, due_at: datetime | None) -> bool:
    return done_at is not None and due_at is not None and done_at > due_at


def _ask_of_return(state: State, event: events.ResultReturned, facts: Facts) -> None:
    """Refuse the handing-over as the regulation would have: its way, and the comparison with the originals.

    Who was at the desk and what they wrote down happened under any regulation, so nothing else is asked.

    Basis: KT18-7.1.a#2, QN20-7.2#2, DL24-9.3#2, PT24-10.4#2.
    """
    regulation = facts.regulation
    with grounded(Verb.RETURN_RESULT, regulation.short_name, state.target.channel):
        check_handing(state, facts.sheet, event.handing, regulation)


def _nevertheless(
    event: Event, state: State | None, command: commands.Command, facts: Facts, at: datetime
) -> tuple[Event, ...]:
    """What an act that was refused would have led to all the same; nothing where that cannot be said."""
    match event, command:
        case events.Submitted(), commands.Submit() if state is not None:
            return (filing.sent(state, command, facts, at),)
        case events.Registered(), _:
            target = replace(event.target, regulation=facts.regulation.short_name)
            return (replace(event, target=target),)
        case _:
            return _once_papers_came(state, command, facts, at)


def _kept(event: Event, state: State | None, facts: Facts) -> set[str]:
    """The moments that stay those of the own regulation after an act that was refused."""
    moments = {"due_at"}
    is_received = isinstance(event, events.Accepted) or (state is not None and state.accepted_at is None)
    if is_received:
        moments.add("received_at")
    if is_received and facts.regulation.choice("intake.forward_from") == "system_receipt":
        moments.add("forwarding_due")
    return moments if isinstance(event, _GIVES_MOMENTS) else set()


def _passed_on(event: events.Redirected, state: State, facts: Facts, at: datetime) -> events.Redirected:
    """How what is passed on comes to the other agency under this regulation.

    Basis: DL24-8.1.c#1; reading A44.
    """
    arrived_at = arrival_when_passed_on(state.target.channel, at, facts)
    received_at = receipt_when_passed_on(state, arrived_at, facts.regulation)
    return replace(event, received_at=received_at, arrived_at=arrived_at)


def _once_papers_came(
    state: State | None, command: commands.Command, facts: Facts, at: datetime
) -> tuple[Event, ...]:
    """What accepting would have led to with the certified papers there; nothing for any other act, or where
    that does not help.

    Basis: KT18-7.2.a#2.
    """
    if not isinstance(command, commands.Accept) or command.certified_by_post:
        return ()
    try:
        return decide(state, replace(command, certified_by_post=True), facts, at)
    except Refusal:
        return ()


def _objection(seq: int, event: Event, at: datetime, refusal: Refusal, *, keeps: bool) -> Objection:
    return Objection(
        seq, event.KIND, at, refusal.code, refusal.message, dict(refusal.params), refusal.clauses, keeps
    )


def _sender(event: events.Submitted, state: State | None) -> Sender | None:
    """Who had sent it under a right on the portal; None where nobody had."""
    contents = event.contents or (state.contents if state else None)
    if contents is None or contents.capacity is None or not event.submitter_name:
        return None
    return Sender(event.submitter_name, contents.capacity, contents.authority)


def _command(event: Event, state: State | None) -> commands.Command | None:
    """The command that led to the event, for events that hang on the regulation; None for all others."""
    match event:
        case events.Submitted():
            return commands.Submit(event.submission_key, event.filing_number, CONSENT, _sender(event, state))
        case events.Registered():
            return commands.Register(
                event.target,
                event.contents,
                event.submission_key,
                event.filing_number,
                event.owner_id,
                event.note,
                event.behalf,
            )
        case events.Accepted():
            return commands.Accept(event.code, event.note, certified_by_post=event.certified_by_post)
        case events.ReceiptIssued():
            return commands.IssueReceipt()
        case events.SupplementProposed():
            return commands.RequestSupplement(event.items, event.reason, event.guidance, event.again_ground)
        case events.SupplementRequested() if state is not None and state.proposed_supplement is None:
            return commands.RequestSupplement(event.items, event.reason, event.guidance, event.again_ground)
        case events.Consulted():
            asked = event.move.opened[0]
            return commands.Consult(
                event.agency_id, event.unit_id, event.to_name, asked.role, event.question, asked.limit
            )
        case events.Paused():
            return commands.Pause(event.ground, event.reason)
        case events.Resumed():
            return commands.Resume(event.note)
        case events.Extended():
            return commands.Extend(local(event.due_at).date(), event.reason)
        case events.Invited():
            return commands.Invite(event.visit_at, event.purpose, event.ground)
        case events.Corrected(what=Correctable.DECLINE | Correctable.SUPPLEMENT | Correctable.ENDING):
            return commands.Correct(event.what, {}, event.reason)
        case events.VerificationRecorded():
            return commands.RecordVerification(
                event.held_at, event.place, event.participants, event.content, event.file_id, event.number
            )
        case events.Supplemented() if state is not None:
            form = dict(event.contents.form_data)
            changed = form != dict(state.contents.form_data)
            kept = frozenset(each.key for each in event.contents.documents if each not in event.added)
            return commands.Supplement(event.added, form if changed else None, kept)
        case _:
            return None
