"""The officers' own way in and out, and back in when the password is forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import services as accounts
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors, LockedOut
from motcua.desk import clock
from motcua.desk.forms.entry import ChangePassword, Forgotten, LogIn, Reset
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.kernel.errors import Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm

RESETTING = "resetting_officer"  # the username for which a code was asked


@access("public")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Only officers' accounts are known at this entry; what is wrong is never said more exactly."""
    if request.user.is_authenticated and request.user.is_officer and request.method == "GET":
        return redirect("desk:home")
    form = LogIn(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            accounts.log_in(
                request=request,
                kind=AccountKind.OFFICER,
                identifier=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                at=clock.now(),
            )
        except Refusal as refusal:
            tell(form, refusal)
            status = 429 if isinstance(refusal, LockedOut) else 200
        else:
            return HttpResponseRedirect(_next_page(request))
    context = {"form": form, "page_errors": page_errors(form), "next": _asked_next(request)}
    return render(request, "desk/log_in.html", context, status=status)


@access("public")
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    accounts.log_out(request=request)
    return redirect("desk:log_in")


@access("public")
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who has forgotten the password asks for a code; whether one was sent is not told."""
    form = Forgotten(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request.session[RESETTING] = username = form.cleaned_data["username"]
        accounts.request_reset(kind=AccountKind.OFFICER, identifier=username, at=clock.now())
        return redirect("desk:reset")
    return _entry_page(request, "desk/forgotten.html", form)


@access("public")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("new", "again")
def reset(request: HttpRequest) -> HttpResponse:
    """A new password by the code; whose account it is stands in the session. `resend` asks for another."""
    username = request.session.get(RESETTING)
    if not username:
        return redirect("desk:forgotten")
    if request.method == "POST" and "resend" in request.POST:
        accounts.request_reset(kind=AccountKind.OFFICER, identifier=username, at=clock.now())
        messages.success(
            request, gettext("Nếu đã qua một phút từ lần gửi trước, mã mới được gửi và mã cũ thôi dùng được.")
        )
        return redirect("desk:reset")
    form = Reset(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code, new = form.cleaned_data["code"], form.cleaned_data["new"]
        kind, at = AccountKind.OFFICER, clock.now()
        try:
            accounts.reset_password(
                kind=kind, identifier=username, code=code, new=new, at=at, request=request
            )
        except Refusal as refusal:
            tell(form, refusal, "code")
        else:
            del request.session[RESETTING]
            messages.success(request, gettext("Mật khẩu đã đổi. Hãy đăng nhập bằng mật khẩu mới."))
            return redirect("desk:log_in")
    return _entry_page(request, "desk/reset.html", form)


def _entry_page(request: HttpRequest, template: str, form: FaceForm) -> HttpResponse:
    context = {"form": form, "page_errors": page_errors(form)}
    return render(request, template, context, status=422 if form.errors else 200)


@access("officer")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Also where everybody is held who still uses a password given by somebody else."""
    form = ChangePassword(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_password(
                actor=actor_of(request),
                current=form.cleaned_data["current"],
                new=form.cleaned_data["new"],
                at=clock.now(),
                request=request,
            )
        except FieldErrors as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("Đã đổi mật khẩu. Các lần đăng nhập khác của bạn đã kết thúc."))
            return redirect("desk:home")
    must = getattr(request.user, "must_change_password", False)
    around = {} if must else frame(request, "own_account")
    context = around | {"form": form, "page_errors": page_errors(form), "must": must}
    return render(request, "desk/change_password.html", context)


def _asked_next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else ""


def _next_page(request: HttpRequest) -> str:
    return _asked_next(request) or reverse("desk:home")
