"""The devices on which I am logged in: see them, log one or all others out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.accounts import queries
from motcua.portal import who
from motcua.theme.access import access
from motcua.theme.own_account import log_device_out


@access("citizen")
def devices(request: HttpRequest) -> HttpResponse:
    found = queries.logins(who.card(request).id, here=request.session.session_key or "", at=who.now())
    context = {
        "nav": "account",
        "here": [login for login in found if login.is_here],
        "others": [login for login in found if not login.is_here],
    }
    return render(request, "portal/account/devices.html", context)


@access("citizen")
@require_POST
def end_device(request: HttpRequest) -> HttpResponse:
    """One device by its number, or all others."""
    messages.success(request, log_device_out(request, who.actor(request)))
    return redirect("portal:devices")
