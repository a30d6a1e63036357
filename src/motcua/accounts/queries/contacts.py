"""Whose a contact is or was: what was filed with one's own follows when one changes it (ADR 0071)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, JSONObject

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account, FormerContact, Organisation


@dataclass(frozen=True, slots=True)
class Owners:
    """Accounts and organisations by their ids."""

    accounts: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()


def is_or_was_own(address: str, account_ids: Collection[int | str]) -> bool:
    """Whether the address is the confirmed mailbox of one of the accounts, or was it before. One query."""
    former = FormerContact.objects.filter(account=OuterRef("pk"), value=address.casefold())
    now = Q(email__iexact=address, email_verified_at__isnull=False)
    return Account.objects.filter(now | Exists(former), pk__in=_numbers(account_ids)).exists()


def closed_among(account_ids: Iterable[int | str]) -> frozenset[int]:
    """Those that their owners have closed: letters still reach them, nobody logs in there. One query."""
    rows = Account.objects.filter(pk__in=[int(each) for each in account_ids], closed_at__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def is_given_up(
    value: str, *, accounts: Collection[int | str] = (), organisations: Collection[int | str] = ()
) -> bool:
    """Whether one of them was reached by this mailbox or number before, and is no more. One query."""
    owners = Q(account__in=_numbers(accounts)) | Q(organisation__in=_numbers(organisations))
    return FormerContact.objects.filter(owners, value=value.casefold()).exists()


def given_up(accounts: Collection[str], organisation: str) -> ArraySubquery:
    """A column for a query whose rows name accounts and an organisation in these columns: by what any of them
    was reached before, with what counts now."""
    owners = Q(organisation=OuterRef(organisation))
    for each in accounts:
        owners |= Q(account=OuterRef(each))
    now = {
        "mailbox": Coalesce("account__email", "organisation__email", Value("")),
        "number": Coalesce("account__phone", "organisation__phone", Value("")),
    }
    rows = FormerContact.objects.filter(owners).order_by("left_at")
    return ArraySubquery(rows.values(told=JSONObject(was="value", **now)))


def in_place_of(values: Iterable[str], rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """By those of these mailboxes and numbers that were given up, as `given_up` tells: what counts now."""
    now = {row["was"]: row["mailbox" if "@" in row["was"] else "number"] for row in rows}
    return {each: now[each.casefold()] for each in values if each and each.casefold() in now}


def given_up_by(value: str) -> Owners:
    """Who was reached by this before, and is no more. One query."""
    rows = FormerContact.objects.filter(value=value.casefold()).values_list("account", "organisation")
    found = list(rows)
    return Owners(
        frozenset(account for account, _ in found if account is not None),
        frozenset(organisation for _, organisation in found if organisation is not None),
    )


def former_mailboxes(address: str) -> tuple[tuple[Owners, str], ...]:
    """Of whoever has this confirmed mailbox: each with one that they had before. One query."""
    accounts = Account.objects.filter(
        email=address, email_verified_at__isnull=False, closed_at__isnull=True, kind=AccountKind.CITIZEN
    )
    firms = Organisation.objects.filter(email=address, email_verified_at__isnull=False)
    rows = FormerContact.objects.filter(
        Q(account__in=accounts) | Q(organisation__in=firms), value__contains="@"
    )
    found = rows.order_by("id").values_list("account", "organisation", "value")
    return tuple(
        (Owners(frozenset({account} - {None}), frozenset({firm} - {None})), value)
        for account, firm, value in found
    )


def _numbers(ids: Collection[int | str]) -> set[int]:
    return {int(each) for each in ids if each}
