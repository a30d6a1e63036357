"""Setting the scene: agency, people, calendar and procedure as rows of the scratch database."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from pypdf import PdfWriter

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit, WorkingCalendar
from motcua.agencies.rules.cards import AgencyCard
from motcua.agencies.rules.codes import PROVINCE_CODES
from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import Competence, ProcedureVersion
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.config.cases import calendars, publishing, real
from motcua.config.cases.model import Case, Person
from motcua.documents import services as documents
from motcua.kernel.actors import SYSTEM, Actor
from motcua.worktime.rules import ZONE, Calendar


class CannotSet(Exception):
    """The story asks for something that is not there; the message says what."""


@dataclass(slots=True)
class Scene:
    """What the acts of a case refer to. `accounts` are by the key of the person."""

    case: Case
    agency: AgencyCard
    calendar: Calendar
    sheet: ProcedureSheet
    accounts: dict[str, Account] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)
    closures: dict[str, int] = field(default_factory=dict)
    _papers: dict[str, str] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The person as the one who acts. People without an account cannot act; the system can."""
        if key == "system":
            return SYSTEM
        if key not in self.accounts:
            raise CannotSet(f"{key} has no account and cannot act")
        return actor_of(self.accounts[key])

    def unit(self, key: str) -> int:
        """The id of the division of another agency, or of a unit of the agency itself."""
        units = Unit.objects.filter(agency__province=self.case.province, key=key)
        unit = units.exclude(agency_id=self.agency.id).first() or units.first()
        if unit is None:
            raise CannotSet(f"there is no unit {key!r}")
        return unit.pk

    def other_agency(self, key: str) -> int:
        """The id of another agency of the story."""
        agency = Agency.objects.filter(province=self.case.province, key=f"co-quan-{key}").first()
        if agency is None:
            raise CannotSet(f"there is no agency {key!r}")
        return agency.pk

    def person(self, key: str) -> Person:
        return self.case.people[key]

    def closure(self, label: str) -> int:
        """The id of the closure of that label."""
        if label not in self.closures:
            raise CannotSet(f"there is no closure {label!r} yet")
        return self.closures[label]

    def incident(self, label: str) -> str:
        """The id of the incident of that label."""
        if label not in self.incidents:
            raise CannotSet(f"there is no incident {label!r} yet")
        return self.incidents[label]

    def key_of_account(self, account_id: object) -> str | None:
        return next(
            (key for key, account in self.accounts.items() if str(account.pk) == str(account_id)), None
        )

    def paper(self, actor: Actor, at: datetime) -> str:
        """The id of a small stored file that the actor sent; stored once per actor."""
        if actor.id not in self._papers:
            card = documents.store(upload=_pdf(), name="giay-to.pdf", actor=actor, at=at)
            self._papers[actor.id] = str(card.id)
        return self._papers[actor.id]

    def forget_papers(self) -> None:
        """What a refused act stored is gone with it."""
        self._papers.clear()


def set_scene(case: Case) -> Scene:
    """Write everything the story takes for granted. Raises CannotSet."""
    agency = _real_agency(case) if "code" in case.procedure else _made_agency(case)
    calendar = calendars.calendar_for(case, agency)
    if case.calendar:
        _keep_calendar(case, agency, calendar)
    is_real = "code" in case.procedure
    sheet = real.sheet_of(case) if is_real else publishing.publish(case, agency)
    scene = Scene(case, agency, calendar, sheet)
    unit_id = Competence.objects.filter(
        agency_id=agency.id, procedure__versions=sheet.version_id
    ).values_list("settling_unit_id", flat=True)[0]
    places = {"": (agency, unit_id)} | _others(case, sheet)
    for person in case.people.values():
        if person.has_account:
            scene.accounts[person.key] = _account(person, case)
            _give_posts(scene.accounts[person.key], person, *places[person.at])
    return scene


def _others(case: Case, sheet: ProcedureSheet) -> dict[str, tuple[AgencyCard, int]]:
    """The other agencies of the story with their division; those that settle the procedure too may get it."""
    found = {}
    for number, (key, facts) in enumerate(case.others.items(), start=1):
        agency = Agency.objects.create(
            province=case.province,
            key=f"co-quan-{key}",
            name=facts["name"],
            level=AgencyLevel(facts.get("level", "commune")),
            kind=AgencyKind.COMMUNE_COMMITTEE,
            legacy_code=f"000.00.{number:02d}.{PROVINCE_CODES[case.province]}",
            marks={"all": "sample"},
        )
        division = _units_of(agency, division_key=key)
        if facts.get("settles"):
            version = ProcedureVersion.objects.get(pk=sheet.version_id)
            Competence.objects.create(procedure=version.procedure, agency=agency, settling_unit_id=division)
        found[key] = (agencies.agency(agency.pk), division)
    return found


def _made_agency(case: Case) -> AgencyCard:
    facts: Mapping[str, Any] = case.agency if isinstance(case.agency, Mapping) else {}
    agency = Agency.objects.create(
        province=case.province,
        key="co-quan-cua-tinh-huong",
        name=facts.get("name", "Ủy ban nhân dân xã Mẫu"),
        level=AgencyLevel(facts.get("level", "commune")),
        kind=AgencyKind.COMMUNE_COMMITTEE,
        legacy_code=facts.get("legacy_code", ""),
        marks={"all": "sample"},
    )
    _units_of(agency)
    return agencies.agency(agency.pk)


def _units_of(agency: Agency, division_key: str = "division") -> int:
    """Make the four units that a dossier meets; the id of the division."""
    units = (
        ("desk", "Bộ phận Tiếp nhận và Trả kết quả", UnitKind.DESK),
        (division_key, "Phòng chuyên môn", UnitKind.DIVISION),
        ("leadership", "Lãnh đạo", UnitKind.LEADERSHIP),
        ("office", "Văn thư", UnitKind.OFFICE),
    )
    made = [
        Unit.objects.create(agency=agency, key=key, name=name, kind=kind, position=position, mark="sample")
        for position, (key, name, kind) in enumerate(units)
    ]
    agencies.forget()
    return made[1].pk


def _real_agency(case: Case) -> AgencyCard:
    """The agency of the real tree that is named, or the first that settles the procedure."""
    real.load(case)
    if isinstance(case.agency, str):
        row = Agency.objects.filter(province=case.province, key=case.agency).first()
        if row is None:
            raise CannotSet(f"there is no agency {case.agency!r} in {case.province}")
        return agencies.agency(row.pk)
    version_id = real.version_of(case)
    offers = catalogue.offers_of(version_id, province=case.province, on=case.first_day)
    for offer in offers:
        card = agencies.agency(offer.agency_id)
        if card.desk_unit_id and card.leadership_unit_id and card.office_unit_id:
            return card
    raise CannotSet(f"no agency of {case.province} settles {case.procedure['code']}")


def _keep_calendar(case: Case, agency: AgencyCard, calendar: Calendar) -> None:
    WorkingCalendar.objects.filter(agency_id=agency.id).delete()
    WorkingCalendar.objects.create(
        agency_id=agency.id,
        name=calendar.name,
        body=calendar.to_json(),
        published_at=datetime.combine(case.first_day, time.min, ZONE),
        published_by="case",
    )
    agencies.forget()


def _account(person: Person, case: Case) -> Account:
    officer = person.kind == "officer"
    began = datetime.combine(case.first_day, time.min, ZONE)
    account = Account(
        kind=AccountKind.OFFICER if officer else AccountKind.CITIZEN,
        username=f"case.{person.key}" if officer else None,
        personal_id=None if officer else person.personal_id,
        full_name=person.name,
        email=person.email,
        phone=person.phone,
        email_verified_at=None if officer or not person.email else began,
        created_at=began,
    )
    account.set_unusable_password()
    account.save()
    return account


def _give_posts(account: Account, person: Person, agency: AgencyCard, settling_unit_id: int) -> None:
    """Posts by role, as the units of the agency stand."""
    places = {
        Role.RECEIVER: agency.desk_unit_id,
        Role.DESK_HEAD: agency.desk_unit_id,
        Role.POSTAL_STAFF: agency.desk_unit_id,
        Role.APPROVER: agency.leadership_unit_id,
        Role.CLERK: agency.office_unit_id,
        Role.ADMIN: agency.office_unit_id,
    }
    for name in person.roles:
        role = Role(name)
        Position.objects.create(
            account=account,
            unit_id=places.get(role) or settling_unit_id,
            role=role,
            valid_from=date(2000, 1, 1),
            valid_to=person.posts_until,
        )


def _pdf() -> io.BytesIO:
    """A blank page: any paper of a story may be it."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    page = io.BytesIO()
    writer.write(page)
    page.seek(0)
    return page
