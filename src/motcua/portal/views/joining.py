"""A dossier that was brought to a desk before there was an account comes into it, with proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from motcua.dossiers import services
from motcua.kernel.errors import Refusal
from motcua.portal import standing, who
from motcua.portal.forms.lookup import JoinForm, SentPerhapsForm
from motcua.portal.views.account import page, show
from motcua.portal.views.tracking import reference_in
from motcua.theme.access import access
from motcua.theme.refusals import sentence

JOINING = "joining"  # the number of the asking whose code is awaited


@access("citizen")
def add(request: HttpRequest) -> HttpResponse:
    """By the code on the receipt; or at one press, where an officer has compared account and card."""
    if request.method == "POST" and "dossier" in request.POST:
        return _joined_by_identity(request, request.POST["dossier"])
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reference = reference_in(form.cleaned_data["reference"])
        try:
            asked = services.ask_to_join(actor=who.actor(request), reference=reference, at=who.now())
        except Refusal as refusal:
            show(form, refusal, "reference")
        else:
            request.session[JOINING] = asked
            return redirect("portal:join_code")
    known = [
        {
            "id": pk,
            "dossier": each,
            "standing": standing.of(each.status, is_on_its_way=each.finished_at is None),
            "receipt": standing.receipt(each.counted, each.status),
        }
        for pk, each in services.joinable(actor=who.actor(request))
    ]
    return page(request, "portal/own/add.html", form, nav="own", card=who.card(request), known=known)


@access("citizen")
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    asked = request.session.get(JOINING)
    if asked is None:
        return redirect("portal:join")
    form = SentPerhapsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act = services.join_by_code(
                actor=who.actor(request), asked_id=asked, code=form.cleaned_data["code"], at=who.now()
            )
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            del request.session[JOINING]
            return _to(request, act)
    return page(request, "portal/own/add_code.html", form, nav="own")


def _joined_by_identity(request: HttpRequest, dossier_id: str) -> HttpResponse:
    try:
        act = services.join_by_identity(actor=who.actor(request), dossier_id=dossier_id, at=who.now())
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
        return redirect("portal:join")
    return _to(request, act)


def _to(request: HttpRequest, act: services.Act) -> HttpResponse:
    messages.success(request, gettext("Hồ sơ đã ở trong tài khoản của bạn."))
    return redirect("portal:own_dossier", dossier_id=act.dossier_id)
