"""Several dossiers that a head steers at once: urging those with whom the work lies, giving it to others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import Officer
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import ENDED
from motcua.dossiers.errors import NothingToUrge, ReasonRequired, UrgedToday
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.moves import is_held
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.services import gather
from motcua.kernel.actors import Actor
from motcua.kernel.dates import in_words
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import visible
from motcua.notify import queries as told
from motcua.notify import services as notify
from motcua.worktime.rules import local

MOST = 30
URGED = "desk.dossier_urged"


@dataclass(frozen=True, slots=True)
class Steered:
    """A dossier that was picked: what of it the actor may urge on and give away, and with whom it lies.

    `choices` are what may be given and to whom, what lies with a person first; the key of the whole case is
    empty. `urged` are those who were urged today already. `unassigned` are the keys of what nobody has yet
    and the actor may assign.
    """

    id: str
    state: State
    procedure: str
    lies_with: tuple[str, ...]
    urged: tuple[str, ...]
    choices: tuple[tuple[str, tuple[Officer, ...]], ...]
    unassigned: frozenset[str] = frozenset()

    def task_for(self, officer_id: str) -> str | None:
        """What the officer can be given; None where nothing of it fits."""
        fitting = (key for key, who in self.choices if officer_id in {str(each.account_id) for each in who})
        return next(fitting, None)


def steered(*, actor: Actor, at: datetime, dossier_ids: Iterable[str], why: str) -> tuple[Steered, ...]:
    """Those of the dossiers that the actor may steer, in the order asked for, at most `MOST`.

    Every reading is recorded. As many queries for thirty as for one.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-14.4#1.
    """
    asked = [UUID(each) for each in dict.fromkeys(dossier_ids)][:MOST]
    footing = policy.footing_of(actor, at)
    known = {str(identity): state for identity, state in queries.states_of(asked)}
    mine = [
        (dossier_id, known[dossier_id])
        for dossier_id in map(str, asked)
        if dossier_id in known and _steers(actor, footing, known[dossier_id])
    ]
    if not mine:
        return ()
    audit.record_reads(actor=actor, what=[f"dossier:{each}" for each, _ in mine], why=why, at=at)
    catalogue.sheets({state.target.procedure_version_id for _, state in mine})
    stuck = queries.stuck_tasks(asked, local(at).date())
    urging = {
        dossier_id: _able(dossier_id, _urged_tasks(footing, state), stuck) for dossier_id, state in mine
    }
    known_people = _known([task for tasks in urging.values() for task in tasks], at)
    today = told.told_since(URGED, urging, _midnight(at))
    given = {dossier_id: _givable(footing, state) for dossier_id, state in mine}
    fits = _fitting(mine, given, at)
    found = []
    for dossier_id, state in mine:
        people = _people(urging[dossier_id], known_people, actor)
        found.append(
            Steered(
                dossier_id,
                state,
                catalogue.sheet(state.target.procedure_version_id).title,
                tuple(people.values()),
                tuple(people[each] for each in people if (dossier_id, each) in today),
                fits[dossier_id],
                frozenset(task.key for task in state.tasks if policy.may_assign(footing, state, task)),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Urging:
    """Of one dossier: whether somebody can be urged, whether work for which the reader answers lies with
    nobody who could do it, and the keys of all open tasks of which that is so."""

    may_urge: bool
    may_give: bool
    stuck: frozenset[str]


def urging_of(view: DossierView) -> Urging:
    """Whom the reader of a dossier may urge on, and what nobody can do on the day, as the lists say it; the
    dossier was opened so that it tells that.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-14.4#1.
    """
    tasks = _urged_tasks(view.footing, view.state)
    able = _able(view.id, tasks, {(view.id, key) for key in view.stuck})
    return Urging(bool(able), len(able) < len(tasks), view.stuck)


@transaction.atomic
def urge_dossier(*, actor: Actor, at: datetime, dossier_id: str, text: str) -> tuple[str, ...]:
    """Remind those with whom the open work of a dossier lies; their names. Each of them once a day.

    The dossier itself does not change: no page that somebody has open is refused for it. The letter stands
    in its history, the act in the chain.

    Raises NotFound, Forbidden, ReasonRequired, NothingToUrge, UrgedToday.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-14.4#1.
    """
    _, state, footing = gather.lock(dossier_id, None, actor, at)
    if not policy.may_read(actor, footing, state) or not policy.may_steer(footing, state):
        raise Forbidden()
    if not visible(text):
        raise ReasonRequired()
    stuck = queries.stuck_tasks([UUID(dossier_id)], local(at).date())
    tasks = _able(dossier_id, _urged_tasks(footing, state), stuck)
    people = _people(tasks, _known(tasks, at), actor)
    if not people:
        raise NothingToUrge()
    today = {account for _, account in told.told_since(URGED, [dossier_id], _midnight(at))}
    left = [each for each in people if each not in today]
    if not left:
        raise UrgedToday(names=", ".join(people.values()))
    due_at = state.due_at
    notify.post(
        key=URGED,
        recipients=[notify.Recipient(str(each), None, people[each]) for each in left],
        context={
            "code": state.reference,
            "by": actor.name,
            "procedure": catalogue.sheet(state.target.procedure_version_id).matter,
            "reason": visible(text),
            "due": in_words(due_at) if due_at else "",
            "due_at": due_at.isoformat() if due_at else "",
            "link": f"{settings.PUBLIC_URL}/noi-bo/ho-so/{dossier_id}/",
        },
        about=dossier_id,
        at=at,
    )
    audit.record_act(
        actor=actor,
        act="dossier_urged",
        what=f"dossier:{dossier_id}",
        at=at,
        facts={"code": state.reference, "told": len(left)},
    )
    return tuple(people[each] for each in left)


def _steers(actor: Actor, footing: Footing, state: State) -> bool:
    return policy.may_read(actor, footing, state) and policy.may_steer(footing, state)


def _urged_tasks(footing: Footing, state: State) -> list[OpenTask]:
    """Open work for which the actor answers, that can be done, and of which time runs; questions have a
    reminder of their own. While a supplement request waits, whoever controls or sends it is urged."""
    if state.stands_still or state.status in ENDED:
        return []
    mine = (task for task in state.tasks if policy.may_urge(footing, state, task))
    return [task for task in mine if task.kind != CONSULT_STEP and not is_held(state, task)]


def _able(dossier_id: str, tasks: Iterable[OpenTask], stuck: Collection[tuple[str, str]]) -> list[OpenTask]:
    """Those of the tasks that somebody can do: a letter to a blocked account, to who has left the post or is
    away with nobody in their place, urges nobody."""
    return [task for task in tasks if (dossier_id, task.key) not in stuck]


@dataclass(frozen=True, slots=True)
class _Known:
    """Who may take what bears no name, how those are called whose name a task bears, who stands in today."""

    holders: Mapping[tuple[int, str], tuple[Officer, ...]]
    names: Mapping[int, str]
    substitutes: Mapping[int, tuple[int, str]]

    def named(self, account_id: int) -> dict[int, str]:
        own = {account_id: self.names.get(account_id, "")}
        return own | dict([self.substitutes[account_id]] if account_id in self.substitutes else [])


def _known(tasks: Collection[OpenTask], at: datetime) -> _Known:
    today = local(at).date()
    posts = {(task.unit_id, str(task.role)) for task in tasks if task.officer_id is None}
    posts |= {(unit, Role.DESK_HEAD.value) for unit, role in posts if role == Role.RECEIVER}
    ids = {int(task.officer_id) for task in tasks if task.officer_id is not None}
    away = agencies.absences(ids, today) if ids else ()
    return _Known(
        agencies.officers_of_each(posts, today),
        {key: card.full_name for key, card in accounts.cards(ids).items()} if ids else {},
        {a.account_id: (a.substitute_id, a.substitute_name) for a in away if a.first_day <= today},
    )


def _people(tasks: Iterable[OpenTask], known: _Known, actor: Actor) -> dict[int, str]:
    """The accounts of those with whom the tasks lie, with their names; of who is away the substitute too."""
    found: dict[int, str] = {}
    for task in tasks:
        if task.officer_id is not None:
            found |= known.named(int(task.officer_id))
            continue
        there = known.holders.get((task.unit_id, str(task.role)), ())
        there = tuple(each for each in there if not each.is_missed)
        if not there and task.role == Role.RECEIVER:
            heads = known.holders.get((task.unit_id, Role.DESK_HEAD.value), ())
            there = tuple(each for each in heads if not each.is_missed)
        found |= {each.account_id: each.full_name for each in there}
        found |= {
            each.away.substitute_id: each.away.substitute_name for each in there if each.away is not None
        }
    found.pop(int(actor.id), None)
    return found


def _givable(footing: Footing, state: State) -> list[OpenTask | None]:
    """What may be given away, what lies with a person first: the case with its tasks, then single tasks."""
    has_part = any(task.officer_id == state.case_officer_id for task in state.tasks)
    case: list[OpenTask | None] = [None] if state.case_officer_id is not None else []
    named = [task for task in state.tasks if task.officer_id not in (None, state.case_officer_id)]
    free = [task for task in state.tasks if task.officer_id is None]
    order = [*case, *named, *free] if has_part else [*named, *free, *case]
    return [task for task in order if policy.may_give(footing, state, task)]


def _fitting(
    mine: Iterable[tuple[str, State]], given: Mapping[str, list[OpenTask | None]], at: datetime
) -> dict[str, tuple[tuple[str, tuple[Officer, ...]], ...]]:
    wanted = [(dossier_id, state.target, given[dossier_id]) for dossier_id, state in mine]
    found = gather.officers_for_several([(target, tasks) for _, target, tasks in wanted], at)
    return {
        dossier_id: tuple((task.key if task else "", who) for task, who in zip(tasks, officers, strict=True))
        for (dossier_id, _target, tasks), officers in zip(wanted, found, strict=True)
    }


def _midnight(at: datetime) -> datetime:
    return local(at).replace(hour=0, minute=0, second=0, microsecond=0)
