"""How the people of a dossier are reached now, where that is another way than when they filed."""

from __future__ import annotations

from motcua.accounts.queries import contacts
from motcua.dossiers.rules.state import State


def reached_now(state: State) -> dict[str, str]:
    """By the mailbox and the number with which the dossier was filed: what its owner has put in their place
    since; nothing for what holds (ADR 0071). One query at most."""
    person, behalf = state.contents.applicant, state.behalf
    whose = [each for each in (state.owner_id, behalf.account_id if behalf else "") if each]
    firms = [behalf.organisation_id] if behalf and behalf.organisation_id else []
    if not (person.phone or person.email) or not (whose or firms):
        return {}
    return contacts.in_place_of((person.email, person.phone), accounts=whose, organisations=firms)
