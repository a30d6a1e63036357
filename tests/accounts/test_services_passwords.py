"""Changing passwords, getting back in, and never learning who has an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY, get_user
from tests.accounts.conftest import Requests, last_code
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import services
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import FieldErrors, LockedOut, WrongCode, WrongLogin
from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.accounts.services import passwords, proofs
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
