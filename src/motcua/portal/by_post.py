"""What is sent online and has to come by post too: where to send it, and what to write on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.agencies import queries as agencies
from motcua.dossiers import queries
from motcua.dossiers.queries import DossierView


@dataclass(frozen=True, slots=True)
class ByPost:
    """The desk that waits for the papers; `number` is empty before the filing has one."""

    agency: str
    desk: str
    address: str
    number: str


def of(view: DossierView, on: date) -> ByPost | None:
    """What whoever filed has to send after it; None where nothing is, or where it has been taken in.

    Basis: KT18-7.2.a#2.
    """
    if not queries.waits_for_post(view.state, view.sheet, on):
        return None
    card = agencies.agency(view.state.target.agency_id)
    return ByPost(card.name, card.desk_name, card.address, view.state.reference)
