"""Who is told what after an event. The wording stands in the message templates."""

from __future__ import annotations

from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.state import State

_TO_APPLICANT: dict[type[Event], str] = {
    events.Submitted: "dossier.acknowledged",
    events.Accepted: "dossier.accepted",
    events.Declined: "dossier.declined",
    events.SupplementRequested: "dossier.supplement_requested",
    events.Supplemented: "dossier.supplemented",
    events.Refused: "dossier.refused",
    events.Invited: "dossier.invited",
    events.Announced: "dossier.result_ready",
    events.ResultReturned: "dossier.returned",
    events.Withdrawn: "dossier.withdrawn",
    events.Stopped: "dossier.stopped",
}


def for_applicant(event: Event, after: State) -> str | None:
    """The key of the message to the applicant, None if the event concerns only the office.

    A refusal on the merits is told when its paper is ready, through the desk like every result.

    Basis: DL24-5.4, DL24-8.1.a, QN20-11.1, PT24-9.2.0.
    """
    if isinstance(event, events.Withdrawn) and not after.filed_at:
        return None
    if isinstance(event, events.Refused):
        return None
    if isinstance(event, events.Announced) and after.decision == "refuse":
        return "dossier.refused"
    return _TO_APPLICANT.get(type(event))


def for_officer(event: Event) -> tuple[str, str] | None:
    """(message key, account id) for the officer who was given the case."""
    if isinstance(event, events.Assigned):
        return "desk.assigned", event.officer_id
    return None
