"""At which desk a dossier lies: that of the competent agency, or another that took it in for it."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.agencies.rules.naming import in_full
from motcua.dossiers.rules import any_desk
from motcua.dossiers.rules.state import OpenTask, State, Target
from motcua.law import queries as law
from motcua.law.errors import NoRegulation


def receiver_of(target: Target) -> AgencyCard:
    """The agency whose desk took the dossier in."""
    return agencies.agency(target.received_by or target.agency_id)


def desk_of(target: Target) -> str:
    """What that desk is called; with the name of its agency if that is not the one that settles."""
    receiver = receiver_of(target)
    name = receiver.name_of(target.posting.desk)
    return in_full(name, receiver.name) if target.received_by else name


def desks_to_come_to(target: Target) -> tuple[str, ...]:
    """The desks to which the applicant of a dossier may be asked to come, with agency and address as far as
    they are known: that of the competent agency, and another that took the dossier in."""
    found = []
    for card in (agencies.agency(target.agency_id), receiver_of(target)):
        unit = target.posting.desk if card.unit(target.posting.desk) else card.desk_unit_id
        if unit is not None:
            found.append(", ".join(filter(None, (in_full(card.name_of(unit), card.name), card.address))))
    return tuple(dict.fromkeys(found))


def received_at_desk(target: Target) -> str:
    """Where it was taken in, if that was not the competent agency; else empty."""
    return desk_of(target) if target.received_by else ""


def lead_of(state: State, task: OpenTask) -> str:
    """The agency under whose lead another one does the task; empty where the competent agency does its own.

    Basis: DL24-9.1.d#1, DL24-9.1.đ, PT24-10.1.d#1, PT24-10.1.đ.
    """
    return agencies.agency(state.target.agency_id).name if task.is_given_away else ""


def takes_for_others(desk: AgencyCard, on: date) -> bool:
    """Whether the desk of this agency takes in, on that day, what other agencies of the province settle.

    Basis: KT22-9#1, KT22-27.2, QN20-1.3, QN20-30.1, DL24-19.2, DL24-26#1, PT24-3.2; reading A31.
    """
    try:
        regulation = law.regulation_in_force(settings.PROVINCE, on)
    except NoRegulation:
        return False
    return any_desk.has_such_a_desk(desk.level) and any_desk.is_open(regulation)
