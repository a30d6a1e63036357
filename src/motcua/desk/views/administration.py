"""Accounts of officers and the messages that went out: for administrators only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts import policy as accounts_policy
from motcua.accounts import queries as account_queries
from motcua.accounts import services as accounts
from motcua.desk import clock
from motcua.desk.forms.administration import FindOfficer, NewOfficer
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.kernel.errors import Refusal
from motcua.notify import queries as notify
from motcua.notify.enums import Channel, Delivery
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

LIST = 100
TONES = {Delivery.SENT: "good", Delivery.FAILED: "bad", Delivery.WAITING: "wait"}


@access("officer")
@require_http_methods(["GET", "POST"])
def officers(request: HttpRequest) -> HttpResponse:
    """Accounts in the order of a Vietnamese dictionary; a posted question filters them."""
    accounts_policy.must_administer(actor_of(request))
    asked = request.POST.get("asked", "").strip()
    found = account_queries.officers(text=asked, limit=LIST)
    context = frame(request, "officers") | {
        "form": FindOfficer(initial={"asked": asked}),
        "asked": asked,
        "officers": found,
        "is_full": len(found) == LIST,
    }
    return render(request, "desk/administration/officers.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_officer(request: HttpRequest) -> HttpResponse:
    """The given password is shown once, on the answer to this POST, and stored nowhere."""
    actor = actor_of(request)
    accounts_policy.must_administer(actor)
    form = NewOfficer(request.POST if request.method == "POST" else None)
    given = None
    if request.method == "POST" and form.is_valid():
        try:
            given = accounts.create_officer(actor=actor, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            tell(form, refusal)
    context = frame(request, "officers") | {"form": form, "given": given, "page_errors": page_errors(form)}
    name = "given_password" if given else "new_officer"
    return render(request, f"desk/administration/{name}.html", context)


@access("officer")
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages to people and how they fared; read only."""
    accounts_policy.must_administer(actor_of(request))
    lines = [
        {
            "posted_at": line.posted_at,
            "name": line.recipient_name,
            "key": line.key,
            "channel": Channel(line.channel).label,
            "state": Delivery(line.state).label,
            "tone": TONES.get(Delivery(line.state), ""),
            "last_error": line.last_error,
        }
        for line in notify.outbox(limit=LIST)
    ]
    return render(request, "desk/administration/outbox.html", frame(request, "outbox") | {"lines": lines})
