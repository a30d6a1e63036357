"""Who may stand in for whom: whose post passes to a colleague while its holder is away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from motcua.agencies.enums import Role
from motcua.agencies.errors import AuthorityUndated, AuthorityUnnumbered
from motcua.kernel.text import visible_line

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post

HEADS = frozenset({Role.UNIT_HEAD, Role.DESK_HEAD})
# Where each text has the agency's leaders decide what its officers propose; KT22 and QN20 say nothing of it.
LEADERS_DECIDE = ("DL24-20.2", "KT18-15.0", "KT18-15.2", "PT24-10.1.a#2")
_OUTSIDE = frozenset({Role.ADMIN, Role.POSTAL_STAFF})


def may_stand_in(post: Post, own: Collection[Post], *, is_authorised: bool) -> bool:
    """Whether the post passes to a colleague who holds these posts in their own right.

    A leader's, by which one decides and signs, to another leader of the agency, or to the head of one of its
    units whom the leader has authorised in writing: the texts have the leaders of the agency decide. A head's
    to a leader or a head of the agency, or to somebody of the same unit, of which no text speaks. Every other
    post to any colleague.

    Basis: DL24-20.2, KT18-15.0, KT18-15.2, PT24-10.1.a#2; our own reading beyond them (reading A64).
    """
    here = [each for each in own if each.agency_id == post.agency_id]
    if post.role is Role.APPROVER:
        leads = any(each.role is Role.APPROVER for each in here)
        return leads or (is_authorised and any(each.role in HEADS for each in here))
    if post.role in HEADS:
        beside = any(each.unit_id == post.unit_id and each.role not in _OUTSIDE for each in here)
        return beside or any(each.role in HEADS or each.role is Role.APPROVER for each in here)
    return True


@dataclass(frozen=True, slots=True)
class Authority:
    """The paper by which a leader authorised the head of a unit to stand in; the day is None if none was
    given."""

    number: str
    day: date | None

    def in_words(self, today: date) -> str:
        """The paper as it is kept and shown. Raises AuthorityUnnumbered, AuthorityUndated."""
        number = visible_line(self.number)
        if not any(char.isdigit() for char in number):
            raise AuthorityUnnumbered()
        if self.day is None or self.day > today:
            raise AuthorityUndated()
        return f"số {number} ngày {self.day:%d/%m/%Y}"
