"""What somebody stands on when they read a dossier or act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.accounts.rules.acting import Grant
    from motcua.agencies.rules.cards import Post
    from motcua.dossiers.enums import JoinProof


@dataclass(frozen=True)
class Footing:
    """The footing of one actor on one day: an officer has posts, a citizen what others granted to them.

    `ask_grants` is called when `grants` are first read, and only then: they matter where a dossier was filed
    for somebody else, and nearly none is. Without it there are none, as for officers and the system.

    `proof`: by what a citizen has just shown that a dossier of no account is theirs.
    """

    posts: frozenset[Post] = frozenset()
    ask_grants: Callable[[], tuple[Grant, ...]] = tuple
    proof: JoinProof | None = None

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        return self.ask_grants()
