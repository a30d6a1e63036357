"""Two act on one mandate or in one organisation at one moment: each is answered, none is broken off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.accounts import acting
from tests.dossiers.test_concurrency import cutting_in
from tests.dossiers.world import World, make_world

from motcua.accounts import services as accounts
from motcua.accounts.errors import MandateSettled
from motcua.accounts.models import Account, Mandate, Membership
from motcua.accounts.queries import actor_of
from motcua.accounts.services import mandates, organisations
from motcua.kernel.errors import NotFound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def ends(world: World, mandate: int, who: Account) -> Callable[[], None]:
    return lambda: accounts.end_mandate(actor=actor_of(who), mandate_id=mandate, at=world.now)


def test_mandate_that_is_withdrawn_while_it_is_accepted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    giver, receiver = world.people["an"], world.people["binh"]
    made = acting.mandate(giver, receiver, world.now, accepted=False)

    def accepts() -> None:
        accounts.accept_mandate(actor=actor_of(receiver), mandate_id=made, at=world.now)

    with cutting_in(monkeypatch, mandates, "_tell_addressee", accepts) as came:
        ends(world, made, giver)()
    assert isinstance(came[0], MandateSettled)
    assert Mandate.objects.get(pk=made).receiver is None


@pytest.mark.parametrize(("first", "second"), [("an", "binh"), ("binh", "an")])
def test_mandate_that_both_end(
    world: World, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    made = acting.mandate(world.people["an"], world.people["binh"], world.now)
    with cutting_in(monkeypatch, mandates, "_tell", ends(world, made, world.people[second])) as came:
        ends(world, made, world.people[first])()
    assert isinstance(came[0], MandateSettled)
    assert Mandate.objects.get(pk=made).ended_by == world.people[first]


@pytest.mark.parametrize("who_is_first", ["owner", "member"])
def test_member_who_leaves_while_the_representative_removes_them(
    world: World, monkeypatch: pytest.MonkeyPatch, who_is_first: str
) -> None:
    owner, member = world.people["an"], world.people["binh"]
    company = acting.organisation(owner, world.now)
    joined = acting.join(company, owner, member, world.now)

    def removes() -> None:
        accounts.remove_member(
            actor=actor_of(owner), organisation_id=company, membership_id=joined, at=world.now
        )

    def leaves() -> None:
        accounts.leave_organisation(actor=actor_of(member), organisation_id=company, at=world.now)

    works = {"owner": (removes, leaves), "member": (leaves, removes)}[who_is_first]
    with cutting_in(monkeypatch, organisations, "_tell_other", works[1]) as came:
        works[0]()
    assert isinstance(came[0], NotFound)
    ended = Membership.objects.get(pk=joined).ended_by
    assert ended == (owner if who_is_first == "owner" else member)
