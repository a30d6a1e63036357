"""Requests that no browser makes: odd methods, bodies, cookies and headers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.dossiers.world import World
from tests.resilience import scenery

from motcua.dossiers.models import Dossier

pytestmark = pytest.mark.django_db

ROUTES = list(scenery.routes())
NO_IDS = {
    "dossier_id": scenery.UNKNOWN, "file_id": scenery.UNKNOWN, "incident_id": scenery.UNKNOWN,
    "event": "1", "message_id": "1", "agency_id": "1", "account_id": "1", "unit_id": "1", "position_id": "1",
    "kept_id": "1", "export_id": "1", "job_id": "1", "absence_id": "1", "closure_id": "1",
    "template_id": "1", "notice_id": "1", "short_name": "DL24",
    "bundle_id": scenery.UNKNOWN, "page": scenery.UNKNOWN, "kind": "nhieu-nguoi", "key": "dossier.accepted",
    "form_set": "2018", "form": "register", "letter": "dossier.accepted", "number": "1",
    "mandate_id": "1", "organisation_id": "1", "membership_id": "1", **dict.fromkeys(scenery.NOT_THERE, "1"),
    "code": "1.000001", "slug": "viec-cua-don-vi", "component": "paper", "day": "03-03-2024",
}  # fmt: skip
NUL_COOKIE = '"\\000abcdefghijklmnopqrstuvwxyz012345"'  # what Django unquotes to a NUL


def address(name: str, params: tuple[str, ...]) -> str:
    return reverse(name, kwargs={each: NO_IDS[each] for each in params})


@pytest.fixture
def everybody(world: World) -> dict[str, Client]:
    return {
        "public": scenery.browser(None),
        "citizen": scenery.browser(world.people["an"]),
        "officer": scenery.browser(world.people["chi"]),
    }


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "MOTCUA"])
def test_unknown_method_is_not_allowed_anywhere(everybody: dict[str, Client], method: str) -> None:
    got = {name: everybody[policy].generic(method, address(name, params)) for name, params, policy in ROUTES}
    assert {name: answer.status_code for name, answer in got.items() if answer.status_code != 405} == {}


def test_form_without_its_token_is_refused_everywhere(world: World) -> None:
    people = {"public": None, "citizen": world.people["an"], "officer": world.people["chi"]}
    count = Dossier.objects.count()
    for name, params, policy in ROUTES:
        client = Client(enforce_csrf_checks=True)
        client.cookies = scenery.browser(people[policy]).cookies
        answer = client.post(address(name, params), {"reason": "x"})
        assert answer.status_code == 403, name
    assert Dossier.objects.count() == count


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nhalf"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="\xff\x00.pdf"\r\n\r\n1\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n&\r\n--x--",
        ),
        ("multipart/form-data; boundary=" + "x" * 300, b""),
        ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
        ("application/x-www-form-urlencoded; charset=none", b"a=1"),
        ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(2500))),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * (6 * 1024 * 1024)),
        ("application/x-www-form-urlencoded", b"%%%&=&&&a&=b&%00=%00"),
        ("application/json", b'{"a":' * 5000),
        ("text/xml", b"<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>"),
        ("", b"\x00\xff"),
    ],
)
def test_body_that_no_browser_sends_is_answered(
    everybody: dict[str, Client], content_type: str, body: bytes
) -> None:
    for policy, name in (("public", "portal:log_in"), ("officer", "desk:search"), ("officer", "desk:intake")):
        answer = everybody[policy].generic("POST", reverse(name), body, content_type)
        assert answer.status_code < 500, (name, answer.exc_info)


def test_upload_whose_sender_goes_away_is_no_failure() -> None:
    wsgi: dict[str, Any] = {"wsgi.input": scenery.BreaksOff(), "CONTENT_LENGTH": "100000"}
    answer = scenery.browser(None).post(
        reverse("portal:log_in"), {}, **wsgi, CONTENT_TYPE="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["motcua_session", "motcua_csrf", "motcua_language", "messages"])
@pytest.mark.parametrize("value", [NUL_COOKIE, '"\\377\\376"', "x" * 4000, '"', "{}", "\xe2\x80\x8b"])
def test_cookie_that_nobody_gave_is_passed_over(db: None, name: str, value: str) -> None:
    client = scenery.browser(None)
    for path in (reverse("portal:log_in"), reverse("desk:home")):
        assert client.get(path, HTTP_COOKIE=f"{name}={value}").status_code in (200, 302)
        assert client.post(path, {"x": "1"}, HTTP_COOKIE=f"{name}={value}").status_code < 500


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("HTTP_ACCEPT_LANGUAGE", "x" * 9000),
        ("HTTP_ACCEPT_LANGUAGE", "vi;q=NaN,*;q=-1," + "en," * 2000),
        ("HTTP_USER_AGENT", "\x00\xff" * 300),
        ("HTTP_REFERER", "javascript:alert(1)"),
        ("HTTP_X_FORWARDED_FOR", "not an address, \x00"),
        ("HTTP_X_FORWARDED_HOST", "example.org"),
        ("HTTP_IF_MODIFIED_SINCE", "yesterday"),
        ("HTTP_RANGE", "bytes=-1-,9999999999999999999-"),
        ("HTTP_HX_REQUEST", "true"),
        ("REMOTE_ADDR", ""),
        ("CONTENT_LENGTH", "many"),
    ],
)
def test_header_with_anything_in_it_is_answered(db: None, header: str, value: str) -> None:
    client = scenery.browser(None)
    typed = {"identifier": "066090000001", "password": "sai", "username": "chi"}
    for name in ("portal:log_in", "desk:log_in"):
        assert client.get(reverse(name), **{header: value}).status_code < 500
        answer = client.post(reverse(name), typed, **{header: value})
        assert answer.status_code < 500, answer.exc_info


def test_request_for_another_host_is_refused(db: None) -> None:
    answer = scenery.browser(None).get("/", HTTP_HOST="example.org")
    assert (answer.status_code, "example.org" in answer.content.decode()) == (400, False)


def test_log_in_leads_to_no_other_site(world: World) -> None:
    world.people["chi"].set_password("trời xanh mây trắng")
    world.people["chi"].save()
    for target in ("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"):
        typed = {"username": "chi", "password": "trời xanh mây trắng", "next": target}
        answer = Client().post(reverse("desk:log_in"), typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("desk:home")), target
        answer = Client().post(reverse("set_language"), {"language": "en", "next": target})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), target
