"""Who holds which post, who is away and who stands in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import DateField, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Greatest

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.agencies.enums import Role
from motcua.agencies.models import (
    Absence,
    Position,
    Unit,
)
from motcua.agencies.queries.trees import unit_card, valid
from motcua.agencies.rules.cards import (
    AbsenceCard,
    Away,
    Holding,
    KnownOfficer,
    Officer,
    Post,
    Supporter,
    UnitCard,
)
from motcua.agencies.rules.standing_in import may_stand_in
from motcua.kernel.periods import Period
from motcua.kernel.text import as_seen

SAME_NAME = 50  # officers of one name in a province that are asked for what they held
SUPPORTERS = 12  # names are enough to find one who answers
# Own posts, and those of absent colleagues for whom the account stands in, as far as whoever recorded the
# absence answers for them. Administration is not handed on, and neither are the posts of a blocked account.
# Of what is found `standing_in` says which posts pass.
_POSTS = """
SELECT position.unit_id, unit.agency_id, position.role, '' AS for_id, '' AS for_name, false AS is_authorised
FROM agencies_position AS position JOIN agencies_unit AS unit ON unit.id = position.unit_id
WHERE position.account_id = %(account)s
AND (position.valid_from IS NULL OR position.valid_from <= %(day)s)
AND (position.valid_to IS NULL OR position.valid_to >= %(day)s)
UNION ALL
SELECT position.unit_id, unit.agency_id, position.role, absence.account_id::text, absent.full_name,
    absence.authority <> ''
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
_STANDING = f"""
SELECT account.is_active AND account.kind = 'officer' AND NOT account.must_change_password,
    account.is_admin, held.*
FROM accounts_account AS account LEFT JOIN LATERAL ({_POSTS}) AS held ON true
WHERE account.id = %(account)s"""  # noqa: S608 (no text of others in it)
_OFFICERS = """
SELECT position.account_id, account.full_name
FROM agencies_position AS position JOIN accounts_account AS account ON account.id = position.account_id
WHERE position.unit_id = %s AND position.role = %s AND account.is_active
AND (position.valid_from IS NULL OR position.valid_from <= %s)
AND (position.valid_to IS NULL OR position.valid_to >= %s)
ORDER BY account.sort_key, account.id"""

# Who is away, with the posts that the substitute holds and those that would pass: of these `_POSTS`, and then
# `standing_in`, say which do. Nothing passes to an account that is blocked.
_AWAY_COLUMNS = """
    away.first_day, away.last_day, substitute.id, substitute.full_name, away.authority <> '',
    ARRAY(SELECT position.unit_id || ' ' || unit.agency_id || ' ' || position.role
          FROM agencies_position AS position JOIN agencies_unit AS unit ON unit.id = position.unit_id
          WHERE position.account_id = away.substitute_id
          AND (position.valid_from IS NULL OR position.valid_from <= %(day)s)
          AND (position.valid_to IS NULL OR position.valid_to >= %(day)s)),
    ARRAY(SELECT position.unit_id || ' ' || unit.agency_id || ' ' || position.role
          FROM agencies_position AS position JOIN agencies_unit AS unit ON unit.id = position.unit_id
          WHERE position.account_id = account.id AND position.role <> 'admin' AND substitute.is_active
          AND (unit.agency_id = ANY(away.agency_ids)
               OR (position.unit_id = ANY(away.unit_ids) AND position.role <> 'approver'))
          AND (position.valid_from IS NULL OR position.valid_from <= %(day)s)
          AND (position.valid_to IS NULL OR position.valid_to >= %(day)s))"""
_AWAY_JOINED = """
LEFT JOIN LATERAL (
    SELECT * FROM agencies_absence AS absence
    WHERE absence.account_id = account.id AND absence.ended_on IS NULL
    AND absence.last_day >= %(day)s AND absence.first_day <= %(until)s
    ORDER BY absence.first_day LIMIT 1) AS away ON true
LEFT JOIN accounts_account AS substitute ON substitute.id = away.substitute_id"""
_OFFICERS_OF_EACH = f"""
SELECT held.unit_id, held.role, held.account_id, account.full_name, {_AWAY_COLUMNS}
FROM agencies_position AS held JOIN accounts_account AS account ON account.id = held.account_id
{_AWAY_JOINED}
WHERE (held.unit_id, held.role) IN (SELECT * FROM unnest(%(units)s::bigint[], %(roles)s::text[]))
AND account.is_active
AND (held.valid_from IS NULL OR held.valid_from <= %(day)s)
AND (held.valid_to IS NULL OR held.valid_to >= %(day)s)
ORDER BY account.sort_key, account.id"""  # noqa: S608 (no text of others in it)
_KNOWN = f"""
SELECT account.id, account.full_name, {_AWAY_COLUMNS}
FROM accounts_account AS account
{_AWAY_JOINED}
WHERE account.id = ANY(%(accounts)s)"""  # noqa: S608 (no text of others in it)

# The second half says of one post what `standing_in.may_stand_in` says, a test holds it to that.
_ACTING = """
SELECT position.unit_id, position.role, position.account_id
FROM (SELECT %s::date AS day) AS today
JOIN agencies_position AS position ON (position.valid_from IS NULL OR position.valid_from <= today.day)
    AND (position.valid_to IS NULL OR position.valid_to >= today.day)
JOIN agencies_unit AS unit ON unit.id = position.unit_id
JOIN accounts_account AS account ON account.id = position.account_id AND account.is_active
LEFT JOIN agencies_absence AS away ON away.account_id = position.account_id AND away.ended_on IS NULL
    AND away.first_day <= today.day AND away.last_day >= today.day
LEFT JOIN accounts_account AS substitute ON substitute.id = away.substitute_id
WHERE away.id IS NULL OR (
    substitute.is_active
    AND (unit.agency_id = ANY(away.agency_ids)
         OR (position.unit_id = ANY(away.unit_ids) AND position.role <> 'approver'))
    AND (position.role NOT IN ('approver', 'unit_head', 'desk_head') OR EXISTS (
        SELECT FROM agencies_position AS own JOIN agencies_unit AS place ON place.id = own.unit_id
        WHERE own.account_id = substitute.id
        AND (own.valid_from IS NULL OR own.valid_from <= today.day)
        AND (own.valid_to IS NULL OR own.valid_to >= today.day)
        AND ((place.agency_id = unit.agency_id
              AND (own.role = 'approver'
                   OR (own.role IN ('unit_head', 'desk_head')
                       AND (position.role <> 'approver' OR away.authority <> ''))))
             OR (position.role <> 'approver' AND own.unit_id = position.unit_id
                 AND own.role NOT IN ('admin', 'postal_staff'))))))"""


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
            return _held(cursor)

    return answer


@dataclass(frozen=True, slots=True)
class Held:
    """What an officer's account is and holds on a day: open under a password of its own, administrator."""

    is_open: bool
    is_admin: bool
    posts: frozenset[Post]


def units_held_by(account_ids: Collection[int]) -> dict[int, tuple[tuple[int, Period], ...]]:
    """The units of the posts that these accounts hold or held themselves, with the days; one query, none for
    nobody."""
    found: dict[int, list[tuple[int, Period]]] = {}
    rows = Position.objects.filter(account_id__in=account_ids) if account_ids else Position.objects.none()
    for account_id, unit_id, start, end in rows.values_list(
        "account_id", "unit_id", "valid_from", "valid_to"
    ):
        found.setdefault(account_id, []).append((unit_id, Period(start, end)))
    return {account_id: tuple(units) for account_id, units in found.items()}


def held_by(account_id: int, on: date) -> Held:
    """`positions_of`, with the standing of the account in the same query. Never cached either."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"account": account_id, "day": on})
        rows = cursor.fetchall()
    if not rows:
        return Held(is_open=False, is_admin=False, posts=frozenset())
    is_open, is_admin = rows[0][:2]
    posts = _held(post for _, _, *post in rows if post[0] is not None)
    return Held(is_open=is_open, is_admin=is_open and is_admin, posts=posts)


def _held(rows: Iterable[Sequence[Any]]) -> frozenset[Post]:
    found = [
        (Post(unit_id, agency_id, Role(role), for_id, for_name), is_authorised)
        for unit_id, agency_id, role, for_id, for_name, is_authorised in rows
    ]
    own = [post for post, _ in found if not post.for_id]
    return frozenset(
        post
        for post, is_authorised in found
        if not post.for_id or may_stand_in(post, own, is_authorised=is_authorised)
    )


class _Composed(Func):
    """A text as `kernel.text.as_seen` composes it."""

    template = "normalize(%(expressions)s, NFC)"
    output_field = TextField()


def officers_named(full_name: str) -> tuple[int, ...]:
    """The accounts of officers who bear this name, whatever the case it is written in and whether its accents
    are composed or not, in the account or here; also of those who have left, for what they did before."""
    officers = Account.objects.filter(kind=AccountKind.OFFICER).annotate(composed=_Composed("full_name"))
    rows = officers.filter(composed__iexact=as_seen(full_name))
    return tuple(rows.order_by("id").values_list("id", flat=True)[:SAME_NAME])


def officers_of(unit_id: int, role: Role | str, on: date) -> tuple[Officer, ...]:
    """Active officers who hold the role at the unit on the day, in Vietnamese order."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFICERS, [unit_id, str(role), on, on])
        return tuple(Officer(account_id, name, Role(role), unit_id) for account_id, name in cursor)


def officers_of_each(
    wanted: Iterable[tuple[int, str]], on: date
) -> dict[tuple[int, str], tuple[Officer, ...]]:
    """What `officers_of` answers for each of several units with a role, with the absences that run on the
    day: one query, none if none is asked."""
    found: dict[tuple[int, str], list[Officer]] = {(unit_id, str(role)): [] for unit_id, role in wanted}
    if not found:
        return {}
    units, roles = [unit_id for unit_id, _ in found], [role for _, role in found]
    with connection.cursor() as cursor:
        cursor.execute(_OFFICERS_OF_EACH, {"units": units, "roles": roles, "day": on, "until": on})
        for unit_id, role, account_id, name, *absence in cursor:
            away = _away(*absence) if absence[0] else None
            found[unit_id, role].append(Officer(account_id, name, Role(role), unit_id, away))
    return {key: tuple(officers) for key, officers in found.items()}


def acting_posts(on: date) -> tuple[str, list[date]]:
    """A statement and its values, to be read within a query of whoever asks: `unit_id`, `role` and
    `account_id` of the posts that somebody can act from on the day. Those are posts of active officers who
    are there, or who are away while a colleague who is active stands in with that post.

    Plain SQL with the day in one place: it is counted around every page of those who lead.
    """
    return _ACTING, [on]


def staffed_units(
    province: str, roles: Iterable[Role], on: date
) -> tuple[tuple[str, tuple[UnitCard, ...]], ...]:
    """(agency name, its units in which somebody holds one of the roles on the day), in Vietnamese order."""
    rows = (
        Unit.objects.filter(
            agency__province=province,
            id__in=Position.objects.filter(
                valid(on), role__in=[role.value for role in roles], account__is_active=True
            ).values("unit_id"),
        )
        .select_related("agency")
        .order_by("agency__sort_key", "agency_id", "position", "id")
    )
    found: dict[str, list[UnitCard]] = {}
    for row in rows:
        found.setdefault(row.agency.name, []).append(unit_card(row))
    return tuple((name, tuple(units)) for name, units in found.items())


def colleagues_of(agency_ids: Iterable[int], on: date) -> tuple[Officer, ...]:
    """Active officers who hold a post at one of the agencies on the day, once for each post.

    Neither administrators nor staff under contract, who stand in for nobody.
    """
    rows = (
        Position.objects.filter(valid(on), unit__agency_id__in=set(agency_ids), account__is_active=True)
        .exclude(role__in=(Role.ADMIN.value, Role.POSTAL_STAFF.value))
        .order_by("account__sort_key", "account_id", "unit_id", "role")
        .values_list("account_id", "account__full_name", "role", "unit_id")
    )
    return tuple(Officer(account_id, name, Role(role), unit) for account_id, name, role, unit in rows)


def holders_of(agency_ids: Iterable[int], roles: Iterable[Role], on: date) -> dict[int, tuple[Officer, ...]]:
    """Active officers who hold one of these roles at each agency on the day, each once; one query."""
    rows = (
        Position.objects.filter(valid(on), unit__agency_id__in=set(agency_ids), account__is_active=True)
        .filter(role__in=[role.value for role in roles])
        .order_by("account__sort_key", "account_id", "id")
        .values_list("unit__agency_id", "account_id", "account__full_name", "role", "unit_id")
    )
    found: dict[int, dict[int, Officer]] = {}
    for agency_id, account_id, name, role, unit_id in rows:
        found.setdefault(agency_id, {}).setdefault(account_id, Officer(account_id, name, Role(role), unit_id))
    return {agency_id: tuple(people.values()) for agency_id, people in found.items()}


def who_worked_at(agency_id: int, unit_id: int | None, first: date, last: date) -> frozenset[int]:
    """Accounts that held a post at the agency, or at this unit of it, on some day between the two."""
    rows = Position.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_to=None) | Q(valid_to__gte=first)
    )
    place = {"unit__agency_id": agency_id} if unit_id is None else {"unit_id": unit_id}
    return frozenset(rows.filter(**place).values_list("account_id", flat=True))


def supporters_of(agency_ids: Iterable[int], on: date, *, but: int) -> tuple[Supporter, ...]:
    """The administrators of the agencies: whom their officers ask about the system. Nobody is told to ask
    themselves (`but`).

    Basis: QN20-26.4.
    """
    rows = (
        Position.objects.filter(valid(on), unit__agency_id__in=set(agency_ids), account__is_active=True)
        .filter(role=Role.ADMIN.value)
        .exclude(account_id=but)
        .order_by("account__sort_key", "account_id", "unit__agency__sort_key")
        .values_list("account__full_name", "unit__agency__name", "account__email", "account__phone")
        .distinct()
    )
    return tuple(Supporter(*row) for row in rows[:SUPPORTERS])


def known_officers(
    account_ids: Iterable[int], on: date, until: date | None = None
) -> dict[int, KnownOfficer]:
    """What these accounts are called, and the absence that runs on the day; with `until` else the first that
    begins by then. One query, none if nobody is asked for."""
    wanted = sorted(set(account_ids))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"accounts": wanted, "day": on, "until": max(on, until or on)})
        return {
            account_id: KnownOfficer(name, _away(*absence) if absence[0] else None)
            for account_id, name, *absence in cursor
        }


def _away(
    first: date,
    last: date,
    substitute_id: int,
    substitute: str,
    is_authorised: bool,
    own: Iterable[str],
    posts: Iterable[str],
) -> Away:
    theirs = [_post(each) for each in own]
    passed = (each for each in map(_post, posts) if may_stand_in(each, theirs, is_authorised=is_authorised))
    handed_on = frozenset((each.unit_id, each.role.value) for each in passed)
    return Away(first, last, substitute_id, substitute, handed_on)


def _post(written: str) -> Post:
    unit_id, agency_id, role = written.split(" ", 2)
    return Post(int(unit_id), int(agency_id), Role(role))


def absences(account_ids: Iterable[int], since: date) -> tuple[AbsenceCard, ...]:
    """Absences of these officers that are not over before the day, the earliest first."""
    return _absences(Q(account_id__in=set(account_ids)), since)


def stood_in_by(account_id: int, since: date) -> tuple[AbsenceCard, ...]:
    """Absences in which this officer stands in, that are not over before the day, the earliest first."""
    return _absences(Q(substitute_id=account_id), since)


def resting_on(post: Holding, since: date) -> tuple[AbsenceCard, ...]:
    """Those of `stood_in_by` its holder in which the holder could not stand in, or not for everything,
    without this post."""
    written = f"{post.unit_id} {post.agency_id} {post.role}"
    return tuple(
        _absence(row)
        for row in _rows(Q(substitute_id=post.account_id), since)
        if written in row.own and _lets_pass(row, row.own) and not _lets_pass(row, {*row.own} - {written})
    )


def _absences(whose: Q, since: date) -> tuple[AbsenceCard, ...]:
    return tuple(_absence(row) for row in _rows(whose, since))


def _rows(whose: Q, since: date) -> QuerySet[Any]:
    """The absences, each with the posts of both on its first day, or on the day from which is asked."""
    return (
        Absence.objects.filter(whose, last_day__gte=since, ended_on__isnull=True)
        .select_related("account", "substitute")
        .annotate(own=_held_by("substitute_id", since), absent=_held_by("account_id", since))
        .order_by("first_day", "id")
    )


def _held_by(account: str, since: date) -> ArraySubquery:
    """The posts of an account of the row as `_post` reads them."""
    day = Greatest(OuterRef("first_day"), Value(since, DateField()))
    unit_id, agency_id = Cast("unit_id", TextField()), Cast("unit__agency_id", TextField())
    written = Concat(unit_id, Value(" "), agency_id, Value(" "), "role", output_field=TextField())
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    posts = Position.objects.filter(began, goes_on, account_id=OuterRef(account))
    return ArraySubquery(posts.annotate(written=written).values("written"))


def _lets_pass(row: Any, own: Iterable[str]) -> bool:
    """Whether every post that is handed on passes to a substitute who holds these."""
    theirs = [_post(each) for each in own]
    handed_on = (
        post
        for post in map(_post, row.absent)
        if post.role is not Role.ADMIN
        and (
            post.agency_id in row.agency_ids
            or (post.unit_id in row.unit_ids and post.role is not Role.APPROVER)
        )
    )
    return all(may_stand_in(post, theirs, is_authorised=bool(row.authority)) for post in handed_on)


def _absence(row: Any) -> AbsenceCard:
    return AbsenceCard(
        id=row.pk,
        account_id=row.account_id,
        full_name=row.account.full_name,
        substitute_id=row.substitute_id,
        substitute_name=row.substitute.full_name,
        first_day=row.first_day,
        last_day=row.last_day,
        reason=row.reason,
        recorded_by=row.recorded_by,
        is_left_alone=not row.substitute.is_active,
        lacks_a_post=not _lets_pass(row, row.own),
        authority=row.authority,
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
    return tuple(holding_of(row) for row in ordered[:limit])


def holding(position_id: int) -> Holding | None:
    row = Position.objects.select_related("account", "unit__agency").filter(id=position_id).first()
    return holding_of(row) if row else None


def holding_of(row: Position) -> Holding:
    """The row of a post, with its account and its unit's agency at hand, as administrators see it."""
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
