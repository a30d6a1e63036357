"""From hand to hand: what the routing slip says of a dossier, from its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.dossiers.enums import StepEnd
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.fold import fold
from motcua.dossiers.rules.life import CHECK_STEP, CONSULT_STEP, CONTROL_STEP, LETTER_STEP, RELAY_STEP
from motcua.dossiers.rules.moves import judged_at
from motcua.dossiers.rules.state import OpenTask, State
from motcua.process.enums import StepKind
from motcua.worktime.rules import local

_BESIDE = (CONTROL_STEP, RELAY_STEP, LETTER_STEP, CONSULT_STEP)  # no steps of the process
_SAME_STEP = (events.Reassigned, events.Entrusted)  # goes on in other hands: nothing is said of its term


@dataclass(frozen=True, slots=True)
class Handover:
    """The dossier went from one hand to another. A unit of None is the applicant.

    `actor` gave it away; `officer_id` is the officer it went to by name, empty if to the whole unit.
    `taken_by` names who took it where the record says so: the officer who entered what was brought to the
    desk, and whoever fetched the result, or to whom it went `by_post`. `log` is the mark of what was entered
    afterwards from a paper log.
    """

    from_unit: int | None
    actor: str
    to_unit: int | None
    officer_id: str
    at: datetime
    step: str = ""
    end: StepEnd | None = None
    note: str = ""
    taken_by: str = ""
    by_post: bool = False
    log: events.EnteredLate | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """An event, when it happened, who did it, and the units of the posts that they held on the day (nothing
    where that is not known, or they acted in another's place)."""

    event: Event
    at: datetime
    actor: str
    units: frozenset[int] = frozenset()


def handovers(history: Iterable[Passage]) -> tuple[Handover, ...]:
    """Every passing on, in order. It is given away where whoever did it stands: the head of the agency
    assigns what lies with a unit, the desk sends parts of a step that does not lie there.

    A check at the desk that ends at the same desk is none, nor is a pause or a question to another unit. A
    step that goes on with another officer is one, and so is a part that comes back to the lead while others
    are still out. What was done on paper in an outage bears the mark of it.

    Basis: KT22-14.2bis.a#4, PT24-9.2.b#3, PT24-10.1.d#1, DL24-9.1.d#1, PT24-23.8; by reference TT 01/2018
    Mẫu 05 (found).
    """
    state: State | None = None
    found: list[Handover] = []
    of_last = 0  # where the rows of the event before begin
    for passage in history:
        event, at, actor = passage.event, passage.at, passage.actor
        if isinstance(event, events.EnteredLate):
            found[of_last:] = [replace(row, log=event) for row in found[of_last:]]
        of_last, before, stood = len(found), _carried(state), state
        state = fold(state, event, at)
        after = _carried(state)
        given = next((task for key, task in before.items() if key not in after), None)
        end = ended(given, judged_at(stood, given, at)) if stood and given else None
        taken = [task for key, task in after.items() if key not in before]
        if isinstance(event, events.ResultReturned):
            found.append(_to_applicant(event, given, at, actor, end))
        found += [_passed(given, task, event, at, actor, end) for task in taken if not _stays(given, task)]
        if given and given.is_given_away and after and not taken:
            found.append(_given_back(given, state, event, at, actor, end))
        found += [
            _passed(before[key], task, event, at, actor, ended(before[key], at))
            for key, task in after.items()
            if key in before and _whose(before[key]) != _whose(task)
        ]
        found[of_last:] = [_from_where(row, passage, state) for row in found[of_last:]]
    return tuple(found)


def _from_where(row: Handover, passage: Passage, state: State) -> Handover:
    """The row with the unit of whoever gave it away, where they hold no post in that of the step."""
    posting = state.target.posting
    if row.from_unit is None or row.from_unit in passage.units:
        return row
    stands = (posting.desk, posting.settling, posting.leadership, posting.office)
    return replace(row, from_unit=next((unit for unit in stands if unit in passage.units), row.from_unit))


def _carried(state: State | None) -> dict[str, OpenTask]:
    """The tasks with which the dossier goes along.

    Agreeing to a supplement request is none of them, nor is giving an opinion: the dossier stays where it is.
    """
    tasks = state.tasks if state else ()
    return {task.key: task for task in tasks if task.kind not in _BESIDE}


def ended(task: OpenTask, at: datetime) -> StepEnd | None:
    """How a step kept its term, which is judged by the moment (`judged_at`); None if it had none, and for
    the return of a result that came to the desk when its moment had passed: it shows at the steps before who
    kept it so long.

    Basis: KT22-14.2bis.a#4, PT24-9.2.b#3; by reference TT 01/2018 Mẫu 05 (found).
    """
    if task.due_at is None or (task.kind == StepKind.RETURN and task.opened_at >= task.due_at):
        return None
    if at > task.due_at:
        return StepEnd.LATE
    return StepEnd.EARLY if local(at).date() < local(task.due_at).date() else StepEnd.ON_TIME


def _stays(given: OpenTask | None, taken: OpenTask) -> bool:
    return given is not None and given.step_key == CHECK_STEP and given.unit_id == taken.unit_id


def _passed(
    given: OpenTask | None, taken: OpenTask, event: Event, at: datetime, actor: str, end: StepEnd | None
) -> Handover:
    return Handover(
        from_unit=given.unit_id if given else None,
        actor=actor,
        to_unit=taken.unit_id,
        officer_id=taken.officer_id or "",
        at=at,
        step=given.name if given else "",
        end=None if isinstance(event, _SAME_STEP) else end,
        note=_note(event),
        taken_by=actor if given is None and isinstance(event, events.Registered) else "",
    )


def _given_back(
    given: OpenTask, state: State, event: Event, at: datetime, actor: str, end: StepEnd | None
) -> Handover:
    """A part that ended before the step that waits for all of them: it goes to whoever leads the case."""
    to_unit, lead = state.target.posting.settling, state.case_officer_id or ""
    return Handover(given.unit_id, actor, to_unit, lead, at, given.name, end, _note(event))


def _whose(task: OpenTask) -> tuple[int, str | None]:
    return task.unit_id, task.officer_id


def _to_applicant(
    event: events.ResultReturned, given: OpenTask | None, at: datetime, actor: str, end: StepEnd | None
) -> Handover:
    unit, step = (given.unit_id, given.name) if given else (None, "")
    handing = event.handing
    by_post = handing.how == "postal"
    return Handover(
        unit, actor, None, "", at, step, end, handing.proof, taken_by=handing.received_by, by_post=by_post
    )


def _note(event: Event) -> str:
    return next((str(text) for name in ("note", "reason", "text") if (text := getattr(event, name, ""))), "")
