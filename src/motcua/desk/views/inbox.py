"""What the system has to tell the officer: read it, go on to its matter, put it away."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import clock
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.kernel.errors import NotFound
from motcua.kernel.numbers import read_number
from motcua.notify import queries, services
from motcua.notify.queries import InboxMessage
from motcua.theme.access import access

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A message, and in words where it leads to; empty for one that leads nowhere."""

    message: InboxMessage
    opens: str


@access("officer")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What is unread stands on top, then what was read."""
    after = request.GET.get("sau", "")
    found = queries.inbox_by_unread(actor_of(request).id, language=_language(), after=after, limit=PAGE)
    lines = [Line(message, _opens(message)) for message in found.messages]
    groups = [
        (gettext("Chưa đọc"), "unread", [line for line in lines if not line.message.is_read]),
        (gettext("Đã đọc"), "read", [line for line in lines if line.message.is_read]),
    ]
    context = frame(request, "inbox") | {
        "groups": [group for group in groups if group[2]],
        "newest": found.newest,
        "older": f"?sau={found.after}" if found.after else "",
        "is_first": not after,
    }
    return render(request, "desk/inbox/list.html", context)


@access("officer")
@require_safe
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message; opening it marks it as read."""
    read = _opened(request, message_id)
    context = frame(request, "inbox") | {"line": Line(read, _opens(read))}
    return render(request, "desk/inbox/one.html", context)


@access("officer")
@require_safe
def go_on(request: HttpRequest, message_id: int) -> HttpResponse:
    """To the page where the matter stands, or to the message if there is no such page any more."""
    read = _opened(request, message_id)
    return redirect(read.leads_to) if _opens(read) else redirect("desk:inbox_message", message_id)


@access("officer")
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """One message, or all up to the newest one that there was when the page was made, were read."""
    actor, at = actor_of(request), clock.now()
    if "all" in request.POST:
        services.mark_all_read(actor=actor, newest=_number(request.POST.get("newest", "")), at=at)
        messages.success(request, gettext("Đã đánh dấu tất cả là đã đọc."))
    else:
        number = _number(request.POST.get("message", ""))
        services.mark_read(actor=actor, message_id=number, at=at)
        messages.success(request, gettext("Đã đánh dấu là đã đọc."))
    return redirect("desk:inbox")


def _opened(request: HttpRequest, message_id: int) -> InboxMessage:
    actor = actor_of(request)
    read = queries.inbox_message(actor.id, message_id, language=_language())
    services.mark_read(actor=actor, message_id=message_id, at=clock.now())
    return read


def _opens(message: InboxMessage) -> str:
    """What the link to the matter says; only pages of the desk are linked."""
    try:
        found = resolve(urlsplit(message.leads_to).path)
    except Resolver404:
        return ""
    if found.view_name == "desk:dossier":
        return gettext("Mở hồ sơ")
    return gettext("Mở trang liên quan") if found.namespace == "desk" else ""


def _number(text: str) -> int:
    number = read_number(text)
    if number is None:
        raise NotFound
    return number


def _language() -> str:
    return get_language() or "vi"
