"""An invitation is accepted while the owner changes, ends or closes what it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.accounts.acting import join, organisation
from tests.accounts.people import MORNING, citizen
from tests.dossiers.test_concurrency import alone, cutting_in

from motcua.accounts import services
from motcua.accounts.errors import InvitationSettled, LastOwner, OthersAreThere
from motcua.accounts.models import Account, Membership
from motcua.accounts.queries import acting, actor_of
from motcua.accounts.rules.acting import MemberRole
from motcua.accounts.services import organisations
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def an() -> Account:
    made = citizen("Nguyễn Văn An", personal_id="066090000001", phone="0912345671", email="an@example.vn")
    return Account.objects.get(pk=made.id)


@pytest.fixture
def binh() -> Account:
    made = citizen("Trần Văn Bình", personal_id="066090000002", phone="0912345672", email="binh@example.vn")
    return Account.objects.get(pk=made.id)


@pytest.fixture
def invited(an: Account, binh: Account) -> Membership:
    services.invite_member(
        actor=actor_of(an),
        organisation_id=organisation(an, MORNING),
        number="066090000002",
        name="Trần Văn Bình",
        role=MemberRole.FILER,
        at=MORNING,
    )
    return Membership.objects.get(number=binh.personal_id)


def joined() -> bool:
    """Whether the owner was told that somebody has joined."""
    return OutboxMessage.objects.filter(key="organisation.joined").exists()


def test_another_role_and_an_acceptance_at_once_lose_neither(
    an: Account, binh: Account, invited: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept() -> int:
        return services.accept_invitation(actor=actor_of(binh), membership_id=invited.pk, at=LATER)

    with cutting_in(monkeypatch, organisations, "_replace", accept) as came:
        services.change_role(
            actor=actor_of(an),
            organisation_id=invited.organisation_id,
            membership_id=invited.pk,
            role=MemberRole.OWNER,
            at=LATER,
        )
    assert isinstance(came[0], InvitationSettled)  # he is shown the one that stands now
    assert (joined(), acting.grants_of(binh.pk, LATER.date())) == (False, ())
    anew = Membership.objects.get(number=binh.personal_id, ended_at__isnull=True)
    services.accept_invitation(actor=actor_of(binh), membership_id=anew.pk, at=LATER)
    assert len(acting.grants_of(binh.pk, LATER.date())) == 1


def test_organisation_is_not_closed_under_somebody_who_joins(
    an: Account, binh: Account, invited: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner comes in between what the acceptance read and what it writes."""

    def close() -> None:
        services.close_organisation(actor=actor_of(an), organisation_id=invited.organisation_id, at=LATER)

    with cutting_in(monkeypatch, organisations, "_tell", close) as came:
        services.accept_invitation(actor=actor_of(binh), membership_id=invited.pk, at=LATER)
    assert isinstance(came[0], OthersAreThere)
    assert (joined(), len(acting.grants_of(binh.pk, LATER.date()))) == (True, 1)


def test_nobody_joins_an_organisation_that_is_being_closed(
    an: Account, binh: Account, invited: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept() -> int:
        return services.accept_invitation(actor=actor_of(binh), membership_id=invited.pk, at=LATER)

    with cutting_in(monkeypatch, organisations, "is_in_use", accept) as came:
        closed = alone(
            lambda: services.close_organisation(
                actor=actor_of(an), organisation_id=invited.organisation_id, at=LATER
            )
        )
    assert closed is None
    assert isinstance(came[0], InvitationSettled)
    assert (joined(), acting.grants_of(binh.pk, LATER.date())) == (False, ())


def test_of_two_owners_who_leave_at_once_one_stays(
    an: Account, binh: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = organisation(an, MORNING)
    join(made, an, binh, MORNING, role=MemberRole.OWNER)

    def leave() -> object:
        return services.leave_organisation(actor=actor_of(binh), organisation_id=made, at=LATER)

    with cutting_in(monkeypatch, organisations, "_must_not_be_last_owner", leave) as came:
        services.leave_organisation(actor=actor_of(an), organisation_id=made, at=LATER)
    assert isinstance(came[0], LastOwner)
    left = Membership.objects.get(organisation_id=made, ended_at__isnull=True)
    assert (left.account_id, left.role) == (binh.pk, MemberRole.OWNER)
