"""Lockout after failures. django-axes counts; it is given keyed hashes, never what was typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from motcua.accounts.enums import AccountKind
from motcua.accounts.services.candidates import canonical


def key(entry: AccountKind, identifier: str) -> str:
    """Under what the failures of a name at an entry are counted, whether it exists or not."""
    name = canonical(entry, identifier)
    return salted_hmac(f"motcua.accounts.lockout.{entry}", name, algorithm="sha256").hexdigest()


def is_locked(request: HttpRequest) -> bool:
    """Whether axes refused, or locked by, the attempt just made with this request."""
    return bool(getattr(request, "axes_locked_out", False))


def forget(entry: AccountKind, identifier: str, request: HttpRequest | None = None) -> None:
    """Forget the failures of a name that has proved itself; with `request` only those from its address."""
    address = None if request is None else getattr(request, "axes_ip_address", None)
    AxesProxyHandler.reset_attempts(username=key(entry, identifier), ip_address=address)


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
