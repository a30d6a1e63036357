"""Every page says who may see it. A view without `policy` fails the deny-by-default test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, Protocol, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from motcua.kernel.errors import Forbidden

Policy = Literal["public", "citizen", "officer"]
METHODS = ("GET", "HEAD", "POST")
LOGIN_PAGES = {"citizen": "portal:log_in", "officer": "desk:log_in"}


class View(Protocol):
    policy: Policy

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def access(policy: Policy) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Let in everybody (`public`), logged-in citizens, or logged-in officers.

    Somebody who is not logged in is sent to the log-in page of that kind and comes back afterwards; somebody
    of the other kind gets a 403. What a person may do with one dossier is decided below, by `policy` rooms.
    Pages are read and forms are sent: no page knows another method.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if policy != "public":
                user = request.user
                if not user.is_authenticated:
                    return to_login(request, policy)
                if user.kind != policy:
                    raise Forbidden
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def to_login(request: HttpRequest, policy: Policy) -> HttpResponseRedirect:
    """To the log-in page; a GET address is kept to come back to."""
    target = reverse(LOGIN_PAGES[policy])
    if request.method in {"GET", "HEAD"}:
        target += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(target)
