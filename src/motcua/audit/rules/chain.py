"""Verification of a hash chain: each entry's hash covers its body and the hash before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.kernel.canonical import GENESIS, chain_hash


class BreakKind(StrEnum):
    BODY = "body"  # the body or the hash was changed after it was written
    LINK = "link"  # the entry names another predecessor: one was removed, added or moved


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored entry. `ref` names it for people; `previous` is the predecessor's hash as stored."""

    ref: str
    previous: bytes
    hash: bytes
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not hold, what was found and what its place demands."""

    ref: str
    kind: BreakKind
    expected: bytes
    found: bytes


def entry(ref: str, previous: bytes, body: Mapping[str, Any]) -> Entry:
    """The entry that follows `previous` (`GENESIS` for the first)."""
    return Entry(ref, previous, chain_hash(previous, body), body)


def verify(entries: Iterable[Entry], *, start: bytes = GENESIS) -> Break | None:
    """The first bad entry of a chain read in its order, or None if every hash holds.

    Reads lazily and keeps one hash, so a chain of any length can be given. `start` is the hash that the
    first entry must follow. Entries cut off at the end cannot be seen from the chain alone: compare the
    last hash with a copy kept elsewhere.
    """
    previous = start
    for each in entries:
        if each.previous != previous:
            return Break(each.ref, BreakKind.LINK, previous, each.previous)
        expected = chain_hash(previous, each.body)
        if each.hash != expected:
            return Break(each.ref, BreakKind.BODY, expected, each.hash)
        previous = each.hash
    return None
