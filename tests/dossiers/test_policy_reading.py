"""Whoever may do something to a dossier may read it: asked of every verb, post, channel and regulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.test_policy_acting import ACCOUNTS, grants, holding, person
from tests.dossiers.test_policy_acting import states as filed_by_citizens

from motcua.accounts.rules.acting import Grant
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import Post
from motcua.dossiers import policy
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.rules.decide import is_open
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.state import Applicant, Contents, OpenTask, Posting, ResultDelivery, State, Target
from motcua.kernel.actors import Actor, ActorKind
from motcua.process.enums import StepKind

REGULATIONS = ("KT18", "QN20", "KT22", "DL24", "PT24")
CHANNELS = ("online", "counter", "postal")
AT = datetime(2024, 3, 4, 8, tzinfo=UTC)
OFFICER = Actor(ActorKind.OFFICER, "9", "Chi")
UNITS = (1, 2, 3, 4, 5, 6)  # desk, settling, leadership, office; asked elsewhere; none of them
# These make the dossier or join it to an account: there is nothing to be read before.
BEGINNING = {Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST, Verb.JOIN_ACCOUNT}


def task(kind: str, role: Role, unit_id: int) -> OpenTask:
    return OpenTask(kind, kind, kind, kind, role.value, unit_id, AT)


def filed(regulation: str, status: Status, channel: str, delivery: str, tasks: tuple[OpenTask, ...]) -> State:
    return State(
        status=status,
        version=1,
        target=Target(0, "1.000001", 0, Posting(1, 2, 3, 4), channel, regulation=regulation),
        contents=Contents(Applicant("An"), delivery=ResultDelivery(delivery)),
        owner_id="1",
        filed_at=AT,
        tasks=tasks,
    )


@pytest.mark.clause("KT22-1.2.g", "KT22-4.4")
@pytest.mark.parametrize("regulation", REGULATIONS)
def test_officer_who_may_act_may_read(regulation: str) -> None:
    verbs = [verb for verb in Verb if verb not in BEGINNING]
    allowed = set()
    for status, channel, how in product(Status, CHANNELS, CHANNELS):
        if status is Status.DRAFT:
            continue
        for accepted in (None, AT):
            bare = replace(filed(regulation, status, channel, how, ()), accepted_at=accepted)
            for unit_id, role in product(UNITS, Role):
                # Each post once with every kind of task before it, at its own unit.
                given_to = tuple(task(kind.value, role, unit_id) for kind in StepKind) if unit_id < 6 else ()
                footing = Footing(frozenset({Post(unit_id, 1, role)}))
                for state in (bare, replace(bare, tasks=given_to)):
                    if role in (Role.POSTAL_STAFF, Role.ADMIN) and state.tasks:
                        continue  # no step is ever theirs
                    can = {v for v in verbs if is_open(state, v) and policy.may(v, OFFICER, footing, state)}
                    assert not can or policy.may_read(OFFICER, footing, state), (status, channel, role, can)
                    allowed |= can
    assert len(allowed) > 25  # the question was asked of what is really given


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.DRAFT])
@pytest.mark.parametrize("regulation", REGULATIONS)
def test_contracted_staff_read_and_accept_online_only_where_the_text_has_them_receive(
    regulation: str, status: Status
) -> None:
    footing = Footing(frozenset({Post(1, 1, Role.POSTAL_STAFF)}))
    state = filed(regulation, status, "online", "counter", ())
    is_theirs = regulation == "KT22" and status in (Status.SUBMITTED, Status.ACCEPTED)
    assert policy.may(Verb.ACCEPT, OFFICER, footing, state) is is_theirs
    assert policy.may_read_contents(OFFICER, footing, state) is is_theirs


@given(st.sampled_from(ACCOUNTS), grants, filed_by_citizens(), st.sampled_from(Verb))
def test_citizen_who_may_act_may_read(
    account_id: str, held: tuple[Grant, ...], state: State, verb: Verb
) -> None:
    actor, footing = person(account_id), holding(held)
    if verb not in BEGINNING and policy.may(verb, actor, footing, state):
        assert policy.may_read(actor, footing, state)
