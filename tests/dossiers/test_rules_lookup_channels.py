"""Further ways of looking a dossier up: what may be configured, where it leads, which regulation has them."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.dossiers.rules.lookup_channels import LookupChannel, further_channels, read_channels
from motcua.law import queries as law

ZALO = {"name": "Zalo", "address": "https://zalo.example.vn/h15", "hint": "Nhắn mã hồ sơ"}
PHONE = {"name": " Tổng đài ", "address": "1022\n", "hint": "Đọc mã hồ sơ", "name_english": "Call centre"}


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://zalo.example.vn/h15", "https://zalo.example.vn/h15"),
        ("tra-cuu@h15.example.vn", "mailto:tra-cuu@h15.example.vn"),
        ("0262 10.22", "tel:02621022"),
        ("+84 262 1022", "tel:+842621022"),
    ],
)
def test_channel_leads_to_a_page_a_mailbox_or_a_telephone(address: str, leads_to: str) -> None:
    assert LookupChannel("Cách khác", address, "Hỏi ở đây").href == leads_to


def test_channels_are_read_in_their_order_without_the_spaces_around_their_words() -> None:
    assert read_channels([ZALO, PHONE]) == (
        LookupChannel("Zalo", "https://zalo.example.vn/h15", "Nhắn mã hồ sơ"),
        LookupChannel("Tổng đài", "1022", "Đọc mã hồ sơ", "Call centre"),
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"names": "Zalo"}, "channel 2 has names, which is no text of a channel"),
        ({"hint": 1}, "channel 2 has hint, which is no text of a channel"),
        ({"hint_english": 1}, "channel 2 has hint_english, which is no text of a channel"),
        ({"hint": "  ", "name": ""}, "channel 2 has no hint"),
        ({"address": " "}, "channel 2 has no address"),
        ({"address": "javascript:alert(1)"}, "channel 2 has no https address, mailbox or telephone number"),
        ({"address": "http://a.vn"}, "channel 2 has no https address, mailbox or telephone number"),
        ({"address": "1022 (miễn phí)"}, "channel 2 has no https address, mailbox or telephone number"),
    ],
)
def test_channel_that_is_wrong_is_named_by_its_place_with_what_is_wrong(
    wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError) as refused:
        read_channels([ZALO, PHONE | wrong])
    assert str(refused.value) == said


@pytest.mark.clause("QN20-14.1.đ")
def test_further_channels_are_those_of_a_regulation_that_has_other_ways_than_it_names() -> None:
    configured = read_channels([ZALO])
    for name, regulation in law.law().regulations.items():
        assert further_channels(configured, regulation) == (configured if name == "QN20" else ())
    assert further_channels(configured, None) == ()
