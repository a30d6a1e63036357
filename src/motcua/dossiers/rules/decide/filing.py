"""What applicants do: prepare, send, supplement, withdraw; and what desks enter for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    NotAComponent,
    NotAskedFor,
    NothingBrought,
    ReasonRequired,
    StillMissing,
    WrongState,
)
from motcua.dossiers.rules import any_desk, commands, events
from motcua.dossiers.rules.answering import answers_after, check_asked, check_typed_off_paper
from motcua.dossiers.rules.behalf import Sender, bound, brought, sender_by
from motcua.dossiers.rules.completeness import (
    as_sent,
    check_applicant,
    check_channel,
    check_chosen,
    check_delivery,
    check_filing,
    check_mandate,
    check_submitter,
    check_typed,
    is_followed_by_post,
    missing_documents,
    offered,
)
from motcua.dossiers.rules.consent import check_consent
from motcua.dossiers.rules.decide.lateness import late_at_the_end
from motcua.dossiers.rules.decide.undone import answer_overrun, forwarding_overrun
from motcua.dossiers.rules.moves import check_task, dues_after_pause, redated
from motcua.dossiers.rules.receipt import due_of, official_receipt, receipt_after_supplement
from motcua.dossiers.rules.returning import check_allowed, check_way
from motcua.dossiers.rules.state import NOT_CHOSEN, Contents, DocumentRef, State
from motcua.dossiers.rules.withdrawing import as_recorded, asked_by
from motcua.kernel.text import visible
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def save_draft(
    state: State | None, command: commands.SaveDraft, facts: Facts, at: datetime
) -> events.DraftSaved:
    """Keep what the applicant has prepared so far; nothing is checked but that it can be filed online.

    For whom it is filed is settled when the draft is made and does not change.

    Basis: KT18-2.2, KT22-8.2#1.
    """
    offered(facts.sheet, command.target.channel, command.target.variant)
    check_channel(command.target.channel, facts.regulation)
    if command.contents.delivery != NOT_CHOSEN:
        check_delivery(command.contents.delivery)
    behalf = state.behalf if state else command.behalf
    contents = bound(command.contents, behalf, facts.actor.name) if behalf else command.contents
    if state is None and behalf:
        check_mandate(facts.sheet, contents, behalf)
        check_applicant(facts.sheet, contents, behalf)
    return events.DraftSaved(command.target, contents, command.owner_id, behalf)


def submit(state: State, command: commands.Submit, facts: Facts, at: datetime) -> events.Submitted:
    """Send the prepared dossier. The machine checks it and tells when it will count as received. What the
    draft holds and nobody asks for is neither checked nor sent.

    Basis: KT22-8.1, DL24-12.5#1, QN20-10.1, QN20-11.1#1, QN20-11.1#2, DL24-7.2, DL24-7.3#1, PT24-8.3,
    KT18-2.2.
    """
    contents = as_sent(
        facts.sheet, state.target, state.contents, state.behalf, _sender(state, command, facts)
    )
    offered(facts.sheet, state.target.channel, state.target.variant)
    check_channel(state.target.channel, facts.regulation)
    check_typed(contents)
    check_submitter(contents, facts.regulation)
    check_mandate(facts.sheet, contents, state.behalf)
    check_applicant(facts.sheet, contents, state.behalf)
    check_chosen(contents.delivery)
    check_way(contents.delivery.how, facts.sheet, state.target.channel, facts.regulation)
    check_filing(facts.sheet, state.target, contents, local(at).date(), state.behalf)
    check_consent(command.consent)
    return sent(state, command, facts, at)


def sent(state: State, command: commands.Submit, facts: Facts, at: datetime) -> events.Submitted:
    """How what is sent comes in: when it counts as received and by when the desk answers, which hangs on none
    of the things that are checked before.

    Basis: QN20-11.1#2.
    """
    received_at = official_receipt(at, facts)
    waits = is_followed_by_post(facts.sheet, state.target, facts.regulation)
    task = check_task(state.target, state.task_serial + 1, received_at, at, facts, waits=waits)
    sender = _sender(state, command, facts)
    contents = as_sent(facts.sheet, state.target, state.contents, state.behalf, sender)
    is_as_kept = replace(contents, submitter_name=state.contents.submitter_name) == state.contents
    return events.Submitted(
        received_at=received_at,
        regulation=facts.regulation.short_name,
        filing_number=command.filing_number,
        submission_key=command.submission_key,
        move=events.Move(opened=(task,)),
        submitter_name=sender.name if sender else "",
        consent=command.consent,
        contents=None if is_as_kept else contents,
    )


def _sender(state: State, command: commands.Submit, facts: Facts) -> Sender | None:
    """Who sends it for somebody else by a right on the portal: whoever acts, by what the draft was begun
    under where nothing is known of a right of their own."""
    if command.sender is not None or state.behalf is None:
        return command.sender
    return sender_by(state.behalf, None, facts.actor.name)


def register(
    state: State | None, command: commands.Register, facts: Facts, at: datetime
) -> events.Registered:
    """Enter what was handed over at the counter or came by post; it waits for the desk's check.

    Who brought it may do so by a right that the house knows; it is kept like that of an online filing. For
    another agency it is entered only where and since the regulation has it so. The result is promised in no
    way that the procedure does not allow. What was typed off the paper form must answer it rightly.

    Basis: DL24-7.1#1, DL24-7.1#2, DL24-7.1#3, PT24-8.1, PT24-8.2, PT24-9.1.0#1, KT22-1.2.c, KT22-1.2.g,
    QN20-28.2.
    """
    if command.target.received_by and not any_desk.is_open(facts.regulation):
        raise any_desk.refusal(facts.regulation)
    behalf = command.behalf
    contents = brought(command.contents, behalf) if behalf else command.contents
    offered(facts.sheet, command.target.channel, command.target.variant)
    check_channel(command.target.channel, facts.regulation)
    check_delivery(contents.delivery)
    check_allowed(contents.delivery.how, facts.sheet, facts.regulation)
    check_submitter(contents, facts.regulation)
    check_mandate(facts.sheet, contents, behalf)
    check_applicant(facts.sheet, contents, behalf)
    check_typed_off_paper(facts.sheet, command.target, contents, local(at).date())
    return events.Registered(
        target=replace(command.target, regulation=facts.regulation.short_name),
        contents=contents,
        owner_id=command.owner_id,
        filing_number=command.filing_number,
        submission_key=command.submission_key,
        received_at=at,
        move=events.Move(opened=(check_task(command.target, 1, at, at, facts),)),
        note=command.note,
        behalf=behalf,
    )


def supplement(state: State, command: commands.Supplement, facts: Facts, at: datetime) -> events.Supplemented:
    """Bring what was asked. Everything asked for must be there: guidance is complete, so is the answer. What
    was not asked for stays as it was filed, and answers of the e-form must be right and agree (`answering`).

    Before acceptance the dossier counts as received when its supplement came in (reading A10), unless the
    regulation lets the time before the request count; afterwards the clock that stood still since the request
    goes on, so the due moment moves by the opening time lost (or it starts anew, where the regulation says
    so). Where no text stopped it, the due moment stays.

    Basis: KT18-8.1.a, DL24-8.1.a#3, DL24-8.1.c#1, DL24-8.1.c#2, DL24-12.6, QN20-11.2#1, QN20-11.2#2,
    PT24-9.2.a, KT22-8.3; reading A38.
    """
    request = state.supplement_awaited()
    if request is None:
        return _completed(state, command, facts, at)
    if not (command.documents or command.form_data):
        raise NothingBrought()
    check_asked(facts.sheet, request, command)
    brought = {document.key for document in command.documents if _is_something(document)}
    asked = {item.key for item in request.items}
    if command.form_data:
        sheet = facts.sheet
        brought |= {component.key for component in sheet.components if sheet.is_answered(component)}
    if missing := asked - brought:
        names = {component.key: component.called for component in facts.sheet.papers}
        raise StillMissing(names="; ".join(names.get(key, key) for key in sorted(missing)))
    contents = _merged(state.contents, command)
    if command.form_data:
        answers = answers_after(
            facts.sheet, state.target, state.contents, command.form_data, local(at).date()
        )
        contents = replace(contents, form_data=answers)
    if request.before_acceptance:
        received_at = receipt_after_supplement(state, request.requested_at, at, facts)
        answer_from = official_receipt(at, facts) if state.target.channel == "online" else at
        waits = is_followed_by_post(facts.sheet, state.target, facts.regulation)
        task = check_task(state.target, state.task_serial + 1, answer_from, at, facts, waits=waits)
        move = events.Move(opened=(task,))
        return events.Supplemented(contents, command.documents, received_at, None, move)
    if facts.regulation.choice("supplement.clock") == "restart" and not state.apologies:
        due_at, promised_at = due_of(facts.calendar, at, state.term), None
    else:
        due_at, promised_at = dues_after_pause(state, at, facts)
    move = redated(state, at, facts, (due_at, promised_at))
    return events.Supplemented(contents, command.documents, None, due_at, move, promised_at)


def _completed(state: State, command: commands.Supplement, facts: Facts, at: datetime) -> events.Supplemented:
    """Record at the desk what was brought for a dossier that was registered there and not yet accepted.

    Nobody has to be asked in writing for what they hand over by themselves; the check before acceptance
    stays. What is noted anew replaces what was noted of the same paper; a mere remark replaces no paper. A
    dossier that lacked papers counts as received when they came in (reading A10), one that was complete
    keeps its moment. What was filed online is only changed by whoever filed it, and so are the answers of an
    e-form: what is handed over are papers.

    Basis: DL24-7.1#1, DL24-7.1#2, DL24-7.1#3, PT24-8.1, PT24-9.1.0#1, KT18-14.3#1, KT18-14.3#2.
    """
    if state.target.channel == "online" or facts.actor.is_citizen:
        raise WrongState(status=state.status.value)
    if command.form_data:
        raise NotAskedFor(names="; ".join(command.form_data))
    here = {document.key for document in state.contents.documents if _is_something(document)}
    brought = tuple(each for each in command.documents if _is_something(each) or each.key not in here)
    if not brought:
        raise NothingBrought()
    components = facts.sheet.components_for(state.target.channel, state.target.variant)
    known = {component.key for component in components}
    if strangers := [each.name or each.key for each in brought if each.key not in known]:
        raise NotAComponent(names="; ".join(strangers))
    contents = _merged(state.contents, replace(command, documents=brought))
    if not missing_documents(facts.sheet, state.target, state.contents):
        return events.Supplemented(contents, brought, None, None, events.Move())
    task = check_task(state.target, state.task_serial + 1, at, at, facts)
    move = events.Move(closed=tuple(open_task.key for open_task in state.tasks), opened=(task,))
    return events.Supplemented(contents, brought, at, None, move)


def withdraw(state: State, command: commands.Withdraw, facts: Facts, at: datetime) -> events.Withdrawn:
    """The applicant takes the dossier back, as long as it can be (`withdrawing`; `decide` asks first). What
    the desk records for them needs their request, as stopping does.

    Basis: QN20-13.4#1, QN20-13.4#2; the condition by reference TT 03/2025 Đ7 (secondary), before it reading
    A55.
    """
    if not visible(command.reason):
        raise ReasonRequired()
    if not facts.actor.is_officer:
        is_late, missed = late_at_the_end(state, facts.regulation, facts.calendar, at)
        return events.Withdrawn(
            visible(command.reason),
            is_late=is_late,
            missed_letter=missed,
            answer_by=answer_overrun(state, at),
            forward_by=forwarding_overrun(state, at),
        )
    request, requested_on = as_recorded(state, command, at)
    asked = asked_by(requested_on, at)
    is_late, missed = late_at_the_end(state, facts.regulation, facts.calendar, asked)
    by, instead_of = facts.actor.id, facts.actor.for_id
    return events.Withdrawn(
        visible(command.reason),
        requested_on,
        request,
        command.file_id,
        by,
        instead_of,
        is_late,
        missed,
        answer_overrun(state, asked),
        forwarding_overrun(state, asked),
        asked,
    )


def _merged(contents: Contents, command: commands.Supplement) -> Contents:
    """What was handed in with what is brought: in its place, or beside it where the command says so. A mere
    remark does not stay beside what it said is not needed."""
    new = {document.key for document in command.documents}
    kept = tuple(
        document
        for document in contents.documents
        if document.key not in new or (document.key in command.beside and _is_something(document))
    )
    return replace(contents, documents=kept + command.documents)


def _is_something(document: DocumentRef) -> bool:
    return bool(document.file_id or document.originals or document.copies)
