"""Language chosen by the reader, and refusals told to people."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from motcua.dossiers.errors import NoLongerActing, NoLongerMember
from motcua.kernel.errors import Busy, Forbidden, NotFound, Refusal
from motcua.theme import kept_forms
from motcua.theme.access import left_of_form
from motcua.theme.addresses import page_above
from motcua.theme.foreign import mark_vietnamese
from motcua.theme.refusals import sentence

GetResponse = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """Vietnamese unless the reader has chosen otherwise; a browser's own language does not decide.

    Many phones in Vietnam are set to English, and their owners still want the page in Vietnamese.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        # Only for this request: what else the thread does afterwards speaks Vietnamese again.
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RefusalPages:
    """A refusal that no view has answered becomes a page with its sentence: 403, 404, 409, or 503 and when
    to try again. So does a look at an address that takes a form only: 405, with the way to the page above.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", {"above": page_above(request.path_info)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        opens_again = not isinstance(exception, Forbidden) and not _is_missing(exception)
        context: dict[str, object] = {
            "sentence": sentence(exception),
            "code": exception.code,
            "clauses": exception.clauses,
        }
        context |= left_of_form(request, opens_again=opens_again)
        context["is_ended"] = isinstance(exception, NoLongerActing)
        context["has_left"] = isinstance(exception, NoLongerMember)
        if isinstance(exception, Forbidden):
            return render(request, "403.html", context, status=403)
        if _is_missing(exception):
            return render(request, "404.html", context, status=404)
        if isinstance(exception, NotFound):
            return render(request, "409.html", context, status=503)
        if isinstance(exception, Busy):
            response = render(request, "409.html", context, status=503)
            response.headers["Retry-After"] = str(exception.seconds)
            return response
        return render(request, "409.html", context, status=409)


def _is_missing(refusal: Refusal) -> bool:
    return isinstance(refusal, NotFound) and not refusal.is_our_fault


class PagesHaveOwners:
    """The browser keeps along for whom the pages were made that are open in it (`theme.kept_forms`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept_forms.note_owner(request, response)
        return response


class VietnameseIsMarked:
    """On English pages what is Vietnamese says so (`theme.foreign`); Vietnamese pages pass untouched."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and not (translation.get_language() or "vi").startswith("vi"):
            response.content = mark_vietnamese(response.content.decode(response.charset)).encode()
        return response
