"""Lockout after failures: by name and address together, and by name from wherever.

django-axes counts the first; it knows one threshold only, so the second, higher one is counted here. Both are
given keyed hashes, never what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import NameLockedOut, OfficerNameLockedOut, TooManyTries
from motcua.accounts.models import Account, FailedLogins
from motcua.accounts.services import devices
from motcua.accounts.services.candidates import canonical

_COUNT = """
INSERT INTO accounts_failedlogins AS known (key, failures, since) VALUES (%(key)s, 1, %(at)s)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN known.since <= %(start)s THEN 1 ELSE least(known.failures + 1, %(full)s) END,
  since = CASE WHEN known.since <= %(start)s THEN %(at)s ELSE known.since END
RETURNING failures
"""
_SWEEP = """
DELETE FROM accounts_failedlogins WHERE key IN (
  SELECT key FROM accounts_failedlogins WHERE since <= %(start)s ORDER BY since LIMIT 100
  FOR UPDATE SKIP LOCKED)
"""


def key(entry: AccountKind, identifier: str) -> str:
    """Under what the failures of a name at an entry are counted, whether it exists or not."""
    name = canonical(entry, identifier)
    return salted_hmac(f"motcua.accounts.lockout.{entry}", name, algorithm="sha256").hexdigest()


def is_locked(request: HttpRequest) -> bool:
    """Whether axes refused, or locked by, the attempt just made with this request."""
    return bool(getattr(request, "axes_locked_out", False))


def count(
    request: HttpRequest | None,
    entry: AccountKind,
    identifier: str,
    meant: Sequence[Account],
    at: datetime,
) -> str:
    """Count a try under a name before its password is looked at; `uncount` takes it back if it was right.

    Counted first, so that many tries at once do not slip past. A browser that the one account `meant` has
    logged in from has a count of its own: strangers cannot lock it out. A phone number that several share
    has no such browser, or one of them could go on guessing at the others. Raises NameLockedOut.
    """
    name = key(entry, identifier)
    mark = devices.mark_of(request, meant[0]) if request is not None and len(meant) == 1 else ""
    counted = salted_hmac(mark, name, algorithm="sha256").hexdigest() if mark else name
    if _counted(counted, at) > settings.LOCKOUT_NAME_FAILURES:
        raise OfficerNameLockedOut if entry is AccountKind.OFFICER else NameLockedOut
    return counted


def count_own(account_id: int, at: datetime) -> str:
    """Count a try of somebody logged in to give their own password; `uncount` takes it back if it was right.

    Whoever sits down at a device left open may not guess on and on. Raises TooManyTries.
    """
    counted = _own_key(account_id)
    if _counted(counted, at) > settings.LOCKOUT_NAME_FAILURES:
        raise TooManyTries
    return counted


def lift_own(account_id: int) -> None:
    """Forget how often the own password was mistyped: its owner has set another one."""
    FailedLogins.objects.filter(key=_own_key(account_id)).delete()


def _own_key(account_id: int) -> str:
    return salted_hmac("motcua.accounts.lockout.own", str(account_id), algorithm="sha256").hexdigest()


def _counted(counted: str, at: datetime) -> int:
    start = at - timedelta(hours=settings.LOCKOUT_NAME_HOURS)
    values: dict[str, str | int | datetime] = {
        "key": counted,
        "at": at,
        "start": start,
        "full": settings.LOCKOUT_NAME_FAILURES + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, {"start": start})
        cursor.execute(_COUNT, values)
        (failures,) = cursor.fetchone()
    return int(failures)


def uncount(counted: str) -> None:
    """The try was no failure. What strangers have failed stays counted."""
    FailedLogins.objects.filter(key=counted, failures__gt=0).update(failures=F("failures") - 1)


def forget(entry: AccountKind, identifier: str, request: HttpRequest) -> None:
    """Forget the failures of a name from the address at which it has just proved itself."""
    address = getattr(request, "axes_ip_address", None)
    AxesProxyHandler.reset_attempts(username=key(entry, identifier), ip_address=address)


def lift(entry: AccountKind, *identifiers: str | None) -> None:
    """Forget all failures of names whose owner has proved themselves in another way."""
    keys = [key(entry, identifier) for identifier in identifiers if identifier]
    for each in keys:
        AxesProxyHandler.reset_attempts(username=each)
    FailedLogins.objects.filter(key__in=keys).delete()


def minutes() -> int:
    """How long a lockout lasts."""
    cool_off = get_cool_off()
    return max(1, int((cool_off or timedelta(minutes=15)) / timedelta(minutes=1)))


def is_locked_out(entry: AccountKind, identifier: str, at: datetime) -> bool:
    """Whether somebody has failed under this name, from any address, so often that it is locked now."""
    attempts = AccessAttempt.objects.filter(
        username=key(entry, identifier),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=at - timedelta(minutes=minutes()),
    )
    return bool(attempts.exists())
