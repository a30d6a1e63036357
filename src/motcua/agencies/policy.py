"""Who may record that an officer is away. Deny by default."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from motcua.agencies.enums import Role

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Officer, Post

_HEADS = frozenset({Role.UNIT_HEAD, Role.DESK_HEAD})


def may_record_absence(
    posts: Collection[Post], officer_posts: Collection[Officer], agency_of: dict[int, int]
) -> bool:
    """Whether the holder of `posts` answers for the officer: leads the agency, or heads the unit.

    `agency_of` gives the agency of each unit. Who only stands in for a head records nobody's absence.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, DL24-11.6.
    """
    own = [post for post in posts if not post.for_id]
    led = {post.agency_id for post in own if post.role is Role.APPROVER}
    headed = {post.unit_id for post in own if post.role in _HEADS}
    return any(each.unit_id in headed or agency_of.get(each.unit_id) in led for each in officer_posts)
