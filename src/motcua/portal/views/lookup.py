"""Looking for one's dossiers without their codes: whose, at which mailbox, and the code that was sent there.

Nothing that is typed comes to stand in an address. The session keeps the number of the asking only.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts.errors import WrongCode
from motcua.dossiers import services
from motcua.dossiers.enums import ENDED
from motcua.dossiers.queries import LookedUp
from motcua.kernel.errors import Refusal
from motcua.portal import standing, who
from motcua.portal.forms.lookup import LookupForm, SentPerhapsForm
from motcua.portal.views.account import page, show
from motcua.theme.access import access

LOOKING = "looking_up"  # the number of the asking whose code is awaited, or was typed


@access("public")
@sensitive_post_parameters("named", "email")
def ask(request: HttpRequest) -> HttpResponse:
    """Whose dossiers, and where a code may go. The next page is the same whether or not one was sent."""
    form = LookupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_for_lookup(**form.cleaned_data, place=who.place(request), at=who.now())
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session[LOOKING] = asked
            return redirect("portal:lookup_code")
    return page(request, "portal/tracking/lookup.html", form, nav="tracking")


@access("public")
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    asked = request.session.get(LOOKING)
    if asked is None:
        return redirect("portal:lookup")
    form = SentPerhapsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.prove_lookup(asked_id=asked, code=form.cleaned_data["code"], at=who.now())
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            request.session.cycle_key()  # nobody who knew this session before sees what it opens now
            return redirect("portal:lookup_found")
    return page(request, "portal/tracking/lookup_code.html", form, nav="tracking")


@access("public")
def found(request: HttpRequest) -> HttpResponse:
    """The list, for a quarter of an hour; sending the form forgets it at once."""
    asked = request.session.get(LOOKING)
    if asked is None:
        return redirect("portal:lookup")
    if request.method == "POST":
        services.forget_lookup(asked_id=asked)
        del request.session[LOOKING]
        messages.success(request, gettext("Danh sách hồ sơ đã đóng."))
        return redirect("portal:tracking")
    try:
        dossiers = services.looked_up(asked_id=asked, at=who.now())
    except WrongCode:
        del request.session[LOOKING]
        messages.info(request, gettext("Thời gian xem danh sách đã hết. Hãy yêu cầu mã mới."))
        return redirect("portal:lookup")
    return render(request, "portal/tracking/lookup_found.html", {"nav": "tracking", **told_of(dossiers)})


def told_of(dossiers: tuple[LookedUp, ...]) -> dict[str, Any]:
    """What both pages with the list show: no more than tracking by code tells, and initials.

    Basis: DL24-12.7.a, DL24-3.4, DL24-18.5; reading A22.
    """
    rows = [
        {
            "dossier": each,
            "standing": standing.of(each.status, is_on_its_way=each.finished_at is None),
            "receipt": standing.receipt(each.counted, each.status),
            "is_over": each.status in ENDED,
        }
        for each in dossiers
    ]
    return {"rows": rows, "is_full": len(dossiers) == services.MOST_SHOWN, "most": services.MOST_SHOWN}
