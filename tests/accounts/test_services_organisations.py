"""Organisations: who owns them, who is invited, what each may do, and that somebody always answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.accounts.acting import join, organisation
from tests.accounts.conftest import last_code
from tests.accounts.people import MORNING, citizen, officer

from motcua.accounts import services
from motcua.accounts.errors import (
    AlreadyDeclared,
    AlreadyThere,
    FieldErrors,
    LastOwner,
    MailboxNeedsNoCode,
    OthersAreThere,
    TooManyOrganisations,
    TooManyPeople,
    WrongCode,
)
from motcua.accounts.models import Account, Membership, Organisation
from motcua.accounts.queries import acting, actor_of
from motcua.accounts.rules.acting import MemberRole, NumberKind, Proof
from motcua.accounts.rules.limits import limit
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
NAMES = {"an": "Nguyễn Văn An", "binh": "Trần Văn Bình", "giang": "Lê Giang"}


@pytest.fixture
def people() -> dict[str, Account]:
    cards = {
        key: citizen(
            name,
            personal_id=f"06609000000{number}",
            phone=f"091234567{number}",
            email=f"{key}@example.vn",
        )
        for number, (key, name) in enumerate(NAMES.items(), start=1)
    }
    return {key: Account.objects.get(pk=card.id) for key, card in cards.items()}


def roles(account: Account) -> list[tuple[MemberRole | None, bool]]:
    return [(grant.role, grant.may_act) for grant in acting.grants_of(account.pk, TODAY)]


def told(key: str) -> list[int | None]:
    return sorted({row.account_id or 0 for row in OutboxMessage.objects.filter(key=key)})


def own(account: Account, made: int) -> int:
    return Membership.objects.get(organisation_id=made, account=account, ended_at__isnull=True).pk


def test_who_declares_an_organisation_represents_it_and_it_is_only_declared(
    people: dict[str, Account],
) -> None:
    made = organisation(people["an"], MORNING)
    assert roles(people["an"]) == [(MemberRole.OWNER, True)]
    assert acting.organisation(people["an"].pk, made).proof is Proof.DECLARED


def test_number_may_be_declared_twice_but_proved_once(people: dict[str, Account]) -> None:
    first, second = organisation(people["an"], MORNING), organisation(people["giang"], MORNING)
    Organisation.objects.filter(pk=first).update(proof=Proof.PROVED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=second).update(proof=Proof.PROVED)


def test_declaration_says_all_that_is_wrong_at_once(people: dict[str, Account]) -> None:
    with pytest.raises(FieldErrors) as refused:
        organisation(people["an"], MORNING, name=" ", number="12", address="", phone="1", email="@")
    assert set(refused.value.fields) == {"name", "number", "address", "phone", "email"}
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("role", "may_act"), [(MemberRole.OWNER, True), (MemberRole.FILER, True), (MemberRole.VIEWER, False)]
)
def test_who_is_invited_has_nothing_before_they_accept(
    people: dict[str, Account], role: MemberRole, may_act: bool
) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made, role)
    assert roles(people["binh"]) == []
    with pytest.raises(NotFound):
        acting.organisation(people["binh"].pk, made)
    assert told("organisation.invited") == [people["binh"].pk]
    (card,) = acting.organisations_of(people["binh"].pk)

    services.accept_invitation(actor=actor_of(people["binh"]), membership_id=card.own.id, at=MORNING)

    assert roles(people["binh"]) == [(role, may_act)]
    assert told("organisation.joined") == [people["an"].pk]


def invite(
    people: dict[str, Account], made: int, role: MemberRole = MemberRole.FILER, **changes: Any
) -> None:
    given = {"number": people["binh"].personal_id, "name": people["binh"].full_name}
    services.invite_member(
        actor=actor_of(people["an"]), organisation_id=made, role=role, at=MORNING, **given | changes
    )


def test_invitation_to_another_name_is_not_theirs(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made, name="Trần Văn Bin")
    row = Membership.objects.get(organisation_id=made, account__isnull=True)
    assert acting.organisations_of(people["binh"].pk) == ()
    for act in (services.accept_invitation, services.decline_invitation):
        with pytest.raises(NotFound):
            act(actor=actor_of(people["binh"]), membership_id=row.pk, at=MORNING)


def test_nobody_is_invited_twice(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made)
    with pytest.raises(AlreadyThere):
        invite(people, made, name="Ai Đó")
    (card,) = acting.organisations_of(people["binh"].pk)
    services.decline_invitation(actor=actor_of(people["binh"]), membership_id=card.own.id, at=MORNING)
    assert acting.organisations_of(people["binh"].pk) == ()
    invite(people, made)


Act = Callable[[dict[str, Account], int, int], None]


def change(people: dict[str, Account], made: int, row: int) -> None:
    services.change_role(
        actor=actor_of(people["binh"]),
        organisation_id=made,
        membership_id=row,
        role=MemberRole.OWNER,
        at=MORNING,
    )


def pass_on(people: dict[str, Account], made: int, row: int) -> None:
    services.pass_on(actor=actor_of(people["binh"]), organisation_id=made, membership_id=row, at=MORNING)


def remove(people: dict[str, Account], made: int, row: int) -> None:
    services.remove_member(
        actor=actor_of(people["binh"]), organisation_id=made, membership_id=row, at=MORNING
    )


def invite_as_binh(people: dict[str, Account], made: int, row: int) -> None:
    services.invite_member(
        actor=actor_of(people["binh"]),
        organisation_id=made,
        number="066090000009",
        name="Ai Đó",
        role=MemberRole.VIEWER,
        at=MORNING,
    )


@pytest.mark.parametrize("act", [change, pass_on, remove, invite_as_binh])
@pytest.mark.parametrize("role", [MemberRole.FILER, MemberRole.VIEWER, None])
def test_only_a_legal_representative_runs_it(
    people: dict[str, Account], act: Act, role: MemberRole | None
) -> None:
    made = organisation(people["an"], MORNING)
    row = own(people["an"], made)
    if role is not None:
        row = join(made, people["an"], people["binh"], MORNING, role)
    before = list(Membership.objects.order_by("pk").values_list("pk", "role", "ended_at"))
    with pytest.raises(NotFound if role is None else Forbidden):
        act(people, made, row)
    assert list(Membership.objects.order_by("pk").values_list("pk", "role", "ended_at")) == before


def test_role_that_changes_is_another_row(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    row = join(made, people["an"], people["binh"], MORNING, MemberRole.VIEWER)
    services.change_role(
        actor=actor_of(people["an"]),
        organisation_id=made,
        membership_id=row,
        role=MemberRole.FILER,
        at=MORNING,
    )
    assert roles(people["binh"]) == [(MemberRole.FILER, True)]
    kept = Membership.objects.filter(account=people["binh"]).order_by("pk").values_list("role", "ended_at")
    assert list(kept) == [("viewer", MORNING), ("filer", None)]
    assert told("organisation.changed") == [people["binh"].pk]


def test_who_was_removed_has_nothing_at_once(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    row = join(made, people["an"], people["binh"], MORNING)
    services.remove_member(actor=actor_of(people["an"]), organisation_id=made, membership_id=row, at=MORNING)
    assert roles(people["binh"]) == []
    with pytest.raises(NotFound):
        acting.organisation(people["binh"].pk, made)
    assert told("organisation.removed") == [people["binh"].pk]


def test_last_legal_representative_can_neither_leave_nor_step_down(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    join(made, people["an"], people["binh"], MORNING)
    actor, row = actor_of(people["an"]), own(people["an"], made)
    with pytest.raises(LastOwner):
        services.leave_organisation(actor=actor, organisation_id=made, at=MORNING)
    with pytest.raises(LastOwner):
        services.remove_member(actor=actor, organisation_id=made, membership_id=row, at=MORNING)
    with pytest.raises(LastOwner):
        services.change_role(
            actor=actor, organisation_id=made, membership_id=row, role=MemberRole.VIEWER, at=MORNING
        )
    assert roles(people["an"]) == [(MemberRole.OWNER, True)]


def test_invitation_to_represent_it_does_not_let_the_last_one_go(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made, MemberRole.OWNER)
    with pytest.raises(LastOwner):
        services.leave_organisation(actor=actor_of(people["an"]), organisation_id=made, at=MORNING)


def test_representation_is_passed_on_and_then_one_may_leave(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    row = join(made, people["an"], people["binh"], MORNING)
    services.pass_on(actor=actor_of(people["an"]), organisation_id=made, membership_id=row, at=MORNING)
    assert roles(people["binh"]) == [(MemberRole.OWNER, True)]
    assert roles(people["an"]) == [(MemberRole.FILER, True)]
    services.leave_organisation(actor=actor_of(people["an"]), organisation_id=made, at=MORNING)
    assert roles(people["an"]) == []
    with pytest.raises(LastOwner):
        services.leave_organisation(actor=actor_of(people["binh"]), organisation_id=made, at=MORNING)


def test_representation_is_not_passed_to_somebody_who_has_not_accepted(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made)
    row = Membership.objects.get(organisation_id=made, account__isnull=True)
    with pytest.raises(NotFound):
        services.pass_on(actor=actor_of(people["an"]), organisation_id=made, membership_id=row.pk, at=MORNING)
    assert roles(people["an"]) == [(MemberRole.OWNER, True)]


def test_organisations_and_people_are_limited(people: dict[str, Account]) -> None:
    for other in range(limit("organisation.most_owned")):
        made = organisation(people["an"], MORNING, number=f"60012345{other:02d}")
    with pytest.raises(TooManyOrganisations):
        organisation(people["an"], MORNING)
    for number in range(1, limit("organisation.most_people")):
        invite(people, made, number=f"0660900010{number:02d}")
    with pytest.raises(TooManyPeople):
        invite(people, made)


def test_officer_has_no_organisation() -> None:
    with pytest.raises(Forbidden):
        organisation(Account.objects.get(pk=officer().id), MORNING)


def test_desk_finds_what_is_declared_under_a_number_with_who_declared_it(people: dict[str, Account]) -> None:
    first, other = (organisation(people[name], MORNING) for name in ("an", "binh"))
    join(first, people["an"], people["giang"], MORNING)
    asked = (NumberKind.TAX_CODE, "6001234567"), (NumberKind.ESTABLISHMENT, "6001234567")
    found, nobody = acting.organisations_of_numbers(asked).values()
    assert [(each.id, each.owners) for each in found] == [(first, (NAMES["an"],)), (other, (NAMES["binh"],))]
    assert found[1].owner_ids == (people["binh"].pk,)
    assert nobody == ()
    Organisation.objects.filter(pk=other).update(proof=Proof.PROVED.value)
    proved, _declared = acting.organisations_of_numbers(asked)[asked[0]]
    assert (proved.id, proved.is_proved) == (other, True)


# --- the other side is told -------------------------------------------------------------------------------


def test_invitation_that_is_withdrawn_is_told_to_whom_it_was_made(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made)
    row = Membership.objects.get(organisation_id=made, account__isnull=True)
    services.remove_member(
        actor=actor_of(people["an"]), organisation_id=made, membership_id=row.pk, at=MORNING
    )
    assert told("organisation.withdrawn") == [people["binh"].pk]
    assert told("organisation.removed") == []


def test_invitation_that_is_declined_is_told_to_who_invited(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made)
    row = Membership.objects.get(organisation_id=made, account__isnull=True)
    services.decline_invitation(actor=actor_of(people["binh"]), membership_id=row.pk, at=MORNING)
    assert told("organisation.declined") == [people["an"].pk]


def test_who_leaves_is_told_to_those_who_run_the_organisation(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    join(made, people["an"], people["binh"], MORNING)
    join(made, people["an"], people["giang"], MORNING, MemberRole.VIEWER)
    services.leave_organisation(actor=actor_of(people["binh"]), organisation_id=made, at=MORNING)
    assert told("organisation.left") == [people["an"].pk]


# --- closing, and declaring once --------------------------------------------------------------------------


def close(account: Account, made: int) -> None:
    services.close_organisation(actor=actor_of(account), organisation_id=made, at=MORNING)


def test_who_is_left_alone_closes_the_organisation_and_may_declare_it_anew(
    people: dict[str, Account],
) -> None:
    made = organisation(people["an"], MORNING)
    invite(people, made)
    kind = (NumberKind.TAX_CODE, "6001234567")
    assert [each.id for each in acting.organisations_of_numbers([kind])[kind]] == [made]
    close(people["an"], made)
    assert roles(people["an"]) == []
    assert acting.organisations_of(people["binh"].pk) == ()
    assert told("organisation.withdrawn") == [people["binh"].pk]
    assert acting.organisations_of_numbers([kind])[kind] == ()  # no desk is offered it
    with pytest.raises(NotFound):
        acting.organisation(people["an"].pk, made)
    assert organisation(people["an"], MORNING) != made


def test_nobody_closes_an_organisation_to_which_others_belong(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    join(made, people["an"], people["binh"], MORNING)
    with pytest.raises(OthersAreThere):
        close(people["an"], made)
    with pytest.raises(Forbidden):
        close(people["binh"], made)
    with pytest.raises(NotFound):
        close(people["giang"], made)
    assert len(roles(people["an"])) == len(roles(people["binh"])) == 1


def test_who_belongs_to_an_organisation_does_not_declare_its_number_again(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    join(made, people["an"], people["binh"], MORNING)
    for each in ("an", "binh"):
        with pytest.raises(AlreadyDeclared) as refused:
            organisation(people[each], MORNING, number="600 123 4567")
        assert refused.value.params == {"name": "Công ty TNHH Hạt Cà Phê", "organisation_id": made}
    assert Organisation.objects.count() == 1
    organisation(people["giang"], MORNING)  # who does not belong to it learns nothing


# --- how it is reached ------------------------------------------------------------------------------
KEY = "organisation.mailbox_code"
HERE = {"address": "15 Lê Duẩn", "phone": "0905000009", "email": "kho@example.vn"}


def reached(person: Account, made: int) -> tuple[str, str, str, bool]:
    card = acting.organisation(person.pk, made)
    return card.address, card.phone, card.email, card.is_email_confirmed


def test_legal_representative_changes_how_it_is_reached_and_proves_the_mailbox(
    people: dict[str, Account],
) -> None:
    made = organisation(people["an"], MORNING, email="kho@example.vm")
    where: dict[str, Any] = {"actor": actor_of(people["an"]), "organisation_id": made, "at": MORNING}
    services.ask_for_mailbox_code(**where)
    old, where["at"] = last_code(KEY), MORNING + timedelta(seconds=10)
    assert services.change_organisation_contacts(**where, **HERE)
    letter = OutboxMessage.objects.filter(key=KEY).latest("id")
    assert (letter.address, letter.recipient_name) == ("kho@example.vn", "Công ty TNHH Hạt Cà Phê")
    with pytest.raises(WrongCode):
        services.confirm_mailbox(**where, code=old)
    assert reached(people["an"], made) == (*HERE.values(), False)
    assert acting.mailbox_of(made) == ""
    services.confirm_mailbox(**where, code=last_code(KEY))
    assert reached(people["an"], made) == (*HERE.values(), True)
    assert acting.mailbox_of(made) == "kho@example.vn"
    with pytest.raises(MailboxNeedsNoCode):
        services.ask_for_mailbox_code(**where)
    assert not services.change_organisation_contacts(**where, **HERE | {"phone": ""})
    assert acting.mailbox_of(made) == "kho@example.vn"


def test_organisation_may_be_called_on_a_fixed_line(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    where = {"actor": actor_of(people["an"]), "organisation_id": made, "at": MORNING}
    services.change_organisation_contacts(**where, **HERE | {"phone": "0262 385 1234", "email": ""})
    assert acting.organisation(people["an"].pk, made).phone == "02623851234"


def test_code_that_went_to_a_mailbox_proves_no_other(people: dict[str, Account]) -> None:
    first = organisation(people["an"], MORNING, email="kho@example.vn")
    second = organisation(people["an"], MORNING, email="kho@example.vn", number="6001234575")
    services.ask_for_mailbox_code(actor=actor_of(people["an"]), organisation_id=first, at=MORNING)
    with pytest.raises(WrongCode):
        services.confirm_mailbox(
            actor=actor_of(people["an"]), organisation_id=second, code=last_code(KEY), at=MORNING
        )
    assert acting.mailbox_of(second) == ""


def test_own_confirmed_mailbox_of_the_representative_needs_no_code(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING, email=people["an"].email)
    assert acting.mailbox_of(made) == people["an"].email
    assert not OutboxMessage.objects.filter(key=KEY).exists()


def test_nobody_else_changes_how_it_is_reached(people: dict[str, Account]) -> None:
    made = organisation(people["an"], MORNING)
    join(made, people["an"], people["binh"], MORNING)
    for name, refusal in (("binh", Forbidden), ("giang", NotFound)):
        where: dict[str, Any] = {"actor": actor_of(people[name]), "organisation_id": made, "at": MORNING}
        with pytest.raises(refusal):
            services.change_organisation_contacts(**where, **HERE)
        with pytest.raises(refusal):
            services.ask_for_mailbox_code(**where)
        with pytest.raises(refusal):
            services.confirm_mailbox(**where, code="000000")
    with pytest.raises(FieldErrors) as refused:
        services.change_organisation_contacts(
            actor=actor_of(people["an"]), organisation_id=made, at=MORNING, address="", phone="1", email="@"
        )
    assert set(refused.value.fields) == {"address", "phone", "email"}
    assert reached(people["an"], made)[2] == ""
