"""Verifications that do not take place as planned: called off, moved, or given up by a proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    AppointmentUnchanged,
    BadVerificationTime,
    NoSuchAppointment,
    ReasonOfOursRequired,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.appointments import awaited, comes_in_vain, expected, known_as, waiting_letter
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.decide.telling import for_desk_to_tell, letter_task
from motcua.dossiers.rules.desk_places import is_at_desk
from motcua.dossiers.rules.returning import check_open, check_visit
from motcua.dossiers.rules.state import State, Verification
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def call_off(
    state: State, command: commands.CallOffVerification, facts: Facts, at: datetime
) -> events.VerificationCalledOff:
    """Call off a planned verification with a reason, or move it: another moment, and another place if one is
    named, with the same people for the same matter.

    The applicant who was told of it is told by the desk that nobody need come, or of both moments in one
    letter. An invitation that did not go out yet falls, and what was moved is the invitation that waits.
    Of a moment that is over nothing is told, unless there is another. That calling off is an act with a
    reason is ours; the texts have the appointment on record and told to the desk.

    Basis: PT24-10.1.c#1, PT24-10.1.c#3, DL24-9.1.c, QN20-7.2#3, QN20-7.3; readings A76, A83.
    """
    planned, reason = awaited(state, command.number), visible(command.reason)
    if planned is None:
        raise NoSuchAppointment()
    if not reason:
        raise ReasonOfOursRequired()
    known, waiting = known_as(state, planned.number), waiting_letter(state, planned.number)
    closed = (waiting.task_key,) if waiting else ()
    if command.planned_for is None:
        told = known if comes_in_vain(state, planned.number, at) else 0
        move = for_desk_to_tell(state, facts, at) if told else events.Move()
        return events.VerificationCalledOff(
            *(planned.number, reason),
            told=told,
            was_for=planned.planned_for,
            was_at=planned.place,
            move=replace(move, closed=closed),
        )
    place, at_desk, ground = _moved(state, command, planned, facts, at)
    move = for_desk_to_tell(state, facts, at) if planned.with_applicant else events.Move()
    number = len(state.verifications) + 1
    return events.VerificationCalledOff(
        *(planned.number, reason, number, command.planned_for, place, at_desk, ground, known),
        was_for=planned.planned_for,
        was_at=planned.place,
        move=replace(move, closed=closed),
    )


def _moved(
    state: State, command: commands.CallOffVerification, planned: Verification, facts: Facts, at: datetime
) -> tuple[str, bool, str]:
    """Where it is held instead, whether that is a one-stop desk, and why the applicant is asked there once
    more than allowed: the visit that is called off counts no more."""
    assert command.planned_for is not None
    if command.planned_for <= at:
        raise BadVerificationTime()
    place, ground = visible(command.place) or planned.place, visible(command.ground) or planned.ground
    if (command.planned_for, place) == (planned.planned_for, planned.place):
        raise AppointmentUnchanged()
    stays = place == planned.place
    at_desk = (stays and planned.at_desk) or is_at_desk(place, facts.desks)
    if planned.with_applicant and at_desk:
        check_open(facts.calendar, command.planned_for)
        others = tuple(each for each in state.verifications if each.number != planned.number)
        check_visit(replace(state, verifications=others), facts.regulation, ground)
    return place, at_desk, ground


def given_up(state: State, move: events.Move, at: datetime) -> tuple[events.Move, tuple[int, ...]]:
    """The move of a proposal that gives up what was planned, with the desk's task for each appointment to
    which the applicant would come in vain, and the numbers of these.

    So also where whoever proposes sits at the desk: a proposal tells the applicant nothing by itself.

    Basis: PT24-10.1.c#3, KT22-6.2#1, KT22-9#1, PT24-3.2; readings A76, A83.
    """
    waiting = (waiting_letter(state, each.number) for each in verifications_awaited(state))
    closed = tuple(letter.task_key for letter in waiting if letter is not None)
    numbers = tuple(each.number for each in expected(state, at))
    serial = state.task_serial + len(move.opened)
    opened = tuple(
        letter_task(replace(state, task_serial=serial + place), at) for place in range(len(numbers))
    )
    return replace(move, closed=move.closed + closed, opened=move.opened + opened), numbers
