"""Compare the person at the counter, their card and their account; from then on the account is theirs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.agencies import services
from motcua.desk import clock
from motcua.desk.forms.identity import CardForm, CheckForm, as_typed
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, seat_of
from motcua.kernel.errors import Forbidden, Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors


@access("officer")
@sensitive_post_parameters("personal_id", "name", "date_of_birth", "read_out")
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """First the card, which sends a code to the account; then the code that the person reads out."""
    if not seat_of(request).is_receiver:
        raise Forbidden
    if request.method != "POST":
        return _page(request, CardForm())
    if request.POST.get("action") == "confirm":
        return _confirmed(request)
    return _asked(request)


def _asked(request: HttpRequest) -> HttpResponse:
    typed = as_typed(request.POST)
    form = CardForm(typed)
    if form.is_valid():
        try:
            services.ask_for_identity(actor=actor_of(request), card=form.card(), at=clock.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            return _page(request, CheckForm(initial=typed))
    return _page(request, form)


def _confirmed(request: HttpRequest) -> HttpResponse:
    form = CheckForm(as_typed(request.POST))
    if form.is_valid():
        try:
            card = services.check_identity(
                actor=actor_of(request), card=form.card(), code=form.cleaned_data["read_out"], at=clock.now()
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            done = gettext("Đã đối chiếu tài khoản của %(name)s với thẻ căn cước.") % {"name": card.full_name}
            messages.success(request, done)
            return redirect("desk:identity")
    return _page(request, form)


def _page(request: HttpRequest, form: CardForm) -> HttpResponse:
    errors = page_errors(form) if form.is_bound else []
    context = frame(request, "identity") | {
        "form": form,
        "is_checking": isinstance(form, CheckForm),
        "page_errors": errors,
    }
    return render(request, "desk/identity.html", context, status=422 if errors else 200)
