"""What an act will do, said before: who is told how, whose agreement comes first, the due moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import Officer
from motcua.dossiers import policy
from motcua.dossiers.enums import Decision, Status, Verb
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules import commands, events, notices
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.decide.lateness import is_timely
from motcua.dossiers.rules.decide.supplements import controller, goes_through_desk, is_running
from motcua.dossiers.rules.life import BESIDE
from motcua.dossiers.rules.moves import dues_after_pause, unit_for
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.services import gather
from motcua.dossiers.services.notices import applicants_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.law import queries as law
from motcua.notify import queries as notify
from motcua.notify.queries import Reached
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom the message of an act reaches. Where that is nobody, `phone` is the number to call: empty where
    the applicant gave none, or where the regulation wants an apology told in other ways."""

    people: tuple[Reached, ...]
    phone: str
    address: str

    @property
    def is_nobody(self) -> bool:
        return not any(each.channels for each in self.people)


@dataclass(frozen=True, slots=True)
class Control:
    """Who must agree before a supplement request goes out. `is_own`: who asks may let it go out alone."""

    role: str
    names: tuple[str, ...]
    clauses: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """When the result would be due, None without a term; whether an acceptance would give a receipt, and an
    apology come in time."""

    due_at: datetime | None
    with_receipt: bool = False
    is_timely: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that an act would open straight on: at which unit, and whose it would be today, those who are
    away among them. `is_own`: who acts may take it too, and is not among `takers`."""

    name: str
    unit: str
    takers: tuple[Officer, ...]
    is_own: bool = False

    @property
    def is_nobodys(self) -> bool:
        """Whether nobody would be there to do it, nor anybody in their place."""
        return not self.is_own and all(each.is_missed for each in self.takers)


def next_steps(
    *, actor: Actor, at: datetime, acts: Sequence[tuple[State, Verb, OpenTask]]
) -> tuple[tuple[NextStep, ...], ...]:
    """What each of several acts would open, if no step of some cases only is chosen: what hands a dossier
    over, submits it, decides it or numbers its result. Empty for other verbs, and where the act would be
    refused. However many are asked for, their people are two queries.
    """
    opened = [_opened(actor, at, *each) for each in acts]
    flat = [task for tasks in opened for task in tasks]
    units = {each.id: each.name for each in agencies.units(each.unit_id for each in flat)}
    holders = agencies.officers_of_each([(each.unit_id, each.role) for each in flat], local(at).date())
    return tuple(
        tuple(
            _next_step(actor, task, units[task.unit_id], holders[task.unit_id, task.role]) for task in tasks
        )
        for tasks in opened
    )


# Each verb that leads straight on, as it would be done: what is still to be typed is not looked at here.
_LEADING_ON: dict[Verb, Callable[[str], commands.Command]] = {
    Verb.HAND_OVER: commands.HandOver,
    Verb.PROPOSE: lambda key: commands.Propose(key, Decision.GRANT, "", taken_back="-", called_off="-"),
    Verb.APPROVE: lambda key: commands.Approve(key, "-"),
    Verb.REFUSE: lambda key: commands.Refuse(key, "-"),
    Verb.ISSUE_RESULT: lambda key: commands.IssueResult(key, "-", "-"),
}


def _opened(actor: Actor, at: datetime, state: State, verb: Verb, task: OpenTask) -> tuple[OpenTask, ...]:
    command_for = _LEADING_ON.get(verb)
    if command_for is None:
        return ()
    facts = gather.facts_for(state.target, state.process_id, actor, at, state.received_at)
    try:
        (event,) = decide(state, command_for(task.key), facts, at)
    except Refusal:
        return ()
    assert isinstance(event, _MOVING)
    return tuple(task for task in event.move.opened if task.kind not in BESIDE)


_MOVING = (
    *(events.HandedOver, events.Proposed, events.Approved, events.Refused),
    *(events.StepCompleted, events.ResultIssued),
)


def _next_step(actor: Actor, task: OpenTask, unit: str, holders: Iterable[Officer]) -> NextStep:
    takers = [each for each in holders if task.officer_id in (None, str(each.account_id))]
    others = tuple(each for each in takers if str(each.account_id) != actor.id)
    return NextStep(task.name, unit, others, is_own=len(others) < len(takers))


def reach_of(*, view: DossierView, verb: Verb, at: datetime, task_key: str = "") -> Reach | None:
    """Whom a verb done now, to this task, would tell on the applicant's side; None where it tells them
    nothing.

    Basis: DL24-5.4, DL24-8.1.a#2, PT24-10.3#4.
    """
    is_letter = verb is Verb.TELL_APPLICANT
    told_after = notices.told_after(verb, view.state.status)
    key = notices.told_by_desk(view.state, task_key) if is_letter else told_after
    if key is None:
        return None
    state = view.state
    person = state.contents.applicant
    phone = person.phone
    if verb is Verb.EXTEND:
        phone = notices.number_to_call(state, law.regulation(state.target.regulation))
    return Reach(notify.reached(key, applicants_of(state, at)), phone, person.address)


def in_place_of(*, actor: Actor, view: DossierView, verb: Verb, task: OpenTask | None) -> str:
    """The name of the absent colleague for whom the officer would do this; empty in their own right."""
    try:
        return policy.entitled(verb, actor, view.footing, view.state, task).for_name
    except Refusal:
        return ""


def control_of(*, view: DossierView, at: datetime) -> Control | None:
    """Who would control a supplement request at this stage, for the reader of the view; None if nobody.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    state = view.state
    regulation = law.regulation(state.target.regulation)
    role = controller(state, regulation)
    if not role:
        return None
    unit = unit_for(role, state.target.posting)
    officers = agencies.officers_of(unit, role, local(at).date())
    return Control(
        role,
        tuple(each.full_name for each in officers),
        regulation.clauses("supplement.control"),
        policy.controls(view.footing, state, regulation),
    )


def desk_sends(*, view: DossierView) -> bool:
    """Whether what is asked of the applicant now is sent by the desk.

    Basis: KT18-15.2, DL24-20.2, KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5 (found).
    """
    return goes_through_desk(view.state, law.regulation(view.state.target.regulation))


def is_told_by_desk(*, view: DossierView, verb: Verb) -> bool:
    """Whether the desk has it to tell the applicant, if the reader of the view does this.

    Basis: KT22-6.2#1, KT22-9#1, PT24-3.2, PT24-10.1.c#3; by reference NĐ 61/2018 Đ5 (found); reading A76.
    """
    return verb in notices.TOLD_BY_DESK and not policy.is_at_desk(view.footing, view.state)


def runs_while_asking(*, state: State, at: datetime) -> bool:
    """Whether the term runs on while a supplement that is asked for now is awaited.

    Basis: KT18-8.1.a; reading A38.
    """
    return is_running(state, law.regulation(state.target.regulation, local(at).date()))


def foreseen(*, actor: Actor, view: DossierView, verb: Verb, at: datetime) -> Foreseen | None:
    """What acceptance, or a pause that ends now, would make of the due moment, and what it is before a new
    date is set; None for other verbs, and where the act would be refused.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.1.c, PT24-10.3#1; by reference QĐ 766/QĐ-TTg chỉ số 2.1
    (secondary).
    """
    state = view.state
    if verb is Verb.ACCEPT:
        facts = gather.for_acceptance(gather.facts_for(state.target, None, actor, at), state, at)
        accept = commands.Accept("-", receipt_asked=state.contents.delivery.receipt_asked)
        try:
            (accepted,) = decide(state, accept, facts, at)
        except Refusal:
            return None
        assert isinstance(accepted, events.Accepted)
        return Foreseen(accepted.due_at, accepted.with_receipt)
    if verb is Verb.EXTEND and state.due_at is not None:
        facts = gather.facts_for(state.target, state.process_id, actor, at, state.received_at)
        timely = is_timely(state, facts.regulation, facts.calendar, at)
        return Foreseen(state.due_at, is_timely=timely)
    waits_for_papers = state.status is Status.AWAITING_SUPPLEMENT and state.accepted_at is not None
    if verb is Verb.RESUME or (verb is Verb.SUPPLEMENT and waits_for_papers):
        facts = gather.facts_for(state.target, state.process_id, actor, at, state.received_at)
        return Foreseen(dues_after_pause(state, at, facts)[0])
    return None
