"""Sample officers and citizens, made by the same services that real ones are made by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.config.demo import sample
from motcua.config.demo.screen import Login
from motcua.kernel.actors import SYSTEM, Actor
from motcua.notify.models import OutboxMessage

# Who does what at the first agency; the same people appear in the tests and the worked cases.
CAST = (
    ("chi", "Trần Thị Chi", Role.RECEIVER, "receives and returns"),
    ("mai", "Lê Ngọc Mai", Role.DESK_HEAD, "head of the desk"),
    ("lam", "Hoàng Văn Lâm", Role.UNIT_HEAD, "assigns, reviews"),
    ("dung", "Nguyễn Văn Dũng", Role.CASE_OFFICER, "settles"),
    ("oanh", "Bùi Kim Oanh", Role.CASE_OFFICER, "settles"),
    ("hanh", "Phạm Thị Hạnh", Role.APPROVER, "approves"),
    ("khoa", "Đỗ Minh Khoa", Role.CLERK, "numbers results"),
)
ADMIN = ("quan-tri", "Đặng Quốc Quân")
POST = ("buu", "Ngô Văn Bưu")  # of the postal enterprise, under a contract
NEWCOMER = ("moi", "Vũ Hồng Thảo")  # still has the password that was given: must change it first


@dataclass(frozen=True, slots=True)
class Citizen:
    actor: Actor
    personal_id: str
    phone: str
    email: str
    address: str
    date_of_birth: date | None


@dataclass(frozen=True, slots=True)
class Staff:
    """The officers of one agency, by what they do."""

    agency: AgencyCard
    by_role: dict[Role, tuple[Actor, ...]]
    by_id: dict[str, Actor]

    @property
    def receiver(self) -> Actor:
        return self.by_role[Role.RECEIVER][0]

    @property
    def unit_head(self) -> Actor:
        return self.by_role[Role.UNIT_HEAD][0]

    @property
    def case_officers(self) -> tuple[Actor, ...]:
        return self.by_role[Role.CASE_OFFICER]

    def holder(self, role: str, rng: Random) -> Actor:
        return rng.choice(self.by_role[Role(role)])


def staff(
    agency: AgencyCard, settling_units: Sequence[int], *, number: int, at: datetime, rng: Random
) -> Staff:
    """Officers for an agency; agency number 0 gets the well-known cast, the others people with numbers."""
    by_role: dict[Role, tuple[Actor, ...]] = {}
    for username, name, role, _ in CAST:
        own_name = name if number == 0 else sample.full_name(rng)
        actor = officer(f"{username}{number + 1}" if number else username, own_name, at)
        for unit_id in _units(agency, role, settling_units):
            agency_services.give_position(
                actor=SYSTEM,
                account_id=int(actor.id),
                unit_id=unit_id,
                role=role,
                valid_from=at.date(),
            )
        by_role[role] = (*by_role.get(role, ()), actor)
    everybody = {actor.id: actor for actors in by_role.values() for actor in actors}
    return Staff(agency, by_role, everybody)


def administrators(agency: AgencyCard, at: datetime) -> Actor:
    """The administrator; and staff of the post, and a receiving officer who has not logged in yet."""
    administrator = officer(*ADMIN, at, is_admin=True)
    carrier = officer(*POST, at)
    assert agency.desk_unit_id is not None
    agency_services.give_position(
        actor=SYSTEM,
        account_id=int(carrier.id),
        unit_id=agency.desk_unit_id,
        role=Role.POSTAL_STAFF,
        valid_from=at.date(),
    )
    username, name = NEWCOMER
    given = account_services.create_officer(
        actor=SYSTEM, username=username, full_name=name, at=at, password=sample.GIVEN_PASSWORD
    )
    agency_services.give_position(
        actor=SYSTEM,
        account_id=given.account.id,
        unit_id=agency.desk_unit_id,
        role=Role.RECEIVER,
        valid_from=at.date(),
    )
    return administrator


def citizens(count: int, place: str, *, at: datetime, rng: Random) -> tuple[Citizen, ...]:
    """People with an account whose e-mail address is confirmed; the first is An."""
    return tuple(_citizen(serial, place, at, rng) for serial in range(1, count + 1))


def logins(an: Citizen, agency: str) -> list[Login]:
    """The people worth trying, for the table on the screen; the officers work at `agency`."""
    task = f"citizen. The officers below work at: {agency}"
    known = [Login("portal", an.personal_id, sample.PASSWORD, an.actor.name, task)]
    for username, name, _, task in CAST:
        known.append(Login("desk", username, sample.PASSWORD, name, task))
    known.append(Login("desk", POST[0], sample.PASSWORD, POST[1], "brings results home by post"))
    known.append(Login("desk", ADMIN[0], sample.PASSWORD, ADMIN[1], "administrator"))
    known.append(Login("desk", NEWCOMER[0], sample.GIVEN_PASSWORD, NEWCOMER[1], "first log-in"))
    return known


def _units(agency: AgencyCard, role: Role, settling_units: Sequence[int]) -> Sequence[int]:
    match role:
        case Role.RECEIVER | Role.DESK_HEAD:
            units = [agency.desk_unit_id]
        case Role.APPROVER:
            units = [agency.leadership_unit_id]
        case Role.CLERK:
            units = [agency.office_unit_id]
        case _:
            return settling_units
    return [unit for unit in units if unit is not None]


def officer(username: str, name: str, at: datetime, *, is_admin: bool = False) -> Actor:
    """An officer who has already changed the given password."""
    given = account_services.create_officer(
        actor=SYSTEM, username=username, full_name=name, at=at, is_admin=is_admin
    )
    actor = accounts.actor_of(given.account)
    account_services.change_password(actor=actor, current=given.password, new=sample.PASSWORD, at=at)
    terms = account_services.terms_in_force(at.date())
    if terms is not None:
        account_services.acknowledge(actor=actor, version=str(terms), at=at)
    return actor


def _citizen(serial: int, place: str, at: datetime, rng: Random) -> Citizen:
    name = "Nguyễn Văn An" if serial == 1 else sample.full_name(rng)
    registration = account_services.register_citizen(
        full_name=name,
        personal_id=sample.personal_id(serial),
        phone=sample.phone(serial),
        email=sample.email(name, serial),
        password=sample.PASSWORD,
        at=at,
        address=sample.address(rng, place),
        date_of_birth=sample.birthday(rng),
        accepts_terms=True,
    )
    letter = OutboxMessage.objects.filter(key="account.code", account_id=registration.id).latest("id")
    card = account_services.confirm_email(
        account_id=registration.id,
        registered_at=registration.registered_at,
        code=letter.context["code"],
        at=at,
    )
    return Citizen(
        accounts.actor_of(card),
        card.personal_id or "",
        card.phone,
        card.email,
        card.address,
        card.date_of_birth,
    )


def competent_units(agency_id: int, version_ids: Sequence[int]) -> list[int]:
    """The units of an agency that settle any of these procedures."""
    from motcua.catalogue import queries as catalogue

    found = {catalogue.settling_unit(version_id, agency_id) for version_id in version_ids}
    return sorted(unit for unit in found if unit is not None)


__all__ = ["Citizen", "Staff", "administrators", "agencies", "citizens", "competent_units", "logins", "staff"]
