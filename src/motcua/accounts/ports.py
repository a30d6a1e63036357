"""What accounts need from above: somebody who carries letters. `notify` registers itself here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Letters(Protocol):
    """Posts a letter to an address inside the current transaction; the key names the text."""

    def __call__(
        self, *, key: str, account_id: int, address: str, name: str, context: Mapping[str, str], at: datetime
    ) -> None: ...


_letters: list[Letters] = []


def register_letters(carrier: Letters) -> None:
    """Make `carrier` the one who posts letters; the last one registered serves."""
    _letters[:] = [carrier]


def letters() -> Letters:
    """The registered carrier. Raises RuntimeError if there is none: a mistake of the installation."""
    if not _letters:
        raise RuntimeError("no app registered itself to post letters for accounts")
    return _letters[0]
