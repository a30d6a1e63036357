"""What accounts hang into each request: the middleware of sessions and first log-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from motcua.accounts.models import Account
from motcua.accounts.services import devices, logins
from motcua.accounts.services.sessions import SEEN_AT
from motcua.accounts.services.terms import TERMS_DUE

_STAMP_EVERY = 60  # seconds: a session row is written at most once a minute for this


class AccountGate:
    """Ends idle sessions of officers, and lets nobody past with a password given by somebody else, or who has
    not yet acknowledged the terms of use in force when they logged in.

    Notes when a session was in use, and sends the note of a known browser along.

    Basis: DL24-24.2#1; KT22-23.5, KT22-26.1, QN20-21.6, PT24-23.5
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if isinstance(account, Account) and account.is_officer:
            _end_if_idle(request)  # that it is used is noted once the page is known
        elif isinstance(account, Account):
            logins.see(request, account, timezone.now())
        response = self.get_response(request)
        devices.keep(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        account = request.user
        if not isinstance(account, Account):
            return None
        match = request.resolver_match
        here = match.view_name if match is not None else ""
        if account.is_officer and not getattr(view, "is_quiet", False):
            _note_use(request, account)
        if account.must_change_password:
            return None if here in _open_routes() else redirect(settings.PASSWORD_CHANGE_ROUTE)
        if TERMS_DUE in request.session and here not in settings.ROUTES_OPEN_BEFORE_TERMS:
            return _to_terms(request, account)
        return None


def _to_terms(request: HttpRequest, account: Account) -> HttpResponseBase:
    """To the page of the terms; a page that was asked for comes back afterwards."""
    target = reverse(settings.TERMS_ROUTES[account.kind])
    if request.method in {"GET", "HEAD"}:
        target += "?" + urlencode({"next": request.get_full_path()})
    return redirect(target)


def _open_routes() -> set[str]:
    return {settings.PASSWORD_CHANGE_ROUTE, *settings.ROUTES_OPEN_BEFORE_PASSWORD_CHANGE}


def _end_if_idle(request: HttpRequest) -> None:
    now = int(timezone.now().timestamp())
    seen = int(request.session.get(SEEN_AT, 0))
    if now - seen > settings.OFFICER_IDLE_MINUTES * 60:
        logins.leave(request)
        auth.logout(request)


def _note_use(request: HttpRequest, account: Account) -> None:
    now = timezone.now()
    if int(now.timestamp()) - int(request.session.get(SEEN_AT, 0)) >= _STAMP_EVERY:
        request.session[SEEN_AT] = int(now.timestamp())
        logins.see(request, account, now)
