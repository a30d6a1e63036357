"""One of a hundred agencies: what a search finds, what an address says, how the rest is grouped."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.accounts.models import Account
from motcua.agencies.enums import UnitKind
from motcua.agencies.models import Agency
from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import Competence
from motcua.catalogue.rules.cards import Offer
from motcua.dossiers import queries
from motcua.kernel.text import sort_key
from motcua.portal import agency_choice
from motcua.portal.agency_choice import LONG

NAMES = ("Phường Buôn Ma Thuột", "Phường Tân Lập", "Xã Ea Kao", "Xã Ea Ô", "Xã Đắk Liêng", "Xã Lý Sơn")
LAW = Offer(1, "Sở Tư pháp", "province", "dak-lak", 1)


def committee(number: int, place: str) -> Offer:
    name = f"Ủy ban nhân dân {place[:1].lower()}{place[1:]}"
    return Offer(number, name, "commune", "dak-lak", number)


OFFERS = (LAW, *(committee(number, place) for number, place in enumerate(NAMES, start=2)))


def names(offers: object) -> list[str]:
    return [agency_choice.place_name(each.agency_name) for each in offers]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ea kao", ["Xã Ea Kao"]),
        ("EA", ["Xã Ea Kao", "Xã Ea Ô"]),
        ("li son", ["Xã Lý Sơn"]),
        ("đắk", ["Xã Đắk Liêng"]),
        ("so tu phap", ["Sở Tư pháp"]),
        ("thuot ma", ["Phường Buôn Ma Thuột"]),
        ("không có", []),
        ("ban me thuot", ["Phường Buôn Ma Thuột"]),
        ("Ban Mê Thuột", ["Phường Buôn Ma Thuột"]),
        ("buôn ma thuộc", ["Phường Buôn Ma Thuột"]),
        ("tân lâpp", ["Phường Tân Lập"]),
        ("thuộc", []),  # a slip alone says too little
    ],
)
def test_search_forgives_accents_spelling_and_order(asked: str, found: list[str]) -> None:
    assert names(agency_choice.matching(OFFERS, asked)) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("Thôn 2, xã Ea Kao, tỉnh Đắk Lắk", ["Xã Ea Kao"]),
        ("12 Lê Duẩn, Tân Lập", ["Phường Tân Lập"]),
        ("TDP 3, P. Buôn Ma Thuột", ["Phường Buôn Ma Thuột"]),
        ("xã Ea Kaoo", []),
        ("", []),
    ],
)
def test_address_names_the_place_where_one_lives(address: str, found: list[str]) -> None:
    assert names(agency_choice.near(OFFERS, address)) == found


def test_address_that_fits_many_places_is_of_no_help() -> None:
    many = [committee(number, "Xã Hòa An") for number in range(agency_choice.NEAR_AT_MOST + 1)]
    assert agency_choice.near(many, "xã Hòa An") == []


def test_communes_stand_by_district_where_there_are_any_else_by_kind() -> None:
    found = dict(agency_choice.groups(OFFERS, {4: "Huyện Krông Bông", 5: "Huyện Cư Kuin"}))
    assert list(found) == ["Cơ quan cấp tỉnh", "Huyện Cư Kuin", "Huyện Krông Bông", "Phường", "Xã"]
    assert names(found["Huyện Krông Bông"]) == ["Xã Ea Kao"]
    assert names(found["Xã"]) == ["Xã Đắk Liêng", "Xã Lý Sơn"]


offers_of_a_province = st.lists(
    st.tuples(
        st.sampled_from(["Xã", "Phường", "Thị trấn", "Huyện"]), st.text("ABCĐÊÔ bcdá", min_size=1, max_size=6)
    ),
    max_size=150,
).map(
    lambda rows: tuple(
        committee(number, f"{kind} {own}")
        for number, (kind, own) in enumerate(sorted(rows, key=lambda row: (row[0], sort_key(row[1]))))
    )
)


@given(offers=offers_of_a_province, asked=st.text("eo kxã", max_size=4), chosen=st.integers(0, 160))
def test_everybody_can_be_chosen_once_and_no_field_has_the_id_of_another(
    offers: tuple[Offer, ...], asked: str, chosen: int
) -> None:
    made = agency_choice.picker(
        offers, districts={}, name="a", first_id="here", asked=asked, chosen=str(chosen)
    )
    options = [*made.first, *made.found, *(option for group in made.groups for option in group.options)]
    values, ids = [each.value for each in options], [each.id for each in options]
    assert len(set(values)) == len(values)
    assert len(set(ids)) == len(ids)
    assert ids[:1] in ([], ["here"])
    if not made.asked:
        assert set(values) == {str(each.agency_id) for each in offers}
    assert [each.value for each in options if each.is_chosen] in ([], [str(chosen)])


def test_groups_are_cut_between_letters() -> None:
    many = tuple(committee(number, f"Xã {'ABCDĐ'[number // 8]}{number:02}") for number in range(40))
    found = dict(agency_choice.groups(many, {}))
    assert {title: len(members) for title, members in found.items()} == {
        "Xã: A – B": 16,
        "Xã: C – D": 16,
        "Xã: Đ": 8,
    }


# --- On the pages -------------------------------------------------------------------------------------------
@pytest.fixture
def wards(world: World) -> list[Agency]:
    """So many communes that no list shows them."""
    procedure = world.version.procedure
    made = []
    for number in range(LONG + 5):
        ward = Agency.objects.create(
            province="dak-lak", key=f"xa-{number}", code=f"H15.9.{number}", kind="commune_committee",
            name=f"Ủy ban nhân dân xã {'AĐ'[number % 2]} {number:02}", level="commune",
        )  # fmt: skip
        *_, unit = (ward.units.create(key=kind, name=kind, kind=kind) for kind in UnitKind)
        Competence.objects.create(procedure=procedure, agency=ward, settling_unit=unit)
        made.append(ward)
    catalogue.forget()
    return made


def said(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_filing_finds_the_agency_and_keeps_what_was_answered(
    world: World, wards: list[Agency], browser_of: Browser
) -> None:
    an = browser_of("an")
    page = an.get("/nop-ho-so/1.000001/?cho=toi", follow=True)
    here = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    assert "<select" not in said(page)
    assert "Xã: Đ" in said(page)
    found = said(an.get(here + "&tim=xa+a+06"))
    assert re.findall(r'type="radio" value="(\d+)"', found) == [str(wards[6].pk)]
    assert 'type="hidden" name="cho" value="toi"' in found
    nothing = an.post(here + "&tim=khongcogi", {})
    assert nothing.status_code == 422
    assert 'id="id_agency"' in said(nothing)
    answer = an.post(here + "&tim=xa+a+06", {"agency": wards[6].pk})
    assert f"noi={wards[6].pk}" in answer.url
    assert "tim=" not in answer.url


@pytest.mark.django_db
def test_draft_shows_what_was_chosen_and_what_the_address_names(
    world: World, wards: list[Agency], browser_of: Browser
) -> None:
    Account.objects.filter(pk=world.people["an"].pk).update(address="Thôn 1, xã Đ 03")
    an, act = browser_of("an"), world.draft()
    path = f"/nop-ho-so/{act.dossier_id}/noi-gui/?ve=xem-lai"
    page = said(an.get(path))
    assert re.findall(r'value="(\d+)"( checked)?> <label', page)[:2] == [
        (str(world.agency.pk), " checked"),
        (str(wards[3].pk), ""),
    ]
    assert 'type="hidden" name="ve" value="xem-lai"' in page
    assert an.post(path, {"agency": wards[3].pk, "version": act.version}).status_code == 302
    assert queries.state_of(act.dossier_id).target.agency_id == wards[3].pk


@pytest.mark.django_db
def test_sheet_leads_to_the_choice_and_comes_back_with_all_that_was_chosen(
    world: World, wards: list[Agency]
) -> None:
    sheet = said(Client().get("/thu-tuc/1.000001/?kenh=counter"))
    assert 'formaction="/thu-tuc/1.000001/noi-giai-quyet/"' in sheet
    assert 'id="noi"' not in sheet
    page = said(Client().get("/thu-tuc/1.000001/noi-giai-quyet/?kenh=counter&la=1&tim=a"))
    assert 'name="kenh" value="counter"' in page
    assert 'name="la"' not in page
    chosen = said(Client().get(f"/thu-tuc/1.000001/?kenh=counter&noi={wards[2].pk}"))
    assert f'type="hidden" name="noi" value="{wards[2].pk}"' in chosen
    assert "Đổi nơi" in chosen
    assert wards[2].name in chosen


@pytest.mark.django_db
def test_sheet_of_few_agencies_needs_no_page_for_them(world: World) -> None:
    answer = Client().get("/thu-tuc/1.000001/noi-giai-quyet/")
    assert (answer.status_code, answer.url) == (302, "/thu-tuc/1.000001/")
