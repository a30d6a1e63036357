"""One byte form for one value, and the hash chain built on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = b"\x00" * 32
_PLAIN = frozenset((str, int, bool, type(None)))


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
    """Nearly every value is plain: those are passed over by their type alone."""
    if isinstance(value, float):
        raise TypeError(f"a float has no canonical form: {value!r}")
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for item in items:
        if type(item) not in _PLAIN:
            _refuse_floats(item)
