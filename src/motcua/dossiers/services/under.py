"""Explaining a dossier under another regulation: for who may read it, and recorded as a reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from motcua.audit import services as audit
from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.rules.under import Verdict, verdict
from motcua.dossiers.services.gather import facts_for
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.worktime.rules import local


def explain_under(*, actor: Actor, at: datetime, number: str, short_name: str) -> tuple[Verdict, Verdict]:
    """What the dossier's own regulation and another say to it.

    `number` is the code or filing number. The calendar of the agency and the procedure stay what they are.
    Raises NotFound, Forbidden, UnknownRegulation. A reading by anybody but the owner is recorded.

    Basis: DL24-3.4, PT24-3.6.
    """
    dossier_id = queries.id_of(number)
    state = queries.state_of(dossier_id)
    footing = policy.footing_of(actor, at)
    if actor != SYSTEM and not policy.may_read_contents(actor, footing, state):
        raise Forbidden()
    other = law.regulation(short_name)
    if not policy.is_owner(actor, footing, state):
        why = f"Đối chiếu hồ sơ với quy chế {other.short_name}"
        audit.record_read(actor=actor, what=f"dossier:{dossier_id}", why=why, at=at)
    facts = facts_for(state.target, state.process_id, actor, at, state.received_at)
    if state.accepted_at is not None:
        day, target = local(state.accepted_at).date(), state.target
        promise = catalogue.promise_for(target.procedure_version_id, target.agency_id, day)
        facts = replace(facts, promise=promise)
    history = queries.events_of(dossier_id)
    return verdict(history, facts, at), verdict(history, replace(facts, regulation=other), at)
