"""Confirm the address of a registration, log in and out, get back in with a forgotten password."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.accounts import queries, services
from motcua.accounts.errors import CodeSentRecently, EmailNotConfirmed, FieldErrors
from motcua.accounts.rules import identifiers
from motcua.kernel.errors import Refusal
from motcua.portal import who
from motcua.portal.forms.account import ForgottenForm, LoginForm, ResetForm
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm
from motcua.theme.own_account import CodeForm
from motcua.theme.refusals import sentence

CONFIRMING, RESETTING, COMING_FROM = "confirming", "resetting", "coming_from"


@access("public")
def confirm(request: HttpRequest) -> HttpResponse:
    """The code from the letter. Whose it is stands in the session, not in the address."""
    waiting = request.session.get(CONFIRMING)
    if not waiting or "registered_at" not in waiting:
        return redirect("portal:log_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_email(
                account_id=waiting["id"],
                registered_at=datetime.fromisoformat(waiting["registered_at"]),
                code=form.cleaned_data["code"],
                at=who.now(),
            )
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            del request.session[CONFIRMING]
            messages.success(request, gettext("Tài khoản đã sẵn sàng. Bạn có thể đăng nhập ngay."))
            return redirect("portal:log_in")
    return page(request, "portal/account/confirm.html", form, email=waiting["email"])


@access("public")
@require_POST
def send_code_again(request: HttpRequest) -> HttpResponse:
    waiting = request.session.get(CONFIRMING)
    if waiting and "registered_at" in waiting:
        try:
            services.resend_code(
                account_id=waiting["id"],
                registered_at=datetime.fromisoformat(waiting["registered_at"]),
                email=waiting["email"],
                at=who.now(),
            )
            messages.success(request, gettext("Đã gửi mã mới. Mã cũ không còn dùng được."))
        except CodeSentRecently as refusal:
            messages.warning(request, sentence(refusal))
    return redirect("portal:confirm")


@access("public")
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    if request.GET.get("next"):
        request.session[COMING_FROM] = request.GET["next"]
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        target = request.session.get(COMING_FROM, "")
        try:
            services.log_in(
                request=request,
                kind="citizen",
                identifier=form.cleaned_data["identifier"],
                password=form.cleaned_data["password"],
                at=who.now(),
            )
        except EmailNotConfirmed as refusal:
            return to_confirmation(request, refusal, form.cleaned_data["identifier"])
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session.pop(COMING_FROM, None)
            return redirect(safe(request, target))
    is_coming_to_file = "nop-ho-so" in request.session.get(COMING_FROM, "")
    return page(request, "portal/account/log_in.html", form, is_coming_to_file=is_coming_to_file)


@access("public")
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    services.log_out(request=request)
    messages.success(request, gettext("Bạn đã đăng xuất."))
    return redirect("portal:home")


@access("public")
def forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        identifier = form.cleaned_data["identifier"]
        services.request_reset(kind="citizen", identifier=identifier, at=who.now())
        request.session[RESETTING] = identifier
        return redirect("portal:reset")
    return page(request, "portal/account/forgotten.html", form)


@access("public")
@sensitive_post_parameters("new")
def reset(request: HttpRequest) -> HttpResponse:
    identifier = request.session.get(RESETTING)
    if not identifier:
        return redirect("portal:forgotten")
    by_phone = identifiers.is_phone(identifier)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, new = form.cleaned_data["code"], form.cleaned_data["new"]
        try:
            services.reset_password(
                kind="citizen", identifier=identifier, code=code, new=new, at=who.now(), request=request
            )
        except Refusal as refusal:
            show(form, refusal, "code")
        else:
            del request.session[RESETTING]
            messages.success(request, _now_log_in(by_phone=by_phone))
            return redirect("portal:log_in")
    most = identifiers.MAX_SHARING_A_PHONE
    return page(request, "portal/account/reset.html", form, by_phone=by_phone, most=most)


def _now_log_in(*, by_phone: bool) -> str:
    """A number that several share lets them in neither while it is locked nor with one password."""
    if by_phone:
        return gettext(
            "Mật khẩu đã đổi. Hãy đăng nhập bằng số định danh cá nhân hoặc thư điện tử và mật khẩu mới."
        )
    return gettext("Mật khẩu đã đổi. Hãy đăng nhập bằng mật khẩu mới.")


@access("public")
@require_POST
def send_reset_again(request: HttpRequest) -> HttpResponse:
    """Another code for the same name, with the limits of the first.

    What is told hangs on nothing that is known of the account: neither whether there is one, nor whether a
    code was sent just now.
    """
    identifier = request.session.get(RESETTING)
    if not identifier:
        return redirect("portal:forgotten")
    services.request_reset(kind="citizen", identifier=identifier, at=who.now())
    told = gettext(
        "Nếu có tài khoản này và thư điện tử đã được xác nhận, mã mới đã được gửi và mã cũ không còn dùng "
        "được. Mỗi phút gửi được một mã, mỗi giờ nhiều nhất năm mã: nếu bạn vừa xin mã, hãy dùng mã trong "
        "thư mới nhất."
    )
    messages.info(request, told)
    return redirect("portal:reset")


def waiting_for(account_id: int, email: str, registered_at: datetime) -> dict[str, object]:
    """What the session keeps of a registration that waits for its code: which one it is, not only whose."""
    return {"id": account_id, "email": email, "registered_at": registered_at.isoformat()}


def to_confirmation(request: HttpRequest, refusal: EmailNotConfirmed, identifier: str) -> HttpResponse:
    """The password was right, so this person may ask for a new code and confirm."""
    account_id = int(str(refusal.params["account_id"]))
    card = queries.account_card(account_id)
    shown = identifier if "@" in identifier else ""
    request.session[CONFIRMING] = waiting_for(account_id, shown, card.registered_at)
    with suppress(CodeSentRecently):  # then the code sent before is still good
        services.resend_code(
            account_id=account_id, registered_at=card.registered_at, email=card.email, at=who.now()
        )
    messages.info(request, sentence(refusal))
    return redirect("portal:confirm")


def show(form: FaceForm, refusal: Refusal, field: str | None = None) -> None:
    """Put a refusal into the form: field by field if it says which, else beside `field` or on top."""
    if isinstance(refusal, FieldErrors):
        form.take_sentences(refusal.fields)
    else:
        form.add_error(field, sentence(refusal))


def safe(request: HttpRequest, target: str) -> str:
    """Where to go after logging in: only to a page of this site."""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if target and is_ours else reverse("portal:own_dossiers")


def page(request: HttpRequest, template: str, form: FaceForm, **context: object) -> HttpResponse:
    """A form page; with errors its status says so, and its title and summary too."""
    errors = page_errors(form) if form.is_bound else []
    return render(
        request, template, {"form": form, "page_errors": errors, **context}, status=422 if errors else 200
    )
