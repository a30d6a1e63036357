"""Codes to the contact of a dossier: asked for by anybody, answered alike whether or not one was sent.

The lengths and limits are those of the codes of accounts. Each asking has a code of its own: who asks in
somebody else's name does not spoil the code of the one whose mailbox it is.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.helpers import get_client_ip_address
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.accounts.enums import CodeUse
from motcua.accounts.errors import CodeSentRecently, TooManyCodes, TooManyFromHere, WrongCode
from motcua.accounts.models import ContactCode
from motcua.accounts.rules import codes
from motcua.accounts.rules.limits import limit

MINUTES = str(codes.LIFETIME // timedelta(minutes=1))
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """An asking, and the code that goes with it: for the contact if there is one, else for nobody."""

    id: int
    code: str

    def __repr__(self) -> str:
        return f"Asked({self.id})"


@dataclass(frozen=True, slots=True)
class Proved:
    """What somebody has shown by a code: the mailbox, and what they had asked for with it."""

    named: str
    address: str
    until: datetime


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, as a keyed hash: to count by, never to know."""
    address = str(get_client_ip_address(request) or "")
    return salted_hmac("motcua.accounts.contact_code.place", address, algorithm="sha256").hexdigest()


def ask(
    *,
    use: CodeUse,
    named: str,
    at: datetime,
    is_reached: bool,
    address: str = "",
    place: str = "",
    account_id: int | None = None,
) -> Asked:
    """Note the asking and make its code; `is_reached`: somebody will get it.

    The same is counted and written either way, in the caller's transaction. Raises CodeSentRecently,
    TooManyCodes, TooManyFromHere; whether it does never depends on `is_reached`.
    """
    _must_not_be_too_often(use, named, address, place, account_id, at)
    code = f"{secrets.randbelow(10**codes.DIGITS):0{codes.DIGITS}d}"
    hashed = _hash(use, named, address, code)
    row = ContactCode.objects.create(
        use=use,
        named=named,
        address=address,
        place=place,
        account_id=account_id,
        code_hash=hashed if is_reached else "",
        sent_at=at,
        expires_at=at + codes.LIFETIME,
    )
    return Asked(row.pk, code)


def prove(
    *, use: CodeUse, asked_id: int, typed: str, at: datetime, account_id: int | None = None
) -> Proved | None:
    """What `typed` shows if it is the code of this asking and still good; it works once, a miss is counted.

    The caller must let the transaction commit on a miss, or the try would not count.
    """
    rows = ContactCode.objects.select_for_update(of=("self",)).filter(
        _asked_by(account_id), pk=asked_id, use=use
    )
    row = rows.first()
    if row is None or not codes.can_be_tried(
        expires_at=row.expires_at, tries=row.tries, used_at=row.used_at, at=at
    ):
        return None
    hashed = _hash(row.use, row.named, row.address, "".join(typed.split())[:20])
    if row.code_hash and constant_time_compare(row.code_hash, hashed):
        row.used_at = at
        row.save(update_fields=["used_at"])
        return Proved(row.named, row.address, at + _open())
    row.tries += 1
    row.save(update_fields=["tries"])
    return None


def proved(*, use: CodeUse, asked_id: int, at: datetime) -> Proved:
    """What a code has opened, for a short while after it was typed. Raises WrongCode when that is over."""
    row = ContactCode.objects.filter(pk=asked_id, use=use, used_at__isnull=False).first()
    until = row.used_at + _open() if row and row.used_at else at
    if row is None or not at < until:
        raise WrongCode
    return Proved(row.named, row.address, until)


def give_up(*, use: CodeUse, asked_id: int) -> None:
    """Nothing is open any more by this asking, nor can it be opened."""
    rows = ContactCode.objects.filter(_asked_by(None), pk=asked_id, use=use)
    rows.update(code_hash="", used_at=None)  # the row stays: it counts


def forget_old(*, at: datetime) -> int:
    """Remove what was asked more than a day ago; how much."""
    old = ContactCode.objects.filter(sent_at__lt=at - _DAY).order_by("sent_at").values("pk")[:_AT_ONCE]
    count, _ = ContactCode.objects.filter(pk__in=old).delete()
    return count


def _asked_by(account_id: int | None) -> Q:
    """What somebody logged in has asked for is theirs alone; the rest is nobody's in particular."""
    return Q(account__isnull=True) if account_id is None else Q(account_id=account_id)


def _open() -> timedelta:
    return timedelta(minutes=limit("contact_code.minutes_open"))


def _must_not_be_too_often(
    use: CodeUse, named: str, address: str, place: str, account_id: int | None, at: datetime
) -> None:
    _take_turns(use, address or named)
    rows = ContactCode.objects.filter(use=use, sent_at__gt=at - _DAY)
    _wait(rows.filter(address=address) if address else rows.filter(named=named), at)
    if account_id is not None:
        _wait(rows.filter(account_id=account_id), at)
    from_here = ContactCode.objects.filter(place=place, sent_at__gt=at - _HOUR) if place else None
    most = limit("contact_code.most_from_one_place")
    if from_here is not None and from_here[:most].count() >= most:
        raise TooManyFromHere


def _wait(rows: QuerySet[ContactCode], at: datetime) -> None:
    most = limit("contact_code.most_a_day")
    sent = list(rows.order_by("-sent_at").values_list("sent_at", flat=True)[:most])
    if len(sent) >= most:
        raise TooManyCodes
    wait = codes.wait_before_next(sent, at)
    if wait:
        raise CodeSentRecently(seconds=int(wait.total_seconds()) + 1)


def _take_turns(use: str, counted: str) -> None:
    """Askings that are counted together wait for one another, or many at once would slip past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{use}:{counted}"])


def _hash(use: str, named: str, address: str, code: str) -> str:
    about = f"motcua.accounts.contact_code.{use}.{named}.{address}"
    return salted_hmac(about, code, algorithm="sha256").hexdigest()
