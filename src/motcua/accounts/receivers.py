"""What accounts hang into each request: the middleware of sessions and first log-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from motcua.accounts.models import Account
from motcua.accounts.services import devices, logins
from motcua.accounts.services.sessions import SEEN_AT

_STAMP_EVERY = 60  # seconds: a session row is written at most once a minute for this


class AccountGate:
    """Ends idle sessions of officers, and lets nobody past with a password given by somebody else.

    Notes when a citizen's session was in use, and sends the note of a known browser along.

    Basis: DL24-24.2#1
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if isinstance(account, Account) and account.is_officer:
            _end_if_idle(request)
        elif isinstance(account, Account):
            logins.see(request, account, timezone.now())
        response = self.get_response(request)
        devices.keep(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        account = request.user
        if not isinstance(account, Account) or not account.must_change_password:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in _open_routes():
            return None
        return redirect(settings.PASSWORD_CHANGE_ROUTE)


def _open_routes() -> set[str]:
    return {settings.PASSWORD_CHANGE_ROUTE, *settings.ROUTES_OPEN_BEFORE_PASSWORD_CHANGE}


def _end_if_idle(request: HttpRequest) -> None:
    now = int(timezone.now().timestamp())
    seen = int(request.session.get(SEEN_AT, 0))
    if now - seen > settings.OFFICER_IDLE_MINUTES * 60:
        auth.logout(request)
    elif now - seen >= _STAMP_EVERY:
        request.session[SEEN_AT] = now
