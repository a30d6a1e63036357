"""Where somebody is logged in: noted at each log-in, shown to its owner, and ended by them.

A session is worth nothing any more once its row is gone; a request under way in it cannot bring it back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from motcua.accounts.models import Account, Login
from motcua.accounts.ports import letters
from motcua.accounts.rules import browsers
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound

# A page that is looked at writes at most this often; `components/devices.html` says so.
_STAMP_EVERY = timedelta(minutes=5)


def begin(request: HttpRequest, account: Account, at: datetime, *, is_new_device: bool) -> None:
    """Note the session that has just begun; the owner is told of a device not known before.

    What is left of sessions that ran out is cleared away.
    """
    with transaction.atomic():
        _forget_the_dead(account, at)
        _note(request, account, at)
        if is_new_device and account.email:  # officers may have none
            _tell(request, account, at)


def see(request: HttpRequest, account: Account, at: datetime) -> None:
    """The session is in use. One that is not noted yet, from before there were notes, is noted."""
    key = request.session.session_key
    if key is None:
        return
    seen_at = Login.objects.filter(session_key=key).values_list("seen_at", flat=True).first()
    if seen_at is None:
        _note(request, account, at)
    elif at - seen_at >= _STAMP_EVERY:
        Login.objects.filter(session_key=key).update(seen_at=at)


def end_login(*, actor: Actor, login_id: int, request: HttpRequest) -> None:
    """Log one other device out. Raises NotFound for one that is not the actor's, or is this one.

    Basis: DL24-24.2#1, PT24-24.2#1, QN20-27.1#2.
    """
    with transaction.atomic():
        if not _end(_others(actor, request).filter(pk=login_id)):
            raise NotFound


def end_other_logins(*, actor: Actor, request: HttpRequest) -> int:
    """Log all devices out but the one of `request`; answers how many there were."""
    with transaction.atomic():
        return _end(_others(actor, request))


def leave(request: HttpRequest) -> None:
    """The session of this request is about to end."""
    Login.objects.filter(session_key=request.session.session_key or "").delete()


def end_all(account: Account, request: HttpRequest | None) -> None:
    """The password is another one: no session that knew the old one goes on.

    That of `request` is left to whoever changed the password there: it gets a new key, and a note of its own.
    """
    here = request.session.session_key if request is not None else None
    _end(account.logins.exclude(session_key=here or ""))
    account.logins.all().delete()


def _others(actor: Actor, request: HttpRequest) -> QuerySet[Login]:
    if not actor.id.isdigit():
        raise Forbidden
    here = request.session.session_key or ""
    return Login.objects.filter(account_id=int(actor.id)).exclude(session_key=here)


def _end(logins: QuerySet[Login]) -> int:
    found = list(logins.select_for_update(of=("self",)))
    Session.objects.filter(session_key__in=[login.session_key for login in found]).delete()
    Login.objects.filter(pk__in=[login.pk for login in found]).delete()
    return len(found)


def _note(request: HttpRequest, account: Account, at: datetime) -> None:
    """Two requests of one browser may come at once: the first one notes."""
    told = browsers.device(request.headers.get("User-Agent", ""))
    login = Login(
        account=account,
        session_key=request.session.session_key or "",
        browser=told.browser,
        system=told.system,
        began_at=at,
        seen_at=at,
    )
    Login.objects.bulk_create([login], ignore_conflicts=True)


def _forget_the_dead(account: Account, at: datetime) -> None:
    """What was not seen for longer than sessions last, and has no session any more."""
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    stale = account.logins.filter(seen_at__lt=at - longest - _STAMP_EVERY)
    living = Session.objects.filter(session_key__in=stale.values("session_key"), expire_date__gt=at)
    stale.exclude(session_key__in=living.values("session_key")).delete()


def _tell(request: HttpRequest, account: Account, at: datetime) -> None:
    letters()(
        key="account.new_device",
        account_id=account.pk,
        address=account.email,
        name=account.full_name,
        context={
            "moment_at": at.isoformat(),
            "officer": "1" if account.is_officer else "",
            "hotline": settings.HOTLINE,
            "device": str(browsers.device(request.headers.get("User-Agent", ""))),
            "link": f"{settings.PUBLIC_URL}{reverse(settings.DEVICES_ROUTES[account.kind])}",
        },
        at=at,
    )
