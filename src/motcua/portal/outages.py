"""The notice of an outage for those who come to the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.incidents import queries


@dataclass(frozen=True, slots=True)
class Notice:
    """Where the system fails (empty: everywhere), and since when."""

    place: str
    began_at: datetime


def notices(agency_id: int | None = None) -> list[Notice]:
    """What lasts now: where a dossier is shown, what touches its agency; else all, each with its place.

    What exactly failed is said to officers only.
    """
    return [Notice(card.place, card.window.began_at) for card in queries.lasting(agency_id=agency_id)]
