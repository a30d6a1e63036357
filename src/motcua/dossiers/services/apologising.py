"""Dossiers that a closure touches, and for which this leader may still apologise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import ClosureCard
from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.enums import ENDED, Verb
from motcua.dossiers.rules.decide.lateness import is_timely
from motcua.dossiers.rules.notices import number_to_call
from motcua.dossiers.rules.state import State
from motcua.dossiers.services.notices import Contact, reachable
from motcua.dossiers.services.reading import verbs_open_to
from motcua.kernel.actors import Actor
from motcua.law import queries as law
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.footing import Footing

MOST = 50


@dataclass(frozen=True, slots=True)
class Owed:
    """A dossier that a closure makes late if nothing is done. `new_day` is that on which its term would end
    with the closure; `is_timely`: a letter sent now comes in time. `unreached`: how the desk tells the
    applicant the new day, where nothing that the system sends reaches anybody."""

    id: str
    state: State
    procedure: str
    due_at: datetime
    new_day: date
    is_timely: bool
    unreached: Contact | None = None


class NoLetter(StrEnum):
    """Why no letter of apology can be sent for a dossier that was chosen."""

    SENT = "sent"
    STANDS_STILL = "stands_still"
    SETTLED = "settled"
    UNTOUCHED = "untouched"
    NOT_OPEN = "not_open"


@dataclass(frozen=True, slots=True)
class NotOwed:
    id: str
    reference: str
    name: str
    why: NoLetter


def no_letters(*, actor: Actor, at: datetime, dossier_ids: Iterable[str]) -> dict[str, NoLetter]:
    """Those of the dossiers for which the actor cannot apologise now whatever touches them, and why."""
    asked = [UUID(each) for each in dict.fromkeys(dossier_ids)][:MOST]
    footing = policy.footing_of(actor, at)
    found = (
        (str(identity), _closed_to(actor, footing, state, at)) for identity, state in queries.states_of(asked)
    )
    return {identity: why for identity, why in found if why is not None}


def owed_for(
    *, actor: Actor, at: datetime, closure: ClosureCard, dossier_ids: Iterable[str], why: str
) -> tuple[tuple[Owed, ...], tuple[NotOwed, ...]]:
    """The dossiers that the closure touches and for which the actor may apologise now; and the others.

    In the order asked for, at most `MOST`. Every reading is recorded. Of dossiers of other agencies nothing
    is said.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2; by reference NĐ 61/2018 Đ19 (secondary).
    """
    asked = [UUID(each) for each in dict.fromkeys(dossier_ids)][:MOST]
    footing = policy.footing_of(actor, at)
    known = {
        str(identity): state
        for identity, state in queries.states_of(asked)
        if state.target.agency_id == closure.agency_id
    }
    shut = {each: _closed_to(actor, footing, state, at) for each, state in known.items()}
    states = {each: state for each, state in known.items() if shut[each] is None}
    moved = queries.moved_to(
        closure.agency_id, closure.span, [UUID(each) for each in states], closure_id=closure.id
    )
    mine = [str(each) for each in asked if str(each) in moved]
    others = tuple(
        NotOwed(each, state.reference, state.contents.applicant.name, shut[each] or NoLetter.UNTOUCHED)
        for each, state in ((str(each), known[str(each)]) for each in asked if str(each) in known)
        if each not in moved
    )
    audit.record_reads(
        actor=actor, what=[f"dossier:{each}" for each in (*mine, *(one.id for one in others))], why=why, at=at
    )
    catalogue.sheets({states[each].target.procedure_version_id for each in mine})  # those not known, at once
    told = reachable((each, states[each]) for each in mine)
    return tuple(_owed(each, states[each], moved[each], at, is_told=each in told) for each in mine), others


def _closed_to(actor: Actor, footing: Footing, state: State, at: datetime) -> NoLetter | None:
    if any(offer.verb is Verb.EXTEND for offer in verbs_open_to(actor, footing, state, at)):
        return None
    if state.apologies:
        return NoLetter.SENT
    if state.finished_at is not None or state.status in ENDED:
        return NoLetter.SETTLED
    return NoLetter.STANDS_STILL if state.is_paused else NoLetter.NOT_OPEN


def _owed(dossier_id: str, state: State, moved: datetime, at: datetime, *, is_told: bool) -> Owed:
    assert state.due_at is not None
    received_at = state.received_at or at
    calendar = agencies.calendar_of(state.target.agency_id, local(received_at).date())
    regulation = law.regulation(state.target.regulation, local(at).date())
    return Owed(
        dossier_id,
        state,
        catalogue.sheet(state.target.procedure_version_id).title,
        state.due_at,
        moved.date(),
        is_timely(state, regulation, calendar, at),
        None if is_told else Contact(number_to_call(state, regulation), state.contents.applicant.address),
    )
