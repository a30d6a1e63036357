"""Accounts of officers with the posts they hold, as administrators look through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.accounts import queries as accounts
from motcua.accounts.queries import AccountCard
from motcua.agencies.enums import Role, StaffState
from motcua.agencies.models import Position
from motcua.agencies.queries.posts import holding_of
from motcua.agencies.rules.cards import Holding

_IS_ACTIVE = {StaffState.ACTIVE: True, StaffState.BLOCKED: False}


@dataclass(frozen=True, slots=True)
class StaffLine:
    """An officer's account with the posts that run or are to come."""

    account: AccountCard
    posts: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """`after` is the account behind which the next page begins; None on the last."""

    lines: tuple[StaffLine, ...]
    after: int | None


def staff(
    *,
    on: date,
    text: str = "",
    within: Iterable[int] | None = None,
    agency_id: int | None = None,
    role: Role | None = None,
    state: StaffState | None = None,
    after: int | None = None,
    limit: int = 50,
) -> StaffPage:
    """Officers in Vietnamese order, from the one after `after` on; in at most three queries.

    `within`: only who holds or held a post at one of these agencies. `agency_id` and `role` want one post
    that is both, running on the day or to come. An account that is not known begins at the start.

    Basis: QN20-26.4.
    """
    held = Position.objects.filter(_not_over(on))
    among = None
    if within is not None:
        among = Position.objects.filter(unit__agency_id__in=set(within))
    if agency_id is not None or role is not None:
        wanted = held if agency_id is None else held.filter(unit__agency_id=agency_id)
        wanted = wanted if role is None else wanted.filter(role=role.value)
        among = wanted if among is None else wanted.filter(account_id__in=_accounts(among))
    last = accounts.cards([after]).get(after) if after is not None else None
    found = accounts.officers(
        text=text,
        after=last,
        among=_accounts(among) if among is not None else None,
        but=_accounts(held) if state is StaffState.WITHOUT_POST else None,
        is_active=_IS_ACTIVE.get(state) if state else None,
        limit=limit + 1,
    )
    shown = found[:limit]
    posts = _posts_of([each.id for each in shown], held)
    lines = tuple(StaffLine(each, tuple(posts.get(each.id, ()))) for each in shown)
    return StaffPage(lines, shown[-1].id if len(found) > limit else None)


def _not_over(on: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=on)


def _accounts(rows: QuerySet[Position]) -> QuerySet[Position, int]:
    return rows.values_list("account_id", flat=True)


def _posts_of(account_ids: list[int], held: QuerySet[Position]) -> dict[int, list[Holding]]:
    rows = held.filter(account_id__in=account_ids).select_related("account", "unit__agency")
    found: dict[int, list[Holding]] = {}
    for row in rows.order_by("unit__agency__sort_key", "unit__position", "unit_id", "role", "id"):
        found.setdefault(row.account_id, []).append(holding_of(row))
    return found
