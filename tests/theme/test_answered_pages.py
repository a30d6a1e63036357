"""Whoever has lost the right by which a page was laid down is not shown it: the page is asked for anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views.decorators.http import require_POST

from motcua.accounts.models import Account
from motcua.theme import answered_pages, entries
from motcua.theme.access import access
from motcua.theme.answered_pages import KEPT, KEY, Rights

ABOVE = "/noi-bo/tra-ket-qua/"
PATH = f"{ABOVE}tim/"
FORM = f'<form method="post" action="{PATH}"><input name="number" value="{{}}"></form>'


@pytest.fixture
def right(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the officer may see now."""
    now = {"is": "all"}
    asked = Rights(lambda request: now["is"], lambda request, seal: seal == now["is"])
    monkeypatch.setitem(answered_pages._RIGHTS, "officer", asked)
    return now


def ask(session: dict[str, Any], address: str, typed: dict[str, str] | None = None) -> HttpResponse:
    request: Any = RequestFactory().get(address) if typed is None else RequestFactory().post(address, typed)
    request.user, request.session = Account(pk=7, kind="officer"), session

    @access("officer")
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(FORM.format(""))

    @access("officer")
    @require_POST
    def sent(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>bí mật</p>" + FORM.format(request.POST["number"]), status=422)

    answer = (sent if request.path == PATH else page)(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_page_is_shown_by_the_right_it_was_drawn_by(right: dict[str, str]) -> None:
    session: dict[str, Any] = {}
    where = ask(session, PATH, {"number": "1a"}).headers["Location"]
    shown = ask(session, where)
    assert (shown.status_code, "bí mật" in shown.content.decode()) == (422, True)


def test_without_it_what_was_typed_stands_on_the_page_above_as_it_is_now(right: dict[str, str]) -> None:
    session: dict[str, Any] = {}
    where = ask(session, PATH, {"number": "1a"}).headers["Location"]
    right["is"] = "less"
    led = ask(session, where)
    assert led.headers["Location"].startswith(f"{ABOVE}?{KEY}=")
    shown = ask(session, led.headers["Location"]).content.decode()
    assert ('value="1a"' in shown, "bí mật" in shown) == (True, False)
    right["is"] = "all"
    ask(session, PATH, {"number": "2b"})
    assert len(entries.of(session, KEPT)) == 2  # another tab's page stays


def test_of_a_kind_only_the_latest_stay() -> None:
    session: dict[str, Any] = {"x": 1}
    for key in "abca":
        entries.put(session, "k", key, key, most=2)
    assert entries.of(session, "k") == {"c": "c", "a": "a"}
    assert session["x"] == 1
