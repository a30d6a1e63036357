"""Nothing that anybody sends makes a page fail: it is taken, refused in words, or not found."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker
from tests.accounts.people import PASSWORD
from tests.resilience import scenery
from tests.resilience.conftest import forget_all, world_with_clocks
from tests.resilience.scenery import DOERS, VERBS_WITH_PAGES, Scenery

from motcua.accounts.models import Account
from motcua.dossiers.enums import Verb

pytestmark = pytest.mark.django_db

NESTED = "[" * 3000
CURSORS = tuple(
    base64.urlsafe_b64encode(text.encode()).decode()
    for text in (
        NESTED,
        "{}",
        "5",
        '["2024-03-04T08:00:00", "018f0000-0000-7000-8000-000000000000", "x"]',
        '["2024-03-04T08:00:00+07:00", 5, "x"]',
        '["2024-03-04T08:00:00+07:00", {}, "x"]',
        '["2024-03-04T08:00:00+07:00", "018f0000-0000-7000-8000-000000000000", {}]',
        '["2024-03-04T08:00:00+07:00", "018f0000-0000-7000-8000-000000000000", "\\u0000"]',
        '["2024-03-04T08:00:00+07:00", "018f0000-0000-7000-8000-000000000000", "\\ud800"]',
        '["0001-01-01T00:00:00+14:00", "018f0000-0000-7000-8000-000000000000", "x"]',
        '["9999-12-31T23:59:59-14:00", "018f0000-0000-7000-8000-000000000000"]',
    )
)
NASTY: tuple[bytes, ...] = (
    *(
        text.encode()
        for text in (
            "",
            " ",
            "\0",
            "An\0Bình",
            "\\000",
            "\\u0000",
            "x" * 3000,
            "ạ" * 301,
            "\u202eexe.gpj\u200b\u2066",
            "\ufeff\u0301\u0301",
            "-1",
            "0",
            "²",
            "٣٤",
            "9" * 19,
            "9" * 400,
            "9" * 5000,
            "1e309",
            "NaN",
            "null",
            "None",
            "true",
            NESTED,
            "../../etc/passwd",
            "'; DROP TABLE dossiers_dossier; --",
            "<script>alert(1)</script>",
            "%(name)s %s %d {0} {{ x }} {% x %}",
            "\r\nSet-Cookie: a=b",
            "32/13/2024",
            "29/02/2023",
            "31/12/9999",
            "00/00/0000",
            "https://example.org/",
            "//example.org",
            "a & !b | :* <-> (",
            scenery.UNKNOWN,
            "\U0001f600" * 200,
        )
    ),
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xff\xfe\xc3",
    *(cursor.encode() for cursor in CURSORS),
)
nasty = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40).map(lambda text: text.encode(errors="replace"))
)
quietly = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # what is sent is small already
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass
class Site:
    """The scenery and a browser for each of the cast, as they are at the start of every example."""

    there: Scenery
    clients: dict[str, Client]

    def __post_init__(self) -> None:
        self._cookies = {name: dict(client.cookies.items()) for name, client in self.clients.items()}

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """What happens inside is taken back: rows by rolling back, cookies by putting them back."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        for name, client in self.clients.items():
            client.cookies.clear()
            client.cookies.update(self._cookies[name])


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Made and committed once for all the tests here: each takes back what it does."""
    forget_all()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        world = world_with_clocks(patch)
        world.people["admin"] = Account.objects.create(
            kind="officer", username="admin", full_name="Quản trị", is_admin=True, created_at=world.now
        )
        there = scenery.make_scenery(world)
        names = ("an", "binh", "chi", "dung", "lan", "hanh", "khoa", "giang", "admin")
        clients = {name: scenery.browser(world.people[name]) for name in names}
        connection.close()
        yield Site(there, clients | {"": scenery.browser(None)})
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True, inhibit_post_migrate=True)
        connection.close()
    forget_all()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What is kept by id stays right as long as the rows do."""


def stands(answer: Any) -> None:
    """The site answered for itself: any status but a failure."""
    if answer.status_code >= 500 and getattr(answer, "exc_info", None):
        raise AssertionError(f"{answer.request['PATH_INFO']!r} failed") from answer.exc_info[1]
    assert answer.status_code < 500, answer.request
    if answer.streaming:
        b"".join(answer.streaming_content)  # and the file is closed


ROUTES = [(name, params) for name, params, _ in scenery.routes()]
POLICY = {name: policy for name, _, policy in scenery.routes()}
QUESTIONS = {
    "portal:procedures": ("q", ""),
    "portal:tracking": ("ma", ""),
    "portal:inbox": ("truoc", "an"),
    "portal:log_in": ("next", ""),
    "desk:log_in": ("next", ""),
    "desk:worklist": ("sau", "chi"),
    "desk:paper": ("xem", "chi"),
    "desk:verb": ("viec", "chi"),
}
BOXES = ("viec-cua-don-vi", "da-xong")  # one of tasks, one of dossiers


FREE = ("code", "slug")  # parameters that take any text
SOME = (b"\0", b"0", b"9" * 400, scenery.UNKNOWN.encode())


@pytest.mark.parametrize(("name", "params"), [route for route in ROUTES if route[1]], ids=str)
def test_address_with_anything_for_a_parameter_is_answered(
    site: Site, name: str, params: tuple[str, ...]
) -> None:
    who = {"public": "", "citizen": "an", "officer": "chi"}[POLICY[name]]
    for broken in params:
        for value in NASTY if broken in FREE else SOME:
            path = raw_address(name, site.there.ids() | {broken: value})
            with site.untouched():
                stands(site.clients[who].get(path))


def test_raw_address_is_the_address_of_the_page(site: Site) -> None:
    ids = site.there.ids()
    for name, params in ROUTES:
        wanted = reverse(name, kwargs={each: ids[each] for each in params})
        assert raw_address(name, ids).rstrip("/") == wanted.rstrip("/")


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_with_anything_in_it_is_answered(site: Site, name: str) -> None:
    key, who = QUESTIONS[name]
    ids = site.there.ids()
    if name == "desk:verb":
        ids |= {"dossier_id": site.there.stages[Verb.HAND_OVER].dossier_id, "slug": "chuyen"}
    for slug in BOXES if name == "desk:worklist" else (ids["slug"],):
        path = raw_address(name, ids | {"slug": slug})
        for value in NASTY:
            with site.untouched():
                stands(site.clients[who].get(f"{path}?{key}={quote_from_bytes(value)}"))


@given(
    who=st.sampled_from(("", "an", "chi", "admin")),
    route=st.sampled_from(ROUTES),
    value=nasty,
    key=st.text(max_size=8),
    asked=nasty,
)
@settings(quietly, max_examples=100)
def test_any_address_with_any_question_is_answered(
    site: Site, who: str, route: tuple[str, tuple[str, ...]], value: bytes, key: str, asked: bytes
) -> None:
    name, params = route
    ids: dict[str, str | bytes] = dict(site.there.ids())
    if params:
        ids |= {params[-1]: value}
    with site.untouched():
        path = raw_address(name, ids)
        stands(site.clients[who].get(f"{path}?{quote(key, errors='replace')}={quote_from_bytes(asked)}"))


def raw_address(name: str, ids: Mapping[str, str | bytes]) -> str:
    """The address of a page with any bytes in the place of its parameters, which `reverse` would refuse."""
    space, _, view = name.rpartition(":")
    base, resolver = "", get_resolver()
    if space:
        base, resolver = resolver.namespace_dict[space]
        base = base.replace("\\", "")  # it is kept as a regular expression
    ((pattern, names), *_), *_ = resolver.reverse_dict.getlist(view)[0]
    return "/" + base + pattern % {each: quote_from_bytes(_bytes(ids[each]), safe="") for each in names}


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


# --- forms -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Form:
    """A page with a form: who fills it in, where, and what a good answer is. Files stand under `files`."""

    who: str
    path: str
    good: dict[str, Any]
    files: tuple[str, ...] = ()
    session: dict[str, Any] | None = None


def _portal_forms(site: Site) -> dict[str, Form]:
    draft = site.there.stages[Verb.SUBMIT].dossier_id
    asked = site.there.stages[Verb.SUPPLEMENT]
    going = site.there.stages[Verb.WITHDRAW]
    world = site.there.world
    person = {
        "agency": str(world.agency.pk), "name": "Nguyễn Văn An", "personal_id": "066090000001",
        "date_of_birth": "15/03/1990", "phone": "0905000001", "email": "an@example.vn",
        "address": "Buôn Ma Thuột", "delivery": "postal", "postal_address": "Buôn Ma Thuột",
    }  # fmt: skip
    binh = world.people["binh"]
    waiting = {"id": binh.pk, "email": binh.email, "registered_at": binh.created_at.isoformat()}

    def page(name: str, *args: object) -> str:
        return reverse(f"portal:{name}", args=args)

    return {
        "register": Form("", page("register"), {
            "full_name": "Lê Văn Em", "personal_id": "066090000099", "phone": "0905000009",
            "email": "em@example.vn", "password": PASSWORD,
        }),
        "confirm": Form("", page("confirm"), {"code": "123456"}, session={"confirming": waiting}),
        "again": Form("", page("send_code_again"), {"x": ""}, session={"confirming": waiting}),
        "log in": Form("", page("log_in"), {"identifier": "066090000001", "password": PASSWORD}),
        "log out": Form("an", page("log_out"), {"x": ""}),
        "forgotten": Form("", page("forgotten"), {"identifier": "an@example.vn"}),
        "reset": Form(
            "", page("reset"), {"code": "123456", "new": PASSWORD}, session={"resetting": "an@example.vn"}
        ),
        "start": Form("an", page("file_start", "1.000001"), person),
        "details": Form("an", page("file_details", draft), person | {"version": "1"}),
        "form": Form("an", page("file_form", draft), {"purpose": "Xin cấp", "version": "1"}),
        "papers": Form(
            "an", page("file_papers", draft),
            {"note-proxy": "", "note-paper": "x", "remove": "", "version": "1", "go_on": ""}, ("file-paper",),
        ),
        "check": Form("an", page("file_check", draft), {"declared": "on", "version": "1"}),
        "supplement": Form(
            "an", page("supplement", asked.dossier_id),
            {"version": str(asked.version), "remove": "", "note-paper": "", "purpose": "Xin cấp", "send": ""},
            ("file-paper",),
        ),
        "withdraw": Form(
            "an", page("withdraw", going.dossier_id), {"reason": "Thôi", "version": str(going.version)}
        ),
        "language": Form("", reverse("set_language"), {"language": "en", "next": "/"}),
    }  # fmt: skip


def _desk_forms(site: Site) -> dict[str, Form]:
    world = site.there.world
    intake = {
        "action": "accept", "request_key": "0" * 32, "version_id": str(world.version.pk),
        "channel": "postal", "agency": str(world.agency.pk), "personal_id": "066090000001",
        "name": "Nguyễn Văn An", "date_of_birth": "15/03/1990", "phone": "0905000001",
        "email": "an@example.vn", "address": "Buôn Ma Thuột", "submitter_name": "", "procedure_text": "",
        "variant": "", "delivery": "postal", "delivery_address": "", "postal_number": "E1", "note": "",
        "f_purpose": "Xin cấp", "paper_key_0": "form", "brought_0": "on", "originals_0": "1",
        "copies_0": "0", "paper_note_0": "", "paper_key_1": "paper", "brought_1": "on",
        "originals_1": "1", "copies_1": "0", "paper_note_1": "x",
    }  # fmt: skip
    look = {"action": "look", "procedure_text": "giay phep", "pick": "", "personal_id": "066090000001"}

    def page(name: str) -> str:
        return reverse(f"desk:{name}")

    return {
        "desk log in": Form("", page("log_in"), {"username": "chi", "password": PASSWORD, "next": ""}),
        "desk log out": Form("chi", page("log_out"), {"x": ""}),
        "password": Form(
            "chi", page("change_password"),
            {"current": PASSWORD, "new": PASSWORD + "1", "again": PASSWORD + "1"},
        ),
        "search": Form("chi", page("search"), {"asked": "nguyen"}),
        "intake": Form("chi", page("intake"), intake),
        "look up": Form("chi", page("intake"), look),
        "officers": Form("admin", page("officers"), {"asked": "chi"}),
        "new officer": Form(
            "admin", page("new_officer"),
            {"full_name": "Lê Em", "username": "em", "email": "em@example.vn", "phone": "", "is_admin": "on"},
        ),
    }  # fmt: skip


def _verb_form(site: Site, verb: Verb) -> Form:
    act, world = site.there.stages[verb], site.there.world
    tasks = world.state(act).tasks
    common = {"version": str(act.version), "task_key": tasks[0].key if tasks else ""}
    files = ("upload",) if verb is Verb.ISSUE_RESULT else ()
    good = common | scenery.good_answers(verb, world) | ({"kept": ""} if files else {})
    return Form(DOERS.get(verb, "chi"), scenery.verb_address(act, verb), good, files)


PORTAL = (
    "register", "confirm", "again", "log in", "log out", "forgotten", "reset", "start", "details", "form",
    "papers", "check", "supplement", "withdraw", "language",
)  # fmt: skip
DESK = ("desk log in", "desk log out", "password", "search", "intake", "look up", "officers", "new officer")
FORMS = (*PORTAL, *DESK, *(f"verb {verb.value}" for verb in VERBS_WITH_PAGES))


def form_named(site: Site, name: str) -> Form:
    if name.startswith("verb "):
        return _verb_form(site, Verb(name.removeprefix("verb ")))
    return _portal_forms(site)[name] if name in PORTAL else _desk_forms(site)[name]


def send(site: Site, form: Form, typed: Mapping[str, Any], **files: Any) -> Any:
    """Send the form as a browser does; the answer. Everything is taken back afterwards."""
    client = site.clients[form.who]
    with site.untouched():
        if form.session:
            session = client.session
            session.update(form.session)
            session.save()
            client.cookies["motcua_session"] = session.session_key
        if form.files:
            answer = client.post(form.path, {**typed, **files})
        else:
            body = urlencode(list(typed.items()), doseq=True)
            answer = client.post(form.path, body, content_type="application/x-www-form-urlencoded")
        stands(answer)
        return answer


@pytest.mark.parametrize("name", FORMS)
def test_form_filled_in_well_does_what_it_is_for(site: Site, name: str) -> None:
    form = form_named(site, name)
    answer = send(site, form, form.good, **{each: scenery.upload() for each in form.files})
    expected = {
        "confirm": 422, "reset": 422, "log in": 422, "desk log in": 200, "password": 200, "search": 200,
        "look up": 200, "officers": 200, "new officer": 200,
    }  # fmt: skip
    assert answer.status_code == expected.get(name, 302), answer.content.decode()[:6000]


@pytest.mark.parametrize("name", FORMS)
def test_form_with_anything_in_one_field_is_answered(site: Site, name: str) -> None:
    """Of all the nasty things each field gets four, and all fields together get every one of them."""
    form, chance = form_named(site, name), random.Random(name)
    for field in form.good:
        for value in chance.sample(NASTY, 4):
            send(site, form, form.good | {field: value})
        send(site, form, {each: typed for each, typed in form.good.items() if each != field})
    send(site, form, {})
    assert send(site, form, dict.fromkeys(form.good, "\0")).status_code == 400
    stale = form.good | {"version": "9" * 5000}
    send(site, form, stale)
    send(site, form, stale | {"task_key": "gone"})


@given(data=st.data())
@settings(quietly, max_examples=100)
def test_form_with_anything_in_every_field_is_answered(site: Site, data: st.DataObject) -> None:
    form = form_named(site, data.draw(st.sampled_from(FORMS)))
    typed = {field: data.draw(nasty | st.just(good)) for field, good in form.good.items()}
    send(site, form, typed | {data.draw(st.text(max_size=5)): data.draw(nasty)})
