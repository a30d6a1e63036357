"""Telling those who must know. Their addresses are a setting; who they are, the regulation says (A30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.conf import settings

from motcua.incidents import labels
from motcua.incidents.enums import Scope, Whom
from motcua.incidents.queries import IncidentCard, agencies_told
from motcua.kernel.dates import in_words
from motcua.notify import services as notify


def recipients(whom: Iterable[Whom], on: date) -> dict[Whom, list[notify.Recipient]]:
    """The addresses of each, which is called as on the day; an empty list for one whose address nobody has
    set."""
    found: dict[Whom, list[notify.Recipient]] = {each: [] for each in whom}
    names = labels.WHOM | agencies_told(found, on)
    for contact in settings.INCIDENT_CONTACTS:
        name, _, address = contact.partition("=")
        known = next((each for each in found if each.value == name), None)
        if known is not None and address:
            found[known].append(notify.Recipient(None, address, names[known]))
    return found


def tell(key: str, card: IncidentCard, whom: Mapping[Whom, list[notify.Recipient]], at: datetime) -> None:
    """Post the message to all of them, in the transaction of what it tells."""
    everybody = [recipient for found in whom.values() for recipient in found]
    if not everybody:
        return
    window = card.window
    place = card.place or labels.SCOPE[Scope.PROVINCE]
    notify.post(
        key=key,
        recipients=everybody,
        context={
            "place": place,
            "is_part": "1" if card.place else "",
            "what": card.what,
            "remedy": card.remedy,
            "began": in_words(window.began_at),
            "began_at": window.began_at.isoformat(),
            "ended": in_words(window.ended_at) if window.ended_at else "",
            "ended_at": window.ended_at.isoformat() if window.ended_at else "",
            "due": in_words(card.recover_by) if card.recover_by else "",
            "due_at": card.recover_by.isoformat() if card.recover_by else "",
            "declared_by": card.declared_by,
            "is_late": "1" if card.is_late else "",
            "link": f"{settings.PUBLIC_URL}/noi-bo/su-co/{window.id}/",
        },
        about=window.id,
        at=at,
    )
