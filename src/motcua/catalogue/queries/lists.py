"""Lists of procedures, and the agencies that settle them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua.catalogue.enums import OnlineLevel, Publication
from motcua.catalogue.models import Competence, ProcedureVersion, Promise
from motcua.catalogue.queries.sheets import in_force
from motcua.catalogue.rules.cards import Called, LifeEvent, Offer, ProcedureCard, SectorCount, Settled
from motcua.kernel.limits import TimeLimit
from motcua.kernel.text import fold, one_spelling

_SETTLING_UNIT = """
SELECT competence.settling_unit_id FROM catalogue_competence AS competence
JOIN catalogue_procedureversion AS version ON version.procedure_id = competence.procedure_id
WHERE version.id = %s AND competence.agency_id = %s"""

_LIFE_EVENTS = Path(__file__).resolve().parent.parent / "data" / "life-events.toml"


def published(on: date | None = None, *, sector: str | None = None) -> tuple[ProcedureCard, ...]:
    """Procedures in force on the day (None: without end), in Vietnamese order of their titles."""
    rows = in_force(on)
    if sector is not None:
        rows = rows.filter(sector=sector)
    return cards_of(rows.order_by("sort_key", "id"))


def by_sector(sector: str, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """What is published of one sector.

    Basis: KT18-5.1.a#2.
    """
    return published(on, sector=sector)


def sectors(on: date | None = None) -> tuple[SectorCount, ...]:
    """Sectors that have procedures in force, the fullest first."""
    rows = in_force(on).values("sector").annotate(count=Count("id")).order_by("-count", "sector")
    return tuple(SectorCount(row["sector"], row["count"]) for row in rows)


def offers_of(version_id: int, *, province: str | None = None, on: date | None = None) -> tuple[Offer, ...]:
    """The agencies that settle the procedure of this version, in Vietnamese order of their names."""
    rows = Competence.objects.filter(procedure__versions__id=version_id)
    if province is not None:
        rows = rows.filter(agency__province=province)
    if on is not None:
        rows = rows.filter(_agency_exists(on))
    values = rows.order_by("agency__sort_key", "agency_id").values_list(
        "agency_id",
        "agency__name",
        "agency__level",
        "agency__province",
        "settling_unit_id",
    )
    return tuple(Offer(*value) for value in values)


def _agency_exists(on: date) -> Q:
    return (Q(agency__valid_from__isnull=True) | Q(agency__valid_from__lte=on)) & (
        Q(agency__valid_to__isnull=True) | Q(agency__valid_to__gte=on)
    )


def count_settled(agency_id: int, *, unit_id: int | None = None) -> int:
    """How many procedures the agency settles, or one of its units."""
    rows = Competence.objects.filter(agency_id=agency_id)
    return (rows if unit_id is None else rows.filter(settling_unit_id=unit_id)).count()


def settled_after(
    agency_id: int, *, successor_id: int | None, from_day: date
) -> tuple[tuple[str, bool], ...]:
    """The codes of the procedures that this agency settles, and whether anybody would from that day on
    without it: its successor, or where there is none any other agency of the province. One query.
    """
    rows = Competence.objects.filter(agency_id=agency_id)
    others = Competence.objects.filter(_agency_exists(from_day), procedure_id=OuterRef("procedure_id"))
    others = others.filter(agency__province=OuterRef("agency__province")).exclude(agency_id=agency_id)
    if successor_id is not None:
        others = others.filter(agency_id=successor_id)
    found = rows.annotate(goes_on=Exists(others)).order_by("procedure__code")
    return tuple(found.values_list("procedure__code", "goes_on"))


def with_codes(codes: Iterable[str], on: date | None = None) -> tuple[ProcedureCard, ...]:
    """The procedures in force among these codes, in the order of the codes."""
    order = {code: place for place, code in enumerate(codes)}
    cards = cards_of(in_force(on).filter(procedure__code__in=order))
    return tuple(sorted(cards, key=lambda card: order[card.code]))


def not_by_mandate(on: date | None = None) -> tuple[ProcedureCard, ...]:
    """The procedures in force with which nobody may be entrusted, as their sheets say.

    By reference TT 04/2020/TT-BTP Đ2 (memory).
    """
    return cards_of(in_force(on).filter(body__has_key="no_mandate").order_by("sort_key", "id"))


def titles(codes: Iterable[str]) -> dict[str, str]:
    """What the procedures of these codes are called, by code: in force or not, by their newest version."""
    rows = ProcedureVersion.objects.filter(procedure__code__in=set(codes), state=Publication.PUBLISHED)
    return dict(rows.order_by("valid_from", "id").values_list("procedure__code", "title"))


def settled_by(agency_id: int, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """The procedures in force that this agency settles, in Vietnamese order of their titles."""
    rows = in_force(on).filter(procedure__competences__agency_id=agency_id)
    return cards_of(rows.order_by("sort_key", "id"))


def competences_of(agency_id: int, on: date, *, text: str = "", limit: int = 100) -> tuple[Settled, ...]:
    """What the agency settles, with the units, in Vietnamese order; `text` filters accent-blind.

    An agency settles some hundred procedures: they are read whole and filtered here.
    """
    rows = in_force(on).filter(procedure__competences__agency_id=agency_id)
    values = rows.order_by("sort_key", "id").values_list(
        "procedure__code", "title", "sector", "procedure__competences__settling_unit__name"
    )
    words = one_spelling(fold(text)).split()
    found = (Settled(*value) for value in values)
    wanted = (each for each in found if _has(words, each))
    return tuple(islice(wanted, limit))


def count_of_competences(agency_id: int, on: date) -> int:
    """How many procedures in force the agency settles."""
    return in_force(on).filter(procedure__competences__agency_id=agency_id).count()


def _has(words: list[str], each: Settled) -> bool:
    text = one_spelling(fold(f"{each.title} {each.code} {each.sector}"))
    return all(word in text for word in words)


def settling_agencies(province: str, on: date | None = None) -> dict[int, int]:
    """The agencies of a province that settle anything, with how many procedures each does.

    On a day only those that exist then; None: all that ever did.
    """
    there = Competence.objects.filter(agency__province=province)
    rows = (
        (there if on is None else there.filter(_agency_exists(on)))
        .filter(procedure__versions__in=in_force(on))
        .values("agency_id")
        .annotate(count=Count("procedure_id", distinct=True))
        .values_list("agency_id", "count")
    )
    return dict(rows)


def settling_units(
    province: str, on: date, *, agency_id: int | None = None
) -> tuple[tuple[int, int, str], ...]:
    """(agency, settling unit, code) of what the agencies of a province that exist on the day settle by a
    version in force, or one of them does; one query."""
    rows = Competence.objects.filter(_agency_exists(on), agency__province=province)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    rows = rows.filter(procedure__versions__in=in_force(on)).order_by("agency__sort_key", "agency_id")
    return tuple(rows.values_list("agency_id", "settling_unit_id", "procedure__code").distinct())


@cache
def life_events() -> tuple[LifeEvent, ...]:
    """What happens to people and businesses, as ways to a procedure."""
    with _LIFE_EVENTS.open("rb") as file:
        rows = tomllib.load(file)["event"]
    return tuple(
        LifeEvent(calls_for=tuple(Called(**each) for each in row.pop("procedures")), **row) for row in rows
    )


def settling_unit(version_id: int, agency_id: int) -> int | None:
    """The unit that does the work at this agency; None if the agency does not settle the procedure.

    Asked at every filing, so it is plain SQL.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTLING_UNIT, [version_id, agency_id])
        row = cursor.fetchone()
    return row[0] if row else None


def settled_at(version_ids: Iterable[int], agency_ids: Iterable[int]) -> frozenset[int]:
    """Those of the versions whose procedure any of these agencies settles. One query."""
    rows = Competence.objects.filter(
        procedure__versions__id__in=list(version_ids), agency_id__in=list(agency_ids)
    )
    return frozenset(rows.values_list("procedure__versions__id", flat=True))


def settled_in(version_ids: Iterable[int], province: str) -> frozenset[int]:
    """Those of the versions whose procedure any agency of the province settles. One query."""
    rows = Competence.objects.filter(procedure__versions__id__in=list(version_ids), agency__province=province)
    return frozenset(rows.values_list("procedure__versions__id", flat=True))


def promise_for(version_id: int, agency_id: int, on: date) -> TimeLimit | None:
    """The term that the agency promises for online filings of that procedure on the day; None if it does not.

    Basis: QN20-11.5, KT18-8.1.c.
    """
    rows = Promise.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        procedure__versions=version_id,
        agency_id=agency_id,
        valid_from__lte=on,
    )
    limit = rows.order_by("-valid_from").values_list("limit", flat=True).first()
    return TimeLimit.parse(limit) if limit else None


def cards_of(rows: QuerySet[ProcedureVersion]) -> tuple[ProcedureCard, ...]:
    values = rows.annotate(code=F("procedure__code")).values_list(
        "id", "code", "title", "sector", "online_level", "is_sample"
    )
    return tuple(
        ProcedureCard(version_id, code, title, sector, OnlineLevel(level), is_sample)
        for version_id, code, title, sector, level, is_sample in values
    )
