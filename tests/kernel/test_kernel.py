"""The words every app shares. The kernel has no rooms, so one file tells of all of it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import dates, text
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.canonical import GENESIS, canonical_json, chain_hash
from motcua.kernel.codes import dossier_code
from motcua.kernel.errors import N_, Forbidden, Refusal
from motcua.kernel.ids import uuid7
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.money import Money
from motcua.kernel.periods import Period

PATTERN = "{agency}-{date}-{serial}"


def test_actor_kinds_are_told_apart() -> None:
    chi = Actor(ActorKind.OFFICER, "7", "Chi")
    assert (chi.is_officer, chi.is_citizen) == (True, False)
    assert (SYSTEM.is_officer, SYSTEM.is_citizen, SYSTEM.id) == (False, False, "")


def test_canonical_json_is_one_form_whatever_the_order() -> None:
    assert canonical_json({"b": [1, None], "a": "Đắk Lắk"}) == '{"a":"Đắk Lắk","b":[1,null]}'.encode()


@pytest.mark.parametrize("value", [1.5, [1.5], {"a": {"b": 1.5}}, float("nan")])
def test_canonical_json_float_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_chain_hash_is_the_hash_of_what_came_before_and_the_body() -> None:
    first = chain_hash(GENESIS, {"n": 1})
    assert chain_hash(GENESIS, {"n": 1}) == first
    assert chain_hash(first, {"n": 1}) != first
    assert chain_hash(GENESIS, {"n": 2}) != first


CODES = [
    (1, "000.00.00.H15-240207-0001"),
    (9999, "000.00.00.H15-240207-9999"),
    (10000, "000.00.00.H15-240207-10000"),
]


@pytest.mark.parametrize(("serial", "expected"), CODES)
def test_dossier_code_goes_on_with_five_digits(serial: int, expected: str) -> None:
    assert dossier_code(PATTERN, agency="000.00.00.H15", on=date(2024, 2, 7), serial=serial) == expected


def test_dossier_code_agency_that_looks_like_a_field_is_left_alone() -> None:
    code = dossier_code(PATTERN, agency="{date}", on=date(2024, 2, 7), serial=1)
    assert code == "{date}-240207-0001"


@pytest.mark.parametrize(("pattern", "serial"), [(PATTERN, 0), ("{agency}-{serial}", 1), ("", 1)])
def test_dossier_code_bad_pattern_or_serial_is_refused(pattern: str, serial: int) -> None:
    with pytest.raises(ValueError):
        dossier_code(pattern, agency="H15", on=date(2024, 2, 7), serial=serial)


class Busy(Refusal):
    code = "test.busy"
    message = N_("Đang bận: %(who)s.")


def test_refusal_says_code_sentence_and_clauses() -> None:
    assert (
        str(Busy(who="Chi", clauses=("DL24-8.2", "DL24-9.1")))
        == "test.busy: Đang bận: Chi. [DL24-8.2, DL24-9.1]"
    )
    assert str(Forbidden()) == "forbidden: Bạn không có quyền thực hiện việc này."
    assert Busy(who="Chi").params == {"who": "Chi"}


SHORT = [
    ("8wh", 8, TimeUnit.WORKING_HOUR),
    ("0.5wd", Fraction(1, 2), TimeUnit.WORKING_DAY),
    ("15cd", 15, TimeUnit.CALENDAR_DAY),
    ("1mo", 1, TimeUnit.MONTH),
    ("12h", 12, TimeUnit.CLOCK_HOUR),
]


@pytest.mark.parametrize(("short", "value", "unit"), SHORT)
def test_time_limit_short_form_there_and_back(short: str, value: Fraction, unit: TimeUnit) -> None:
    assert TimeLimit.parse(short) == TimeLimit(Fraction(value), unit)
    assert str(TimeLimit.parse(short)) == short


@pytest.mark.parametrize("short", ["", "3", "wd", "3 days", "-3wd", "3,5wd", "3wd 4wh", "0.5mo", "1.5cd"])
def test_time_limit_that_is_none_is_refused(short: str) -> None:
    with pytest.raises(ValueError):
        TimeLimit.parse(short)


def test_time_limit_negative_is_refused() -> None:
    with pytest.raises(ValueError, match="a time limit is not negative"):
        TimeLimit.of(-1, "working_day")


def test_money_is_written_with_points() -> None:
    assert str(Money(1_250_000) + Money(500)) == "1.250.500 đồng"
    assert str(Money(0)) == "0 đồng"


@given(st.dates(), st.dates(), st.dates(), st.dates(), st.dates())
def test_period_overlaps_exactly_when_a_day_is_in_both(a: date, b: date, c: date, d: date, on: date) -> None:
    one, two = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    assert one.overlaps(two) == two.overlaps(one)
    assert not (on in one and on in two) or one.overlaps(two)
    assert one.overlaps(two) == (max(min(a, b), min(c, d)) in one and max(min(a, b), min(c, d)) in two)


def test_period_open_ends_reach_for_ever() -> None:
    assert date.max in Period(date(2024, 1, 1))
    assert date.min in Period(None, date(2024, 1, 1))
    assert Period().overlaps(Period(date(2024, 1, 1), date(2024, 1, 1)))
    assert not Period(None, date(2022, 3, 23)).overlaps(Period(date(2022, 3, 24)))


def test_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="a period cannot end"):
        Period(date(2024, 1, 2), date(2024, 1, 1))


FOLDED = [("Đăng ký  Khai Sinh", "dang ky khai sinh"), ("ƯỢNG", "uong"), ("quyền\u0300", "quyen"), ("", "")]


@pytest.mark.parametrize(("given_text", "expected"), FOLDED)
def test_fold_takes_off_every_accent(given_text: str, expected: str) -> None:
    assert text.fold(given_text) == expected


def test_sort_key_sorts_as_a_vietnamese_dictionary() -> None:
    words = [
        "an",
        "àn",
        "ản",
        "ãn",
        "án",
        "ạn",
        "ăn",
        "ân",
        "ba",
        "da",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    backwards = words[::-1]
    assert sorted(backwards, key=text.sort_key) == words
    assert sorted(["Đắk Lắk", "Đà Nẵng", "Dak"], key=text.sort_key) == ["Dak", "Đà Nẵng", "Đắk Lắk"]


@given(st.text(max_size=20))
def test_sort_key_does_not_depend_on_how_accents_are_encoded(anything: str) -> None:
    import unicodedata

    composed, apart = (unicodedata.normalize(form, anything) for form in ("NFC", "NFD"))
    assert text.sort_key(composed) == text.sort_key(apart)


def test_uuid7_sorts_by_time_and_says_its_version() -> None:
    early, late = datetime(2024, 2, 7, tzinfo=UTC), datetime(2024, 2, 7, 0, 0, 1, tzinfo=UTC)
    assert uuid7(early) < uuid7(late)
    assert (uuid7(early).version, uuid7(early).variant) == (7, "specified in RFC 4122")
    assert uuid7(early) != uuid7(early)


MOMENTS = [
    (datetime(2022, 3, 24, 8, 30, tzinfo=dates.ZONE), "08 giờ 30 phút, ngày 24 tháng 3 năm 2022"),
    (datetime(2022, 2, 3, 1, 5, tzinfo=UTC), "08 giờ 05 phút, ngày 03 tháng 02 năm 2022"),
    (datetime(2022, 11, 30, 20, 0, tzinfo=UTC), "03 giờ 00 phút, ngày 01 tháng 12 năm 2022"),
]


@pytest.mark.parametrize(("moment", "expected"), MOMENTS)
def test_in_words_is_as_the_rules_of_drafting_ask(moment: datetime, expected: str) -> None:
    assert dates.in_words(moment) == expected


@given(
    st.fractions(min_value=0, max_value=1000, max_denominator=64),
    st.sampled_from(["working_day", "working_hour"]),
)
def test_time_limit_reads_back_what_it_writes(value: Fraction, unit: str) -> None:
    limit = TimeLimit(value, TimeUnit(unit))
    assert TimeLimit.parse(str(limit)) == limit


UNSEEN = ["", " ", "\u200b\u2060", "\u00a0\t\r\n", "\u3164", "\u2800", "\ufeff\u00ad", "\u0301", "\u202e\x00"]


@pytest.mark.parametrize("written", UNSEEN)
def test_text_of_which_nothing_can_be_seen_says_nothing(written: str) -> None:
    assert not text.has_visible_text(written)
    assert text.visible(written) == ""
    assert text.has_visible_text(f"{written}a{written}")


@given(st.text())
def test_visible_text_is_the_text_without_the_space_around_it_or_nothing(written: str) -> None:
    assert text.visible(written) in ("", written.strip())
    assert bool(text.visible(written)) is text.has_visible_text(written)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Nguyễn\u00a0 Văn\r\nAn", "Nguyễn Văn An"),
        ("Ng\u200buy\u00adễn\u2060", "Nguyễn"),
        ("a\u3164b\u2003c\x00", "a b c"),
        ("A\u0301n", "Án"),
        (" \u200b ", ""),
    ],
)
def test_text_as_it_is_seen_on_one_line(written: str, seen: str) -> None:
    assert text.as_seen(written) == seen
    assert text.as_seen(seen) == seen


@given(st.text())
def test_text_as_seen_has_single_spaces_and_nothing_without_width(written: str) -> None:
    seen = text.as_seen(written)
    assert seen == " ".join(seen.split()) == text.as_seen(seen)
    assert not any(unicodedata.category(char) in ("Cf", "Cc") for char in seen)


@pytest.mark.parametrize(
    ("written", "line"),
    [("  Ủy ban\n nhân dân \u00a0 xã ", "Ủy ban nhân dân xã"), ("\u200b \n", ""), ("", "")],
)
def test_words_of_one_line_have_single_spaces_and_are_empty_where_nothing_shows(
    written: str, line: str
) -> None:
    assert text.visible_line(written) == line
