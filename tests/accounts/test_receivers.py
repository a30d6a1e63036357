"""The gate in front of every page: given passwords, idle sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from pytest_django import Settings
from tests.accounts.people import citizen, officer

from motcua.accounts.models import Account
from motcua.accounts.services.sessions import SEEN_AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.test_receivers")]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.get_username())


urlpatterns = [
    path("viec/", page, name="work"),
    path("mat-khau/", page, name="password"),
    path("thoat/", page, name="leave"),
]


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


handler404 = missing
_GATE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.accounts.receivers.AccountGate",
]


@pytest.fixture(autouse=True)
def only_the_gate(settings: Settings) -> None:
    settings.MIDDLEWARE = _GATE
    settings.PASSWORD_CHANGE_ROUTE = "password"
    settings.ROUTES_OPEN_BEFORE_PASSWORD_CHANGE = ["leave"]
    settings.OFFICER_IDLE_MINUTES = 30


def client_of(account_id: int, *, idle: timedelta = timedelta(0)) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=account_id), backend="motcua.accounts.services.backends.EntryBackend"
    )
    session = client.session
    session[SEEN_AT] = int((timezone.now() - idle).timestamp())
    session.save()
    return client


@pytest.mark.parametrize(("url", "status"), [("/viec/", 302), ("/mat-khau/", 200), ("/thoat/", 200)])
@pytest.mark.clause("DL24-24.2#1")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_given_password_opens_only_its_change_and_the_way_out(url: str, status: int) -> None:
    client = client_of(officer(must_change_password=True).id)
    answer = client.get(url)

    assert answer.status_code == status
    assert answer.headers.get("Location", "/mat-khau/") == "/mat-khau/"


def test_given_password_stops_a_post_as_well() -> None:
    client = client_of(officer(must_change_password=True).id)
    assert client.post("/viec/").status_code == 302


def test_own_password_opens_every_page() -> None:
    assert client_of(officer().id).get("/viec/").content == b"chi"


def test_unknown_page_is_not_found_rather_than_redirected() -> None:
    assert client_of(officer(must_change_password=True).id).get("/khong-co/").status_code == 404


def test_officer_idle_too_long_is_logged_out() -> None:
    client = client_of(officer().id, idle=timedelta(minutes=31))
    assert client.get("/viec/").content == b""


def test_officer_at_work_stays_and_is_seen_again() -> None:
    client = client_of(officer().id, idle=timedelta(minutes=29))

    assert client.get("/viec/").content == b"chi"
    assert timezone.now().timestamp() - client.session[SEEN_AT] < 60


def test_citizen_idle_for_long_stays() -> None:
    an = citizen()
    client = client_of(an.id, idle=timedelta(hours=3))
    assert client.get("/viec/").content == f"citizen-{an.id}".encode()


def test_nobody_logged_in_passes_the_gate() -> None:
    assert Client().get("/viec/").content == b""
