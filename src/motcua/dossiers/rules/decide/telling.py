"""What those who settle have to tell the applicant: the desk tells it, nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.enums import ENDED
from motcua.dossiers.errors import AppointmentOver, DeskTellsThem, LetterWaits, NoSuchTask
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.appointments import moved_to
from motcua.dossiers.rules.life import LETTER_STEP
from motcua.dossiers.rules.moves import beside_the_steps, task_for
from motcua.dossiers.rules.state import OpenTask, State

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def for_desk_to_tell(state: State, facts: Facts, at: datetime) -> events.Move:
    """What opens with an act of which the applicant is to be told: nothing where the desk itself acts, whose
    word goes out at once; else the desk's task to tell them.

    The act holds from now on: the clock stands still, the visit is planned, the document is in the dossier.
    Only what the officer wrote is not with the applicant until the desk has read it and sends it. The task
    has no term of its own, which no text gives. A dossier that is over opens no task: there the desk acts.

    Basis: KT22-6.2#1, KT22-9#1, PT24-3.2, PT24-10.1.c#3, DL24-3.2, QN20-1.3, KT18-15.2; by reference NĐ
    61/2018 Đ5 (found); reading A76.
    """
    if facts.at_desk:
        return events.Move()
    if state.status in ENDED:
        raise DeskTellsThem()
    return events.Move(opened=(letter_task(state, at),))


def letter_task(state: State, at: datetime) -> OpenTask:
    """The desk's task to tell the applicant something."""
    return beside_the_steps(LETTER_STEP, "Gửi thông báo cho người nộp", "receiver", state, at)


def tell(state: State, command: commands.TellApplicant, facts: Facts, at: datetime) -> events.ApplicantTold:
    """The desk tells the applicant what those who settle have done, as they wrote it.

    An appointment that is over is told to nobody any more: who planned it records it or plans anew. That one
    does not take place is told whenever the desk comes to it.

    Basis: KT22-6.2#1, KT22-9#1, PT24-3.2, PT24-10.1.c#3, DL24-3.2, QN20-1.3, KT18-15.2; by reference NĐ
    61/2018 Đ5 (found); reading A76.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    letter = next((each for each in state.letters if each.task_key == task.key), None)
    if letter is None:
        raise NoSuchTask()
    planned = state.planned(letter.number) if letter.of == events.VerificationPlanned.KIND else None
    if letter.of == events.VerificationCalledOff.KIND:
        planned = moved_to(state, letter.number)
    if planned is not None and planned.planned_for is not None and planned.planned_for <= at:
        raise AppointmentOver()
    return events.ApplicantTold(letter.of, letter.number, letter.reason, events.Move(closed=(task.key,)))


def check_told(state: State) -> None:
    """Refuse to end the dossier by its result while the desk still has something to tell the applicant.

    Basis: KT22-6.2#1, KT22-9#1, PT24-3.2, DL24-3.2, QN20-1.3, KT18-15.2; by reference NĐ 61/2018 Đ5 (found);
    reading A76.
    """
    if state.letters:
        raise LetterWaits()
