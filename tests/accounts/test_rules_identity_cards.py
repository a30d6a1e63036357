"""What a scanner types for an identity card: whole, older, broken, hostile."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts.rules.identity_cards import IdentityCard, read_card

QR = "066190005678|240512345|Lê Thị Bình|05031990|Nữ|12 Lê Duẩn, phường Bình Kiến|10052022"
BINH = IdentityCard(
    "066190005678",
    "240512345",
    "Lê Thị Bình",
    date(1990, 3, 5),
    "Nữ",
    "12 Lê Duẩn, phường Bình Kiến",
    date(2022, 5, 10),
)


def test_card_is_read_whole() -> None:
    assert read_card(QR) == BINH


def test_card_without_old_number_and_day_of_issue_is_read() -> None:
    card = read_card("066190005678||Lê  Thị Bình |05031990|Nữ|Đắk Lắk\n")
    assert card == IdentityCard("066190005678", "", "Lê Thị Bình", date(1990, 3, 5), "Nữ", "Đắk Lắk", None)


def test_day_that_is_not_real_is_left_out() -> None:
    card = read_card(QR.replace("05031990", "31021990"))
    assert card is not None
    assert card.date_of_birth is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "066190005678",
        "06619000567|x|Lê Thị Bình|05031990|Nữ|Đắk Lắk|10052022",
        "066190005678|x||05031990|Nữ|Đắk Lắk|10052022",
        QR.replace("|10052022", "|10.05.2022|một phần nữa"),
        "066190005678|Lê Thị Bình",
    ],
)
def test_what_is_no_card_is_no_card(text: str) -> None:
    assert read_card(text) is None


@pytest.mark.parametrize("more", ["|", "||", "|một phần nữa", "|Lê Văn Ba|Trần Thị Bốn||"])
def test_fields_behind_the_seven_known_ones_are_passed_over(more: str) -> None:
    assert read_card(QR + more) == read_card(QR)


def test_of_two_cards_with_a_bar_between_them_the_last_counts() -> None:
    assert read_card(QR.replace("066190005678", "066190000001") + "|" + QR) == read_card(QR)


@pytest.mark.parametrize("before", ["066190009999", "0661", QR.replace("066190005678", "066190000001"), "x|"])
def test_last_card_counts(before: str) -> None:
    assert read_card(before + QR) == BINH


@pytest.mark.parametrize("text", [QR + "066190009999", "066190005678066190009999", f"{QR}|066190009999"])
def test_number_behind_a_card_is_no_card(text: str) -> None:
    assert read_card(text) is None


@given(st.text(max_size=600))
def test_anything_typed_is_a_card_or_nothing(text: str) -> None:
    card = read_card(text)
    assert card is None or (len(card.personal_id) == 12 and len(card.name) <= 200)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="|"), max_size=40), min_size=5, max_size=5))
def test_whatever_stands_beside_number_and_name_the_two_are_kept(others: list[str]) -> None:
    old, born, sex, address, issued = others
    card = read_card("|".join(["066190005678", old, "An", born, sex, address, issued]))
    assert card is not None
    assert (card.personal_id, card.name) == ("066190005678", "An")
