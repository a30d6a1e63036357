"""What a browser tells of itself becomes two words that its owner recognises, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts.rules.browsers import Device, device

PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
WORDS = {
    *("", "Zalo", "Cốc Cốc", "Edge", "Opera", "Samsung Internet", "Firefox", "Chrome", "Safari"),
    *("iPhone", "iPad", "Android", "Windows", "Mac", "Chromebook", "Linux"),
}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (PHONE + "Chrome/120.0.0.0 Mobile Safari/537.36", ("Chrome", "Android")),
        (PHONE + "SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36", ("Samsung Internet", "Android")),
        (PHONE + "Chrome/120.0 Mobile Safari/537.36 Zalo android/12", ("Zalo", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) coc_coc_browser/120 Chrome/114 Safari/537.36",
         ("Cốc Cốc", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
         ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", ("Firefox", "Linux")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_device_is_named_as_its_owner_knows_it(told: str, words: tuple[str, str]) -> None:
    assert device(told) == Device(*words)


@given(st.text())
def test_nothing_that_was_told_is_kept_as_it_was(told: str) -> None:
    found = device(told)
    assert {found.browser, found.system} <= WORDS


def test_what_is_not_known_is_left_out() -> None:
    assert [str(each) for each in (Device("Chrome", "Mac"), Device("", "Mac"), Device())] == [
        "Chrome, Mac",
        "Mac",
        "",
    ]
