"""Who is let in by which policy."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from motcua.accounts.models import Account
from motcua.kernel.errors import Forbidden
from motcua.theme.access import Policy, access


def ask(policy: Policy, user: object, method: str = "get") -> HttpResponse:
    @access(policy)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("in")

    request = getattr(RequestFactory(), method)("/ho-so-cua-toi/?trang=2")
    request.user, request.session = user, {}
    answer = view(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_public_page_lets_everybody_in() -> None:
    assert ask("public", AnonymousUser()).content == b"in"


def test_citizens_page_sends_strangers_to_log_in_and_back() -> None:
    assert ask("citizen", AnonymousUser()).headers["Location"] == (
        "/dang-nhap/?next=%2Fho-so-cua-toi%2F%3Ftrang%3D2"
    )


@pytest.mark.parametrize(("policy", "kind"), [("citizen", "officer"), ("officer", "citizen")])
def test_page_of_the_other_kind_is_forbidden(policy: Policy, kind: str) -> None:
    with pytest.raises(Forbidden):
        ask(policy, Account(kind=kind))


@pytest.mark.parametrize("kind", ["citizen", "officer"])
def test_page_of_ones_own_kind_lets_in(kind: Policy) -> None:
    assert ask(kind, Account(kind=kind)).content == b"in"


def test_view_says_its_policy() -> None:
    @access("officer")
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert view.policy == "officer"
