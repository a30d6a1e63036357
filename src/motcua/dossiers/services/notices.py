"""Telling people: turns the notices of the rules into outbox messages of the same transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries
from motcua.dossiers.rules import events, notices
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.state import State
from motcua.kernel.dates import in_words
from motcua.notify import services as notify


def post_notices(dossier_id: UUID, happened: tuple[Event, ...], state: State, at: datetime) -> None:
    for event in happened:
        key = notices.for_applicant(event, state)
        if key is not None:
            recipient = _applicant(state)
            if recipient.account_id is not None or recipient.email:
                notify.post(
                    key=key,
                    recipients=[recipient],
                    context=_context(event, state),
                    about=str(dossier_id),
                    at=at,
                )
        officer = notices.for_officer(event)
        if officer is not None:
            key, account_id = officer
            name = event.officer_name if isinstance(event, events.Assigned) else ""
            notify.post(
                key=key,
                recipients=[notify.Recipient(account_id, None, name)],
                context=_context(event, state, desk=True, dossier_id=dossier_id),
                about=str(dossier_id),
                at=at,
            )


def _applicant(state: State) -> notify.Recipient:
    applicant = state.contents.applicant
    return notify.Recipient(state.owner_id or None, applicant.email or None, applicant.name)


def _context(
    event: Event, state: State, *, desk: bool = False, dossier_id: UUID | None = None
) -> dict[str, str]:
    """All values are finished text: what was sent stays what it was."""
    request = state.supplements[-1] if state.supplements else None
    asked = isinstance(event, events.SupplementRequested) and request is not None
    sheet = catalogue.sheet(state.target.procedure_version_id)
    due_at = event.visit_at if isinstance(event, events.Invited) else state.due_at
    told = isinstance(event, events.Accepted | events.Announced) and not desk
    path = f"/noi-bo/ho-so/{dossier_id}/" if desk else f"/tra-cuu/{state.reference}"
    return {
        "applicant": state.contents.applicant.name,
        "code": state.reference,
        "procedure": sheet.title,
        "bring": "; ".join(queries.to_bring(state, sheet)) if told else "",
        "agency": agencies.agency(state.target.agency_id).name,
        "received": in_words(state.received_at) if state.received_at else "",
        "due": in_words(due_at) if due_at else "",
        "due_at": due_at.isoformat() if due_at else "",  # for letters in another language
        "purpose": event.purpose if isinstance(event, events.Invited) else "",
        "reason": request.reason if asked and request else state.reason,
        "guidance": request.guidance if asked and request else "",
        "link": f"{settings.PUBLIC_URL}{path}",
        "hotline": settings.HOTLINE,
    }
