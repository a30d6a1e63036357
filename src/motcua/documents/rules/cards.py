"""A stored file as the rest of the house sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileCard:
    """`id` is a UUID as text; `sha256` is hex; `size` is in bytes; `name` is safe to show and to save as.

    `pages` is None for what was not counted, or has none.
    """

    id: str
    sha256: str
    size: int
    media_type: str
    name: str
    pages: int | None = None
