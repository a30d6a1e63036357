"""Browsers that an account has logged in from: what strangers do under its name does not lock them out.

The browser keeps a signed note of the accounts that proved themselves in it, each bound to the password of
that time. It opens nothing; it only has its own count of failures.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.accounts.models import Account

COOKIE = "motcua_device"
MAX_AGE = 365 * 24 * 3600
_SALT = "motcua.accounts.device"
_MOST = 5  # accounts remembered in one browser: a family, or a shared desk
_NEWS = "motcua_device_news"


def remember(request: HttpRequest, account: Account) -> None:
    """Note that the account has proved itself in this browser; `keep` writes it into the answer."""
    known = {number: mark for number, mark in _known(request).items() if number != str(account.pk)}
    newest = [*known.items(), (str(account.pk), _mark(account))][-_MOST:]
    setattr(request, _NEWS, dict(newest))


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Send the note along with the answer, if there is news."""
    news = getattr(request, _NEWS, None)
    if news is not None:
        response.set_cookie(
            COOKIE,
            signing.dumps(news, salt=_SALT),
            max_age=MAX_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def mark_of(request: HttpRequest, account: Account) -> str:
    """What tells this browser from others for the account; empty if it has not logged in from here."""
    mark = _mark(account)
    return mark if constant_time_compare(_known(request).get(str(account.pk), ""), mark) else ""


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        note = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return {}
    return dict(note) if isinstance(note, dict) else {}


def _mark(account: Account) -> str:
    return salted_hmac(_SALT, f"{account.pk}:{account.password}", algorithm="sha256").hexdigest()[:32]
