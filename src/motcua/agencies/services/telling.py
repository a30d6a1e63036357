"""Word of changes of officers, within the act that makes the change: to the body that agencies tell of them,
and of an absence to who is away and who stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from motcua.accounts import queries as accounts
from motcua.accounts.ports import letters
from motcua.agencies import policy, queries
from motcua.agencies.enums import Role
from motcua.agencies.models import Absence
from motcua.kernel.actors import Actor
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.worktime.rules import local

KEY = "desk.staff_changed"
_TOLD = (Role.ADMIN, Role.APPROVER)  # through whom the body acts, and who leads it


def tell_of_post(
    actor: Actor, at: datetime, account_id: int, unit_id: int, *, first: date | None, last: date | None
) -> int:
    """That a post was given (`first` is a day) or ends after `last`; how many were told.

    Basis: DL24-11.6.
    """
    unit = queries.unit(unit_id)
    facts = {
        "is_given" if first else "is_ended": "1",
        "unit": unit.name,
        "first_day": first.isoformat() if first else "",
        "last_day": last.isoformat() if last else "",
    }
    return _tell(actor, at, account_id, [unit.agency_id], facts)


def tell_of_account(actor: Actor, at: datetime, account_id: int, what: str) -> int:
    """That the account of somebody who holds posts was blocked, opened again or put right (`is_blocked`,
    `is_opened`, `is_corrected`); how many were told.

    Basis: DL24-11.6.
    """
    posts = queries.positions_of(account_id, local(at).date())
    found = sorted({post.agency_id for post in posts})
    return _tell(actor, at, account_id, found, {what: "1"}) if found else 0


def tell_of_absence(actor: Actor, at: datetime, row: Absence, key: str, *, has_begun: bool = True) -> None:
    """That an absence was recorded or ended (`key`), to who is away and who stands in, but for the actor.

    The substitute acts with the posts of the absent from the first day on, and the absent answers for them
    again from the last: neither should learn it from a dossier. Why somebody is away is not told.
    """
    context = {
        "absent": row.account.full_name,
        "substitute": row.substitute.full_name,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "has_begun": "1" if has_begun else "",
        "by": actor.name,
        "link": f"{settings.PUBLIC_URL}/noi-bo/",
    }
    for each, is_substitute in ((row.substitute, "1"), (row.account, "")):
        if str(each.pk) != actor.id:
            told = context | {"is_substitute": is_substitute}
            letters()(key=key, account_id=each.pk, address="", name=each.full_name, context=told, at=at)


def _tell(actor: Actor, at: datetime, account_id: int, agency_ids: list[int], facts: dict[str, str]) -> int:
    """Nobody where the regulation names no body, nor where the body itself did it or it is about its own.

    Basis: DL24-11.6.
    """
    on = local(at).date()
    body = queries.agency_named_by(settings.PROVINCE, "account.staff_told_to", on)
    if body is None or agency_ids == [body.id]:
        return 0
    scope = policy.scope_of(actor, at)
    if scope.covers(body.id) and not scope.is_province:
        return 0
    people = queries.holders_of([body.id], _TOLD, on).get(body.id, ())
    person = accounts.account_card(account_id)
    context = facts | {
        "agency": "; ".join(card.name for card in queries.cards(agency_ids)),
        "name": person.full_name,
        "username": person.username or "",
        "by": actor.name,
        "clauses": ", ".join(_clauses(on)),
        "link": f"{settings.PUBLIC_URL}/noi-bo/quan-tri/can-bo/{account_id}/",
    }
    told = [each for each in people if str(each.account_id) not in (actor.id, str(account_id))]
    for each in told:
        letters()(
            key=KEY, account_id=each.account_id, address="", name=each.full_name, context=context, at=at
        )
    return len(told)


def _clauses(on: date) -> tuple[str, ...]:
    try:
        return law.regulation_in_force(settings.PROVINCE, on).clauses("account.staff_told_to")
    except NoRegulation:
        return ()
