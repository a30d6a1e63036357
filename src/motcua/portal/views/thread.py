"""My messages to the desk about a dossier, and its answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.dossiers import services
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.forms.own import MessageForm
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.refusals import sentence


@access("citizen")
def thread(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """What was said, and a place to write; nothing here changes the dossier."""
    actor = who.actor(request)
    view = services.open_dossier(actor=actor, at=who.now(), dossier_id=dossier_id)
    found = services.thread_of(actor=actor, view=view)
    if request.method == "POST" and not found.may_write:
        services.must_act(actor=actor, at=who.now(), view=view)
    if not found.may_write and (request.method == "POST" or not found.said):
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_to_desk(
                actor=actor, at=who.now(), dossier_id=dossier_id, text=form.cleaned_data["text"]
            )
        except Refusal as refusal:
            form.add_error("text", sentence(refusal))
        else:
            messages.success(
                request, gettext("Đã gửi tin nhắn. Khi có trả lời, bạn nhận thư báo trong hộp thư.")
            )
            return redirect("portal:thread", dossier_id=dossier_id)
    errors = page_errors(form) if form.is_bound else []
    context = {"nav": "own", "view": view, "thread": found, "form": form, "page_errors": errors}
    return render(request, "portal/own/thread.html", context, status=422 if errors else 200)
