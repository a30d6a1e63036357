"""What the switch of language takes from a browser, whoever made up what it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from motcua.theme import entries
from motcua.theme.answered_pages import KEPT, KEY, LONGEST_CARRIED

pytestmark = pytest.mark.django_db
PAGE = "/dang-ky/"


def form(**changes: Any) -> dict[str, Any]:
    return {"action": PAGE, "typed": [["full_name", "Hoa"]], "files": [], "has_secrets": False} | changes


def switch(client: Client, typed: Any, page: str = PAGE) -> str:
    sent = {"language": "en", "next": page, "typed": typed if isinstance(typed, str) else json.dumps(typed)}
    answer = client.post("/ngon-ngu/", sent)
    assert (answer.status_code, client.cookies["motcua_language"].value) == (302, "en")
    return str(answer.headers["Location"])


def test_what_was_typed_stands_on_the_page_and_nowhere_in_its_address() -> None:
    client = Client()
    address = switch(client, [form()])
    assert address.startswith(f"{PAGE}?{KEY}=")
    assert "Hoa" not in address
    assert 'value="Hoa"' in client.get(address).content.decode()
    assert 'value="Hoa"' not in Client().get(address).content.decode()
    assert 'value="Hoa"' not in client.get(PAGE).content.decode()


def test_secrets_are_dropped_whatever_is_sent() -> None:
    client = Client()
    switch(client, [form(typed=[["password", "bi-mat"], ["csrfmiddlewaretoken", "x"], ["full_name", "Hoa"]])])
    (row,) = entries.of(client.session, KEPT).values()
    assert row["carried"][0]["typed"] == [["full_name", "Hoa"]]


@pytest.mark.parametrize(
    "typed", ["{", "[1]", {"a": 1}, [form(typed=[["a"]])], [form(typed=[["a", 1]])], [form(action=None)], []]
)
def test_what_no_script_of_ours_sends_is_passed_over(typed: Any) -> None:
    client = Client()
    assert switch(client, typed) == PAGE
    assert entries.of(client.session, KEPT) == {}


def test_more_than_people_type_is_told_and_not_kept() -> None:
    client = Client()
    assert switch(client, [form(typed=[["full_name", "a" * LONGEST_CARRIED]])]) == PAGE
    assert "too long to come along" in client.get(PAGE).content.decode()


def test_other_sites_are_never_led_to() -> None:
    assert switch(Client(), [form()], "https://example.org/dang-ky/") == "/"
