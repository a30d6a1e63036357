"""The messages that went out, in words, and those that did not go."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.audit import services as audit
from motcua.desk import clock, labels
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import NotFound
from motcua.kernel.numbers import read_number
from motcua.notify import queries as notify
from motcua.notify import services as notify_services
from motcua.notify.enums import Channel, Delivery
from motcua.notify.queries import OutboxLine
from motcua.theme.access import access

LIST = 50
TONES = {Delivery.SENT: "good", Delivery.FAILED: "bad", Delivery.WAITING: "wait"}


@access("officer")
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages to people and how they fared; `?tt=failed` shows those that did not go,
    `?tt=waiting` those that wait, with when they are tried next."""
    must_administer(request, province=True)
    asked = request.GET.get("tt")
    state = asked if asked in (Delivery.FAILED, Delivery.WAITING) else None
    before = request.GET.get("truoc", "")
    number = read_number(before)
    lines = notify.outbox(state=state, before=number, limit=LIST)
    counts = notify.outbox_counts()
    context = frame(request, "outbox") | {
        "lines": [(line, *_words(line)) for line in lines],
        "failed": counts[Delivery.FAILED],
        "waiting": counts[Delivery.WAITING],
        "failed_shown": _up_to(counts[Delivery.FAILED]),
        "waiting_shown": _up_to(counts[Delivery.WAITING]),
        "state": state or "",
        "stuck": notify.outbox_stuck(clock.now()) if state == Delivery.WAITING else 0,
        "next": f"?tt={state or ''}&truoc={lines[-1].id}" if len(lines) == LIST else "",
    }
    return render(request, "desk/administration/outbox.html", context)


@access("officer")
@require_safe
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message with its text. It speaks of a person, so the reading is recorded: with the message, and
    with the dossier or else the account it is about, where that person reads of it."""
    must_administer(request, province=True)
    found = notify.outbox_message(message_id)
    if found is None:
        raise NotFound
    audit.record_reads(
        actor=actor_of(request),
        what=(f"message:{message_id}", *_whose(found.line)),
        why="Kiểm tra thư gửi đi",
        at=clock.now(),
    )
    channel, state, tone, why = _words(found.line)
    words = {"channel": channel, "state": state, "tone": tone, "why": why}
    context = frame(request, "outbox") | {"found": found} | words
    return render(request, "desk/administration/message.html", context)


def _whose(line: OutboxLine) -> tuple[str, ...]:
    """The dossier that a message is about, else the account it goes to."""
    with suppress(ValueError):
        return (f"dossier:{UUID(line.about)}",)
    return (f"account:{line.account_id}",) if line.account_id else ()


@access("officer")
@require_POST
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    notify_services.send_again(actor=actor_of(request), message_id=message_id, at=clock.now())
    messages.success(request, gettext("Thư đã được xếp lại vào hàng chờ gửi."))
    return redirect("desk:message", message_id)


@access("officer")
@require_POST
def send_now(request: HttpRequest, message_id: int) -> HttpResponse:
    notify_services.send_now(actor=actor_of(request), message_id=message_id, at=clock.now())
    messages.success(request, gettext("Thư được thử gửi ngay."))
    return redirect("desk:message", message_id)


@access("officer")
@require_http_methods(["GET", "POST"])
def send_all_now(request: HttpRequest) -> HttpResponse:
    """One question first: all that waits is many letters."""
    must_administer(request, province=True)
    now = clock.now()
    if request.method == "POST":
        notify_services.send_all_now(actor=actor_of(request), at=now)
        messages.success(request, gettext("Các thư đang chờ được thử gửi ngay, lần lượt từng đợt."))
        return redirect(reverse("desk:outbox") + "?tt=waiting")
    stuck = notify.outbox_stuck(now)
    context = frame(request, "outbox") | {"stuck": stuck, "stuck_shown": _up_to(stuck)}
    return render(request, "desk/administration/send_waiting.html", context)


def _up_to(count: int) -> str:
    return str(count) if count < notify.COUNT_UP_TO else f"{notify.COUNT_UP_TO - 1}+"


def _words(line: OutboxLine) -> tuple[str, str, str, str]:
    """Channel, state, tone of the state, and why it did not go."""
    state = Delivery(line.state)
    return str(Channel(line.channel).label), str(state.label), TONES.get(state, ""), failure(line.last_error)


def failure(error: str) -> str:
    """What the outbox keeps of a failure, in words; the code a mail server answered stands behind them."""
    said, _, code = error.partition(": ")
    start = next((start for start in labels.FAILURE if said.startswith(start)), "")
    if not start:
        return error
    return f"{gettext(labels.FAILURE[start])} ({code})." if code else f"{gettext(labels.FAILURE[start])}."
