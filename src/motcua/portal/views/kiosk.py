"""Looking for one's dossiers without their codes at a screen in a hall: nothing of the last person stays.

The screen keeps no session: the number of the asking goes along in the form, signed. Every page goes back to
the start by itself; a press gives more time, and what was typed stays. What is signed in the page with the
list is worth nothing once that page has closed itself or was closed.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts.errors import WrongCode
from motcua.accounts.rules.codes import LIFETIME
from motcua.dossiers import services
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.forms.lookup import LookupForm, SentPerhapsForm
from motcua.portal.views.account import page, show
from motcua.portal.views.lookup import told_of
from motcua.portal.views.tracking import FORM_MINUTES, KIOSK_MINUTES, brief
from motcua.theme.access import access

_SALT, _LIST_SALT = "motcua.portal.kiosk", "motcua.portal.kiosk.list"
LATEST = LIFETIME + timedelta(minutes=1)


@access("public")
@sensitive_post_parameters("named", "email", "code", "asked")
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask, wait for the code, show the list: one address, whatever is on the screen."""
    if "shown" in request.POST:
        return _shown_again(request)
    more = "more" in request.POST
    asked = _asked(request.POST.get("asked", ""))
    if asked is not None:
        return (
            _waiting(request, SentPerhapsForm(initial=_typed(request)), asked)
            if more
            else _proved(request, asked)
        )
    form = LookupForm(request.POST if "named" in request.POST and not more else None, initial=_typed(request))
    if form.is_valid():
        try:
            number = services.ask_for_lookup(**form.cleaned_data, place=who.place(request), at=who.now())
        except Refusal as refusal:
            show(form, refusal)
        else:
            return _waiting(request, SentPerhapsForm(), number)
    return brief(page(request, "portal/tracking/kiosk_lookup.html", form, minutes=FORM_MINUTES), FORM_MINUTES)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What stands in the fields of whoever asks for more time."""
    return {name: request.POST[name][:200] for name in ("named", "email", "code") if name in request.POST}


def _proved(request: HttpRequest, asked: int) -> HttpResponse:
    form = SentPerhapsForm(request.POST)
    if form.is_valid():
        try:
            services.prove_lookup(asked_id=asked, code=form.cleaned_data["code"], at=who.now())
            return _list(request, asked)
        except Refusal as refusal:
            show(form, refusal, "code")
    return _waiting(request, form, asked)


def _list(request: HttpRequest, asked: int) -> HttpResponse:
    context = {
        "minutes": KIOSK_MINUTES,
        "shown": signing.dumps(asked, salt=_LIST_SALT),
        **told_of(services.looked_up(asked_id=asked, at=who.now())),
    }
    return brief(render(request, "portal/tracking/kiosk_list.html", context), KIOSK_MINUTES)


def _shown_again(request: HttpRequest) -> HttpResponse:
    """The list for some more minutes, or closed; from a page that still stands only."""
    asked = _asked(request.POST["shown"], _LIST_SALT, timedelta(minutes=KIOSK_MINUTES))
    if asked is None:
        return redirect("portal:kiosk")
    if "done" in request.POST:
        services.forget_lookup(asked_id=asked)
        return redirect("portal:kiosk")
    try:
        return _list(request, asked)
    except WrongCode:
        return redirect("portal:kiosk")


def _waiting(request: HttpRequest, form: SentPerhapsForm, number: int) -> HttpResponse:
    signed = signing.dumps(number, salt=_SALT)
    shown = page(request, "portal/tracking/kiosk_code.html", form, asked=signed, minutes=FORM_MINUTES)
    return brief(shown, FORM_MINUTES)


def _asked(signed: str, salt: str = _SALT, latest: timedelta = LATEST) -> int | None:
    """The number of the asking; None for what was not signed here, or too long ago."""
    try:
        return int(signing.loads(signed, salt=salt, max_age=latest)) if signed else None
    except signing.BadSignature:
        return None
