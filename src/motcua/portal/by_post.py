"""What is sent online and has to come by post too: where to send it, and what to write on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.dossiers import queries
from motcua.dossiers.queries import DossierView


@dataclass(frozen=True, slots=True)
class ByPost:
    """Where the papers go, and the number to write on them; that is empty before the filing has one."""

    place: str
    number: str


def of(view: DossierView, on: date) -> ByPost | None:
    """What whoever filed has to send after it; None where nothing is, or where it has been taken in.

    Basis: KT18-7.2.a#2.
    """
    if not queries.waits_for_post(view.state, view.sheet, on):
        return None
    return ByPost(queries.posted_to(view.state.target), view.state.reference)
