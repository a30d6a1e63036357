"""What is entered after an outage, and what was recorded meanwhile: whether the one may lie before the other.

Events stay in the order in which they were recorded. An act on paper carries its own moment, also where
somebody whom the outage did not reach did something later that was recorded first: a letter of apology or
another agency's opinion takes nothing from a paper that was handed over an hour before. What acts on the same
task, on the clock, on what is promised by it, or ends the dossier does: nobody could say what would have
become of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.enums import Correctable, Verb
from motcua.dossiers.errors import BeforeLastEvent, Overtaken
from motcua.dossiers.rules import commands, events

if TYPE_CHECKING:
    from motcua.dossiers.rules.events import Event
    from motcua.dossiers.rules.state import State

# What goes on beside the course of the dossier, its clock and its promise; it bears on its own task alone.
_BESIDE: tuple[type[Event], ...] = (
    events.EnteredLate,
    events.Answered,
    events.Reminded,
    events.DocumentAttached,
    events.VerificationRecorded,
    events.Invited,
    events.ApplicantTold,
    events.AccountJoined,
)
_BESIDE_VERBS = frozenset(
    {
        Verb.ANSWER,
        Verb.REMIND,
        Verb.ATTACH_DOCUMENT,
        Verb.RECORD_VERIFICATION,
        Verb.INVITE,
        Verb.TELL_APPLICANT,
    }
)
# Steps of the process, of which several may be open side by side.
_STEPS: tuple[type[Event], ...] = (
    events.HandedOver,
    events.Assigned,
    events.Reassigned,
    events.Entrusted,
    events.StepCompleted,
    events.SentBack,
)
# What goes on with the work: a letter on its date, or who the applicant is, bears on none of it.
_WORK = _BESIDE_VERBS | {
    Verb.HAND_OVER,
    Verb.ASSIGN,
    Verb.COMPLETE_STEP,
    Verb.SEND_BACK,
    Verb.PROPOSE,
    Verb.APPROVE,
    Verb.REFUSE,
    Verb.ISSUE_RESULT,
    Verb.ANNOUNCE,
    Verb.RETURN_RESULT,
}


def check_not_overtaken(
    state: State,
    command: commands.Command,
    meanwhile: tuple[tuple[Event, datetime], ...],
    at: datetime,
) -> None:
    """Refuse an act before the newest event, unless it is entered after an outage and nothing of `meanwhile`,
    what was recorded and lies after it, bears on it. Nor may it lie before its task was there.

    Which acts bear on each other is ours: PT24-23.8 wants the paper log entered when the system works again,
    and says nothing of what others did meanwhile.

    Basis: PT24-23.8; reading A78.
    """
    if not meanwhile:
        raise BeforeLastEvent()
    for event, when in meanwhile:
        if _bears_on(event, command):
            raise Overtaken(event=event.KIND, when=when)
    task = state.task(command.task_key) if isinstance(command, commands.OnTask) else None
    if task is not None and task.opened_at > at:
        opened_by = next((event for event, when in meanwhile if when >= task.opened_at), meanwhile[-1][0])
        raise Overtaken(event=opened_by.KIND, when=task.opened_at)


def _bears_on(event: Event, command: commands.Command) -> bool:
    if isinstance(command, commands.OnTask) and command.task_key in _touched(event):
        return True
    if isinstance(event, _BESIDE):
        return False
    if isinstance(event, events.Extended) or _is_of_person(event):
        return command.VERB not in _WORK
    if isinstance(event, _STEPS):
        return command.VERB not in _BESIDE_VERBS and not isinstance(command, commands.OnTask)
    return True


def _is_of_person(event: Event) -> bool:
    return isinstance(event, events.Corrected) and event.what in (Correctable.CONTACT, Correctable.IDENTITY)


def _touched(event: Event) -> frozenset[str]:
    """The tasks that an event closed or opened. A letter only dates them anew."""
    move = getattr(event, "move", None)
    if not isinstance(move, events.Move) or isinstance(event, events.Extended):
        return frozenset()
    return frozenset((*move.closed, *(task.key for task in move.opened)))
