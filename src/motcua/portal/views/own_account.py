"""My account: what is kept of me, correct it, change phone, e-mail and password, choose what I am told."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import queries, services
from motcua.accounts.errors import SharingAnswerRequired
from motcua.accounts.queries import acting
from motcua.accounts.queries import sharing as shared
from motcua.accounts.rules.sharing import WORDING
from motcua.dossiers import services as dossiers
from motcua.kernel.errors import Refusal
from motcua.portal import personal_data, province, who
from motcua.portal.forms.account import (
    ChangePasswordForm,
    ChangePhoneForm,
    OwnDetailsForm,
)
from motcua.portal.forms.eform import day_text
from motcua.portal.views.account import page, show
from motcua.theme import consents
from motcua.theme.access import access
from motcua.theme.downloads import made_text
from motcua.theme.errors_on_page import PageError
from motcua.theme.own_account import ChangeEmailForm, CodeForm, NoticesForm, notices_chosen
from motcua.theme.refusals import sentence

CHANGING = "changing"  # {"email": address, "phone": number}: what a code was sent for, to be shown
READS = 20


@access("citizen")
def own_account(request: HttpRequest) -> HttpResponse:
    card = who.card(request)
    here = request.session.session_key or ""
    context = {
        "nav": "account",
        "card": card,
        "devices": len(queries.logins(card.id, here=here, at=who.now())),
        "waiting": acting.waiting(card.id, who.now().date()),
    }
    return render(request, "portal/account/own.html", context)


@access("citizen")
def details(request: HttpRequest) -> HttpResponse:
    card = who.card(request)
    known = {
        "full_name": card.full_name,
        "date_of_birth": day_text(card.date_of_birth),
        "address": card.address,
    }
    form = OwnDetailsForm(request.POST) if request.method == "POST" else OwnDetailsForm(initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_profile(actor=who.actor(request), at=who.now(), **form.cleaned_data)
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, gettext("Đã lưu thông tin của bạn."))
            return redirect("portal:own_account")
    return page(request, "portal/account/details.html", form, nav="account", card=card)


@access("citizen")
@sensitive_post_parameters("current", "new")
def change_password(request: HttpRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(
                actor=who.actor(request),
                current=form.cleaned_data["current"],
                new=form.cleaned_data["new"],
                at=who.now(),
                request=request,
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, gettext("Đã đổi mật khẩu. Mọi thiết bị khác đã bị đăng xuất."))
            return redirect("portal:own_account")
    return page(request, "portal/account/change_password.html", form, nav="account")


@access("citizen")
@sensitive_post_parameters("password")
def change_email(request: HttpRequest) -> HttpResponse:
    form = ChangeEmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = services.ask_for_email(actor=who.actor(request), at=who.now(), **form.cleaned_data)
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session[CHANGING] = {"email": wanted}
            return redirect("portal:confirm_email_change")
    return page(
        request, "portal/account/change_email.html", form, nav="account", email=who.card(request).email
    )


@access("citizen")
@sensitive_post_parameters("password")
def change_phone(request: HttpRequest) -> HttpResponse:
    form = ChangePhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = services.ask_for_phone(actor=who.actor(request), at=who.now(), **form.cleaned_data)
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session[CHANGING] = {"phone": wanted}
            return redirect("portal:confirm_phone_change")
    return page(
        request, "portal/account/change_phone.html", form, nav="account", phone=who.card(request).phone
    )


@access("citizen")
def confirm_email_change(request: HttpRequest) -> HttpResponse:
    done = gettext(
        "Đã đổi thư điện tử. Từ nay thông báo gửi tới địa chỉ mới, cả về hồ sơ đã nộp với địa chỉ trước."
    )
    return _confirm(request, "email", dossiers.confirm_email_change, done)


@access("citizen")
def confirm_phone_change(request: HttpRequest) -> HttpResponse:
    done = gettext("Đã đổi số điện thoại.")
    return _confirm(request, "phone", dossiers.confirm_phone_change, done)


def _confirm(request: HttpRequest, what: str, confirm: Callable[..., object], done: str) -> HttpResponse:
    """The code from the letter; which change it is for stands in the session."""
    wanted = request.session.get(CHANGING, {}).get(what)
    if not wanted:
        return redirect(f"portal:change_{what}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm(actor=who.actor(request), code=form.cleaned_data["code"], at=who.now())
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            del request.session[CHANGING]
            messages.success(request, done)
            return redirect("portal:own_account")
    sent_to = wanted if what == "email" else who.card(request).email
    context = {"nav": "account", "what": what, "wanted": wanted, "sent_to": sent_to}
    return page(request, "portal/account/confirm_change.html", form, **context)


@access("citizen")
def notices(request: HttpRequest) -> HttpResponse:
    """Which letters I want besides those that are always sent."""
    actor, card = who.actor(request), who.card(request)
    typed = request.POST if request.method == "POST" else None
    form = NoticesForm(typed, initial=notices_chosen(card), officers=False)
    if request.method == "POST" and form.is_valid():
        form.keep(actor)
        messages.success(request, gettext("Đã lưu lựa chọn của bạn."))
        return redirect("portal:own_account")
    return page(request, "portal/account/notices.html", form, nav="account", email=card.email)


@access("citizen")
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept of me, who looked at it, and all of it as a file."""
    found = personal_data.glance(who.card(request), most=READS)
    return render(request, "portal/account/data.html", {"nav": "account", "data": found})


@access("citizen")
def sharing(request: HttpRequest) -> HttpResponse:
    """Whether what I registered may be shared for related services: say so, or take it back."""
    card, refused = who.card(request), ""
    if request.method == "POST":
        is_allowed = {"co": True, "khong": False}.get(request.POST.get("cho-phep", ""))
        wording = request.POST.get("loi-hoi", "")
        try:
            services.choose_sharing(
                actor=who.actor(request), at=who.now(), is_allowed=is_allowed, wording=wording
            )
        except SharingAnswerRequired as refusal:
            refused = sentence(refusal)
        else:
            done = (
                gettext("Đã ghi nhận: bạn cho phép chia sẻ.")
                if is_allowed
                else gettext("Đã ghi nhận: bạn không cho phép chia sẻ.")
            )
            messages.success(request, done)
            return redirect("portal:own_sharing")
    rules = province.regulation(who.now().date())
    context = {
        "nav": "account",
        "words": consents.SHARING[WORDING],
        "wording": WORDING,
        "page_errors": [PageError(refused)] if refused else [],
        "said": shared.sharing_said(card.id),
        "is_allowed": shared.may_share(card.id),
        "regulation": rules,
        "clauses": rules.clauses("sharing.third_party") if rules else (),
    }
    return render(request, "portal/account/sharing.html", context, status=422 if refused else 200)


@access("citizen")
def download_data(request: HttpRequest) -> HttpResponse:
    found = personal_data.gather(who.card(request), language_of(request), who.now())
    return made_text(personal_data.as_text(found), name=gettext("du-lieu-cua-toi.txt"))


def language_of(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "vi"))
