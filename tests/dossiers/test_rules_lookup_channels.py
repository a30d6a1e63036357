"""Further ways of looking a dossier up: what of the configuration is read, and under which regulation."""

from __future__ import annotations

import pytest

from motcua.dossiers.rules.lookup_channels import LookupChannel, further_channels, read_channels
from motcua.law import queries as law

ZALO = {"name": " Zalo ", "address": "https://zalo.example.vn/qn", "hint": "Nhắn mã hồ sơ"}
LINE = {"name": "Tổng đài", "address": "0255 1022", "hint": "Đọc mã hồ sơ", "name_english": "Hotline"}
READ = (
    LookupChannel("Zalo", "https://zalo.example.vn/qn", "Nhắn mã hồ sơ"),
    LookupChannel("Tổng đài", "0255 1022", "Đọc mã hồ sơ", "Hotline"),
)


@pytest.mark.clause("QN20-14.1.đ")
def test_ways_that_the_configuration_adds_are_open_under_a_regulation_that_has_others() -> None:
    channels = read_channels([ZALO, LINE])
    assert channels == READ
    assert [each.href for each in channels] == ["https://zalo.example.vn/qn", "tel:02551022"]
    assert further_channels(channels, law.regulation("QN20")) == READ


@pytest.mark.parametrize("name", ["KT18", "KT22", "DL24", "PT24"])
def test_regulation_that_names_no_other_ways_shows_none(name: str) -> None:
    assert further_channels(READ, law.regulation(name)) == ()


def test_before_any_regulation_there_are_no_other_ways() -> None:
    assert further_channels(READ, None) == ()


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (ZALO | {"adress": "https://x.vn"}, "channel 2 has adress, which is no text of a channel"),
        (ZALO | {"hint": 1}, "channel 2 has hint, which is no text of a channel"),
        (ZALO | {"hint": " "}, "channel 2 has no hint"),
        (ZALO | {"address": "zalo"}, "channel 2 has no https address, mailbox or telephone number"),
    ],
)
def test_channel_that_nobody_could_reach_is_named_by_its_place(channel: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_channels([ZALO, channel])


def test_mailbox_is_written_to() -> None:
    assert LookupChannel("Thư", "hoi@example.vn", "Ghi mã hồ sơ").href == "mailto:hoi@example.vn"
