"""Identification codes of agencies: the dot path, the older form, and the prefix of dossier codes."""

from __future__ import annotations

import re

_DOT_PATH = re.compile(r"H\d{2}(\.\d{1,3}){0,3}")
_SYNTHETIC = re.compile(r"H\d{2}\.X\d{2,4}")
PROVINCE_CODES = {"kon-tum": "H34", "quang-ngai": "H48", "dak-lak": "H15", "phu-tho": "H44"}


def is_synthetic(text: str) -> bool:
    """True for codes of our own making, recognised by the letter X; no real code holds one."""
    return bool(_SYNTHETIC.fullmatch(text))


def is_real(text: str) -> bool:
    """True for a dot path such as `H15.33.12`."""
    return bool(_DOT_PATH.fullmatch(text))


def synthetic(province_code: str, number: int) -> str:
    """The nth synthetic code of a province: `H34.X01`, going on with three digits past 99."""
    return f"{province_code}.X{number:02d}"


def legacy_of(code: str) -> str | None:
    """The older form of a real dot path: `H15` → `000.00.00.H15`, `H15.07.04` → `000.04.07.H15`.

    None for synthetic codes and for paths deeper or wider than the older form could say.

    Basis: by reference QCVN 102:2016/BTTTT (derived: both forms occur in live data).
    """
    if is_synthetic(code) or not _DOT_PATH.fullmatch(code):
        return None
    province, *path = code.split(".")
    if len(path) > 3 or any(len(part) > 2 for part in path[:2]):
        return None
    second = path[0] if path else "00"
    third = path[1] if len(path) > 1 else "00"
    fourth = path[2].zfill(3) if len(path) > 2 else "000"
    return ".".join((fourth, third.zfill(2), second.zfill(2), province))


def has_own_prefix(*, code: str | None, legacy_code: str | None) -> bool:
    """Whether dossiers bear the agency's own code: no synthetic one, and none wider than the older form."""
    return bool(legacy_code or (code and legacy_of(code)))


def dossier_prefix(*, code: str | None, legacy_code: str | None, province_code: str) -> str:
    """What stands first in the dossier codes of an agency.

    The agency's own older-form code if one is known; else derived from its real dot path; else the
    province's older form. A synthetic code is never printed on a dossier, nor one with a part of three digits
    before the last (`H48.200`), for which no text at hand gives an older form: such agencies share the prefix
    of the province, so serials are counted per prefix.

    Basis: DL24-8.2#1, PT24-9.2bis#1; format by reference TT 01/2018 Đ19 (found).
    """
    if legacy_code:
        return legacy_code
    if code and (derived := legacy_of(code)):
        return derived
    return legacy_of(province_code) or province_code
