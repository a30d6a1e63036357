"""What other apps ask about agencies.

Agency cards and calendars are kept in memory: they are asked for at every act and change a few times a year.
Each process looks at the edition number every few seconds and forgets what it knows when that has changed.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Count, F, Max, Q, QuerySet

from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.errors import UnknownAgency, UnknownUnit
from motcua.agencies.models import (
    Absence,
    Agency,
    Contact,
    Edition,
    LocalClosure,
    Position,
    Unit,
    WorkingCalendar,
)
from motcua.agencies.rules import codes
from motcua.agencies.rules.cards import (
    AbsenceCard,
    AgencyCard,
    AgencyFacts,
    ClosureCard,
    ContactCard,
    Holding,
    Officer,
    Post,
    Supporter,
    UnitCard,
)
from motcua.kernel.periods import Period
from motcua.kernel.text import fold, sort_key
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, Closure, calendar_from_json, closed, local

K = TypeVar("K")
V = TypeVar("V")

LOOK_AGAIN_AFTER = 3.0  # seconds
SUPPORTERS = 12  # names are enough to find one who answers

# Own posts, and those of absent colleagues for whom the account stands in, as far as whoever recorded the
# absence answers for them. Administration is not handed on, and neither are the posts of a blocked account.
_POSTS = """
SELECT position.unit_id, unit.agency_id, position.role, '' AS for_id, '' AS for_name
FROM agencies_position AS position JOIN agencies_unit AS unit ON unit.id = position.unit_id
WHERE position.account_id = %(account)s
AND (position.valid_from IS NULL OR position.valid_from <= %(day)s)
AND (position.valid_to IS NULL OR position.valid_to >= %(day)s)
UNION ALL
SELECT position.unit_id, unit.agency_id, position.role, absence.account_id::text, absent.full_name
FROM agencies_absence AS absence
JOIN accounts_account AS absent ON absent.id = absence.account_id
JOIN agencies_position AS position ON position.account_id = absence.account_id
JOIN agencies_unit AS unit ON unit.id = position.unit_id
WHERE absence.substitute_id = %(account)s AND absent.is_active AND position.role <> 'admin'
AND (unit.agency_id = ANY(absence.agency_ids)
     OR (position.unit_id = ANY(absence.unit_ids) AND position.role <> 'approver'))
AND absence.first_day <= %(day)s AND absence.last_day >= %(day)s
AND (absence.ended_on IS NULL OR absence.ended_on > %(day)s)
AND (position.valid_from IS NULL OR position.valid_from <= %(day)s)
AND (position.valid_to IS NULL OR position.valid_to >= %(day)s)"""

_OFFICERS = """
SELECT position.account_id, account.full_name
FROM agencies_position AS position JOIN accounts_account AS account ON account.id = position.account_id
WHERE position.unit_id = %s AND position.role = %s AND account.is_active
AND (position.valid_from IS NULL OR position.valid_from <= %s)
AND (position.valid_to IS NULL OR position.valid_to >= %s)
ORDER BY account.sort_key, account.id"""

_cards: dict[int, AgencyCard] = {}
_calendars: dict[int, tuple[tuple[Period, Calendar], ...]] = {}
_seen: dict[str, float] = {"edition": -1, "looked": float("-inf")}


def agency(agency_id: int) -> AgencyCard:
    """The card of an agency. Raises UnknownAgency."""
    found = cards([agency_id])
    if not found:
        raise UnknownAgency()
    return found[0]


def cards(agency_ids: Iterable[int]) -> tuple[AgencyCard, ...]:
    """Cards of several agencies in Vietnamese order; two queries for those that are not known yet."""
    _forget_if_old()
    wanted = set(agency_ids)
    if missing := wanted - _cards.keys():
        for card in _cards_of(Agency.objects.filter(id__in=missing)):
            _keep(_cards, card.id, card)
    found = [_cards[each] for each in wanted if each in _cards]
    return tuple(sorted(found, key=lambda card: (sort_key(card.name), card.id)))


def agencies(
    province: str, on: date, *, level: AgencyLevel | None = None, text: str = "", limit: int = 500
) -> tuple[AgencyCard, ...]:
    """Agencies of a province that exist on the day, in Vietnamese order; `text` is accent-blind."""
    rows = Agency.objects.filter(_valid(on), province=province)
    if level is not None:
        rows = rows.filter(level=level)
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return _cards_of(rows.order_by("sort_key", "id")[:limit])


def agencies_of_kind(province: str, kind: AgencyKind, on: date) -> tuple[AgencyCard, ...]:
    """Agencies of one kind that exist on the day, in Vietnamese order."""
    rows = Agency.objects.filter(_valid(on), province=province, kind=kind.value)
    return _cards_of(rows.order_by("sort_key", "id"))


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
    rows = Agency.objects.filter(_valid(on), province=province, level=AgencyLevel.PROVINCE.value)
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
    card = here
    for _ in AgencyLevel:  # no tree of ours is deeper
        if card.parent_id is None:
            return None
        card = agency(card.parent_id)
        if card.level == level:
            return card, None
    return None


def agency_of_party(province: str, party: str, on: date) -> AgencyCard | None:
    """The agency of the province that is meant by `office`, `dttt` or `justice` on the day; None if none."""
    keys = _parties().get(party, [])
    rows = Agency.objects.filter(_valid(on), province=province, key__in=keys).values_list("key", "id")
    found = dict(rows)
    return next((agency(found[key]) for key in keys if key in found), None)


@cache
def _parties() -> dict[str, list[str]]:
    path = Path(__file__).resolve().parent / "data" / "parties.toml"
    return tomllib.loads(path.read_text("utf-8"))


def unit(unit_id: int) -> UnitCard:
    """Raises UnknownUnit."""
    row = Unit.objects.filter(id=unit_id).first()
    if row is None:
        raise UnknownUnit()
    return _unit_card(row)


def units(unit_ids: Iterable[int]) -> tuple[UnitCard, ...]:
    """The cards of several units; no query if none is asked for."""
    wanted = set(unit_ids)
    return tuple(_unit_card(row) for row in Unit.objects.filter(id__in=wanted)) if wanted else ()


def positions_of(account_id: int, on: date) -> frozenset[Post]:
    """The posts an account holds on the day, for itself or for an absent colleague. Never cached: rights
    end at once.

    Asked at every act and every page of the desk, so it is plain SQL: building the query took longer than
    answering it.
    """
    return asked_positions_of(account_id, on)()


def asked_positions_of(account_id: int, on: date) -> Callable[[], frozenset[Post]]:
    """`positions_of` in two halves, for a pipeline: the question is sent now, the call reads the answer."""
    cursor = connection.cursor()
    cursor.execute(_POSTS, {"account": account_id, "day": on})

    def answer() -> frozenset[Post]:
        with cursor:
            return frozenset(
                Post(unit_id, agency_id, Role(role), *stands_for)
                for unit_id, agency_id, role, *stands_for in cursor
            )

    return answer


def officers_of(unit_id: int, role: Role | str, on: date) -> tuple[Officer, ...]:
    """Active officers who hold the role at the unit on the day, in Vietnamese order."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFICERS, [unit_id, str(role), on, on])
        return tuple(Officer(account_id, name, Role(role), unit_id) for account_id, name in cursor)


def staffed_units(
    province: str, roles: Iterable[Role], on: date
) -> tuple[tuple[str, tuple[UnitCard, ...]], ...]:
    """(agency name, its units in which somebody holds one of the roles on the day), in Vietnamese order."""
    rows = (
        Unit.objects.filter(
            agency__province=province,
            id__in=Position.objects.filter(
                _valid(on), role__in=[role.value for role in roles], account__is_active=True
            ).values("unit_id"),
        )
        .select_related("agency")
        .order_by("agency__sort_key", "agency_id", "position", "id")
    )
    found: dict[str, list[UnitCard]] = {}
    for row in rows:
        found.setdefault(row.agency.name, []).append(_unit_card(row))
    return tuple((name, tuple(units)) for name, units in found.items())


def colleagues_of(agency_ids: Iterable[int], on: date) -> tuple[Officer, ...]:
    """Active officers who hold a post at one of the agencies on the day, once for each post."""
    rows = (
        Position.objects.filter(_valid(on), unit__agency_id__in=set(agency_ids), account__is_active=True)
        .exclude(role=Role.ADMIN.value)
        .order_by("account__sort_key", "account_id", "unit_id", "role")
        .values_list("account_id", "account__full_name", "role", "unit_id")
    )
    return tuple(Officer(account_id, name, Role(role), unit) for account_id, name, role, unit in rows)


def supporters_of(agency_ids: Iterable[int], on: date) -> tuple[Supporter, ...]:
    """The administrators of the agencies: whom their officers ask about the system.

    Basis: QN20-26.4.
    """
    rows = (
        Position.objects.filter(_valid(on), unit__agency_id__in=set(agency_ids), account__is_active=True)
        .filter(role=Role.ADMIN.value)
        .order_by("account__sort_key", "account_id", "unit__agency__sort_key")
        .values_list("account__full_name", "unit__agency__name", "account__email", "account__phone")
        .distinct()
    )
    return tuple(Supporter(*row) for row in rows[:SUPPORTERS])


def absences(account_ids: Iterable[int], since: date) -> tuple[AbsenceCard, ...]:
    """Absences of these officers that are not over before the day, the earliest first."""
    rows = (
        Absence.objects.filter(account_id__in=set(account_ids), last_day__gte=since, ended_on__isnull=True)
        .select_related("account", "substitute")
        .order_by("first_day", "id")
    )
    return tuple(
        AbsenceCard(
            id=row.pk,
            account_id=row.account_id,
            full_name=row.account.full_name,
            substitute_id=row.substitute_id,
            substitute_name=row.substitute.full_name,
            first_day=row.first_day,
            last_day=row.last_day,
            reason=row.reason,
            recorded_by=row.recorded_by,
        )
        for row in rows
    )


def holdings(
    *, account_id: int | None = None, agency_id: int | None = None, limit: int = 500
) -> tuple[Holding, ...]:
    """Posts of an account, or all posts at an agency, with their days: those that run on first."""
    rows = Position.objects.select_related("account", "unit__agency")
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    if agency_id is not None:
        rows = rows.filter(unit__agency_id=agency_id)
    ordered = rows.order_by(
        "unit__position", "unit_id", "account__sort_key", F("valid_to").desc(nulls_first=True)
    )
    return tuple(_holding(row) for row in ordered[:limit])


def holding(position_id: int) -> Holding | None:
    row = Position.objects.select_related("account", "unit__agency").filter(id=position_id).first()
    return _holding(row) if row else None


def _holding(row: Position) -> Holding:
    return Holding(
        id=row.pk,
        account_id=row.account_id,
        full_name=row.account.full_name,
        username=row.account.username or "",
        is_active=row.account.is_active,
        role=Role(row.role),
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        agency_id=row.unit.agency_id,
        agency_name=row.unit.agency.name,
        days=Period(row.valid_from, row.valid_to),
    )


def facts_of(agency_id: int) -> AgencyFacts:
    """What administrators write about an agency. Raises UnknownAgency."""
    row = Agency.objects.select_related("parent").filter(id=agency_id).first()
    if row is None:
        raise UnknownAgency()
    return AgencyFacts(
        row.pk, row.key, row.kind, row.address, row.parent.name if row.parent else "", dict(row.marks)
    )


def calendar_of(agency_id: int, on: date) -> Calendar:
    """The working calendar of an agency: its own, else that of the agency above, else the province's.

    `on` picks among calendars with validity dates: the day of official receipt for a dossier, today for a
    page. One published ahead counts nothing before its first day. The agency's own closures are laid over
    whichever it is; those of the agency above are not. Raises UnknownAgency.
    """
    _forget_if_old()
    known = _calendars.get(agency_id)
    if known is None:
        known = _keep(_calendars, agency_id, calendars(agency_id))
    return next(calendar for days, calendar in known if on in days)


def calendars(agency_id: int, *, without: int = 0) -> tuple[tuple[Period, Calendar], ...]:
    """Every calendar that may apply, with its days, the nearest first; the last is without end.

    `without` leaves one closure out, to see what it does. Raises UnknownAgency.
    """
    rows = LocalClosure.objects.filter(agency_id=agency_id, withdrawn_at__isnull=True).exclude(id=without)
    closures = [_span(row) for row in rows]
    return tuple((days, closed(calendar, closures)) for days, calendar in _calendars_for(agency(agency_id)))


def closures(
    agency_id: int, at: datetime, *, is_over: bool = False, before: int | None = None, limit: int = 50
) -> tuple[ClosureCard, ...]:
    """Closures that go on or are to come, the earliest first; or those over or withdrawn, the newest first.

    `before` is the number of the last one seen, for the next page of the latter.
    """
    rows = LocalClosure.objects.filter(agency_id=agency_id)
    past = Q(ends_at__lte=at) | Q(withdrawn_at__isnull=False)
    if not is_over:
        return tuple(_closure(row) for row in rows.exclude(past).order_by("starts_at", "id")[:limit])
    rows = rows.filter(past, **({"id__lt": before} if before is not None else {}))
    return tuple(_closure(row) for row in rows.order_by("-id")[:limit])


def closure(closure_id: int) -> ClosureCard | None:
    row = LocalClosure.objects.filter(id=closure_id).first()
    return _closure(row) if row else None


def closures_mark(agency_id: int) -> str:
    """What an agency's closures are known by: it changes whenever one is announced or withdrawn."""
    found = LocalClosure.objects.filter(agency_id=agency_id).aggregate(
        last=Max("id"), withdrawn=Count("id", filter=Q(withdrawn_at__isnull=False))
    )
    return f"{found['last'] or 0}.{found['withdrawn']}"


def _span(row: LocalClosure) -> Closure:
    return Closure(local(row.starts_at), local(row.ends_at), row.reason)


def _closure(row: LocalClosure) -> ClosureCard:
    return ClosureCard(
        id=row.pk,
        agency_id=row.agency_id,
        span=_span(row),
        source=row.source,
        announced_by=row.announced_by,
        announced_at=row.announced_at,
        moved=row.moved,
        in_vain=row.in_vain,
        told_at=row.told_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
        untold_at=row.untold_at,
    )


def contacts(agency_ids: Collection[int]) -> dict[int, tuple[ContactCard, ...]]:
    """Whom to ask at each of these agencies, in the order in which they were put up; one query.

    Basis: DL24-5.7, DL24-11.3, QN20-18.
    """
    found: dict[int, tuple[ContactCard, ...]] = {}
    for row in Contact.objects.filter(agency_id__in=set(agency_ids)).order_by("agency_id", "id"):
        card = ContactCard(
            row.pk, row.agency_id, row.name, row.duty, row.phone, row.email, row.address, row.changed_at
        )
        found[row.agency_id] = (*found.get(row.agency_id, ()), card)
    return found


def forget() -> None:
    """Drop everything kept in memory (after a write, between scratch databases)."""
    _cards.clear()
    _calendars.clear()
    _seen.update(edition=-1, looked=float("-inf"))


def _calendars_for(card: AgencyCard) -> tuple[tuple[Period, Calendar], ...]:
    """Calendars as they were published, without closures; the province's is without end."""
    found: list[tuple[Period, Calendar]] = []
    above: AgencyCard | None = card
    while above is not None:
        for row in WorkingCalendar.objects.filter(agency_id=above.id):
            found.append((Period(row.valid_from, row.valid_to), calendar_from_json(row.body)))
        above = agency(above.parent_id) if above.parent_id else None
    return (*found, (Period(), worktime.published_calendar(card.province, card.code)))


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
        units=tuple(_unit_card(unit) for unit in row.units.all()),
        dossier_code_prefix=codes.dossier_prefix(
            code=row.code or None,
            legacy_code=row.legacy_code or None,
            province_code=codes.PROVINCE_CODES.get(row.province, ""),
        ),
        address=row.address,
    )


def _unit_card(row: Unit) -> UnitCard:
    return UnitCard(row.pk, row.agency_id, row.name, UnitKind(row.kind))


def _valid(on: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )


def _keep(store: dict[K, V], key: K, value: V) -> V:
    # Inside a transaction the row may yet be rolled back, but rows once written are what they are: an id is
    # never given twice, so the worst case is a card nobody asks for.
    store[key] = value
    return value


def _forget_if_old() -> None:
    if transaction.get_connection().in_atomic_block and _seen["edition"] >= 0:
        return
    now = time.monotonic()
    if now - _seen["looked"] < LOOK_AGAIN_AFTER:
        return
    number = Edition.objects.filter(id=1).values_list("number", flat=True).first() or 0
    if number != _seen["edition"]:
        _cards.clear()
        _calendars.clear()
    _seen.update(edition=number, looked=now)
