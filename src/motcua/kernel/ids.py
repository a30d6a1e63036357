"""Identifiers that sort by time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID


def uuid7(at: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds of `at`, the rest random."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    tail = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return UUID(int=value)


def uuid7_for(key: UUID, whose: str) -> UUID:
    """The same identifier whenever it is asked for: the time of `key`, which is of version 7, the rest by
    hash of both, so that the key of one person leads to nothing of another."""
    digest = hashlib.sha256(f"{key.hex}:{whose}".encode()).digest()
    tail = int.from_bytes(digest[:10]) & ((1 << 74) - 1)
    head = key.int >> 80 << 80
    return UUID(int=head | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1))
