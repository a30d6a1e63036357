"""Further ways of looking a dossier up: added by configuration, shown where the regulation has others."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.dossiers.world import World

from motcua.config import env
from motcua.dossiers.rules.lookup_channels import read_channels

FILE = """
[[channel]]
name = "Zalo của tỉnh"
address = "https://zalo.example.vn/quang-ngai"
hint = "Nhắn mã hồ sơ, hệ thống trả lời ngay."
name_english = "Zalo of the province"

[[channel]]
name = "Tổng đài"
address = "0255 1022"
hint = "Đọc mã hồ sơ cho tổng đài viên."
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "channels.toml"
    file.write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("MOTCUA_LOOKUP_CHANNELS", str(file))
    return file


@pytest.mark.clause("QN20-14.1.đ")
def test_channel_of_the_configuration_comes_to_stand_on_the_page(
    world: World, configured: Path, settings: Settings
) -> None:
    assert "Cách tra cứu khác" not in Client().get("/tra-cuu/").content.decode()
    settings.LOOKUP_CHANNELS = env.tables("MOTCUA_LOOKUP_CHANNELS", "channel", read_channels)
    text = Client().get("/tra-cuu/").content.decode()
    for shown in (
        "Cách tra cứu khác", "Zalo của tỉnh", 'href="https://zalo.example.vn/quang-ngai"',
        "Nhắn mã hồ sơ, hệ thống trả lời ngay.", 'href="tel:02551022"',
    ):  # fmt: skip
        assert shown in text
    english = Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Zalo of the province" in english.get("/tra-cuu/").content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[channel]]\nname = "A"\nhint = "B"', "channel 1 has no address"),
        ('[[channel]]\nname = "A"\nhint = "B"\naddress = "javascript:alert(1)"', "no https address"),
        ('[[channel]]\nname = "A"\nhint = "B"\naddress = "http://a.vn"', "no https address"),
        ('[[channel]]\nname = "A"\nhint = 1\naddress = "1022"', "hint, which is no text"),
        ('[[channel]]\nnames = "A"', "names, which is no text"),
        ("[other]\nx = 1", "[[channel]] and nothing else"),
        ("[[channel]", "no TOML file"),
    ],
)
def test_wrong_configuration_stops_with_a_sentence_that_names_the_variable(
    configured: Path, text: str, said: str
) -> None:
    configured.write_text(text, encoding="utf-8")
    with pytest.raises(env.BadSetting, match="MOTCUA_LOOKUP_CHANNELS") as refused:
        env.tables("MOTCUA_LOOKUP_CHANNELS", "channel", read_channels)
    assert said in str(refused.value)


def test_file_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_LOOKUP_CHANNELS", "/none/channels.toml")
    with pytest.raises(env.BadSetting, match="cannot be read"):
        env.tables("MOTCUA_LOOKUP_CHANNELS", "channel", read_channels)
    monkeypatch.delenv("MOTCUA_LOOKUP_CHANNELS")
    assert env.tables("MOTCUA_LOOKUP_CHANNELS", "channel", read_channels) == ()
