"""Cards, actors, and lists in the order of a Vietnamese dictionary."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries
from tests.accounts.people import citizen, officer

from motcua.accounts import queries
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def test_actor_of_account_carries_kind_id_and_name(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    an, chi = citizen(), officer()
    with django_assert_num_queries(0):
        assert queries.actor_of(an) == Actor(ActorKind.CITIZEN, str(an.id), "Nguyễn Văn An")
        assert queries.actor_of(chi) == Actor(ActorKind.OFFICER, str(chi.id), "Trần Thị Chi")


def test_account_card_of_unknown_id_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.account_card(4711)


def test_find_citizen_takes_spaces_and_only_confirmed_accounts() -> None:
    an = citizen()
    citizen("Trần Bình", personal_id="066090000007", email="binh@example.vn", is_confirmed=False)

    assert queries.find_citizen("066 090 000 001") == an
    assert queries.find_citizen("066090000007") is None
    assert queries.find_citizen("066090000099") is None
    assert queries.find_citizen("không phải số") is None


def test_find_officer_takes_any_case() -> None:
    chi = officer()
    assert queries.find_officer("CHI") == chi
    assert queries.find_officer("an@example.vn") is None


def test_officers_come_in_vietnamese_order_and_page_on() -> None:
    for name, username in [("Đinh Lan", "lan"), ("Dương Mai", "mai"), ("Ân Tú", "tu"), ("An Bình", "binh")]:
        officer(name, username=username)

    first = queries.officers(limit=2)
    rest = queries.officers(after=first[-1])

    assert [card.full_name for card in first] == ["An Bình", "Ân Tú"]
    assert [card.full_name for card in rest] == ["Dương Mai", "Đinh Lan"]


@pytest.mark.parametrize("text", ["duong", "Dương", "mai duong", "MAI"])
def test_officers_are_found_without_accents(text: str) -> None:
    officer("Dương Mai", username="dm")
    officer("Đinh Lan", username="dl")

    assert [card.full_name for card in queries.officers(text=text)] == ["Dương Mai"]


@pytest.mark.parametrize("number", [1, 3])
def test_cards_of_several_accounts_are_one_query(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [officer(username=f"chi{n}") for n in range(number)]
    with django_assert_num_queries(1):
        assert queries.cards([card.id for card in people]) == {card.id: card for card in people}


@pytest.mark.parametrize(
    "fields",
    [{"username": "an"}, {"personal_id": "12345678901"}, {"personal_id": None}, {"is_admin": True}],
    ids=["citizen with username", "eleven digits", "no number", "citizen administers"],
)
def test_database_refuses_citizens_that_cannot_be(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        citizen(**fields)  # type: ignore[arg-type]


def test_database_refuses_a_second_confirmed_address_in_any_case() -> None:
    citizen()
    with pytest.raises(IntegrityError, match="account_verified_email_is_unique"):
        citizen(personal_id="066090000002", email="AN@example.vn")
