"""Registration in three screens: who you are, how we reach you, your password and the terms.

What was typed travels in the pages themselves: until the last screen is sent there is no account. So that
Back finds each screen, the page lies in the session of this browser for an hour at most, without the
password (`theme.answered_pages`), which is asked last and travels once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import services
from motcua.accounts.errors import FieldErrors
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.forms.account import ReachForm, SecretForm, WhoForm
from motcua.portal.views.account import CONFIRMING, show, waiting_for
from motcua.theme import answered_pages
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm

SCREENS: tuple[type[FaceForm], ...] = (WhoForm, ReachForm, SecretForm)
TEMPLATES = (
    "portal/account/register_1.html",
    "portal/account/register_2.html",
    "portal/account/register_3.html",
)
CARRIED = ("full_name", "personal_id", "phone", "email")
_LONGEST = 400  # of what is carried along; more is no name and no address


@access("public", stands=True)
@sensitive_post_parameters("password", "personal_id")
def register(request: HttpRequest) -> HttpResponse:
    """The screen that was sent is judged, then the next one comes; back shows the one before as it was."""
    number = _number(request.POST)
    if request.method != "POST":
        return _carried_over(request) or _screen(request, 1, WhoForm())
    if "back" in request.POST:
        before = max(number - 1, 1)
        return _screen(request, before, SCREENS[before - 1](initial=_carried(request.POST)))
    for each, screen in enumerate(SCREENS[:number], start=1):  # also those before: pages may be forged
        form = screen(request.POST)
        if not form.is_valid():
            return _screen(request, each, form)
    if number < len(SCREENS):
        return _screen(request, number + 1, SCREENS[number](initial=_carried(request.POST)))
    return _open_account(request, form)


def _carried_over(request: HttpRequest) -> HttpResponse | None:
    """The screen that was left for another language; the fields of its form are filled in from outside."""
    for form in answered_pages.carried_here(request):
        typed: dict[str, str] = dict(form.typed)
        number = _number(typed)
        return _screen(request, number, SCREENS[number - 1](), carried=_carried(typed))
    return None


def _open_account(request: HttpRequest, last: FaceForm) -> HttpResponse:
    typed = _carried(request.POST)
    try:
        registration = services.register_citizen(
            full_name=typed["full_name"],
            personal_id=typed["personal_id"],
            phone=typed["phone"],
            email=typed["email"],
            password=last.cleaned_data["password"],
            language=get_language() or "vi",
            accepts_terms=last.cleaned_data["accepts_terms"],
            at=who.now(),
            place=who.place(request),
        )
    except Refusal as refusal:
        return _refused(request, last, refusal)
    request.session[CONFIRMING] = waiting_for(registration.id, registration.email, registration.registered_at)
    return redirect("portal:confirm")


def _refused(request: HttpRequest, last: FaceForm, refusal: Refusal) -> HttpResponse:
    """Show the first screen to which something was refused, with what was."""
    fields = refusal.fields if isinstance(refusal, FieldErrors) else {}
    for number, screen in enumerate(SCREENS[:-1], start=1):
        form = screen(request.POST)
        if set(form.fields) & set(fields):
            form.take_sentences({name: text for name, text in fields.items() if name in form.fields})
            return _screen(request, number, form)
    show(last, refusal)
    return _screen(request, len(SCREENS), last)


def _number(typed: Mapping[str, str]) -> int:
    """The screen that was sent; whoever sends everything at once has sent the last."""
    return {"1": 1, "2": 2}.get(typed.get("step", ""), len(SCREENS))


def _carried(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed.get(name, "")[:_LONGEST] for name in CARRIED}


def _screen(
    request: HttpRequest, number: int, form: FaceForm, carried: Mapping[str, str] | None = None
) -> HttpResponse:
    errors = page_errors(form) if form.is_bound else []
    known = _carried(request.POST) if carried is None else carried
    kept = {name: text for name, text in known.items() if name not in form.fields}
    context: dict[str, Any] = {
        "form": form,
        "page_errors": errors,
        "number": number,
        "screens": len(SCREENS),
        "kept": kept if carried is not None or request.method == "POST" else {},
    }
    return render(request, TEMPLATES[number - 1], context, status=422 if errors else 200)
