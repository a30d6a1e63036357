"""Dossiers that a closure touches, and for which this leader may still apologise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import ClosureCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.decide.lateness import is_timely
from motcua.dossiers.rules.state import State
from motcua.dossiers.services.reading import verbs_open_to
from motcua.kernel.actors import Actor
from motcua.law import queries as law
from motcua.worktime.rules import local

MOST = 50


@dataclass(frozen=True, slots=True)
class Owed:
    """A dossier that a closure makes late if nothing is done. `new_day` is that on which its term would end
    with the closure; `is_timely`: a letter sent now comes in time."""

    id: str
    state: State
    procedure: str
    due_at: datetime
    new_day: date
    is_timely: bool


def owed_for(
    *, actor: Actor, at: datetime, closure: ClosureCard, dossier_ids: Iterable[str], why: str
) -> tuple[Owed, ...]:
    """Those of the dossiers that the closure touches and for which the actor may apologise now.

    In the order asked for, at most `MOST`. Every reading is recorded.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2; by reference NĐ 61/2018 Đ19 (found).
    """
    asked = [UUID(each) for each in dict.fromkeys(dossier_ids)][:MOST]
    footing = policy.footing_of(actor, at)
    states = {
        str(identity): state
        for identity, state in queries.states_of(asked)
        if any(offer.verb is Verb.EXTEND for offer in verbs_open_to(actor, footing, state))
    }
    moved = queries.moved_to(
        closure.agency_id, closure.span, [UUID(each) for each in states], closure_id=closure.id
    )
    mine = [str(each) for each in asked if str(each) in moved]
    audit.record_reads(actor=actor, what=[f"dossier:{each}" for each in mine], why=why, at=at)
    catalogue.sheets({states[each].target.procedure_version_id for each in mine})  # those not known, at once
    return tuple(_owed(each, states[each], moved[each], at) for each in mine)


def _owed(dossier_id: str, state: State, moved: datetime, at: datetime) -> Owed:
    assert state.due_at is not None
    received_at = state.received_at or at
    calendar = agencies.calendar_of(state.target.agency_id, local(received_at).date())
    return Owed(
        dossier_id,
        state,
        catalogue.sheet(state.target.procedure_version_id).title,
        state.due_at,
        moved.date(),
        is_timely(state.due_at, law.regulation(state.target.regulation), calendar, at),
    )
