"""Are the bytes in the store still those that were stored?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from motcua.documents import queries
from motcua.documents.models import Blob
from motcua.documents.rules import addresses

_BATCH = 500
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """How many contents were read, and the SHA-256 of those that are gone or have become others."""

    contents: int
    lost: tuple[str, ...]
    altered: tuple[str, ...]


def check_contents(*, progress: Callable[[int], None] = lambda done: None) -> Checked:
    """Read every stored content and hash it again; `progress` is called with how many are done.

    Goes on past what differs, as one broken disk seldom breaks one file. In no transaction: the store may be
    at the other end of a network.
    """
    lost, altered, done = [], [], 0
    for sha256 in _contents():
        now = _hash_of(sha256)
        if now is None:
            lost.append(sha256)
        elif now != sha256:
            altered.append(sha256)
        done += 1
        progress(done)
    return Checked(done, tuple(lost), tuple(altered))


def _contents() -> Iterator[str]:
    last = ""
    while batch := list(
        Blob.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
    ):
        yield from batch
        last = batch[-1]


def _hash_of(sha256: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with queries.content_storage().open(addresses.key_of(sha256), "rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return None
    return digest.hexdigest()
