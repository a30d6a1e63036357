"""The officers' own way in and out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import services as accounts
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors, LockedOut
from motcua.desk import clock
from motcua.desk.forms.entry import ChangePassword, LogIn
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of
from motcua.kernel.errors import Refusal
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors


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
