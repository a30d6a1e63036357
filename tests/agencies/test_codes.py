"""Identification codes in both forms, and the prefix of dossier codes."""

from __future__ import annotations

import pytest

from motcua.agencies.rules import codes


@pytest.mark.parametrize(
    ("code", "legacy"),
    [
        ("H15", "000.00.00.H15"),
        ("H15.07", "000.00.07.H15"),
        ("H15.07.04", "000.04.07.H15"),
        ("H15.07.04.02", "002.04.07.H15"),
        ("H15.X01", None),
        ("not a code", None),
    ],
)
def test_legacy_of_code_is_read_from_the_right(code: str, legacy: str | None) -> None:
    assert codes.legacy_of(code) == legacy


def test_dossier_prefix_without_any_code_is_that_of_the_province() -> None:
    assert codes.dossier_prefix(code=None, legacy_code=None, province_code="H15") == "000.00.00.H15"


def test_dossier_prefix_never_shows_a_synthetic_code() -> None:
    assert codes.dossier_prefix(code="H34.X01", legacy_code=None, province_code="H34") == "000.00.00.H34"


@pytest.mark.parametrize(
    ("code", "legacy", "is_own"),
    [
        ("H48.53", None, True),
        ("H48.200", None, False),
        ("H48.200", "000.00.99.H48", True),
        ("H34.X01", None, False),
        (None, None, False),
    ],
)
def test_code_that_the_older_form_cannot_say_is_printed_on_no_dossier(
    code: str | None, legacy: str | None, is_own: bool
) -> None:
    assert codes.has_own_prefix(code=code, legacy_code=legacy) is is_own
    prefix = codes.dossier_prefix(code=code, legacy_code=legacy, province_code="H48")
    assert (prefix != "000.00.00.H48") is is_own


def test_dossier_prefix_prefers_the_known_older_form() -> None:
    prefix = codes.dossier_prefix(code="H48.53", legacy_code="000.00.53.H48", province_code="H48")
    assert prefix == "000.00.53.H48"


def test_synthetic_code_goes_on_with_three_digits() -> None:
    assert [codes.synthetic("H34", number) for number in (1, 100)] == ["H34.X01", "H34.X100"]
