"""Agencies, their places among each other, and their units."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

from django.db.models import Q, QuerySet

from motcua.agencies.enums import AgencyKind, AgencyLevel, UnitKind
from motcua.agencies.errors import UnknownAgency, UnknownUnit
from motcua.agencies.models import (
    Agency,
    Unit,
)
from motcua.agencies.queries.memory import edition, forget_if_old, keep, kept_cards
from motcua.agencies.rules import codes, reach
from motcua.agencies.rules.cards import (
    AgencyCard,
    AgencyFacts,
    Successors,
    UnitCard,
)
from motcua.agencies.rules.naming import own_name
from motcua.kernel.periods import Period
from motcua.kernel.text import fold, sort_key
from motcua.law import queries as law
from motcua.law.errors import NoRegulation


def agency(agency_id: int) -> AgencyCard:
    """The card of an agency. Raises UnknownAgency."""
    found = cards([agency_id])
    if not found:
        raise UnknownAgency()
    return found[0]


def cards(agency_ids: Iterable[int]) -> tuple[AgencyCard, ...]:
    """Cards of several agencies in Vietnamese order; two queries for those that are not known yet."""
    forget_if_old()
    wanted = set(agency_ids)
    # Each is looked up once: another thread may forget all at any moment.
    found = [card for each in wanted if (card := kept_cards.get(each)) is not None]
    if missing := wanted - {card.id for card in found}:
        of = edition()
        read = _cards_of(Agency.objects.filter(id__in=missing))
        found += [keep(kept_cards, card.id, card, of=of) for card in read]
    return tuple(sorted(found, key=lambda card: (sort_key(card.name), card.id)))


def agencies(
    province: str, on: date, *, level: AgencyLevel | None = None, text: str = "", limit: int = 500
) -> tuple[AgencyCard, ...]:
    """Agencies of a province that exist on the day, in Vietnamese order; `text` is accent-blind."""
    rows = Agency.objects.filter(valid(on), province=province)
    if level is not None:
        rows = rows.filter(level=level)
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    ids = rows.order_by("sort_key", "id").values_list("id", flat=True)[:limit]
    return cards(ids)


def names(
    province: str, on: date, *, kind: AgencyKind | None = None, within: Iterable[int] | None = None
) -> tuple[tuple[int, str], ...]:
    """(number, name) of the agencies that exist on the day, in Vietnamese order: what a list to choose from
    needs. `within` leaves those with these numbers."""
    rows = Agency.objects.filter(valid(on), province=province)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if within is not None:
        rows = rows.filter(id__in=set(within))
    return tuple(rows.order_by("sort_key", "id").values_list("id", "name"))


def agencies_of_kind(province: str, kind: AgencyKind, on: date) -> tuple[AgencyCard, ...]:
    """Agencies of one kind that exist on the day, in Vietnamese order."""
    rows = Agency.objects.filter(valid(on), province=province, kind=kind.value)
    return _cards_of(rows.order_by("sort_key", "id"))


def desk_places(province: str) -> tuple[tuple[str, str], ...]:
    """Name and address of every one-stop desk that the province has or had, its centres among them. An
    address is empty where none is known. Two queries."""
    desks = Unit.objects.filter(agency__province=province, kind=UnitKind.DESK.value)
    named = desks.values_list("name", "agency__name", "agency__address")
    centres = Agency.objects.filter(province=province, kind=AgencyKind.ONE_STOP_CENTRE.value)
    return (
        *((own_name(name, agency_name), address) for name, agency_name, address in named),
        *centres.values_list("name", "address"),
    )


def agency_by_code(province: str, code: str) -> AgencyCard:
    """By dot path, older form or synthetic code. Raises UnknownAgency."""
    row = Agency.objects.filter(Q(code=code) | Q(legacy_code=code), province=province).first()
    if row is None:
        raise UnknownAgency()
    return agency(row.pk)


def agency_by_key(province: str, key: str) -> AgencyCard:
    """By its name in the data files, such as `so-tu-phap`. Raises UnknownAgency."""
    row = Agency.objects.filter(province=province, key=key).values_list("id", flat=True).first()
    if row is None:
        raise UnknownAgency()
    return agency(row)


def places(province: str, on: date) -> tuple[tuple[str, str], ...]:
    """(key, name) of the agencies of the level of the province, at which steps of a process can be placed."""
    rows = Agency.objects.filter(valid(on), province=province, level=AgencyLevel.PROVINCE.value)
    return tuple(rows.order_by("sort_key", "id").values_list("key", "name"))


def place(agency_id: int, name: str) -> tuple[AgencyCard, int | None] | None:
    """The agency of another level that a process names, as seen from an agency, and the division it names.

    `above:province` is the nearest agency of that level above it; anything else is a key of its province,
    with `/` and the key of a division behind it. None where there is no such agency or division.
    """
    here = agency(agency_id)
    if name.startswith("above:"):
        return _above(here, name.removeprefix("above:"))
    key, _, division = name.partition("/")
    try:
        there = agency_by_key(here.province, key)
    except UnknownAgency:
        return None
    if not division:
        return there, None
    unit_id = Unit.objects.filter(agency_id=there.id, key=division).values_list("id", flat=True).first()
    return (there, unit_id) if unit_id is not None else None


def _above(here: AgencyCard, level: str) -> tuple[AgencyCard, None] | None:
    return next(((card, None) for card in line_above(here) if card.level == level), None)


def line_above(card: AgencyCard) -> Iterator[AgencyCard]:
    """The agencies above this one, the nearest first; ends after as many as there are levels."""
    for _ in AgencyLevel:  # no import makes a tree deeper, nor one that bites its tail
        if card.parent_id is None:
            return
        card = agency(card.parent_id)
        yield card


def agency_of_party(province: str, party: str, on: date) -> AgencyCard | None:
    """The agency of the province that is meant by a body (`office`, `dttt`, …) on the day; None if none."""
    return agencies_of_parties(province, [party], on).get(party)


def agency_named_by(province: str, key: str, on: date) -> AgencyCard | None:
    """The agency that the regulation in force names under the key of one of its values; None if it names
    none, or none is in force."""
    try:
        party = law.regulation_in_force(province, on).choice(key)
    except NoRegulation:
        return None
    return agency_of_party(province, party, on) if party else None


def agencies_of_parties(province: str, parties: Iterable[str], on: date) -> dict[str, AgencyCard]:
    """`agency_of_party` for several of them, by party, in one query; who is nobody on the day is left out."""
    keys = {party: _parties().get(party, []) for party in parties}
    rows = Agency.objects.filter(valid(on), province=province, key__in=sorted({*chain(*keys.values())}))
    found = dict(rows.values_list("key", "id"))
    meant = {
        party: next((found[key] for key in named if key in found), None) for party, named in keys.items()
    }
    return {party: agency(number) for party, number in meant.items() if number is not None}


@cache
def spoken_names() -> dict[str, str]:
    """How people call places beside their name of today, and that name."""
    path = Path(__file__).resolve().parents[1] / "data" / "spoken-names.toml"
    with path.open("rb") as file:
        table: dict[str, str] = tomllib.load(file)["spoken"]
    return table


@cache
def _parties() -> dict[str, list[str]]:
    path = Path(__file__).resolve().parents[1] / "data" / "parties.toml"
    return tomllib.loads(path.read_text("utf-8"))


def unit(unit_id: int) -> UnitCard:
    """Raises UnknownUnit."""
    row = Unit.objects.filter(id=unit_id).first()
    if row is None:
        raise UnknownUnit()
    return unit_card(row)


def units(unit_ids: Iterable[int]) -> tuple[UnitCard, ...]:
    """The cards of several units; no query if none is asked for."""
    wanted = set(unit_ids)
    return tuple(unit_card(row) for row in Unit.objects.filter(id__in=wanted)) if wanted else ()


def name_of_unit(card: UnitCard) -> str:
    """What the unit is called, as people read it who do not know its agency."""
    return own_name(card.name, agency(card.agency_id).name)


def place_of_unit(card: UnitCard) -> str:
    """Agency and unit, as people of other agencies read where something lies."""
    return f"{agency(card.agency_id).name}, {name_of_unit(card)}"


def below(agency_id: int, on: date) -> tuple[AgencyCard, ...]:
    """The agencies right below one that exist on the day, in Vietnamese order."""
    return _cards_of(Agency.objects.filter(valid(on), parent_id=agency_id).order_by("sort_key", "id"))


def facts_of(agency_id: int) -> AgencyFacts:
    """What administrators write about an agency. Raises UnknownAgency."""
    row = Agency.objects.select_related("parent").filter(id=agency_id).first()
    if row is None:
        raise UnknownAgency()
    return AgencyFacts(
        row.pk, row.key, row.kind, row.address, row.parent.name if row.parent else "", dict(row.marks)
    )


def successors(agency_id: int, on: date) -> Successors:
    """Who took over from an agency that has ended, as was recorded with its end or its source says; empty
    where neither does.

    Communes are named by the number of their place in the list of places, others by name.
    """
    row = Agency.objects.filter(id=agency_id).values("province", "marks", "kind", "successor_id").first()
    if row is None:
        return Successors()
    there = Agency.objects.filter(valid(on), province=row["province"]).exclude(id=agency_id)
    if row["successor_id"]:
        return Successors(_cards_of(there.filter(id=row["successor_id"])))
    numbers = [each for each in str(row["marks"].get("succeeded_by_gso", "")).split(", ") if each]
    name = str(row["marks"].get("functions_to", ""))
    found: tuple[AgencyCard, ...] = ()
    if numbers:
        found = _cards_of(
            there.filter(kind=row["kind"], marks__gso_code__in=numbers).order_by("sort_key", "id")
        )
    elif name:
        found = _cards_of(there.filter(name=name))
    return Successors(found, "" if found else name)


def _cards_of(rows: QuerySet[Agency]) -> tuple[AgencyCard, ...]:
    return tuple(_card(row) for row in rows.prefetch_related("units"))


def _card(row: Agency) -> AgencyCard:
    return AgencyCard(
        id=row.pk,
        province=row.province,
        code=row.code or None,
        code_is_synthetic=row.code_is_synthetic,
        legacy_code=row.legacy_code or None,
        name=row.name,
        level=AgencyLevel(row.level),
        parent_id=row.parent_id,
        validity=Period(row.valid_from, row.valid_to),
        units=tuple(unit_card(unit) for unit in row.units.all()),
        dossier_code_prefix=codes.dossier_prefix(
            code=row.code or None,
            legacy_code=row.legacy_code or None,
            province_code=codes.PROVINCE_CODES.get(row.province, ""),
        ),
        has_own_prefix=codes.has_own_prefix(code=row.code or None, legacy_code=row.legacy_code or None),
        address=row.address,
        phones=tuple(row.phones),
        email=row.email,
        contact_is_sample=reach.is_sample(row.marks),
    )


def unit_card(row: Unit) -> UnitCard:
    """The unit as others see it."""
    return UnitCard(row.pk, row.agency_id, row.name, UnitKind(row.kind), row.valid_to)


def valid(on: date) -> Q:
    """What is there on the day: begun, and not over."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )
