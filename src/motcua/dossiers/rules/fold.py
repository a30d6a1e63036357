"""What a dossier is after something happened. Total: every event folds into any state it can follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import PAUSED, Correctable, Decision, Status
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event, Move
from motcua.dossiers.rules.life import CHECK_STEP, CONTROL_STEP, LETTER_STEP, RELAY_STEP
from motcua.dossiers.rules.personal import said_before
from motcua.dossiers.rules.state import (
    Apology,
    Asking,
    AttachedDocument,
    ClockPause,
    Consultation,
    Decided,
    Declining,
    EarlierPaper,
    Ending,
    LateEntry,
    Letter,
    RequestPaper,
    ResultPaper,
    SendingBack,
    Slip,
    State,
    SupplementProposal,
    SupplementRequest,
    Verification,
    Visit,
)

Folder = Callable[[State, Any, datetime], State]

_ENDINGS = (events.Withdrawn.KIND, events.Stopped.KIND)
_BEFORE_SENDING = (CONTROL_STEP, RELAY_STEP)  # tasks that end when a supplement request goes out


def fold(state: State | None, event: Event, at: datetime) -> State:
    """The state after `event` happened at `at`. Every step leaves its number and its moment; what was entered
    late may lie before the newest one (`late.stands_in_the_way`), which stays the newest.

    Basis: KT22-23.2#2, QN20-21.2#2, DL24-11.2#2, PT24-23.2#2.
    """
    if state is None:
        return _begin(event, at)
    after = _FOLDERS[type(event)](state, event, at)
    said = said_before(state, after)
    newest = at if state.last_at is None else max(at, state.last_at)
    return replace(after, version=state.version + 1, last_at=newest, said_before=said)


def refold(history: Iterable[tuple[Event, datetime]]) -> State:
    """Fold a whole history. Raises ValueError if it is empty."""
    state: State | None = None
    for event, at in history:
        state = fold(state, event, at)
    if state is None:
        raise ValueError("a dossier has at least one event")
    return state


def _begin(event: Event, at: datetime) -> State:
    if isinstance(event, events.DraftSaved):
        return State(
            Status.DRAFT, 1, event.target, event.contents, event.owner_id, last_at=at, behalf=event.behalf
        )
    if isinstance(event, events.Registered):
        fresh = State(
            Status.SUBMITTED,
            1,
            event.target,
            event.contents,
            event.owner_id,
            last_at=at,
            behalf=event.behalf,
        )
        filed = replace(
            fresh,
            submission_key=event.submission_key,
            filing_number=event.filing_number,
            filed_at=at,
            received_at=event.received_at,
        )
        return _moved(filed, event.move)
    raise ValueError(f"a dossier does not begin with {event.KIND}")


def _moved(state: State, move: Move) -> State:
    kept = tuple(task for task in state.tasks if task.key not in move.closed)
    known = {task.key for task in state.tasks}
    check = next((task for task in move.opened if task.step_key == CHECK_STEP), None)
    fresh = sum(task.key not in known for task in move.opened)
    return replace(
        state,
        tasks=kept + move.opened,
        task_serial=state.task_serial + fresh,
        run=move.run if move.run is not None else state.run,
        reply_due_at=check.due_at if check else state.reply_due_at,
    )


def _draft_saved(state: State, event: events.DraftSaved, at: datetime) -> State:
    return replace(state, target=event.target, contents=event.contents)


def _submitted(state: State, event: events.Submitted, at: datetime) -> State:
    filed = replace(
        state,
        status=Status.SUBMITTED,
        target=replace(state.target, regulation=event.regulation),
        filing_number=event.filing_number,
        submission_key=event.submission_key,
        filed_at=at,
        received_at=event.received_at,
        consent=event.consent,
        contents=event.contents or state.contents,
    )
    if event.submitter_name:
        filed = replace(filed, contents=replace(filed.contents, submitter_name=event.submitter_name))
    return _moved(filed, event.move)


def _accepted(state: State, event: events.Accepted, at: datetime) -> State:
    accepted = replace(
        state,
        status=Status.ACCEPTED,
        code=event.code,
        received_at=event.received_at,
        accepted_at=at,
        term=event.term,
        due_at=event.due_at,
        process_id=event.process_id,
    )
    answered = _replied(accepted, at)
    if event.with_receipt:
        answered = _with_slip(answered, SlipKind.INTAKE_RECEIPT, event.number, at)
    return _moved(answered, event.move)


def _receipt_issued(state: State, event: events.ReceiptIssued, at: datetime) -> State:
    return _with_slip(state, SlipKind.INTAKE_RECEIPT, event.number, at)


def _declined(state: State, event: events.Declined, at: datetime) -> State:
    ended = _replied(_ended(state, Status.DECLINED, _with_way(event), at), at)
    if event.declined_by:
        kept = Declining(
            event.declined_by,
            event.declined_for,
            at,
            state.status,
            state.tasks,
            state.answered_late_at,
            state.reason,
        )
        ended = replace(ended, declining=kept)
    return _with_slip(ended, SlipKind.DECLINE, event.number, at)


def _with_way(event: events.Declined) -> str:
    return f"{event.told}\n{event.way}" if event.way else event.told


def _redirected(state: State, event: events.Redirected, at: datetime) -> State:
    passed_on = replace(
        _replied(state, at),  # by the agency that passes it on; the other one's term begins with the move
        target=event.target,
        received_at=event.received_at,
        passed_on_at=event.arrived_at,
        redirected_from=(*state.redirected_from, event.from_agency_id),
    )
    return _moved(passed_on, event.move)


def _supplement_requested(state: State, event: events.SupplementRequested, at: datetime) -> State:
    before = state.accepted_at is None
    request = SupplementRequest(
        at,
        before,
        event.items,
        event.reason,
        event.guidance,
        clock_runs=event.clock_runs,
        asked_by=event.asked_by,
        asked_for=event.asked_for,
    )
    stays = before or event.clock_runs
    checks = tuple(task for task in state.tasks if task.step_key == CHECK_STEP)
    by = tuple(dict.fromkeys(each for each in (event.asked_by, event.asked_for, *event.let_out_by) if each))
    asked = replace(
        state,
        status=Status.AWAITING_SUPPLEMENT,
        supplements=(*state.supplements, request),
        tasks=() if before else tuple(task for task in state.tasks if task.kind not in _BEFORE_SENDING),
        proposed_supplement=None,
        pauses=state.pauses if stays else (*state.pauses, ClockPause(at, "supplement")),
        asking=Asking(by, at, checks, state.answered_late_at) if event.let_out_by else None,
    )
    answered = _replied(asked, at) if before else asked
    return _with_slip(answered, SlipKind.SUPPLEMENT_REQUEST, event.number, at)


def _supplement_proposed(state: State, event: events.SupplementProposed, at: datetime) -> State:
    proposal = SupplementProposal(
        event.items,
        event.reason,
        event.guidance,
        event.again_ground,
        event.proposed_by,
        event.asked_by,
        event.asked_for,
    )
    return _moved(replace(state, proposed_supplement=proposal), event.move)


def _supplement_cleared(state: State, event: events.SupplementCleared, at: datetime) -> State:
    proposed = state.proposed_supplement
    agreed = replace(proposed, agreed_by=event.agreed_by) if proposed else None
    return _moved(replace(state, proposed_supplement=agreed), event.move)


def _supplement_returned(state: State, event: events.SupplementReturned, at: datetime) -> State:
    return _moved(replace(state, proposed_supplement=None), event.move)


def _supplemented(state: State, event: events.Supplemented, at: datetime) -> State:
    state = replace(state, earlier_papers=_with_replaced(state, event, at))
    if state.supplement_awaited() is None:
        received_at = event.received_at or state.received_at
        return _moved(replace(state, contents=event.contents, received_at=received_at), event.move)
    answered = replace(state.supplements[-1], answered_at=at)
    brought = replace(
        state, contents=event.contents, supplements=(*state.supplements[:-1], answered), asking=None
    )
    if answered.before_acceptance:
        again = replace(brought, status=Status.SUBMITTED, received_at=event.received_at)
        return _moved(again, event.move)
    return _running(brought, event, at)


def _with_replaced(state: State, event: events.Supplemented, at: datetime) -> tuple[EarlierPaper, ...]:
    """What supplements replaced so far, with the files that this one leaves out."""
    stay = {document.file_id for document in event.contents.documents}
    gone = (each for each in state.contents.documents if each.file_id and each.file_id not in stay)
    return (*state.earlier_papers, *(EarlierPaper(each, at) for each in gone))


def _running(state: State, event: events.Supplemented | events.Resumed, at: datetime) -> State:
    """The clock runs on, if it stood still; the work does, at the desk or where the dossier was."""
    resumed = replace(
        state,
        status=_where_it_lies(state),
        pauses=_without_open(state.pauses, at),
        due_at=event.due_at,
        promised_at=event.promised_at,
    )
    return _moved(resumed, event.move)


def _where_it_lies(state: State) -> Status:
    """The status of an accepted dossier that goes on: at the desk, or with those who settle it."""
    at_desk = any(task.kind == "intake" for task in state.tasks)
    return Status.ACCEPTED if at_desk else Status.IN_PROGRESS


def _without_open(pauses: tuple[ClockPause, ...], at: datetime) -> tuple[ClockPause, ...]:
    """The pauses, with the one that is open ended now."""
    return tuple(pause if pause.end else replace(pause, end=at) for pause in pauses)


def _handed_over(state: State, event: events.HandedOver, at: datetime) -> State:
    """From the desk to the unit that settles, by a task of the system itself. What is awaited of the
    applicant is awaited there too.

    Basis: QN20-4.2.
    """
    status = state.status if state.status in PAUSED else Status.IN_PROGRESS
    return _moved(replace(state, status=status), event.move)


def _assigned(state: State, event: events.Assigned, at: datetime) -> State:
    return _moved(replace(state, case_officer_id=event.officer_id), event.move)


def _reassigned(state: State, event: events.Reassigned, at: datetime) -> State:
    officer_id = state.case_officer_id if event.task_key else event.officer_id
    return _moved(replace(state, case_officer_id=officer_id), event.move)


def _paused(state: State, event: events.Paused, at: datetime) -> State:
    pauses = (*state.pauses, ClockPause(at, event.ground.value))
    paused = replace(state, status=Status.AWAITING_PAYMENT, pauses=pauses)
    return _with_letter(paused, event, reason=event.reason)


def _with_letter(
    state: State,
    event: events.Paused | events.VerificationPlanned | events.DocumentAttached,
    number: int = 0,
    reason: str = "",
) -> State:
    """With what the desk is to tell the applicant of the event, if it is for the desk to tell."""
    return _moved(_with_letters(state, event.move, event.KIND, (number,), reason), event.move)


def _with_letters(state: State, move: Move, of: str, numbers: Iterable[int], reason: str) -> State:
    """With one thing to tell for each of the desk's tasks that the move opens, and without what it closes."""
    opened = (task.key for task in move.opened if task.kind == LETTER_STEP)
    fresh = (
        Letter(key, of, number, reason, state.version + 1)
        for key, number in zip(opened, numbers, strict=False)
    )
    kept = (each for each in state.letters if each.task_key not in move.closed)
    return replace(state, letters=(*kept, *fresh))


def _without_letter(state: State, of: str, number: int = 0) -> State:
    """Without what the desk was to tell of this: it did, or it is over."""
    gone = {each.task_key for each in state.letters if (each.of, each.number) == (of, number)}
    return replace(
        state,
        letters=tuple(each for each in state.letters if each.task_key not in gone),
        tasks=tuple(task for task in state.tasks if task.key not in gone),
    )


def _applicant_told(state: State, event: events.ApplicantTold, at: datetime) -> State:
    return _moved(_without_letter(state, event.of, event.number), event.move)


def _resumed(state: State, event: events.Resumed, at: datetime) -> State:
    """The clock runs on: that it stood still for a payment is nothing to be told any more."""
    went_on = _without_letter(_without_supplement(state, at), events.Paused.KIND)
    return _running(replace(went_on, asking=None), event, at)


def _without_supplement(state: State, at: datetime) -> State:
    """What was asked for and did not come is not waited for any more."""
    given = tuple(replace(each, lapsed_at=at) if each.is_open else each for each in state.supplements)
    return replace(state, supplements=given)


def _extended(state: State, event: events.Extended, at: datetime) -> State:
    """The new date, and the slip of apology, which stays with the dossier.

    Basis: KT22-14.2bis.b#2.
    """
    apology = Apology(at, event.reason, event.was_due_at, event.due_at, event.is_timely)
    extended = replace(
        state,
        due_at=event.due_at,
        promised_at=state.promised_at or event.was_due_at,
        apologies=(*state.apologies, apology),
    )
    return _with_slip(_moved(extended, event.move), SlipKind.APOLOGY, event.number, at)


def _entrusted(state: State, event: events.Entrusted, at: datetime) -> State:
    return _moved(state, event.move)


def _consulted(state: State, event: events.Consulted, at: datetime) -> State:
    asked = Consultation(
        number=event.number,
        question=event.question,
        agency_id=event.agency_id,
        unit_id=event.unit_id,
        to_name=event.to_name,
        asked_at=at,
        asked_by=event.asked_by,
        due_at=event.due_at,
        asked_for=event.asked_for,
    )
    return _moved(replace(state, consultations=(*state.consultations, asked)), event.move)


def _answered(state: State, event: events.Answered, at: datetime) -> State:
    given = tuple(
        replace(each, answer=event.answer, file_id=event.file_id, answered_at=at)
        if each.number == event.number
        else each
        for each in state.consultations
    )
    return _moved(replace(state, consultations=given), event.move)


def _reminded(state: State, event: events.Reminded, at: datetime) -> State:
    chased = tuple(
        replace(each, reminded_at=(*each.reminded_at, at)) if each.number == event.number else each
        for each in state.consultations
    )
    return replace(state, consultations=chased)


def _without_answer(state: State, at: datetime) -> State:
    """What was asked and not answered is over: kept as silence."""
    over = tuple(replace(each, lapsed_at=at) if each.is_open else each for each in state.consultations)
    return replace(state, consultations=over)


def _given_up(state: State, event: events.Proposed, at: datetime) -> State:
    """What was asked or planned and is not waited for, with the reason."""
    asked, planned = state.consultations, state.verifications
    if event.taken_back:
        asked = tuple(
            replace(each, lapsed_at=at, taken_back=event.taken_back) if each.is_open else each
            for each in asked
        )
    if event.called_off:
        planned = tuple(
            replace(each, called_off=event.called_off)
            if each.held_at is None and not each.called_off
            else each
            for each in planned
        )
    given_up = replace(state, consultations=asked, verifications=planned)
    for each in planned if event.called_off else ():
        if each.called_off:
            given_up = _without_letter(given_up, events.VerificationPlanned.KIND, each.number)
    return given_up


def _verification_planned(state: State, event: events.VerificationPlanned, at: datetime) -> State:
    planned = Verification(
        event.number,
        event.planned_for,
        event.place,
        event.participants,
        event.content,
        event.with_applicant,
        at_desk=event.at_desk,
        ground=event.ground,
    )
    with_plan = replace(state, verifications=(*state.verifications, planned))
    return _with_letter(with_plan, event, event.number)


def _verification_called_off(state: State, event: events.VerificationCalledOff, at: datetime) -> State:
    """Not held; where it was moved, the same matter with the same people at another moment. The letter is on
    the appointment that the applicant knows, or the invitation to the new one."""
    known = tuple(
        replace(each, called_off=event.reason, moved_to=event.moved_to)
        if each.number == event.number
        else each
        for each in state.verifications
    )
    before = state.planned(event.number)
    if before is not None and event.moved_to:
        moved = replace(
            before,
            number=event.moved_to,
            planned_for=event.planned_for,
            place=event.place,
            at_desk=event.at_desk,
            ground=event.ground,
        )
        known += (moved,)
    called_off = replace(state, verifications=known)
    if event.told:
        with_letter = _with_letters(called_off, event.move, event.KIND, (event.told,), event.reason)
    else:
        of, number = events.VerificationPlanned.KIND, event.moved_to
        with_letter = _with_letters(called_off, event.move, of, (number,), "")
    return _moved(with_letter, event.move)


def _verification_recorded(state: State, event: events.VerificationRecorded, at: datetime) -> State:
    before = state.planned(event.number)
    held = Verification(
        event.number,
        before.planned_for if before else None,
        event.place,
        event.participants,
        event.content,
        before.with_applicant if before else False,
        event.held_at,
        event.file_id,
        at_desk=before.at_desk if before else False,
        ground=before.ground if before else "",
    )
    kept = (each for each in state.verifications if each.number != event.number)
    recorded = replace(state, verifications=tuple(sorted((*kept, held), key=lambda each: each.number)))
    return _without_letter(recorded, events.VerificationPlanned.KIND, event.number)


def _document_attached(state: State, event: events.DocumentAttached, at: datetime) -> State:
    added = AttachedDocument(event.number, event.part, event.title, event.file_id, at, event.for_applicant)
    return _with_letter(replace(state, attached=(*state.attached, added)), event, event.number)


def _step_completed(state: State, event: events.StepCompleted, at: datetime) -> State:
    """The step is over; by one that opens the return the result is at the desk."""
    is_brought = state.is_on_its_way and any(task.kind == "return" for task in event.move.opened)
    return _moved(replace(state, finished_at=at) if is_brought else state, event.move)


def _sent_back(state: State, event: events.SentBack, at: datetime) -> State:
    kept = state if event.keeps_proposal else replace(state, proposal=None, proposed_by="")
    if event.sent_by:
        kept = replace(kept, sent_back=(*state.sent_back, _sending_back(state, event, at)))
    return _moved(kept, event.move)


def _sending_back(state: State, event: events.SentBack, at: datetime) -> SendingBack:
    has_fallen = state.proposal is not None and not event.keeps_proposal
    return SendingBack(
        event.move.opened[0].key,
        at,
        event.sent_by,
        event.sent_for,
        event.reason,
        state.proposal if has_fallen else None,
        state.decision_note if has_fallen else "",
    )


def _proposed(state: State, event: events.Proposed, at: datetime) -> State:
    given_up = _given_up(state, event, at)
    proposed = replace(
        given_up, proposal=event.decision, proposed_by=event.proposed_by, decision_note=event.text
    )
    of, why = events.VerificationCalledOff.KIND, event.called_off
    return _moved(_with_letters(proposed, event.move, of, event.uninvited, why), event.move)


def _approved(state: State, event: events.Approved, at: datetime) -> State:
    decided = replace(
        _without_answer(state, at),
        status=Status.DECIDED,
        decision=Decision.GRANT,
        decided_against=event.against,
        decision_note=event.note if event.against else state.decision_note,
    )
    return _may_be_taken_back(state, _moved(decided, event.move), event, at)


def _refused(state: State, event: events.Refused, at: datetime) -> State:
    decided = replace(
        _without_answer(state, at),
        status=Status.DECIDED,
        decision=Decision.REFUSE,
        decided_against=event.against,
        decision_note=event.reason,
        reason=event.reason,
    )
    return _may_be_taken_back(state, _moved(decided, event.move), event, at)


def _may_be_taken_back(
    before: State, decided: State, event: events.Approved | events.Refused, at: datetime
) -> State:
    """With what the decision closed. An event that does not say who decided gives nothing to take back."""
    if not event.decided_by:
        return decided
    closed = tuple(task for task in before.tasks if decided.task(task.key) is None)
    kept = Decided(
        event.decided_by,
        event.decided_for,
        at,
        closed,
        dict(before.run or {}),
        before.decision_note,
        before.reason,
    )
    return replace(decided, decided=kept)


def _result_issued(state: State, event: events.ResultIssued, at: datetime) -> State:
    numbered = with_paper(
        state, event.number, event.name, event.file_id, at, event.issued_by, event.issued_in
    )
    finished_at = None if event.is_on_its_way else at
    issued = replace(numbered, status=Status.RESULT_ISSUED, finished_at=finished_at, decided=None)
    return _moved(issued, event.move)


def with_paper(
    state: State,
    number: str,
    name: str,
    file_id: str | None,
    at: datetime,
    issued_by: tuple[str, ...] = (),
    issued_in: int | None = None,
) -> State:
    """With the paper of the result that was numbered at `at`."""
    decision = state.decision or Decision.GRANT
    paper = ResultPaper(number, name, at, decision, file_id, issued_by, issued_in)
    return replace(state, results=(*state.results, paper))


def _invited(state: State, event: events.Invited, at: datetime) -> State:
    return replace(state, visits=(*state.visits, Visit(event.visit_at, event.purpose)))


def _announced(state: State, event: events.Announced, at: datetime) -> State:
    return replace(state, status=Status.READY, ready_at=at)


def _result_returned(state: State, event: events.ResultReturned, at: datetime) -> State:
    handed = replace(
        state,
        status=Status.RETURNED,
        returned_at=at,
        is_sent_late=event.is_late,
        handing=event.handing,
        ended_at=at,
    )
    return _moved(_with_request(handed, event, at), event.move)


def _not_collected(state: State, event: events.NotCollected, at: datetime) -> State:
    return replace(state, uncollected_at=at)


def _corrected(state: State, event: events.Corrected, at: datetime) -> State:
    new = {change.field: change.after for change in event.changes}
    mended = _with_request(_MENDERS[event.what](state, new, at), event, at)
    return _moved(replace(mended, owner_id="") if event.left_account else mended, event.move)


def _with_request(
    state: State,
    event: events.Corrected | events.Withdrawn | events.Stopped | events.ResultReturned,
    at: datetime,
) -> State:
    """With the paper by which the applicant asked for it, if there is one."""
    if event.file_id is None:
        return state
    return replace(state, request_papers=(*state.request_papers, RequestPaper(event.file_id, event.KIND, at)))


def _contact_corrected(state: State, new: Mapping[str, str], at: datetime) -> State:
    person = state.contents.applicant
    mended = replace(
        person,
        name=new.get("name", person.name),
        phone=new.get("phone", person.phone),
        email=new.get("email", person.email),
        address=new.get("address", person.address),
        passport=new.get("passport", person.passport),
        nationality=new.get("nationality", person.nationality),
        organisation_number=new.get("organisation_number", person.organisation_number),
    )
    submitter = new.get("submitter_name", state.contents.submitter_name)
    return replace(state, contents=replace(state.contents, applicant=mended, submitter_name=submitter))


def _identity_corrected(state: State, new: Mapping[str, str], at: datetime) -> State:
    person = state.contents.applicant
    mended = replace(person, personal_id=new.get("personal_id", person.personal_id))
    if "date_of_birth" in new:
        born = new["date_of_birth"]
        mended = replace(mended, date_of_birth=date.fromisoformat(born) if born else None)
    return replace(state, contents=replace(state.contents, applicant=mended))


def _delivery_corrected(state: State, new: Mapping[str, str], at: datetime) -> State:
    wish = state.contents.delivery
    delivery = replace(wish, how=new.get("how", wish.how), address=new.get("delivery_address", wish.address))
    waits_anew = state.ready_at is not None and delivery.how == "counter" != wish.how
    ready_at = at if waits_anew else state.ready_at  # it waits at the desk from now on, and did not before
    return replace(state, contents=replace(state.contents, delivery=delivery), ready_at=ready_at)


def _result_corrected(state: State, new: Mapping[str, str], at: datetime) -> State:
    last = state.results[-1]
    paper = replace(last, number=new.get("number", last.number), name=new.get("result_name", last.name))
    return replace(state, results=(*state.results[:-1], paper))


def _return_taken_back(state: State, new: Mapping[str, str], at: datetime) -> State:
    status = Status.READY if state.ready_at else Status.RESULT_ISSUED
    return replace(state, status=status, returned_at=None, is_sent_late=False, handing=None, ended_at=None)


def _decision_taken_back(state: State, new: Mapping[str, str], at: datetime) -> State:
    """As before the decision: what lapsed by it is awaited again; what happened since then stays."""
    was = state.decided
    if was is None:
        return state
    return replace(
        state,
        status=Status.IN_PROGRESS,
        decision=None,
        decided_against=None,
        decision_note=was.decision_note,
        reason=was.reason,
        consultations=_awaited_again(state, was.at),
        decided=None,
    )


def _decline_taken_back(state: State, new: Mapping[str, str], at: datetime) -> State:
    """As before the decline; the move opens what it ended. Who was asked for papers has their days anew."""
    was = state.declining
    if was is None:
        return state
    return replace(
        state,
        status=was.status,
        reason=was.reason,
        ended_at=None,
        asked_by=None,
        answered_late_at=was.answered_late_at,
        supplements=_asked_anew(state, was.status, at),
        slips=_with_void(state, SlipKind.DECLINE, was.at, at),
        declining=None,
    )


def _ending_taken_back(state: State, new: Mapping[str, str], at: datetime) -> State:
    """As before the withdrawal or the stop; the move opens what it ended. A clock that ran has not stood
    still; one that stood stands on. Opinions that lapsed are awaited again, and who was asked for papers has
    their days anew. The paper by which it was asked for stays, marked: it may well be another applicant's.

    What it closed is told by how the dossier stood, and not by the moment alone: what was entered late bears
    whole minutes, and a pause may have ended in the very minute of the ending.
    """
    was = state.ending
    if was is None:
        return state
    papers = tuple(
        replace(each, taken_back_at=at)
        if each.at == was.at and each.what in _ENDINGS and each.taken_back_at is None
        else each
        for each in state.request_papers
    )
    asked = state.supplements[-1] if was.status is Status.AWAITING_SUPPLEMENT else None
    stood = was.status in PAUSED if asked is None else not (asked.before_acceptance or asked.clock_runs)
    return replace(
        state,
        status=was.status,
        reason=was.reason,
        ended_at=None,
        supplements=_asked_anew(state, was.status, at),
        # A decision lets them lapse before any ending does.
        consultations=state.consultations if was.decision else _awaited_again(state, was.at),
        pauses=(*state.pauses[:-1], replace(state.pauses[-1], end=None)) if stood else state.pauses,
        proposed_supplement=was.proposed_supplement,
        decision=was.decision,
        decided=was.decided,
        request_papers=papers,
        slips=_with_void(state, SlipKind.STOP_NOTICE, was.at, at),
        ending=None,
        unanswered_by=None,
        unforwarded_by=None,
        asked_by=None,
    )


def _asked_anew(state: State, was: Status, at: datetime) -> tuple[SupplementRequest, ...]:
    """The requests; where the dossier awaited what the last one asked for, it does again, with the days anew
    from `at` on."""
    if was is not Status.AWAITING_SUPPLEMENT:
        return state.supplements
    return (*state.supplements[:-1], replace(state.supplements[-1], lapsed_at=None, reopened_at=at))


def _awaited_again(state: State, lapsed_at: datetime) -> tuple[Consultation, ...]:
    """The opinions; those that lapsed then are awaited again, unless they were taken back."""
    return tuple(
        replace(each, lapsed_at=None) if each.lapsed_at == lapsed_at and not each.taken_back else each
        for each in state.consultations
    )


def _with_void(state: State, kind: SlipKind, issued_at: datetime, at: datetime) -> tuple[Slip, ...]:
    """The slips, with the one of what is taken back at `at` marked: the last of its kind, issued then."""
    then = [each for each in state.slips if each.kind is kind and each.issued_at == issued_at]
    void = then[-1] if then and then[-1].taken_back_at is None else None
    return tuple(replace(each, taken_back_at=at) if each is void else each for each in state.slips)


def _request_taken_back(state: State, new: Mapping[str, str], at: datetime) -> State:
    """As if nothing had been asked; before the acceptance the move opens the check again. What happened since
    then stays, and the dossier goes on where it lies by now. No clock has stood still: the pause is gone,
    every date that it left alone stays what it is, and the move dates anew the steps that opened within it.
    """
    was = state.asking
    if was is None:
        return state
    request = replace(state.supplements[-1], taken_back_at=at)
    before = request.before_acceptance
    return replace(
        state,
        status=Status.SUBMITTED if before else _where_it_lies(state),
        answered_late_at=was.answered_late_at if before else state.answered_late_at,
        supplements=(*state.supplements[:-1], request),
        slips=_with_void(state, SlipKind.SUPPLEMENT_REQUEST, was.at, at),
        pauses=tuple(each for each in state.pauses if each.end is not None),
        asking=None,
    )


_MENDERS: dict[Correctable, Callable[[State, Mapping[str, str], datetime], State]] = {
    Correctable.CONTACT: _contact_corrected,
    Correctable.IDENTITY: _identity_corrected,
    Correctable.DELIVERY: _delivery_corrected,
    Correctable.RESULT: _result_corrected,
    Correctable.RETURN: _return_taken_back,
    Correctable.DECISION: _decision_taken_back,
    Correctable.DECLINE: _decline_taken_back,
    Correctable.SUPPLEMENT: _request_taken_back,
    Correctable.ENDING: _ending_taken_back,
}


def _closed(state: State, event: events.Closed, at: datetime) -> State:
    return replace(state, status=Status.CLOSED)


def _withdrawn(state: State, event: events.Withdrawn, at: datetime) -> State:
    ended = _with_request(_ended(state, Status.WITHDRAWN, event.reason, at), event, at)
    return replace(
        ended,
        ending=_what_ended(state, event, at),
        unanswered_by=event.answer_by,
        unforwarded_by=event.forward_by,
        asked_by=event.asked_by,
    )


def _stopped(state: State, event: events.Stopped, at: datetime) -> State:
    ended = _with_request(_ended(state, Status.STOPPED, event.reason, at), event, at)
    kept = replace(
        ended,
        ending=_what_ended(state, event, at),
        unforwarded_by=event.forward_by,
        asked_by=event.asked_by,
    )
    return _with_slip(kept, SlipKind.STOP_NOTICE, event.number, at) if event.number else kept


def _what_ended(before: State, event: events.Withdrawn | events.Stopped, at: datetime) -> Ending | None:
    """What there is to take back: nothing of what applicants did themselves, or nobody knows who recorded, or
    of a draft, which was never before the agency."""
    if not event.recorded_by or before.filed_at is None:
        return None
    return Ending(
        event.recorded_by,
        event.recorded_for,
        at,
        before.status,
        before.tasks,
        before.reason,
        before.decision,
        before.decided,
        before.proposed_supplement,
        event.is_late,
        event.missed_letter,
    )


def _account_joined(state: State, event: events.AccountJoined, at: datetime) -> State:
    return replace(state, owner_id=event.owner_id)


def _entered_late(state: State, event: events.EnteredLate, at: datetime) -> State:
    mark = LateEntry(state.version, event.incident_id, event.page, event.entered_at)
    return replace(state, late_entries=(*state.late_entries, mark))


def _ended(state: State, status: Status, reason: str, at: datetime) -> State:
    """Over without a result. A decision that had no number yet has no effect and is told to nobody; history
    keeps it."""
    return replace(
        _without_supplement(_without_answer(state, at), at),
        status=status,
        tasks=(),
        reason=reason,
        ended_at=at,
        pauses=_without_open(state.pauses, at),
        proposed_supplement=None,
        decision=None,
        decided=None,
    )


def _replied(state: State, at: datetime) -> State:
    """The filing was answered; kept is whether an online one had to wait longer than its term. Others have
    none; what was registered before that was so carries one that counts for nothing."""
    late = state.reply_due_at is not None and at > state.reply_due_at and state.target.channel == "online"
    return replace(state, reply_due_at=None, answered_late_at=at if late else state.answered_late_at)


def _with_slip(state: State, kind: SlipKind, number: str, at: datetime) -> State:
    """The dossier with the slip of this act.

    Basis: KT22-14.2bis.a#1, KT22-14.2bis.a#2, KT22-14.2bis.a#3, KT22-14.2bis.b#2.
    """
    return replace(state, slips=(*state.slips, Slip(kind, state.version + 1, number, at)))


_FOLDERS: dict[type[Event], Folder] = {
    events.DraftSaved: _draft_saved,
    events.Submitted: _submitted,
    events.Accepted: _accepted,
    events.ReceiptIssued: _receipt_issued,
    events.Declined: _declined,
    events.Redirected: _redirected,
    events.SupplementRequested: _supplement_requested,
    events.SupplementProposed: _supplement_proposed,
    events.SupplementCleared: _supplement_cleared,
    events.SupplementReturned: _supplement_returned,
    events.ApplicantTold: _applicant_told,
    events.Supplemented: _supplemented,
    events.HandedOver: _handed_over,
    events.Assigned: _assigned,
    events.Reassigned: _reassigned,
    events.Paused: _paused,
    events.Resumed: _resumed,
    events.Extended: _extended,
    events.Entrusted: _entrusted,
    events.Consulted: _consulted,
    events.Answered: _answered,
    events.Reminded: _reminded,
    events.VerificationPlanned: _verification_planned,
    events.VerificationCalledOff: _verification_called_off,
    events.VerificationRecorded: _verification_recorded,
    events.DocumentAttached: _document_attached,
    events.StepCompleted: _step_completed,
    events.SentBack: _sent_back,
    events.Proposed: _proposed,
    events.Approved: _approved,
    events.Refused: _refused,
    events.ResultIssued: _result_issued,
    events.Invited: _invited,
    events.Announced: _announced,
    events.ResultReturned: _result_returned,
    events.NotCollected: _not_collected,
    events.Corrected: _corrected,
    events.Closed: _closed,
    events.Withdrawn: _withdrawn,
    events.Stopped: _stopped,
    events.AccountJoined: _account_joined,
    events.EnteredLate: _entered_late,
}
