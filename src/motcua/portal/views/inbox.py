"""Messages of the system to me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from motcua.kernel.numbers import read_number
from motcua.notify import queries, services
from motcua.portal import who
from motcua.portal.views.own import waiting_for
from motcua.theme.access import access

PAGE = 20
ASKING = ("mandate.offered", "organisation.invited")  # these ask for an answer, as long as it is wanted


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
    """One message; opening it marks it as read. What asked for an answer says whether it still does."""
    read = queries.inbox_message(who.card(request).id, message_id, language=get_language() or "vi")
    services.mark_read(actor=who.actor(request), message_id=message_id, at=who.now())
    asks = read.key in ASKING and bool(read.leads_to)
    waits = asks and read.leads_to in {each.href for each in waiting_for(request)}
    context = {"nav": "inbox", "message": read, "asks": asks, "waits": waits}
    return render(request, "portal/inbox/one.html", context)
