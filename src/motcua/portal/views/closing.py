"""Close my account: what it means and what stands against it, my password, the code, done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import services as accounts
from motcua.accounts.queries import contacts
from motcua.dossiers import queries, services
from motcua.kernel.errors import Forbidden, Refusal
from motcua.portal import who
from motcua.portal.views.account import page, show
from motcua.theme.access import access
from motcua.theme.own_account import ByPasswordForm, CodeForm

CLOSING = "closing"  # that a code was sent for it


class CloseForm(ByPasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _("Để chắc rằng chính bạn đang đóng tài khoản.")


@access("citizen")
@sensitive_post_parameters("password")
def close_account(request: HttpRequest) -> HttpResponse:
    """What happens, and the password; while something stands against it, what that is and what to do."""
    form, card = CloseForm(request.POST or None), who.card(request)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_to_close_account(
                actor=who.actor(request), password=form.cleaned_data["password"], at=who.now()
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session[CLOSING] = True
            return redirect("portal:confirm_closing")
    against = services.against_closing(actor=who.actor(request))
    context = {
        "nav": "account",
        "email": card.email,
        "awaited": [each for each in against if each.what is services.Hindrance.AWAITED],
        "results": [each for each in against if each.what is services.Hindrance.RESULT],
        "organisations": [each for each in against if each.what is services.Hindrance.ORGANISATION],
        "is_held": bool(against),
        "has_open": queries.has_open_matters(card.id),
    }
    return page(request, "portal/account/close.html", form, **context)


@access("citizen")
def confirm_closing(request: HttpRequest) -> HttpResponse:
    """The code from the letter; then the account is closed and this session ends with all others."""
    if not request.session.get(CLOSING):
        return redirect("portal:close_account")
    form, card = CodeForm(request.POST or None), who.card(request)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_account(actor=who.actor(request), code=form.cleaned_data["code"], at=who.now())
        except Forbidden:
            if not contacts.closed_among([card.id]):
                raise
            return _left(request)  # pressed twice: the first press has closed it
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            return _left(request)
    return page(request, "portal/account/confirm_closing.html", form, nav="account", email=card.email)


def _left(request: HttpRequest) -> HttpResponse:
    accounts.log_out(request=request)
    return redirect("portal:account_closed")


@access("public")
def account_closed(request: HttpRequest) -> HttpResponse:
    """That it is done, and what one can still do. The same for everybody: it says nothing of anybody."""
    return render(request, "portal/account/closed.html")
