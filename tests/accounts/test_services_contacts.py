"""Another e-mail or phone: by password and code, telling whom it concerns, and learning nothing of others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings
from tests.accounts.conftest import last_code
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import services
from motcua.accounts.errors import CodeSentRecently, FieldErrors, TooManyAddresses, TooManyTries, WrongCode
from motcua.accounts.models import Account, EmailCode
from motcua.accounts.queries import AccountCard, actor_of
from motcua.accounts.services import contacts
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=2)


def ask_email(an: AccountCard, email: str = "moi@example.vn", **changes: Any) -> str:
    given = {"actor": actor_of(an), "email": email, "password": PASSWORD, "at": MORNING} | changes
    return services.ask_for_email(**given)


def ask_phone(an: AccountCard, phone: str = "0987 654 321", **changes: Any) -> str:
    given = {"actor": actor_of(an), "phone": phone, "password": PASSWORD, "at": MORNING} | changes
    return services.ask_for_phone(**given)


def letters() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("id").values_list("key", "address"))


def row(an: AccountCard) -> Account:
    return Account.objects.get(pk=an.id)


@pytest.mark.clause("PT24-6.1.d")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_new_email_is_proved_by_its_code_and_the_old_one_is_told() -> None:
    an = citizen()
    assert ask_email(an, " Moi@Example.VN ") == "moi@example.vn"
    assert row(an).email == "an@example.vn"

    card = services.confirm_email_change(actor=actor_of(an), code=last_code("account.change_email"), at=LATER)

    assert (card.email, card.email_is_verified) == ("moi@example.vn", True)
    assert letters() == [
        ("account.change_email", "moi@example.vn"),
        ("account.email_changed", "an@example.vn"),
    ]


def test_new_phone_is_confirmed_by_a_code_to_the_email() -> None:
    an = citizen()
    assert ask_phone(an) == "0987654321"
    assert row(an).phone == "0912345678"

    services.confirm_phone_change(actor=actor_of(an), code=last_code("account.change_phone"), at=LATER)

    assert row(an).phone == "0987654321"
    assert [key for key, _ in letters()] == ["account.change_phone", "account.phone_changed"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": "khong phai"}, {"email"}),
        ({"email": "an@example.vn"}, {"email"}),
        ({"password": "sai"}, {"password"}),
        ({"email": "", "password": ""}, {"email", "password"}),
    ],
)
def test_email_that_cannot_be_taken_sends_nothing(changes: dict[str, str], fields: set[str]) -> None:
    an = citizen()
    with pytest.raises(FieldErrors) as refused:
        ask_email(an, **changes)
    assert set(refused.value.fields) == fields
    assert (letters(), EmailCode.objects.count()) == ([], 0)


@pytest.mark.parametrize("phone", ["123", "0912 345 678", ""])
def test_phone_that_cannot_be_taken_sends_nothing(phone: str) -> None:
    an = citizen()
    with pytest.raises(FieldErrors) as refused:
        ask_phone(an, phone)
    assert (set(refused.value.fields), letters()) == ({"phone"}, [])


def test_address_of_another_account_answers_the_same_and_tells_its_owner() -> None:
    an = citizen()
    citizen("Lê Giang", personal_id="066190000002", email="giang@example.vn")

    assert ask_email(an, "giang@example.vn") == "giang@example.vn"
    with pytest.raises(WrongCode):
        services.confirm_email_change(actor=actor_of(an), code="000000", at=LATER)
    with pytest.raises(CodeSentRecently):
        ask_email(an, "giang@example.vn")

    assert letters() == [("account.wanted_elsewhere", "giang@example.vn")]
    assert row(an).email == "an@example.vn"


def test_address_that_was_taken_meanwhile_is_refused() -> None:
    an = citizen()
    ask_email(an)
    citizen("Lê Giang", personal_id="066190000002", email="moi@example.vn")
    with pytest.raises(FieldErrors):
        services.confirm_email_change(actor=actor_of(an), code=last_code("account.change_email"), at=LATER)
    assert row(an).email == "an@example.vn"


def test_mistyped_address_is_put_right_at_once() -> None:
    an = citizen()
    ask_email(an, "binh@example.vm")
    ask_email(an, "binh@example.vn", at=MORNING + timedelta(seconds=10))
    assert letters()[-1] == ("account.change_email", "binh@example.vn")
    services.confirm_email_change(actor=actor_of(an), code=last_code("account.change_email"), at=LATER)
    assert row(an).email == "binh@example.vn"


def test_one_account_may_not_write_to_many_addresses() -> None:
    an = citizen()
    for number in range(5):
        ask_email(an, f"c{number}@example.vn", at=MORNING + timedelta(minutes=2 * number))
    with pytest.raises(TooManyAddresses) as refused:
        ask_email(an, "d@example.vn", at=MORNING + timedelta(minutes=30))
    assert "Chưa gửi mã tới địa chỉ này" in str(refused.value)
    assert len(letters()) == 5
    ask_email(an, "d@example.vn", at=MORNING + timedelta(minutes=61))


def test_code_to_the_old_mailbox_is_void_once_the_email_is_another() -> None:
    an = citizen()
    services.request_reset(kind="citizen", identifier="an@example.vn", at=MORNING)
    old_code = last_code("account.reset")
    ask_email(an)
    services.confirm_email_change(actor=actor_of(an), code=last_code("account.change_email"), at=LATER)
    with pytest.raises(WrongCode):
        services.reset_password(
            kind="citizen", identifier="moi@example.vn", code=old_code, new="nước chảy đá mòn", at=LATER
        )


def test_code_for_one_change_does_nothing_for_the_other_and_works_once() -> None:
    an = citizen()
    ask_phone(an)
    code = last_code("account.change_phone")
    with pytest.raises(WrongCode):
        services.confirm_email_change(actor=actor_of(an), code=code, at=LATER)
    services.confirm_phone_change(actor=actor_of(an), code=code, at=LATER)
    with pytest.raises(WrongCode):
        services.confirm_phone_change(actor=actor_of(an), code=code, at=LATER)


def test_code_can_be_mistyped_five_times_only() -> None:
    an = citizen()
    ask_email(an)
    right = last_code("account.change_email")
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(WrongCode):
            services.confirm_email_change(actor=actor_of(an), code=wrong, at=LATER)
    with pytest.raises(WrongCode):
        services.confirm_email_change(actor=actor_of(an), code=right, at=LATER)


def test_password_cannot_be_guessed_on_and_on(settings: Settings) -> None:
    settings.LOCKOUT_NAME_FAILURES = 2
    an = citizen()
    for _ in range(2):
        with pytest.raises(FieldErrors):
            ask_email(an, password="sai")
    with pytest.raises(TooManyTries):
        ask_email(an)
    with pytest.raises(TooManyTries):
        services.change_password(actor=actor_of(an), current=PASSWORD, new="nước chảy đá mòn", at=MORNING)
    assert ask_email(an, at=MORNING + timedelta(hours=25)) == "moi@example.vn"


def test_account_without_a_password_proves_nothing_by_any() -> None:
    an = citizen()
    Account.objects.filter(pk=an.id).update(password="")
    for typed in ("", PASSWORD):
        with pytest.raises(FieldErrors) as refused:
            ask_email(an, password=typed)
        assert set(refused.value.fields) == {"password"}


def test_an_officer_proves_a_new_email_which_somebody_else_may_use_too() -> None:
    """The mailbox of an office, or the officer's own as a citizen: it opens no account of an officer."""
    citizen("Trần Thị Chi", email="chi.nha@example.vn")
    chi = officer(email="")
    ask_email(chi, "chi.nha@example.vn")
    assert letters() == [("account.change_email", "chi.nha@example.vn")]

    card = services.confirm_email_change(
        actor=actor_of(chi), code=last_code("account.change_email"), at=LATER
    )

    assert (card.email, card.email_is_verified) == ("chi.nha@example.vn", True)
    assert len(letters()) == 1  # there was no address before that could be told


def test_the_old_email_of_an_officer_is_told() -> None:
    chi = officer()
    ask_email(chi)
    services.confirm_email_change(actor=actor_of(chi), code=last_code("account.change_email"), at=LATER)
    assert letters()[-1] == ("account.email_changed", "chi@example.vn")


def test_an_officer_confirms_the_address_that_an_administrator_wrote() -> None:
    chi = officer()
    ask_email(chi, "chi@example.vn")
    card = services.confirm_email_change(
        actor=actor_of(chi), code=last_code("account.change_email"), at=LATER
    )
    assert (card.email, card.email_is_verified) == ("chi@example.vn", True)
    assert len(letters()) == 1  # nothing was changed of which the old address could be told
    with pytest.raises(FieldErrors) as refused:
        ask_email(chi, "chi@example.vn")
    assert refused.value.fields == {"email": contacts.SAME_EMAIL}


def test_an_officers_phone_is_not_changed_by_a_code() -> None:
    with pytest.raises(Forbidden):
        ask_phone(officer())


def test_an_officers_phone_is_changed_by_the_password_and_told() -> None:
    chi = officer()
    given = {"actor": actor_of(chi), "at": MORNING}
    card = services.change_officers_phone(phone="+84 905 000 077", password=PASSWORD, **given)
    assert (card.phone, letters()) == ("0905000077", [("account.phone_changed", "chi@example.vn")])
    assert services.change_officers_phone(phone="", password=PASSWORD, **given).phone == ""


@pytest.mark.parametrize(
    ("phone", "password", "fields"),
    [
        ("12", PASSWORD, {"phone"}),
        ("0905000077", "sai rồi", {"password"}),
        ("12", "sai rồi", {"phone", "password"}),
        ("", PASSWORD, {"phone"}),
    ],
    ids=["no number", "wrong password", "both", "none to drop"],
)
def test_an_officers_phone_that_cannot_be_taken_changes_nothing(
    phone: str, password: str, fields: set[str]
) -> None:
    chi = officer()
    with pytest.raises(FieldErrors) as refused:
        services.change_officers_phone(actor=actor_of(chi), phone=phone, password=password, at=MORNING)
    assert set(refused.value.fields) == fields
    assert (Account.objects.get().phone, letters()) == ("", [])


def test_a_citizens_phone_is_not_changed_without_a_code() -> None:
    with pytest.raises(Forbidden):
        services.change_officers_phone(
            actor=actor_of(citizen()), phone="0905000077", password=PASSWORD, at=MORNING
        )
