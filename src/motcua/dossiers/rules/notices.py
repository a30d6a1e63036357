"""Who is told what after an event. The wording stands in the message templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.dossiers.enums import Correctable, Status, Verb
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event, Move
from motcua.dossiers.rules.life import CONSULT_STEP, LETTER_STEP, RELAY_STEP
from motcua.dossiers.rules.state import Consultation, OpenTask, State, SupplementRequest

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.law.rules import Regulation

    _Asked = Consultation | SupplementRequest | events.SupplementRequested | events.SupplementReturned

DECLINE_TAKEN_BACK = "dossier.decline_taken_back"
SUPPLEMENT_TAKEN_BACK = "dossier.supplement_taken_back"
ENDING_TAKEN_BACK = "dossier.ending_taken_back"
_TAKEN_BACK = {
    Correctable.DECISION: None,  # the applicant was not told of the decision either
    Correctable.DECLINE: DECLINE_TAKEN_BACK,
    Correctable.SUPPLEMENT: SUPPLEMENT_TAKEN_BACK,
    Correctable.ENDING: ENDING_TAKEN_BACK,
}
_TO_APPLICANT: dict[type[Event], str] = {
    events.Submitted: "dossier.acknowledged",
    events.Accepted: "dossier.accepted",
    events.Declined: "dossier.declined",
    events.SupplementRequested: "dossier.supplement_requested",
    events.Supplemented: "dossier.supplemented",
    events.Redirected: "dossier.redirected",
    events.NotCollected: "dossier.not_collected",
    events.Corrected: "dossier.corrected",
    events.DocumentAttached: "dossier.document_attached",
    events.Paused: "dossier.paused",
    events.Resumed: "dossier.resumed",
    events.Extended: "dossier.extended",
    events.Refused: "dossier.refused",
    events.Invited: "dossier.invited",
    events.Announced: "dossier.result_ready",
    events.ResultReturned: "dossier.returned",
    events.Withdrawn: "dossier.withdrawn",
    events.Stopped: "dossier.stopped",
    events.AccountJoined: "dossier.joined",
}
# What the desk tells, where somebody outside it did this.
_FOR_DESK_TO_TELL = (
    events.Paused,
    events.VerificationPlanned,
    events.VerificationCalledOff,
    events.DocumentAttached,
    events.Proposed,
)
_TOLD_BY_DESK = {
    events.Paused.KIND: "dossier.paused",
    events.VerificationPlanned.KIND: "dossier.verification_planned",
    events.VerificationCalledOff.KIND: "dossier.verification_called_off",
    events.DocumentAttached.KIND: "dossier.document_attached",
}

# Of a dossier that ended so.
_PUT_RIGHT = {
    Status.DECLINED: DECLINE_TAKEN_BACK,
    Status.WITHDRAWN: ENDING_TAKEN_BACK,
    Status.STOPPED: ENDING_TAKEN_BACK,
}
# What a verb makes happen, of which the applicant is told; of a request that is controlled, not yet.
_HAPPENS: dict[Verb, type[Event]] = {
    Verb.ACCEPT: events.Accepted,
    Verb.DECLINE: events.Declined,
    Verb.REQUEST_SUPPLEMENT: events.SupplementRequested,
    Verb.RELEASE_SUPPLEMENT: events.SupplementRequested,
    Verb.SUPPLEMENT: events.Supplemented,
    Verb.REDIRECT: events.Redirected,
    Verb.RECORD_NON_COLLECTION: events.NotCollected,
    Verb.CORRECT: events.Corrected,
    Verb.ATTACH_DOCUMENT: events.DocumentAttached,
    Verb.PAUSE: events.Paused,
    Verb.RESUME: events.Resumed,
    Verb.EXTEND: events.Extended,
    Verb.INVITE: events.Invited,
    Verb.ANNOUNCE: events.Announced,
    Verb.RETURN_RESULT: events.ResultReturned,
    Verb.WITHDRAW: events.Withdrawn,
    Verb.STOP: events.Stopped,
}


# Verbs of which the desk tells the applicant, where somebody outside it uses them.
TOLD_BY_DESK = frozenset(
    {Verb.PAUSE, Verb.PLAN_VERIFICATION, Verb.CALL_OFF_VERIFICATION, Verb.ATTACH_DOCUMENT}
)


def told_by_desk(state: State, task_key: str) -> str | None:
    """The key of the message that the applicant gets when the desk has done this task; None of another."""
    letter = next((each for each in state.letters if each.task_key == task_key), None)
    return _TOLD_BY_DESK[letter.of] if letter else None


def told_after(verb: Verb, status: Status) -> str | None:
    """The key of the message that the applicant gets when an officer does this, None if there is none.

    A verification is told where the applicant has to be there, that one is called off where they know of it,
    another document where it is for them: their forms ask. Of a dossier that was declined, withdrawn or
    stopped nothing is put right but that.
    """
    if verb is Verb.CORRECT and status in _PUT_RIGHT:
        return _PUT_RIGHT[status]
    if verb is Verb.PLAN_VERIFICATION:
        return "dossier.verification_planned"
    if verb is Verb.CALL_OFF_VERIFICATION:
        return "dossier.verification_called_off"
    happens = _HAPPENS.get(verb)
    return _TO_APPLICANT[happens] if happens else None


def for_applicant(event: Event, after: State) -> str | None:
    """The key of the message to the applicant, None if the event concerns only the office.

    A refusal on the merits is told when its paper is ready, through the desk like every result.

    Basis: DL24-5.4, DL24-8.1.a#2, QN20-11.1#2, QN20-11.1#3, PT24-9.2.0#2, PT24-10.3#4.
    """
    if isinstance(event, events.Withdrawn) and not after.filed_at:
        return None
    if isinstance(event, events.Refused):
        return None
    if isinstance(event, events.Corrected) and event.what in _TAKEN_BACK:
        return _TAKEN_BACK[event.what]
    if _waits_for_desk(event):
        return None
    if isinstance(event, events.ApplicantTold):
        return _TOLD_BY_DESK[event.of]
    if isinstance(event, events.DocumentAttached) and not event.for_applicant:
        return None
    if isinstance(event, events.VerificationPlanned):
        return "dossier.verification_planned" if event.with_applicant else None
    if isinstance(event, events.VerificationCalledOff):
        return _of_called_off(event, after)
    if isinstance(event, events.Announced) and after.decision == "refuse":
        return "dossier.refused"
    return _TO_APPLICANT.get(type(event))


def _waits_for_desk(event: Event) -> bool:
    """Whether the desk has it to tell the applicant."""
    return isinstance(event, _FOR_DESK_TO_TELL) and any(
        task.kind == LETTER_STEP for task in event.move.opened
    )


def _of_called_off(event: events.VerificationCalledOff, after: State) -> str | None:
    """That nobody need come, or when instead; the invitation where they were never told of the first one."""
    if event.told:
        return "dossier.verification_called_off"
    moved = after.planned(event.moved_to)
    return "dossier.verification_planned" if moved is not None and moved.with_applicant else None


def untold(kinds: Sequence[str]) -> frozenset[int]:
    """The places of what is no milestone for the applicant's side: a decision that was taken back, and its
    taking back (`decision_taken_back`). They are told of neither; the office's history has both (ADR 0063).
    """
    decided, gone = None, set[int]()
    for place, kind in enumerate(kinds):
        if kind in (events.Approved.KIND, events.Refused.KIND):
            decided = place
        elif kind == f"{Correctable.DECISION}_taken_back" and decided is not None:
            gone |= {decided, place}
    return frozenset(gone)


def for_left_account(event: Event) -> tuple[str, str] | None:
    """(message key, account id) for whose account a dossier has left, because its number was wrong.

    Basis: DL24-3.4, PT24-3.6, DL24-18.5; our own reading beyond them (ADR 0047).
    """
    left = event.left_account if isinstance(event, events.Corrected) else ""
    return ("dossier.left_account", left) if left else None


def number_to_call(state: State, regulation: Regulation) -> str:
    """The telephone number at which the desk tells the new date of an apology; empty where a letter does.

    Who left neither an account nor an e-mail would otherwise come on the old day in vain. A regulation that
    names the channels, and the telephone not among them, has nobody called.

    Basis: PT24-10.3#4.
    """
    channels = regulation.words("apology.channels")
    is_written_to = bool(state.owner_id or state.contents.applicant.email)
    if is_written_to or (channels and "phone" not in channels):
        return ""
    return state.contents.applicant.phone


def writes_to_typed_mailbox(channel: str, *, is_firm: bool) -> bool:
    """Whether letters go to the mailbox that was typed with the filing. To an organisation's not, where
    somebody typed it online: that may be a stranger's (ADR 0070)."""
    return not (is_firm and channel == "online")


def for_officers(event: Event, after: State) -> tuple[str, tuple[str, ...]] | None:
    """(message key, account ids) for the officer who was given the case, whose question was answered, or
    whose supplement request was sent to the applicant, came back from its control or was taken back: then
    who has the case too, for the work goes on.

    What comes of asking goes to who asked and, if that was in an absent colleague's place, to the colleague
    too.
    """
    if isinstance(event, events.Answered):
        asked = after.consultation(event.number)
        return _to_askers("desk.answered", asked) if asked else None
    if isinstance(event, events.SupplementRequested):
        return _to_askers("desk.supplement_sent", event)
    if isinstance(event, events.SupplementReturned):
        return _to_askers("desk.supplement_returned", event)
    if isinstance(event, events.Corrected) and event.what is Correctable.SUPPLEMENT:
        whom = dict.fromkeys((*_askers(after.supplements[-1]), after.case_officer_id or ""))
        return "desk.supplement_taken_back", tuple(each for each in whom if each)
    if isinstance(event, events.Assigned | events.Reassigned):
        return "desk.assigned", (event.officer_id,)
    if isinstance(event, events.StepCompleted) and event.by_agency and after.case_officer_id:
        return "desk.part_done", (after.case_officer_id,)
    return None


def _to_askers(key: str, asked: _Asked) -> tuple[str, tuple[str, ...]] | None:
    whom = _askers(asked)
    return (key, whom) if whom else None


def _askers(asked: _Asked) -> tuple[str, ...]:
    """Account ids of who asked, and of the absent colleague in whose place; none before that was kept."""
    return tuple(each for each in (asked.asked_by, asked.asked_for) if each)


# What those outside the desk may put right: the applicant is told of it at once, without their words.
PUT_RIGHT_OUTSIDE = frozenset({Correctable.SUPPLEMENT, Correctable.RESULT})
# What reaches the applicant from those who settle, in the name of the desk: it is told.
_TOLD_IN_ITS_NAME = (events.Resumed, events.SupplementRequested)


# Letters to officers that say what the applicant was told: they must know where nothing reached anybody.
SAY_WHAT_WAS_TOLD = frozenset(
    {"desk.applicant_told", "desk.extended", "desk.supplement_taken_back", "desk.ending_taken_back"}
)


def for_desk(event: Event, after: State) -> str | None:
    """The key of the message to the officers of the desk, where those who settle turned to the applicant.

    Nobody deals with the applicant but through the desk: it sends what waits for it, and knows what went out
    in its name. Whoever of the desk did it needs no message.

    Basis: KT18-15.2, DL24-20.2, PT24-10.1.c#3, PT24-10.3#3, KT22-6.2#1, PT24-3.2; readings A76,
    A83 (ADR 0102, 0116).
    """
    if isinstance(event, events.Extended):
        return "desk.extended"
    if isinstance(event, events.SupplementCleared | events.SupplementProposed):
        return "desk.relay" if any(task.kind == RELAY_STEP for task in after.tasks) else None
    if isinstance(event, _FOR_DESK_TO_TELL):
        return "desk.letter" if _waits_for_desk(event) else None
    is_unasked = isinstance(event, events.Corrected) and event.what in PUT_RIGHT_OUTSIDE
    was_taken_in = after.accepted_at is not None
    is_told = is_unasked or isinstance(event, _TOLD_IN_ITS_NAME)
    return "desk.applicant_told" if is_told and was_taken_in else None


def for_chasing(event: Event, after: State, at: datetime) -> str | None:
    """The key of the message to the head of the desk, who helps to get an answer that is late.

    Once for each reminder after the term: before it, who asked reminds alone.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2; by reference NĐ 61/2018 (memory), which lets whoever leads the
    settling turn to the head of the one-stop unit; our own reading elsewhere.
    """
    asked = after.consultation(event.number) if isinstance(event, events.Reminded) else None
    return "desk.answer_late" if asked is not None and at > asked.due_at else None


def for_supplement(after: State, regulation: Regulation, at: datetime) -> tuple[bool, tuple[str, ...]]:
    """Who is alerted that something was brought at `at`: (the head of the desk?, account ids).

    The head of the desk where the regulation has supplements controlled there; who has the case, always; and
    who asked for it, for many processes give nobody the case. What was brought before anybody asked is no
    answer to an earlier request.

    Basis: QN20-11.2#2; reading A21.
    """
    last = after.supplements[-1] if after.supplements else None
    answered = last is not None and last.answered_at is not None and last.answered_at == at
    asked = _askers(last) if last is not None and answered else ()
    told = dict.fromkeys(each for each in (after.case_officer_id or "", *asked) if each)
    return regulation.choice("supplement.control") == "head_of_desk", tuple(told)


def is_ending_taken_back(event: Event) -> bool:
    """Whether a withdrawal or a stop was taken back: the dossier lies again where it lay."""
    return isinstance(event, events.Corrected) and event.what is Correctable.ENDING


def is_part_for_desk(regulation: Regulation) -> bool:
    """Whether the desk hears of the part that another agency did. Whoever goes on with it does anyway.

    Basis: DL24-9.1.d#2, PT24-10.1.d#2.
    """
    return regulation.choice("interagency.same_level") == "parallel"


def arrived_elsewhere(event: Event) -> tuple[OpenTask, ...]:
    """Steps that the event has opened at agencies of another level, whose people are told.

    Basis: DL24-9.1.đ, PT24-10.1.đ.
    """
    move: Move | None = getattr(event, "move", None)
    if move is None or is_ending_taken_back(event):  # they had it before, and are told to go on
        return ()
    fresh = (task for task in move.opened if task.key not in move.closed)  # a new date opens nothing
    return tuple(task for task in fresh if task.elsewhere and not task.duty)


def for_unit(event: Event, after: State) -> tuple[str, OpenTask] | None:
    """(message key, open task) for whoever has work again, and for those of a unit who are asked or reminded.

    Basis: DL24-9.1.b#1, DL24-9.1.b#2, PT24-10.1.b#1, PT24-10.1.b#2.
    """
    if isinstance(event, events.SentBack):
        return "desk.sent_back", event.move.opened[0]
    if isinstance(event, events.Entrusted):
        (given,) = event.move.opened
        return ("desk.entrusted" if given.duty else "desk.part_back"), given
    if isinstance(event, events.Consulted):
        return "desk.consulted", event.move.opened[0]
    if isinstance(event, events.Reminded):
        step_key = f"{CONSULT_STEP}-{event.number}"
        task = next((each for each in after.tasks if each.step_key == step_key), None)
        return ("desk.reminded", task) if task else None
    return None


# What an act ends is done by it; whose part another act ends hears of it.
_DOES_A_TASK = (
    *(events.Answered, events.StepCompleted, events.Assigned),
    *(events.Proposed, events.Approved, events.Refused, events.ResultIssued),
)


def ended_for_others(event: Event, before: State | None, after: State) -> tuple[OpenTask, ...]:
    """The parts and questions of other agencies and units that the event has ended without their doing:
    whoever has them is told that nothing is left to do.

    Basis: DL24-9.1.d#1, PT24-10.1.d#1, DL24-9.1.b#1, PT24-10.1.b#1: whoever is to do something by a day is
    written to; that they hear when it is theirs no more is ours (ADR 0117).
    """
    if before is None:
        return ()
    still = {task.key for task in after.tasks}
    gone = (task for task in before.tasks if task.kind == CONSULT_STEP or task.is_given_away)
    return tuple(task for task in gone if task.key not in still and not _was_done(event, task))


def _was_done(event: Event, task: OpenTask) -> bool:
    """Whether the event is what was done on this task by whoever has it."""
    if isinstance(event, events.SentBack):
        return task.step_key == event.from_step
    return isinstance(event, _DOES_A_TASK) and event.move.closed[:1] == (task.key,)


@dataclass(frozen=True, slots=True)
class LetGo:
    """In whose hands a dossier no longer lies after an event: accounts, and tasks of which all who might have
    taken them were told. `is_everybody`: nothing is left to do."""

    accounts: frozenset[str] = frozenset()
    tasks: tuple[OpenTask, ...] = ()
    held_by: frozenset[str] = frozenset()
    is_everybody: bool = False


def let_go(before: State | None, after: State, actor_id: str = "") -> LetGo:
    """Whose word about the dossier has become moot: of who did a task, and of those whose task is gone or was
    given to somebody else. Who still has a task of it keeps theirs."""
    if before is None or not before.tasks:
        return LetGo()
    if not after.tasks:
        return LetGo(is_everybody=True)
    now = {task.key: task.officer_id for task in after.tasks}
    held_by = frozenset(each for each in now.values() if each)
    gone = [task for task in before.tasks if task.key not in now or now[task.key] != task.officer_id]
    left = {task.officer_id for task in gone if task.officer_id}
    if any(task.key not in now for task in before.tasks) and actor_id:
        left.add(actor_id)
    if before.case_officer_id and before.case_officer_id != after.case_officer_id:
        left.add(before.case_officer_id)
    told = tuple(task for task in gone if task.officer_id is None and _told_all_of(task))
    return LetGo(frozenset(left) - held_by, told, held_by)


def _told_all_of(task: OpenTask) -> bool:
    """Whether everybody who might take the task had word of it."""
    return task.kind in (CONSULT_STEP, RELAY_STEP, LETTER_STEP) or bool(task.elsewhere or task.duty)
