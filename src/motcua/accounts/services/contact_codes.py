"""Codes to the contact of a dossier: asked for by anybody, answered alike whether or not one was sent.

The lengths and limits are those of the codes of accounts. Refusals look at who asks, never at the mailbox,
so that a stranger cannot shut it for its owner. A mailbox limits the letters only: while the code of one is
good, another asking for the same is opened by it too. Each asking has its own tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.helpers import get_client_ip_address
from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.accounts.enums import CodeUse
from motcua.accounts.errors import TooManyCodes, TooManyFromHere, WrongCode
from motcua.accounts.models import ContactCode
from motcua.accounts.rules import codes
from motcua.accounts.rules.limits import limit
from motcua.accounts.services.codes import fresh, must_wait

MINUTES = str(codes.LIFETIME // timedelta(minutes=1))
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_WORTH_TYPING = timedelta(minutes=2)  # with less left, a code is sent anew rather than waited for
_CLOSED = "closed"  # in the place of a hash: a letter went out, but nothing opens by it any more
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """An asking, and the code to send now: empty if nobody is reached, or an earlier letter still serves."""

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
    """Note the asking, with a code of its own or the one that was sent a moment ago; `is_reached`: somebody
    gets it.

    The same is counted and written either way, in the caller's transaction. Raises CodeSentRecently,
    TooManyCodes, TooManyFromHere; whether it does never depends on `is_reached`, nor on what others asked.
    """
    _must_not_be_too_often(use, named, address, place, account_id, at)
    code = fresh()
    hashed, until = _hash(use, named, address, code), at + codes.LIFETIME
    good = _still_good(use, named, address, account_id, at)
    if good is not None:
        code, (hashed, until) = "", good
    elif not _may_send(use, named, address, at) or not is_reached:
        code, hashed = "", ""
    row = ContactCode.objects.create(
        use=use,
        named=named,
        address=address,
        place=place,
        account_id=account_id,
        code_hash=hashed,
        sent_at=at,
        expires_at=until,
    )
    return Asked(row.pk, code)


def has_room(*, use: CodeUse, place: str, most: int, at: datetime) -> bool:
    """Whether less than so many were sent from this place within the hour; if so, this one is counted.

    For what anybody may send without a code. Runs in the caller's transaction.
    """
    _take_turns(use, place)
    rows = ContactCode.objects.filter(use=use, place=place, sent_at__gt=at - _HOUR)
    if rows[:most].count() >= most:
        return False
    ContactCode.objects.create(use=use, named="", place=place, sent_at=at, expires_at=at + codes.LIFETIME)
    return True


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
    if _is_worn_out(row):
        return None
    hashed = _hash(row.use, row.named, row.address, "".join(typed.split())[:20])
    if row.code_hash and constant_time_compare(row.code_hash, hashed):
        row.used_at = at
        row.save(update_fields=["used_at"])
        _same_code(row).exclude(pk=row.pk).update(code_hash=_CLOSED)  # it works once
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
    rows.exclude(code_hash="").update(code_hash=_CLOSED)
    rows.update(used_at=None)  # the row stays: it counts


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
    if account_id is not None:
        _wait(rows.filter(account_id=account_id), at)
    else:
        _wait(_about(rows, named, address).filter(place=place), at)
    from_here = ContactCode.objects.filter(place=place, sent_at__gt=at - _HOUR) if place else None
    most = limit("contact_code.most_from_one_place")
    if from_here is not None and from_here[:most].count() >= most:
        raise TooManyFromHere


def _wait(rows: QuerySet[ContactCode], at: datetime) -> None:
    most = limit("contact_code.most_a_day")
    sent = list(rows.order_by("-sent_at").values_list("sent_at", flat=True)[:most])
    if len(sent) >= most:
        raise TooManyCodes
    must_wait(sent, at)


def _still_good(
    use: CodeUse, named: str, address: str, account_id: int | None, at: datetime
) -> tuple[str, datetime] | None:
    """The hash and the end of a code that was sent for the same and can still be typed."""
    rows = ContactCode.objects.filter(
        _asked_by(account_id), use=use, named=named, address=address, expires_at__gt=at + _WORTH_TYPING
    )
    row = rows.exclude(code_hash__in=("", _CLOSED)).filter(used_at__isnull=True).order_by("-sent_at").first()
    return None if row is None or _is_worn_out(row) else (row.code_hash, row.expires_at)


def _may_send(use: CodeUse, named: str, address: str, at: datetime) -> bool:
    """Whether the mailbox has room for a letter: so many an hour, whoever caused them."""
    rows = ContactCode.objects.filter(use=use, sent_at__gt=at - _HOUR).exclude(code_hash="")
    letters = _about(rows, named, address).filter(expires_at=F("sent_at") + codes.LIFETIME)
    return letters[: codes.MAX_PER_HOUR].count() < codes.MAX_PER_HOUR


def _about(rows: QuerySet[ContactCode], named: str, address: str) -> QuerySet[ContactCode]:
    return rows.filter(address=address) if address else rows.filter(named=named)


def _same_code(row: ContactCode) -> QuerySet[ContactCode]:
    """The askings that one letter serves."""
    return ContactCode.objects.filter(
        use=row.use, named=row.named, address=row.address, code_hash=row.code_hash
    ).exclude(code_hash__in=("", _CLOSED))


def _is_worn_out(row: ContactCode) -> bool:
    """Whether a code was missed so often, by all who asked, that it opens nothing any more."""
    missed = _same_code(row).aggregate(missed=Sum("tries"))["missed"] or 0
    return bool(missed >= limit("contact_code.most_misses"))


def _take_turns(use: str, counted: str) -> None:
    """Askings that are counted together wait for one another, or many at once would slip past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{use}:{counted}"])


def _hash(use: str, named: str, address: str, code: str) -> str:
    about = f"motcua.accounts.contact_code.{use}.{named}.{address}"
    return salted_hmac(about, code, algorithm="sha256").hexdigest()
