"""Identifiers that sort by time."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def uuid7(at: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds of `at`, the rest random."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    tail = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return UUID(int=value)
