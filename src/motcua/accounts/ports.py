"""What accounts need from above: somebody who carries letters and forgets them (`notify` registers itself),
and who knows what hangs on an organisation (`dossiers` does)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol


class Letters(Protocol):
    """Posts a letter to an address inside the current transaction; the key names the text."""

    def __call__(
        self, *, key: str, account_id: int, address: str, name: str, context: Mapping[str, str], at: datetime
    ) -> None: ...


Forget = Callable[[Collection[int]], None]
InUse = Callable[[int], bool]

_letters: list[Letters] = []
_forget: list[Forget] = []
_in_use: list[InUse] = []


def register_letters(carrier: Letters) -> None:
    """Make `carrier` the one who posts letters; the last one registered serves."""
    _letters[:] = [carrier]


def letters() -> Letters:
    """The registered carrier. Raises RuntimeError if there is none: a mistake of the installation."""
    if not _letters:
        raise RuntimeError("no app registered itself to post letters for accounts")
    return _letters[0]


def register_forgetting(forget: Forget) -> None:
    """Make `forget` the one who removes every letter to accounts that are about to be removed."""
    _forget[:] = [forget]


def forget_letters(account_ids: Collection[int]) -> None:
    """Remove all letters to these accounts, inside the current transaction."""
    for forget in _forget:
        forget(account_ids)


def register_use(in_use: InUse) -> None:
    """Make `in_use` one of those who know whether something of an organisation is open."""
    if in_use not in _in_use:
        _in_use.append(in_use)


def is_in_use(organisation_id: int) -> bool:
    """Whether anything is open that only the people of this organisation can go on with."""
    return any(ask(organisation_id) for ask in _in_use)
