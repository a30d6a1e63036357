"""The devices on which I am logged in: see them, log one or all others out."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.accounts import queries, services
from motcua.kernel.errors import NotFound
from motcua.kernel.numbers import read_number
from motcua.portal import who
from motcua.theme.access import access


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
    """One device by its number, or all others. One that has left by itself meanwhile is logged out too."""
    actor = who.actor(request)
    if "all" in request.POST:
        services.end_other_logins(actor=actor, request=request)
        messages.success(request, gettext("Đã đăng xuất khỏi mọi thiết bị khác."))
    else:
        number = request.POST.get("login", "")
        with suppress(NotFound):
            services.end_login(actor=actor, login_id=_number(number), request=request)
        messages.success(request, gettext("Đã đăng xuất khỏi thiết bị đó."))
    return redirect("portal:devices")


def _number(text: str) -> int:
    number = read_number(text)
    if number is None:
        raise NotFound
    return number
