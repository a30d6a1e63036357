"""A real commune of Đắk Lắk with its officers, real procedures, and a clock that shows a working day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from tests.notify.mailroom import MailRoom

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyLevel, Role
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.kernel.actors import SYSTEM, Actor
from motcua.notify import services as notify
from motcua.process import services as process_services
from motcua.worktime import queries as worktime

PROVINCE = "dak-lak"
PROCEDURE = "2.000635"  # a copy of a civil status record: an e-form, no paper that must be sent
PASSWORD = "trời xanh mây trắng 7"
CAST = {
    "chi": ("Trần Thị Chi", Role.RECEIVER),
    "lam": ("Hoàng Văn Lâm", Role.UNIT_HEAD),
    "dung": ("Nguyễn Văn Dũng", Role.CASE_OFFICER),
    "hanh": ("Phạm Thị Hạnh", Role.APPROVER),
    "khoa": ("Đỗ Minh Khoa", Role.CLERK),
}
AN = {
    "full_name": "Nguyễn Văn An",
    "personal_id": "066090001234",
    "phone": "0912345678",
    "email": "an@example.vn",
    "password": PASSWORD,
}


@dataclass
class Town:
    """The commune at work. `now` is this moment moved to half past eight on a working day."""

    agency: AgencyCard
    now: Callable[[], datetime]
    mail: MailRoom
    officers: dict[str, Actor] = field(default_factory=dict)

    def letters(self, to: str) -> list[str]:
        """Deliver what waits by SMTP; the texts of all letters to this address so far."""
        transport = notify.SmtpTransport()
        while notify.deliver_next(transport=transport, at=self.now()) is not None:
            pass
        transport.close()
        return [
            str(message.get_content())
            for message, people in zip(self.mail.arrived, self.mail.recipients, strict=True)
            if to in people
        ]

    def code_for(self, to: str) -> str:
        """The six digits in the newest letter to this address."""
        found = re.findall(r"\b\d{6}\b", self.letters(to)[-1])
        return str(found[0])


def working_clock(real: datetime) -> Callable[[], datetime]:
    """A clock that runs on from half past eight on the first working day after `real`."""
    calendar = worktime.published_calendar(PROVINCE)
    tomorrow = (real + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    opens = calendar.next_opening(tomorrow)
    shift = opens.replace(hour=8, minute=30) - real
    return lambda: datetime.now(real.tzinfo) + shift


def make_town(now: Callable[[], datetime], mail: MailRoom) -> Town:
    """Load the province as an operator does, and staff one commune."""
    at = now() - timedelta(days=30)
    load(at)
    version = catalogue.version_in_force(PROCEDURE, at.date())
    offers = catalogue.offers_of(version, province=PROVINCE, on=at.date())
    offer = next(each for each in offers if each.agency_level == AgencyLevel.COMMUNE)
    agency = agencies.agency(offer.agency_id)
    town = Town(agency, now, mail)
    units = {
        Role.RECEIVER: agency.desk_unit_id,
        Role.UNIT_HEAD: offer.settling_unit_id,
        Role.CASE_OFFICER: offer.settling_unit_id,
        Role.APPROVER: agency.leadership_unit_id,
        Role.CLERK: agency.office_unit_id,
    }
    for username, (name, role) in CAST.items():
        unit = units[role]
        assert unit is not None
        town.officers[username] = officer(username, name, unit, role, at)
    return town


_loaded: dict[str, bytes] = {}  # rows of the loaded province, by table


def load(at: datetime) -> None:
    """The published province: loaded by the services once in each process, its rows copied back later."""
    if _loaded:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # whatever refers to what
            for table, rows in _loaded.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            models = [each for each in apps.get_models() if _quoted(each._meta.db_table) in _loaded]
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)  # or the next row of ours would bear a number that stands there
        return
    before = _rows()
    agency_services.load_province(province=PROVINCE, actor=SYSTEM, at=at)
    catalogue_services.load_published(province=PROVINCE, actor=SYSTEM, at=at)
    process_services.load_published(actor=SYSTEM, at=at)
    _loaded.update({table: rows for table, rows in _rows().items() if table not in before})


def _rows() -> dict[str, bytes]:
    """What stands in each table that is not empty."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            with cursor.copy(f"COPY {_quoted(table)} TO STDOUT") as copy:
                found[_quoted(table)] = b"".join(map(bytes, copy))
    return {table: rows for table, rows in found.items() if rows}


def _quoted(table: str) -> str:
    return str(connection.ops.quote_name(table))


def officer(username: str, name: str, unit_id: int, role: Role, at: datetime) -> Actor:
    """An officer in a post, who may begin to work."""
    actor = account_of(username, name, at)
    agency_services.give_position(
        actor=SYSTEM, account_id=int(actor.id), unit_id=unit_id, role=role, valid_from=at.date()
    )
    return actor


def account_of(username: str, name: str, at: datetime) -> Actor:
    """An officer who has changed the given password and acknowledged the terms already."""
    given = account_services.create_officer(actor=SYSTEM, username=username, full_name=name, at=at)
    actor = accounts.actor_of(given.account)
    account_services.change_password(actor=actor, current=given.password, new=PASSWORD, at=at)
    account_services.acknowledge(actor=actor, version=str(account_services.terms_in_force(at.date())), at=at)
    return actor
