"""Citizens register and confirm their address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.accounts.conftest import last_code
from tests.accounts.people import MORNING, PASSWORD, citizen

from motcua.accounts import queries, services
from motcua.accounts.errors import CodeSentRecently, FieldErrors, TooManyFromHere, WrongCode
from motcua.accounts.models import Account, EmailCode, TermsAcknowledgement
from motcua.accounts.rules import entries
from motcua.accounts.services import registration
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AN: dict[str, Any] = {
    "full_name": "Nguyễn  Văn An",
    "personal_id": "066 090 000 001",
    "phone": "+84 912 345 678",
    "email": "An@Example.vn",
    "password": PASSWORD,
    "address": "12 Lê Duẩn, phường Tân Lợi",
    "date_of_birth": date(1990, 5, 1),
    "at": MORNING,
    "accepts_terms": True,
}


def register(**changes: Any) -> registration.Registration:
    return services.register_citizen(**(AN | changes))


def resend(waiting: registration.Registration, at: datetime) -> None:
    services.resend_code(
        account_id=waiting.id, registered_at=waiting.registered_at, email=waiting.email, at=at
    )


def test_register_brings_entries_to_one_form_and_sends_a_code() -> None:
    card = queries.account_card(register().id)

    assert (card.full_name, card.personal_id, card.phone) == ("Nguyễn Văn An", "066090000001", "0912345678")
    assert (card.email, card.email_is_verified, card.is_citizen) == ("an@example.vn", False, True)
    message = OutboxMessage.objects.get()
    assert (message.key, message.address, message.account_id) == ("account.code", "an@example.vn", card.id)
    assert message.context["minutes"] == "10"


def test_register_writes_a_name_that_was_typed_in_one_case_as_names_are_written() -> None:
    assert queries.account_card(register(full_name="nguyễn THỊ hoa").id).full_name == "Nguyễn Thị Hoa"


def test_register_stores_neither_code_nor_password_in_the_clear() -> None:
    card = register()

    code = last_code()
    row = Account.objects.get(pk=card.id)
    assert PASSWORD not in row.password
    assert row.check_password(PASSWORD)
    assert code not in EmailCode.objects.get().code_hash


@pytest.mark.clause("PT24-6.1.a")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_register_with_wrong_entries_names_every_field_and_changes_nothing() -> None:
    with pytest.raises(FieldErrors) as refused:
        register(
            full_name="",
            personal_id="123",
            phone="x",
            email="x",
            password="short",
            date_of_birth=date(2030, 1, 1),
        )

    assert sorted(refused.value.fields) == [
        "date_of_birth",
        "email",
        "full_name",
        "password",
        "personal_id",
        "phone",
    ]
    assert refused.value.fields["personal_id"] == entries.BAD_PERSONAL_ID
    assert Account.objects.count() == OutboxMessage.objects.count() == 0


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngắn quá", "Mật khẩu cần ít nhất 10 ký tự."),
        ("8305921746", "Mật khẩu không được chỉ gồm chữ số."),
        ("0912345678a", "Mật khẩu quá giống thông tin cá nhân hoặc tên đăng nhập của bạn."),
        ("nguyenthimyduyen", "Mật khẩu quá giống thông tin cá nhân hoặc tên đăng nhập của bạn."),
        ("NguyenThiMyDuyen-1994", "Mật khẩu quá giống thông tin cá nhân hoặc tên đăng nhập của bạn."),
        ("password123", "Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác."),
        ("x" * 201, "Mật khẩu dài quá 200 ký tự."),
    ],
)
def test_register_with_weak_password_says_why_in_vietnamese(password: str, sentence: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        register(password=password, full_name="Nguyễn Thị Mỹ Duyên")

    assert refused.value.fields == {"password": sentence}


def letters_sent() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("id").values_list("key", "address"))


def test_register_with_number_of_an_account_tells_its_owner_and_answers_the_same() -> None:
    owner = citizen(email="binh@example.vn")
    found = register()

    assert found == registration.Registration(owner.id, MORNING, "an@example.vn")
    assert letters_sent() == [("account.exists", "binh@example.vn")]
    assert queries.account_card(owner.id) == owner


def test_register_with_address_of_an_account_tells_its_owner_and_opens_nothing() -> None:
    owner = citizen(personal_id="066090000009")
    found = register()

    assert found == registration.Registration(owner.id, MORNING, "an@example.vn")
    assert letters_sent() == [("account.exists", "an@example.vn")]
    assert Account.objects.count() == 1


def test_register_with_number_of_one_and_address_of_another_tells_who_reads_the_mailbox() -> None:
    citizen(email="binh@example.vn")
    citizen("Lê Thị Giang", personal_id="066190000002", email="an@example.vn")
    register()

    assert letters_sent() == [("account.exists", "an@example.vn")]


def test_register_with_number_of_a_closed_account_tells_nobody() -> None:
    citizen(email="binh@example.vn", is_active=False)
    register()

    assert letters_sent() == []
    with pytest.raises(CodeSentRecently):
        register(at=MORNING + timedelta(seconds=10))


def test_no_code_fits_a_registration_that_met_an_account() -> None:
    citizen(email="binh@example.vn")
    found = register()
    for code in ("", "000000", "123456"):
        with pytest.raises(WrongCode):
            services.confirm_email(
                account_id=found.id, registered_at=found.registered_at, code=code, at=MORNING
            )


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("has_reset", [True, False])
def test_how_soon_one_may_register_again_does_not_tell_who_is_known(is_known: bool, has_reset: bool) -> None:
    """The same waits whether number and address are known, and whether their owner asked for a code."""
    if is_known:
        citizen()
    if has_reset:
        services.request_reset(kind="citizen", identifier="an@example.vn", at=MORNING)
    waits = []
    for second in (0, 10, 60, 70):
        try:
            register(at=MORNING + timedelta(seconds=second))
        except CodeSentRecently as refused:
            waits.append((second, refused.params["seconds"]))
    register(email="khac@example.vn", at=MORNING + timedelta(seconds=71))
    assert waits == [(10, 51), (70, 51)]


def test_owner_is_not_flooded_by_registrations_with_other_addresses() -> None:
    citizen()
    for number in range(5):
        register(email=f"la-{number}@example.vn", at=MORNING + timedelta(seconds=number))
    assert letters_sent() == [("account.exists", "an@example.vn")]


def test_resend_for_a_registration_that_met_an_account_behaves_like_any_other() -> None:
    citizen(email="binh@example.vn")
    found = register(at=MORNING + MINUTE)
    again = {"account_id": found.id, "registered_at": found.registered_at, "email": found.email}
    with pytest.raises(CodeSentRecently):
        services.resend_code(**again, at=MORNING + timedelta(seconds=119))
    services.resend_code(**again, at=MORNING + 2 * MINUTE)
    assert letters_sent() == [("account.exists", "binh@example.vn")] * 2


def test_register_again_before_confirming_replaces_the_first() -> None:
    first = register(email="sai@example.vn")
    second = register(at=MORNING + MINUTE)

    assert second.id == first.id
    assert queries.account_card(first.id).email == "an@example.vn"
    services.confirm_email(
        account_id=second.id, registered_at=second.registered_at, code=last_code(), at=MORNING + MINUTE
    )


def test_register_again_at_once_with_the_same_address_must_wait() -> None:
    register()
    with pytest.raises(CodeSentRecently) as refused:
        register(at=MORNING + timedelta(seconds=10))

    assert refused.value.params == {"seconds": 51}


def test_register_many_people_with_one_address_is_limited() -> None:
    for n in range(5):
        register(personal_id=f"06609000010{n}", at=MORNING + n * MINUTE)

    with pytest.raises(CodeSentRecently):
        register(personal_id="066090000106", at=MORNING + 5 * MINUTE)
    assert Account.objects.count() == 5


@pytest.mark.clause("DL24-2.2", "KT22-1.2.e", "DL24-18.7")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_confirm_with_right_code_opens_the_account_and_says_so() -> None:
    card = register()

    done = services.confirm_email(
        account_id=card.id, registered_at=card.registered_at, code=f" {last_code()} ", at=MORNING + MINUTE
    )

    assert done.email_is_verified
    assert queries.find_citizen("066090000001") == done
    assert set(OutboxMessage.objects.values_list("key", "channel")) == {
        ("account.code", "email"),
        ("account.opened", "email"),
        ("account.opened", "in_app"),
    }


def test_confirm_twice_with_the_same_code_is_refused() -> None:
    card, code = register(), last_code()
    services.confirm_email(account_id=card.id, registered_at=card.registered_at, code=code, at=MORNING)

    with pytest.raises(WrongCode):
        services.confirm_email(account_id=card.id, registered_at=card.registered_at, code=code, at=MORNING)


def test_confirm_after_ten_minutes_is_refused() -> None:
    card = register()
    with pytest.raises(WrongCode):
        services.confirm_email(
            account_id=card.id, registered_at=card.registered_at, code=last_code(), at=MORNING + 10 * MINUTE
        )


def test_confirm_after_five_wrong_tries_is_refused_even_with_the_right_code() -> None:
    card, code = register(), last_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(WrongCode):
            services.confirm_email(
                account_id=card.id, registered_at=card.registered_at, code=wrong, at=MORNING
            )

    with pytest.raises(WrongCode):
        services.confirm_email(account_id=card.id, registered_at=card.registered_at, code=code, at=MORNING)
    assert EmailCode.objects.get().tries == 5


def test_confirm_with_code_of_another_account_is_refused() -> None:
    register()
    code = last_code()
    giang = register(personal_id="066190000002", email="giang@example.vn")

    with pytest.raises(WrongCode):
        services.confirm_email(account_id=giang.id, registered_at=giang.registered_at, code=code, at=MORNING)


def test_confirm_of_unknown_account_is_a_wrong_code() -> None:
    with pytest.raises(WrongCode):
        services.confirm_email(account_id=4711, registered_at=MORNING, code="123456", at=MORNING)


def test_confirm_when_the_address_was_taken_meanwhile_is_refused() -> None:
    card = register()
    code = last_code()
    citizen("Lê Thị Giang", personal_id="066190000002", email="an@example.vn")

    with pytest.raises(FieldErrors) as refused:
        services.confirm_email(account_id=card.id, registered_at=card.registered_at, code=code, at=MORNING)
    assert refused.value.fields == {"email": registration.TAKEN_EMAIL}


def test_resend_sends_another_code_and_the_first_is_no_good() -> None:
    card, first = register(), last_code()
    resend(card, MORNING + MINUTE)
    second = last_code()

    if first != second:
        with pytest.raises(WrongCode):
            services.confirm_email(
                account_id=card.id, registered_at=card.registered_at, code=first, at=MORNING + MINUTE
            )
    assert services.confirm_email(
        account_id=card.id, registered_at=card.registered_at, code=second, at=MORNING + MINUTE
    ).email_is_verified


def test_resend_within_the_minute_must_wait() -> None:
    card = register()
    with pytest.raises(CodeSentRecently):
        resend(card, MORNING + timedelta(seconds=59))


def test_resend_to_confirmed_account_does_nothing() -> None:
    an = citizen()
    services.resend_code(
        account_id=an.id, registered_at=an.registered_at, email=an.email, at=MORNING + MINUTE
    )
    assert OutboxMessage.objects.count() == 0


def test_confirming_after_somebody_registered_over_it_opens_nothing() -> None:
    """The newest code goes to An's own mailbox, but it belongs to the stranger's registration."""
    mine = register()
    later = MORNING + 2 * MINUTE
    register(password="Mat-khau-cua-nguoi-la-1", at=later)
    with pytest.raises(WrongCode):
        services.confirm_email(
            account_id=mine.id, registered_at=mine.registered_at, code=last_code(), at=later
        )


def test_resend_for_a_registration_that_was_written_over_sends_nothing() -> None:
    mine = register()
    register(email="khac@example.vn", at=MORNING + 2 * MINUTE)
    resend(mine, MORNING + 4 * MINUTE)
    assert letters_sent() == [("account.code", "an@example.vn"), ("account.code", "khac@example.vn")]


def test_registration_that_nobody_confirms_is_forgotten_with_its_letters() -> None:
    waiting = register()
    other = register(personal_id="066090000002", email="binh@example.vn", at=MORNING + timedelta(hours=2))
    services.confirm_email(
        account_id=other.id, registered_at=other.registered_at, code=last_code(), at=other.registered_at
    )
    late = register(personal_id="066090000003", email="hoa@example.vn", at=MORNING + timedelta(hours=20))

    assert services.forget_unproved(at=MORNING + timedelta(hours=24)) == 0
    assert services.forget_unproved(at=MORNING + timedelta(hours=24, minutes=1)) == 1

    assert set(Account.objects.values_list("pk", flat=True)) == {other.id, late.id}
    assert not OutboxMessage.objects.filter(account_id=waiting.id).exists()
    assert not EmailCode.objects.filter(account_id=waiting.id).exists()
    with pytest.raises(WrongCode):
        services.confirm_email(
            account_id=waiting.id, registered_at=waiting.registered_at, code="000000", at=MORNING
        )
    register(at=MORNING + timedelta(days=2))


def test_confirming_records_the_terms_once() -> None:
    waiting = register()
    confirmed = {"account_id": waiting.id, "registered_at": waiting.registered_at, "at": MORNING}
    services.confirm_email(**confirmed, code=last_code())
    (record,) = TermsAcknowledgement.objects.filter(account_id=waiting.id)
    assert record.at == MORNING


def test_one_place_registers_so_many_people_an_hour_and_no_letter_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each registration writes to whatever mailbox was typed: nobody makes the province write to all."""
    monkeypatch.setattr(registration, "limit", lambda name: 2 if name.endswith("one_place") else 24)
    people: list[dict[str, str]] = [
        {"personal_id": f"06609000010{n}", "email": f"p{n}@example.vn"} for n in range(4)
    ]
    for person in people[:2]:
        register(**person, place="here")
    with pytest.raises(TooManyFromHere):
        register(**people[2], place="here")
    assert len(letters_sent()) == Account.objects.count() == 2
    register(**people[2], place="there")
    register(**people[3], place="here", at=MORNING + timedelta(minutes=61))
    assert len(letters_sent()) == 4
