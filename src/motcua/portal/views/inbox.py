"""Messages of the system to me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from motcua.kernel.numbers import read_number
from motcua.notify import queries, services
from motcua.portal import who
from motcua.theme.access import access

PAGE = 20


@access("citizen")
def inbox(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("truoc", "")
    found = queries.inbox(
        who.card(request).id,
        language=get_language() or "vi",
        before=read_number(before),
        limit=PAGE + 1,
    )
    older = f"?truoc={found[PAGE - 1].id}" if len(found) > PAGE else ""
    context = {"nav": "inbox", "found": found[:PAGE], "older": older}
    return render(request, "portal/inbox/list.html", context)


@access("citizen")
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message; opening it marks it as read."""
    read = queries.inbox_message(who.card(request).id, message_id, language=get_language() or "vi")
    services.mark_read(actor=who.actor(request), message_id=message_id, at=who.now())
    return render(request, "portal/inbox/one.html", {"nav": "inbox", "message": read})
