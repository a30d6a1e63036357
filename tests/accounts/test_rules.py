"""Identifiers, entries and codes, without a database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts.rules import codes, entries, identifiers
from motcua.accounts.rules.identifiers import IdentifierKind

AT = datetime(2024, 3, 4, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("066090000001", "066090000001"),
        (" 066 090 000 001 ", "066090000001"),
        ("06609000000", None),
        ("0660900000012", None),
        ("06609000000a", None),
        ("٠66090000001", None),  # a digit of another script
        ("", None),
    ],
)
def test_personal_id_is_12_digits(typed: str, expected: str | None) -> None:
    assert identifiers.personal_id(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("+84 (0) 912.345.678", "0912345678"),
        ("912345678", None),
        ("0112345678", None),
        ("09123456789", None),
        ("", None),
    ],
)
def test_phone_is_brought_to_ten_digits(typed: str, expected: str | None) -> None:
    assert identifiers.phone(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0262 385 1234", "02623851234"),
        ("(024) 3825-1234", "02438251234"),
        ("+84 262 385 1234", "02623851234"),
        ("0912 345 678", "0912345678"),
        ("385 1234", None),
        ("0262 385 123", None),
        ("0162 385 1234", None),
    ],
)
def test_line_of_an_organisation_is_a_mobile_or_a_fixed_one(typed: str, expected: str | None) -> None:
    assert identifiers.line(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("An.Nguyen@Example.VN ", "an.nguyen@example.vn"),
        ("an@mail.daklak.gov.vn", "an@mail.daklak.gov.vn"),
        ("an+motcua@example.vn", "an+motcua@example.vn"),
        ("an@localhost", None),
        ("an example.vn", None),
        ("an@@example.vn", None),
        ("an@example..vn", None),
        ("a..n@example.vn", None),
        ("ân@example.vn", None),
        ("an@example.vn\nBcc: b@example.vn", None),
        ("a" * 65 + "@example.vn", None),
        ("", None),
    ],
)
def test_email_is_brought_to_lower_case(typed: str, expected: str | None) -> None:
    assert identifiers.email(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Chi.TT", "chi.tt"), ("ch", None), ("chị", None), (".chi", None), ("chi tt", None), ("x" * 61, None)],
)
def test_username_is_plain_letters(typed: str, expected: str | None) -> None:
    assert identifiers.username(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("066090000001", (IdentifierKind.PERSONAL_ID, "066090000001")),
        ("+84912345678", (IdentifierKind.PHONE, "0912345678")),
        ("An@Example.vn", (IdentifierKind.EMAIL, "an@example.vn")),
        ("chi", None),
    ],
)
def test_recognise_tells_the_kinds_apart(typed: str, expected: object) -> None:
    assert identifiers.recognise(typed) == expected


def test_check_person_with_everything_wrong_names_every_field() -> None:
    errors = entries.check_person(full_name=" ", phone="12", email="an", address="x" * 301)
    assert errors == {
        "full_name": entries.NO_NAME,
        "phone": entries.BAD_PHONE,
        "email": entries.BAD_EMAIL,
        "address": entries.LONG_ADDRESS,
    }


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Nguyễn Thị Hồng-Ánh", None),
        ("Y Ngông Niê Kdăm", None),
        ("H'Hen Niê", None),
        ("O’Connor", None),
        ("An <b>", entries.BAD_NAME),
        ("An 2", entries.BAD_NAME),
        ("A" * 151, entries.LONG_NAME),
    ],
)
def test_check_name_takes_the_names_of_this_country(name: str, fault: str | None) -> None:
    assert entries.check_name(name).get("full_name") == fault


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("trần thị HOA", "Trần Thị Hoa"),
        ("  NGUYỄN   văn  AN ", "Nguyễn Văn An"),
        ("h'hen niê", "H'Hen Niê"),
        ("H’HEN NIÊ", "H’Hen Niê"),
        ("y blõk", "Y Blõk"),
        ("ĐẶNG VĂN-LÂM", "Đặng Văn-Lâm"),
        ("đỗ t. ái", "Đỗ T. Ái"),
        ("Ronald McDonald", "Ronald McDonald"),
        ("DiCaprio LEO", "DiCaprio Leo"),
        ("ông hòa, trưởng thôn", "Ông Hòa, trưởng thôn"),
        ("Trưởng thôn HÒA", "Trưởng thôn Hòa"),
        ("", ""),
    ],
)
def test_written_name_begins_each_plain_word_with_a_capital_letter(typed: str, written: str) -> None:
    assert entries.written_name(typed) == written


_LETTERS = "abcxyzđêôơưăâáàảãạéẹíịóọúụýỵấặễổợữ"
NAMES = st.text(st.sampled_from(_LETTERS + _LETTERS.upper() + " '’.-"), max_size=40)


@given(NAMES)
def test_written_name_keeps_every_letter_accent_and_mark(typed: str) -> None:
    assert entries.written_name(typed).casefold() == " ".join(typed.split()).casefold()


@given(st.one_of(NAMES, st.text(max_size=20)))
def test_written_name_is_written_once_and_for_all(typed: str) -> None:
    once = entries.written_name(typed)
    assert entries.written_name(once) == once


@given(NAMES)
def test_written_name_leaves_words_in_mixed_case(typed: str) -> None:
    words = zip(typed.split(), entries.written_name(typed).split(), strict=True)
    mixed = [(word, now) for word, now in words if not (word.islower() or word.isupper())]
    assert all(word == now for word, now in mixed)


@pytest.mark.parametrize(
    ("born_on", "is_taken"),
    [
        (None, True),
        (date(1990, 2, 28), True),
        (date(2024, 3, 4), True),
        (date(2024, 3, 5), False),
        (date(1890, 1, 1), False),
    ],
)
def test_check_birth_refuses_the_impossible(born_on: date | None, is_taken: bool) -> None:
    assert (entries.check_birth(born_on, AT.date()) == {}) is is_taken


@pytest.mark.parametrize(
    ("born_on", "is_child"),
    [
        (date(2024, 3, 4), True),
        (date(2018, 3, 5), True),  # six tomorrow
        (date(2018, 3, 4), False),  # six today
        (date(1990, 2, 28), False),
    ],
)
def test_child_needs_a_representative_before_the_sixth_birthday(born_on: date, is_child: bool) -> None:
    assert entries.needs_representative(born_on, AT.date()) is is_child


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("M12345678", "M12345678"),
        (" m 123-456 ", "M123456"),
        ("PASSPORT", None),  # a word
        ("A12", None),
        ("Đ1234567", None),
        ("A123456789012345", None),
        ("", None),
    ],
)
def test_passport_is_letters_and_digits(typed: str, expected: str | None) -> None:
    assert identifiers.passport(typed) == expected


def test_wait_before_first_code_is_none() -> None:
    assert codes.wait_before_next([], AT) == timedelta(0)


def test_wait_before_second_code_is_the_rest_of_a_minute() -> None:
    assert codes.wait_before_next([AT - timedelta(seconds=20)], AT) == timedelta(seconds=40)
    assert codes.wait_before_next([AT - timedelta(seconds=60)], AT) == timedelta(0)


def test_wait_before_sixth_code_within_the_hour_is_until_the_first_is_an_hour_old() -> None:
    sent = [AT - timedelta(minutes=minutes) for minutes in (50, 40, 30, 20, 10)]
    assert codes.wait_before_next(sent, AT) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("tries", "age", "is_used", "is_good"),
    [
        (0, 0, False, True),
        (4, 599, False, True),
        (5, 0, False, False),
        (0, 600, False, False),
        (0, 0, True, False),
    ],
)
def test_code_can_be_tried_until_used_up_or_expired(
    tries: int, age: int, is_used: bool, is_good: bool
) -> None:
    now = AT + timedelta(seconds=age)
    used_at = AT if is_used else None
    good = codes.can_be_tried(expires_at=AT + codes.LIFETIME, tries=tries, used_at=used_at, at=now)
    assert good is is_good
