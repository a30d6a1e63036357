"""Bring what the agency asked for. What was taken in waits until everything is sent, on any device."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.documents import queries as documents
from motcua.portal.answers import Answer, open_answer
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors


@access("citizen")
def supplement(request: HttpRequest, dossier_id: str) -> HttpResponse:
    answer = open_answer(request, dossier_id)
    if answer is None:
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    if request.method == "POST":
        answer.take()
        if "send" in request.POST and answer.is_whole() and answer.send():
            messages.success(request, gettext("Đã gửi phần bổ sung. Cơ quan sẽ xem và trả lời bạn."))
            return redirect("portal:own_dossier", dossier_id=dossier_id)
        if "send" not in request.POST and not answer.tells() and not answer.taken.errors:
            return redirect("portal:supplement", dossier_id=dossier_id)
    return page(request, answer)


def page(request: HttpRequest, answer: Answer) -> HttpResponse:
    lines = answer.lines()
    errors = answer.errors + answer.taken.page_errors(lines)
    if answer.form is not None and answer.form.is_bound:
        errors += page_errors(answer.form)
    context = {
        "nav": "own",
        "view": answer.view,
        "awaited": answer.awaited,
        "lines": lines,
        "form": answer.form,
        "drawn": answer.drawn(),
        "limits": documents.limits(),
        "version": answer.view.version,
        "page_errors": errors,
    }
    return render(request, "portal/own/supplement.html", context, status=422 if errors else 200)
