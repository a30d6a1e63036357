"""The published province and the agencies that play in it, with their officers."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.conf import settings

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.config.demo import people
from motcua.config.demo.stories import Office
from motcua.kernel.actors import SYSTEM
from motcua.process import services as process_services

OFFICES = 6
CITIZENS = 20


def load_published(at: datetime) -> None:
    """Agencies, procedures and processes as they are published, in an empty database."""
    agency_services.load_province(
        province=settings.PROVINCE,
        actor=SYSTEM,
        at=at,
        keep_closed_open=settings.PROVINCE == "kon-tum",
        sample_reach=True,
    )
    catalogue_services.load_published(province=settings.PROVINCE, actor=SYSTEM, at=at)
    process_services.load_published(actor=SYSTEM, at=at)


def offices(at: datetime, rng: Random) -> list[Office]:
    """The agencies that play: communes and departments that settle the most procedures, two to one."""
    cards = catalogue.published(at.date())
    settles: dict[int, list[int]] = {}
    for card in cards:
        for offer in catalogue.offers_of(card.version_id, province=settings.PROVINCE, on=at.date()):
            settles.setdefault(offer.agency_id, []).append(card.version_id)
    chosen = _chosen(agencies.cards(settles), settles)
    found = []
    for number, agency in enumerate(chosen):
        versions = settles[agency.id]
        units = people.competent_units(agency.id, versions)
        staff = people.staff(agency, units, number=number, at=at, rng=rng)
        sheets = tuple(catalogue.sheet(version_id) for version_id in versions)
        found.append(Office(staff, agencies.calendar_of(agency.id, at.date()), sheets))
    return found


def _chosen(cards: tuple[AgencyCard, ...], settles: dict[int, list[int]]) -> list[AgencyCard]:
    whole = [card for card in cards if card.desk_unit_id and card.leadership_unit_id and card.office_unit_id]
    whole.sort(key=lambda card: -len(settles[card.id]))
    communes = [card for card in whole if card.level is AgencyLevel.COMMUNE]
    others = [card for card in whole if card.level is not AgencyLevel.COMMUNE]
    departments = min(len(others), OFFICES // 2)
    return [*communes[: OFFICES - departments], *others[:departments]]
