"""Which posts the processes of an agency's procedures need and nobody holds: where dossiers would stop."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.dossiers.rules.moves import unit_for
from motcua.dossiers.rules.state import Posting
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.process import queries as process
from motcua.process.enums import StepKind


@dataclass(frozen=True, slots=True)
class EmptyPost:
    """A post that nobody holds; `procedures` is of how many procedures of the agency the process needs it."""

    agency_id: int
    unit_id: int
    unit_name: str
    role: Role
    procedures: int


def empty_posts(province: str, on: date, *, agency_id: int | None = None) -> tuple[EmptyPost, ...]:
    """The posts without a holder on the day, by agency in Vietnamese order, then by unit; of all agencies of
    the province that settle anything, or of one. As many queries for all as for one.

    A desk is staffed by its receivers or its head alike. Steps of other agencies are theirs to staff.
    """
    settled = catalogue.settling_units(province, on, agency_id=agency_id)
    cards = {card.id: card for card in agencies.cards({agency for agency, _, _ in settled})}
    steps = process.roles_of_steps(codes := {code for _, _, code in settled}, on)
    given_by_heads = _is_given_by_heads(province, on)
    roles = {
        code: {_role(kind, role, given_by_heads) for kind, role in steps.get(code, ())} | {Role.RECEIVER}
        for code in codes
    }
    counted: defaultdict[tuple[int, int], Counter[Role]] = defaultdict(Counter)
    for agency, settling, code in settled:
        counted[agency, settling].update(roles[code])
    needed: Counter[tuple[int, int, Role]] = Counter()
    for (agency, settling), of_roles in counted.items():
        posting = _posting(cards[agency], settling)
        for role, procedures in of_roles.items():
            needed[agency, unit_for(role, posting), role] += procedures
    asked = {(unit, role.value) for _, unit, role in needed}
    asked |= {(unit, Role.DESK_HEAD.value) for _, unit, role in needed if role is Role.RECEIVER}
    held = {post for post, holders in agencies.officers_of_each(asked, on).items() if holders}
    held |= {(unit, Role.RECEIVER.value) for unit, role in held if role == Role.DESK_HEAD}
    empty = [each for each in needed if (each[1], each[2].value) not in held]
    names = {unit.id: unit.name for card in cards.values() for unit in card.units}
    order = {role: place for place, role in enumerate(Role)}
    places = {agency: place for place, agency in enumerate(cards)}
    empty.sort(key=lambda each: (places[each[0]], each[1], order[each[2]]))
    return tuple(
        EmptyPost(agency, unit, names[unit], role, needed[agency, unit, role]) for agency, unit, role in empty
    )


def _posting(card: AgencyCard, settling: int) -> Posting:
    """Where a dossier of this agency that the unit settles is dealt with."""
    desk, leadership, office = card.desk_unit_id, card.leadership_unit_id, card.office_unit_id
    return Posting(desk or settling, settling, leadership or settling, office or settling)


def _is_given_by_heads(province: str, on: date) -> bool:
    try:
        return law.regulation_in_force(province, on).choice("assignment.by") is not None
    except NoRegulation:
        return False


def _role(kind: StepKind, role: str, given_by_heads: bool) -> Role:
    """Who does a step, as `rules.moves.role_of` says before anything is proposed.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0.
    """
    if kind is StepKind.ASSIGN and given_by_heads and role not in (Role.UNIT_HEAD, Role.APPROVER):
        return Role.UNIT_HEAD
    return Role(role)
