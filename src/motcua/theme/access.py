"""Every page says who may see it. A view without `policy` fails the deny-by-default test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Literal, Protocol, cast
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.exceptions import DisallowedHost
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
from motcua.theme import answered_pages, kept_forms

Policy = Literal["public", "citizen", "officer"]
METHODS = ("GET", "HEAD", "POST")
LOGIN_PAGES = {"citizen": "portal:log_in", "officer": "desk:log_in"}


LOST = N_("Lần đăng nhập trước đã hết hạn nên nội dung vừa gửi chưa được lưu. Hãy đăng nhập rồi làm lại.")
KEPT = N_(
    "Lần đăng nhập trước đã hết hạn. Những gì bạn vừa gõ được giữ lại trong một giờ: "
    "đăng nhập xong, bạn thấy lại trong biểu mẫu."
)
KEPT_WITHOUT_FILES = N_(
    "Lần đăng nhập trước đã hết hạn. Những gì bạn vừa gõ được giữ lại trong một giờ: "
    "đăng nhập xong, bạn thấy lại trong biểu mẫu. Riêng ảnh và tệp đã chọn thì không giữ được, "
    "bạn sẽ phải chọn lại."
)


class View(Protocol):
    policy: Policy
    is_quiet: bool

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def access(
    policy: Policy,
    *,
    again: Mapping[str, str] | None = None,
    quietly: bool = False,
    stands: bool = False,
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Let in everybody (`public`), logged-in citizens, or logged-in officers.

    Somebody who is not logged in is sent to the log-in page of that kind and comes back afterwards; somebody
    of the other kind gets a 403. What a person may do with one dossier is decided below, by `policy` rooms.
    Pages are read and forms are sent: no page knows another method.

    A form that was sent after its session had ended is given back filled in. A page whose fields depend on
    answers says in `again` which harmless sending shows them.

    The page of a refused form stands at an address of its own (`theme.answered_pages`); with `stands` every
    page that answers a form of this one does.

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
                if kept_forms.dropped(request):
                    return _lead_to(request, request.path)
                if again is not None and request.method == "GET":
                    _replay_carried(request, again)
                    kept_forms.replayed(request, again)
            response: HttpResponseBase | None = answered_pages.shown(request)
            if response is None:
                response = answered_pages.filled(request, view(request, *args, **kwargs))
            if policy != "public":
                response = kept_forms.given_back(request, response)
            is_led = _is_led(request)
            if is_led or not by_script(request):
                response = answered_pages.led_on(request, response, stands=stands or is_led)
            return _told_to_script(request, response)

        guarded.policy = policy  # type: ignore[attr-defined]
        guarded.is_quiet = quietly  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def _replay_carried(request: HttpRequest, again: Mapping[str, str]) -> None:
    for form in answered_pages.carried_here(request):
        if form.action == request.path:
            kept_forms.replay(request, [(name, text) for name, text in form.typed], again)
            return


def to_login(request: HttpRequest, policy: Policy) -> HttpResponse:
    """To the log-in page, and afterwards back: to the address asked for, or to the page whose form was sent.

    What was sent without a session is not done. It is kept for whoever typed it, and the log-in page says so,
    or that it could not be. A part of a page that was asked for by script becomes a change of the whole page.
    """
    is_form = request.method not in {"GET", "HEAD"}
    is_part = by_script(request)
    back = page_of(request) if is_form or is_part else request.get_full_path()
    if is_form:
        kept = kept_forms.keep(request, back)
        text = LOST if kept is None else KEPT_WITHOUT_FILES if kept.files else KEPT
        messages.warning(request, gettext(text))
    target = reverse(LOGIN_PAGES[policy]) + ("?" + urlencode({"next": back}) if back else "")
    return _lead_to(request, target)


def from_earlier_log_in(request: HttpRequest) -> HttpResponse | None:
    """What comes of a form whose secret is no longer that of this browser; None if it is to be refused.

    Mostly somebody has logged in again on another page of this browser. What was typed is given back on the
    page it comes from, to the account whose page that was. Nothing is kept of what another site sends.
    """
    view = getattr(request.resolver_match, "func", None)
    policy: Policy = getattr(view, "policy", "public")
    back = page_of(request)
    is_ours = bool(back) and _is_from_here(request)
    owner = kept_forms.owner_of(request)
    if policy == "public" or not is_ours or owner is None:
        return None
    if not request.user.is_authenticated:
        return to_login(request, policy)
    if owner != request.user.pk or kept_forms.keep(request, back) is None:
        return None
    return _lead_to(request, back)


def typed_on_own_page(request: HttpRequest) -> tuple[str, tuple[str, ...]]:
    """The page of ours that a refused form was sent from, and what was written in it.

    Both are empty unless the browser says that it comes from here: no other site has its words shown on our
    pages.
    """
    back = page_of(request)
    if not back or not _is_from_here(request):
        return "", ()
    return back, kept_forms.written(request)


def left_of_form(request: HttpRequest, *, opens_again: bool) -> dict[str, object]:
    """For the page of a refusal that no view has answered: what becomes of what was typed in the form.

    With `opens_again` its page can be opened, and it is kept for that; else what was written is shown there,
    to be copied.
    """
    if request.method != "POST":
        return {}
    back, written = typed_on_own_page(request)
    if opens_again and back and kept_forms.keep(request, back, is_refused=True):
        return {"back": back, "is_kept": True}
    return {"back": back, "written": written}


def by_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks for the page, for a part of it or for what becomes of a form."""
    return request.headers.get("HX-Request") == "true" or _is_sent_by_script(request)


def _is_sent_by_script(request: HttpRequest) -> bool:
    """A whole form, sent so that a lost network loses nothing (js/sending.js)."""
    return request.headers.get("X-Sent-By") in ("script", "page")


def _is_led(request: HttpRequest) -> bool:
    """Whether that script goes to where the page that answers stands, whatever that says, and does not put it
    in place of its own."""
    return request.headers.get("X-Sent-By") == "page"


def _told_to_script(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Where a form leads to: a script would follow by itself and show nobody what it found there."""
    if _is_sent_by_script(request) and 300 <= response.status_code < 400:
        return _lead_to(request, response.headers["Location"])
    return response


def _lead_to(request: HttpRequest, target: str) -> HttpResponse:
    if by_script(request):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def page_of(request: HttpRequest) -> str:
    """The page that is shown while this is asked or sent."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return _path_here(request, shown)


def _is_from_here(request: HttpRequest) -> bool:
    """Browsers say where a form comes from, and no other site can make them say otherwise."""
    origin = request.headers.get("Origin", "")
    return not origin or origin == f"{request.scheme}://{request.get_host()}"


def _path_here(request: HttpRequest, address: str) -> str:
    """Path and query of an address of ours; empty for any other, or if we are called by a foreign name."""
    try:
        is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    except DisallowedHost:
        return ""
    if not is_ours:
        return ""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
