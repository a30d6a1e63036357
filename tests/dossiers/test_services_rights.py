"""The matrix of rights says what `policy` does."""

from __future__ import annotations

import pytest

from motcua.agencies.enums import Role
from motcua.dossiers import services
from motcua.dossiers.enums import Verb

DESK = {Role.RECEIVER, Role.DESK_HEAD}


def right(verb: Verb) -> services.Right:
    return next(each for each in services.rights() if each.verb is verb)


def test_rights_cover_every_verb_once_and_somebody_may_use_each() -> None:
    found = services.rights()
    assert [each.verb for each in found] == list(Verb)
    assert [each.verb for each in found if not (each.posts or each.owner)] == []


def test_strangers_and_administrators_may_do_nothing_to_a_dossier() -> None:
    assert [each.verb for each in services.rights() if each.stranger or Role.ADMIN in each.posts] == []


@pytest.mark.parametrize(
    ("verb", "posts", "owner"),
    [
        (Verb.SUBMIT, set(), True),
        (Verb.ACCEPT, DESK, False),
        (Verb.ASSIGN, {Role.UNIT_HEAD}, False),
        (Verb.APPROVE, {Role.APPROVER}, False),
        (Verb.RETURN_RESULT, DESK, False),
        (Verb.WITHDRAW, DESK, True),
    ],
)
@pytest.mark.clause("PT24-3.4")
def test_right_of_a_verb_is_with_the_posts_that_the_policy_names(
    verb: Verb, posts: set[Role], owner: bool
) -> None:
    found = right(verb)
    assert (set(found.posts), found.owner) == (posts, owner)


def test_grounds_of_a_verb_name_its_clauses() -> None:
    assert "DL24-8.1.c" in right(Verb.ACCEPT).grounds
    assert right(Verb.REGISTER_BY_POST).grounds == right(Verb.REGISTER_AT_COUNTER).grounds != ""
