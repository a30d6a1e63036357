"""Every page says who may see it. A view without `policy` fails the deny-by-default test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, Protocol, cast
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from motcua.kernel.errors import N_, Forbidden

Policy = Literal["public", "citizen", "officer"]
METHODS = ("GET", "HEAD", "POST")
LOGIN_PAGES = {"citizen": "portal:log_in", "officer": "desk:log_in"}


LOST = N_("Phiên đăng nhập đã hết nên nội dung vừa gửi chưa được lưu. Hãy đăng nhập rồi làm lại.")


class View(Protocol):
    policy: Policy
    is_quiet: bool

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def access(policy: Policy, *, quietly: bool = False) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Let in everybody (`public`), logged-in citizens, or logged-in officers.

    Somebody who is not logged in is sent to the log-in page of that kind and comes back afterwards; somebody
    of the other kind gets a 403. What a person may do with one dossier is decided below, by `policy` rooms.
    Pages are read and forms are sent: no page knows another method.

    `quietly` is for what a page asks by itself while somebody works on it: without a session it gets no
    answer, for it must not take away the page and what was typed there. Nor does it keep a session alive:
    nobody need sit there.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if policy != "public":
                user = request.user
                if not user.is_authenticated and quietly:
                    return HttpResponse(status=204)
                if not user.is_authenticated:
                    return to_login(request, policy)
                if user.kind != policy:
                    raise Forbidden
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        guarded.is_quiet = quietly  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def to_login(request: HttpRequest, policy: Policy) -> HttpResponse:
    """To the log-in page, and afterwards back: to the address asked for, or to the page whose form was sent.

    What was sent without a session is not done and cannot be kept, and the log-in page says so. A part of a
    page that was asked for by script becomes a change of the whole page.
    """
    is_form = request.method not in {"GET", "HEAD"}
    by_script = request.headers.get("HX-Request") == "true"
    if is_form:
        messages.warning(request, gettext(LOST))
    shown = request.headers.get("HX-Current-URL" if by_script else "Referer", "")
    back = _path_here(request, shown) if is_form or by_script else request.get_full_path()
    target = reverse(LOGIN_PAGES[policy]) + ("?" + urlencode({"next": back}) if back else "")
    if by_script:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _path_here(request: HttpRequest, address: str) -> str:
    """Path and query of an address of ours, empty for any other."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
