"""The decision: may this be done now, and what happens if it is?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.enums import Status
from motcua.dossiers.errors import WrongState
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.decide.grounding import grounded
from motcua.dossiers.rules.decide.overtaken import check_not_overtaken
from motcua.dossiers.rules.decide.supplements import still_waits
from motcua.dossiers.rules.decide.table import DECIDERS, FIRST, grounds
from motcua.dossiers.rules.life import HELD_BY_REQUEST, OPEN_IN
from motcua.dossiers.rules.withdrawing import AS_ASKED, comes_too_late
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.events import Event
    from motcua.dossiers.rules.facts import Facts
    from motcua.dossiers.rules.state import State


def decide(state: State | None, command: commands.Command, facts: Facts, at: datetime) -> tuple[Event, ...]:
    """The events that `command` causes at the moment `at`, or a refusal (a subclass of `Refusal`).

    `state` is None for a dossier that does not exist yet. Nothing is read but the arguments. A refusal
    names
    the clauses on which it rests, unless it is a technical one.

    What is entered after an outage may lie before what was recorded meanwhile, where that does not bear on it
    (`overtaken`); it is judged by the dossier as it stands, and its terms by its own moment.

    Basis: PT24-3.2, KT22-4.3, PT24-23.8; reading A78.
    """
    with grounded(command.VERB, facts.regulation.short_name, state.target.channel if state else ""):
        return (_decide(state, command, facts, at),)


def _decide(state: State | None, command: commands.Command, facts: Facts, at: datetime) -> Event:
    if state is None:
        return FIRST[type(command)](None, command, facts, at)
    if command.VERB in AS_ASKED and (too_late := comes_too_late(state, facts.regulation)):
        raise too_late
    if state.status not in OPEN_IN[command.VERB]:
        raise WrongState(status=state.status.value)
    if state.last_at is not None and at < local(state.last_at):
        check_not_overtaken(state, command, facts.meanwhile, at)
    if state.proposed_supplement is not None and command.VERB in HELD_BY_REQUEST:
        raise still_waits(state, facts.regulation)
    return DECIDERS[type(command)](state, command, facts, at)


def is_open(state: State, verb: str) -> bool:
    """Whether the life of the dossier has room for the verb now, whoever asks."""
    return any(state.status in statuses for known, statuses in OPEN_IN.items() if known == verb)


__all__ = ["Status", "decide", "grounded", "grounds", "is_open"]
