"""The matrix of rights says what `policy` does."""

from __future__ import annotations

import pytest

from motcua.agencies.enums import Role
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.law import queries as law
from motcua.law.rules import Regulation

DL24, QN20 = law.regulation("DL24"), law.regulation("QN20")
DESK = {Role.RECEIVER, Role.DESK_HEAD}


def right(verb: Verb) -> services.Right:
    return next(each for each in services.rights(DL24) if each.verb is verb)


def test_rights_cover_every_verb_once_and_somebody_may_use_each() -> None:
    found = services.rights(DL24)
    assert [each.verb for each in found] == list(Verb)
    assert [each.verb for each in found if not (each.posts or each.owner)] == []


def test_control_of_supplements_is_with_whom_the_regulation_names() -> None:
    def controllers(regulation: Regulation) -> set[Role]:
        found = {each.verb: each for each in services.rights(regulation)}
        return set(found[Verb.RELEASE_SUPPLEMENT].posts)

    assert controllers(DL24) == {Role.APPROVER} | DESK  # the leader agrees, the desk sends
    assert controllers(QN20) == {Role.DESK_HEAD}
    assert controllers(law.regulation("PT24")) == DESK  # nobody has to agree, the desk sends


def test_request_that_nobody_agreed_to_is_given_back_by_the_desk() -> None:
    def returning(name: str) -> set[Role]:
        found = {each.verb: each for each in services.rights(law.regulation(name))}
        return set(found[Verb.RETURN_SUPPLEMENT].posts)

    assert returning("PT24") == returning("KT22") == DESK
    assert (
        returning("DL24") == returning("KT18") == {Role.APPROVER}
    )  # the desk sends what the leader agreed to
    assert returning("QN20") == {Role.DESK_HEAD}


def test_desk_that_only_sends_on_is_told_from_the_leader_who_agrees() -> None:
    found = {each.verb: each for each in services.rights(DL24)}
    assert set(found[Verb.RELEASE_SUPPLEMENT].relays) == DESK
    assert {each.verb for each in services.rights(QN20) if each.relays} == set()


def test_right_that_comes_with_a_step_is_told_from_one_that_comes_with_the_post() -> None:
    found = {each.verb: each for each in services.rights(DL24)}
    for verb in (Verb.PLAN_VERIFICATION, Verb.CONSULT, Verb.PAUSE, Verb.ISSUE_RESULT):
        assert DESK <= found[verb].by_step <= found[verb].posts
    assert Role.UNIT_HEAD not in found[Verb.CONSULT].by_step
    assert found[Verb.RESUME].by_step == {Role.CASE_OFFICER, Role.APPROVER}


def test_strangers_and_administrators_may_do_nothing_to_a_dossier() -> None:
    assert [each.verb for each in services.rights(DL24) if each.stranger or Role.ADMIN in each.posts] == []


@pytest.mark.parametrize(
    ("verb", "posts", "owner"),
    [
        (Verb.SUBMIT, set(), True),
        (Verb.ACCEPT, DESK, False),
        (Verb.ASSIGN, {Role.UNIT_HEAD, Role.APPROVER}, False),
        (Verb.ENTRUST, DESK | {Role.UNIT_HEAD, Role.CASE_OFFICER}, False),
        (Verb.STOP, DESK, False),
        (Verb.APPROVE, {Role.APPROVER}, False),
        (Verb.RETURN_RESULT, DESK | {Role.POSTAL_STAFF}, False),
        (Verb.WITHDRAW, DESK, True),
    ],
)
@pytest.mark.clause("PT24-3.4")
@pytest.mark.any_regulation(
    "the policy of posts is one for all regulations; its exceptions have tests of their own"
)
def test_right_of_a_verb_is_with_the_posts_that_the_policy_names(
    verb: Verb, posts: set[Role], owner: bool
) -> None:
    found = right(verb)
    assert (set(found.posts), found.owner) == (posts, owner)


@pytest.mark.parametrize("name", ["KT18", "QN20", "KT22", "DL24", "PT24"])
def test_clerk_numbers_and_sends_back_and_turns_neither_to_the_applicant_nor_to_the_clock(name: str) -> None:
    """No clause gives it to whoever numbers papers: the settling unit does it, the desk, or the leader."""
    found = {each.verb for each in services.rights(law.regulation(name)) if Role.CLERK in each.posts}
    assert found == {
        Verb.ATTACH_DOCUMENT, Verb.COMPLETE_STEP, Verb.SEND_BACK, Verb.ISSUE_RESULT, Verb.CORRECT,
    }  # fmt: skip


@pytest.mark.clause("KT22-4.4")
def test_powers_and_duties_hang_on_the_post_and_nobody_acts_without_one() -> None:
    """Each verb is with posts or the applicant, posts have duties by clause, strangers have no power."""
    found = services.rights(law.regulation("KT22"))
    assert [each.verb for each in found if each.stranger or not (each.posts or each.owner)] == []
    duties = law.law().duties["KT22"]
    with_duties = {post for each in duties if each.clauses for post in each.party.posts}
    assert {Role.RECEIVER, Role.CASE_OFFICER, Role.APPROVER, Role.ADMIN} <= with_duties
    assert next(each.clauses for each in duties if each.party.key == "applicant")


def test_grounds_of_a_verb_name_its_clauses() -> None:
    assert "DL24-8.1.c" in right(Verb.ACCEPT).grounds
    assert right(Verb.REGISTER_BY_POST).grounds == right(Verb.REGISTER_AT_COUNTER).grounds != ""
