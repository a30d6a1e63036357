"""Nothing that anybody puts into an address makes a page fail: it is answered or not found."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, quote_from_bytes

import pytest
from django.urls import get_resolver, reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resilience import scenery
from tests.resilience.hostile import NASTY, Site, nasty, quietly, stands

from motcua.dossiers.enums import Verb

pytestmark = pytest.mark.django_db

ROUTES = [(name, params) for name, params, _ in scenery.routes()]
POLICY = {name: policy for name, _, policy in scenery.routes()}
QUESTIONS = {
    "portal:procedures": ("q", ""),
    "portal:tracking": ("ma", ""),
    "portal:agencies": ("q", ""),
    "portal:sheet": ("noi", ""),
    "portal:inbox": ("truoc", "an"),
    "portal:log_in": ("next", ""),
    "desk:log_in": ("next", ""),
    "desk:worklist": ("sau", "chi"),
    "desk:next_dossier": ("sau", "chi"),
    "desk:dossier": ("giay", "chi"),
    "desk:outbox": ("truoc", "admin"),
    "desk:acts": ("truoc", "admin"),
    "desk:agencies": ("q", "admin"),
    "desk:appoint": ("nguoi", "admin"),
    "desk:paper": ("xem", "chi"),
    "desk:verb": ("viec", "chi"),
    "desk:bundles": ("sau", "chi"),
    "desk:inbox": ("sau", "chi"),
    "desk:history": ("truoc", "chi"),
}
BOXES = ("viec-cua-don-vi", "da-xong")  # one of tasks, one of dossiers


FREE = (
    "code",
    "slug",
    "kind",
    "key",
    "component",
    "letter",
    "form_set",
    "form",
)  # parameters that take any text
SOME = (b"\0", b"0", b"9" * 400, scenery.UNKNOWN.encode())


@pytest.mark.parametrize(("name", "params"), [route for route in ROUTES if route[1]], ids=str)
def test_address_with_anything_for_a_parameter_is_answered(
    site: Site, name: str, params: tuple[str, ...]
) -> None:
    """Each address gets a quarter of all nasty things; the one after it gets the next."""
    who, turn = {"public": "", "citizen": "an", "officer": "chi"}[POLICY[name]], ROUTES.index((name, params))
    for broken in params:
        for value in NASTY[turn % 4 :: 4] if broken in FREE else SOME:
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
@settings(quietly, max_examples=50)
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
