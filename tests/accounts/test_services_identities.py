"""An officer compares person, card and account: the account is theirs from then on, and not before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.accounts.conftest import last_code
from tests.accounts.people import MORNING, citizen, officer

from motcua.accounts import queries, services
from motcua.accounts.errors import CodeSentRecently, FieldErrors, WrongCode
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.queries import AccountCard, actor_of
from motcua.accounts.services import identities
from motcua.audit.models import ActRecord, ReadRecord
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=2)
BORN = date(1990, 3, 15)
CARD = {"personal_id": "066 090 000 001", "name": "NGUYỄN VĂN AN", "born": BORN}


def asked(chi: AccountCard, **changes: Any) -> AccountCard:
    return identities.ask(actor=actor_of(chi), at=MORNING, **CARD | changes)


def confirm(chi: AccountCard, code: str, **changes: Any) -> AccountCard:
    given = {**CARD, "place": "Phường Tân Lập", "at": LATER} | changes
    return identities.confirm(actor=actor_of(chi), code=code, **given)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_account_is_compared_by_card_and_code_and_the_act_is_in_the_chain() -> None:
    an, chi = citizen(date_of_birth=BORN), officer()
    assert asked(chi).id == an.id
    card = confirm(chi, last_code("account.check_identity"))
    assert (card.id, card.identity_checked_at) == (an.id, LATER)
    act = ActRecord.objects.get()
    assert (act.act, act.what, act.actor_id, act.facts) == (
        "identity_checked", f"account:{an.id}", str(chi.id), {"place": "Phường Tân Lập"},
    )  # fmt: skip
    assert list(ReadRecord.objects.values_list("what", "actor_id")) == [(f"account:{an.id}", str(chi.id))]
    told = OutboxMessage.objects.filter(key="account.identity_checked")
    assert set(told.values_list("channel", "address")) == {("in_app", ""), ("email", "an@example.vn")}


def test_code_goes_to_the_mailbox_of_the_account_only() -> None:
    citizen()
    asked(officer())
    assert list(OutboxMessage.objects.values_list("key", "address")) == [
        ("account.check_identity", "an@example.vn")
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"personal_id": "066090000009"},
        {"personal_id": "12"},
        {"name": "Nguyễn Văn Ân Nhầm"},
        {"born": date(1990, 3, 16)},
    ],
)
def test_card_that_differs_from_the_account_gets_no_code(changes: dict[str, Any]) -> None:
    citizen(date_of_birth=BORN)
    with pytest.raises(FieldErrors) as refused:
        asked(officer(), **changes)
    assert list(refused.value.fields) == ["personal_id"]
    assert not EmailCode.objects.exists()


@pytest.mark.parametrize("fields", [{"is_confirmed": False}, {"is_active": False}])
def test_account_that_cannot_be_used_is_not_compared(fields: dict[str, Any]) -> None:
    citizen(**fields)
    with pytest.raises(FieldErrors):
        asked(officer())


def test_wrong_code_compares_nothing_and_is_counted() -> None:
    an, chi = citizen(), officer()
    asked(chi)
    code = last_code("account.check_identity")
    for _ in range(5):
        with pytest.raises(WrongCode):
            confirm(chi, wrong(code))
    with pytest.raises(WrongCode):
        confirm(chi, code)
    assert not queries.account_card(an.id).is_identity_checked
    assert not ActRecord.objects.exists()


def test_second_code_waits_a_minute() -> None:
    citizen()
    chi = officer()
    asked(chi)
    with pytest.raises(CodeSentRecently):
        asked(chi)


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({}, True),
        ({"address": "12 Lê Duẩn"}, True),
        ({"full_name": "Nguyễn Văn Ân"}, False),
        ({"date_of_birth": date(1991, 3, 15)}, False),
    ],
)
def test_another_name_or_birthday_is_a_claim_again(changes: dict[str, Any], stays: bool) -> None:
    an = citizen(date_of_birth=BORN, identity_checked_at=MORNING)
    given = {"full_name": an.full_name, "address": an.address, "date_of_birth": BORN} | changes
    services.update_profile(actor=actor_of(an), at=LATER, **given)
    assert queries.account_card(an.id).is_identity_checked is stays


def test_name_kept_in_one_case_is_no_other_claim_when_it_is_written_out() -> None:
    an = citizen("nguyễn văn AN", date_of_birth=BORN, identity_checked_at=MORNING)
    services.update_profile(
        actor=actor_of(an), at=LATER, full_name=an.full_name, address="", date_of_birth=BORN
    )
    card = queries.account_card(an.id)
    assert (card.full_name, card.is_identity_checked) == ("Nguyễn Văn An", True)


def test_only_a_compared_account_is_surely_of_the_person_with_the_card() -> None:
    an = citizen(date_of_birth=BORN)
    assert queries.same_citizen("066090000001", name="Nguyễn Văn An", born=BORN) is None
    Account.objects.filter(pk=an.id).update(identity_checked_at=MORNING)
    found = queries.same_citizen("066090000001", name="nguyen van an", born=None)
    assert found is not None
    assert found.id == an.id
    assert queries.same_citizen("066090000001", name="Trần Bình", born=BORN) is None
