"""Where bytes lie in the store: by their own SHA-256."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/([0-9a-f]{64})")


def key_of(sha256: str) -> str:
    """`ab/cd/abcd…`: two levels, so that no folder grows past a few thousand entries. Raises ValueError."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in hex: {sha256!r}")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def sha256_of(key: str) -> str | None:
    """The hash behind a key, or None if the key is not one of ours."""
    match = _KEY.fullmatch(key)
    if match is None or not match[3].startswith(match[1] + match[2]):
        return None
    return match[3]


def lock_numbers(hashes: Iterable[str]) -> list[int]:
    """A signed 64-bit number for each of the locks that guard these bytes, in one order, so that two who take
    them never wait for each other."""
    return [int.from_bytes(bytes.fromhex(each[:16]), "big", signed=True) for each in sorted(hashes)]
