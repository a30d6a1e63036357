"""Notices to everybody, above all planned stops: written, looked at, given for a time, ended."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk import clock
from motcua.desk.forms.notices import GiveNotice
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import Forbidden, Refusal
from motcua.kernel.numbers import read_number
from motcua.notify import queries as notify
from motcua.notify import services as notify_services
from motcua.notify.enums import NoticeKind
from motcua.notify.queries import Notice
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

LIST = 30


@access("officer")
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The last given first; each with whether it is shown now."""
    must_administer(request, province=True, act="notices")
    before, now = request.GET.get("truoc", ""), clock.now()
    number = read_number(before)
    found = notify.all_notices(LIST, before=number)
    context = frame(request, "notices") | {
        "lines": [_line(notice, now) for notice in found],
        "next": f"?truoc={found[-1].id}" if len(found) == LIST else "",
    }
    return render(request, "desk/administration/notices.html", context)


@access("officer")
@require_http_methods(["GET", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    """`preview` draws the notice as everybody will see it; only `give` gives it."""
    must_administer(request, province=True, act="notices")
    form, now = GiveNotice(request.POST if request.method == "POST" else None), clock.now()
    preview = None
    if form.is_bound and form.is_valid():
        if "give" in request.POST:
            try:
                notify_services.give_notice(actor=actor_of(request), at=now, **form.given(now))
            except Forbidden:
                raise
            except Refusal as refusal:
                tell(form, refusal)
            else:
                messages.success(request, gettext("Đã đăng thông báo."))
                return redirect("desk:notices")
        else:
            preview = _seen(form, now)
    context = frame(request, "notices") | {
        "form": form,
        "preview": preview,
        "page_errors": page_errors(form),
    }
    return render(request, "desk/administration/new_notice.html", context, status=422 if form.errors else 200)


@access("officer")
@require_POST
def end_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    must_administer(request, province=True, act="notices")
    if notice_id > 2**62:
        raise Http404
    notify_services.end_notice(actor=actor_of(request), at=clock.now(), notice_id=notice_id)
    messages.success(request, gettext("Thông báo không còn hiện nữa."))
    return redirect("desk:notices")


def _seen(form: GiveNotice, now: datetime) -> Notice:
    given = form.given(now)
    return Notice(0, given["kind"], given["title"], given["body"], given["shown_from"], given["shown_to"])


def _line(notice: Notice, now: datetime) -> dict[str, object]:
    if notice.shown_to <= now:
        state, tone = gettext("đã kết thúc"), ""
    elif notice.shown_from > now:
        state, tone = gettext("sẽ hiện"), "wait"
    else:
        state, tone = gettext("đang hiện"), "good"
    return {
        "notice": notice,
        "kind": str(NoticeKind(notice.kind).label),
        "state": state,
        "tone": tone,
        "may_end": notice.shown_to > now,
    }
