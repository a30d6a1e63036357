"""What the one-stop desk does with a dossier that was filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.catalogue.rules.promises import with_promise
from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import DeclineGround, Status
from motcua.dossiers.errors import (
    CertifiedPapersRequired,
    Incomplete,
    NotElsewhere,
    ProvisionRequired,
    ReasonRequired,
    ReceiptGiven,
    TakenInForAnother,
    WayRequired,
    WrongState,
    WrongTask,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.citing import is_citation
from motcua.dossiers.rules.completeness import is_followed_by_post, missing_documents, offered
from motcua.dossiers.rules.decide.undone import is_overrun
from motcua.dossiers.rules.life import CHECK_STEP
from motcua.dossiers.rules.moves import check_task, go_on, open_tasks, task_for, with_due
from motcua.dossiers.rules.receipt import (
    arrival_when_passed_on,
    due_of,
    forwarding_due_of,
    is_receipt_left_out,
    lacks_receipt,
    receipt_when_passed_on,
    term_of,
    term_starts,
)
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.waits import check_not_awaited, check_supplement_failed
from motcua.kernel.text import visible
from motcua.process.rules import tokens

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def accept(state: State, command: commands.Accept, facts: Facts, at: datetime) -> events.Accepted:
    """Take the dossier in: it gets its code, its due moment and its internal process.

    The term runs from the official receipt where the regulation says that entry and notice of validity
    make it (the notice is this act), otherwise from the acceptance itself; papers handed over at a counter
    or by post count from the moment they were registered.

    An agency may have promised less time for what is filed online. What has to be followed by its certified
    papers is taken in when they came by post.

    Basis: QN20-7.2#1, KT18-14.1, KT18-7.2.a#2, DL24-19.1.a, PT24-9.1.0#1, KT18-15.1.a,
    DL24-20.1.a, DL24-8.1.c#1, DL24-8.1.c#2, DL24-8.2#1, DL24-8.2#2, DL24-8.2#3, DL24-8.2#4, PT24-9.1.c,
    PT24-9.2.c#1, PT24-9.2.c#2, PT24-9.2bis#1, PT24-9.2bis#2, PT24-9.2bis#3, PT24-9.2bis#4, QN20-11.3#1,
    QN20-11.3#2, KT18-14.3#1, KT18-14.3#2, KT22-6.2#1, KT22-9#1; QN20-11.5, KT18-8.1.c.
    """
    if missing := missing_documents(facts.sheet, state.target, state.contents):
        raise Incomplete(missing="; ".join(missing), documents=missing, fields={})
    is_followed = is_followed_by_post(facts.sheet, state.target, facts.regulation)
    if is_followed and not command.certified_by_post:
        raise CertifiedPapersRequired(clauses=facts.regulation.clauses("filing.signature_full"))
    received_at = term_starts(state, facts.regulation, at)
    published = offered(facts.sheet, state.target.channel, state.target.variant)
    term = term_of(with_promise(published, facts.promise, state.target.channel))
    due_at = due_of(facts.calendar, received_at, term)
    is_left_out = is_receipt_left_out(term, received_at, due_at, facts.regulation, at)
    run = tokens.start(facts.process)
    tasks = open_tasks(state, run.open, at, facts, promised_at=due_at)
    forwarding = forwarding_due_of(state, received_at, at, facts)
    opened = tuple(
        replace(with_due(t, forwarding, facts), limit="") if t.kind == "intake" and forwarding else t
        for t in tasks
    )
    return events.Accepted(
        code=command.code,
        received_at=received_at,
        term=term,
        due_at=due_at,
        process_id=facts.process.id,
        move=events.Move(closed=tuple(task.key for task in state.tasks), opened=opened, run=run.to_json()),
        number=command.code,
        note=command.note,
        with_receipt=command.receipt_asked or not is_left_out,
        certified_by_post=is_followed,
    )


def issue_receipt(
    state: State, command: commands.IssueReceipt, facts: Facts, at: datetime
) -> events.ReceiptIssued:
    """Give the receipt to whoever asks for it only after the acceptance, as long as the result is not theirs.

    It says what the acceptance said; the moment on it is that of the request. The text gives the right to ask
    no moment at which it would be too late.

    Basis: DL24-8.2#4, PT24-9.2bis#4.
    """
    if state.accepted_at is None:
        raise WrongState(status=state.status.value)
    if not lacks_receipt(state):
        raise ReceiptGiven()
    return events.ReceiptIssued(state.code)


def decline(state: State, command: commands.Decline, facts: Facts, at: datetime) -> events.Declined:
    """Refuse intake on a listed ground with a written reason; the applicant gets the slip.

    Who came to an agency that is not competent is told which one is, and where to file there. What the
    applicant can put right is asked of them first: papers that are not valid are a ground only once a request
    was not answered in time, or answered and still does not do (`decline.after_guidance`). Who declines by a
    law names its provision, and not as long as the desk awaits what it asked for. What does not meet the
    conditions of the procedure is judged by those who settle, after acceptance: where a leader approves that
    notice (Kon Tum 2018), the desk ends nothing on that ground.

    Basis: PT24-9.1.b, PT24-9.2.a, DL24-8.1.a#3, KT22-14.2bis.a#3; by reference NĐ 61/2018 Đ17 (secondary);
    readings A35, A45, A49.
    """
    if not visible(command.reason):
        raise ReasonRequired()
    if state.accepted_at is not None:
        raise WrongState(status=Status.ACCEPTED.value)
    check_ground(command.ground, state, facts, at)
    provision = _provision(command) if command.ground is DeclineGround.BY_LAW else ""
    competent, guidance = visible(command.competent), visible(command.guidance)
    if command.ground is DeclineGround.NOT_COMPETENT and not (competent and guidance):
        raise WayRequired()
    earlier = sum(slip.kind is SlipKind.DECLINE for slip in state.slips)  # taken back since
    number = f"{state.reference}/TC" + (f"-{earlier + 1}" if earlier else "")
    actor = facts.actor
    return events.Declined(
        command.ground,
        visible(command.reason),
        number,
        competent,
        guidance,
        actor.id,
        actor.for_id,
        provision,
    )


def check_ground(ground: DeclineGround, state: State, facts: Facts, at: datetime) -> None:
    """Refuse a ground that cannot be used yet: the one rule for the form that offers grounds and for the act.

    Basis: PT24-9.1.b, PT24-9.2.a, DL24-8.1.a#3, KT22-14.2bis.a#3, KT18-14.2, QN20-11.1#3; by reference NĐ
    61/2018 Đ17 (secondary); readings A35, A45.
    """
    if ground.value in (facts.regulation.words("decline.after_guidance") or ()):
        check_supplement_failed(state, facts.calendar, at)
    if ground is DeclineGround.NOT_COMPETENT and state.target.received_by:
        raise TakenInForAnother()
    if ground is DeclineGround.BY_LAW:
        check_not_awaited(state, facts.calendar, at)


def _provision(command: commands.Decline) -> str:
    named = visible(command.provision).rstrip(".")
    if not is_citation(named):
        raise ProvisionRequired()
    return named


def redirect(state: State, command: commands.Redirect, facts: Facts, at: datetime) -> events.Redirected:
    """Pass a filing that came to the wrong agency on to one that settles the procedure, with the reason.

    The official receipt of an online filing stays where the regulation ties it to the entry into the System,
    which is one for the province (`receipt_when_passed_on`), so that what the first desk used up of the term
    shows. The other desk has its own time for its answer. No agency gets back what it has passed on itself.

    Basis: DL24-8.1.a#3, PT24-9.2.a; reading A44.
    """
    if not visible(command.reason):
        raise ReasonRequired()
    old, new = state.target, command.target
    if new.agency_id in (old.agency_id, *state.redirected_from):
        raise NotElsewhere()
    arrived_at = arrival_when_passed_on(old.channel, at, facts)
    check = check_task(new, state.task_serial + 1, arrived_at, at, facts)
    return events.Redirected(
        target=replace(new, regulation=old.regulation),
        from_agency_id=old.agency_id,
        agency_name=command.agency_name,
        reason=visible(command.reason),
        received_at=receipt_when_passed_on(state, arrived_at, facts.regulation),
        arrived_at=arrived_at,
        move=events.Move(closed=tuple(task.key for task in state.tasks), opened=(check,)),
    )


def hand_over(state: State, command: commands.HandOver, facts: Facts, at: datetime) -> events.HandedOver:
    """Pass the accepted dossier from the desk to the unit that settles it; lateness is recorded.

    It may go while the applicant has something to pay or to bring: no pause puts its term off.

    Basis: DL24-8.1.b, DL24-9.0, PT24-9.2.b#2, PT24-9.2.b#3, PT24-10.0, KT18-14.4, QN20-4.2.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if task.step_key == CHECK_STEP:
        raise WrongTask(step=task.name)
    is_late = is_overrun(state, task, at)
    return events.HandedOver(
        go_on(state, task, at, facts, command.outcome), command.note, is_late, task.due_at
    )
