"""Pages that answer a form stand at an address: once refused, Back finds what was typed, and asks nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from tests.accounts.people import PASSWORD
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.theme import entries
from motcua.theme.answered_pages import KEPT, KEY, MOST, SUMMARY
from motcua.theme.filling import blanked

pytestmark = pytest.mark.django_db
LOG_IN = "/dang-nhap/"


def sent(client: Client, path: str, **typed: Any) -> Any:
    """What a browser gets for the form itself, before it goes where it is led."""
    return client.generic("POST", path, urlencode(typed), content_type="application/x-www-form-urlencoded")


def test_refused_form_leads_to_an_address_that_shows_it_again_and_again(db: None) -> None:
    client = Client()
    answer = sent(client, LOG_IN, identifier="066090001234", password="")
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert address.startswith(f"{LOG_IN}?{KEY}=")
    assert address.endswith(f"#{SUMMARY}")
    assert "066090001234" not in address
    for _ in range(2):
        page = client.get(address)
        text = page.content.decode()
        assert page.status_code == 422
        assert 'value="066090001234"' in text
        assert f'class="govuk-error-summary" id="{SUMMARY}"' in text
        assert "no-store" in page.headers["Cache-Control"]


def test_what_is_secret_is_neither_kept_nor_shown(db: None) -> None:
    client = Client()
    address = sent(client, LOG_IN, identifier="066090001234", password="mat-khau-bi-mat").headers["Location"]
    assert "mat-khau-bi-mat" not in client.get(address).content.decode()
    (row,) = entries.of(client.session, KEPT).values()
    assert [name for name, _ in row["typed"]] == ["identifier"]


def test_codes_are_taken_out_of_the_page() -> None:
    html = '<form method="post"><input name="code" value="123456"><input name="email" value="a@b.vn"></form>'
    assert "123456" not in blanked(html, {"code"})
    assert 'value="a@b.vn"' in blanked(html, {"code"})


def test_address_is_nobody_elses(db: None) -> None:
    address = sent(Client(), LOG_IN, identifier="066090001234", password="").headers["Location"]
    page = Client().get(address)
    assert page.status_code == 200
    assert "066090001234" not in page.content.decode()


def test_form_that_was_taken_leaves_nothing_behind(world: World, browser_of: Browser) -> None:
    an = browser_of("an")
    path = f"/ho-so-cua-toi/{world.until('accept').dossier_id}/tin-nhan/"
    address = sent(an, path, text="").headers["Location"]
    assert an.get(address).status_code == 422
    assert sent(an, path, text="Khi nào có kết quả?").status_code == 302
    assert entries.of(an.session, KEPT) == {}
    assert an.get(address).status_code == 200


def test_other_language_shows_the_page_anew_with_what_was_typed(db: None) -> None:
    client = Client()
    address = sent(client, LOG_IN, identifier="066090001234", password="").headers["Location"]
    page = address.partition("#")[0]
    assert f'name="next" value="{page}"' in client.get(address).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(address)
    assert "Log in" in page.content.decode()
    assert 'value="066090001234"' in page.content.decode()


def test_only_the_latest_pages_are_kept(db: None) -> None:
    client = Client()
    for number in range(MOST + 2):
        sent(client, LOG_IN, identifier=str(number), password="")
    rows = entries.of(client.session, KEPT).values()
    assert [row["typed"][0][1] for row in rows] == [str(n) for n in range(2, MOST + 2)]


def test_form_sent_by_script_is_answered_at_once(db: None) -> None:
    answer = Client().post(LOG_IN, {"identifier": "1"}, headers={"X-Sent-By": "script"})
    assert answer.status_code == 422


def test_form_of_the_desk_sent_by_script_is_led_to_the_page_that_answers(db: None) -> None:
    client = Client()
    answer = client.post(LOG_IN, {"identifier": "1"}, headers={"X-Sent-By": "page"})
    assert answer.status_code == 204
    page = client.get(answer.headers["HX-Redirect"])
    assert (page.status_code, 'value="1"' in page.content.decode()) == (422, True)


def test_screens_of_the_registration_stand_at_addresses(db: None) -> None:
    client = Client()
    answer = sent(client, "/dang-ky/", step=1, full_name="Nguyễn Văn An", personal_id="066090001234")
    page = client.get(answer.headers["Location"])
    assert (answer.status_code, page.status_code) == (303, 200)
    assert "#" not in answer.headers["Location"]  # what was asked for stands where its button says
    assert 'name="phone"' in page.content.decode()


def test_page_that_goes_away_by_itself_is_not_kept(db: None) -> None:
    """At a kiosk the next person goes Back."""
    answer = sent(Client(), "/ky-ot/khong-co-ma/", named="x", email="y")
    assert answer.status_code == 422
    assert answer.has_header("Refresh")


def test_page_of_whoever_logged_in_before_is_not_shown(world: World, browser_of: Browser) -> None:
    client = Client()
    address = sent(client, LOG_IN, identifier="066090001234", password=PASSWORD + "x").headers["Location"]
    client.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    assert "066090001234" not in client.get(address).content.decode()
