"""Searches of the desk have addresses to come back to, and no word of anybody stands in one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import At
from tests.dossiers.wards import ward
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.desk import searches
from motcua.theme import entries

pytestmark = pytest.mark.django_db
SEARCH, OFFICERS = "/noi-bo/tim/", "/noi-bo/quan-tri/can-bo/"


def ask(client: Client, words: str, page: str = SEARCH) -> str:
    answer = client.post(page, {"asked": words})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def found(client: Client, address: str) -> list[Any]:
    return list(client.get(address).context["found"])


@pytest.mark.parametrize("words", ["Nguyễn Văn An", "066090000001"])
def test_search_leads_to_a_page_without_its_words_in_the_address(
    world: World, at_desk: At, words: str
) -> None:
    act = world.until("accept")
    chi = at_desk("chi")
    address = ask(chi, words)
    path, _, query = address.partition("?")
    assert (path, query[:4], len(query)) == (SEARCH, "lan=", 12)
    for _ in range(2):  # again after the way back
        assert [row["hit"].id for row in found(chi, address)] == [act.dossier_id]
    assert f'value="{words}"' in chi.get(address).content.decode()


def test_searches_of_several_tabs_stand_beside_each_other(world: World, at_desk: At) -> None:
    world.until("accept")
    chi = at_desk("chi")
    first, second = ask(chi, "nguyen"), ask(chi, "khong co ai")
    assert first != second
    assert (len(found(chi, first)), len(found(chi, second))) == (1, 0)
    assert ask(chi, " nguyen ") == first


def test_the_last_ten_searches_are_kept_and_an_older_one_says_that_it_is_gone(
    world: World, at_desk: At
) -> None:
    chi = at_desk("chi")
    addresses = [ask(chi, f"người {number}") for number in range(searches.MOST + 1)]
    asked = [chi.get(address).context["asked"] for address in addresses]
    assert asked == ["", *(f"người {number}" for number in range(1, searches.MOST + 1))]
    assert "Lần tìm này không còn được giữ." in chi.get(addresses[0]).content.decode()
    assert "Lần tìm này" not in chi.get(addresses[1]).content.decode()
    assert "Lần tìm này" not in chi.get(SEARCH).content.decode()


def test_nothing_searched_for_leads_to_the_bare_page(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    assert ask(chi, "  ") == SEARCH
    assert entries.of(chi.session, searches.KEPT) == {}


def test_search_by_the_whole_number_opens_the_dossier(world: World, at_desk: At) -> None:
    act = world.until("accept")
    chi = at_desk("chi")
    for typed in (act.reference.lower(), f"https://x.example/tra-cuu/{act.reference}"):
        opened = chi.post(SEARCH, {"asked": typed}, follow=True)
        assert opened.redirect_chain[-1][0] == f"/noi-bo/ho-so/{act.dossier_id}/"


def test_searches_are_of_one_browser_and_end_when_it_logs_out(world: World, at_desk: At) -> None:
    world.until("accept")
    chi = at_desk("chi")
    address = ask(chi, "nguyen")
    assert found(at_desk("chi"), address) == []
    chi.post("/noi-bo/dang-xuat/")
    chi.force_login(world.people["chi"], backend="motcua.accounts.services.backends.EntryBackend")
    assert entries.of(chi.session, searches.KEPT) == {}


def test_search_among_officers_is_gone_back_to_and_is_no_search_for_dossiers(
    world: World, at_desk: At
) -> None:
    Account.objects.filter(username="lan").update(is_admin=True)
    lan = at_desk("lan")
    address = ask(lan, "lan", OFFICERS)
    for _ in range(2):
        page = lan.get(address)
        assert [each.username for each, _ in page.context["lines"]] == ["lan"]
    assert 'value="lan"' in page.content.decode()
    assert lan.get(address.replace(OFFICERS, SEARCH)).context["asked"] == ""
    gone = lan.get(f"{OFFICERS}?lan=khong-co")
    assert len(gone.context["lines"]) > 1
    assert "Lần tìm này không còn được giữ." in gone.content.decode()


def test_card_that_is_scanned_into_the_search_finds_its_person_and_is_not_kept(
    world: World, at_desk: At
) -> None:
    act = world.until("accept")
    chi = at_desk("chi")
    address = ask(chi, "066090000001||Nguyễn Văn An|02011990|Nam|Thôn 4, xã Ea Drăng, tỉnh Đắk Lắk|10052022")
    assert [row["hit"].id for row in found(chi, address)] == [act.dossier_id]
    assert chi.get(address).context["asked"] == "066090000001"
    assert "Thôn 4" not in str(dict(chi.session))


@pytest.mark.clause("DL24-12.7.b")
def test_desk_is_led_to_how_a_dossier_of_another_agency_stands(world: World, at_desk: At) -> None:
    """Whoever asks there is told what everybody may know; nothing of the person is found."""
    ward(world)
    number = world.state(world.until("accept")).reference
    hue = at_desk("hue")
    page = hue.get(ask(hue, number))
    assert page.context["found"] == []
    text = page.content.decode()
    assert f"Hồ sơ {number} do {world.agency.name} giải quyết." in text
    assert f'href="/tra-cuu/{number}"' in text
    assert "Nguyễn Văn An" not in text
    assert Client().get(f"/tra-cuu/{number}").status_code == 200
    for words in ("Nguyễn Văn An", "066090000001", number[:-1]):
        assert "giải quyết." not in hue.get(ask(hue, words)).content.decode()
