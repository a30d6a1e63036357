"""One byte form for one value, and the hash chain built on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = b"\x00" * 32


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8. Floats are refused: they have no one form."""
    _refuse_floats(value)
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def chain_hash(previous: bytes, body: Mapping[str, Any]) -> bytes:
    """The hash of an entry that follows `previous` (32 bytes; `GENESIS` for the first)."""
    return hashlib.sha256(previous + canonical_json(body)).digest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float has no canonical form: {value!r}")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
