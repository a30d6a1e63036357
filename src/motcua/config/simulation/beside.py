"""Acts that are about no dossier, such as outages and absences: done or refused, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.config.simulation import invariants
from motcua.config.simulation.tally import Tally
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.law.services import grounds_of, in_force
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Beside:
    """What somebody does by a service; `name` is what it is counted as."""

    name: str
    service: Callable[..., Any]
    actor: Actor
    details: Mapping[str, Any]


def do(tally: Tally, one: Beside, at: datetime) -> Any:
    """Do it; what the service answers, None if it was refused. A refusal is looked at."""
    before = invariants.trace_beside()
    try:
        return _done(one, at)
    except Refusal as refusal:
        tally.turned_down[f"{one.name}: {refusal.code}"] += 1
        _check(tally, one, at, refusal, before)
        return None


def do_in_vain(tally: Tally, one: Beside, at: datetime, stranger: Actor) -> None:
    """Somebody tries it who has no part in it: that must be refused, with what it rests on, and change
    nothing."""
    tried, before = replace(one, actor=stranger), invariants.trace_beside()
    tally.troubles[f"not theirs: {one.name}"] += 1
    try:
        _done(tried, at)
    except Refusal as refusal:
        tally.refused[refusal.code] += 1
        _check(tally, tried, at, refusal, before)
    else:
        _violate(tally, tried, "what must be refused is refused", "it was taken")


def _done(one: Beside, at: datetime) -> Any:
    with transaction.atomic():
        return one.service(actor=one.actor, at=at, **one.details)


def _check(tally: Tally, one: Beside, at: datetime, refusal: Refusal, before: invariants.Trace) -> None:
    speaks = bool(in_force(grounds_of(one.service), local(at).date()))
    now = invariants.trace_beside()
    for check, words in invariants.after_refusal(refusal, before, now, speaks=speaks):
        _violate(tally, one, check, words)


def _violate(tally: Tally, one: Beside, check: str, what: str) -> None:
    doing = f"{one.name} by {one.actor.kind} {one.actor.id}"
    tally.violate(check, what, number=-1, dossier_id="", doing=doing)
