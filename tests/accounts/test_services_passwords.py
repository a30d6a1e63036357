"""Changing passwords, getting back in, and never learning who has an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY, get_user
from pytest_django import Settings
from tests.accounts.conftest import Requests, last_code
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import services
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors, LockedOut, WrongCode, WrongLogin
from motcua.accounts.models import Account
from motcua.accounts.queries import AccountCard, actor_of
from motcua.accounts.services import codes, passwords, proofs
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
NEW = "sông dài cá lội"
CITIZEN, OFFICER = AccountKind.CITIZEN, AccountKind.OFFICER


def reset(code: str, new: str = NEW, identifier: str = "066090000001", minutes: int = 0) -> None:
    services.reset_password(
        kind=CITIZEN, identifier=identifier, code=code, new=new, at=MORNING + timedelta(minutes=minutes)
    )


def test_change_of_given_password_lifts_the_duty_and_tells_the_owner() -> None:
    chi = officer(must_change_password=True)
    services.change_password(actor=actor_of(chi), current=PASSWORD, new=NEW, at=MORNING)

    row = Account.objects.get(pk=chi.id)
    assert row.check_password(NEW)
    assert row.must_change_password is False
    message = OutboxMessage.objects.get()
    told = {"moment_at": MORNING.isoformat(), "officer": "1", "hotline": ""}
    assert (message.key, message.context) == ("account.password_changed", told)


@pytest.mark.clause("PT24-24.2#1", "QN20-27.1#2")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_a_password_is_kept_as_nobody_can_read_it_and_changed_by_its_owner_alone() -> None:
    an, giang = citizen(), citizen("Lê Giang", personal_id="066190000002", email="giang@example.vn")
    stored = Account.objects.get(pk=an.id).password
    assert PASSWORD not in stored
    with pytest.raises(FieldErrors):
        services.change_password(actor=actor_of(an), current="đoán thử thôi", new=NEW, at=MORNING)
    services.change_password(actor=actor_of(giang), current=PASSWORD, new=NEW, at=MORNING)
    assert Account.objects.get(pk=an.id).password == stored


def test_change_keeps_this_session_and_ends_the_others() -> None:
    an = citizen()
    here, elsewhere = Requests.address(), Requests.address()
    for request in (here, elsewhere):
        services.log_in(
            request=request, kind=CITIZEN, identifier="066090000001", password=PASSWORD, at=MORNING
        )
    here.user = get_user(here)

    services.change_password(actor=actor_of(an), current=PASSWORD, new=NEW, at=MORNING, request=here)

    assert get_user(here).is_authenticated
    assert not get_user(elsewhere).is_authenticated
    assert SESSION_KEY not in elsewhere.session


@pytest.mark.parametrize(
    ("current", "new", "fields"),
    [
        ("sai", NEW, {"current": proofs.WRONG_CURRENT}),
        (PASSWORD, PASSWORD, {"new": passwords.SAME}),
        (PASSWORD, "ngắn", {"new": "Mật khẩu cần ít nhất 10 ký tự."}),
        (
            "sai",
            "8305921746",
            {"current": proofs.WRONG_CURRENT, "new": "Mật khẩu không được chỉ gồm chữ số."},
        ),
    ],
)
def test_change_that_does_not_fit_names_the_fields(current: str, new: str, fields: dict[str, str]) -> None:
    an = citizen()
    with pytest.raises(FieldErrors) as refused:
        services.change_password(actor=actor_of(an), current=current, new=new, at=MORNING)

    assert refused.value.fields == fields
    assert Account.objects.get().check_password(PASSWORD)


def test_change_by_the_system_is_forbidden() -> None:
    with pytest.raises(Forbidden):
        services.change_password(actor=SYSTEM, current="", new=NEW, at=MORNING)


@pytest.mark.parametrize("identifier", ["066090000001", "an@example.vn"])
@pytest.mark.clause("DL24-18.7")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_reset_with_the_code_sets_a_new_password_and_unlocks(identifier: str) -> None:
    citizen()
    request = Requests.address()
    for _ in range(5):
        with pytest.raises((WrongLogin, LockedOut)):
            services.log_in(request=request, kind=CITIZEN, identifier=identifier, password="sai", at=MORNING)
    services.request_reset(kind=CITIZEN, identifier=identifier, at=MORNING)

    reset(last_code("account.reset"), identifier=identifier)

    card = services.log_in(
        request=Requests.address(), kind=CITIZEN, identifier=identifier, password=NEW, at=MORNING
    )
    assert card.personal_id == "066090000001"


def test_reset_of_officer_goes_to_the_officers_confirmed_address() -> None:
    officer(must_change_password=True, email_verified_at=MORNING)
    services.request_reset(kind=OFFICER, identifier="chi", at=MORNING)

    services.reset_password(
        kind=OFFICER, identifier="chi", code=last_code("account.reset"), new=NEW, at=MORNING
    )

    assert Account.objects.get().must_change_password is False


@pytest.mark.parametrize(
    ("kind", "identifier"),
    [
        (CITIZEN, "066090009999"),
        (CITIZEN, "chi"),
        (OFFICER, "066090000001"),
        (CITIZEN, "066090000007"),
        (OFFICER, "dung"),
        (OFFICER, "hanh"),
        (OFFICER, "chi"),
        (OFFICER, "khoa"),
        (CITIZEN, "không phải gì cả"),
    ],
    ids=[
        *("unknown", "officer here", "citizen there", "unconfirmed", "closed", "without address"),
        *("officer unconfirmed", "mailbox of two officers", "nonsense"),
    ],
)
def test_request_for_nobody_answers_the_same_and_sends_nothing(kind: str, identifier: str) -> None:
    citizen()
    citizen("Trần Bình", personal_id="066090000007", email="binh@example.vn", is_confirmed=False)
    officer()
    officer("Lê Văn Dũng", username="dung", is_active=False, email_verified_at=MORNING)
    officer("Lê Khoa", username="khoa", email="phong@example.vn", email_verified_at=MORNING)
    officer("Lê Lan", username="lan", email="phong@example.vn", is_active=False)
    officer("Phạm Thị Hạnh", username="hanh", email="")

    services.request_reset(kind=kind, identifier=identifier, at=MORNING)

    assert OutboxMessage.objects.count() == 0
    with pytest.raises(WrongCode):
        services.reset_password(kind=kind, identifier=identifier, code="123456", new=NEW, at=MORNING)


def test_request_repeated_at_once_answers_the_same_and_sends_one() -> None:
    citizen()
    services.request_reset(kind=CITIZEN, identifier="066090000001", at=MORNING)
    services.request_reset(kind=CITIZEN, identifier="066090000001", at=MORNING)

    assert OutboxMessage.objects.count() == 1


def test_reset_with_weak_password_leaves_the_code_good() -> None:
    citizen()
    services.request_reset(kind=CITIZEN, identifier="066090000001", at=MORNING)
    code = last_code("account.reset")

    with pytest.raises(FieldErrors) as refused:
        reset(code, new="an@example.vn")
    assert list(refused.value.fields) == ["new"]
    reset(code)
    with pytest.raises(WrongCode):
        reset(code)


def test_reset_after_five_wrong_codes_or_ten_minutes_is_refused() -> None:
    citizen()
    services.request_reset(kind=CITIZEN, identifier="066090000001", at=MORNING)
    code = last_code("account.reset")
    with pytest.raises(WrongCode):
        reset(code, minutes=10)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(WrongCode):
            reset(wrong)

    with pytest.raises(WrongCode):
        reset(code)


def test_reset_with_a_code_for_confirming_is_refused() -> None:
    an = citizen(is_confirmed=False)
    services.resend_code(account_id=an.id, registered_at=an.registered_at, email=an.email, at=MORNING)
    with pytest.raises(WrongCode):
        reset(last_code("account.code"))


PHONE = "0933333333"


def mother_and_son() -> tuple[AccountCard, AccountCard]:
    """Two people who registered with one telephone."""
    mother = citizen("Lê Thị Giang", personal_id="066170000002", phone=PHONE, email="giang@example.vn")
    return mother, citizen("Nguyễn Văn Ân", personal_id="066200000003", phone=PHONE, email="son@example.vn")


def codes_sent() -> dict[str, str]:
    """The newest code of each mailbox."""
    sent = OutboxMessage.objects.filter(key="account.reset").order_by("id")
    return {each.address: each.context["code"] for each in sent}


def passwords_now() -> list[bool]:
    """Of mother and son: whether each has the new password."""
    rows = Account.objects.filter(phone=PHONE).order_by("id")
    return [each.check_password(NEW) for each in rows]


@pytest.mark.parametrize("typed", [PHONE, "+84 933 333 333"])
def test_each_of_those_who_share_a_phone_gets_a_code_that_opens_their_own_account(typed: str) -> None:
    mother_and_son()
    services.request_reset(kind=CITIZEN, identifier=typed, at=MORNING)

    sent = codes_sent()
    assert set(sent) == {"giang@example.vn", "son@example.vn"}
    assert set(OutboxMessage.objects.values_list("recipient_name", flat=True)) == {
        "Lê Thị Giang",
        "Nguyễn Văn Ân",
    }
    reset(sent["son@example.vn"], identifier=typed)
    assert passwords_now() == [False, True]
    reset(sent["giang@example.vn"], identifier=typed)
    assert passwords_now() == [True, True]


def test_code_asked_for_by_a_shared_phone_is_good_under_ones_own_name_only() -> None:
    mother_and_son()
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    sent = codes_sent()

    with pytest.raises(WrongCode):
        reset(sent["giang@example.vn"], identifier="066200000003")
    assert passwords_now() == [False, False]
    reset(sent["giang@example.vn"], identifier="066170000002")
    assert passwords_now() == [True, False]


def test_wrong_codes_by_a_shared_phone_are_tries_at_each_account() -> None:
    mother_and_son()
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    sent = codes_sent()
    wrong = next(each for each in ("000000", "111111", "222222") if each not in sent.values())
    for _ in range(5):
        with pytest.raises(WrongCode):
            reset(wrong, identifier=PHONE)

    for code in sent.values():
        with pytest.raises(WrongCode):
            reset(code, identifier=PHONE)
    later = MORNING + timedelta(minutes=2)
    services.request_reset(kind=CITIZEN, identifier="066200000003", at=later)  # nobody is shut out
    reset(codes_sent()["son@example.vn"], identifier="066200000003", minutes=2)
    assert passwords_now() == [False, True]


def test_right_code_of_one_costs_the_other_no_try() -> None:
    mother_and_son()
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    sent = codes_sent()
    for _ in range(6):
        with pytest.raises(FieldErrors):
            reset(sent["son@example.vn"], new="ngắn", identifier=PHONE)

    reset(sent["giang@example.vn"], identifier=PHONE)
    assert passwords_now() == [True, False]


def test_code_that_fits_two_by_chance_opens_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    mother_and_son()
    monkeypatch.setattr(codes, "fresh", lambda: "123456")
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    with pytest.raises(WrongCode):
        reset("123456", identifier=PHONE)
    assert passwords_now() == [False, False]
    reset("123456", identifier="066200000003")
    assert passwords_now() == [False, True]


def test_who_has_just_had_a_code_does_not_keep_the_other_from_theirs() -> None:
    mother_and_son()
    services.request_reset(kind=CITIZEN, identifier="giang@example.vn", at=MORNING)
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    assert sorted(OutboxMessage.objects.values_list("address", flat=True)) == [
        "giang@example.vn",
        "son@example.vn",
    ]


def test_mailbox_gets_five_letters_an_hour_however_its_owner_is_named() -> None:
    mother_and_son()
    for number in range(12):
        named = (PHONE, "066170000002", "giang@example.vn")[number % 3]
        services.request_reset(kind=CITIZEN, identifier=named, at=MORNING + timedelta(minutes=2 * number))
    assert OutboxMessage.objects.filter(address="giang@example.vn").count() == 5
    assert OutboxMessage.objects.filter(address="son@example.vn").count() == 4


def test_code_for_a_phone_goes_to_no_account_that_is_unconfirmed_closed_or_one_too_many() -> None:
    mother_and_son()
    for number, fields in enumerate(({"is_confirmed": False}, {"is_active": False}, {}, {}, {}), start=4):
        citizen(
            "Trần Bình",
            personal_id=f"06620000000{number}",
            phone=PHONE,
            email=f"binh{number}@example.vn",
            **fields,
        )
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    assert sorted(codes_sent()) == [
        *("binh6@example.vn", "binh7@example.vn"),
        *("giang@example.vn", "son@example.vn"),
    ]
    services.request_reset(kind=CITIZEN, identifier="066200000008", at=MORNING)  # the fifth, by their number
    assert "binh8@example.vn" in codes_sent()


def test_letter_says_that_a_phone_was_named_and_not_whether_others_bear_it() -> None:
    mother_and_son()
    citizen()
    told = []
    for named in ("0912345678", PHONE, "066090000001"):
        services.request_reset(kind=CITIZEN, identifier=named, at=MORNING + timedelta(minutes=2 * len(told)))
        newest = OutboxMessage.objects.latest("id")
        told.append({**newest.context, "code": ""})
    assert told[0] == told[1] == {**told[2], "by_phone": "1"}


def test_new_password_by_a_shared_phone_gives_no_more_guesses_at_the_others(settings: Settings) -> None:
    mother_and_son()
    request = Requests.address()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        with pytest.raises((WrongLogin, LockedOut)):
            services.log_in(request=request, kind=CITIZEN, identifier=PHONE, password="sai", at=MORNING)
    services.request_reset(kind=CITIZEN, identifier=PHONE, at=MORNING)
    reset(codes_sent()["son@example.vn"], identifier=PHONE)

    with pytest.raises(LockedOut):
        services.log_in(request=Requests.address(), kind=CITIZEN, identifier=PHONE, password=NEW, at=MORNING)
    card = services.log_in(
        request=Requests.address(), kind=CITIZEN, identifier="066200000003", password=NEW, at=MORNING
    )
    assert card.full_name == "Nguyễn Văn Ân"
