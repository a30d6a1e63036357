"""Several dossiers that wait for one leader's decision, opened together to be read and compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.documents import queries as documents
from motcua.dossiers import policy
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.rules.decide.supplements import goes_through_desk
from motcua.dossiers.rules.life import CONTROL_STEP
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.services.notices import Contact, reachable
from motcua.dossiers.services.reading import send_back_targets
from motcua.kernel.actors import Actor
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.process.rules.definitions import Step

MOST = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dossier before the leader: who proposed what and why, and where it would be sent back to.

    Of a supplement request to be agreed to, what is asked for stands in the state; `unreached` is how the
    applicant is told of it where agreeing sends it and nothing that is sent reaches anybody.
    """

    id: str
    state: State
    sheet: ProcedureSheet
    task: OpenTask
    proposed_by: str
    proposal_text: str
    back_to: Step | None
    file_names: dict[str, str]
    unreached: Contact | None = None

    @property
    def version(self) -> int:
        return self.state.version

    @property
    def is_supplement(self) -> bool:
        """Whether a supplement request waits for the agreement, and not a decision on the dossier."""
        return self.task.kind == CONTROL_STEP


def waiting_for_decision(
    *, actor: Actor, at: datetime, dossier_ids: Iterable[str], why: str
) -> tuple[Waiting, ...]:
    """Those of the dossiers whose approval, or whose supplement request, is this actor's to agree to now; the
    others are left out. While a request waits, nothing else of its dossier is decided.

    In the order asked for, at most `MOST`. Every reading is recorded.

    Basis: DL24-9.1.a#2, DL24-20.2, PT24-10.1.a#2, KT18-4.3, KT18-15.2, QN20-11.2#2.
    """
    asked = list(dict.fromkeys(dossier_ids))[:MOST]
    footing = policy.footing_of(actor, at)
    states = _states(asked)
    mine = [
        (dossier_id, states[dossier_id], task)
        for dossier_id in asked
        if dossier_id in states and policy.may_read(actor, footing, states[dossier_id])
        for task in states[dossier_id].tasks
        if task.kind == _waits_for(states[dossier_id]) and policy.may_take(actor, footing, task)
        if task.kind == CONTROL_STEP or not policy.is_own_proposal(actor, footing, states[dossier_id], task)
    ]
    audit.record_reads(actor=actor, what=[f"dossier:{each[0]}" for each in mine], why=why, at=at)
    proposals = _proposals([each[0] for each in mine])
    names = _file_names([each[1] for each in mine])
    asking = [(dossier_id, state) for dossier_id, state, task in mine if _sends(state, task)]
    told = reachable(asking)
    alone = {
        dossier_id: Contact(state.contents.applicant.phone, state.contents.applicant.address)
        for dossier_id, state in asking
        if dossier_id not in told
    }
    return tuple(
        Waiting(
            dossier_id,
            state,
            catalogue.sheet(state.target.procedure_version_id),
            task,
            *_proposed(state, proposals.get(dossier_id, ("", ""))),
            next(iter(reversed(send_back_targets(state, task))), None),
            names,
            alone.get(dossier_id),
        )
        for dossier_id, state, task in mine
    )


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What became of a dossier since it was read: the first act of the kinds asked for, by whom and when;
    `kind` is empty where none is known. `is_own_next`: it came right after, and is the reader's own.

    Code and name are empty for whoever may not read the dossier.
    """

    reference: str
    name: str
    kind: str = ""
    by: str = ""
    at: datetime | None = None
    is_own_next: bool = False


def meanwhile(
    *, actor: Actor, at: datetime, seen: Mapping[str, int], kinds: Collection[str], why: str
) -> dict[str, Meanwhile]:
    """By id, of dossiers of which each was seen at this version: who did what of these kinds since then. Of
    one whose version is not known (0) no act is told.

    Every reading is recorded. One query for the dossiers, one for what happened, however many they are.

    Basis: DL24-20.2, KT18-4.3, KT18-15.2.
    """
    if not seen:
        return {}
    footing, states = policy.footing_of(actor, at), _states(list(seen))
    mine = {each for each, state in states.items() if policy.may_read(actor, footing, state)}
    audit.record_reads(actor=actor, what=[f"dossier:{each}" for each in sorted(mine)], why=why, at=at)
    acts: dict[str, DossierEvent] = {}
    known = [UUID(each) for each in states if seen[each]]
    for event in DossierEvent.objects.filter(dossier_id__in=known, kind__in=kinds).order_by("seq"):
        if event.seq > seen[str(event.dossier_id)]:
            acts.setdefault(str(event.dossier_id), event)
    found = {}
    for each, state in states.items():
        who = (state.reference, state.contents.applicant.name) if each in mine else ("", "")
        if each not in acts:
            found[each] = Meanwhile(*who)
            continue
        act = acts[each]
        is_own = (act.actor_kind, act.actor_id) == (actor.kind.value, actor.id)
        is_own_next = is_own and act.seq == seen[each] + 1
        found[each] = Meanwhile(*who, act.kind, act.actor_name, act.at, is_own_next)
    return found


def _sends(state: State, task: OpenTask) -> bool:
    """Whether agreeing sends something to the applicant: a supplement request, unless the desk sends it."""
    regulation = law.regulation(state.target.regulation)
    return task.kind == CONTROL_STEP and not goes_through_desk(state, regulation)


def _waits_for(state: State) -> str:
    return "approve" if state.proposed_supplement is None else CONTROL_STEP


def _proposed(state: State, decision: tuple[str, str]) -> tuple[str, str]:
    """Who proposed, and the text: of the request that waits, else of the decision."""
    asked = state.proposed_supplement
    return decision if asked is None else (asked.proposed_by, asked.reason)


def _states(dossier_ids: list[str]) -> dict[str, State]:
    rows = Dossier.objects.filter(id__in=[UUID(each) for each in dossier_ids]).values_list("id", "state")
    return {str(pk): from_wire(State, state) for pk, state in rows}


def _proposals(dossier_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Who proposed last, and the text of it."""
    rows = DossierEvent.objects.filter(
        dossier_id__in=[UUID(each) for each in dossier_ids], kind="proposed"
    ).order_by("seq")
    return {str(row.dossier_id): (row.actor_name, row.payload.get("text", "")) for row in rows}


def _file_names(states: list[State]) -> dict[str, str]:
    ids = tuple(d.file_id for state in states for d in state.contents.documents if d.file_id)
    return {file_id: card.name for file_id, card in documents.cards(ids).items()} if ids else {}
