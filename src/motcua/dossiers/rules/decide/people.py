"""Who goes on with the work when it cannot stay with whom it was given to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    AlreadyTheirs,
    BadAssignee,
    BadConsultTerm,
    BadPartTerm,
    NobodysCase,
    NoSuchTask,
    PartAlreadyThere,
    PartTermRequired,
    PartTermTooLong,
    ReasonOfOursRequired,
    ReasonRequired,
    WrongTask,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.decide.asking import check_somebody_to_ask, term_given
from motcua.dossiers.rules.life import STEP_KINDS
from motcua.dossiers.rules.moves import own_again, with_due, worktime_pauses
from motcua.dossiers.rules.state import OpenTask, State
from motcua.kernel.text import visible
from motcua.worktime import rules as worktime

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def reassign(state: State, command: commands.Reassign, facts: Facts, at: datetime) -> events.Reassigned:
    """The head gives a task, or the whole case, to another officer of the same unit, with a reason.

    The step's term runs on: a change of hands is no reason for the applicant to wait longer. That a reason is
    wanted is ours.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT22-6.2#1, KT18-15.0.
    """
    if not visible(command.reason):
        raise ReasonOfOursRequired()
    name = facts.assignees.get(command.officer_id)
    if name is None:
        raise BadAssignee()
    tasks: tuple[OpenTask, ...]
    if command.task_key:
        task = state.task(command.task_key)
        if task is None:
            raise NoSuchTask()
        before, tasks = task.officer_id, (task,)
    else:
        before, tasks = state.case_officer_id, _of_case(state)
        if before is None:
            raise NobodysCase()
    if before == command.officer_id:
        raise AlreadyTheirs()
    return events.Reassigned(
        officer_id=command.officer_id,
        officer_name=name,
        reason=visible(command.reason),
        move=_to(command.officer_id, tasks),
        task_key=command.task_key,
        task_name=tasks[0].name if command.task_key else "",
        from_officer_id=before,
    )


def _of_case(state: State) -> tuple[OpenTask, ...]:
    return tuple(task for task in state.tasks if task.officer_id == state.case_officer_id)


def _to(officer_id: str, tasks: Iterable[OpenTask]) -> events.Move:
    given = tuple(replace(task, officer_id=officer_id) for task in tasks)
    return events.Move(closed=tuple(task.key for task in given), opened=given)


def entrust(state: State, command: commands.Entrust, facts: Facts, at: datetime) -> events.Entrusted:
    """Let another agency of the same level do its part: an open parallel step, with its duty and its term.

    The settling unit leads: the process waits for every part at its join, and goes on there. The term is the
    step's, or a shorter one that is named; where the regulation has parts done side by side, there is one. It
    ends by `part_until`.

    A part that was given to the wrong agency is given once more while it is out, with a reason: to another,
    or to the unit that settles, which then does it itself. The step's own term has run on meanwhile.

    Basis: DL24-9.1.d#1, DL24-9.1.d#2, PT24-10.1.d#1, PT24-10.1.d#2, QN20-11.4#2, KT18-3.3, KT18-8.1.b; that a
    part is given once more, and why it must be said, is ours (reading A84).
    """
    task = state.task(command.task_key)
    if task is None:
        raise NoSuchTask()
    if task.kind not in STEP_KINDS[command.VERB]:
        raise WrongTask(step=task.name)
    if task.is_of_the_process:  # the approved process has given it to another level
        raise WrongTask(step=task.name)
    is_out = task.is_given_away
    is_back = is_out and command.unit_id == state.target.posting.settling
    if not is_back:
        check_somebody_to_ask(command, state)
    if is_out:
        if command.unit_id == task.unit_id:
            raise PartAlreadyThere()
        if not visible(command.reason):
            raise ReasonOfOursRequired()
    if not is_back and not visible(command.duty):
        raise ReasonRequired()
    own = own_again(state, task, facts) if is_out else task
    key = f"{task.step_key}-{state.task_serial + 1}"  # another's task, so another key
    given = replace(own, key=key) if is_back else _given(state, own, key, command, facts, at)
    return events.Entrusted(
        agency_id=command.agency_id,
        unit_id=command.unit_id,
        to_name=command.to_name,
        task_name=task.name,
        duty=given.duty,
        move=events.Move(closed=(task.key,), opened=(given,)),
        reason=visible(command.reason) if is_out else "",
    )


def _given(
    state: State, task: OpenTask, key: str, command: commands.Entrust, facts: Facts, at: datetime
) -> OpenTask:
    """The part as it lies with whoever is to do it."""
    due_at = _part_due(state, task, command.limit, facts, at)
    given = replace(
        task,
        key=key,
        unit_id=command.unit_id,
        role=command.role,
        officer_id=None,
        duty=visible(command.duty),
        elsewhere=command.to_name,
        limit=command.limit or task.limit,
        opened_at=at if command.limit else task.opened_at,
        step_opened_at=task.opened_at if command.limit else None,
    )
    return with_due(given, due_at, facts, worktime_pauses(state))


def part_until(state: State, task: OpenTask, at: datetime) -> datetime | None:
    """By when a part that is given to others at `at` must be done; None where nothing bounds its term.

    By the end of the step's own term, and where it has none by when the dossier is promised: the lead answers
    for the time of the whole. Once the promise has passed, no more of it is left to keep.

    Basis: QN20-11.4#2, KT18-8.1.b, DL24-9.1.e, PT24-10.1.e; reading A56.
    """
    promised_at = state.measured_due_at
    if task.due_at is None and promised_at is not None and at < promised_at:
        return promised_at
    return task.due_at


def _part_due(state: State, task: OpenTask, limit: str, facts: Facts, at: datetime) -> datetime | None:
    """When a part is due: by the step's own term, or by the one that is named for it."""
    if not limit:
        if task.due_at is None and facts.regulation.choice("interagency.same_level") == "parallel":
            raise PartTermRequired(clauses=facts.regulation.clauses("interagency.same_level"))
        return task.due_at
    try:
        due_at = worktime.due_at(facts.calendar, at, term_given(limit))
    except BadConsultTerm:
        raise BadPartTerm() from None
    until = part_until(state, task, at)
    if until is not None and due_at > until:
        raise PartTermTooLong(until=until)
    return due_at
