"""Logging in at the right entry, being locked out, learning nothing from refusals."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings
from tests.accounts.conftest import Requests, last_code
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import services
from motcua.accounts.enums import AccountKind
from motcua.accounts.errors import EmailNotConfirmed, LockedOut, NameLockedOut, WrongLogin
from motcua.accounts.models import Account, FailedLogins
from motcua.accounts.queries import AccountCard
from motcua.accounts.services import devices

pytestmark = pytest.mark.django_db
CITIZEN, OFFICER = AccountKind.CITIZEN, AccountKind.OFFICER


def log_in(
    identifier: str, password: str = PASSWORD, *, kind: str = CITIZEN, request: HttpRequest | None = None
) -> AccountCard:
    return services.log_in(
        request=request or Requests.address(), kind=kind, identifier=identifier, password=password, at=MORNING
    )


@pytest.mark.parametrize("typed", ["066090000001", "066 090 000 001", "0912 345 678", "AN@example.vn"])
@pytest.mark.clause("PT24-6.1.c")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_citizen_logs_in_by_number_phone_or_email(typed: str) -> None:
    an = citizen()
    request = Requests.address()

    assert log_in(typed, request=request) == an
    assert request.session[SESSION_KEY] == str(an.id)
    assert get_user(request) == Account.objects.get(pk=an.id)


def test_officer_logs_in_by_username_in_any_case() -> None:
    chi = officer()
    assert log_in("CHI ", kind=OFFICER) == chi


def test_log_in_gives_the_session_a_new_key() -> None:
    citizen()
    request = Requests.address()
    before = request.session.session_key
    request.session["draft"] = "kept"

    log_in("066090000001", request=request)

    assert request.session.session_key != before
    assert request.session["draft"] == "kept"


def test_log_in_as_somebody_else_drops_the_earlier_session() -> None:
    citizen()
    citizen("Lê Thị Giang", personal_id="066190000002", phone="0987654321", email="giang@example.vn")
    request = Requests.address()
    log_in("066190000002", request=request)
    request.session["draft"] = "of Giang"

    log_in("066090000001", request=request)

    assert "draft" not in request.session


def test_log_out_forgets_the_session() -> None:
    citizen()
    request = Requests.address()
    log_in("066090000001", request=request)

    services.log_out(request=request)

    assert SESSION_KEY not in request.session


@pytest.mark.parametrize(
    ("identifier", "password", "kind"),
    [
        ("066090000001", "sai mật khẩu rồi", CITIZEN),
        ("066090009999", PASSWORD, CITIZEN),
        ("chi", PASSWORD, CITIZEN),
        ("066090000001", PASSWORD, OFFICER),
        ("an@example.vn", PASSWORD, OFFICER),
        ("chi@example.vn", PASSWORD, CITIZEN),
        ("", "", CITIZEN),
        ("dung", PASSWORD, OFFICER),
    ],
    ids=[
        "wrong",
        "unknown",
        "officer here",
        "citizen there",
        "by mail there",
        "by mail",
        "nothing",
        "closed",
    ],
)
def test_log_in_that_does_not_fit_always_gets_the_same_answer(
    identifier: str, password: str, kind: str
) -> None:
    citizen()
    officer()
    officer("Lê Văn Dũng", username="dung", is_active=False)

    with pytest.raises(WrongLogin) as refused:
        log_in(identifier, password, kind=kind)
    assert str(refused.value) == "accounts.wrong_login: Thông tin đăng nhập hoặc mật khẩu không đúng."


def test_log_in_before_confirming_says_whose_code_is_missing() -> None:
    an = citizen(is_confirmed=False)
    request = Requests.address()

    with pytest.raises(EmailNotConfirmed) as refused:
        log_in("066090000001", request=request)
    assert refused.value.params == {"account_id": an.id}
    assert SESSION_KEY not in request.session


def test_log_in_by_shared_phone_finds_whose_password_it_is() -> None:
    citizen()
    binh = citizen("Trần Bình", personal_id="066090000003", email="binh@example.vn")
    row = Account.objects.get(pk=binh.id)
    row.set_password("mưa rào tháng sáu")
    row.save()

    assert log_in("0912345678", "mưa rào tháng sáu").id == binh.id


def test_log_in_by_shared_phone_with_shared_password_is_refused() -> None:
    citizen()
    citizen("Trần Bình", personal_id="066090000003", email="binh@example.vn")

    with pytest.raises(WrongLogin) as shared:
        log_in("0912345678")
    with pytest.raises(WrongLogin) as unknown:
        log_in("0987654321")
    assert str(shared.value) == str(unknown.value)  # what helps is said of every number
    assert "nhập bằng số định danh cá nhân" in shared.value.message


@pytest.mark.parametrize("identifier", ["066090000001", "066090009999"], ids=["known", "unknown"])
def test_five_failures_lock_the_name_whether_it_exists_or_not(identifier: str, settings: Settings) -> None:
    citizen()
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        with pytest.raises(WrongLogin):
            log_in(identifier, "sai")
    with pytest.raises(LockedOut):
        log_in(identifier, "sai")

    with pytest.raises(LockedOut) as refused:
        log_in(identifier, PASSWORD)
    assert refused.value.params == {"minutes": 15}
    assert "đặt lại mật khẩu" in refused.value.message
    assert "cán bộ" not in refused.value.message
    assert "quản trị viên" not in refused.value.message


def test_failures_under_several_spellings_add_up(settings: Settings) -> None:
    citizen()
    for spelling in ["066090000001", "066 090 000 001", "066-090-000-001", "066.090.000.001"]:
        with pytest.raises(WrongLogin):
            log_in(spelling, "sai")

    with pytest.raises(LockedOut):
        log_in("066090000001", "sai")


def test_lockout_at_one_entry_does_not_lock_the_other(settings: Settings) -> None:
    officer()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        with pytest.raises((WrongLogin, LockedOut)):
            log_in("chi", "sai", kind=CITIZEN)

    assert log_in("chi", kind=OFFICER).username == "chi"


def test_log_in_forgets_earlier_failures(settings: Settings) -> None:
    citizen()
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        with pytest.raises(WrongLogin):
            log_in("066090000001", "sai")
    log_in("066090000001")

    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        with pytest.raises(WrongLogin):
            log_in("066090000001", "sai")


def test_failures_are_stored_and_logged_without_personal_data(caplog: pytest.LogCaptureFixture) -> None:
    citizen()
    request = Requests.address()
    request.POST = request.POST.copy()
    request.POST["identifier"] = "066090000001"
    request.POST["password"] = "bí mật lắm"
    with caplog.at_level(logging.DEBUG), pytest.raises(WrongLogin):
        log_in("066090000001", "bí mật lắm", request=request)

    (attempt,) = AccessAttempt.objects.all()
    stored = " ".join(str(value) for value in vars(attempt).values()) + caplog.text
    assert "066090000001" not in stored
    assert "bí mật" not in stored


def test_passwords_are_hashed_with_argon2() -> None:
    from motcua.config import settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


# --- the limit per name, from wherever ---
def fail_from_many_addresses(identifier: str, times: int, *, at: datetime = MORNING) -> None:
    for number in range(times):
        request = Requests.address(f"10.1.{number // 250}.{number % 250}")
        with pytest.raises(WrongLogin):
            services.log_in(request=request, kind=CITIZEN, identifier=identifier, password="sai", at=at)


def browser_after(request: HttpRequest) -> HttpRequest:
    """The next request of the same browser, from another address."""
    answer = HttpResponse()
    devices.keep(request, answer)
    following = Requests.address("10.9.9.9")
    following.COOKIES = {name: morsel.value for name, morsel in answer.cookies.items()}
    return following


@pytest.fixture
def few(settings: Settings) -> int:
    settings.LOCKOUT_NAME_FAILURES = 7
    return 7


@pytest.mark.parametrize("identifier", ["066090000001", "066090009999"], ids=["known", "unknown"])
def test_failures_from_many_addresses_close_the_name_whether_it_exists_or_not(
    identifier: str, few: int
) -> None:
    citizen()
    fail_from_many_addresses(identifier, few)
    with pytest.raises(NameLockedOut):
        log_in(identifier, request=Requests.address("10.2.0.1"))


def test_name_that_strangers_closed_stays_open_to_a_browser_that_logged_in_before(few: int) -> None:
    an = citizen()
    request = Requests.address()
    log_in("066090000001", request=request)
    fail_from_many_addresses("066090000001", few)
    assert log_in("066090000001", request=browser_after(request)) == an


def test_known_browser_has_a_count_of_its_own(few: int) -> None:
    citizen()
    request = Requests.address()
    log_in("066090000001", request=request)
    for number in range(few):
        guessing = browser_after(request)
        guessing.META["REMOTE_ADDR"] = f"10.3.0.{number}"
        with pytest.raises(WrongLogin):
            log_in("066090000001", "sai", request=guessing)
    with pytest.raises(NameLockedOut):
        log_in("066090000001", request=browser_after(request))
    assert log_in("066090000001", request=Requests.address("10.4.0.1")).personal_id == "066090000001"


def test_browser_known_under_an_older_password_is_a_stranger(few: int) -> None:
    an = citizen()
    request = Requests.address()
    log_in("066090000001", request=request)
    row = Account.objects.get(pk=an.id)
    row.set_password("mưa rào tháng sáu")
    row.save()
    fail_from_many_addresses("066090000001", few)
    with pytest.raises(NameLockedOut):
        log_in("066090000001", "mưa rào tháng sáu", request=browser_after(request))


def test_shared_phone_makes_no_browser_known_for_the_other(few: int) -> None:
    citizen()
    citizen("Lê Thị Giang", personal_id="066190000002", email="giang@example.vn")
    Account.objects.filter(personal_id="066190000002").update(password=make_password("mưa rào tháng sáu"))
    request = Requests.address()
    log_in("066190000002", "mưa rào tháng sáu", request=request)
    fail_from_many_addresses("0912345678", few)
    with pytest.raises(NameLockedOut):
        log_in("0912345678", request=browser_after(request))


def test_name_opens_again_when_the_count_is_old(few: int) -> None:
    citizen()
    fail_from_many_addresses("066090000001", few, at=MORNING - timedelta(hours=24))
    assert log_in("066090000001").personal_id == "066090000001"
    assert FailedLogins.objects.get().failures == 0


def test_reset_by_code_opens_the_name_and_makes_the_browser_known(few: int) -> None:
    citizen()
    fail_from_many_addresses("066090000001", few)
    services.request_reset(kind=CITIZEN, identifier="an@example.vn", at=MORNING)
    request = Requests.address()
    new = "mưa rào tháng sáu"
    services.reset_password(
        kind=CITIZEN,
        identifier="an@example.vn",
        code=last_code("account.reset"),
        new=new,
        at=MORNING,
        request=request,
    )
    fail_from_many_addresses("066090000001", few)
    assert log_in("066090000001", new, request=browser_after(request)).personal_id == "066090000001"


def test_right_password_takes_back_only_its_own_try(few: int) -> None:
    citizen()
    fail_from_many_addresses("066090000001", few - 1)
    log_in("066090000001")
    assert FailedLogins.objects.get().failures == few - 1


def test_refused_by_address_costs_the_name_nothing(few: int, settings: Settings) -> None:
    citizen()
    for _ in range(2 * few):
        with pytest.raises((WrongLogin, LockedOut)):
            log_in("066090000001", "sai")
    assert FailedLogins.objects.get().failures == settings.AXES_FAILURE_LIMIT


def test_forged_note_of_a_browser_is_no_note(few: int) -> None:
    citizen()
    fail_from_many_addresses("066090000001", few)
    request = Requests.address()
    request.COOKIES = {devices.COOKIE: "eyIxIjoieCJ9:1abc:xyz"}
    with pytest.raises(NameLockedOut):
        log_in("066090000001", request=request)
