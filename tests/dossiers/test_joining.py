"""What was brought to a desk comes into an account with proof; a claim of a number is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, World

from motcua.accounts.errors import CodeSentRecently, WrongCode
from motcua.accounts.models import Account
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import JoinProof, Status, Verb
from motcua.dossiers.errors import (
    AlreadyInAccount,
    AlreadyYours,
    IdentityNotChecked,
    NoSuchDossier,
    NotTheApplicant,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.holding import holding
from motcua.dossiers.rules.joining import is_applicant, is_of_no_account
from motcua.dossiers.rules.state import Applicant, Behalf, Contents, OpenTask, Posting, State, Target
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage

AN = Applicant("Nguyễn Văn An", "066090000001", "0905000001", "me.cua.an@example.vn")
CITIZEN = Actor(ActorKind.CITIZEN, "1", "An")


@pytest.fixture
def named(world: World) -> World:
    """The world, with An's account under the name that stands on the card."""
    world.people["an"].full_name = AN.name
    world.people["an"].save()
    return world


@pytest.fixture
def brought(named: World) -> Act:
    return named.accept(named.register(applicant=AN))


def ask(world: World, act: Act, name: str = "an") -> int:
    return services.ask_to_join(actor=world.actor(name), reference=act.reference, at=world.later(minutes=2))


def code_sent() -> str | None:
    letter = OutboxMessage.objects.filter(key="contact.join_code").order_by("-id").first()
    return None if letter is None else str(letter.context["code"])


def join(world: World, asked: int, code: str, name: str = "an") -> Act:
    return services.join_by_code(actor=world.actor(name), asked_id=asked, code=code, at=world.now)


def checked(world: World, name: str = "an") -> None:
    """An officer has compared the account with the card."""
    Account.objects.filter(pk=world.people[name].pk).update(identity_checked_at=world.now)


def owner(act: Act) -> int | None:
    return Dossier.objects.values_list("owner_id", flat=True).get(pk=act.dossier_id)


@pytest.mark.django_db
@pytest.mark.clause("DL24-3.4", "PT24-3.6", "DL24-18.5")
def test_code_to_the_contact_brings_the_dossier_into_the_account(named: World, brought: Act) -> None:
    act = join(named, ask(named, brought), code_sent() or "")
    an = named.actor("an")
    assert (owner(brought), act.version) == (int(an.id), brought.version + 1)
    view = services.open_dossier(actor=an, at=named.now, dossier_id=brought.dossier_id)
    assert view.history[-1].kind == "account_joined"
    (page,) = services.own_dossiers(
        actor=an, at=named.now, groups=[queries.OwnGroup(frozenset(Status))]
    ).pages
    assert [each.id for each in page.items] == [brought.dossier_id]
    told = OutboxMessage.objects.filter(key="dossier.joined")
    assert set(told.values_list("channel", "address")) == {("in_app", ""), ("email", AN.email)}
    assert services.verify_from(brought.dossier_id, None).difference is None


@pytest.mark.django_db
def test_code_goes_to_the_dossiers_contact_and_never_to_the_accounts(named: World, brought: Act) -> None:
    ask(named, brought)
    letter = OutboxMessage.objects.get(key="contact.join_code")
    assert (letter.address, letter.account_id) == (AN.email, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"personal_id": "066090000002"},
        {"personal_id": ""},
        {"name": "Nguyễn Văn Ấn Khác"},
        {"email": ""},
    ],
)
def test_account_that_is_not_the_applicants_is_sent_nothing_and_told_nothing(
    named: World, changes: dict[str, str]
) -> None:
    act = named.accept(named.register(applicant=replace(AN, **changes)))
    asked = ask(named, act)
    assert code_sent() is None
    with pytest.raises(WrongCode):
        join(named, asked, "000000")
    with pytest.raises(CodeSentRecently):
        services.ask_to_join(actor=named.actor("an"), reference=act.reference, at=named.now)
    assert owner(act) is None


@pytest.mark.django_db
def test_account_that_only_claims_the_number_sees_nothing(named: World, brought: Act) -> None:
    """Number, name and birthday are all that an account shows, and all that a stranger may know."""
    an = named.actor("an")
    with pytest.raises(Forbidden):
        services.open_dossier(actor=an, at=named.now, dossier_id=brought.dossier_id)
    assert services.joinable(actor=an) == ()
    with pytest.raises(IdentityNotChecked):
        services.join_by_identity(actor=an, dossier_id=brought.dossier_id, at=named.now)
    for verb in Verb:
        assert not policy.may(verb, an, policy.footing_of(an, named.now), named.state(brought))
    assert owner(brought) is None


@pytest.mark.django_db
def test_code_of_somebody_elses_asking_opens_nothing(named: World, brought: Act) -> None:
    asked, code = ask(named, brought), code_sent() or ""
    with pytest.raises(WrongCode):
        join(named, asked, code, "binh")
    assert owner(brought) is None


@pytest.mark.django_db
def test_dossier_of_an_account_is_not_taken_over(named: World) -> None:
    act = named.accept(named.register(applicant=AN, owner_id=named.actor("binh").id))
    ask(named, act)
    assert code_sent() is None
    checked(named)
    assert services.joinable(actor=named.actor("an")) == ()
    with pytest.raises(AlreadyInAccount):
        services.join_by_identity(actor=named.actor("an"), dossier_id=act.dossier_id, at=named.now)
    with pytest.raises(AlreadyYours):
        services.ask_to_join(actor=named.actor("binh"), reference=act.reference, at=named.now)


@pytest.mark.django_db
def test_dossier_that_came_into_another_account_meanwhile_stays_there(named: World, brought: Act) -> None:
    asked, code = ask(named, brought), code_sent() or ""
    checked(named)
    services.join_by_identity(actor=named.actor("an"), dossier_id=brought.dossier_id, at=named.now)
    with pytest.raises(AlreadyInAccount):
        join(named, asked, code)


@pytest.mark.django_db
def test_compared_account_finds_and_takes_what_bears_its_number_and_name(named: World, brought: Act) -> None:
    checked(named)
    an = named.actor("an")
    named.accept(named.register(applicant=replace(AN, name="Nguyễn Văn Khác")))
    named.submit(named.draft(applicant=AN))
    ((found, told),) = services.joinable(actor=an)
    assert (found, told.reference) == (brought.dossier_id, brought.code)
    services.join_by_identity(actor=an, dossier_id=found, at=named.later(minutes=1))
    assert owner(brought) == int(an.id)
    assert services.joinable(actor=an) == ()


@pytest.mark.django_db
def test_compared_account_does_not_take_what_bears_another_number(named: World) -> None:
    act = named.accept(named.register(applicant=replace(AN, personal_id="066090000009")))
    checked(named)
    with pytest.raises(NotTheApplicant):
        services.join_by_identity(actor=named.actor("an"), dossier_id=act.dossier_id, at=named.now)
    assert owner(act) is None


@pytest.mark.django_db
def test_code_that_no_dossier_bears_is_said_as_tracking_says_it(named: World) -> None:
    with pytest.raises(NoSuchDossier):
        services.ask_to_join(actor=named.actor("an"), reference="YC-0000-0000", at=named.now)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["chi", "giang"])
def test_officers_take_nothing_into_accounts(named: World, brought: Act, name: str) -> None:
    for call in (
        lambda actor: services.ask_to_join(actor=actor, reference=brought.reference, at=named.now),
        lambda actor: services.join_by_code(actor=actor, asked_id=1, code="000000", at=named.now),
        lambda actor: services.join_by_identity(actor=actor, dossier_id=brought.dossier_id, at=named.now),
        lambda actor: services.joinable(actor=actor),
    ):
        with pytest.raises(Forbidden):
            call(named.actor(name))


# --- rules ---------------------------------------------------------------------------------------
TARGET = Target(1, "1.000001", 1, Posting(1, 2, 3, 4), "counter")
states = st.builds(
    State,
    status=st.sampled_from(list(Status)),
    version=st.just(1),
    target=st.sampled_from([replace(TARGET, channel=each) for each in ("counter", "postal", "online")]),
    contents=st.builds(
        Contents,
        applicant=st.builds(
            Applicant, st.sampled_from(["An", "Bình"]), st.sampled_from(["", "066090000001", "066090000002"])
        ),
    ),
    owner_id=st.sampled_from(["", "1", "2"]),
    filed_at=st.sampled_from([None, MONDAY]),
    behalf=st.sampled_from([None, Behalf("Bình", "1", "authorised", "", account_id="2")]),  # type: ignore[arg-type]
)


@given(states, st.sampled_from([None, *JoinProof]))
def test_nobody_takes_a_dossier_without_proof_or_out_of_an_account(state: State, proof: Any) -> None:
    may = policy.may(Verb.JOIN_ACCOUNT, CITIZEN, Footing(proof=proof), state)
    assert may is (proof is not None and is_of_no_account(state))
    assert not may or (not state.owner_id and state.filed_at is not None and state.target.channel != "online")


@given(
    states, st.sampled_from(["", "066090000001", "066090000002"]), st.sampled_from(["An", "an", "Bình", ""])
)
def test_applicant_is_who_bears_number_and_name(state: State, number: str, name: str) -> None:
    applicant = state.contents.applicant
    expected = bool(number) and applicant.personal_id == number and applicant.name.lower() == name.lower()
    assert is_applicant(state, personal_id=number, name=name) is expected


def _task(key: str, unit: int, kind: str = "process", duty: str = "") -> OpenTask:
    return OpenTask(key, key, kind, key, "case_officer", unit, MONDAY, duty=duty)


def test_dossier_is_with_the_units_whose_step_is_open_and_not_with_who_was_asked() -> None:
    tasks = (_task("a", 2), _task("b", 2), _task("c", 4), _task("d", 3, "consult"), _task("e", 9, duty="x"))
    state = State(Status.IN_PROGRESS, 1, TARGET, Contents(AN), tasks=tasks)
    assert [task.key for task in holding(state)] == ["a", "c"]


@pytest.mark.django_db
def test_owner_reads_which_unit_has_the_dossier(named: World) -> None:
    act = named.accept(named.register(applicant=AN, owner_id=named.actor("an").id))

    def held() -> tuple[str, ...]:
        view = services.open_dossier(actor=named.actor("an"), at=named.now, dossier_id=act.dossier_id)
        return view.held_by

    assert held() == ("desk",)
    act = named.hand_over(act)
    assert held() == ("division",)
    named.assign(act)
    assert held() == ("division",)
