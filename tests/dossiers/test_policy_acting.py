"""Who sees and who acts, for every mix of account, right and dossier there can be: deny by default."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts.rules.acting import Grant
from motcua.dossiers import policy
from motcua.dossiers.enums import Capacity, Status, Verb
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.state import Applicant, Behalf, Contents, Posting, State, Target
from motcua.kernel.actors import Actor, ActorKind

AT = datetime(2024, 3, 4, 8, tzinfo=UTC)
ACCOUNTS, ORGANISATIONS, CODES = ("1", "2", "3"), ("7", "8"), ("1.000001", "1.000002")
BY_APPLICANTS = (Verb.SAVE_DRAFT, Verb.SUBMIT, Verb.SUPPLEMENT, Verb.WITHDRAW)

mandates = st.builds(
    Grant,
    key=st.just("uy-quyen-1"),
    name=st.just("An"),
    number=st.just("066090000001"),
    may_act=st.just(True),
    principal_id=st.sampled_from(ACCOUNTS),
    procedures=st.frozensets(st.sampled_from(CODES)),
)
memberships = st.builds(
    Grant,
    key=st.just("to-chuc-1"),
    name=st.just("Công ty"),
    number=st.just("6001234567"),
    may_act=st.booleans(),
    organisation_id=st.sampled_from(ORGANISATIONS),
)
grants = st.lists(mandates | memberships, max_size=4).map(tuple)
behalves = st.none() | st.one_of(
    st.sampled_from(ACCOUNTS).map(
        lambda one: Behalf("An", "066090000001", Capacity.AUTHORISED, "", account_id=one)
    ),
    st.sampled_from(ORGANISATIONS).map(
        lambda one: Behalf("Công ty", "6001234567", Capacity.AUTHORISED, "", organisation_id=one)
    ),
)


@st.composite
def states(draw: st.DrawFn) -> State:
    is_filed = draw(st.booleans())
    return State(
        status=Status.SUBMITTED if is_filed else Status.DRAFT,
        version=1,
        target=Target(0, draw(st.sampled_from(CODES)), 0, Posting(1, 2, 3, 4), "online"),
        contents=Contents(Applicant("An")),
        owner_id=draw(st.sampled_from(ACCOUNTS)),
        filed_at=AT if is_filed else None,
        behalf=draw(behalves),
    )


def holding(held: tuple[Grant, ...]) -> Footing:
    return Footing(ask_grants=lambda: held)


def person(account_id: str) -> Actor:
    return Actor(ActorKind.CITIZEN, account_id, "An")


@given(st.sampled_from(ACCOUNTS), grants, states())
def test_who_acts_sees_and_who_reads_is_on_the_applicants_side(
    account_id: str, held: tuple[Grant, ...], state: State
) -> None:
    actor, footing = person(account_id), holding(held)
    sees = policy.is_owner(actor, footing, state)
    assert policy.may_read(actor, footing, state) is sees
    for verb in Verb:
        acts = policy.may(verb, actor, footing, state)
        assert not acts or (sees and verb in BY_APPLICANTS)


@given(st.sampled_from(ACCOUNTS), grants, states())
def test_nobody_sees_without_holding_a_right_now_or_having_given_it(
    account_id: str, held: tuple[Grant, ...], state: State
) -> None:
    actor, behalf = person(account_id), state.behalf
    sees = policy.is_owner(actor, holding(held), state)
    if behalf is None:
        assert sees is (state.owner_id == account_id)
    elif behalf.organisation_id:
        roles = [each.may_act for each in held if each.organisation_id == behalf.organisation_id]
        assert not sees or roles
        assert sees or state.filed_at is None or not roles
    else:
        prepared = state.owner_id == account_id
        holds = any(
            each.principal_id == behalf.account_id and each.covers(state.target.procedure_code)
            for each in held
        )
        if state.filed_at is None:
            assert sees is prepared
        else:
            assert sees is (behalf.account_id == account_id or (prepared and holds))


@given(st.sampled_from(ACCOUNTS), states())
def test_without_any_right_nothing_of_others_is_done(account_id: str, state: State) -> None:
    behalf = state.behalf
    for verb in BY_APPLICANTS:
        acts = policy.may(verb, person(account_id), Footing(), state)
        is_draft_thrown_away = verb is Verb.WITHDRAW and state.status is Status.DRAFT
        is_own = behalf is None and state.owner_id == account_id
        is_givers = behalf is not None and behalf.account_id == account_id
        is_makers = behalf is not None and bool(behalf.account_id) and state.owner_id == account_id
        assert not acts or is_own or is_givers or (is_draft_thrown_away and is_makers)


@given(grants, states())
def test_officers_are_on_no_applicants_side_by_what_citizens_hold(
    held: tuple[Grant, ...], state: State
) -> None:
    officer = Actor(ActorKind.OFFICER, "9", "Chi")
    for verb in BY_APPLICANTS:
        assert not policy.may(verb, officer, holding(held), state)
