"""How the open tasks of a dossier follow the tokens of its process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.agencies.enums import Role
from motcua.dossiers.enums import PAUSED, Decision, Verb
from motcua.dossiers.errors import NoSuchTask, NotYourTask, WrongTask
from motcua.dossiers.rules.events import Move, StepCompleted
from motcua.dossiers.rules.life import (
    BESIDE,
    CHECK_STEP,
    CONSULT_STEP,
    CONTROL_STEP,
    RELAY_STEP,
    STEP_KINDS,
)
from motcua.dossiers.rules.receipt import due_of, reply_due
from motcua.dossiers.rules.sending_out import sent_out_by
from motcua.dossiers.rules.state import OpenTask, Posting, State, Target
from motcua.dossiers.rules.warning import soon_at
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.process.enums import StepKind
from motcua.process.errors import UnknownOutcome
from motcua.process.rules import tokens
from motcua.process.rules.definitions import IF, NEXT, last_approve
from motcua.worktime import rules as worktime

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.process.rules.definitions import Step, TimeGroup
    from motcua.process.rules.tokens import Run


_AT_THE_DESK = frozenset({"receiver", "desk_head", "postal_staff"})


def unit_for(role: str, posting: Posting) -> int:
    """Which unit of the competent agency does the work of a role."""
    if role in _AT_THE_DESK:
        return posting.desk
    if role == "approver":
        return posting.leadership
    return posting.office if role == "clerk" else posting.settling


_HEADS = (Role.UNIT_HEAD, Role.APPROVER)


def role_of(step: Step, state: State, facts: Facts) -> str:
    """Who does a step: whom the process names, but for what the regulation keeps to heads and leaders.

    Where the head gives out the cases, a step of assigning is a head's whatever the process says; where units
    propose and the leader decides, giving out is the unit's own. The step that decides is the leader's where
    the leader decides everything, or approves what is refused; unless a grant is proposed, it may be refused.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0, DL24-20.2, KT18-15.2.
    """
    by = facts.regulation.choice("assignment.by")
    if step.kind is StepKind.ASSIGN and by is not None:
        heads = _HEADS if by == "head" else (Role.UNIT_HEAD,)
        return step.role if step.role in heads else Role.UNIT_HEAD.value
    deciding = last_approve(facts.process)
    if deciding is not None and deciding.key == step.key:
        to_refuse = state.proposal is not Decision.GRANT and facts.regulation.flag("refusal.leader_approval")
        if to_refuse or by == "unit_proposes_leader_decides":
            return Role.APPROVER.value
    return step.role


def task_for(state: State, key: str, verb: Verb, facts: Facts) -> OpenTask:
    """The open task a verb acts on. Refuses a closed task, a wrong kind of step and somebody else's task."""
    task = state.task(key)
    if task is None:
        raise NoSuchTask()
    if task.kind not in STEP_KINDS[verb]:
        raise WrongTask(step=task.name)
    if task.officer_id not in (None, facts.actor.id, facts.actor.for_id):
        raise NotYourTask()
    return task


def check_task(
    target: Target, serial: int, received_at: datetime, at: datetime, facts: Facts, *, waits: bool = False
) -> OpenTask:
    """The desk's check of what was filed, which exists before any internal process starts.

    A term runs for the answer to an online filing, but not while it waits for its papers to come by post
    (`waits`).

    Basis: DL24-8.1.a#1, PT24-9.2.0#1, QN20-11.3#1, KT18-7.2.a#2.
    """
    task = OpenTask(
        key=f"{CHECK_STEP}-{serial}",
        step_key=CHECK_STEP,
        kind="intake",
        name="Kiểm tra hồ sơ mới nộp",
        role="receiver",
        unit_id=target.posting.desk,
        opened_at=at,
    )
    return task if waits else with_due(task, reply_due(received_at, target.channel, facts), facts)


def complete(state: State, task: OpenTask, at: datetime, facts: Facts, outcome: str = "") -> Move:
    """Finish the task's step with an outcome (the step's first one if empty) and open what follows."""
    run = current_run(state)
    step = step_of(facts, task.step_key)
    chosen = outcome or step.outcomes[0].key
    after = tokens.complete(facts.process, run, task.step_key, chosen)
    opened = open_tasks(state, _new_steps(run, after, task.step_key), at, facts, ended=task)
    return Move(closed=(task.key,), opened=opened, outcome=chosen, run=after.to_json())


def go_on(state: State, task: OpenTask, at: datetime, facts: Facts, outcome: str) -> Move:
    """Finish the step straight on, or into a step that is done in some cases only.

    Raises UnknownOutcome for any other way out.
    """
    if outcome and not outcome.startswith((IF, NEXT)):
        raise UnknownOutcome()
    return complete(state, task, at, facts, outcome)


def send_back(state: State, task: OpenTask, to_step: str, at: datetime, facts: Facts) -> Move:
    """Take the token back to an earlier step that the dossier has visited."""
    run = current_run(state)
    after = tokens.send_back(facts.process, run, task.step_key, to_step)
    closed = tuple(
        task.key for task in state.tasks if task.kind not in BESIDE and task.step_key not in after.open
    )
    return Move(
        closed=closed, opened=open_tasks(state, (to_step,), at, facts, ended=task), run=after.to_json()
    )


def without_questions(state: State, move: Move) -> Move:
    """The move that ends every question which nobody will answer any more."""
    asked = tuple(task.key for task in state.tasks if task.kind == CONSULT_STEP)
    return replace(move, closed=move.closed + asked)


def beside_the_steps(kind: str, name: str, role: str, state: State, at: datetime) -> OpenTask:
    """A task that no step of the process opens; `kind` is its step too."""
    return OpenTask(
        key=f"{kind}-{state.task_serial + 1}",
        step_key=kind,
        kind=kind,
        name=name,
        role=role,
        unit_id=unit_for(role, state.target.posting),
        opened_at=at,
    )


def with_due(
    task: OpenTask, due_at: datetime | None, facts: Facts, pauses: tuple[worktime.Pause, ...] = ()
) -> OpenTask:
    """The task with this due moment, and the moment from which lists show it as about to be late."""
    return replace(task, due_at=due_at, soon_at=soon_at(task.opened_at, due_at, facts.calendar, pauses))


def open_tasks(
    state: State,
    step_keys: Iterable[str],
    at: datetime,
    facts: Facts,
    posting: Posting | None = None,
    ended: OpenTask | None = None,
    promised_at: datetime | None = None,
) -> tuple[OpenTask, ...]:
    """One task for each step, in the unit of its role, with its due moment.

    `promised_at` is by when the dossier is promised, where the state does not say so yet. While the clock
    stands still that is when it would be if it ran on now: the date that stands was counted before the pause.

    Steps that share one time of the table are due together: it runs from the first of them that was opened,
    and those that follow within it (`ended` is the task before) keep its end.
    """
    units, promised = posting or state.target.posting, promised_at or _promised_as_of(state, at, facts)
    opened = []
    for serial, key in enumerate(step_keys, start=state.task_serial + 1):
        step = step_of(facts, key)
        task = _opened(step, f"{key}-{serial}", state, units, _opens_at(step, at, facts), facts)
        opened.append(_with_term(state, task, step, ended, facts, promised))
    return tuple(opened)


def _opens_at(step: Step, at: datetime, facts: Facts) -> datetime:
    """When the step opens: at once; one that waits for several not before the last of them, which may have
    been recorded before this one was entered from a paper log."""
    waited_for = (
        when
        for event, when in facts.meanwhile
        if isinstance(event, StepCompleted) and event.step_key in step.waits_for
    )
    return max([at, *waited_for])


def _promised_as_of(state: State, at: datetime, facts: Facts) -> datetime | None:
    due_at, promised_at = dues_after_pause(state, at, facts)
    return replace(state, due_at=due_at, promised_at=promised_at).measured_due_at


def within_promise(
    due_at: datetime | None, opened_at: datetime, promised_at: datetime | None
) -> datetime | None:
    """When a step's own term ends: at the latest when the dossier is promised, unless that had passed before.

    A step that opens late in the term of its dossier has less time than its table gives; one that opens when
    the dossier is late already has all of it, for no more of the promise is left to keep. A term that a
    regulation itself names, as that of the handing over, is not a step's own and stays. Ours: the texts
    have the result there in time for the return that was promised, and say nothing of a step that opens late.

    Basis: DL24-9.1.e, PT24-10.1.e, KT18-8.1.a, KT18-8.1.b, QN20-11.4#1, QN20-11.4#2; reading A56.
    """
    if due_at is None or promised_at is None or opened_at >= promised_at:
        return due_at
    return min(due_at, promised_at)


def _with_term(
    state: State,
    task: OpenTask,
    step: Step,
    ended: OpenTask | None,
    facts: Facts,
    promised_at: datetime | None,
) -> OpenTask:
    if _is_untimed_return(step, facts):
        return with_due(task, sent_out_by(state, promised_at, facts.regulation), facts)
    shared = facts.process.shared_time(step)
    if shared is not None and ended is not None and _within(shared, ended):
        return with_due(task, ended.due_at, facts)
    limit = shared.limit if shared else step.limit
    term = worktime.due_at(facts.calendar, task.opened_at, limit) if limit is not None else None
    due_at = within_promise(term, task.opened_at, promised_at)
    return with_due(replace(task, limit=str(limit) if limit is not None else ""), due_at, facts)


def _is_untimed_return(step: Step, facts: Facts) -> bool:
    """Whether the table gives the return no time of its own, as approved tables have it."""
    return step.kind is StepKind.RETURN and step.limit is None and facts.process.shared_time(step) is None


def return_redated(state: State, facts: Facts, promised_at: datetime | None) -> Move:
    """Give the open return the moment by which the result goes out, where that is another now: the way back
    was corrected, a letter has moved the promise, or it shows only with the paper that a refusal goes online.

    Basis: DL24-9.1.e, PT24-10.1.e, QN20-28.2, KT18-8.1.b; elsewhere ours (reading A73).
    """
    due_at = sent_out_by(state, promised_at, facts.regulation)
    moved = tuple(
        with_due(task, due_at, facts)
        for task in state.tasks
        if task.kind == StepKind.RETURN and task.due_at != due_at
        if _is_untimed_return(step_of(facts, task.step_key), facts)
    )
    return Move(closed=tuple(task.key for task in moved), opened=moved)


def _within(shared: TimeGroup, ended: OpenTask) -> bool:
    """Whether the shared time was running for the task that ended: that of an intake which had to be handed
    over by a moment of the regulation begins behind it."""
    return ended.step_key in shared.steps and not is_forwarding(ended)


def is_forwarding(task: OpenTask) -> bool:
    """Whether a task is the handing over by a moment that the regulation sets: an intake without a term of
    its own, as the acceptance opens it.

    Basis: KT18-14.4, DL24-8.1.b, DL24-19.1.d, PT24-9.2.b#2, PT24-10.0, KT22-9#1, QN20-11.3#2.
    """
    return task.kind == StepKind.INTAKE and not task.limit


def runs_on(task: OpenTask) -> bool:
    """Whether the term of a task runs on while the clock of its dossier stands still: that of an opinion,
    which whoever asked has set, and that of the handing over, which the regulation sets. Nor
    does the desk wait with telling the applicant of it.

    What stops the clock of a dossier stops its settling. That the desk passes on what is complete and valid
    is no part of it: every text has it done at once or in hours, counted from the receipt or the acceptance,
    and none lets the desk wait for a payment or a paper meanwhile.

    Basis: KT18-14.4, DL24-8.1.b, DL24-19.1.d, PT24-9.2.b#2, PT24-10.0, KT22-9#1, QN20-11.3#2; reading A56.
    """
    return task.kind in BESIDE or is_forwarding(task)


def judged_at(state: State, task: OpenTask, at: datetime) -> datetime:
    """The moment by which the term of a task is judged at `at`: when the clock of its dossier was stopped, if
    it stands still with it.

    Basis: KT18-14.4, DL24-8.1.b, DL24-19.1.d, PT24-9.2.b#2, PT24-10.0, KT22-9#1, QN20-11.3#2; reading A56.
    """
    return state.pauses[-1].start if state.is_paused and not runs_on(task) else at


def is_held(state: State, task: OpenTask) -> bool:
    """Whether nobody can do this task now, as a supplement request waits for its control, or for the desk to
    send it. Its term runs on; what goes on beside the steps, and what another agency does, can be done
    meanwhile.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    goes_on = (CONTROL_STEP, RELAY_STEP, *BESIDE)
    goes_on_beside = task.kind in goes_on or task.is_given_away
    return state.proposed_supplement is not None and not goes_on_beside


def waits_for_applicant(state: State, task: OpenTask) -> bool:
    """Whether this step waits while the applicant is waited for, or is to be asked: every step, but where the
    term runs on what another agency does, of one level with a duty of its own or of another level. It says
    what it found when it has found it, or it would be late for nothing.

    Basis: DL24-9.1.d#1, PT24-10.1.d#1, KT18-8.1.a, KT18-8.1.b, QN20-11.4#2; that the part does not wait is
    ours (ADR 0110).
    """
    waits = state.status in PAUSED or state.proposed_supplement is not None
    return waits and (state.is_paused or not task.is_given_away)


def _opened(step: Step, key: str, state: State, units: Posting, at: datetime, facts: Facts) -> OpenTask:
    """The task of a step: in the competent agency, which leads, or in the one of another level that does it.

    The process that was approved says which. Where that agency does not exist here, the lead does the step
    itself: the applicant does not wait for nobody.

    Basis: DL24-9.1.đ, PT24-10.1.đ, KT18-8.1.b, QN20-11.4#2.
    """
    role = role_of(step, state, facts)
    there = facts.elsewhere.get(step.place) if step.place else None
    is_own = there is None and role == "case_officer"
    return OpenTask(
        key=key,
        step_key=step.key,
        kind=str(step.kind),
        name=step.name,
        role=role,
        unit_id=unit_for(role, there.posting if there else units),
        opened_at=at,
        officer_id=state.case_officer_id if is_own else None,
        elsewhere=there.name if there else "",
    )


def dues_after_pause(
    state: State, pause_end: datetime, facts: Facts
) -> tuple[datetime | None, datetime | None]:
    """(due moment, first promise) once the pause that ends now is over; as they stand where none is open.

    A term runs on by the time that was left of it. A date that an apology has set, and the promise before it,
    move by the opening time lost.

    Basis: by reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); reading A31.
    """
    if not state.is_paused:
        return state.due_at, state.promised_at
    if state.apologies:
        return _later(state, state.due_at, pause_end, facts), _later(
            state, state.promised_at, pause_end, facts
        )
    pauses = worktime_pauses(state, pause_end)
    return due_of(facts.calendar, state.received_at or pause_end, state.term, pauses), None


def redated(
    state: State, pause_end: datetime, facts: Facts, dues: tuple[datetime | None, datetime | None]
) -> Move:
    """Give every open task whose term stood still the due moment it has after the pause that ends now, if one
    does.

    `dues` are the due moment and the first promise of the dossier once the pause is over.
    """
    if not state.is_paused:
        return Move()
    pauses = worktime_pauses(state, pause_end)
    promised_at = replace(state, due_at=dues[0], promised_at=dues[1]).measured_due_at
    moved = tuple(
        with_due(task, _after_pause(state, task, pause_end, facts, promised_at), facts, pauses)
        for task in state.tasks
        if task.due_at is not None and not runs_on(task)
    )
    return Move(closed=tuple(task.key for task in moved), opened=moved)


def redated_as_if_running(state: State, facts: Facts) -> Move:
    """Give the steps that opened within the open pause the term they would have, had the clock never stood
    still: they were held against a promise that moved, and it stands again.

    A step that shares its time with one before keeps the end it was given, which lies before the pause.

    Basis: DL24-9.1.e, PT24-10.1.e; reading A56; that the pause is none is ours (ADR 0088).
    """
    if not state.is_paused:
        return Move()
    pauses = worktime_pauses(replace(state, pauses=state.pauses[:-1]))
    moved = tuple(
        with_due(
            task,
            within_promise(_whole_term(task, pauses, facts), task.opened_at, state.measured_due_at),
            facts,
            pauses,
        )
        for task in state.tasks
        if task.limit and task.kind != CONSULT_STEP and task.opened_at >= state.pauses[-1].start
    )
    return Move(closed=tuple(task.key for task in moved), opened=moved)


def own_again(state: State, task: OpenTask, facts: Facts) -> OpenTask:
    """The step as the lead would do it itself, with the term that is the step's own: it has run since the
    step was opened, whoever had it meanwhile.

    A step that shares its time with one before keeps the end that stands: its own term is not known any more.
    """
    step, began = step_of(facts, task.step_key), task.step_opened_at or task.opened_at
    own = _opened(step, task.key, state, state.target.posting, began, facts)
    if task.step_opened_at is None or facts.process.shared_time(step) is not None:
        return replace(
            own, limit=task.limit, due_at=task.due_at, opened_at=task.opened_at, soon_at=task.soon_at
        )
    pauses = worktime_pauses(state)
    limited = replace(own, limit=str(step.limit) if step.limit is not None else "")
    whole = _whole_term(limited, pauses, facts) if limited.limit else None
    return with_due(limited, within_promise(whole, began, state.measured_due_at), facts, pauses)


def redated_by_letter(state: State, promised_at: datetime, facts: Facts) -> Move:
    """Give the steps whose term the promise had cut short what is left of it by the date of a letter in time,
    and a result that goes out the new date.

    A step that shares its time with one before bears no term of its own and keeps the end it was given.

    Basis: PT24-10.3#3; reading A56.
    """
    pauses = worktime_pauses(state)
    moved = tuple(
        with_due(task, within_promise(whole, task.opened_at, promised_at), facts, pauses)
        for task in state.tasks
        if task.limit and task.kind != CONSULT_STEP and task.due_at == state.measured_due_at
        if (whole := _whole_term(task, pauses, facts)) != task.due_at
    )
    returned = return_redated(state, facts, promised_at)
    closed = (*(task.key for task in moved), *returned.closed)
    return Move(closed=closed, opened=moved + returned.opened)


def _after_pause(
    state: State, task: OpenTask, pause_end: datetime, facts: Facts, promised_at: datetime | None
) -> datetime | None:
    """A step's term runs on after the pause; any other due moment moves by the opening time lost.

    What outlasted the promise before the pause, as a step that opened when it had passed, is not cut by it.
    One that opened within the pause is: until then it was held against a promise that still moves.
    """
    if not task.limit:
        return _later(state, task.due_at, pause_end, facts)
    whole = _whole_term(task, worktime_pauses(state, pause_end), facts)
    before = state.measured_due_at
    opened_before = task.opened_at < state.pauses[-1].start
    if opened_before and task.due_at is not None and before is not None and task.due_at > before:
        return whole
    return within_promise(whole, task.opened_at, promised_at)


def _whole_term(task: OpenTask, pauses: tuple[worktime.Pause, ...], facts: Facts) -> datetime:
    """When the term that a task bears ends by itself."""
    return worktime.due_at(facts.calendar, task.opened_at, TimeLimit.parse(task.limit), pauses=pauses)


def _later(state: State, moment: datetime | None, pause_end: datetime, facts: Facts) -> datetime | None:
    """A moment moved by the opening time that the open pause took; one that had passed before it stays."""
    start = state.pauses[-1].start
    lost = facts.calendar.open_minutes(start, pause_end)
    if moment is None or moment <= start or not lost:
        return moment
    return worktime.due_at(facts.calendar, moment, TimeLimit(Fraction(lost, 60), TimeUnit.WORKING_HOUR))


def worktime_pauses(state: State, end_of_open_pause: datetime | None = None) -> tuple[worktime.Pause, ...]:
    return tuple(worktime.Pause(p.start, p.end or end_of_open_pause, p.reason) for p in state.pauses)


def current_run(state: State) -> Run:
    if state.run is None:
        raise NoSuchTask()
    return tokens.Run.from_json(dict(state.run))


def step_of(facts: Facts, key: str) -> Step:
    return facts.process.step(key)


def _new_steps(before: Run, after: Run, finished: str) -> tuple[str, ...]:
    return tuple(key for key in after.open if key not in before.open or key == finished)
