"""Looking for one's dossiers without their codes at a screen in a hall: nothing of the last person stays.

The screen keeps no session: the number of the asking goes along in the form, signed, and is worth nothing
once the list was shown. Every page goes back to the start by itself.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts.rules.codes import LIFETIME
from motcua.dossiers import services
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.forms.lookup import LookupForm, SentPerhapsForm
from motcua.portal.views.account import page, show
from motcua.portal.views.lookup import told_of
from motcua.portal.views.tracking import KIOSK_SECONDS
from motcua.theme.access import access

WAIT_SECONDS = 240  # for a letter to arrive on a telephone; the page that waits shows nothing of anybody
_SALT = "motcua.portal.kiosk"
LATEST = LIFETIME + timedelta(minutes=1)


@access("public")
@sensitive_post_parameters("named", "email", "code", "asked")
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask, wait for the code, show the list: one address, whatever is on the screen."""
    asked = _asked(request.POST.get("asked", ""))
    if asked is not None:
        return _proved(request, asked)
    form = LookupForm(request.POST if "named" in request.POST else None)
    if form.is_valid():
        try:
            number = services.ask_for_lookup(**form.cleaned_data, place=who.place(request), at=who.now())
        except Refusal as refusal:
            show(form, refusal)
        else:
            return _waiting(request, SentPerhapsForm(), number)
    return _brief(page(request, "portal/tracking/kiosk_lookup.html", form))


def _proved(request: HttpRequest, asked: int) -> HttpResponse:
    form = SentPerhapsForm(request.POST)
    if form.is_valid():
        try:
            services.prove_lookup(asked_id=asked, code=form.cleaned_data["code"], at=who.now())
            dossiers = services.looked_up(asked_id=asked, at=who.now())
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            services.forget_lookup(asked_id=asked)
            context = {"seconds": KIOSK_SECONDS, **told_of(dossiers)}
            return _brief(render(request, "portal/tracking/kiosk_list.html", context))
    return _waiting(request, form, asked)


def _waiting(request: HttpRequest, form: SentPerhapsForm, number: int) -> HttpResponse:
    signed = signing.dumps(number, salt=_SALT)
    return _brief(page(request, "portal/tracking/kiosk_code.html", form, asked=signed), WAIT_SECONDS)


def _asked(signed: str) -> int | None:
    """The number of the asking; None for what was not signed here, or too long ago."""
    try:
        return int(signing.loads(signed, salt=_SALT, max_age=LATEST)) if signed else None
    except signing.BadSignature:
        return None


def _brief(response: HttpResponse, seconds: int = KIOSK_SECONDS) -> HttpResponse:
    """The page goes back to the start by itself, without script, by a header that every browser follows."""
    response.headers["Refresh"] = f"{seconds}; url={reverse('portal:kiosk')}"
    return response
