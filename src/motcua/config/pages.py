"""Pages that no face owns: health for machines, and what people see when something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from motcua.kernel.provinces import PROVINCES
from motcua.theme import sent_again, wording
from motcua.theme.access import from_earlier_log_in, typed_on_own_page
from motcua.theme.context import DESK
from motcua.theme.stops import Stop

_AWAY = (OperationalError, InterfaceError)
_LAST_RESORT = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa</title>
<h1>Hệ thống đang gián đoạn</h1>
<p>Hãy thử lại sau ít phút. Những gì đã lưu không bị mất.</p>
</html>"""


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing about the database."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and every migration is applied; 503 with the reason otherwise."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except _AWAY:
        return JsonResponse({"status": "unavailable", "reason": "database"}, status=503)
    if pending:
        return JsonResponse({"status": "unavailable", "reason": "migrations"}, status=503)
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _at_desk(request, 403) or _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _at_desk(request, 404) or _page(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid CSRF token: mostly a page left open too long, or from before another log-in.

    Of whose page is not known nothing is kept: what was written is shown in this answer, to be copied.
    """
    if led := from_earlier_log_in(request):
        return led
    back, written = typed_on_own_page(request)
    response = _page(request, 403, "form_expired", {"back": back, "written": written})
    add_never_cache_headers(response)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return _bare_page(413)


def too_long(*, is_address: bool) -> HttpResponse:
    """What the web server could not read: the address, or what goes with it. No page was asked."""
    status = 414 if is_address else 431
    return _bare_page(status, {"is_address": is_address}, name="414")


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke. If it is the database that is away, the calm 503 says to come back soon."""
    if isinstance(sys.exc_info()[1], _AWAY):
        return unavailable(request)
    return _bare_page(500, _sent(request))


def unavailable(request: HttpRequest) -> HttpResponse:
    response = _bare_page(503, _sent(request))
    response.headers["Retry-After"] = "30"
    return response


def _sent(request: HttpRequest) -> dict[str, object]:
    """How a form is sent again. Whether what it asked for was done before the fault nobody can say here."""
    return sent_again.of(request)


SOON, OFTEN = 60, 300  # seconds after which somebody is asked to come again, at the least; when it is overdue


def stopped(request: HttpRequest, stop: Stop) -> HttpResponse:
    """The page of a planned stop: why, until when, what goes on meanwhile; and whether a form was lost."""
    now = timezone.now()
    context: dict[str, object] = {
        "stop": stop,
        "is_overdue": stop.is_overdue(now),
        **_sent(request),
        "is_desk": request.path_info.startswith(DESK),
    }
    for language in ("vi", "en"):
        with translation.override(language):
            context[f"until_{language}"] = wording.long_moment(stop.until)
    response = _bare_page(503, context)
    left = int((stop.until - now).total_seconds())
    response.headers["Retry-After"] = str(OFTEN if left <= 0 else max(left, SOON))
    return response


def _at_desk(request: HttpRequest, status: int) -> HttpResponse | None:
    from motcua.desk.refusals import refused  # this module is read before the apps are ready

    try:
        return refused(request, status)
    except _AWAY:
        return unavailable(request)


def _page(
    request: HttpRequest, status: int, name: str = "", context: dict[str, object] | None = None
) -> HttpResponse:
    try:
        return render(request, f"{name or status}.html", context, status=status)
    except _AWAY:
        return unavailable(request)
    except TemplateDoesNotExist:
        return _bare_page(status)


def _bare_page(status: int, context: Mapping[str, object] | None = None, name: str = "") -> HttpResponse:
    """A page that is rendered without the request: nothing behind it may work now."""
    try:
        province = PROVINCES[settings.PROVINCE]
        values = {"hotline": settings.HOTLINE, "province": province, **(context or {})}
        html = str(render_to_string(f"{name or status}.html", values))
    except Exception:  # noqa: BLE001 - the page of last resort must never fail
        html = _LAST_RESORT
    return HttpResponse(html, status=status)


_FOR_MACHINES = {"/health": health, "/ready": ready}


def answer_machines(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer probes before anybody looks at cookies: whether the process lives must not hang on a session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return _FOR_MACHINES.get(request.path_info, get_response)(request)

    return middleware
