"""The officer's own account: what is kept of them, their e-mail, their devices, what comes by e-mail."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.accounts import queries, services
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard
from motcua.desk import clock
from motcua.desk.forms.own import ChangePhone
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.labels import ROLE
from motcua.desk.officers import actor_of, seat_of
from motcua.kernel.errors import Refusal
from motcua.notify import queries as notify
from motcua.notify.rules.messages import topics_for
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm
from motcua.theme.own_account import (
    TOPICS,
    ChangeEmailForm,
    CodeForm,
    NoticesForm,
    log_device_out,
    notices_chosen,
)

CHANGING = "changing"  # {"email": address}: what a code was sent for, to be shown


@access("officer")
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    card, seat = _card(request), seat_of(request)
    names = {agency.id: agency.name for agency in seat.agencies}
    wanted = notify.wanted_topics(card.id)
    context = frame(request, "own_account") | {
        "card": card,
        "posts": sorted(
            {(gettext(ROLE[post.role]), names[post.agency_id]) for post in seat.posts if not post.for_id}
        ),
        "chosen": [TOPICS[topic] for topic in topics_for(officers=True) if topic in wanted],
        "devices": len(queries.logins(card.id, here=_here(request), at=clock.now())),
    }
    return render(request, "desk/own/account.html", context)


@access("officer")
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    found = queries.logins(_card(request).id, here=_here(request), at=clock.now())
    context = frame(request, "own_account") | {
        "here": [login for login in found if login.is_here],
        "others": [login for login in found if not login.is_here],
    }
    return render(request, "desk/own/devices.html", context)


@access("officer")
@require_POST
def end_device(request: HttpRequest) -> HttpResponse:
    """One device by its number, or all others."""
    messages.success(request, log_device_out(request, actor_of(request)))
    return redirect("desk:devices")


@access("officer")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def change_email(request: HttpRequest) -> HttpResponse:
    form = ChangeEmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = services.ask_for_email(actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            tell(form, refusal)
        else:
            request.session[CHANGING] = {"email": wanted}
            return redirect("desk:confirm_email_change")
    card = _card(request)
    title = gettext("Đổi thư điện tử") if card.email else gettext("Thêm thư điện tử")
    if card.email and not card.email_is_verified:
        title = gettext("Xác nhận thư điện tử")
        form.initial["email"] = card.email
    return _page(request, "desk/own/change_email.html", form, card=card, title=title)


@access("officer")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def change_phone(request: HttpRequest) -> HttpResponse:
    """By the password alone: an officer's number opens nothing."""
    phone = _card(request).phone
    form = ChangePhone(request.POST if request.method == "POST" else None, initial={"phone": phone})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_officers_phone(actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã đổi số điện thoại."))
            return redirect("desk:own_account")
    title = gettext("Đổi số điện thoại") if phone else gettext("Thêm số điện thoại")
    return _page(request, "desk/own/change_phone.html", form, title=title)


@access("officer")
@require_http_methods(["GET", "POST"])
def confirm_email_change(request: HttpRequest) -> HttpResponse:
    """The code from the letter; which address it is for stands in the session."""
    wanted = request.session.get(CHANGING, {}).get("email")
    if not wanted:
        return redirect("desk:change_email")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_email_change(
                actor=actor_of(request), code=form.cleaned_data["code"], at=clock.now()
            )
        except Refusal as refusal:
            tell(form, refusal, "code")
        else:
            del request.session[CHANGING]
            messages.success(
                request, gettext("Đã xác nhận thư điện tử. Từ nay thông báo gửi tới địa chỉ này.")
            )
            return redirect("desk:own_account")
    return _page(request, "desk/own/confirm_email.html", form, sent_to=wanted)


@access("officer")
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Which word among officers comes by e-mail too."""
    actor, card = actor_of(request), _card(request)
    typed = request.POST if request.method == "POST" else None
    form = NoticesForm(typed, initial=notices_chosen(card), officers=True)
    if request.method == "POST" and form.is_valid():
        form.keep(actor)
        messages.success(request, gettext("Đã lưu lựa chọn của bạn."))
        return redirect("desk:own_account")
    return _page(request, "desk/own/notices.html", form, email=card.email)


def _page(request: HttpRequest, template: str, form: FaceForm, **more: object) -> HttpResponse:
    context = frame(request, "own_account") | {"form": form, "page_errors": page_errors(form)} | more
    return render(request, template, context, status=422 if form.errors else 200)


def _card(request: HttpRequest) -> AccountCard:
    return queries.card_of(cast(Account, request.user))


def _here(request: HttpRequest) -> str:
    return request.session.session_key or ""
